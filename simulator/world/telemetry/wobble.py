"""A normal day's unrest: a smooth small curve drawn from a key, with its exact integral.

Rule 1: it repeats after some hours and is the same for every question about the same series.
Rule 2: lines between drawn points, so that no platform's sine makes two drills differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.chance import Chance
from simulator.world.telemetry.luck import marks

KNOT_S: Final = 240
"""Seconds between two drawn points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wobble:
    """A curve about 0, at most 1 in size, of mean 0."""

    points: Sequence[float]
    sums: Sequence[float]
    """The integral from 0 to each point, seconds."""

    def at(self, second: float) -> float:
        """The curve."""
        place, part = divmod(second / KNOT_S, 1)
        here, after = self._pair(int(place))
        return here + (after - here) * part

    def integral(self, second: float) -> float:
        """The curve's integral from 0 to a second, which may lie before 0."""
        place, part = divmod(second / KNOT_S, 1)
        here, after = self._pair(int(place))
        inside = KNOT_S * part * (here + (after - here) * part / 2)
        return self.sums[int(place) % len(self.points)] + inside

    def _pair(self, place: int) -> tuple[float, float]:
        return self.points[place % len(self.points)], self.points[(place + 1) % len(self.points)]


def wobble(chance: Chance, *key: str) -> Wobble:
    """The curve of a key."""
    raw = [byte / 127.5 - 1 for byte in marks(chance, "wobble", *key)]
    mean = sum(raw) / len(raw)
    points = [(value - mean) / 2 for value in raw]
    sums = [0.0]
    for here, after in zip(points, [*points[1:], points[0]], strict=True):
        sums.append(sums[-1] + KNOT_S * (here + after) / 2)
    return Wobble(points=points, sums=sums)
