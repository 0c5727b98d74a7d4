"""Pods, deployments and replica sets of the services that have a workload.

Rule 1: `<service>.pod_status` names why pods are not Ready (`CrashLoopBackOff`),
`<service>.pod_restarts` how often their container was started again.
"""

from collections.abc import Iterator
from typing import Any

from simulator.brief.scenario.system import Service, Workload
from simulator.shell.documents import Row
from simulator.world.telemetry.objects import (
    BOOTS_S,
    DAY,
    WAITING,
    Cluster,
    age_of,
    container_name,
    container_of,
    labels_of,
    node_of,
)
from simulator.world.telemetry.past import state_at
from simulator.world.telemetry.pods import Pod, pods_at, replica_set


def pods(of: Cluster) -> Iterator[Row]:
    """Every pod of every workload."""
    for name, service, workload in of.workloads():
        for pod in pods_at(of.around, name, of.at):
            yield _pod(of, name, service, workload, pod)


def _pod(of: Cluster, name: str, service: Service, workload: Workload, pod: Pod) -> Row:
    created = of.moment(pod.created)
    status = _container_status(of, name, workload, pod)
    condition = "True" if pod.ready else "False"
    return {
        "kind": "Pod",
        "metadata": {
            "name": pod.name,
            "namespace": workload.namespace,
            "labels": labels_of(name, service, pod),
            "creationTimestamp": created,
            "ownerReferences": [{"kind": "ReplicaSet", "name": pod.set_name}],
        },
        "spec": {
            "nodeName": node_of(of, pod),
            "containers": [container_of(workload, pod.image)],
        },
        "status": {
            "phase": "Pending" if "ContainerCreating" in str(status["state"]) else "Running",
            "podIP": pod.ip,
            "startTime": created,
            "conditions": [
                {"type": "Initialized", "status": "True"},
                {"type": "Ready", "status": condition},
                {"type": "ContainersReady", "status": condition},
                {"type": "PodScheduled", "status": "True"},
            ],
            "containerStatuses": [status],
        },
    }


def _container_status(of: Cluster, name: str, workload: Workload, pod: Pod) -> dict[str, Any]:
    why = str(of.state(f"{name}.pod_status") or "")
    restarts = of.state(f"{name}.pod_restarts")
    count = int(restarts) if isinstance(restarts, int) and not pod.ready else 0
    state: dict[str, Any] = {"running": {"startedAt": of.moment(pod.created + BOOTS_S)}}
    if not pod.ready and of.at - pod.created < BOOTS_S:
        state = {"waiting": {"reason": "ContainerCreating"}}
    elif not pod.ready and why in WAITING:
        state = {"waiting": {"reason": why}}
    found: dict[str, Any] = {
        "name": container_name(workload),
        "ready": pod.ready,
        "restartCount": count,
        "image": pod.image,
        "state": state,
    }
    if count:
        ended = of.at - of.at % 30 - 5
        reason = "OOMKilled" if why == "OOMKilled" else "Error"
        found["lastState"] = {
            "terminated": {
                "exitCode": 137 if reason == "OOMKilled" else 1,
                "reason": reason,
                "startedAt": of.moment(ended - 20),
                "finishedAt": of.moment(ended),
            }
        }
    return found


