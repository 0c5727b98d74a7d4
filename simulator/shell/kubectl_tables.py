"""The columns kubectl prints for each kind of object, plain and wide.

Rule 1: headers stand here; `kubectl_cells` makes what stands under them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from simulator.shell import kubectl_cells as cells
from simulator.shell.documents import Row

Cells: TypeAlias = Callable[[Row, int], list[str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Headers and cells of a kind; the wide ones follow the plain ones."""

    headers: tuple[str, ...]
    cells: Cells
    wide_headers: tuple[str, ...] = ()
    wide_cells: Cells = lambda _row, _now: []


def columns_of(plural: str, *, wide: bool = False) -> Columns:
    """The columns of a kind; name and age for one without any of its own.

    An event's wide columns stand among the plain ones.
    """
    if wide and plural == "events":
        return _WIDE_EVENTS
    return _COLUMNS.get(plural, Columns(("NAME", "AGE"), cells.named_and_aged))


_WORKLOAD_WIDE: Final = ("CONTAINERS", "IMAGES", "SELECTOR")
_WIDE_EVENTS: Final = Columns(
    (
        *("LAST SEEN", "TYPE", "REASON", "OBJECT", "SUBOBJECT", "SOURCE", "MESSAGE"),
        *("FIRST SEEN", "COUNT", "NAME"),
    ),
    cells.event_wide,
)
_COLUMNS: Final[Mapping[str, Columns]] = {
    "pods": Columns(
        ("NAME", "READY", "STATUS", "RESTARTS", "AGE"),
        cells.pod,
        ("IP", "NODE", "NOMINATED NODE", "READINESS GATES"),
        cells.pod_wide,
    ),
    "deployments": Columns(
        ("NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"),
        cells.deployment,
        _WORKLOAD_WIDE,
        cells.images,
    ),
    "replicasets": Columns(
        ("NAME", "DESIRED", "CURRENT", "READY", "AGE"),
        cells.replicaset,
        _WORKLOAD_WIDE,
        cells.images,
    ),
    "statefulsets": Columns(
        ("NAME", "READY", "AGE"), cells.statefulset, _WORKLOAD_WIDE, cells.images
    ),
    "daemonsets": Columns(
        (
            "NAME",
            "DESIRED",
            "CURRENT",
            "READY",
            "UP-TO-DATE",
            "AVAILABLE",
            "NODE SELECTOR",
            "AGE",
        ),
        cells.daemonset,
        _WORKLOAD_WIDE,
        cells.images,
    ),
    "nodes": Columns(
        ("NAME", "STATUS", "ROLES", "AGE", "VERSION"),
        cells.node,
        ("INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"),
        cells.node_wide,
    ),
    "events": Columns(
        ("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"),
        cells.event,
    ),
    "configmaps": Columns(("NAME", "DATA", "AGE"), cells.configmap),
    "secrets": Columns(("NAME", "TYPE", "DATA", "AGE"), cells.secret),
    "horizontalpodautoscalers": Columns(
        ("NAME", "REFERENCE", "TARGETS", "MINPODS", "MAXPODS", "REPLICAS", "AGE"), cells.autoscaler
    ),
    "services": Columns(
        ("NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"),
        cells.service,
        ("SELECTOR",),
        cells.service_wide,
    ),
    "endpoints": Columns(("NAME", "ENDPOINTS", "AGE"), cells.endpoints),
    "jobs": Columns(
        ("NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE"),
        cells.job,
        _WORKLOAD_WIDE,
        cells.images,
    ),
    "cronjobs": Columns(
        ("NAME", "SCHEDULE", "TIMEZONE", "SUSPEND", "ACTIVE", "LAST SCHEDULE", "AGE"), cells.cronjob
    ),
    "namespaces": Columns(("NAME", "STATUS", "AGE"), cells.namespace),
    "ingresses": Columns(("NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"), cells.ingress),
    "poddisruptionbudgets": Columns(
        ("NAME", "MIN AVAILABLE", "MAX UNAVAILABLE", "ALLOWED DISRUPTIONS", "AGE"),
        cells.disruption_budget,
    ),
}
