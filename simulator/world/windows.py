"""What monitoring makes of the truth: samples on a grid, and windows over them.

Rule 1: a sample is taken every 15 s at the scraper's own phase; a rule is evaluated every 30 s at
its own; both phases are given, never drawn here.
Rule 2: a windowed figure is the difference of two samples of a counter: the last at or before now
and the last at or before now less the window. So a step in truth is a ramp over the window.
Rule 3: no requests between those two samples is *no data* (None), never 0 % errors.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

SCRAPE_S: Final = 15
"""Assumed, as every lag here; a scenario may set its own."""
WINDOW_S: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Seconds at which something is done: phase, phase + every, and so on, both ways."""

    every_s: int
    phase_s: int = 0

    def last(self, at_s: int) -> int:
        """The last such second at or before this one."""
        return at_s - (at_s - self.phase_s) % self.every_s

    def next(self, at_s: int) -> int:
        """The first such second at or after this one."""
        return at_s + (self.phase_s - at_s) % self.every_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Scraper:
    """Who takes the samples, and when it was down (from, to); times as of the drill."""

    grid: Grid = field(default_factory=lambda: Grid(every_s=SCRAPE_S))
    down: tuple[tuple[int, int | None], ...] = ()
    """In order of time; a sample due at `to` is taken again; None: nobody knows when."""

    def last_sample(self, at_s: int) -> int:
        """When the newest sample at or before this second was taken."""
        sample_s = self.grid.last(at_s)
        for from_s, to_s in reversed(self.down):
            if from_s <= sample_s and (to_s is None or sample_s < to_s):
                sample_s = self.grid.last(from_s - 1)
        return sample_s


UP: Final = Scraper()
"""Never down, phase 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """From this second on, so many requests and failures a second."""

    at_s: int
    requests_per_s: float
    failures_per_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Two counters, requests and failures, of a service whose rates change in steps.

    The first step holds for all time before it as well: the ten minutes of normal before T0.
    """

    steps: tuple[Rates, ...]
    scraper: Scraper = UP
    window_s: int = WINDOW_S
    _totals: tuple[tuple[float, float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        seconds = [step.at_s for step in self.steps]
        if not seconds or seconds != sorted(seconds) or len(seconds) != len(dict.fromkeys(seconds)):
            raise ValueError("a history needs steps, each later than the one before")
        totals = [(0.0, 0.0)]
        for step, after in zip(self.steps, self.steps[1:], strict=False):
            lasting_s = after.at_s - step.at_s
            requests, failures = totals[-1]
            totals.append(
                (
                    requests + step.requests_per_s * lasting_s,
                    failures + step.failures_per_s * lasting_s,
                )
            )
        object.__setattr__(self, "_totals", tuple(totals))

    def spans_s(self, now_s: int) -> int:
        """Seconds between the window's two samples; 0 where there are no two."""
        return self.scraper.last_sample(now_s) - self.scraper.last_sample(now_s - self.window_s)

    def counted(self, now_s: int) -> tuple[float, float]:
        """(requests, failures) between the window's two samples."""
        last_s = self.scraper.last_sample(now_s)
        first_s = self.scraper.last_sample(now_s - self.window_s)
        if first_s == last_s:
            return 0.0, 0.0
        at_last, at_first = self._total(last_s), self._total(first_s)
        return at_last[0] - at_first[0], at_last[1] - at_first[1]

    def _total(self, at_s: int) -> tuple[float, float]:
        position = max(0, bisect_right(self.steps, at_s, key=lambda step: step.at_s) - 1)
        step, (requests, failures) = self.steps[position], self._totals[position]
        lasting_s = at_s - step.at_s
        return (
            requests + step.requests_per_s * lasting_s,
            failures + step.failures_per_s * lasting_s,
        )
