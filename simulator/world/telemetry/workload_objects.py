"""Deployments and replica sets of the services that have a workload.

Rule 1: how many pods a set has, and which revision is wanted, follow from the pods' lives.
"""

from collections.abc import Iterator

from simulator.brief.scenario.system import Service
from simulator.shell.documents import Row
from simulator.world.pods.lives import LIVE
from simulator.world.pods.revisions import Revision
from simulator.world.telemetry.objects import Cluster, age_of, container_of, labels_of
from simulator.world.telemetry.pods import Pod, pods_at, replica_set, revisions_at


def deployments(of: Cluster) -> Iterator[Row]:
    """Every workload."""
    for name, service, workload in of.workloads():
        pods = _live(of, name)
        now = revisions_at(of.around, name, workload, of.at).current
        wanted = int(of.state(f"{name}.replicas") or 0)
        ready = sum(pod.ready for pod in pods)
        notes = {"deployment.kubernetes.io/revision": str(now.number)}
        if now.cause:
            notes["kubernetes.io/change-cause"] = now.cause
        yield {
            "kind": "Deployment",
            "metadata": {
                "name": workload.deployment,
                "namespace": workload.namespace,
                "labels": labels_of(name, service),
                "creationTimestamp": of.moment(-age_of(of, name, workload)),
                "generation": now.number,
                "annotations": notes,
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
                    "spec": {"containers": [container_of(workload, now.image)]},
                },
            },
            "status": {
                "observedGeneration": now.number,
                "replicas": len(pods),
                "updatedReplicas": sum(pod.life.template == now.template for pod in pods),
                "readyReplicas": ready,
                "availableReplicas": ready,
                "unavailableReplicas": max(0, wanted - ready),
                "conditions": _progress(of, name, ready, wanted),
            },
        }


def _live(of: Cluster, name: str) -> list[Pod]:
    """The pods replica sets count: those that are stopping are no longer theirs."""
    return [pod for pod in pods_at(of.around, name, of.at) if pod.life.phase in LIVE]


def _progress(of: Cluster, name: str, ready: int, wanted: int) -> list[dict[str, str]]:
    rollout = str(of.state(f"{name}.rollout") or "")
    progressing, reason = "True", "ReplicaSetUpdated"
    if rollout == "complete":
        reason = "NewReplicaSetAvailable"
    elif rollout == "stuck":
        progressing, reason = "False", "ProgressDeadlineExceeded"
    available = ready >= wanted - wanted // 4
    return [
        {
            "type": "Available",
            "status": "True" if available else "False",
            "reason": "MinimumReplicasAvailable" if available else "MinimumReplicasUnavailable",
        },
        {"type": "Progressing", "status": progressing, "reason": reason},
    ]


def replica_sets(of: Cluster) -> Iterator[Row]:
    """The revisions each workload has."""
    for name, service, workload in of.workloads():
        for revision in revisions_at(of.around, name, workload, of.at).all:
            yield _replica_set(of, name, service, revision)


def _replica_set(of: Cluster, name: str, service: Service, revision: Revision) -> Row:
    workload = service.workload
    assert workload is not None, "asked only of workloads"
    mine = [pod for pod in _live(of, name) if pod.life.template == revision.template]
    notes = {"deployment.kubernetes.io/revision": str(revision.number)}
    if revision.cause:
        notes["kubernetes.io/change-cause"] = revision.cause
    set_name = replica_set(of.around, name, workload, revision.template)
    own = labels_of(name, service)
    return {
        "kind": "ReplicaSet",
        "metadata": {
            "name": set_name,
            "namespace": workload.namespace,
            "labels": own | {"pod-template-hash": set_name.rpartition("-")[2]},
            "creationTimestamp": of.moment(revision.at),
            "annotations": notes,
            "ownerReferences": [{"kind": "Deployment", "name": workload.deployment}],
        },
        "spec": {
            "replicas": len(mine),
            "selector": {"matchLabels": own},
            "template": {
                "metadata": {"labels": own},
                "spec": {"containers": [container_of(workload, revision.image)]},
            },
        },
        "status": {"replicas": len(mine), "readyReplicas": sum(pod.ready for pod in mine)},
    }
