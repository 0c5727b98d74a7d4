"""What a rule sees: measured values, late by a scrape and by their source.

Rule 1: a count is the difference of two samples over the window a name says; without one, over a
minute: an instant is still a rate of two samples.
Rule 2: no requests in a window, or a newest sample too old, is no data: None, never nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.brief.conditions import Found, Name, lastings, names
from simulator.brief.scenario.sight import AlertRule
from simulator.journal.situation.parts import State
from simulator.journal.units import PPM
from simulator.world.history import in_natural_units
from simulator.world.monitoring import STALE_S, gaps
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import held_at
from simulator.world.windows import Counted, Grid, Scraper

INSTANT_S: Final = 60
"""The window of a signal named without one."""
SETTLES_S: Final = 45
"""How long after a change within no window a rule may still turn: a scrape and two evaluations."""
KEPT: Final = 200
"""Steps of a signal a window can reach back to; older ones are one."""
Steps = Sequence[tuple[int, State]]
COUNTED: Final = ("errors", "offered", "served", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauging:
    """What a rule sees: measured values, late by a scrape and by its source."""

    around: Surroundings
    grid: Grid
    """When samples are taken."""
    is_own: bool
    """Whether it is our own monitoring that takes them, which may be down."""
    lag_s: int
    memory_s: int
    """How long after a change the measured figures may still move."""

    @property
    def scraper(self) -> Scraper:
        """Who takes the samples, as far as is known now."""
        return Scraper(grid=self.grid, down=gaps(self.around) if self.is_own else ())

    def sampled(self, now: int) -> int:
        """The second of the newest sample at `now`."""
        return self.scraper.last_sample(now - self.lag_s)

    def at(self, now: int) -> Any:
        """The lookup of a rule at one evaluation: a figure it names twice is measured once."""
        known: dict[tuple[str, int | None], Found | None] = {}

        def look(name: Name) -> Found | None:
            key = (name.text, name.window_s)
            if key not in known:
                known[key] = self.value(name.text, name.window_s, now)
            return known[key]

        return look

    def value(self, text: str, window_s: int | None, now: int) -> Found | None:
        """One measured figure; None is no data."""
        history, seen = self.around.history, self.sampled(now)
        head, _, item = text.partition(".")
        if text in ("now", "elapsed"):
            return self.around.stage.true()(Name(text=text))
        if now - self.lag_s - seen >= STALE_S:
            return None
        if head == "probe":
            return self._probed(item, seen)
        if text in history.gauges:
            return history.gauge_at(text, seen)
        if text in history.states:
            if window_s is not None and text.startswith("cred.") and text.endswith("per_min"):
                return mean_of(history.states[text], seen - window_s, seen)
            return history.state_at(text, seen)
        if head in history.signals and item:
            return self._signal(head, item, window_s, now)
        return None

    def facts(self, rule: AlertRule, now: int) -> dict[str, int]:
        """What the page says in figures: the measured errors, where customers' requests enter."""
        written = self.around.scenario.system.services.get(rule.service or "")
        if written is None or rule.service is None:
            return {}
        if not written.is_entry:
            return {}
        errors = self._signal(rule.service, "errors", INSTANT_S, now)
        return {} if errors is None else {"errors": round(float(errors) * PPM)}

    def _probed(self, probe: str, seen: int) -> int:
        """1 where the probe's condition held over the truth at the scrape."""
        return int(held_at(self.around, self.around.scenario.system.probes[probe].up, seen))

    def _signal(self, service: str, item: str, window_s: int | None, now: int) -> float | None:
        history = self.around.history
        if item in COUNTED:
            counted = Counted(
                steps=tuple(history.rates[service][-KEPT:]),
                scraper=self.scraper,
                window_s=window_s or INSTANT_S,
            )
            per_s = counted.spans_s(now - self.lag_s)
            if not per_s:
                return None
            requests, failures = counted.counted(now - self.lag_s)
            if item == "errors":
                return failures / requests if requests else None
            amount = {"offered": requests, "served": requests - failures, "failed": failures}
            return amount[item] / per_s
        return in_natural_units(history.signal_at(service, self.sampled(now)), item)


def mean_of(steps: Steps, start: int, end: int) -> float:
    """What a rate in the state table was on average between two seconds.

    Before the first step it was what it is then.
    """
    whole, until = 0.0, end
    for at, value in reversed(steps):
        since = max(start, at)
        if since < until:
            whole += int(value) * (until - since)
            until = since
    return (whole + int(steps[0][1]) * (until - start)) / (end - start)


def measure(around: Surroundings, rule: AlertRule, name: str) -> Gauging:
    """How this rule measures: its scraper's phase and its source's lag are its own."""
    stage, clock = around.stage, around.scenario.system.clock
    phase = stage.chance.span(0, clock.scrape - 1, "scrape phase", name).seconds
    lag = 0
    if rule.source == "cloud":
        lag = stage.chance.span(
            clock.cloud_lag.low_s, clock.cloud_lag.high_s, "cloud lag", name
        ).seconds
    windows = [n.window_s or INSTANT_S for n in names(rule.when)]
    held = [part.seconds for part in lastings(rule.when)]
    memory = max(windows, default=0) + max(held, default=0) + lag + SETTLES_S
    if clock.samples_while is not None:
        memory += STALE_S
    grid = Grid(every_s=int(clock.scrape), phase_s=phase)
    is_own = rule.source == "own"
    return Gauging(around=around, grid=grid, is_own=is_own, lag_s=lag, memory_s=memory)
