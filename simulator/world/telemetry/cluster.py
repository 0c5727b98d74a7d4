"""Kubernetes objects of the services that have a workload, as their API would list them.

Rule 1: names, counts, images and revisions come from the state table; an author's record of the
same name adds to its object, one of another name stands beside it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from simulator.shell.documents import Row
from simulator.shell.kubectl_objects import name_of, namespace_of
from simulator.world.telemetry import event_objects, node_objects, pod_objects, workload_objects
from simulator.world.telemetry.objects import Cluster

BUILDERS: Final[Mapping[str, Callable[[Cluster], Iterable[Row]]]] = {
    "k8s/pods": pod_objects.pods,
    "k8s/deployments": workload_objects.deployments,
    "k8s/replicasets": workload_objects.replica_sets,
    "k8s/nodes": node_objects.nodes,
    "k8s/events": event_objects.events,
    "k8s/services": node_objects.services,
    "k8s/endpoints": node_objects.endpoints,
    "k8s/horizontalpodautoscalers": node_objects.autoscalers,
    "k8s/namespaces": node_objects.namespaces,
    "k8s/podmetrics": node_objects.pod_metrics,
    "k8s/nodemetrics": node_objects.node_metrics,
}


def objects(of: Cluster, kind: str, written: Iterable[Row]) -> list[Row]:
    """The objects of a kind (`k8s/pods`): the system's own, and what the author wrote of them."""
    builder = BUILDERS.get(kind)
    found = [] if builder is None else list(builder(of))
    places = {(namespace_of(row), name_of(row)): number for number, row in enumerate(found)}
    names = {name: number for (_, name), number in places.items()}
    for row in written:
        where = (namespace_of(row), name_of(row))
        number = places.get(where, names.get(where[1]) if not where[0] else None)
        if number is None:
            found.append(row)
        else:
            found[number] = _joined(found[number], row)
    return found


def _joined(own: Any, more: Any) -> Any:
    """A row with the author's fields over its own, mappings joined, all else replaced."""
    if isinstance(own, Mapping) and isinstance(more, Mapping):
        return {**own, **{key: _joined(own.get(key), value) for key, value in more.items()}}
    return more
