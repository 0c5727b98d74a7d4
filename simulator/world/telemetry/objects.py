"""What projections of the cluster share: the cluster at one second, labels, ages, containers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from simulator.brief.scenario.system import Service
from simulator.brief.scenario.workload import Workload
from simulator.journal.units import PPM
from simulator.shell.kubectl_objects import at
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.luck import between, marks
from simulator.world.telemetry.past import state_at
from simulator.world.telemetry.pods import Pod
from simulator.world.texts import iso

DAY: Final = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The cluster at one second."""

    around: Surroundings
    at: int
    begins: int

    def workloads(self) -> Iterator[tuple[str, Service, Workload]]:
        """Services of the cluster, in the file's order."""
        for name, service in self.around.scenario.system.services.items():
            if service.workload is not None:
                yield name, service, service.workload

    def state(self, row: str) -> Any:
        """A row of the state table at this second."""
        return state_at(self.around.history, row, self.at)

    def moment(self, second: float) -> str:
        """A second of the drill as the API writes it."""
        return iso(self.begins + int(second))

    def nodes(self) -> tuple[str, ...]:
        """The names of the nodes: the author's, else three, and those of groups."""
        written = [
            str(at(record.row, "metadata.name", ""))
            for record in self.around.scenario.records
            if record.kind == "k8s/nodes"
        ]
        written += [node for _, _, workload in self.workloads() for node in workload.nodes]
        known = [name for name in written if name] or [f"node-{number}" for number in (1, 2, 3)]
        for _, service, _ in self.workloads():
            known += [group.node for group in service.groups.values() if group.node]
        return tuple(dict.fromkeys(known))


def labels_of(name: str, service: Service, pod: Pod | None = None) -> dict[str, str]:
    """The labels of a workload, or of one of its pods."""
    assert service.workload is not None, "asked only of workloads"
    own = dict(service.workload.labels) or {"app": service.workload.deployment}
    if pod is None:
        return own
    own["pod-template-hash"] = pod.set_name.rpartition("-")[2]
    if terms := service.groups.get(pod.life.group):
        own |= {k: v for k, v in (("version", terms.version), ("zone", terms.zone)) if v}
    return own | {"service": name} if "service" not in own else own


def node_of(of: Cluster, pod: Pod) -> str:
    """The node a pod runs on: its author's word, else in turn over those nobody need shun."""
    if pod.life.node:
        return pod.life.node
    groups = of.around.scenario.system.services[pod.service].groups.values()
    bad = {group.node for group in groups if group.catches is not None}
    nodes = [name for name in of.nodes() if name not in bad] or of.nodes()
    first = marks(of.around.stage.chance, "node", pod.service)[0]
    return nodes[(first + pod.slot) % len(nodes)]


def age_of(of: Cluster, name: str, workload: Workload) -> int:
    """How old a deployment is, seconds before second 0."""
    oldest = max((round(r.ago) for r in workload.history), default=round(workload.age))
    return oldest + round(between(of.around.stage.chance, 30 * DAY, 200 * DAY, "age", name))


def used(of: Cluster, name: str) -> float:
    """A service's utilisation, 0..1."""
    return of.around.history.signal_at(name, of.at)["saturation"] / PPM


def container_of(workload: Workload, image: str) -> dict[str, Any]:
    """The container of a workload's pods."""
    return {
        "name": container_name(workload),
        "image": image,
        "resources": {"limits": dict(workload.limits)},
        "env": [{"name": name, "value": value} for name, value in workload.env.items()],
    }


def container_name(workload: Workload) -> str:
    """What a workload's container is called: the last part of its deployment's name."""
    return workload.deployment.rpartition("-")[2] or workload.deployment
