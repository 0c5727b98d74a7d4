"""What happened, one sentence an event; the drill, its pages and its incident.

Rule 1: work and talk are told in `told_work` and `told_talk`, the system in `told_world`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from simulator.clock import said
from simulator.journal.events import exercise, incident, paging, room, talk, work, world
from simulator.journal.events.base import Event
from simulator.journal.narration.letters import hands_in
from simulator.journal.narration.names import Names, headed, lasting, listed, quoted
from simulator.journal.narration.orders import bare, intent
from simulator.journal.narration.told_exercise import of_exercise
from simulator.journal.narration.told_talk import of_talk
from simulator.journal.narration.told_work import busy_with, of_work
from simulator.journal.narration.told_world import of_world

ENDS: Final[Mapping[str, str]] = {
    "closed": "the incident is closed and its follow-up done",
    "stood_down": "the response was stood down",
    "nothing_declared": "nobody declared an incident",
    "handed_over": "it was handed over",
    "exercise_over": "everything the exercise asked for was settled",
    "limit": "the time set for it is over",
    "real_emergency": "somebody has a real emergency",
    "stopped": "it was stopped",
}
"""Why a drill ends; other reasons say themselves."""


def happened(event: Event, names: Names) -> str:
    """The sentence of an event."""
    return _THEMES[type(event).__module__](event, names)


def _room(event: Event, names: Names) -> str:
    match event:
        case room.DrillOpened(mode=mode, pace=pace, seed=seed, variant=variant):
            return f"the drill opens: {mode}, {pace}, seed {seed}, {variant}"
        case room.Briefed(title=title, plan=plan):
            return f"everybody is briefed: {title}, under {names.plan(plan)}"
        case room.ChairTaken(person=person):
            return f"a person takes {names.person(person)}'s chair"
        case room.ChairHandedBack(person=person, policy=policy):
            return f"{names.person(person)}'s chair is played by {policy}"
        case room.Refused():
            return _refused(event, names)
        case room.HintGiven(to=to, text=text):
            return f"{names.person(to)} gets a hint{quoted(text)}"
        case room.ContractAccepted(person=person, version=version):
            return f"{names.person(person)} accepts the safety contract, version {version}"
        case room.SteppedOut(person=person):
            return f"{names.person(person)} steps out"
        case room.Skipped(by=by):
            return f"{names.person(by)} lets the clock run"
        case room.SkipBegan(by=by):
            return f"the clock runs on for {names.people(by)}"
        case room.SkipEnded():
            return _skipped(event, names)
        case room.DrillEnded(reason=reason):
            return f"the drill ends: {ENDS.get(reason, reason.replace('_', ' '))}"
        case room.EngineFaulted(text=text):
            return f"the engine faults{quoted(text)}"
    return _facilitated(event, names)


def _refused(refused: room.Refused, names: Names) -> str:
    """What somebody could not do, and why."""
    what = refused.order.replace("_", " ")
    if names.order:
        what = intent(bare(names.order), names, by=refused.to)
    busy = names.picture.busy(refused.to) if names.picture else None
    why = refused.reason
    if refused.code == "busy" and busy:
        until = names.since(busy.looks_until)
        why = f"busy with {busy_with(busy.kind, busy.item, names)} until about {until}"
    return f"{names.person(refused.to)} cannot {what}{quoted(why)}"


def _facilitated(event: Event, names: Names) -> str:
    match event:
        case room.DutyWaived(duty=duty, because=because):
            return f"{names.duty(duty)} is waived{quoted(because)}"
        case room.DeviationAccepted(duty=duty, by=by, because=because):
            what = f"the departure from {names.duty(duty)}"
            return f"{names.person(by)} accepts {what}{quoted(because)}"
        case room.InjectAsked(inject=inject, by=by):
            return f"{names.person(by)} asks for {names.inject(inject)} to happen"
        case room.InjectFired(inject=inject):
            return f"the story goes on: {names.inject(inject)}"
    return _unknown(event)


def _skipped(ended: room.SkipEnded, names: Names) -> str:
    """What was passed over and what for."""
    whom = f" for {names.person(ended.person)}" if ended.person else ""
    reasons = {"work": "work ends", "limit": "a limit is near", "watch": "the watch is over"}
    why = reasons.get(ended.why, ended.item.replace("_", " ") or "something comes")
    return f"the clock stops{whom}, {ended.passed} entries on: {why}"


def _paging(event: Event, names: Names) -> str:
    match event:
        case paging.Paged():
            return _paged(event, names)
        case paging.PageJoined(page=page, summary=summary):
            return f"another alert joins {names.page(page)}{quoted(headed(summary))}"
        case paging.PageAcknowledged(page=page, by=by):
            return f"{names.person(by)} acknowledges {names.page(page, by)}"
        case paging.PageDismissed(page=page, by=by, reason=reason):
            return f"{names.person(by)} dismisses {names.page(page, by)}{quoted(reason)}"
        case paging.PageResolved(page=page):
            return f"{names.page(page)} is over"
        case paging.Notified(role=role, person=person, by=by, text=text, automatic=automatic):
            who = f"{names.person(person)}{names.chair(person, role)}"
            if automatic:
                return f"{who} is told automatically{quoted(text)}"
            return f"{names.person(by)} notifies {who}{quoted(text)}"
        case paging.Joined(person=person, role=role):
            return f"{names.person(person)} joins{names.chair(person, role)}"
    return _unknown(event)


def _paged(sent: paging.Paged, names: Names) -> str:
    """Who is paged and why, for those who read a whole drill; a story of pages needs only whom."""
    to = names.person(sent.to)
    if names.brief is None:
        return f"{to} is paged"
    what = quoted(headed(sent.summary) if sent.alert else sent.summary)
    if sent.why == "called" and sent.by:
        return f"{names.person(sent.by)} pages {to}{names.chair(sent.to, sent.role)}{what}"
    sent_to = [person for person, _ in names.sent(sent.page)]
    again = " again" if sent_to.count(sent.to) > 1 else ""
    why = ", as nobody took the page" if sent.why == "no_ack" else ""
    return f"{to} is paged{again}{why}{what}"


def _incident(event: Event, names: Names) -> str:
    match event:
        case incident.IncidentDeclared(level=level, title=title, by=by, provisional=provisional):
            how = " provisionally" if provisional else ""
            what = f"{names.level(level)}{how}, {event.incident}"
            return f"{names.person(by)} declares {what}{quoted(headed(title))}"
        case incident.LevelConfirmed(level=level, by=by):
            return f"{names.person(by)} confirms {names.level(level)}"
        case incident.Regraded(level=level, was=was, by=by, reason=reason):
            change = f"from {names.level(was)} to {names.level(level)}"
            return f"{names.person(by)} changes the level {change}{quoted(reason)}"
        case incident.PageMerged(page=page, by=by):
            return f"{names.person(by)} puts {names.page(page)} with the incident"
        case incident.ChannelOpened(kind=kind, name=name, by=by):
            return f"{names.person(by)} opens the {kind.replace('_', ' ')}{_called(name)}"
        case incident.RoleAssigned(role=role, person=person, by=by):
            if by == person:
                return f"{names.person(by)} takes the role of {names.role(role)}"
            if names.chair(person, role):
                return f"{names.person(by)} makes {names.person(person)} {names.role(role)}"
            return f"{names.person(by)} assigns the role of {names.role(role)}"
        case incident.StatusSet(status=status, by=by):
            return f"{names.person(by)} sets the status to {names.status(status)}"
        case incident.DutyDeviated(duty=duty, because=because, by=by):
            return f"{names.person(by)} departs from {names.duty(duty)}{quoted(because)}"
        case incident.IncidentResolved(by=by, gates_open=open_gates, watch_left_s=left):
            gates = listed(map(names.gate, open_gates))
            missing = f", without a look that shows {gates}" if open_gates else ""
            return f"{names.person(by)} says it is resolved{missing}{_watch(left)}"
    return _afterpart(event, names)


def _afterpart(event: Event, names: Names) -> str:
    match event:
        case incident.StoodDown(by=by, reason=reason):
            return f"{names.person(by)} stands the response down{quoted(reason)}"
        case incident.IncidentClosed(by=by, watch_left_s=left):
            if names.brief and names.brief.plan.ending.closed_is == "resolved":
                return f"the incident is closed with that{_watch(left)}"
            return f"{names.person(by)} closes the incident{_watch(left)}"
        case incident.ReportSubmitted():
            return hands_in(event, names)
        case incident.MeetingBooked(by=by, at=at):
            return f"{names.person(by)} books the review for {names.moment(at)}"
        case incident.MeetingHeld(by=by):
            return f"{names.person(by)} has held the review"
        case incident.ActionAdded(by=by, text=text, owner=owner, due_in_s=due):
            who = f"writes down an action{f' for {names.person(owner)}' if owner else ''}"
            who = "takes an action" if owner == by else who
            return f"{names.person(by)} {who}{lasting(due)}{quoted(text)}"
        case incident.DebtOwned(debt=debt, owner=owner, by=by, due_in_s=due):
            what = f"{names.debt(debt)} to put right{lasting(due)}"
            return f"{names.person(by)} gives {names.person(owner)} {what}"
    return _unknown(event)


def _watch(left: int) -> str:
    return f", {said(left)} of the watch left" if left else ""


def _called(place: str) -> str:
    """The name of a channel; a place without a name of its own says nothing."""
    return f" {place}" if place and " " not in place else ""


def _unknown(event: Event) -> str:
    raise AssertionError(f"no sentence for {type(event).__name__}")


_THEMES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    room.__name__: _room,
    paging.__name__: _paging,
    incident.__name__: _incident,
    work.__name__: of_work,
    talk.__name__: of_talk,
    world.__name__: of_world,
    exercise.__name__: of_exercise,
}
