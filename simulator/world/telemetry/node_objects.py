"""Nodes, services, endpoints, autoscalers, namespaces, and what pods and nodes use."""

from collections.abc import Iterator
from typing import Final

from simulator.shell.documents import Row
from simulator.world.telemetry.luck import between, marks
from simulator.world.telemetry.objects import (
    DAY,
    Cluster,
    age_of,
    container_name,
    labels_of,
    used,
)
from simulator.world.telemetry.pods import pods_at

METRICS_AFTER_S: Final = 60
"""How long a container runs before the metrics server knows what it uses (assumed)."""


def nodes(of: Cluster) -> Iterator[Row]:
    """The machines pods run on."""
    if not any(True for _ in of.workloads()):
        return
    chance = of.around.stage.chance
    for name in of.nodes():
        byte = marks(chance, "node address", name)
        yield {
            "kind": "Node",
            "metadata": {
                "name": name,
                "labels": {"kubernetes.io/hostname": name},
                "creationTimestamp": of.moment(-between(chance, 20, 90, "node age", name) * DAY),
            },
            "spec": {},
            "status": {
                "conditions": [
                    {"type": kind, "status": status, "reason": f"Kubelet{word}"}
                    for kind, status, word in (
                        ("MemoryPressure", "False", "HasSufficientMemory"),
                        ("DiskPressure", "False", "HasNoDiskPressure"),
                        ("PIDPressure", "False", "HasSufficientPID"),
                        ("Ready", "True", "Ready"),
                    )
                ],
                "addresses": [
                    {"type": "InternalIP", "address": f"10.20.{byte[0] % 64}.{byte[1] % 250 + 2}"}
                ],
                "nodeInfo": {
                    "kubeletVersion": "v1.31.4",
                    "osImage": "Amazon Linux 2023",
                    "kernelVersion": "6.1.115",
                    "containerRuntimeVersion": "containerd://1.7.23",
                },
                "capacity": {"cpu": "4", "memory": "16Gi", "pods": "58"},
                "allocatable": {"cpu": "3920m", "memory": "14.7Gi", "pods": "58"},
            },
        }


def services(of: Cluster) -> Iterator[Row]:
    """The names workloads are reached by."""
    for name, service, workload in of.workloads():
        byte = marks(of.around.stage.chance, "cluster address", name)
        yield {
            "kind": "Service",
            "metadata": {
                "name": workload.deployment,
                "namespace": workload.namespace,
                "labels": labels_of(name, service),
                "creationTimestamp": of.moment(-age_of(of, name, workload)),
            },
            "spec": {
                "type": "ClusterIP",
                "clusterIP": f"172.20.{byte[0]}.{byte[1] % 250 + 2}",
                "ports": [{"port": 80, "protocol": "TCP"}],
                "selector": labels_of(name, service),
            },
        }


def endpoints(of: Cluster) -> Iterator[Row]:
    """Which pods answer behind each service."""
    for name, _, workload in of.workloads():
        addresses = [{"ip": pod.ip} for pod in pods_at(of.around, name, of.at) if pod.ready]
        subsets = [{"addresses": addresses, "ports": [{"port": 8080}]}] if addresses else []
        yield {
            "kind": "Endpoints",
            "metadata": {
                "name": workload.deployment,
                "namespace": workload.namespace,
                "creationTimestamp": of.moment(-age_of(of, name, workload)),
            },
            "subsets": subsets,
        }


def autoscalers(of: Cluster) -> Iterator[Row]:
    """Workloads an autoscaler owns."""
    for name, service, workload in of.workloads():
        if service.owner.kind != "hpa":
            continue
        target = round(service.owner.target * 100)
        busy = round(100 * used(of, name))
        resource = {"name": "cpu"}
        yield {
            "kind": "HorizontalPodAutoscaler",
            "metadata": {
                "name": workload.deployment,
                "namespace": workload.namespace,
                "creationTimestamp": of.moment(-age_of(of, name, workload)),
            },
            "spec": {
                "scaleTargetRef": {"kind": "Deployment", "name": workload.deployment},
                "minReplicas": service.owner.minimum,
                "maxReplicas": service.owner.maximum,
                "metrics": [{"resource": {**resource, "target": {"averageUtilization": target}}}],
            },
            "status": {
                "currentReplicas": of.state(f"{name}.replicas"),
                "currentMetrics": [
                    {"resource": {**resource, "current": {"averageUtilization": busy}}}
                ],
            },
        }


def namespaces(of: Cluster) -> Iterator[Row]:
    """Where workloads live."""
    spaces = dict.fromkeys(workload.namespace for _, _, workload in of.workloads())
    for space in (*spaces, "default", "kube-system") if spaces else ():
        yield {
            "kind": "Namespace",
            "metadata": {"name": space, "creationTimestamp": of.moment(-300 * DAY)},
            "status": {"phase": "Active"},
        }


def pod_metrics(of: Cluster) -> Iterator[Row]:
    """Processor follows utilisation; memory stays about where the author put it."""
    chance = of.around.stage.chance
    for name, service, workload in of.workloads():
        busy = used(of, name) / service.used if service.used else 1.0
        for pod in pods_at(of.around, name, of.at):
            if not pod.is_running or of.at - pod.life.started < METRICS_AFTER_S:
                continue
            wobble = between(chance, 0.95, 1.05, "usage", pod.name, str(of.at // 60))
            cpu = _scaled(workload.cpu, (busy if pod.ready else 0.05) * wobble)
            memory = _scaled(workload.memory, between(chance, 0.96, 1.04, "memory", pod.name))
            yield {
                "metadata": {"name": pod.name, "namespace": workload.namespace},
                "containers": [
                    {"name": container_name(workload), "usage": {"cpu": cpu, "memory": memory}}
                ],
            }


def node_metrics(of: Cluster) -> Iterator[Row]:
    """What nodes use."""
    chance = of.around.stage.chance
    if not any(True for _ in of.workloads()):
        return
    for name in of.nodes():
        yield {
            "metadata": {"name": name},
            "usage": {
                "cpu": f"{round(between(chance, 400, 1300, 'node cpu', name))}m",
                "memory": f"{round(between(chance, 5200, 9800, 'node memory', name))}Mi",
            },
        }


def _scaled(quantity: str, factor: float) -> str:
    """A quantity such as `60m` or `256Mi`, so many times."""
    digits = quantity.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    unit = quantity[len(digits) :]
    try:
        amount = float(digits)
    except ValueError:
        return quantity
    if not unit:
        return f"{max(1, round(amount * factor * 1000))}m"
    return f"{max(1, round(amount * factor))}{unit}"
