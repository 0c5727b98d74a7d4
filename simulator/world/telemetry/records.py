"""The rows an author wrote: there while a condition holds, or from the second it first held.

Rule 1: a row is seen as late as its source is slow: one lag a source and drill, drawn once, so
that a fact and the row that tells of it come together.
Rule 2: a row with `since` alone is something that happened: its numbers are those of that second.
Every other row is how things stand: its numbers are those of the second its source has reached.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.brief.conditions import Condition
from simulator.brief.scenario.sight import Record
from simulator.brief.units import Span
from simulator.clock import seconds_of
from simulator.shell.documents import Row
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import first_held, held_at, lookup_at
from simulator.world.texts import Values, as_counted, fill_row

_TIMED: Final = ("git/", "host/", "tls/")
"""Kinds whose tools want moments as epoch seconds."""
_TIMES: Final = ("at", "not_after", "not_before")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The records of this variant by kind, and how late each source is."""

    by_kind: Mapping[str, tuple[Record, ...]]
    lags: Mapping[str, int]
    begins: int

    def onsets(self) -> Iterator[Condition]:
        """Conditions whose first second is asked for."""
        for records in self.by_kind.values():
            yield from (record.since for record in records if record.since is not None)

    def states(self) -> Iterator[Condition]:
        """Conditions that are asked of one second."""
        for records in self.by_kind.values():
            yield from (record.when for record in records if record.when is not None)

    def rows(self, around: Surroundings, kind: str, now: int) -> list[Row]:
        """The rows of a kind as its source shows them at a second."""
        return [
            row
            for record in self.by_kind.get(kind, ())
            for row in self._of(around, record, kind, now)
        ]

    def _of(self, around: Surroundings, record: Record, kind: str, now: int) -> Iterator[Row]:
        seen = now - self.lags[record.lag]
        since: int | None = None
        if record.since is not None:
            since = first_held(around, record.since)
            if since is None or since > seen:
                return
        if record.when is not None and not held_at(around, record.when, seen):
            return
        read = seen if since is None or record.when is not None else since
        look = as_counted(lookup_at(around, read), around.scenario.system.gauges)
        for n in range(max(1, record.count)):
            values = Values(look=look, at=read, begins=self.begins, since=since, n=n)
            yield _typed(fill_row(record.row, values), kind)


def shelf(around: Surroundings, begins: int) -> Shelf:
    """The records that are there in this drill's variant."""
    by_kind: dict[str, list[Record]] = {}
    for record in around.scenario.records:
        if record.covers(around.stage.variant):
            by_kind.setdefault(record.kind, []).append(record)
    lags = {name: lag_s(around, name) for name in ("none", "log", "cloud", "audit", "vendor")}
    return Shelf(
        by_kind={kind: tuple(records) for kind, records in by_kind.items()},
        lags=lags,
        begins=begins,
    )


def lag_s(around: Surroundings, source: str) -> int:
    """How many seconds a source is behind in this drill."""
    clock = around.scenario.system.clock
    spans: Mapping[str, Span] = {
        "log": clock.log_lag,
        "cloud": clock.cloud_lag,
        "audit": clock.audit_lag,
        "vendor": clock.vendor_lag,
    }
    if source not in spans:
        return 0
    span = spans[source]
    return around.stage.chance.span(span.low_s, span.high_s, "source lag", source).seconds


def _typed(row: Any, kind: str) -> Row:
    """The row with durations as numbers and, where its tool wants them so, moments too."""
    if not isinstance(row, dict):
        return {"text": str(row)}
    if isinstance(row.get("seconds"), str):
        row["seconds"] = _number(row["seconds"])
    if kind.startswith(_TIMED):
        for name in _TIMES:
            if isinstance(row.get(name), str):
                row[name] = _epoch(row[name])
    return row


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return seconds_of(text)
    except ValueError:
        return 0.0


def _epoch(text: str) -> int | str:
    from datetime import datetime  # noqa: PLC0415 - reads an author's label; nothing asks the wall clock

    try:
        return int(datetime.fromisoformat(text).timestamp())
    except ValueError:
        return text
