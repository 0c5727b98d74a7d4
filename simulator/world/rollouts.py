"""Replicas coming and going: scaling, restarts, and pods that wait for what they need.

Rule 1: a rolling restart goes in waves of a quarter, dips capacity and comes up cold; new pods are
Ready only once what they wait for answers, else the rollout sticks and the old ones go on.
Rule 2: whoever changes `<service>.replicas` or `<service>.restart` in the state table is obeyed,
be it an action, an owner or a typed line.
"""

import math

from simulator.brief.scenario.system import Boot, Service
from simulator.brief.units import Span
from simulator.journal.events.world import FaultBent, FaultCured, SignalsChanged, StateSet
from simulator.stage import Process
from simulator.world.surroundings import Surroundings

BOOT = Boot(takes=Span(low_s=30.0, high_s=50.0))
"""How a replica comes up where its author says nothing (assumed)."""
ANSWERS = 500_000
"""What a pod waits for answers when it fails for less than half, ppm."""
WAVE = 0.25


def play(around: Surroundings) -> None:
    """Follow every service that has replicas to change."""
    for name, service in around.scenario.system.services.items():
        if service.workload is not None or service.boot is not None:
            around.stage.play(_obey(around, name, service), of_world=True)


def _obey(around: Surroundings, name: str, service: Service) -> Process:
    stage = around.stage
    replicas, restart = f"{name}.replicas", f"{name}.restart"
    while True:
        entry = yield stage.when(StateSet, where=lambda e: e.what.name in (replicas, restart))
        if entry.what.name == replicas:
            yield from _scale(around, name, service)
            continue
        how = str(entry.what.value).partition(" ")[2]
        wanted = int(stage.state(replicas) or 1)
        waves = {"all": [wanted], "one": [1]}.get(how) or _waves(wanted)
        for wave in waves:
            yield from _replace(around, name, service, wave, at_once=how != "rolling")


def _waves(replicas: int) -> list[int]:
    """How many are replaced at a time: a quarter gone and a quarter in surplus."""
    gone, surplus = math.floor(replicas * WAVE), math.ceil(replicas * WAVE)
    size = max(1, gone + surplus)
    return [min(size, replicas - start) for start in range(0, replicas, size)]


def _scale(around: Surroundings, name: str, service: Service) -> Process:
    stage = around.stage
    wanted, ready = (
        int(stage.state(f"{name}.replicas") or 0),
        int(stage.state(f"{name}.ready") or 0),
    )
    if wanted < ready:
        stage.emit(StateSet(name=f"{name}.ready", value=wanted))
        return
    if wanted > ready:
        yield from _boots(around, name, service)
        stage.emit(StateSet(name=f"{name}.ready", value=int(stage.state(f"{name}.replicas") or 0)))
        _start_cold(around, name, service, wanted - ready)


def _start_cold(around: Surroundings, name: str, service: Service, pods: int) -> None:
    """So many have come up with empty caches and slow code paths; they warm up by themselves."""
    boot = service.boot or BOOT
    if boot.cold and boot.cold_slow > 1:
        around.stage.play(_warm_up(around, f"{name}.cold", pods, boot.cold), of_world=True)


def _warm_up(around: Surroundings, row: str, pods: int, cold_s: float) -> Process:
    stage = around.stage
    stage.emit(StateSet(name=row, value=int(stage.state(row) or 0) + pods))
    yield stage.pause(math.ceil(cold_s))
    stage.emit(StateSet(name=row, value=max(0, int(stage.state(row) or 0) - pods)))


def _replace(
    around: Surroundings, name: str, service: Service, wave: int, *, at_once: bool
) -> Process:
    """Take some away and bring up as many; a rolling wave keeps three quarters serving."""
    stage, row = around.stage, f"{name}.ready"
    replicas = int(stage.state(f"{name}.replicas") or 1)
    gone = wave if at_once else math.floor(replicas * WAVE)
    ready = int(stage.state(row) or 0)
    if gone:
        stage.emit(StateSet(name=row, value=max(0, ready - gone)))
    stage.emit(StateSet(name=f"{name}.rollout", value=f"{wave} of {replicas} starting"))
    yield from _boots(around, name, service)
    stage.emit(StateSet(name=row, value=min(replicas, int(stage.state(row) or 0) + gone)))
    _start_cold(around, name, service, wave)
    stage.emit(StateSet(name=f"{name}.rollout", value="complete"))
    stage.emit(StateSet(name=f"{name}.restarted_at", value=stage.now))


def _boots(around: Surroundings, name: str, service: Service) -> Process:
    """A replica's way to Ready: its boot, then what it waits for."""
    stage, boot = around.stage, service.boot or BOOT
    n = len(around.history.states.get(f"{name}.rollout", ()))
    drawn = stage.chance.span(boot.takes.low_s, boot.takes.high_s, "boot", name, n=n)
    yield stage.pause(drawn.seconds)
    while not all(_answers(around, name, service, what) for what in boot.waits_for):
        # Where no traffic comes, a way that is led elsewhere or mended changes no signal.
        yield stage.when(SignalsChanged, StateSet, FaultBent, FaultCured)
        yield stage.pause(0)


def _answers(around: Surroundings, name: str, service: Service, what: str) -> bool:
    """Whether what a pod waits for answers it: a need of its own by any way, else that service."""
    if what not in service.needs:
        return _is_up(around, what)
    whole = not service.classes or any(each.needs is None for each in service.classes.values())
    kinds = [kind for kind, each in service.classes.items() if what in (each.needs or {})]
    return any(_leads(around, name, kind, what) for kind in (*((None,) if whole else ()), *kinds))


def _leads(around: Surroundings, name: str, kind: str | None, need: str) -> bool:
    """Whether a way to a need (of a class of requests, or the service's) is open and answers."""
    to = str(around.stage.state(f"{name}.{kind}.need.{need}" if kind else f"{name}.need.{need}"))
    is_cut = any(
        bend.cut
        and (bend.on, bend.need) == (name, need)
        and bend.of_class in (None, kind)
        and bend.towards in (None, to)
        for fault in around.stage.situation.world.faults
        for bend in around.scenario.faults[fault].bends
    )
    return not is_cut and _is_up(around, to)


def _is_up(around: Surroundings, name: str) -> bool:
    signals = around.stage.situation.world.signals.get(name)
    return signals is not None and signals["errors"] < ANSWERS
