"""A small world for the cloud, SQL, metrics and log tools: rows, samples and lines by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime

from documents_fake import FakeDocuments

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
class Papers(FakeDocuments):
    """Documents from dictionaries, at that moment."""

    now: int = NOW
