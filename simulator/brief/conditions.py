"""Conditions an author writes: names compared with numbers, times and words; never code.

Rule 1: `parse` builds a tree of frozen values; nothing is ever evaluated as a program.
Rule 2: a name nobody knows about makes its own comparison false, whatever the operator.
Rule 3: left of a comparison stands a name; right of it an amount, a word, a quoted text, or a name
with a dot or a window (quote a word that has a dot).

    condition := either ("or" either)*            either := part ("and" part)*
    part      := "not" part | held                held   := ( "(" condition ")" | test ) ["for" 30s]
    test      := name [ ("==" "!=" ">" ">=" "<" "<=") value | "in" name ]
"""

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from operator import ge, gt, le, lt
from typing import Annotated, Final, TypeAlias, assert_never

from simulator.brief.grammar import LONGEST, parsed
from simulator.brief.terms import (
    AllOf,
    Among,
    AnyOf,
    Comparison,
    Condition,
    Known,
    Lasting,
    Name,
    Negation,
    Operator,
    Quantity,
    Text,
    said,
)
from simulator.brief.written import Written

__all__ = [
    "AllOf", "Among", "AnyOf", "Comparison", "Condition", "Known", "Lasting", "Name", "Negation",
    "Operator", "Quantity", "Text", "When", "comparisons", "holds", "lasted", "lastings", "names",
    "parse", "said",
]  # fmt: skip

Found: TypeAlias = bool | int | float | str | Collection[str]
"""What a name may stand for: numbers in seconds, shares from 0 to 1, and per second."""
Look: TypeAlias = Callable[[Name], Found | None]
"""What a name stands for now; None where nobody knows."""
HeldFor: TypeAlias = Callable[[Condition], float]
"""For how many seconds, without a break, a condition has held by now."""

_NUMBERS: Final = (int, float)
_ORDERED: dict[Operator, Callable[[float, float], bool]] = {
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
}


def parse(text: str) -> Condition:
    """The condition a text says; raises `Unreadable` with the place in the text."""
    return parsed(text)


When: TypeAlias = Annotated[
    Condition,
    Written(
        name="a condition",
        read=parse,
        says="A condition such as `db.connections > 80 for 30s and not declared`.",
        json={"type": "string", "minLength": 1, "maxLength": LONGEST},
    ),
]


def holds(condition: Condition, look: Look, held_for: HeldFor | None = None) -> bool:
    """Whether the condition holds, by what `look` knows.

    `for 30s` asks `held_for` how long the inner condition has held; without anyone who keeps time
    it never holds.
    """
    match condition:
        case Comparison():
            return _compares(condition, look)
        case Known():
            return bool(look(condition.name))
        case AllOf():
            return all(holds(part, look, held_for) for part in condition.parts)
        case AnyOf():
            return any(holds(part, look, held_for) for part in condition.parts)
        case Negation():
            return not holds(condition.part, look, held_for)
        case Among():
            found = look(condition.name)
            return isinstance(found, Collection) and condition.word in found
        case Lasting():
            if held_for is None or held_for(condition.part) < condition.seconds:
                return False
            return holds(condition.part, look, held_for)
        case _:
            assert_never(condition)


def _compares(comparison: Comparison, look: Look) -> bool:
    left = look(comparison.name)
    right = _value(comparison.value, look)
    if left is None or right is None:
        return False
    ordered = _ORDERED.get(comparison.operator)
    if ordered is not None:
        if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
            return ordered(left, right)
        return False
    is_same = _said_as(left) == _said_as(right)
    return is_same if comparison.operator == "==" else not is_same


def _value(value: Quantity | Text | Name, look: Look) -> Found | None:
    match value:
        case Quantity():
            return value.amount
        case Text():
            return value.text
        case Name():
            return look(value)
    assert_never(value)


def _said_as(value: Found) -> Found:
    """A truth as the word an author writes for it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


@lru_cache(maxsize=4096)
def names(condition: Condition) -> tuple[Name, ...]:
    """Every name the condition looks at, in order, each once."""
    found: list[Name] = []
    for test in tests(condition):
        found.append(test.name)
        if isinstance(test, Comparison) and isinstance(test.value, Name):
            found.append(test.value)
    return tuple(dict.fromkeys(found))


def comparisons(condition: Condition) -> tuple[Comparison, ...]:
    """Every comparison, in order: what a scheduler computes crossings of."""
    return tuple(test for test in tests(condition) if isinstance(test, Comparison))


def lastings(condition: Condition) -> tuple[Lasting, ...]:
    """Every `for`, outermost first: what somebody has to keep time of."""
    return tuple(part for part in _parts(condition) if isinstance(part, Lasting))


def lasted(condition: Condition, *, negated: bool = False) -> Condition:
    """The condition of going on, for what has come to hold: what has lasted need not last again.

    Every wait under an even (`negated`: odd) count of `not` is left out.
    """
    match condition:
        case AllOf():
            return AllOf(parts=tuple(lasted(part, negated=negated) for part in condition.parts))
        case AnyOf():
            return AnyOf(parts=tuple(lasted(part, negated=negated) for part in condition.parts))
        case Negation():
            return Negation(part=lasted(condition.part, negated=not negated))
        case Lasting():
            return condition if negated else condition.part
    return condition


def tests(condition: Condition) -> Iterator[Comparison | Among | Known]:
    """The leaves, in the order they are written."""
    for part in _parts(condition):
        if isinstance(part, Comparison | Among | Known):
            yield part


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    match condition:
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from _parts(part)
        case Negation() | Lasting():
            yield from _parts(condition.part)
        case _:
            return
