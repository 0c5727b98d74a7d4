"""What stands in where a plan is silent, so that every plan can be scored (docs/score.md, limits).

Rule 1: a gap is a verb no duty of the plan names; where a duty names it at some levels only, the
others owe nothing, and that is the plan's word.
Rule 2: every figure here is assumed, and its duty's name begins with `gap.`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from simulator.brief.plan.levels import DutyRule, DutyVerb
from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import MarkName, Role
from simulator.clock import MINUTE

ASSESS_S: Final = 2 * MINUTE
DECLARE_S: Final = 5 * MINUTE
ROLES_S: Final = 5 * MINUTE
CADENCE_S: Final = 30 * MINUTE
CADENCE_TOP_S: Final = 15 * MINUTE
NOTICE_S: Final = 60 * MINUTE
IMMEDIATE_S: Final = 2 * MINUTE
"""What "at once" means where it is scored."""


def filled(plan: Plan) -> Plan:
    """The plan with a duty for each verb it says nothing about."""
    missing = {f"gap.{rule.does}": rule for rule in _defaults(plan) if _is_gap(plan, rule)}
    return replace(plan, duties={**plan.duties, **missing}) if missing else plan


def cadence_of(plan: Plan) -> Mapping[str, int]:
    """Level -> the longest silence between updates the plan allows; a gap's default else."""
    rules = [r for r in plan.duties.values() if r.does == "updates" and not r.advisory]
    if not rules:
        return {
            name: CADENCE_TOP_S if n == 0 else CADENCE_S for n, name in enumerate(_paging(plan))
        }
    found: dict[str, int] = {}
    for rule in rules:
        for level, every in rule.every.items():
            found[level] = min(every, found.get(level, every))
    return found


def _is_gap(plan: Plan, rule: DutyRule) -> bool:
    named = {duty.does for duty in plan.duties.values()}
    alike = {"mobilise": {"assign", "mobilise"}}.get(rule.does, {rule.does})
    return bool(rule.within or rule.every) and not alike & named


def _defaults(plan: Plan) -> tuple[DutyRule, ...]:
    cadence = cadence_of(plan)
    paging = _paging(plan)
    page = plan.status_page.required_at or tuple(paging[:1])
    return (
        _duty("assess", "acknowledged", dict.fromkeys(paging, ASSESS_S)),
        _duty("declare", "acknowledged", dict.fromkeys(paging, DECLARE_S)),
        _duty("mobilise", "declared", dict.fromkeys(plan.mobilisation.roles, ROLES_S)),
        _duty("first_update", "declared", cadence),
        _duty("status_page", "declared", {n: cadence[n] for n in page if n in cadence}),
        _duty("customer_notice", "fired", dict.fromkeys(paging, NOTICE_S)),
        DutyRule(does="updates", owed_by=("commander", "on_call"), since="declared", every=cadence),
    )


def _duty(does: DutyVerb, since: MarkName, within: Mapping[str, int]) -> DutyRule:
    first: tuple[Role, ...] = ("on_call", "commander")
    owed_by = first if does in ("assess", "declare") else first[::-1]
    return DutyRule(does=does, owed_by=owed_by, since=since, within=dict(within))


def _paging(plan: Plan) -> list[str]:
    """The levels that wake somebody, highest first."""
    return [name for name, level in plan.levels.items() if level.pages == "page"]
