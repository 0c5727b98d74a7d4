"""The physics of the drill: at each change the signals and slopes that follow from the state.

Rule 1: recomputed when something was touched, when something feeds back, when a gauge reaches a
bound, and when the hour or people's patience changes the traffic; never on a tick.
Rule 2: what is journalled is whole-numbered and only what changed.
"""

import math
from collections.abc import Mapping

from simulator.brief.conditions import Comparison, Name, comparisons, holds
from simulator.brief.scenario.gauges import Gauge
from simulator.brief.scenario.system import Service
from simulator.clock import HOUR, instant
from simulator.journal.events.world import (
    FaultBegan,
    FaultBent,
    FaultCured,
    GaugeMoved,
    SignalsChanged,
    StateSet,
)
from simulator.journal.facts import Lookup
from simulator.journal.situation.parts import State
from simulator.journal.units import PPM
from simulator.stage import Process, Stage
from simulator.world.feedback import step
from simulator.world.flows import Flow
from simulator.world.graph import Bend, bend_at
from simulator.world.memory import Memory
from simulator.world.parts import read_parts, told_parts
from simulator.world.signals import Signals
from simulator.world.surroundings import Surroundings
from simulator.world.system import as_it_stands, bend_of, on_its_way
from simulator.world.uses import loads
from simulator.world.watch import crossing

TOUCHING = (FaultBegan, FaultBent, FaultCured, StateSet)


def play(around: Surroundings) -> None:
    """Compute the first second and follow every change from then on."""
    around.stage.play(_follow(around), of_world=True)


def _follow(around: Surroundings) -> Process:
    stage = around.stage
    before: Signals | None = None
    rows: Mapping[str, State] | None = None
    entering: Mapping[str, float] = {}
    graph, memory = around.rest, Memory()
    outage_since: dict[str, int] = {}
    moving, bends = _moving(around), _Bends(around)
    parts = read_parts(around.scenario.system)
    while True:
        traffic = _traffic(around, outage_since)
        state = stage.situation.world.state
        if state is not rows or traffic != entering:
            graph = as_it_stands(around.rest, state, traffic, graph)
        now = step(graph, bends.now(), before, memory, stage.now)
        if now.signals is not before or state is not rows:
            _tell_signals(stage, now.signals, parts)
        before, memory, rows, entering = now.signals, now.memory, state, traffic
        turn = _tell_gauges(around, now.signals)
        wakes = [turn, _next_hour(around), _patience_ends(around, outage_since, now.signals)]
        wakes += [crossing(stage, comparison) for comparison in moving]
        if now.wake_s is not None:
            wakes.append(stage.now + now.wake_s)
        ahead = [at for at in wakes if at is not None and at > stage.now]
        yield stage.when(*TOUCHING, GaugeMoved, until=min(ahead, default=None))
        # Let everything else of this second's cause be told first: one solve for all of it.
        yield stage.pause(0)


def _moving(around: Surroundings) -> tuple[Comparison, ...]:
    """What flows compare with a gauge or the clock: it turns though nobody touches anything."""
    gauges = around.scenario.system.gauges
    written = [f.when for gauge in gauges.values() for f in gauge.flows if f.when is not None]
    compared = [comparison for when in written for comparison in comparisons(when)]
    return tuple(c for c in compared if c.name.text in (*gauges, "now", "elapsed"))


class _Bends:
    """What bends the system: written once, at the strength of now."""

    def __init__(self, around: Surroundings) -> None:
        services, faults = around.scenario.system.services, around.scenario.faults
        self._around = around
        self._always = [
            Bend(service=name, errors=s.errors) for name, s in services.items() if s.errors
        ]
        self._full = {
            name: [(written, bend_of(written)) for written in fault.bends]
            for name, fault in faults.items()
        }

    def now(self) -> list[Bend]:
        """Every bend there is in this second."""
        world = self._around.stage.situation.world
        bent = [
            bend_at(strength / PPM, full)
            for name, strength in world.faults.items()
            for written, full in self._full[name]
            if on_its_way(written, world.state)
        ]
        asked = loads(self._around.scenario, world.state)
        return self._always + bent + _cold(self._around) + list(asked)


def _cold(around: Surroundings) -> list[Bend]:
    """Replicas that have just come up are slow for a while: their share of the Ready ones."""
    state, found = around.stage.situation.world.state, []
    for name, service in around.scenario.system.services.items():
        pods, ready = int(state.get(f"{name}.cold", 0)), int(state.get(f"{name}.ready", 0))
        if service.boot is not None and pods and ready:
            share = min(1.0, pods / ready)
            found.append(Bend(service=name, slow=1 + (service.boot.cold_slow - 1) * share))
    return found


def _traffic(around: Surroundings, outage_since: Mapping[str, int]) -> dict[str, float]:
    """What enters each service a second at this hour, by those who still try."""
    now = around.stage.now
    found = {}
    for name, service in around.scenario.system.services.items():
        if service.traffic is None:
            continue
        factor = _hour_factor(around, service)
        patience = service.gives_up
        if patience and name in outage_since and now >= outage_since[name] + patience.after:
            factor *= patience.to
        found[name] = service.traffic * factor
    return found


