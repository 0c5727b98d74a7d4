"""Levels over time: what was declared, what was to be expected, what was true.

Rule 1: the expected level follows what one seat has seen: the on-call's, and from the moment one
is engaged the commander's; it comes into force 2 min after the fact that made it.
Rule 2: a seat that has seen nothing expects the level its page carried.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from simulator.brief.conditions import Condition, holds, lastings
from simulator.brief.plan.plan import Plan
from simulator.brief.severity import higher, severity_of
from simulator.journal.facts import Lookup

GRACE_S: Final = 120
History: TypeAlias = tuple[tuple[int, str], ...]
"""(second, level) from which each was in force, oldest first; an empty level is none."""


class LevelWatch:
    """Keeps one source of facts under the plan's levels, their `for 5m` included."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.level = ""
        self._lasting = [
            lasting
            for level in plan.levels.values()
            for condition in level.when
            for lasting in lastings(condition)
        ]
        self._since: dict[Condition, int] = {}
        self._look: Lookup | None = None
        self._at = 0

    def passed(self, until: int) -> list[tuple[int, str]]:
        """Levels reached by the passing of time alone, up to and with this second."""
        if not self._since:
            self._at = max(self._at, until)
            return []
        ends = sorted(
            int(self._since[one.part] + one.seconds)
            for one in self._lasting
            if one.part in self._since
        )
        due = [end for end in ends if self._at < end <= until]
        reached = [(end, self._graded(end)) for end in due]
        self._at = max(self._at, until)
        return reached

    def told(self, at: int, look: Lookup) -> str:
        """The level once these facts are known at this second."""
        self._look, self._at = look, at
        for one in self._lasting:
            if not holds(one.part, look):
                self._since.pop(one.part, None)
            else:
                self._since.setdefault(one.part, at)
        return self._graded(at)

    def _graded(self, at: int) -> str:
        assert self._look is not None
        self.level = severity_of(
            self.plan, self._look, lambda part: at - self._since.get(part, at + 1)
        )
        return self.level


def settled(history: Iterable[tuple[int, str]]) -> History:
    """The history without steps that change nothing; the last of one second wins."""
    found: list[tuple[int, str]] = []
    for at, level in history:
        if found and found[-1][0] == at:
            found.pop()
        if not found or found[-1][1] != level:
            found.append((at, level))
    return tuple(found)


def in_force(seen: History, *, base: str) -> History:
    """The expected level: each change 2 min after it was seen, the page's level before.

    `seen` begins with the second from which a level is expected, whatever its level.
    """
    start = seen[0][0]
    shifted = [(max(start, at + GRACE_S), level) for at, level in seen if level]
    return settled([(start, base), *shifted] if base else shifted)


def level_at(history: Sequence[tuple[int, str]], at: int) -> str:
    """The level in force at a second; empty before the first."""
    return next((level for start, level in reversed(history) if start <= at), "")


def merged(plan: Plan, declared: History, expected: History) -> History:
    """The higher of declared and expected: what the score holds people to."""
    moments = sorted({at for at, _ in (*declared, *expected)})
    both = [(at, higher(plan, level_at(declared, at), level_at(expected, at))) for at in moments]
    return settled((at, level) for at, level in both if level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Seconds during which neither level changed."""

    start: int
    end: int
    declared: str
    expected: str
    seen: str
    """What the newest facts say, before the grace is over."""


def stretches(
    declared: History, expected: History, seen: History, *, start: int, end: int
) -> tuple[Stretch, ...]:
    """The time from start to end, cut at every change; never empty."""
    cuts = {start, *(at for at, _ in (*declared, *expected, *seen) if start < at < end)}
    moments = [*sorted(cuts), max(end, start + 1)]
    return tuple(
        Stretch(
            start=one,
            end=other,
            declared=level_at(declared, one),
            expected=level_at(expected, one),
            seen=level_at(seen, one),
        )
        for one, other in pairwise(moments)
    )
