"""Who may do what alone, and whom they ask for the rest: the plan's table, read in one place.

Rule 1: a person may do what any of their roles may do.
Rule 2: what cannot be undone asks, unless the permission names it so.
Rule 3: an approver the plan does not know falls to the next role, and ends at on_call.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from simulator.brief.brief import FALLS_TO
from simulator.brief.plan.people import Authority, Permission
from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.deeds import Action
from simulator.brief.vocabulary import ActionKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the plan says to somebody about an action."""

    allowed: bool
    asks: tuple[Role, ...] = ()
    """Whose approval it takes otherwise, in order; empty where allowed or where nobody can give
    it."""


def authority(plan: Plan, roles: Iterable[str], action: Action) -> Verdict:
    """Whether somebody who holds these roles may take the action alone."""
    if may(plan, roles, action):
        return Verdict(allowed=True)
    return Verdict(allowed=False, asks=_approvers(plan, _tables(plan, roles), action.kind))


def may(plan: Plan, roles: Iterable[str], action: Action) -> bool:
    """Whether these roles may take the action alone; `authority` says whom they ask otherwise."""
    return any(_allows(plan, table, action) for table in _tables(plan, roles))


def message_authority(plan: Plan, roles: Iterable[str]) -> Verdict:
    """Whether somebody who holds these roles may write to customers alone."""
    tables = _tables(plan, roles)
    if any(table.can_everything or "customer_message" in table.can for table in tables):
        return Verdict(allowed=True)
    return Verdict(allowed=False, asks=_approvers(plan, tables, "customer_message"))


def fallen(plan: Plan, role: Role) -> Role:
    """The role that answers where the plan does not know this one."""
    while role != "on_call" and role not in plan.roles:
        role = cast("Role", FALLS_TO[role])
    return role


def known_runbook(plan: Plan, runbook: str) -> bool:
    """Whether a scenario's runbook is one of the plan's; an unmapped one frees nothing."""
    if not runbook:
        return False
    return runbook in plan.runbooks or any(runbook in b.covers for b in plan.runbooks.values())


def _tables(plan: Plan, roles: Iterable[str]) -> list[Authority]:
    """The tables of these roles; somebody without one has nobody's leave but may ask."""
    known = cast("Mapping[str, Authority]", plan.authority)
    return [known[role] for role in roles if role in known]


def _allows(plan: Plan, table: Authority, action: Action) -> bool:
    if table.can_everything:
        return True
    permission = table.can.get(action.kind)
    return permission is not None and _covers(plan, permission, action)


def _covers(plan: Plan, permission: Permission, action: Action) -> bool:
    if action.irreversible and not permission.irreversible:
        return False
    if permission.inside == "runbook" and not known_runbook(plan, action.runbook):
        return False
    limit = _limit(permission, action)
    return limit is None or action.amount is None or action.amount <= limit


def _limit(permission: Permission, action: Action) -> int | None:
    """The strictest of the limits of the services it touches; a service's own replaces `up_to`."""
    own = [permission.up_to_on.get(service, permission.up_to) for service in action.on]
    limits = [limit for limit in own or [permission.up_to] if limit is not None]
    return min(limits, default=None)


def _approvers(plan: Plan, tables: list[Authority], kind: ActionKind) -> tuple[Role, ...]:
    """The first table's word for this kind, else its word for what stands nowhere."""
    named = [table.asks[kind] for table in tables if kind in table.asks]
    named += [table.otherwise for table in tables if table.otherwise]
    if not named and "on_call" in plan.authority:
        base = plan.authority["on_call"]
        named = [base.asks.get(kind, base.otherwise)]
    wanted = named[0] if named else ()
    return tuple(dict.fromkeys(fallen(plan, role) for role in wanted))
