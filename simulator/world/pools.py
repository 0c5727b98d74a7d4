"""Connections, threads and slots: how many are busy, how many open, who goes without.

Rule 1: busy = rate x hold time (Little's law), clipped to the most; `1 - most/demand` go without.
Rule 2: a pool fills at once and stays at its peak for a while, per replica: a replica added while
the pool stands at its peak opens as many as its peers, wanted or not.
Rule 3: pools sharing a limit use it up by what they have *open*; all are refused alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.world.graph import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLevel:
    """One pool of one pod group."""

    busy: float
    open: float
    """Wanted open, busy ones included; a shared limit may refuse some."""
    most: float
    short: float
    """The share of those wanting one that goes without, because all are busy."""
    fill: float
    """Demand as a share of the most, 0..1, its peak left aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLevel:
    """One shared limit."""

    wanted: float
    """By all who share it, and by those the graph does not model."""
    most: float
    refused: float
    """The share of wishes refused."""

    @property
    def used(self) -> float:
        """Slots in use."""
        return min(self.wanted, self.most)


def short_of(demand: float, most: float) -> float:
    """The share of this demand that goes without: `max(0, 1 - most/demand)`."""
    return 1 - most / demand if demand > most else 0.0


def pool_level(pool: Pool, ready: int, demand: float, peak: float) -> PoolLevel:
    """A pool of so many replicas under this demand, its remembered peak fill given (0..1)."""
    most = pool.per_replica * ready
    fill = min(1.0, demand / most) if most else 0.0
    least = min(pool.least, pool.per_replica) * ready
    return PoolLevel(
        busy=min(demand, most),
        open=max(most * max(fill, peak), least),
        most=most,
        short=short_of(demand, most),
        fill=fill,
    )


def limit_level(opens: Sequence[float], taken: float, most: float) -> LimitLevel:
    """A shared limit under what its pools have open and what others took."""
    wanted = math.fsum((*opens, taken))
    return LimitLevel(wanted=wanted, most=most, refused=short_of(wanted, most))
