"""Alert rules over what monitoring has measured: they fire, and they go quiet.

Rule 1: a rule is read at its own evaluation seconds, with its own phase, and only what has been
scraped counts: truth reaches a rule late (docs/model.md).
Rule 2: a rule is read only while something it names has changed lately or is moving; a steady
figure is not read again.
Rule 3: no requests in a window is no data, and no data never holds.
"""

import math
from dataclasses import dataclass, field
from typing import Any

from simulator.brief.conditions import (
    Condition,
    Found,
    Name,
    comparisons,
    holds,
    lastings,
    names,
)
from simulator.brief.scenario.sight import AlertRule
from simulator.journal.entry import Entry
from simulator.journal.events.world import (
    AlertFired,
    AlertResolved,
    FaultBegan,
    FaultBent,
    FaultCured,
    GaugeMoved,
    SignalsChanged,
    StateSet,
)
from simulator.journal.units import PPM
from simulator.stage import Process, Where
from simulator.world.monitoring import STALE_S, gaps
from simulator.world.surroundings import Surroundings
from simulator.world.watch import crossing
from simulator.world.windows import Counted, Grid, Rates, Scraper

DEFAULT_WAIT_S = 30
INSTANT_S = 60
"""The window of a signal named without one: an instant is still a rate of two samples."""
TOUCHING = (SignalsChanged, GaugeMoved, StateSet, FaultBegan, FaultBent, FaultCured)
SETTLES_S = 45
"""How long after a change within no window a rule may still turn: a scrape and two evaluations."""


@dataclass(slots=True)
class Standing:
    """Where a rule stands."""

    firing: bool = False
    told: bool = False
    since: dict[Condition, int] = field(default_factory=dict)


def play(around: Surroundings) -> None:
    """Follow every rule that is there in this variant."""
    for name, rule in around.scenario.alerts.items():
        if rule.covers(around.stage.variant):
            around.stage.play(_follow(around, name, rule), of_world=True)


def _follow(around: Surroundings, name: str, rule: AlertRule) -> Process:
    stage, clock = around.stage, around.scenario.system.clock
    phase = stage.chance.span(0, clock.evaluation - 1, "evaluation phase", name).seconds
    grid = Grid(every_s=int(clock.evaluation), phase_s=phase)
    gauge = measure(around, rule, name)
    standing = Standing()
    if rule.open_since is not None:
        # It has been open for a while: everybody could have known, nobody is woken.
        standing.firing = standing.told = True
        _tell_fired(around, name, rule, gauge, page=False, since=-math.ceil(rule.open_since))
        standing.since = {p.part: -math.ceil(rule.open_since) for p in lastings(rule.when)}
    touches = _touching(around, rule)
    read_at, read_until = -1, grid.next(stage.now)
    while True:
        turn: int | None = grid.next(stage.now + (read_at == stage.now))
        if turn is None or turn > read_until:
            moved = _turns_at(around, rule, gauge.lag_s)
            turn = None if moved is None else grid.next(moved)
        touched = yield stage.when(*TOUCHING, where=touches, until=turn)
        if touched is not None:
            read_until = max(read_until, stage.now + gauge.memory_s)
            continue
        # Read once all that this second brings is known.
        yield stage.pause(0)
        yield stage.pause(0)
        read_at = stage.now
        if stage.now > read_until:
            read_until = stage.now + SETTLES_S
        if _read(around, name, rule, gauge, standing):
            read_until = max(read_until, stage.now + grid.every_s)


def _touching(around: Surroundings, rule: AlertRule) -> Where:
    """Whether an entry changes something this rule reads."""
    read = {name.text for name in names(rule.when)}
    for probe in [text.removeprefix("probe.") for text in read if text.startswith("probe.")]:
        read |= {name.text for name in names(around.scenario.system.probes[probe].up)}
    if around.scenario.system.clock.samples_while is not None:
        read |= {name.text for name in names(around.scenario.system.clock.samples_while)}
    services = {text.partition(".")[0] for text in read}

    def touches(entry: Entry) -> bool:
        match entry.what:
            case SignalsChanged(services=changed):
                return not services.isdisjoint(changed)
            case GaugeMoved(gauge=name) | StateSet(name=name):
                return name in read
            case FaultBegan(fault=name) | FaultBent(fault=name) | FaultCured(fault=name):
                return f"fault.{name}" in read
        return False

    return touches


