"""Deciding for others: confirming levels, giving or refusing leave to act, opening it again.

Rule 1: an approver takes a while, wants to hear the risk and the way back, and refuses what the
channel has not shown to be safe.
Rule 2: nobody decides before being here, nor while at work: who is briefed or writes ends that
first, and who has a request on the desk writes nothing before having answered it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from simulator.brief.conditions import Found, Name, holds
from simulator.brief.plan.words import Status
from simulator.brief.severity import severity_of
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import ConfirmLevel, MergePage, SetStatus
from simulator.journal.commands.talk import GiveApproval, RefuseApproval, SendMessage
from simulator.journal.facts import Lookup
from simulator.journal.situation import Approval
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish

READS_S: Final = 20
"""Whoever comes to a request that has waited reads it at least so long (assumed)."""
_AFTER: Final = ("closed", "post_incident")
AT_ONCE_S: Final = 30
"""The soonest answer to a request: what else waits to be written makes people turn to it."""


def deciding(mind: Mind, writing: Sequence[Wish] = ()) -> Iterator[Wish]:
    """Answers to requests, and the level's confirmation; `writing`: what waits to be written."""
    presses = any(wish.ready_at <= mind.now for wish in writing)
    for request, approval in _on_desk(mind):
        order = _answer(mind, request, approval)
        ready = mind.picture.joined.get(mind.person, mind.now) + READS_S
        if presses:
            ready = max(ready, approval.at + AT_ONCE_S)
        yield Wish(
            order=order,
            kind="answer",
            pace="quick" if presses else "approve",
            ready_at=ready,
            asked_at=approval.at,
        )
    incident = mind.picture.incident
    if incident is not None and incident.provisional and incident.resolved_at is None:
        level = mind.brief.plan.levels.get(incident.level)
        confirming = level.confirmed_by if level else ()
        if any(mind.holds(role) for role in confirming) and mind.person in mind.here:
            yield Wish(order=ConfirmLevel(), kind="level", pace="quick")


def undecided(mind: Mind, wishes: Sequence[Wish]) -> tuple[list[Wish], list[Wish]]:
    """The wishes left while a request is on one's desk, and the messages that wait for it."""
    if not _on_desk(mind):
        return [*wishes], []
    writing = [wish for wish in wishes if isinstance(wish.order, SendMessage)]
    return [wish for wish in wishes if not isinstance(wish.order, SendMessage)], writing


def reopening(mind: Mind) -> Iterator[Wish]:
    """Taking it back that it is over, where it has broken again since."""
    incident = mind.picture.incident
    if incident is None or incident.resolved_at is None or incident.closed_at is not None:
        return
    if not mind.acts or not _broken_again(mind, incident.resolved_at):
        return
    statuses: Mapping[Any, Status] = mind.brief.plan.statuses
    terms = statuses.get(incident.status)
    following = terms.next if terms else ()
    back = next((status for status in following if status not in _AFTER), "")
    if back:
        yield Wish(order=SetStatus(status=back), kind="level")


def merging(mind: Mind) -> Iterator[Wish]:
    """Saying which later pages belong to the incident."""
    incident = mind.picture.incident
    if incident is None or incident.resolved_at is not None:
        return
    for name, page in mind.picture.pages.items():
        mine = any(by == mind.person for by, _ in page.acknowledged)
        later = page.why == "alert" and page.at > incident.declared_at
        if mine and later and not page.merged and not mind.memory.times(f"merge_page:{name}"):
            yield Wish(order=MergePage(page=name), kind="status", pace="quick")


def _on_desk(mind: Mind) -> list[tuple[str, Approval]]:
    """Requests that wait for this person's answer."""
    return [
        (request, approval)
        for request, approval in mind.picture.talk.approvals.items()
        if approval.state == "asked" and approval.of == mind.person
    ]


def _broken_again(mind: Mind, resolved_at: int) -> bool:
    """Whether an alert that pages has fired since, or a find since shows a level that does."""
    alerts = mind.picture.alerts.values()
    if any(alert.page and alert.firing and alert.at > resolved_at for alert in alerts):
        return True
    plan, facts = mind.brief.plan, mind.picture.known.facts

    def since(name: Name) -> Found | None:
        fact = facts.get(name.text)
        return None if fact is not None and fact.measured_at <= resolved_at else mind.known(name)

    level = severity_of(plan, since)
    return bool(level) and plan.levels[level].pages == "page"


def _answer(mind: Mind, request: str, approval: Approval) -> Command:
    if not approval.risk.strip() or not approval.way_back.strip():
        return RefuseApproval(request=request, words="What may go wrong, and what is the way back?")
    for colleague in mind.brief.scenario.colleagues.values():
        if not mind.holds(colleague.role) or approval.action not in colleague.refuses_unless:
            continue
        condition = colleague.refuses_unless[approval.action]
        if not holds(condition, _with_what_is_said(mind, approval)):
            first = colleague.asks_first[0] if colleague.asks_first else ""
            words = first or "Show me first that it is safe: which look says so?"
            return RefuseApproval(request=request, words=words)
    return GiveApproval(request=request, words="Go ahead; say when it is done.")


def _with_what_is_said(mind: Mind, approval: Approval) -> Lookup:
    """What is known, with the clues the request itself tells: a word of who saw it is enough."""
    said = f"{approval.reason} {approval.risk}"
    clues = mind.brief.scenario.clues

    def look(name: Name) -> Found | None:
        kind, _, item = name.text.partition(".")
        if kind == "found" and item in clues and clues[item].shows.rstrip(".") in said:
            return True
        return mind.known(name)

    return look
