"""Alert rules over what monitoring has measured: they fire, and they go quiet.

Rule 1: a rule is read at its own evaluation seconds, with its own phase, and only what has been
scraped counts: truth reaches a rule late (docs/model.md).
Rule 2: a rule is read only while something it names has changed lately or is moving; a steady
figure is not read again.
Rule 3: no requests in a window is no data, and no data never holds.
"""

import math
from dataclasses import dataclass, field

from simulator.brief.conditions import (
    Condition,
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
from simulator.stage import Process, Where
from simulator.world.gauging import SETTLES_S, Gauging, measure
from simulator.world.surroundings import Surroundings
from simulator.world.watch import crossing
from simulator.world.windows import Grid

DEFAULT_WAIT_S = 30
TOUCHING = (SignalsChanged, GaugeMoved, StateSet, FaultBegan, FaultBent, FaultCured)


@dataclass(slots=True)
class Standing:
    """Where a rule stands."""

    firing: bool = False
    told: bool = False
    since: dict[int, int] = field(default_factory=dict)
    """For each lasting part that holds: since when.

    Parts of one rule are told apart by identity: to hash a condition is to walk it.
    """


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
        standing.since = {id(p.part): -math.ceil(rule.open_since) for p in lastings(rule.when)}
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
        assert isinstance(entry.what, FaultBegan | FaultBent | FaultCured), (
            "TOUCHING names no other"
        )
        return f"fault.{entry.what.fault}" in read

    return touches


def _read(
    around: Surroundings, name: str, rule: AlertRule, gauge: Gauging, standing: Standing
) -> bool:
    """One evaluation; whether the rule is on its way to a turn."""
    stage, now = around.stage, around.stage.now
    look = gauge.at(now)
    for part in lastings(rule.when):
        if holds(part.part, look):
            standing.since.setdefault(id(part.part), now)
        else:
            standing.since.pop(id(part.part), None)

    def held_for(part: Condition) -> float:
        since = standing.since.get(id(part))
        return -1 if since is None else now - since

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
    around: Surroundings, name: str, rule: AlertRule, gauge: Gauging, standing: Standing
) -> Process:
    """The group wait: others may join before the page leaves."""
    stage = around.stage
    waits = around.scenario.system.clock.group_wait.get(rule.severity, DEFAULT_WAIT_S)
    yield stage.pause(math.ceil(waits))
    if standing.firing and not standing.told:
        standing.told = True
        _tell_fired(around, name, rule, gauge, page=rule.page, since=stage.now)


def _tell_fired(
    around: Surroundings, name: str, rule: AlertRule, gauge: Gauging, *, page: bool, since: int
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