def _read(
    around: Surroundings, name: str, rule: AlertRule, gauge: "Gauging", standing: Standing
) -> bool:
    """One evaluation; whether the rule is on its way to a turn."""
    stage, now = around.stage, around.stage.now
    look = gauge.at(now)
    for part in lastings(rule.when):
        if holds(part.part, look):
            standing.since.setdefault(part.part, now)
        else:
            standing.since.pop(part.part, None)

    def held_for(part: Condition) -> float:
        return now - standing.since[part] if part in standing.since else -1

    firing = holds(rule.when, look, held_for)
    if firing and not standing.firing:
        standing.firing = True
        stage.play(_group(around, name, rule, gauge, standing), of_world=True)
    elif not firing and standing.firing:
        standing.firing = False
        if standing.told:
            standing.told = False
            stage.emit(AlertResolved(alert=name))
    return bool(standing.since) and not standing.firing


def _group(
    around: Surroundings, name: str, rule: AlertRule, gauge: "Gauging", standing: Standing
) -> Process:
    """The group wait: others may join before the page leaves."""
    stage = around.stage
    waits = around.scenario.system.clock.group_wait.get(rule.severity, DEFAULT_WAIT_S)
    yield stage.pause(math.ceil(waits))
    if standing.firing and not standing.told:
        standing.told = True
        _tell_fired(around, name, rule, gauge, page=rule.page, since=stage.now)


def _tell_fired(
    around: Surroundings, name: str, rule: AlertRule, gauge: "Gauging", *, page: bool, since: int
) -> None:
    around.stage.emit(
        AlertFired(
            alert=name,
            severity=rule.severity,
            summary=rule.summary,
            page=page,
            facts=gauge.facts(rule, around.stage.now),
            measured_at=gauge.sampled(around.stage.now),
            since=since,
        )
    )


def _turns_at(around: Surroundings, rule: AlertRule, lag_s: int) -> int | None:
    """When a moving gauge, or the clock, passes an amount this rule compares it with, as seen."""
    now = around.stage.now
    turns = [crossing(around.stage, comparison) for comparison in comparisons(rule.when)]
    ahead = [at + lag_s for at in turns if at is not None and at + lag_s > now]
    return min(ahead, default=None)


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
        """The lookup of a rule at its evaluation."""

        def look(name: Name) -> Found | None:
            return self.value(name.text, name.window_s, now)

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
        written = self.around.scenario.system.probes[probe]
        return int(holds(written.up, self._then(seen)))

    def _then(self, seen: int) -> Any:
        """The truth at an earlier second, from the history."""
        history = self.around.history

        def look(name: Name) -> Found | None:
            head, _, item = name.text.partition(".")
            if name.text in history.states:
                return history.state_at(name.text, seen)
            if name.text in history.gauges:
                return history.gauge_at(name.text, seen)
            if head == "fault":
                return history.fault_at(item, seen) / PPM
            if head in history.signals and item:
                return in_natural_units(history.signal_at(head, seen), item)
            return None

        return look

    def _signal(self, service: str, item: str, window_s: int | None, now: int) -> float | None:
        steps = self.around.history.signals[service]
        if item in ("errors", "offered", "served", "failed"):
            counted = Counted(
                steps=tuple(
                    Rates(
                        at_s=at,
                        requests_per_s=values["offered"] / 60,
                        failures_per_s=values["offered"] / 60 * values["errors"] / PPM,
                    )
                    for at, values in steps[-_KEPT:]
                ),
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
        return in_natural_units(self.around.history.signal_at(service, self.sampled(now)), item)


_KEPT = 200
"""Steps of a signal a window can reach back to; older ones are one."""


def in_natural_units(values: Any, item: str) -> float | None:
    """A journalled signal as conditions compare it."""
    if item in ("errors", "degraded", "saturation"):
        return float(values[item] / PPM)
    if item in ("p95", "latency"):
        return float(values[item] / 1000)
    if item in ("offered", "served"):
        return float(values[item] / 60)
    if item == "failed":
        return float((values["offered"] - values["served"]) / 60)
    return float(values[item]) if item in values else None


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
