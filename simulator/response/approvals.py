"""Leave to act: asked for, given, refused, lapsed to the next in line.

Rule 1: nobody answering for 240 s means the next approver of the plan is asked (assumed); who is
not here is paged by the request, and answers once they are.
Rule 2: an approver the scenario describes wants to hear what it says, and refuses while its
conditions do not hold on what the asker has found; a person in the chair decides freely.
"""

from typing import Final

from simulator.brief.authority import authority
from simulator.brief.conditions import holds
from simulator.journal.commands.talk import AskApproval, GiveApproval, RefuseApproval
from simulator.journal.entry import Entry
from simulator.journal.events.room import ChairHandedBack, ChairTaken
from simulator.journal.events.talk import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalLapsed,
    ApprovalRefused,
)
from simulator.journal.facts import known_by
from simulator.journal.situation import Approval
from simulator.response import effort, ladder
from simulator.response.comms import approvers
from simulator.response.orders import opened, person_of, refuse, roles_of, unknown
from simulator.response.talk import absent, colleague_of
from simulator.stage import Process, Stage

LAPSES_S: Final = 240
ANSWERS_S: Final = (30, 240)


def ask_approval(stage: Stage, entry: Entry) -> None:
    """Ask for leave: of somebody by name or role, else of the plan's first approver."""
    order = entry.what
    assert isinstance(order, AskApproval)
    scenario, plan = stage.brief.scenario, stage.brief.plan
    if order.action not in scenario.actions and order.action not in plan.templates:
        names = (*scenario.actions, *plan.templates)
        refuse(stage, entry, "unknown", unknown("action or message", order.action, names))
        return
    line = in_line(stage, entry.by, order.action)
    first = _who(stage, order.of) if order.of else next(iter(line), "")
    if order.of and not first:
        names = (*scenario.colleagues, *stage.brief.people())
        refuse(stage, entry, "unknown", unknown("approver", order.of, names))
    elif not first:
        refuse(stage, entry, "needs", f"the plan wants nobody's approval for {order.action}")
    elif first == entry.by:
        refuse(stage, entry, "needs", "leave is given by somebody else")
    else:
        stage.play(_asks(stage, entry.by, order, first, line))


def in_line(stage: Stage, by: str, item: str) -> tuple[str, ...]:
    """The people the plan lets this person ask, in order; never the asker."""
    people = [stage.situation.holder(role) for role in _approving(stage, by, item)]
    return tuple(p for p in dict.fromkeys(people) if p and p != by)


def _approving(stage: Stage, by: str, item: str) -> tuple[str, ...]:
    """The roles whose leave this person needs, as the plan orders them."""
    action = stage.brief.scenario.actions.get(item)
    if action is not None:
        return authority(stage.brief.plan, roles_of(stage.situation, by), action).asks
    return approvers(stage, by, stage.brief.plan.templates[item])


def give_approval(stage: Stage, entry: Entry) -> None:
    """Approve a request; a described approver played by a bot objects first."""
    order = entry.what
    assert isinstance(order, GiveApproval)
    request = _pending(stage, entry, order.request)
    if request is None or not _is_here(stage, entry):
        return
    if is_bot(stage, entry.by):
        if absent(stage, colleague_of(stage, entry.by)):
            refuse(stage, entry, "absent", f"{entry.by} is away")
            return
        if words := objection(stage, entry.by, request):
            _refused(stage, order.request, entry.by, request, words)
            return
    stage.emit(
        ApprovalGiven(
            request=order.request,
            by=entry.by,
            to=request.by,
            action=request.action,
            words=order.words,
        )
    )


def refuse_approval(stage: Stage, entry: Entry) -> None:
    """Refuse a request, or ask back: words that end in a question mark."""
    order = entry.what
    assert isinstance(order, RefuseApproval)
    request = _pending(stage, entry, order.request)
    if request is not None and _is_here(stage, entry):
        _refused(stage, order.request, entry.by, request, order.words)


def objection(stage: Stage, approver: str, request: Approval) -> str:
    """What a described approver has against it; a question where something was not said."""
    described = stage.brief.scenario.colleagues.get(colleague_of(stage, approver))
    if described is None:
        return ""
    said = (request.reason, request.risk, request.way_back)
    if described.asks_first and not all(text.strip() for text in said):
        missing = [text.strip() for text in said].index("")
        words = described.asks_first[min(missing, len(described.asks_first) - 1)]
        return words if words.endswith("?") else f"{words}?"
    wanted = described.refuses_unless.get(request.action)
    if wanted is not None and not holds(wanted, known_by(stage.seat(request.by))):
        return "Not yet: show me first what it rests on."
    return ""


