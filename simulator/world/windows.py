"""What monitoring makes of the truth: samples on a grid, windows over them, and rules with a wait.

Rule 1: a sample is taken every 15 s at the scraper's own phase; a rule is evaluated every 30 s at
its own; both phases are given, never drawn here.
Rule 2: a windowed figure is the difference of two samples of a counter: the last at or before now
and the last at or before now less the window. So a step in truth is a ramp over the window.
Rule 3: no requests between those two samples is *no data* (None), never 0 % errors.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, Protocol

SCRAPE_S: Final = 15
"""Assumed, as every lag here; a scenario may set its own."""
EVALUATE_S: Final = 30
WINDOW_S: Final = 300
GROUP_WAIT_S: Final = 30
"""From an alert firing to its page leaving: others of the group may join it."""


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

    def steady_from(self) -> int | None:
        """When it was last known to fail or come back."""
        if not self.down:
            return None
        from_s, to_s = self.down[-1]
        return from_s if to_s is None else to_s


UP: Final = Scraper()
"""Never down, phase 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """From this second on, so many requests and failures a second."""

    at_s: int
    requests_per_s: float
    failures_per_s: float


class Measured(Protocol):
    """A figure as monitoring knows it."""

    def at(self, now_s: int) -> float | None:
        """The figure a rule or panel sees at this second; None is no data."""

    def steady_from(self) -> int:
        """From this second on the figure moves one way or not at all, all known changes past."""

    def crosses(self, threshold: float) -> tuple[int, int] | None:
        """Between which seconds a figure still moving turns past this; None: it never does."""


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

    def counted(self, now_s: int) -> tuple[float, float]:
        """(requests, failures) between the window's two samples."""
        last_s = self.scraper.last_sample(now_s)
        first_s = self.scraper.last_sample(now_s - self.window_s)
        if first_s == last_s:
            return 0.0, 0.0
        at_last, at_first = self._total(last_s), self._total(first_s)
        return at_last[0] - at_first[0], at_last[1] - at_first[1]

    def steady_from(self) -> int:
        """All samples of the window lie in the last step."""
        known_s = max(self.steps[-1].at_s, self.scraper.steady_from() or 0)
        return known_s + self.window_s + self.scraper.grid.every_s

    def crosses(self, threshold: float) -> tuple[int, int] | None:  # noqa: ARG002 - a steady figure is level
        """Never: once steady it is level."""
        return None

    def _total(self, at_s: int) -> tuple[float, float]:
        position = max(0, bisect_right(self.steps, at_s, key=lambda step: step.at_s) - 1)
        step, (requests, failures) = self.steps[position], self._totals[position]
        lasting_s = at_s - step.at_s
        return (
            requests + step.requests_per_s * lasting_s,
            failures + step.failures_per_s * lasting_s,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRatio:
    """Failures over requests in the window."""

    counters: Counted

    def at(self, now_s: int) -> float | None:
        """0..1; None where no request was counted."""
        requests, failures = self.counters.counted(now_s)
        # Rounded, so that the last bit of a sum never decides whether 5 % is above 5 %.
        return round(failures / requests, 9) if requests > 0 else None

    def steady_from(self) -> int:
        """As the counters."""
        return self.counters.steady_from()

    def crosses(self, threshold: float) -> tuple[int, int] | None:
        """As the counters."""
        return self.counters.crosses(threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRate:
    """Requests a second over the window: what speaks when a ratio has no data."""

    counters: Counted

    def at(self, now_s: int) -> float | None:
        """Per second; None where the window holds no two samples."""
        scraper, window_s = self.counters.scraper, self.counters.window_s
        spanned_s = scraper.last_sample(now_s) - scraper.last_sample(now_s - window_s)
        return self.counters.counted(now_s)[0] / spanned_s if spanned_s else None

    def steady_from(self) -> int:
        """As the counters."""
        return self.counters.steady_from()

    def crosses(self, threshold: float) -> tuple[int, int] | None:
        """As the counters."""
        return self.counters.crosses(threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """From this second on a gauge stands here and moves by so much a second."""

    at_s: int
    level: float
    slope_per_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeReading:
    """A gauge as last sampled: a stock whose flows change in steps, clipped to [low, high]."""

    knots: tuple[Knot, ...]
    low: float = 0.0
    high: float = math.inf
    scraper: Scraper = UP
    stale_s: int = WINDOW_S
    """A sample older than this is no data."""

    def at(self, now_s: int) -> float | None:
        """The level at the newest sample; before the first knot, its level."""
        sample_s = self.scraper.last_sample(now_s)
        return self.level(sample_s) if now_s - sample_s < self.stale_s else None

    def level(self, at_s: int) -> float:
        """The true level."""
        position = bisect_right(self.knots, at_s, key=lambda knot: knot.at_s) - 1
        if position < 0:
            return self.knots[0].level
        knot = self.knots[position]
        moved = knot.level + knot.slope_per_s * (at_s - knot.at_s)
        return min(self.high, max(self.low, moved))

    def steady_from(self) -> int:
        """The last known knot has been sampled."""
        known_s = max(self.knots[-1].at_s, self.scraper.steady_from() or 0)
        return known_s + self.stale_s + self.scraper.grid.every_s

    def crosses(self, threshold: float) -> tuple[int, int] | None:
        """At `t + ceil((theta - g)/slope)`, seen by the first sample from there or the next."""
        knot = self.knots[-1]
        if not knot.slope_per_s:
            return None
        away = (threshold - knot.level) / knot.slope_per_s
        if away < 0:
            return None
        sample_s = self.scraper.grid.next(knot.at_s + math.ceil(away))
        return sample_s, sample_s + self.scraper.grid.every_s
