"""Whom somebody has to ask before an action or a message, and how the asking stands.

Rule 1: nothing is asked of oneself; an answer that is under way is waited for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from simulator.brief.authority import authority, message_authority
from simulator.brief.plan.words import Template
from simulator.brief.scenario.deeds import Action
from simulator.brief.vocabulary import Role
from simulator.journal.situation import Approval
from simulator.responders.mind import Mind

TO_CUSTOMERS: Final = ("customer_notice", "customer_resolution", "social")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Where a request stands."""

    state: Literal["free", "ask", "wait", "given", "refused"]
    request: str = ""
    of: str = ""
    """Whom to ask next."""
    at: int = 0
    """The second of the last request or answer."""


def leave(mind: Mind, item: str, approvers: Sequence[Role]) -> Leave:
    """How leave for an action or template stands, given who may grant it; none: it is free."""
    holders = [mind.picture.holder(role) for role in approvers]
    if not approvers or mind.person in holders:
        return Leave(state="free")
    asked = [
        (request, approval)
        for request, approval in mind.picture.talk.approvals.items()
        if approval.action == item
    ]
    if not asked:
        return Leave(state="ask", of=_next(holders, (), mind))
    request, last = asked[-1]
    given = next((name for name, one in asked if one.state == "given"), "")
    if given:
        return Leave(state="given", request=given)
    if last.state == "asked":
        return Leave(state="wait", request=request, of=last.of, at=last.at)
    return _again(mind, holders, [one for _, one in asked])


def _again(mind: Mind, holders: Sequence[str], asked: Sequence[Approval]) -> Leave:
    """After a refusal: the same approver once more where they asked back, else the next one."""
    last = asked[-1]
    at = last.answered_at or last.at
    if last.asks_back:
        return Leave(state="refused", of=last.of, at=at)
    refused = tuple(one.of for one in asked if one.state == "refused")
    return Leave(state="refused", of=_next(holders, refused, mind), at=at)


def _next(holders: Sequence[str], refused: Sequence[str], mind: Mind) -> str:
    """The first approver who has not refused and is about, else the first who has not."""
    left = [who for who in dict.fromkeys(holders) if who not in refused] or list(holders)
    return next((who for who in left if who in mind.here), left[0])


def approvers(mind: Mind, action: Action) -> tuple[Role, ...]:
    """Whom this person asks before an action; nobody where it is theirs to take."""
    verdict = authority(mind.brief.plan, mind.roles, action)
    return () if verdict.allowed else verdict.asks


def readers(mind: Mind, template: Template) -> tuple[Role, ...]:
    """Whose leave this person wants for a message; nobody's where it is theirs to send."""
    if template.needs_approval_of:
        mine = any(role in mind.roles for role in template.needs_approval_of)
        return () if mine else template.needs_approval_of
    if template.use not in TO_CUSTOMERS:
        return ()
    verdict = message_authority(mind.brief.plan, mind.roles)
    return () if verdict.allowed else verdict.asks
