"""What a PromQL expression comes to: labelled numbers, and the allowance that keeps it small.

Rule 1: a vector is in label order, so that sums and listings never depend on where rows came from.
Rule 2: reading more than the allowance is refused in Prometheus' own words; nothing runs away.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from simulator.shell.documents import Documents, Series

NAME: Final = "__name__"
SAMPLES_MOST: Final = 50_000
"""Samples fetched by one query; Prometheus' `query.max-samples`, made small for one terminal."""
VISITS_MOST: Final = 300_000
"""Samples and steps looked at in all; bounds subqueries within subqueries."""


class QueryError(Exception):
    """A query Prometheus would refuse, in its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One element of an instant vector."""

    labels: Mapping[str, str]
    """With `__name__` where the value still is that metric."""
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One element of a range vector."""

    labels: Mapping[str, str]
    samples: Sequence[tuple[float, float]]
    """(epoch second, value), oldest first, never empty."""
    start: float
    """The window is `(start, end]`, epoch seconds."""
    end: float


Vector: TypeAlias = tuple[Sample, ...]
Matrix: TypeAlias = tuple[Window, ...]
Value: TypeAlias = float | str | Vector | Matrix


def in_order(samples: Iterable[Sample]) -> Vector:
    """The vector in label order."""
    return tuple(sorted(samples, key=lambda sample: key_of(sample.labels)))


def key_of(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A set of labels as something to sort and look up by."""
    return tuple(sorted(labels.items()))


def nameless(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels of a derived value: it is no longer that metric."""
    return {name: value for name, value in labels.items() if name != NAME}


def total(values: Sequence[float]) -> float:
    """The exact sum where there is one, else what floating point makes of infinities."""
    try:
        return math.fsum(values)
    except (OverflowError, ValueError):
        return sum(values)


def label_text(labels: Mapping[str, str]) -> str:
    """Labels as Prometheus writes a series: `up{instance="a"}`, `{}` for none at all."""
    pairs = ", ".join(f'{name}="{value}"' for name, value in key_of(labels) if name != NAME)
    name = labels.get(NAME, "")
    return f"{name}{{{pairs}}}" if pairs or not name else name


def number_text(value: float) -> str:
    """A sample's value as the HTTP API prints it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return repr(value)


class Allowance:
    """The series one query may read, fetched once for all its steps.

    `first` and `last` are the first and last second the expression is evaluated at.
    """

    def __init__(self, documents: Documents, first: int, last: int) -> None:
        self.names: set[str] = set()
        self._documents = documents
        self._first = first
        self._last = last
        self._fetched: dict[str, tuple[int, int, Sequence[Series]]] = {}
        self._samples = 0
        self._visits = 0

    def series(self, name: str, start: int, end: int, at: int) -> Sequence[Series]:
        """The metric's series covering `start..end`, wanted by the step at second `at`."""
        self.names.add(name)
        low, high, found = self._fetched.get(name, (1, 0, ()))
        if low <= start and end <= high:
            return found
        low = min(start - max(0, at - self._first), low if found else start)
        high = max(end + max(0, self._last - at), high)
        found = self._documents.series(name, low, high)
        self._samples += sum(len(one.samples) for one in found)
        if self._samples > SAMPLES_MOST:
            raise QueryError("query processing would load too many samples into memory")
        self._fetched[name] = (low, high, found)
        return found

    def visit(self, count: int) -> None:
        """Count work done; raises `QueryError` beyond the allowance."""
        self._visits += count
        if self._visits > VISITS_MOST:
            raise QueryError("query timed out in expression evaluation")
