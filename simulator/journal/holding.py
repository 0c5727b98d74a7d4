"""Since when a plan's conditions have held, so that a duty under one counts from then.

Rule 1: what has held once stays owed; a duty is not undone because its fact went away.
Rule 2: whoever counts keeps the mapping and hands it on; this file keeps nothing.
"""

from collections.abc import Iterator, Mapping

from simulator.brief.conditions import Condition, HeldFor, holds
from simulator.brief.plan.plan import Plan
from simulator.journal.facts import Lookup, known_by
from simulator.journal.situation import Situation


def held_since(
    plan: Plan,
    held: Mapping[str, int],
    situation: Situation,
    *,
    look: Lookup | None = None,
    held_for: HeldFor | None = None,
) -> Mapping[str, int]:
    """The mapping with every condition that holds now for the first time.

    Keys are the names `targets` gives: a duty's, `notify.<n>`, `unresolved.<n>`, a special path's,
    and `<path>.<n>` for its steps.
    """
    found = look or known_by(situation)
    new = {
        name: situation.at
        for name, condition in conditions_of(plan)
        if name not in held and holds(condition, found, held_for)
    }
    return {**held, **new} if new else held


def conditions_of(plan: Plan) -> Iterator[tuple[str, Condition]]:
    """Every condition of a duty, escalation or path, by the name of what it opens."""
    for name, rule in plan.duties.items():
        if rule.only_if is not None:
            yield name, rule.only_if
    for n, told in enumerate(plan.escalation.notify):
        if told.only_if is not None:
            yield f"notify.{n}", told.only_if
    for n, step in enumerate(plan.escalation.unresolved):
        if step.only_if is not None:
            yield f"unresolved.{n}", step.only_if
    for name, path in plan.escalation.special.items():
        yield name, path.only_if
        for n, told in enumerate(path.steps):
            if told.only_if is not None:
                yield f"{name}.{n}", told.only_if