def _asks(stage: Stage, by: str, order: AskApproval, first: str, line: tuple[str, ...]) -> Process:
    """Ask one after the other until somebody answers."""
    asked: list[str] = []
    of = first
    while of:
        asked.append(of)
        request = stage.count("r")
        stage.emit(
            ApprovalAsked(
                request=request,
                by=by,
                of=of,
                action=order.action,
                reason=order.reason,
                risk=order.risk,
                way_back=order.way_back,
            )
        )
        _call(stage, by, of, order.action)
        if of not in stage.brief.people():
            stage.play(_decides(stage, request, of))
        lapses = stage.now + LAPSES_S
        while _is_open(stage, request) and stage.now < lapses:
            yield stage.when(ApprovalGiven, ApprovalRefused, until=lapses)
        if not _is_open(stage, request):
            return
        after = next((person for person in line if person not in asked), "")
        stage.emit(ApprovalLapsed(request=request, of=of, next=after))
        of = after


def _call(stage: Stage, by: str, of: str, item: str) -> None:
    """Page an approver who is not here, unless a page of theirs is under way."""
    if of in stage.situation.joined or of not in stage.brief.people():
        return
    for page in stage.situation.pages.values():
        was_sent = any(person == of for person, _ in page.sent)
        took = any(person == of for person, _ in page.acknowledged)
        if was_sent and (took or page.state == "triggered"):
            return
    role = next(iter(_asked_as(stage, by, item, of)), "")
    if role:
        ladder.summon(stage, role, "called", f"Leave is asked for: {_title(stage, item)}", by=by)


def _asked_as(stage: Stage, by: str, item: str, of: str) -> list[str]:
    """The roles of somebody who is asked: those the plan asks first."""
    roles = [role for role in _approving(stage, by, item) if stage.situation.holder(role) == of]
    return [*roles, *roles_of(stage.situation, of)]


def _title(stage: Stage, item: str) -> str:
    action = stage.brief.scenario.actions.get(item)
    return action.title if action else item


def _is_here(stage: Stage, entry: Entry) -> bool:
    """Whether somebody has come and is briefed; False after having refused."""
    if entry.by in stage.situation.joined:
        return True
    refuse(stage, entry, "absent", f"{entry.by} is not here yet: a page is taken first")
    return False


def _decides(stage: Stage, name: str, of: str) -> Process:
    """The answer of an approver nobody plays: as the scenario describes them."""
    yield stage.pause(effort.drawn(stage, ANSWERS_S, "approval", of, name).seconds)
    if not _is_open(stage, name) or absent(stage, of):
        return
    request = stage.situation.talk.approvals[name]
    if words := objection(stage, of, request):
        _refused(stage, name, of, request, words)
    else:
        stage.emit(ApprovalGiven(request=name, by=of, to=request.by, action=request.action))


def _pending(stage: Stage, entry: Entry, name: str) -> Approval | None:
    """The request, if it is this person's to answer and open; None after having refused."""
    request = stage.situation.talk.approvals.get(name)
    if request is None:
        refuse(stage, entry, "unknown", unknown("request", name, stage.situation.talk.approvals))
    elif request.state != "asked":
        refuse(stage, entry, "lifecycle", f"request {name} is {request.state} already")
    elif entry.by != request.of and entry.by not in in_line(stage, request.by, request.action):
        refuse(stage, entry, "not_yours", f"request {name} was put to {request.of}")
    else:
        return request
    return None


def _refused(stage: Stage, name: str, by: str, request: Approval, words: str) -> None:
    back = words.rstrip().endswith("?")
    stage.emit(
        ApprovalRefused(
            request=name, by=by, to=request.by, action=request.action, words=words, asks_back=back
        )
    )


def _is_open(stage: Stage, name: str) -> bool:
    return stage.situation.talk.approvals[name].state == "asked"


def _who(stage: Stage, name: str) -> str:
    """A person by name or role, or somebody only the scenario knows."""
    return person_of(stage, name) or (name if name in stage.brief.scenario.colleagues else "")


def is_bot(stage: Stage, person: str) -> bool:
    """Whether a bot plays this chair now."""
    start = opened(stage)
    played = start is not None and person in start.policies
    for entry in stage.happened(ChairTaken, ChairHandedBack):
        match entry.what:
            case ChairTaken(person=taken) if taken == person:
                played = False
            case ChairHandedBack(person=taken) if taken == person:
                played = True
    return played
