"""Who the pods are at a second, as their lives tell: names that stay, what their containers do.

Rule 1: read from the journalled turns of each pod's life; only names and addresses are made here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.brief.scenario.workload import Workload
from simulator.chance import Chance
from simulator.journal.events.world import PodChanged
from simulator.world.history import History
from simulator.world.pods.lives import RUNNING
from simulator.world.pods.revisions import Revisions, retold, written
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.luck import letters, marks
from simulator.world.telemetry.past import state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """One pod at a second."""

    name: str
    service: str
    life: PodChanged
    revision: int
    set_name: str
    """The replica set it belongs to."""
    ip: str

    @property
    def ready(self) -> bool:
        """Whether it is in the traffic."""
        return self.life.phase == "ready"

    @property
    def is_running(self) -> bool:
        """Whether its container runs and may write."""
        return self.life.phase in RUNNING or self.life.phase == "stopping"

    @property
    def created(self) -> int:
        """Second of the drill; negative for one that is older."""
        return self.life.created

    @property
    def slot(self) -> int:
        """Its number in its service."""
        return self.life.pod


def pods_at(around: Surroundings, name: str, at: int) -> tuple[Pod, ...]:
    """A service's pods at a second, by number; none for one without a workload."""
    workload = around.scenario.system.services[name].workload
    if workload is None:
        return ()
    revisions = revisions_at(around, name, workload, at)
    return tuple(
        as_pod(around, name, workload, life, revisions)
        for steps in around.history.pods.get(name, {}).values()
        if (life := life_at(steps, at)) is not None
    )


def life_at(steps: list[tuple[int, PodChanged]], at: int) -> PodChanged | None:
    """A pod's life as it stood at a second; None before it was created and once it is gone."""
    first, life = steps[0]
    if at < first and first > 0:
        return None
    for when, turn in reversed(steps):
        if when <= at:
            life = turn
            break
    return None if life.phase == "gone" else life


def revisions_at(around: Surroundings, name: str, workload: Workload, at: int) -> Revisions:
    """The revisions a workload had at a second."""
    history = around.history
    steps = [
        (
            when,
            _number(history, f"{name}.revision", when),
            _number(history, f"{name}.template", when),
            _text(history, f"{name}.image", when),
            _text(history, f"{name}.cause", when),
        )
        for when, _ in history.states.get(f"{name}.revision", ())
        if 0 < when <= at
    ]
    return retold(written(workload), steps)


def _number(history: History, row: str, at: int) -> int:
    value = state_at(history, row, at)
    return value if isinstance(value, int) else 0


def _text(history: History, row: str, at: int) -> str:
    return str(state_at(history, row, at) or "")


def as_pod(
    around: Surroundings, name: str, workload: Workload, life: PodChanged, revisions: Revisions
) -> Pod:
    """A life with the names people type."""
    chance = around.stage.chance
    of = next((each for each in revisions.all if each.template == life.template), None)
    tag = life.image.rpartition(":")[2]
    version = tag if of is None or life.image != of.image else ""
    set_name = replica_set(around, name, workload, life.template, version)
    is_first = life.pod < len(workload.pods) and life.created < 0
    given = workload.pods[life.pod] if is_first else ""
    made_up = letters(chance, 5, "pod", set_name, str(life.pod))
    byte = marks(chance, "address", set_name, str(life.pod))
    return Pod(
        name=given or f"{set_name}-{made_up}",
        service=name,
        life=life,
        revision=of.number if of is not None else workload.revision,
        set_name=given.rpartition("-")[0] or set_name,
        ip=f"100.64.{byte[0] % 16}.{byte[1] % 250 + 2}",
    )


def replica_set(
    around: Surroundings, name: str, workload: Workload, template: int, version: str = ""
) -> str:
    """The name of a template's replica set."""
    if workload.pods and template == workload.revision and not version:
        return workload.pods[0].rpartition("-")[0]
    chance: Chance = around.stage.chance
    return f"{workload.deployment}-{letters(chance, 10, 'set', name, str(template), version)}"


def turns(around: Surroundings, name: str) -> Iterator[tuple[int, PodChanged | None, PodChanged]]:
    """(second, before, after) of every turn of a service's pods' lives, pod by pod."""
    for steps in around.history.pods.get(name, {}).values():
        before: PodChanged | None = None
        for when, after in steps:
            yield when, before, after
            before = after
