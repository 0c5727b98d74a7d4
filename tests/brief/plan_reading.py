"""What the stories about shipped plans share: load one, grade facts with it, walk its values."""

import re
from collections.abc import Iterator
from pathlib import Path

from simulator.brief.conditions import Condition, Found, Name, holds, names
from simulator.brief.nodes import Mapping, Node, Scalar, Sequence, compose
from simulator.brief.plan.levels import DutyRule
from simulator.brief.plan.plan import Plan

FOLDER = Path(__file__).parents[2] / "scenarios" / "plans"
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def tree_of(plan_id: str) -> Node:
    """The plan's file as written, comments and all."""
    file = FOLDER / f"{plan_id}.yaml"
    return compose(file.read_text(encoding="utf-8"), file.name)


def level_of(plan: Plan, **facts: Found) -> str | None:
    """The highest level one of whose conditions holds over the facts."""

    def is_met(condition: Condition) -> bool:
        return holds(condition, lambda name: facts.get(name.text))

    return next((name for name, level in plan.levels.items() if any(map(is_met, level.when))), None)


def shut(plan: Plan, **facts: Found) -> list[str]:
    """The gates these facts do not open."""

    def look(name: Name) -> Found | None:
        return facts.get(name.text)

    return [name for name, gate in plan.gates.items() if not holds(gate.holds, look)]


def duty(plan: Plan, verb: str, level: str, role: str | None = None) -> DutyRule:
    """The one scored duty of a kind that is owed at a level."""
    (found,) = [
        rule
        for rule in plan.duties.values()
        if rule.does == verb and rule.role == role and not rule.advisory
        if level in rule.within or level in rule.every
    ]
    return found


def rungs(plan: Plan, level: str) -> list[tuple[int, tuple[str, ...]]]:
    """Whom silence pages at a level: (minutes from T0, roles)."""
    return [
        (step.after[level] // MINUTE, step.page)
        for step in plan.escalation.no_ack
        if level in step.after
    ]


def handed_up(plan: Plan, level: str) -> list[tuple[int, tuple[str, ...]]]:
    """Who joins because it lasts at a level: (minutes from T0, roles)."""
    return [
        (step.after[level] // MINUTE, step.to)
        for step in plan.escalation.unresolved
        if level in step.after
    ]


def asked_facts(plan: Plan) -> set[str]:
    """Every name the plan's levels, gates and paths ask about."""
    conditions = [one for level in plan.levels.values() for one in level.when]
    conditions += [gate.holds for gate in plan.gates.values()]
    conditions += [path.only_if for path in plan.escalation.special.values()]
    conditions += [rule.only_if for rule in plan.duties.values() if rule.only_if]
    conditions += [rule.only_if for rule in plan.escalation.notify if rule.only_if]
    return {name.text for one in conditions for name in names(one)}


def owed_levels(plan: Plan) -> set[str]:
    """Every level any table of the plan names."""
    tables = [table for rule in plan.duties.values() for table in (rule.within, rule.every)]
    tables += [rule.opens_after for rule in plan.duties.values()]
    tables += [step.after for step in plan.escalation.no_ack]
    tables += [step.after for step in plan.escalation.unresolved]
    tables += [rule.within for rule in plan.escalation.notify]
    tables += [plan.ending.watch, plan.mobilisation.within, plan.post_incident.report_within]
    return {level for table in tables for level in table}


def leaves(node: Node) -> Iterator[Scalar]:
    """Every value of the file."""
    match node:
        case Scalar():
            yield node
        case Mapping():
            for part in node.items.values():
                yield from leaves(part)
        case Sequence():
            for part in node.items:
                yield from leaves(part)


def without_origin(node: Node, pattern: re.Pattern[str]) -> list[int]:
    """The lines whose comment does not begin with an origin."""
    return [leaf.line for leaf in leaves(node) if not pattern.match(leaf.comment.strip())]
