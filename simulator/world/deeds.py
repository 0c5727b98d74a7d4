"""What actions truly do: read at the end of their work, applied to the state, judged by the world.

Rule 1: an action's class is derived: a cure (or a step of what cures this variant) is right, an
easing or a relief is partial, nothing is useless, and harm is a fault it started, a loss beyond
half as much again as the best, evidence lost, or honest people's access taken and nobody else's.
Rule 2: an unforeseen act is neutral unless the world recorded harm.
"""

import math
from dataclasses import replace

from simulator.brief.conditions import Condition, holds
from simulator.brief.scenario.deeds import Action, Midway
from simulator.clock import instant
from simulator.journal.events.work import ActionFinished, WorkBegan, WorkCancelled, WorkEnded
from simulator.journal.events.world import (
    AccessCut,
    EffectRelieved,
    EffectTook,
    SignalsChanged,
    StateSet,
)
from simulator.stage import Process
from simulator.world.effects import Done, apply
from simulator.world.facts import of_customers
from simulator.world.surroundings import Surroundings
from simulator.world.texts import Values, as_counted, fill

HARMFUL = 1.5
"""A loss beyond so many times the best of the variant is harm (docs/model.md, acts)."""
RELIEF_S = 120
RELIEF = 50_000
"""Customers' errors that fall by so many ppm within two minutes of an effect were relieved."""
NEUTRAL_KINDS = ("evidence", "vendor", "customer_message", "maintenance_page", "load_test")


def play(around: Surroundings) -> None:
    """Follow every action from its start."""
    around.stage.play(_hear(around), of_world=True)


def _hear(around: Surroundings) -> Process:
    stage = around.stage
    while True:
        began = yield stage.when(WorkBegan, where=lambda e: e.what.kind == "action")
        # Several may begin in one second; each is followed by its own process.
        for entry in stage.entries[began.seq :]:
            if isinstance(entry.what, WorkBegan) and entry.what.kind == "action":
                stage.play(_follow(around, entry.what), of_world=True)


def _follow(around: Surroundings, began: WorkBegan) -> Process:
    stage = around.stage
    action = around.scenario.actions.get(began.item)
    if action is None:
        return
    start, stood = stage.now, customers_errors(around)
    if action.until is not None:
        stage.play(_comes(around, action.until, began.work), of_world=True)
    for midway in action.during:
        stage.play(_midway(around, midway, start, began), of_world=True)
    ended = yield stage.when(WorkEnded, WorkCancelled, where=lambda e: e.what.work == began.work)
    if isinstance(ended.what, WorkEnded):
        took = take_effect(around, began.item, action, began.by, began.work)
        if not took.cured and not took.eased and not took.started:
            stage.play(_relief(around, began, stood), of_world=True)


def _comes(around: Surroundings, until: Condition, work: str) -> Process:
    """Say in the state table when what a piece of work waits for has come."""
    yield around.watch.until(until)
    around.stage.emit(StateSet(name=f"{work}.come", value=True))


def _midway(around: Surroundings, midway: Midway, start: int, began: WorkBegan) -> Process:
    stage = around.stage
    after = midway.after
    if after is None:
        after = began.takes_s - (midway.before_end or 0)
    yield stage.until(start + max(0, math.ceil(after)))
    cancelled = any(
        isinstance(e.what, WorkCancelled) and e.what.work == began.work for e in stage.entries
    )
    if not cancelled and (midway.when is None or holds(midway.when, stage.true())):
        apply(around, midway.do, began.item)


def take_effect(around: Surroundings, name: str, action: Action, by: str, work: str) -> EffectTook:
    """Do what the action does now, and record what that was."""
    stage = around.stage
    look = stage.true()
    held = [o for o in action.then if o.when is None or holds(o.when, look)]
    done = [apply(around, outcome.do, name) for outcome in held]
    cured = tuple(dict.fromkeys(fault for d in done for fault in d.cured))
    eased = tuple(dict.fromkeys(fault for d in done for fault in d.eased))
    started = tuple(dict.fromkeys(fault for d in done for fault in d.started))
    lost: dict[str, int] = {}
    for d in done:
        for gauge, by_milli in d.lost.items():
            lost[gauge] = lost.get(gauge, 0) + by_milli
    whole = Done.of(done)
    says = _filled(around, next((outcome.says for outcome in held if outcome.says), ""))
    took = EffectTook(
        action=name, by=by, cured=cured, eased=eased, started=started, lost=lost, judged=""
    )
    stage.emit(replace(took, judged=_judged(around, took, action, whole)))
    if whole.hinders:
        cut, before, after = tuple(whole.cut), whole.stolen[0], whole.stolen[-1]
        stage.emit(AccessCut(action=name, by=by, credentials=cut, before=before, after=after))
    stage.emit(ActionFinished(by=by, work=work, action=name, says=says))
    return took


def _filled(around: Surroundings, text: str) -> str:
    """The last line of a terminal, its figures read from the state it has just changed."""
    stage = around.stage
    begins = instant(around.scenario.begins, 0)
    look = as_counted(stage.true(), around.scenario.system.gauges)
    values = Values(look=look, at=stage.now, begins=int(begins.timestamp()))
    return fill(text, values)


def _judged(around: Surroundings, took: EffectTook, action: Action, whole: Done) -> str:
    heals = took.action in _steps(around)
    if took.started or any(_beyond_best(around, gauge) for gauge in took.lost) or whole.spoilt:
        return "harmful"
    if whole.broken and not whole.cut and not heals:
        return "harmful"
    if took.cured or (whole.changed and heals):
        return "right"
    if took.eased or whole.hinders:
        return "partial"
    if action.kind in NEUTRAL_KINDS or action.probe:
        return "neutral"
    return "useless"


def _steps(around: Surroundings) -> set[str]:
    """What is part of the variant's remedy, or of how an exercise's items are done."""
    remedy = {step.do for step in around.variant.remedy}
    items = around.scenario.items.values()
    return remedy | {step.act for item in items for step in item.how if step.act is not None}


def _beyond_best(around: Surroundings, gauge: str) -> bool:
    best = around.variant.best.get(gauge, 0.0)
    level = around.stage.situation.world.gauges[gauge].level / 1000
    return level > best * HARMFUL


def _relief(around: Surroundings, began: WorkBegan, stood: int) -> Process:
    """Whether customers were better off soon after, before anything else took effect.

    Better than when it took effect, and than before it began (`stood`, ppm): what an action broke
    on its way and mended at its end relieved nobody.
    """
    stage = around.stage
    before = min(stood, customers_errors(around))
    if before < RELIEF:
        return
    until = stage.now + RELIEF_S
    while True:
        entry = yield stage.when(SignalsChanged, EffectTook, until=until)
        if entry is None or isinstance(entry.what, EffectTook):
            return  # too late, or what comes now may be the other's doing
        after = customers_errors(around)
        if before - after >= RELIEF:
            took = EffectRelieved(action=began.item, by=began.by, before=before, after=after)
            stage.emit(took)
            return


def customers_errors(around: Surroundings) -> int:
    """The share of customers' requests that fail now, ppm: over entries, weighted by traffic."""
    signals = around.stage.situation.world.signals
    offered = failed = 0
    for name, service in around.scenario.system.services.items():
        if service.is_entry and name in signals:
            own, lost = of_customers(signals[name])
            offered, failed = offered + own, failed + lost
    return round(1_000_000 * failed / offered) if offered else 0
