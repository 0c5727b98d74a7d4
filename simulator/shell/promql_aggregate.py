"""PromQL's aggregations: many series become few, by or without labels.

Rule 1: an aggregation of nothing is nothing, never 0: dead pods leave no series and no alert.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from simulator.shell.promql_values import (
    NAME,
    QueryError,
    Sample,
    Vector,
    in_order,
    key_of,
    number_text,
    total,
)
from simulator.shell.promql_windows import quantile, variance

_SIMPLE: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {
    "sum": total,
    "avg": lambda values: total(values) / len(values),
    "min": lambda values: min(values, key=_nan_last),
    "max": lambda values: max(values, key=_nan_first),
    "count": lambda values: float(len(values)),
    "group": lambda _: 1.0,
    "stddev": lambda values: math.sqrt(variance(values)),
    "stdvar": variance,
}


def _nan_last(value: float) -> tuple[bool, float]:
    return (math.isnan(value), value)


def _nan_first(value: float) -> tuple[bool, float]:
    return (not math.isnan(value), value)


def aggregated(op: str, vector: Vector, modifier: Any, param: float | str | None) -> Vector:
    """The aggregation's result; raises `QueryError` for a parameter that cannot be."""
    groups: dict[tuple[tuple[str, str], ...], list[Sample]] = {}
    for sample in vector:
        groups.setdefault(key_of(_group(sample.labels, modifier)), []).append(sample)
    out: list[Sample] = []
    for group, members in groups.items():
        out.extend(_one_group(op, dict(group), members, param))
    if op in ("topk", "bottomk"):
        return tuple(out)
    return in_order(out)


def _group(labels: Mapping[str, str], modifier: Any) -> dict[str, str]:
    if modifier is None:
        return {}
    named = set(modifier.labels)
    if str(modifier.type).endswith("By"):
        return {name: value for name, value in labels.items() if name in named and value}
    return {name: v for name, v in labels.items() if name not in named and name != NAME}


def _one_group(
    op: str, labels: dict[str, str], members: list[Sample], param: float | str | None
) -> list[Sample]:
    values = [sample.value for sample in members]
    if op in _SIMPLE:
        return [Sample(labels=labels, value=_SIMPLE[op](values))]
    if op == "quantile":
        return [Sample(labels=labels, value=quantile(_number(param), values))]
    if op in ("topk", "bottomk"):
        rank = (lambda s: _nan_first(s.value)) if op == "topk" else (lambda s: _nan_last(s.value))
        ordered = sorted(members, key=rank, reverse=op == "topk")
        wanted = _number(param)
        if math.isnan(wanted):
            raise QueryError("Parameter value is NaN")
        return ordered[: int(max(0.0, min(wanted, 1e6)))]
    if op == "count_values":
        counts: dict[str, int] = {}
        for value in values:
            counts[number_text(value)] = counts.get(number_text(value), 0) + 1
        return [
            Sample(labels={**labels, str(param): value}, value=float(count))
            for value, count in counts.items()
        ]
    raise QueryError(f"aggregation {op} is not simulated")


def _number(param: float | str | None) -> float:
    return param if isinstance(param, float) else math.nan
