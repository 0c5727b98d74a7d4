"""PromQL's operators between numbers and vectors: arithmetic, comparison, matching, sets.

Rule 1: matching is one-to-one unless `group_left` or `group_right` says otherwise; a comparison
    between vectors filters the left side unless `bool` asks for 0 or 1.
"""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from simulator.shell.promql_values import (
    NAME,
    QueryError,
    Sample,
    Vector,
    in_order,
    key_of,
    label_text,
    nameless,
)


def _divided(left: float, right: float) -> float:
    if right != 0 or math.isnan(right):
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


def _power(left: float, right: float) -> float:
    try:
        return math.pow(left, right)
    except OverflowError:
        return -math.inf if left < 0 and right % 2 == 1 else math.inf
    except ValueError:
        return math.inf if left == 0 else math.nan


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided,
    "%": _remainder,
    "^": _power,
    "atan2": math.atan2,
}
_COMPARISON: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_SETS: Final = frozenset({"and", "or", "unless"})


def combined(op: str, left: float | Vector, right: float | Vector, modifier: Any) -> float | Vector:
    """The operator's result; `modifier` is the parser's, or `None`."""
    as_bool = modifier is not None and bool(modifier.return_bool)
    if isinstance(left, tuple) and isinstance(right, tuple):
        if op in _SETS:
            return _set(op, left, right, modifier)
        return _matched(op, left, right, modifier)
    if isinstance(left, tuple):
        assert not isinstance(right, tuple)
        return _with_number(op, left, right, as_bool=as_bool, vector_first=True)
    if isinstance(right, tuple):
        return _with_number(op, right, left, as_bool=as_bool, vector_first=False)
    return _number(op, left, right)


def _number(op: str, left: float, right: float) -> float:
    if op in _COMPARISON:
        return float(_COMPARISON[op](left, right))
    return _ARITHMETIC[op](left, right)


def _with_number(
    op: str, vector: Vector, number: float, *, as_bool: bool, vector_first: bool
) -> Vector:
    out: list[Sample] = []
    for sample in vector:
        pair = (sample.value, number) if vector_first else (number, sample.value)
        if op in _COMPARISON and not as_bool:
            if _COMPARISON[op](*pair):
                out.append(sample)
            continue
        out.append(Sample(labels=nameless(sample.labels), value=_number(op, *pair)))
    return tuple(out)


def _signature(labels: Mapping[str, str], modifier: Any) -> tuple[tuple[str, str], ...]:
    matching = modifier.matching if modifier is not None else None
    if matching is None:
        return key_of(nameless(labels))
    named = set(matching.labels)
    if _is(matching.type, "On", "Include"):
        return tuple((name, labels.get(name, "")) for name in sorted(named))
    return key_of({k: v for k, v in labels.items() if k not in named and k != NAME})


def _is(value: object, *names: str) -> bool:
    """Whether the parser's enumeration value has one of these names."""
    return str(value).rsplit(".", 1)[-1] in names


def _set(op: str, left: Vector, right: Vector, modifier: Any) -> Vector:
    if op == "or":
        have = {_signature(sample.labels, modifier) for sample in left}
        return in_order(
            [*left, *(one for one in right if _signature(one.labels, modifier) not in have)]
        )
    have = {_signature(sample.labels, modifier) for sample in right}
    wanted = op == "and"
    return tuple(one for one in left if (_signature(one.labels, modifier) in have) == wanted)


def _matched(op: str, left: Vector, right: Vector, modifier: Any) -> Vector:
    card = modifier.card if modifier is not None else "OneToOne"
    swapped = _is(card, "OneToMany")
    many, one = (right, left) if swapped else (left, right)
    ones: dict[tuple[tuple[str, str], ...], Sample] = {}
    for sample in one:
        signature = _signature(sample.labels, modifier)
        if signature in ones:
            raise QueryError(_duplicate(signature, "left" if swapped else "right"))
        ones[signature] = sample
    out: list[Sample] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    for sample in many:
        signature = _signature(sample.labels, modifier)
        if signature not in ones:
            continue
        partner = ones[signature]
        pair = (partner.value, sample.value) if swapped else (sample.value, partner.value)
        as_bool = modifier is not None and bool(modifier.return_bool)
        filters = op in _COMPARISON and not as_bool
        if filters and not _COMPARISON[op](*pair):
            continue
        labels = _labels(sample, partner, modifier, keep_name=filters)
        if key_of(labels) in seen:
            raise QueryError(
                "multiple matches for labels: many-to-one matching must be explicit"
                " (group_left/group_right)"
            )
        seen.add(key_of(labels))
        out.append(Sample(labels=labels, value=pair[0] if filters else _number(op, *pair)))
    return in_order(out)


def _duplicate(signature: tuple[tuple[str, str], ...], side: str) -> str:
    return (
        f"found duplicate series for the match group {label_text(dict(signature))}"
        f" on the {side} hand-side of the operation;many-to-many matching not allowed:"
        " matching labels must be unique on one side"
    )


def _labels(
    sample: Sample, partner: Sample, modifier: Any, *, keep_name: bool
) -> Mapping[str, str]:
    labels = dict(sample.labels) if keep_name else nameless(sample.labels)
    card = modifier.card if modifier is not None else "OneToOne"
    if not _is(card, "OneToOne"):
        for name in modifier.group_labels or ():
            labels.pop(name, None)
            if partner.labels.get(name):
                labels[name] = partner.labels[name]
        return labels
    matching = modifier.matching if modifier is not None else None
    if matching is None:
        return labels
    named = set(matching.labels)
    if _is(matching.type, "On", "Include"):
        return {k: v for k, v in labels.items() if k in named}
    return {k: v for k, v in labels.items() if k not in named}
