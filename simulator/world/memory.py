"""What the world carries from one moment to the next, because it feeds back with a lag.

Rule 1: plain facts only; `feedback` decides what is carried, `signals` reads it.
Rule 2: a name absent from a mapping is at rest: no errors, breaker closed, pool at demand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

EdgeKey = tuple[str, str]
"""(calling service, edge)."""
PoolKey = tuple[str, str, str]
"""(service, pod group, pool)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerState:
    """A breaker that has something to wait for."""

    failing_since_s: int
    """Since when its callee fails without pause."""
    probe_at_s: int | None = None
    """The next probe; None while it is still closed."""

    @property
    def is_open(self) -> bool:
        """Whether calls are answered without being made."""
        return self.probe_at_s is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """How far a pool has filled and stays filled, as a share of its most."""

    fill: float
    until_s: int
    """When it falls back to what is in demand, unless demand comes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The lagging part of the truth; empty at rest."""

    errors: Mapping[str, float] = field(default_factory=dict)
    """Service -> the share of failures its clients are retrying now."""
    retries_due_s: int | None = None
    """When clients next take in a changed share of failures."""
    breakers: Mapping[EdgeKey, BreakerState] = field(default_factory=dict)
    peaks: Mapping[PoolKey, Peak] = field(default_factory=dict)

    def is_open(self, service: str, edge: str) -> bool:
        """Whether that breaker is open."""
        state = self.breakers.get((service, edge))
        return state is not None and state.is_open

    def bears_as(self, other: "Memory") -> bool:
        """Whether it bears on the signals of now as the other does: due seconds do not."""
        return _bearing(self) == _bearing(other)


def _bearing(memory: Memory) -> tuple[Mapping[str, float], set[EdgeKey], dict[PoolKey, float]]:
    is_open = {key for key, state in memory.breakers.items() if state.is_open}
    return memory.errors, is_open, {key: peak.fill for key, peak in memory.peaks.items()}
