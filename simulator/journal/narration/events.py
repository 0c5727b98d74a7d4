"""What happened, one sentence an event; the themes that people cause. The world's is its own."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from simulator.clock import said
from simulator.journal.events import incident, paging, room, talk, work, world
from simulator.journal.events.base import Event
from simulator.journal.narration.names import Names, lasting, listed, quoted
from simulator.journal.narration.told_talk import of_talk, of_work
from simulator.journal.narration.told_world import of_world


def happened(event: Event, names: Names) -> str:
    """The sentence of an event."""
    return _THEMES[type(event).__module__](event, names)


def _room(event: Event, names: Names) -> str:
    match event:
        case room.DrillOpened(mode=mode, pace=pace, seed=seed, variant=variant):
            return f"the drill opens: {mode}, {pace}, seed {seed}, {variant}"
        case room.Briefed(title=title, plan=plan):
            return f"everybody is briefed: {title}, under {plan}"
        case room.ChairTaken(person=person):
            return f"a person takes {names.person(person)}'s chair"
        case room.ChairHandedBack(person=person, policy=policy):
            return f"{names.person(person)}'s chair is played by {policy}"
        case room.Refused(to=to, order=order, reason=reason):
            return f"{names.person(to)} is refused {order.replace('_', ' ')}{quoted(reason)}"
        case room.HintGiven(to=to, text=text):
            return f"{names.person(to)} gets a hint{quoted(text)}"
        case room.SteppedOut(person=person):
            return f"{names.person(person)} steps out"
        case room.DutyWaived(duty=duty, because=because):
            return f"{names.duty(duty)} is waived{quoted(because)}"
        case room.Skipped(by=by):
            return f"{names.person(by)} lets the clock run"
        case room.SkipBegan(by=by):
            return f"the clock runs on for {names.people(by)}"
        case room.SkipEnded():
            return _skipped(event, names)
        case room.DeviationAccepted(duty=duty, by=by, because=because):
            what = f"the departure from {names.duty(duty)}"
            return f"{names.person(by)} accepts {what}{quoted(because)}"
        case room.DrillEnded(reason=reason):
            return f"the drill ends: {reason.replace('_', ' ')}"
        case room.EngineFaulted(text=text):
            return f"the engine faults{quoted(text)}"
        case room.InjectAsked(inject=inject, by=by):
            return f"{names.person(by)} asks for {inject}"
        case room.InjectFired(inject=inject):
            return f"{inject} happens"
    return _unknown(event)


def _skipped(ended: room.SkipEnded, names: Names) -> str:
    """What was passed over and what for."""
    whom = f" for {names.person(ended.person)}" if ended.person else ""
    reasons = {"work": "work ends", "limit": "a limit is near", "watch": "the watch is over"}
    why = reasons.get(ended.why, ended.item.replace("_", " ") or "something comes")
    return f"the clock stops{whom}, {ended.passed} entries on: {why}"


def _paging(event: Event, names: Names) -> str:
    match event:
        case paging.Paged(to=to):
            return f"{names.person(to)} is paged{_why(event, names)}"
        case paging.PageJoined(page=page, summary=summary):
            return f"{page} is joined by another alert{quoted(summary)}"
        case paging.PageAcknowledged(page=page, by=by):
            return f"{names.person(by)} acknowledges {page}"
        case paging.PageDismissed(page=page, by=by, reason=reason):
            return f"{names.person(by)} dismisses {page}{quoted(reason)}"
        case paging.PageResolved(page=page):
            return f"{page} is over"
        case paging.Notified(role=role, person=person, by=by, text=text):
            who = f"{names.person(person)} ({names.role(role)})"
            return f"{names.person(by)} notifies {who}{quoted(text)}"
        case paging.Joined(person=person, role=role):
            return f"{names.person(person)} joins as {names.role(role)}"
    return _unknown(event)


def _why(sent: paging.Paged, names: Names) -> str:
    """What a page carries, for those who read a whole drill; a story of pages needs only whom."""
    if names.brief is None:
        return ""
    reasons = {"no_ack": ", nobody took it", "unresolved": ", it lasts", "called": ", called"}
    return f", {sent.page}{reasons.get(sent.why, '')}{quoted(sent.summary)}"


def _incident(event: Event, names: Names) -> str:
    match event:
        case incident.IncidentDeclared(incident=name, level=level, by=by, provisional=provisional):
            how = " provisionally" if provisional else ""
            return f"{names.person(by)} declares {name} {names.level(level)}{how}"
        case incident.LevelConfirmed(level=level, by=by):
            return f"{names.person(by)} confirms {names.level(level)}"
        case incident.Regraded(level=level, was=was, by=by, reason=reason):
            change = f"{names.level(was)} to {names.level(level)}"
            return f"{names.person(by)} re-grades {change}{quoted(reason)}"
        case incident.PageMerged(page=page, by=by):
            return f"{names.person(by)} merges {page} into the incident"
        case incident.ChannelOpened(kind=kind, name=name, by=by):
            return f"{names.person(by)} opens the {kind.replace('_', ' ')} {name}"
        case incident.RoleAssigned(role=role, person=person, by=by):
            return f"{names.person(by)} makes {names.person(person)} {names.role(role)}"
        case incident.StatusSet(status=status, by=by):
            return f"{names.person(by)} sets the status to {names.status(status)}"
        case incident.DutyDeviated(duty=duty, because=because, by=by):
            return f"{names.person(by)} deviates from {names.duty(duty)}{quoted(because)}"
        case incident.IncidentResolved(by=by, gates_open=open_gates, watch_left_s=left):
            missing = f", {listed(open_gates)} not seen" if open_gates else ""
            watch = f", {said(left)} of the watch left" if left else ""
            return f"{names.person(by)} says it is resolved{missing}{watch}"
    return _afterpart(event, names)


def _afterpart(event: Event, names: Names) -> str:
    match event:
        case incident.StoodDown(by=by, reason=reason):
            return f"{names.person(by)} stands the response down{quoted(reason)}"
        case incident.IncidentClosed(by=by, watch_left_s=left):
            watch = f", {said(left)} of the watch left" if left else ""
            return f"{names.person(by)} closes the incident{watch}"
        case incident.ReportSubmitted(by=by, fields=fields):
            return f"{names.person(by)} hands in the report, {len(fields)} sections"
        case incident.MeetingBooked(by=by):
            return f"{names.person(by)} books the review"
        case incident.MeetingHeld(by=by):
            return f"{names.person(by)} holds the review"
        case incident.ActionAdded(by=by, text=text, owner=owner, due_in_s=due):
            who = f" for {names.person(owner)}" if owner else ""
            return f"{names.person(by)} writes down an action{who}{lasting(due)}{quoted(text)}"
        case incident.DebtOwned(debt=debt, owner=owner, by=by, due_in_s=due):
            return f"{names.person(by)} gives {debt} to {names.person(owner)}{lasting(due)}"
    return _unknown(event)


def _unknown(event: Event) -> str:
    raise AssertionError(f"no sentence for {type(event).__name__}")


_THEMES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    room.__name__: _room,
    paging.__name__: _paging,
    incident.__name__: _incident,
    work.__name__: of_work,
    talk.__name__: of_talk,
    world.__name__: of_world,
}