def _begins(around: Surroundings) -> str:
    return around.scenario.begins


def _hour_factor(around: Surroundings, service: Service) -> float:
    """The day's shape relative to the hour the drill begins in, whose figures the author wrote."""
    if not service.shape:
        return 1.0
    begins = _begins(around)
    first = service.shape[instant(begins, 0).hour]
    return service.shape[instant(begins, around.stage.now).hour] / first if first else 1.0


def _next_hour(around: Surroundings) -> int | None:
    if not any(service.shape for service in around.scenario.system.services.values()):
        return None
    moment = instant(_begins(around), around.stage.now)
    return around.stage.now + HOUR - (moment.minute * 60 + moment.second)


def _patience_ends(
    around: Surroundings, outage_since: dict[str, int], signals: Signals
) -> int | None:
    """When clients of a service that fails for most of them give up; keeps since when it does."""
    now, ends = around.stage.now, []
    for name, service in around.scenario.system.services.items():
        if service.gives_up is None:
            continue
        if signals.services[name].errors < 0.5:
            outage_since.pop(name, None)
            continue
        outage_since.setdefault(name, now)
        ends.append(outage_since[name] + math.ceil(service.gives_up.after))
    return min((at for at in ends if at > now), default=None)


def _tell_signals(stage: Stage, signals: Signals, parts: Mapping[str, tuple[str, ...]]) -> None:
    known = stage.situation.world.signals
    state = stage.situation.world.state
    changed = {}
    for name, flow in signals.services.items():
        values = as_integers(flow, int(state.get(f"{name}.ready", 0)))
        if name in parts:
            values |= told_parts(signals, name, parts[name])
        if extra := round(signals.of.extra_per_s(name) * 60):
            values["extra"] = extra
        if known.get(name) != values:
            changed[name] = values
    if changed:
        stage.emit(SignalsChanged(services=changed))


def as_integers(flow: Flow, ready: int) -> dict[str, int]:
    """A flow in the journal's units (docs/model.md, units)."""
    return {
        "offered": round(flow.offered_per_s * 60),
        "served": round(flow.served_per_s * 60),
        "errors": round(flow.errors * PPM),
        "degraded": round(flow.degraded * PPM),
        "saturation": round(flow.saturation * PPM),
        "p95": round(flow.p95_s * 1000),
        "latency": round(flow.latency_shown_s * 1000),
        "ready": ready,
    }


def _tell_gauges(around: Surroundings, signals: Signals) -> int | None:
    """Journal each gauge whose slope changed; the second the first of them reaches a bound."""
    stage, now, turns = around.stage, around.stage.now, []
    look = stage.true()
    for name, gauge in around.scenario.system.gauges.items():
        stands = stage.situation.world.gauges[name]
        stood = level = stands.level_at(now)
        if gauge.follows is not None:
            level, slope = _followed(around, signals, gauge.follows, level), 0.0
        else:
            slope = _slope(gauge, look)
        level, slope = _clipped(gauge, level, slope)
        micro = round(slope * 1_000_000)
        if micro != stands.slope or abs(level * 1000 - stood * 1000) >= 1:
            stage.emit(GaugeMoved(gauge=name, level=round(level * 1000), slope=micro))
            look = stage.true()
        turn = _reaches(gauge, level, slope)
        if turn is not None:
            turns.append(now + turn)
    return min(turns, default=None)


def _slope(gauge: Gauge, look: Lookup) -> float:
    slope = 0.0
    for flow in gauge.flows:
        if flow.when is not None and not holds(flow.when, look):
            continue
        factor = 1.0
        if flow.times is not None:
            found = look(Name(text=flow.times))
            factor = float(found) if isinstance(found, int | float) else 0.0
        slope += flow.rate * factor
    return slope


def _followed(around: Surroundings, signals: Signals, name: str, level: float) -> float:
    """A gauge that shows something: a limit's use, a pool's (`.busy` and `.most` too), a signal."""
    service, _, item = name.partition(".")
    if item in around.scenario.system.limits and service in signals.services:
        # Nobody led there any more holds none of it.
        limit = signals.limits.get((service, item))
        return limit.used if limit else 0.0
    pool, _, shown = item.partition(".")
    fills = [getattr(level, shown or "open") for (owner, _, pool_id), level in signals.pools.items()
             if (owner, pool_id) == (service, pool) and shown in ("", "busy", "most")]  # fmt: skip
    if fills:
        return math.fsum(fills)
    found = around.stage.true()(Name(text=name))
    return float(found) if isinstance(found, int | float) else level


def _clipped(gauge: Gauge, level: float, slope: float) -> tuple[float, float]:
    most = math.inf if gauge.most is None else gauge.most
    if level >= most and slope >= 0:
        return most, 0.0
    if level <= gauge.least and slope <= 0:
        return gauge.least, 0.0
    return level, slope


def _reaches(gauge: Gauge, level: float, slope: float) -> int | None:
    """In how many seconds it comes to a bound."""
    if slope > 0 and gauge.most is not None:
        return max(1, math.ceil((gauge.most - level) / slope))
    if slope < 0:
        return max(1, math.ceil((gauge.least - level) / slope))
    return None
