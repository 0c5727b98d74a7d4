"""Whether a condition can ever hold, by its own words and by what a file could ever make true.

Rule 1: it reads alternatives one by one; what it cannot read it takes to be possible.
Rule 2: "can never" is only said where two parts exclude one another, or where nothing in the file
ever brings about what is asked.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final, TypeAlias, assert_never

from simulator.brief.conditions import (
    AllOf,
    Among,
    AnyOf,
    Comparison,
    Condition,
    Known,
    Lasting,
    Negation,
    Quantity,
    Text,
    said,
)
from simulator.brief.terms import Operator

MOST_WAYS: Final = 256
Test: TypeAlias = tuple[Comparison | Among | Known, bool]
"""A leaf, and whether it must hold."""
Possible: TypeAlias = Callable[[Comparison | Among | Known], bool]
"""Whether anything in the file could make a leaf true."""
_OPPOSITE: Final[dict[Operator, Operator]] = {
    "==": "!=", "!=": "==", ">": "<=", "<=": ">", "<": ">=", ">=": "<",
}  # fmt: skip


def why_never(condition: Condition, possible: Possible = lambda _: True) -> str:
    """Why a condition can never hold, in words; empty where it can, as far as one can tell."""
    reasons: list[str] = []
    for way in _ways(condition, wanted=True):
        if reason := _excluded(way, possible):
            reasons.append(reason)
        else:
            return ""
    return reasons[0] if reasons else ""


def _ways(condition: Condition, *, wanted: bool) -> Iterator[tuple[Test, ...]]:
    """Every set of leaves that makes it hold; at most `MOST_WAYS`, then one that says nothing."""
    ways = _expanded(condition, wanted=wanted)
    yield from islice(ways, MOST_WAYS)
    if next(ways, None) is not None:
        yield ()


def _expanded(condition: Condition, *, wanted: bool) -> Iterator[tuple[Test, ...]]:
    match condition:
        case Negation():
            yield from _expanded(condition.part, wanted=not wanted)
        case Lasting():
            if wanted:
                yield from _expanded(condition.part, wanted=True)
            else:
                yield ()  # it may hold for less
        case AllOf() | AnyOf():
            if isinstance(condition, AllOf) == wanted:
                inner = [list(_ways(part, wanted=wanted)) for part in condition.parts]
                for choice in product(*inner):
                    yield tuple(test for way in choice for test in way)
            else:
                for part in condition.parts:
                    yield from _ways(part, wanted=wanted)
        case Comparison() | Among() | Known():
            yield ((condition, wanted),)
        case _:
            assert_never(condition)


@dataclass(slots=True)
class _Bounds:
    """What one name must be in one way."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    texts: set[str] = field(default_factory=set)
    not_texts: set[str] = field(default_factory=set)
    known: set[bool] = field(default_factory=set)

    def empty(self) -> bool:
        """Whether nothing satisfies it."""
        if self.low > self.high:
            return True
        touching = self.low == self.high and (self.low_open or self.high_open)
        return touching or len(self.texts) > 1 or bool(self.texts & self.not_texts) \
            or len(self.known) > 1  # fmt: skip

    def above(self, amount: float, *, is_open: bool) -> None:
        """It must be above an amount, or at it."""
        if amount > self.low or (amount == self.low and is_open):
            self.low, self.low_open = amount, is_open

    def below(self, amount: float, *, is_open: bool) -> None:
        """It must be below an amount, or at it."""
        if amount < self.high or (amount == self.high and is_open):
            self.high, self.high_open = amount, is_open


def _excluded(way: tuple[Test, ...], possible: Possible) -> str:
    """Why these leaves cannot hold together."""
    bounds: dict[tuple[str, int | None], _Bounds] = {}
    for test, wanted in way:
        if wanted and not possible(test):
            return f"nothing ever makes `{said(test)}` true"
        mine = bounds.setdefault((test.name.text, test.name.window_s), _Bounds())
        _narrow(mine, test, wanted=wanted)
        if mine.empty():
            return f"it asks two things of {test.name.text} that exclude one another"
    return ""


def _narrow(bounds: _Bounds, test: Comparison | Among | Known, *, wanted: bool) -> None:
    match test:
        case Known():
            bounds.known.add(wanted)
        case Among():
            return
        case Comparison(operator=operator, value=Quantity(amount=amount)):
            _range(bounds, operator if wanted else _OPPOSITE[operator], amount)
        case Comparison(operator=operator, value=Text(text=text)):
            same = (operator == "==") == wanted
            (bounds.texts if same else bounds.not_texts).add(text)
        case _:
            return


def _range(bounds: _Bounds, operator: Operator, amount: float) -> None:
    match operator:
        case ">" | ">=":
            bounds.above(amount, is_open=operator == ">")
        case "<" | "<=":
            bounds.below(amount, is_open=operator == "<")
        case "==":
            bounds.above(amount, is_open=False)
            bounds.below(amount, is_open=False)
        case _:
            return
