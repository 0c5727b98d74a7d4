"""Pages: who was woken, who took it, who climbed which rung."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from simulator.journal.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Event):
    """A person is paged."""

    told: ClassVar[tuple[str, ...]] = ("to",)
    page: str
    """`p1`, `p2` ...: one page goes to several people as its ladder is climbed."""
    to: str
    role: str
    alert: str
    """The alert behind it; empty for a person who was called by a person."""
    level: str
    """The plan's level the page carries until one is declared."""
    summary: str
    why: str = "alert"
    """`alert`, `no_ack`, `unresolved`, `special` or `called`."""
    by: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    measured_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJoined(Event):
    """A further alert was grouped into an open page."""

    page: str
    alert: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAcknowledged(Event):
    """A person has taken a page."""

    page: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDismissed(Event):
    """A page was called a false alarm."""

    page: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResolved(Event):
    """A page ended, because its alerts cleared or the incident closed."""

    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified(Event):
    """The holder of a role was told."""

    role: str
    person: str
    by: str
    text: str
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """A person is here: in the channel, hands free."""

    person: str
    role: str
    briefed_s: int = 0
    """What the briefing cost."""
