"""A small world for the cloud, SQL, metrics and log tools: rows, samples and lines by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from simulator.shell.documents import LogLine, Row, Series
from simulator.shell.reply import Terminal
from simulator.shell.syntax import Simple

NOW = int(datetime(2026, 3, 13, 10, 8, 30, tzinfo=UTC).timestamp())
"""Drill 2 at T+2:25."""

ALICE = Terminal(user="alice", host="bastion")


def at(text: str) -> int:
    """The epoch second of a time of day on the drill's day."""
    hour, minute, second = (int(part) for part in text.split(":"))
    return int(datetime(2026, 3, 13, hour, minute, second, tzinfo=UTC).timestamp())


def typed(*words: str, heredoc: str | None = None) -> Simple:
    """A line after the prompt has split it."""
    return Simple(words=words, heredoc=heredoc, line=" ".join(words))


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Documents from dictionaries."""

    now: int = NOW
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    metrics: Sequence[Series] = ()
    lines: Sequence[LogLine] = ()

    def rows(self, kind: str) -> Sequence[Row]:
        return self.tables.get(kind, ())

    def kinds(self, prefix: str) -> Sequence[str]:
        return sorted(kind for kind in self.tables if kind.startswith(prefix))

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        return [
            Series(
                name=one.name,
                labels=one.labels,
                samples=[(t, v) for t, v in one.samples if start <= t <= end],
            )
            for one in self.metrics
            if one.name == name and any(start <= t <= end for t, _ in one.samples)
        ]

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        return [line for line in self.lines if start * 1000 <= line.at_ms <= end * 1000]
