"""Events of the cluster's last hour: scalings, births, probes that fail."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from simulator.brief.scenario.system import Workload
from simulator.shell.documents import Row
from simulator.world.telemetry.luck import HEX, letters
from simulator.world.telemetry.objects import BOOTS_S, WAITING, Cluster, container_name
from simulator.world.telemetry.past import state_at
from simulator.world.telemetry.pods import pods_at, replica_set


def events(of: Cluster) -> Iterator[Row]:
    """What the cluster says happened."""
    for name, _, workload in of.workloads():
        yield from _scalings(of, name, workload)
        yield from _unready(of, name, workload)


def _event(
    of: Cluster,
    workload: Workload,
    about: tuple[str, str],
    told: tuple[str, str, str],
    when: tuple[int, int, int],
) -> Row:
    kind, name = about
    level, reason, message = told
    mark = letters(of.around.stage.chance, 16, "event", name, reason, str(when[0]), alphabet=HEX)
    first, last, count = when
    return {
        "kind": "Event",
        "metadata": {
            "name": f"{name}.{mark}",
            "namespace": workload.namespace,
            "creationTimestamp": of.moment(first),
        },
        "involvedObject": {"kind": kind, "name": name, "namespace": workload.namespace},
        "type": level,
        "reason": reason,
        "message": message,
        "count": count,
        "firstTimestamp": of.moment(first),
        "lastTimestamp": of.moment(last),
        "source": {"component": "kubelet" if kind == "Pod" else "deployment-controller"},
    }


_KEPT_S: Final = 3600
"""Events live for an hour."""


def _scalings(of: Cluster, name: str, workload: Workload) -> Iterator[Row]:
    steps = of.around.history.states.get(f"{name}.replicas", [])
    for (_, before), (when, after) in pairwise(steps):
        if when > of.at - _KEPT_S and isinstance(after, int) and isinstance(before, int):
            number = state_at(of.around.history, f"{name}.revision", when)
            revision = number if isinstance(number, int) else workload.revision
            way = "up" if after > before else "down"
            said = f"Scaled {way} replica set {replica_set(of.around, name, workload, revision)}"
            message = f"{said} to {after} from {before}"
            yield _event(of, workload, ("Deployment", workload.deployment),
                         ("Normal", "ScalingReplicaSet", message), (when, when, 1))  # fmt: skip


def _unready(of: Cluster, name: str, workload: Workload) -> Iterator[Row]:
    """Births of the last hour, and probes that fail on pods that have run a while."""
    since = _unready_since(of, name)
    why = str(of.state(f"{name}.pod_status") or "")
    for pod in pods_at(of.around, name, of.at):
        about = ("Pod", pod.name)
        if pod.created > max(0, of.at - _KEPT_S):
            seen = f'Container image "{pod.image}" already present on machine'
            yield _event(
                of, workload, about, ("Normal", "Pulled", seen), (pod.created, pod.created, 1)
            )
        if pod.ready or since is None:
            continue
        first = max(since, pod.created + BOOTS_S)
        if of.at < first + 10:
            continue
        times = (of.at - first) // 10
        if why in WAITING:
            message = f"Back-off restarting failed container {container_name(workload)}"
            told = ("Warning", "BackOff", message)
        else:
            message = "Readiness probe failed: HTTP probe failed with statuscode: 503"
            told = ("Warning", "Unhealthy", message)
        yield _event(of, workload, about, told, (first, first + 10 * times, times))


def _unready_since(of: Cluster, name: str) -> int | None:
    """Since when pods of a service are not all Ready."""
    since: int | None = None
    for when, value in of.around.history.states.get(f"{name}.ready", ()):
        wanted = state_at(of.around.history, f"{name}.replicas", when)
        lacks = isinstance(value, int) and isinstance(wanted, int) and value < wanted
        since = (since if since is not None else when) if lacks else None
    return since
