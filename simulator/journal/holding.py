"""Since when a plan's conditions have held, so that a duty under one counts from then.

Rule 1: what has held once stays owed; a duty is not undone because its fact went away.
Rule 2: whoever counts keeps the mapping and hands it on; a `Timekeeper` keeps it for one reader.
"""

from collections.abc import Iterator, Mapping

from simulator.brief.conditions import Condition, HeldFor, holds, lastings
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


class Timekeeper:
    """Since when the `for 5m` of a plan's conditions have held without a break, for one reader.

    Tell it each picture that may have changed a fact; between two pictures what held goes on.
    """

    def __init__(self, plan: Plan) -> None:
        self._lasting = tuple(
            part for _, condition in conditions_of(plan) for part in lastings(condition)
        )
        self._since: dict[Condition, int] = {}

    def told(self, situation: Situation, look: Lookup | None = None) -> None:
        """Note what holds by this picture, and forget what does not."""
        if not self._lasting:
            return
        found = look or known_by(situation)
        for one in self._lasting:
            if holds(one.part, found):
                self._since.setdefault(one.part, situation.at)
            else:
                self._since.pop(one.part, None)

    def held_for(self, at: int) -> HeldFor:
        """For how long each has held by this second; -1 for what does not hold."""
        since = dict(self._since)
        return lambda part: at - since[part] if part in since else -1

    def next_turn(self, at: int) -> int | None:
        """The next second at which a `for` is over by the passing of time alone."""
        ends = (
            int(self._since[one.part] + one.seconds)
            for one in self._lasting
            if one.part in self._since
        )
        return min((end for end in ends if end > at), default=None)
