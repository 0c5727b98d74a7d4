"""PromQL functions over a range of samples: rates, trends, and the `_over_time` family.

Rule 1: `rate`, `increase` and `delta` extrapolate to the window's edges exactly as Prometheus'
    `extrapolatedRate` does (prometheus/prometheus, promql/functions.go): by at most half the
    mean distance between samples where an edge is more than 1.1 such distances away, and for a
    counter never below its zero.
Rule 2: a counter that falls has been reset: it began again at 0.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from simulator.shell.promql_values import Window, total

Points = Sequence[tuple[float, float]]


def extrapolated(window: Window, *, counter: bool, per_second: bool) -> float | None:
    """The change over the window, or per second of it; needs two samples."""
    points = window.samples
    if len(points) < 2:
        return None
    (first_at, first), (last_at, last) = points[0], points[-1]
    change = last - first
    if counter:
        change += sum(a for (_, a), (_, b) in pairwise(points) if b < a)
    sampled = last_at - first_at
    apart = sampled / (len(points) - 1)
    to_start, to_end = first_at - window.start, window.end - last_at
    if to_start >= apart * 1.1:
        to_start = apart / 2
    if counter and change > 0 and first >= 0:
        to_start = min(to_start, sampled * (first / change))
    if to_end >= apart * 1.1:
        to_end = apart / 2
    factor = (sampled + to_start + to_end) / sampled
    if per_second:
        factor /= window.end - window.start
    return change * factor


def _instant_rate(window: Window) -> float | None:
    if len(window.samples) < 2:
        return None
    (before_at, before), (at, value) = window.samples[-2:]
    return (value if value < before else value - before) / (at - before_at)


def _instant_delta(window: Window) -> float | None:
    if len(window.samples) < 2:
        return None
    return window.samples[-1][1] - window.samples[-2][1]


def regression(points: Points, origin: float) -> tuple[float, float]:
    """Least squares: slope per second and the value at `origin`."""
    count = len(points)
    first = points[0][1]
    if all(value == first for _, value in points):
        return 0.0, first
    times = [at - origin for at, _ in points]
    values = [value for _, value in points]
    sum_t, sum_v = total(times), total(values)
    cov = total([t * v for t, v in zip(times, values, strict=True)]) - sum_t * sum_v / count
    var = total([t * t for t in times]) - sum_t * sum_t / count
    slope = cov / var
    return slope, sum_v / count - slope * sum_t / count


def _deriv(window: Window) -> float | None:
    if len(window.samples) < 2:
        return None
    return regression(window.samples, window.samples[0][0])[0]


def predict_linear(window: Window, at: float, ahead_s: float) -> float | None:
    """Where the trend will be `ahead_s` after the evaluation second."""
    if len(window.samples) < 2:
        return None
    slope, now = regression(window.samples, at)
    return now + slope * ahead_s


def quantile(share: float, values: Sequence[float]) -> float:
    """Prometheus' quantile: linear between the two nearest ranks."""
    if not values or math.isnan(share):
        return math.nan
    if not 0 <= share <= 1:
        return math.copysign(math.inf, share - 0.5)
    ordered = sorted(values)
    rank = share * (len(ordered) - 1)
    low = math.floor(rank)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] * (1 - (rank - low)) + ordered[high] * (rank - low)


def variance(values: Sequence[float]) -> float:
    """The population variance."""
    mean = total(values) / len(values)
    return total([(value - mean) ** 2 for value in values]) / len(values)


def _pairs(window: Window) -> list[tuple[float, float]]:
    return list(pairwise(_values(window)))


def _values(window: Window) -> list[float]:
    return [value for _, value in window.samples]


OVER_A_WINDOW: Final[Mapping[str, Callable[[Window], float | None]]] = {
    "rate": lambda w: extrapolated(w, counter=True, per_second=True),
    "increase": lambda w: extrapolated(w, counter=True, per_second=False),
    "delta": lambda w: extrapolated(w, counter=False, per_second=False),
    "irate": _instant_rate,
    "idelta": _instant_delta,
    "deriv": _deriv,
    "resets": lambda w: float(sum(b < a for a, b in _pairs(w))),
    "changes": lambda w: float(sum(b != a for a, b in _pairs(w))),
    "avg_over_time": lambda w: total(_values(w)) / len(w.samples),
    "min_over_time": lambda w: min(_values(w)),
    "max_over_time": lambda w: max(_values(w)),
    "sum_over_time": lambda w: total(_values(w)),
    "count_over_time": lambda w: float(len(w.samples)),
    "last_over_time": lambda w: w.samples[-1][1],
    "present_over_time": lambda _: 1.0,
    "stddev_over_time": lambda w: math.sqrt(variance(_values(w))),
    "stdvar_over_time": lambda w: variance(_values(w)),
}
"""Functions of one range vector; `None` leaves the series out of the result."""

KEEP_NAME: Final = frozenset({"last_over_time"})
