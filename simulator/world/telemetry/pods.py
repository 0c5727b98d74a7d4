"""Who the pods are at a second: names that stay, births and replacements as the state table tells.

Rule 1: a pod keeps its name until a restart, a new revision's wave or a scaling replaces it.
Rule 2: pods that are not Ready are the youngest; ties go to the last slot.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulator.brief.scenario.system import Service, Workload
from simulator.chance import Chance
from simulator.world.history import History
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.luck import letters, marks
from simulator.world.telemetry.past import state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """One pod at a second."""

    name: str
    service: str
    slot: int
    created: int
    """Second of the drill; negative for one that is older."""
    revision: int
    image: str
    ready: bool = True
    group: str = ""
    set_name: str
    """The replica set it belongs to."""
    ip: str


@dataclass(slots=True)
class _Slot:
    created: int
    births: int = 0


def pods_at(around: Surroundings, name: str, at: int) -> tuple[Pod, ...]:
    """A service's pods at a second, by slot; none for one without a workload."""
    service = around.scenario.system.services[name]
    workload = service.workload
    if workload is None:
        return ()
    if service.groups:
        return tuple(_grouped(around, name, service, workload, at))
    slots = _slots(around.history, name, service, at)
    pods = [
        _pod(around, name, workload, slot=number, born=slot) for number, slot in enumerate(slots)
    ]
    ready = state_at(around.history, f"{name}.ready", at)
    return _with_ready(pods, int(ready) if isinstance(ready, int) else len(pods))


def _slots(history: History, name: str, service: Service, at: int) -> list[_Slot]:
    """Births of the pods alive at a second, by slot."""
    workload = service.workload
    assert workload is not None, "asked only of workloads"
    age = round(workload.age)
    first = state_at(history, f"{name}.replicas", 0)
    count = int(first) if isinstance(first, int) else service.replicas
    slots = [_Slot(created=7 * number - age) for number in range(count)]
    following, one = 0, False
    for when, what, value in _changes(history, name, at):
        if what == "replicas":
            del slots[int(value) :]
            slots += [_Slot(created=when, births=1) for _ in range(len(slots), int(value))]
        elif what == "restart":
            one = str(value).endswith(" one")
            following = len(slots) - 1 if one and _lacks(history, name, when - 1) else 0
        elif str(value).endswith("starting"):
            wave = int(str(value).partition(" ")[0])
            for number in range(following, min(following + wave, len(slots))):
                slots[number] = _Slot(created=when, births=slots[number].births + 1)
            following += wave
    return slots


def _changes(history: History, name: str, at: int) -> Iterator[tuple[int, str, str]]:
    """Scalings, restarts and waves up to a second, in order."""
    found = [
        (when, rank, what, str(value))
        for rank, what in enumerate(("replicas", "restart", "rollout"))
        for when, value in history.states.get(f"{name}.{what}", ())
        if 0 < when <= at
    ]
    for when, _, what, value in sorted(found):
        yield when, what, value


def _lacks(history: History, name: str, at: int) -> bool:
    ready, wanted = (state_at(history, f"{name}.{row}", at) for row in ("ready", "replicas"))
    return isinstance(ready, int) and isinstance(wanted, int) and ready < wanted


def _grouped(
    around: Surroundings, name: str, service: Service, workload: Workload, at: int
) -> Iterator[Pod]:
    slot = 0
    for group, terms in service.groups.items():
        count = range(terms.replicas)
        born = [_Slot(created=7 * (slot + number) - round(workload.age)) for number in count]
        pods = [
            replace(
                _pod(around, name, workload, slot=slot + number, born=one, version=terms.version),
                group=group,
            )
            for number, one in enumerate(born)
        ]
        ready = state_at(around.history, f"{name}.group.{group}.ready", at)
        yield from _with_ready(pods, int(ready) if isinstance(ready, int) else terms.replicas)
        slot += terms.replicas


def _pod(
    around: Surroundings,
    name: str,
    workload: Workload,
    *,
    slot: int,
    born: _Slot,
    version: str = "",
) -> Pod:
    chance, history = around.stage.chance, around.history
    revision = state_at(history, f"{name}.revision", max(0, born.created))
    number = revision if isinstance(revision, int) else workload.revision
    image = str(state_at(history, f"{name}.image", max(0, born.created)) or workload.image)
    if version:
        image = f"{image.rpartition(':')[0]}:{version}"
    set_name = replica_set(around, name, workload, number, version)
    given = workload.pods[slot] if slot < len(workload.pods) and not born.births else ""
    made_up = letters(chance, 5, "pod", set_name, str(slot), str(born.births))
    byte = marks(chance, "address", set_name, str(slot), str(born.births))
    return Pod(
        name=given or f"{set_name}-{made_up}",
        service=name,
        slot=slot,
        created=born.created,
        revision=number,
        image=image,
        set_name=given.rpartition("-")[0] or set_name,
        ip=f"100.64.{byte[0] % 16}.{byte[1] % 250 + 2}",
    )


def replica_set(
    around: Surroundings, name: str, workload: Workload, revision: int, version: str = ""
) -> str:
    """The name of a revision's replica set."""
    if workload.pods and revision == workload.revision and not version:
        return workload.pods[0].rpartition("-")[0]
    chance: Chance = around.stage.chance
    return f"{workload.deployment}-{letters(chance, 10, 'set', name, str(revision), version)}"


def _with_ready(pods: list[Pod], ready: int) -> tuple[Pod, ...]:
    oldest_first = sorted(pods, key=lambda pod: (pod.created, pod.slot))
    well = {pod.slot for pod in oldest_first[: max(0, ready)]}
    return tuple(replace(pod, ready=pod.slot in well) for pod in pods)
