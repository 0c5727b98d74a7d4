"""Faults: they begin, follow their course, are eased and cured, and come back when they would.

Rule 1: only the variant's own faults are armed; another begins only if an effect, a spread, a
full gauge or a facilitator starts it.
Rule 2: a fault's strength is its course times every easing; effects change easings, not courses.
"""

import math

import simpy

from simulator.brief.conditions import Comparison, Name, Operator, Quantity, holds, lasted
from simulator.brief.scenario.trouble import Fault
from simulator.journal.events.world import (
    FaultBegan,
    FaultBent,
    FaultCured,
    FaultInjected,
    StateSet,
)
from simulator.journal.units import PPM
from simulator.stage import Process
from simulator.world.surroundings import Surroundings


def play(around: Surroundings) -> None:
    """Arm the variant's faults, and those that begin on a condition of their own."""
    for name, fault in around.scenario.faults.items():
        around.stage.play(_lives(around, name, fault), of_world=True)
        if name not in around.variant.faults:
            continue
        if fault.at is not None or fault.when is not None:
            around.stage.play(_arms(around, name, fault), of_world=True)
    around.stage.play(_injected(around), of_world=True)
    for name, gauge in around.scenario.system.gauges.items():
        for bound, fault_id in ((gauge.most, gauge.full), (gauge.least, gauge.empty)):
            if fault_id is not None and bound is not None:
                fills = bound == gauge.most
                around.stage.play(
                    _overflows(around, name, bound, fault_id, fills=fills), of_world=True
                )


def begin(around: Surroundings, name: str) -> bool:
    """Start a fault now; whether it was not active already."""
    stage, fault = around.stage, around.scenario.faults[name]
    if name in stage.situation.world.faults:
        return False
    first = fault.course[0].strength if fault.course and fault.course[0].after == 0 else 1.0
    if fault.course and fault.course[0].after > 0:
        first = 0.0
    stage.emit(FaultBegan(fault=name, strength=round(first * PPM), hurts=fault.impact))
    for row, value in fault.sets.items():
        stage.emit(StateSet(name=row, value=value))
    return True


def cure(around: Surroundings, name: str, by_action: str = "") -> bool:
    """End a fault now; whether it was active."""
    stage = around.stage
    if name not in stage.situation.world.faults:
        return False
    stage.emit(FaultCured(fault=name, by_action=by_action))
    for row, value in around.scenario.faults[name].cured_sets.items():
        stage.emit(StateSet(name=row, value=value))
    return True


def ease(around: Surroundings, name: str, to: float) -> bool:
    """Multiply a fault's strength; whether it was active and became weaker."""
    stage = around.stage
    strength = stage.situation.world.faults.get(name)
    if strength is None:
        return False
    weaker = round(strength * to)
    stage.emit(FaultBent(fault=name, strength=weaker))
    if weaker < strength and around.scenario.faults[name].relapses is not None:
        stage.play(_relapses(around, name, strength, weaker), of_world=True)
    return weaker < strength


def _relapses(around: Surroundings, name: str, before: int, after: int) -> Process:
    """What was eased comes back where its cause still stands; its course has gone on meanwhile."""
    stage, began = around.stage, around.stage.situation.world.began[name]
    yield stage.pause(math.ceil(around.scenario.faults[name].relapses or 0))
    strength = stage.situation.world.faults.get(name)
    if strength is None or stage.situation.world.began[name] != began:
        return
    back = min(PPM, round(strength * before / after)) if after else before
    stage.emit(FaultBent(fault=name, strength=back))


def _injected(around: Surroundings) -> Process:
    """A facilitator may break anything, now."""
    while True:
        asked = yield around.stage.when(FaultInjected)
        begin(around, asked.what.fault)


def _arms(around: Surroundings, name: str, fault: Fault) -> Process:
    """Begin it at its second, or each time its condition comes to hold; later where it lags."""
    stage, times = around.stage, 0
    if fault.at is not None:
        yield stage.until(fault.at + _lag_s(around, name, fault, 0))
        begin(around, name)
        return
    assert fault.when is not None
    while True:
        yield around.watch.until(fault.when)
        if fault.after is not None:
            yield stage.pause(_lag_s(around, name, fault, times))
            times += 1
            if not holds(lasted(fault.when), stage.true()):
                continue
        begin(around, name)
        yield stage.when(FaultCured, where=lambda e: e.what.fault == name)
        yield stage.pause(1)


def _lives(around: Surroundings, name: str, fault: Fault) -> Process:
    """From each beginning on: its course, its spreading, its own end."""
    stage = around.stage
    while True:
        began = yield stage.when(FaultBegan, where=lambda e: e.what.fault == name)
        for other, after in fault.spreads.items():
            stage.play(_spreads(around, name, other, math.ceil(after)), of_world=True)
        if fault.course:
            stage.play(_course(around, name, fault, began.at), of_world=True)
        if fault.lasts is not None:
            drawn = stage.chance.span(fault.lasts.low_s, fault.lasts.high_s, "fault lasts", name)
            stage.play(_ends(around, name, stage.until(began.at + drawn.seconds)), of_world=True)
        if fault.until is not None:
            stage.play(_ends(around, name, around.watch.until(fault.until)), of_world=True)
        yield stage.when(FaultCured, where=lambda e: e.what.fault == name)


def _lag_s(around: Surroundings, name: str, fault: Fault, n: int) -> int:
    """How long after its moment it begins, the n-th time."""
    if fault.after is None:
        return 0
    low, high = fault.after.low_s, fault.after.high_s
    return around.stage.chance.span(low, high, "fault after", name, n=n).seconds


def _course(around: Surroundings, name: str, fault: Fault, began: int) -> Process:
    stage, share = around.stage, 1.0
    written = fault.course[0].strength if fault.course[0].after == 0 else 0.0
    for step in fault.course:
        yield stage.until(began + math.ceil(step.after))
        strength = stage.situation.world.faults.get(name)
        if strength is None or stage.situation.world.began[name] != began:
            return
        if written:
            # What was eased stays eased: the course goes on from the share that is left.
            share = strength / (written * PPM)
        written = step.strength
        bent = min(PPM, round(written * share * PPM))
        if bent != strength:
            stage.emit(FaultBent(fault=name, strength=bent))


def _spreads(around: Surroundings, name: str, other: str, after: int) -> Process:
    yield around.stage.pause(after)
    if name in around.stage.situation.world.faults:
        begin(around, other)


def _ends(around: Surroundings, name: str, waits: simpy.Event) -> Process:
    yield waits
    cure(around, name)


def _overflows(
    around: Surroundings, gauge: str, bound: float, name: str, *, fills: bool
) -> Process:
    """A full (or empty) gauge starts its fault, and cures it once it has room again."""

    def beyond(operator: Operator) -> Comparison:
        amount = Quantity(text=str(bound), amount=bound)
        return Comparison(name=Name(text=gauge), operator=operator, value=amount)

    while True:
        yield around.watch.until(beyond(">=" if fills else "<="))
        begin(around, name)
        yield around.watch.until(beyond("<" if fills else ">"))
        cure(around, name)
