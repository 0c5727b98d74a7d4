"""The marks of impact: customers are hurt, are well again for good, are hurt again.

Rule 1: impact begins when a fault of the incident bends an entry service past tolerance or states
a fact.
Rule 2: restored when the scenario's condition (default: every entry service within 0.1 point of
its baseline errors and 1.1 x its baseline p95, no impact fault active) has held for a minute, or
for as long as the scenario says; the mark is the second from which it has.
"""

from collections.abc import Mapping
from typing import TypeAlias

from simulator.brief.conditions import holds
from simulator.journal.events.world import ImpactBegan, ImpactEnded, ImpactReturned
from simulator.journal.units import PPM
from simulator.stage import Process
from simulator.world.access import stolen_per_min
from simulator.world.facts import TOUCHING, entries_of
from simulator.world.surroundings import Surroundings

Baseline: TypeAlias = Mapping[str, Mapping[str, int]]
"""Each service's signals of second 0."""
TOLERANCE_ERRORS = 0.001
TOLERANCE_P95 = 1.1
IMPACT_ERRORS = 0.01
"""An entry service bent past tolerance: errors a point above normal, or p95 half as much again."""
IMPACT_P95 = 1.5


def play(around: Surroundings) -> None:
    """Keep the marks."""
    around.stage.play(_marks(around), of_world=True)


def _marks(around: Surroundings) -> Process:
    """Impact, restored, and impact again."""
    stage = around.stage
    must_hold_s = around.scenario.must_hold_s(stage.variant)
    yield stage.pause(0)
    baseline = dict(stage.situation.world.signals)
    while not _is_hurt(around, baseline):
        yield stage.when(*TOUCHING)
        yield stage.pause(0)
    stage.emit(ImpactBegan())
    well_since: int | None = None
    restored = False
    while True:
        well = _is_well(around, baseline)
        if not well:
            if restored and (_is_hurt(around, baseline) or stolen_per_min(around) > 0):
                stage.emit(ImpactReturned())
                restored = False
            well_since = None
        elif well_since is None:
            well_since = stage.now
        wake = None
        if well_since is not None and not restored:
            if stage.now >= well_since + must_hold_s:
                stage.emit(ImpactEnded(since=well_since))
                restored = True
            else:
                wake = well_since + must_hold_s
        yield stage.when(*TOUCHING, until=wake)
        yield stage.pause(0)


def _impact_faults(around: Surroundings) -> list[str]:
    active = around.stage.situation.world.faults
    return [name for name in active if around.scenario.faults[name].impact]


def _is_hurt(around: Surroundings, baseline: Baseline) -> bool:
    """Whether a fault of the incident bends an entry service past tolerance, or states a fact."""
    active = _impact_faults(around)
    if any(around.scenario.faults[name].facts for name in active):
        return True
    signals = around.stage.situation.world.signals
    bent = any(
        signals[n]["errors"] > baseline[n]["errors"] + IMPACT_ERRORS * PPM
        or signals[n]["p95"] > baseline[n]["p95"] * IMPACT_P95
        for n in entries_of(around)
        if n in signals and n in baseline
    )
    return bent and bool(active)


def _is_well(around: Surroundings, baseline: Baseline) -> bool:
    written = around.variant.restored_when or around.scenario.restored_when
    if written is not None:
        return holds(written, around.stage.true())
    signals = around.stage.situation.world.signals
    near = all(
        signals[n]["errors"] <= baseline[n]["errors"] + TOLERANCE_ERRORS * PPM
        and signals[n]["p95"] <= baseline[n]["p95"] * TOLERANCE_P95
        for n in entries_of(around)
    )
    return near and not _impact_faults(around)
