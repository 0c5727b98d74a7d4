"""A service's pods and what they are asked for: what lives through a drill, and its rows.

Rule 1: whoever changes `<service>.replicas`, `.image` or `.restart` in the state table is obeyed,
be it an action, an owner or a typed line; `.ready` set by hand takes the youngest out of the
traffic until it is set again.
Rule 2: all other rows of pods are derived from their lives, and put right where they differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from simulator.brief.scenario.system import Service
from simulator.brief.scenario.workload import Boot
from simulator.brief.units import Span
from simulator.journal.events.world import PodChanged, StateSet
from simulator.journal.situation.parts import State
from simulator.world.pods import groups
from simulator.world.pods.lives import LIVE
from simulator.world.pods.revisions import Revisions
from simulator.world.surroundings import Surroundings

BOOT = Boot(takes=Span(low_s=30.0, high_s=50.0))
"""How a replica comes up where its author says nothing (assumed)."""


@dataclass(slots=True, kw_only=True)
class Fleet:
    """The pods of one service; lives as long as the drill."""

    around: Surroundings
    name: str
    service: Service
    boot: Boot
    revisions: Revisions
    replicas: int
    pods: dict[int, PodChanged] = field(default_factory=dict)
    """Those that are not gone, by number."""
    told: dict[int, PodChanged] = field(default_factory=dict)
    """What the journal says of them."""
    sets: dict[int, int] = field(default_factory=dict)
    """Template -> how many pods its replica set is to have."""
    born: int = 0
    """How many there have ever been."""
    ends: dict[int, int] = field(default_factory=dict)
    """When a stopping pod is gone."""
    fates: dict[int, tuple[str, int]] = field(default_factory=dict)
    """A new pod's bad luck: the group it falls into, and when."""
    blows: list[tuple[int, str, str, int]] = field(default_factory=list)
    """Strikes to come: (second, fault, group, which of the fault's strikes)."""
    onsets: dict[str, int] = field(default_factory=dict)
    """Conditions that hold, and since when: `crash.<id>`, `catches.<group>`."""
    turns: dict[str, int] = field(default_factory=dict)
    """How often each has begun to hold."""
    failing: int | None = None
    """Since when `ready_while` has not held."""
    held_back: set[int] = field(default_factory=set)
    """Pods a hand has taken out of the traffic."""
    is_rolling: bool = False
    is_slow: bool = False
    """Whether the rollout under way goes one pod at a time."""
    progress: tuple[int, tuple[int, ...]] = (0, ())
    """When the rollout under way last got on, and how far."""
    waits: bool = False
    """Whether some pod waits for what it needs to answer."""

    def live(self, template: int | None = None) -> list[PodChanged]:
        """Pods that a replica set counts, of all or of one, by number."""
        return [
            pod
            for pod in self.pods.values()
            if pod.phase in LIVE and template in (None, pod.template)
        ]

    def ready(self, group: str | None = None) -> int:
        """How many pods are Ready, of all groups or of one."""
        return sum(
            pod.phase == "ready" and group in (None, pod.group) for pod in self.pods.values()
        )

    def home(self, image: str) -> str:
        """The group a new pod of this image joins."""
        return groups.home(self.service, image, [pod.group for pod in self.live()])


def tell(fleet: Fleet) -> None:
    """Journal every pod that has changed, then the rows that follow."""
    stage = fleet.around.stage
    for number in sorted(fleet.pods):
        pod = fleet.pods[number]
        if fleet.told.get(number) != pod:
            stage.emit(pod)
            fleet.told[number] = pod
        if pod.phase == "gone":
            for kept in (fleet.pods, fleet.told, fleet.ends, fleet.fates):
                kept.pop(number, None)
            fleet.held_back.discard(number)
    for row, value in rows(fleet):
        name = f"{fleet.name}.{row}"
        if stage.state(name) != value:
            stage.emit(StateSet(name=name, value=value))


def rows(fleet: Fleet) -> Iterator[tuple[str, State]]:
    """The rows of the state table that the pods' lives imply."""
    live = fleet.live()
    yield "ready", fleet.ready()
    for name in fleet.service.groups:
        yield f"group.{name}.ready", fleet.ready(name)
        yield f"group.{name}.pods", sum(pod.group == name for pod in live)
    yield "restarts", sum(pod.restarts for pod in live)
    yield "rollout", _rollout(fleet)
    if fleet.boot.cold and fleet.boot.cold_slow > 1:
        yield "cold", sum(_is_cold(fleet, pod) for pod in live)
    if fleet.service.workload is not None:
        now = fleet.revisions.current
        yield "revision", now.number
        yield "template", now.template
        yield "image", now.image
        yield "cause", now.cause


def _is_cold(fleet: Fleet, pod: PodChanged) -> bool:
    """Whether a Ready pod has come up so lately that it is slow."""
    born_here = pod.created >= 0 or pod.restarts > 0
    return pod.phase == "ready" and born_here and fleet.around.stage.now < warm_at(fleet, pod)


def warm_at(fleet: Fleet, pod: PodChanged) -> int:
    """The second from which a pod that has come up is as quick as any."""
    return pod.up + -(-int(fleet.boot.cold * 1000) // 1000)


def _rollout(fleet: Fleet) -> str:
    if not fleet.is_rolling:
        return "complete"
    now = fleet.around.stage.now
    if now >= stuck_at(fleet):
        return "stuck"
    new = fleet.live(fleet.revisions.current.template)
    return f"{sum(pod.phase == 'ready' for pod in new)} of {fleet.replicas} updated"


def stuck_at(fleet: Fleet) -> int:
    """The second at which a rollout that does not get on is called stuck."""
    return fleet.progress[0] + DEADLINE_S


DEADLINE_S = 600
"""Kubernetes' own default, `progressDeadlineSeconds`."""


def at_rest(fleet: Fleet) -> None:
    """The pods of second 0, as old as their author says."""
    workload = fleet.service.workload
    age = round(workload.age) if workload is not None else 86_400
    image, template = fleet.revisions.current.image, fleet.revisions.current.template
    resting = groups.at_rest(fleet.service, fleet.replicas)
    nodes = workload.nodes if workload is not None else ()
    for number in range(fleet.replicas):
        group = resting[number] if number < len(resting) else fleet.home(image)
        born = 7 * number - age
        fleet.pods[number] = PodChanged(
            service=fleet.name, pod=number, phase="ready", group=group, joined=born,
            template=template, image=groups.image_of(fleet.service, group, image),
            created=born, started=born, up=born,
            node=nodes[number] if number < len(nodes) else "",
        )  # fmt: skip
    fleet.born = fleet.replicas
    fleet.sets = {template: fleet.replicas}


def regroup(fleet: Fleet, fault: str) -> None:
    """What a fault had struck is well again now that the fault is over."""
    now = fleet.around.stage.now
    fleet.blows = [blow for blow in fleet.blows if blow[1] != fault]
    for number, pod in fleet.pods.items():
        if pod.struck == fault:
            fleet.pods[number] = replace(pod, group=fleet.home(pod.image), joined=now, struck="")
