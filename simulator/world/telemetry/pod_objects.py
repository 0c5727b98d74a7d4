"""Pods as the cluster lists them: where they run, how their containers are, how they last ended."""

from collections.abc import Iterator
from typing import Any, Final

from simulator.brief.scenario.system import Service
from simulator.brief.scenario.workload import Workload
from simulator.journal.events.world import PodChanged
from simulator.shell.documents import Row
from simulator.world.pods.lives import next_try
from simulator.world.telemetry.objects import (
    Cluster,
    container_name,
    container_of,
    labels_of,
    node_of,
)
from simulator.world.telemetry.pods import Pod, pods_at

CREATING_S: Final = 4
"""How long a pod's first container is being created before it runs (assumed)."""
SAYS_ENDED_S: Final = 8
"""How long a dead container is shown as ended before it is shown as waiting (assumed)."""


def pods(of: Cluster) -> Iterator[Row]:
    """Every pod of every workload."""
    for name, service, workload in of.workloads():
        for pod in pods_at(of.around, name, of.at):
            yield _pod(of, name, service, workload, pod)


def _pod(of: Cluster, name: str, service: Service, workload: Workload, pod: Pod) -> Row:
    life = pod.life
    is_placed = life.phase != "pending"
    metadata = {
        "name": pod.name,
        "namespace": workload.namespace,
        "labels": labels_of(name, service, pod),
        "creationTimestamp": of.moment(life.created),
        "ownerReferences": [{"kind": "ReplicaSet", "name": pod.set_name}],
    }
    if life.phase == "stopping":
        metadata["deletionTimestamp"] = of.moment(of.at)
    spec: dict[str, Any] = {"containers": [container_of(workload, life.image)]}
    status: dict[str, Any] = {
        "phase": "Running" if is_placed and not is_creating(life, of.at) else "Pending",
        "conditions": _conditions(pod, is_placed=is_placed),
    }
    if is_placed:
        spec = {"nodeName": node_of(of, pod), **spec}
        status |= {
            "podIP": pod.ip,
            "startTime": of.moment(life.created),
            "containerStatuses": [_container_status(of, workload, pod)],
        }
    return {"kind": "Pod", "metadata": metadata, "spec": spec, "status": status}


def is_creating(life: PodChanged, at: int) -> bool:
    """Whether a pod's first container is still being created."""
    is_first = life.phase == "starting" and not life.restarts
    return is_first and at - life.started < CREATING_S


def _conditions(pod: Pod, *, is_placed: bool) -> list[dict[str, str]]:
    ready = "True" if pod.ready else "False"
    if not is_placed:
        return [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}]
    return [
        {"type": "Initialized", "status": "True"},
        {"type": "Ready", "status": ready},
        {"type": "ContainersReady", "status": ready},
        {"type": "PodScheduled", "status": "True"},
    ]


def _container_status(of: Cluster, workload: Workload, pod: Pod) -> dict[str, Any]:
    life, name = pod.life, container_name(workload)
    found: dict[str, Any] = {
        "name": name,
        "ready": pod.ready,
        "restartCount": life.restarts,
        "image": life.image,
        "state": {"running": {"startedAt": of.moment(_ran_from(life))}},
    }
    ended = _ended(of, life)
    if ended:
        found["lastState"] = {"terminated": ended}
    if is_creating(life, of.at):
        found["state"] = {"waiting": {"reason": "ContainerCreating"}}
    elif life.phase == "backoff" and life.died is not None:
        if of.at - life.died < SAYS_ENDED_S:
            found["state"] = {"terminated": ended}
        else:
            waits = next_try(life) - life.died
            message = f"back-off {waits}s restarting failed container={name} pod={pod.name}"
            found["state"] = {"waiting": {"reason": "CrashLoopBackOff", "message": message}}
    return found


def _ran_from(life: PodChanged) -> int:
    """When the present container began to run: the first one is created first."""
    return life.started if life.restarts else life.started + CREATING_S


def _ended(of: Cluster, life: PodChanged) -> dict[str, Any]:
    """How a pod's last container ended, if one has."""
    if life.died is None:
        return {}
    began = life.lived_from
    if began == life.created:
        began = max(began, min(began + CREATING_S, life.died - 2))
    return {
        "exitCode": life.exit,
        "reason": life.reason,
        "startedAt": of.moment(began),
        "finishedAt": of.moment(life.died),
    }
