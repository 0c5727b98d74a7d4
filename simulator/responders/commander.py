"""Deciding for others: confirming levels, and giving or refusing leave to act.

Rule 1: an approver takes a while, wants to hear the risk and the way back, and refuses what the
channel has not shown to be safe.
"""

from collections.abc import Iterator

from simulator.brief.conditions import holds
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import ConfirmLevel, MergePage
from simulator.journal.commands.talk import GiveApproval, RefuseApproval
from simulator.journal.situation import Approval
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish


def deciding(mind: Mind) -> Iterator[Wish]:
    """Answers to requests, and the level's confirmation."""
    for request, approval in mind.picture.talk.approvals.items():
        if approval.state == "asked" and approval.of == mind.person:
            order = _answer(mind, request, approval)
            yield Wish(order=order, kind="answer", pace="approve", asked_at=approval.at)
    incident = mind.picture.incident
    if incident is not None and incident.provisional and incident.resolved_at is None:
        level = mind.brief.plan.levels.get(incident.level)
        confirming = level.confirmed_by if level else ()
        if any(mind.holds(role) for role in confirming) and mind.person in mind.here:
            yield Wish(order=ConfirmLevel(), kind="level")


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


def _answer(mind: Mind, request: str, approval: Approval) -> Command:
    if not approval.risk.strip() or not approval.way_back.strip():
        return RefuseApproval(request=request, words="What may go wrong, and what is the way back?")
    for colleague in mind.brief.scenario.colleagues.values():
        if not mind.holds(colleague.role) or approval.action not in colleague.refuses_unless:
            continue
        condition = colleague.refuses_unless[approval.action]
        if not holds(condition, mind.known):
            first = colleague.asks_first[0] if colleague.asks_first else ""
            words = first or "Show me first that it is safe: which look says so?"
            return RefuseApproval(request=request, words=words)
    return GiveApproval(request=request, words="Go ahead; say when it is done.")
