"""Owners of workloads that act back: git reconciles what a hand changed, an autoscaler scales.

Rule 1: an owner looks at its own times (a phase of its own), and only while something it keeps
was changed by somebody else, or git has something new; its undoing is an entry like any other.
Rule 2: a paused owner does nothing until it is resumed; then its next reconcile comes.
"""

import math
from collections.abc import Mapping

from simulator.brief.scenario.workload import Owner
from simulator.journal.events.world import SignalsChanged, StateSet
from simulator.journal.situation.parts import State
from simulator.journal.units import PPM
from simulator.stage import Process, Where
from simulator.world.surroundings import Surroundings
from simulator.world.windows import Grid

DEAD_BAND = 0.1
"""An autoscaler leaves a utilisation within so much of its target alone (Kubernetes' default)."""


def play(around: Surroundings) -> None:
    """Start every owner that is not a hand."""
    for name, service in around.scenario.system.services.items():
        if service.owner.kind == "gitops":
            around.stage.play(_reconciles(around, name, service.owner), of_world=True)
        elif service.owner.kind == "hpa":
            around.stage.play(_scales(around, name, service.owner), of_world=True)


def _grid(around: Surroundings, name: str, owner: Owner) -> Grid:
    every = max(1, math.ceil(owner.reconciles_every))
    phase = around.stage.chance.span(0, every - 1, "reconcile phase", name).seconds
    return Grid(every_s=every, phase_s=phase)


def _paused(around: Surroundings, owner: Owner) -> bool:
    return owner.paused_by is not None and around.stage.state(owner.paused_by) in (True, "yes")


def _reconciles(around: Surroundings, name: str, owner: Owner) -> Process:
    stage, grid = around.stage, _grid(around, name, owner)
    yield stage.pause(0)
    desired = {row: value for row in owner.fields if (value := _wanted(around, row)) is not None}
    concerns = _one_of(frozenset(n for row in owner.fields for n in (row, f"git.{row}")))
    while True:
        if not _differing(around, owner, desired):
            yield stage.when(StateSet, where=concerns)
        yield stage.until(grid.next(stage.now + 1))
        if _paused(around, owner):
            yield stage.when(StateSet)
            continue
        differing = _differing(around, owner, desired)
        desired |= {row: value for row in desired if (value := _in_git(around, row)) is not None}
        for row, value in differing:
            desired[row] = value
            stage.emit(StateSet(name=row, value=value))
            stage.emit(StateSet(name=f"{name}.reconciled_at", value=stage.now))


def _in_git(around: Surroundings, row: str) -> State | None:
    return around.stage.state(f"git.{row}")


def _wanted(around: Surroundings, row: str) -> State | None:
    """What git says of a row; where git says nothing, what it was at first."""
    in_git = _in_git(around, row)
    return around.stage.state(row) if in_git is None else in_git


def _differing(
    around: Surroundings, owner: Owner, desired: Mapping[str, State]
) -> list[tuple[str, State]]:
    """The rows an owner would set now: what is new in git, and what a hand changed if it heals."""
    found = []
    for row in owner.fields:
        in_git = _in_git(around, row)
        value = desired.get(row) if in_git is None else in_git
        is_new = in_git is not None and in_git != desired.get(row)
        if value is not None and (owner.heals or is_new) and around.stage.state(row) != value:
            found.append((row, value))
    return found


def _one_of(rows: frozenset[str]) -> Where:
    return lambda entry: entry.what.name in rows


def _scales(around: Surroundings, name: str, owner: Owner) -> Process:
    stage, grid = around.stage, _grid(around, name, owner)
    while True:
        yield stage.when(SignalsChanged, where=lambda e: name in e.what.services)
        yield stage.until(grid.next(stage.now + 1))
        if _paused(around, owner):
            continue
        used = stage.situation.world.signals[name]["saturation"] / PPM
        replicas = int(stage.state(f"{name}.replicas") or 1)
        if abs(used / owner.target - 1) <= DEAD_BAND:
            continue
        wanted = min(owner.maximum, max(owner.minimum, math.ceil(replicas * used / owner.target)))
        if wanted != replicas:
            stage.emit(StateSet(name=f"{name}.replicas", value=wanted))
