"""PromQL functions over instant vectors and numbers: rounding, clamping, buckets, labels, clocks.

Rule 1: a function that stands in no table here is not simulated, and the tool says so.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from simulator.shell.promql_values import (
    Matrix,
    QueryError,
    Sample,
    Value,
    Vector,
    Window,
    in_order,
    key_of,
    nameless,
)


def _safe(function: Callable[[float], float], value: float) -> float:
    try:
        return function(value)
    except OverflowError:
        return math.inf
    except ValueError:
        return -math.inf if value == 0 else (value if math.isinf(value) else math.nan)


def rounded(value: float, to: float) -> float:
    """To the nearest multiple, halves upward, as Prometheus' `round`."""
    if not math.isfinite(value) or to == 0:
        return value if to else math.nan
    inverse = 1.0 / to
    return math.floor(value * inverse + 0.5) / inverse


def clamped(value: float, low: float, high: float) -> float:
    """The value held between two bounds."""
    return max(low, min(high, value))


def _hour(value: float) -> float:
    return float(_day(value).hour)


def _day(value: float) -> datetime:
    return datetime.fromtimestamp(clamped(value, 0, 253_000_000_000), tz=UTC)


ON_EACH: Final[Mapping[str, Callable[[float], float]]] = {
    "abs": abs,
    "ceil": lambda v: float(math.ceil(v)) if math.isfinite(v) else v,
    "floor": lambda v: float(math.floor(v)) if math.isfinite(v) else v,
    "sqrt": lambda v: _safe(math.sqrt, v) if v >= 0 else math.nan,
    "exp": lambda v: _safe(math.exp, v),
    "ln": lambda v: _safe(math.log, v) if v >= 0 else math.nan,
    "log2": lambda v: _safe(math.log2, v) if v >= 0 else math.nan,
    "log10": lambda v: _safe(math.log10, v) if v >= 0 else math.nan,
    "sgn": lambda v: float((v > 0) - (v < 0)),
    "minute": lambda v: float(_day(v).minute),
    "hour": _hour,
    "day_of_week": lambda v: float(_day(v).isoweekday() % 7),
    "day_of_month": lambda v: float(_day(v).day),
    "month": lambda v: float(_day(v).month),
    "year": lambda v: float(_day(v).year),
}
CLOCKS: Final = frozenset({"minute", "hour", "day_of_week", "day_of_month", "month", "year"})
"""These take `vector(time())` where nothing is given."""


def on_each(vector: Vector, function: Callable[[float], float]) -> Vector:
    """The function of each value; NaN stays NaN."""
    return tuple(
        Sample(
            labels=nameless(one.labels),
            value=one.value if math.isnan(one.value) else function(one.value),
        )
        for one in vector
    )


def histogram_quantile(share: float, vector: Vector) -> Vector:
    """The quantile of classic buckets (`le`), linear within a bucket, as Prometheus' does."""
    groups: dict[tuple[tuple[str, str], ...], list[tuple[float, float]]] = {}
    for sample in vector:
        bound = _bound(sample.labels.get("le", ""))
        if bound is None:
            continue
        rest = {k: v for k, v in nameless(sample.labels).items() if k != "le"}
        groups.setdefault(key_of(rest), []).append((bound, sample.value))
    return in_order(
        Sample(labels=dict(group), value=_bucket_quantile(share, sorted(buckets)))
        for group, buckets in groups.items()
    )


def _bound(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _bucket_quantile(share: float, buckets: Sequence[tuple[float, float]]) -> float:
    if math.isnan(share) or not math.isinf(buckets[-1][0]) or len(buckets) < 2:
        return math.nan
    if not 0 <= share <= 1:
        return math.copysign(math.inf, share - 0.5)
    counts: list[float] = []
    for _, count in buckets:
        counts.append(max(count, counts[-1] if counts else count))
    if counts[-1] == 0 or math.isnan(counts[-1]):
        return math.nan
    rank = share * counts[-1]
    place = next(i for i, count in enumerate(counts) if count >= rank)
    if place == len(buckets) - 1:
        return buckets[-2][0]
    upper = buckets[place][0]
    if place == 0 and upper <= 0:
        return upper
    lower = buckets[place - 1][0] if place else 0.0
    below = counts[place - 1] if place else 0.0
    inside = counts[place] - below
    return lower + (upper - lower) * ((rank - below) / inside) if inside else lower


def relabelled(vector: Vector, arguments: Sequence[Value]) -> Vector:
    """`label_join(v, into, separator, from...)`: the labels' values joined into another label."""
    into, separator, *sources = (str(argument) for argument in arguments)
    out: list[Sample] = []
    for sample in vector:
        joined = separator.join(sample.labels.get(source, "") for source in sources)
        labels = {**sample.labels, into: joined}
        out.append(Sample(labels=labels, value=sample.value))
    return in_order(out)


def other(name: str, values: Sequence[Value]) -> Value:
    """What a function of values that is in no table here comes to; raises `QueryError`."""
    match name:
        case "vector":
            return (Sample(labels={}, value=as_number(values[0])),)
        case "scalar":
            vector = as_vector(values[0])
            return vector[0].value if len(vector) == 1 else math.nan
        case "timestamp":
            raise QueryError("function timestamp is not simulated")
        case "round":
            to = as_number(values[1]) if len(values) > 1 else 1.0
            return on_each(as_vector(values[0]), lambda v: rounded(v, to))
        case "clamp":
            low, high = as_number(values[1]), as_number(values[2])
            if low > high:
                return ()
            return on_each(as_vector(values[0]), lambda v: clamped(v, low, high))
        case "clamp_min" | "clamp_max":
            bound = as_number(values[1])
            choose = max if name == "clamp_min" else min
            return on_each(as_vector(values[0]), lambda v: choose(v, bound))
        case "sort" | "sort_desc":
            vector = as_vector(values[0])
            return tuple(sorted(vector, key=lambda s: s.value, reverse=name == "sort_desc"))
        case "histogram_quantile":
            return histogram_quantile(as_number(values[0]), as_vector(values[1]))
        case "label_join":
            return relabelled(as_vector(values[0]), values[1:])
    raise QueryError(f"function {name} is not simulated")


def as_vector(value: Value) -> Vector:
    """The instant vector a value is: the parser refuses every other."""
    assert isinstance(value, tuple), "an instant vector"
    return tuple(one for one in value if isinstance(one, Sample))


def as_matrix(value: Value) -> Matrix:
    """The range vector a value is."""
    assert isinstance(value, tuple), "a range vector"
    return tuple(one for one in value if isinstance(one, Window))


def as_number(value: Value) -> float:
    """The scalar a value is."""
    assert isinstance(value, float), "a scalar"
    return value