def deployments(of: Cluster) -> Iterator[Row]:
    """Every workload."""
    for name, service, workload in of.workloads():
        pods = pods_at(of.around, name, of.at)
        revision, image = of.state(f"{name}.revision"), str(of.state(f"{name}.image") or "")
        wanted = of.state(f"{name}.replicas")
        ready = sum(pod.ready for pod in pods)
        restarts = str(of.state(f"{name}.restart") or "0").partition(" ")[0]
        yield {
            "kind": "Deployment",
            "metadata": {
                "name": workload.deployment,
                "namespace": workload.namespace,
                "labels": labels_of(name, service),
                "creationTimestamp": of.moment(-age_of(of, name, workload)),
                "generation": int(revision or 1) + int(restarts or 0),
                "annotations": {"deployment.kubernetes.io/revision": str(revision)},
            },
            "spec": {
                "replicas": wanted,
                "selector": {"matchLabels": labels_of(name, service)},
                "strategy": {
                    "type": "RollingUpdate",
                    "rollingUpdate": {"maxUnavailable": "25%", "maxSurge": "25%"},
                },
                "template": {
                    "metadata": {"labels": labels_of(name, service)},
                    "spec": {"containers": [container_of(workload, image or workload.image)]},
                },
            },
            "status": {
                "observedGeneration": int(revision or 1) + int(restarts or 0),
                "replicas": len(pods),
                "updatedReplicas": sum(pod.revision == revision for pod in pods),
                "readyReplicas": ready,
                "availableReplicas": ready,
                "unavailableReplicas": max(0, int(wanted or 0) - ready),
                "conditions": _progress(of, name, ready, int(wanted or 0)),
            },
        }


def _progress(of: Cluster, name: str, ready: int, wanted: int) -> list[dict[str, str]]:
    started = str(of.state(f"{name}.rollout") or "")
    reason = "NewReplicaSetAvailable"
    if started.endswith("starting"):
        reason = "ReplicaSetUpdated"
    available = ready >= wanted - wanted // 4
    return [
        {
            "type": "Available",
            "status": "True" if available else "False",
            "reason": "MinimumReplicasAvailable" if available else "MinimumReplicasUnavailable",
        },
        {"type": "Progressing", "status": "True", "reason": reason},
    ]


def replica_sets(of: Cluster) -> Iterator[Row]:
    """The revisions each workload has had."""
    for name, service, workload in of.workloads():
        revisions = _revisions(of, name, workload)
        for number in sorted(revisions):
            yield _replica_set(of, name, service, (number, *revisions[number]))


def _revisions(of: Cluster, name: str, workload: Workload) -> dict[int, tuple[str, float, str]]:
    """Each revision's image, the second it came, and why."""
    seen: dict[int, tuple[str, float, str]] = {
        r.number: (r.image, -r.ago, r.cause) for r in workload.history
    }
    if workload.previous_image:
        ago = -(workload.age + 7 * DAY)
        seen.setdefault(workload.revision - 1, (workload.previous_image, ago, ""))
    why = seen[workload.revision][2] if workload.revision in seen else ""
    seen[workload.revision] = (workload.image, -workload.age, why)
    for when, value in of.around.history.states.get(f"{name}.revision", ()):
        if 0 < when <= of.at and isinstance(value, int):
            image = str(state_at(of.around.history, f"{name}.image", when) or workload.image)
            seen[value] = (image, when, "")
    return seen


def _replica_set(
    of: Cluster, name: str, service: Service, revision: tuple[int, str, float, str]
) -> Row:
    workload = service.workload
    assert workload is not None, "asked only of workloads"
    number, image, created, cause = revision
    mine = [pod for pod in pods_at(of.around, name, of.at) if pod.revision == number]
    is_newest = number == of.state(f"{name}.revision")
    wanted = max(len(mine), int(of.state(f"{name}.replicas") or 0) if is_newest else 0)
    notes = {"deployment.kubernetes.io/revision": str(number)}
    if cause:
        notes["kubernetes.io/change-cause"] = cause
    set_name = replica_set(of.around, name, workload, number)
    own = labels_of(name, service)
    return {
        "kind": "ReplicaSet",
        "metadata": {
            "name": set_name,
            "namespace": workload.namespace,
            "labels": own | {"pod-template-hash": set_name.rpartition("-")[2]},
            "creationTimestamp": of.moment(created),
            "annotations": notes,
            "ownerReferences": [{"kind": "Deployment", "name": workload.deployment}],
        },
        "spec": {
            "replicas": wanted,
            "selector": {"matchLabels": own},
            "template": {
                "metadata": {"labels": own},
                "spec": {"containers": [container_of(workload, image)]},
            },
        },
        "status": {"replicas": len(mine), "readyReplicas": sum(pod.ready for pod in mine)},
    }
