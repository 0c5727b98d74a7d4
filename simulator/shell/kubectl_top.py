"""`kubectl top`: what pods and nodes use, from the metrics server's own objects.

Rule 1: rows are `k8s/podmetrics` and `k8s/nodemetrics`, shaped as metrics.k8s.io gives them.
Rule 2: a pod without a row has no metrics yet, and kubectl says so.
"""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_get import picked
from simulator.shell.kubectl_objects import (
    NODES,
    PODS,
    Complaint,
    age,
    at,
    listed,
    name_of,
    namespace_of,
)
from simulator.shell.kubectl_print import table
from simulator.shell.kubectl_request import Request
from simulator.shell.reply import Reply

_UNITS: Final = {
    "": 1.0,
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "Ki": 1 << 10,
    "Mi": 1 << 20,
    "Gi": 1 << 30,
    "Ti": 1 << 40,
}
_QUANTITY: Final = re.compile(r"(\d{1,20}(?:\.\d{1,9})?)(\w{0,2})", re.ASCII)


def top(request: Request, documents: Documents) -> Reply:
    """Use of processor and memory.

    Raises:
        Complaint: where there is nothing to show, in kubectl's words.
    """
    reference = request.references[0] if request.references else None
    if reference is None or reference.kind not in (PODS, NODES):
        raise Complaint(
            'error: unknown command for "kubectl top": use "kubectl top node" or "kubectl top pod"'
        )
    if reference.kind is NODES:
        return _nodes(request, documents, reference.name)
    return _pods(request, documents, reference.name)


def _pods(request: Request, documents: Documents, name: str) -> Reply:
    pods = picked(request, documents, PODS, name)
    rows = {(namespace_of(row), name_of(row)): row for row in documents.rows("k8s/podmetrics")}
    spaced = request.every_namespace
    by_container = request.given.has("containers")
    cells: list[tuple[float, float, list[str]]] = []
    missing: list[str] = []
    for pod in pods:
        measured = rows.get((namespace_of(pod), name_of(pod)))
        if measured is None:
            old = age(at(pod, "metadata.creationTimestamp"), documents.now)
            missing.append(
                "error: Metrics not available for pod "
                f"{namespace_of(pod)}/{name_of(pod)}, age: {old}"
            )
            continue
        groups = [[each] for each in listed(measured, "containers")] if by_container else []
        for containers in groups or [listed(measured, "containers")]:
            cpu = sum(_quantity(each, "usage.cpu") for each in containers)
            memory = sum(_quantity(each, "usage.memory") for each in containers)
            part = [str(at(containers[0], "name"))] if by_container and containers else []
            where = [namespace_of(pod)] if spaced else []
            cells.append((cpu, memory, [*where, name_of(pod), *part, _milli(cpu), _mebi(memory)]))
    if missing and not cells:
        raise Complaint(missing[0])
    headers = [
        *(["NAMESPACE"] if spaced else []),
        *(["POD", "NAME"] if by_container else ["NAME"]),
        "CPU(cores)",
        "MEMORY(bytes)",
    ]
    return _told(request, headers, cells, ("k8s/podmetrics", PODS.document))


def _nodes(request: Request, documents: Documents, name: str) -> Reply:
    rows = {name_of(row): row for row in documents.rows("k8s/nodemetrics")}
    cells: list[tuple[float, float, list[str]]] = []
    for node in picked(request, documents, NODES, name):
        measured = rows.get(name_of(node))
        if measured is None:
            unknown = ["<unknown>"] * 4
            cells.append((0.0, 0.0, [name_of(node), *unknown]))
            continue
        cpu, memory = _quantity(measured, "usage.cpu"), _quantity(measured, "usage.memory")
        line = [
            name_of(node),
            _milli(cpu),
            _share(cpu, _quantity(node, "status.allocatable.cpu")),
            _mebi(memory),
            _share(memory, _quantity(node, "status.allocatable.memory")),
        ]
        cells.append((cpu, memory, line))
    headers = ["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"]
    return _told(request, headers, cells, ("k8s/nodemetrics", NODES.document))


_Cells: TypeAlias = Sequence[tuple[float, float, list[str]]]
"""Processor, memory and the line that shows them."""


def _told(request: Request, headers: list[str], cells: _Cells, reads: tuple[str, ...]) -> Reply:
    lines = [line for _, _, line in _ordered(request, cells)]
    if not lines:
        where = f" in {request.namespace} namespace." if PODS.document in reads else ""
        return Reply(way="answered", err=f"No resources found{where}\n", reads=reads)
    out = table(lines if request.given.has("no-headers") else [headers, *lines])
    return Reply(way="answered", out=out, takes_s=(10, 14), reads=reads)


def _ordered(request: Request, cells: _Cells) -> _Cells:
    by = request.given.value("sort-by")
    if by not in ("", "cpu", "memory"):
        raise Complaint("error: --sort-by accepts only cpu or memory")
    if not by:
        return cells
    return sorted(cells, key=lambda cell: -(cell[0] if by == "cpu" else cell[1]))


def _quantity(row: Row, path: str) -> float:
    """A quantity such as `250m` or `405Mi`, in cores or bytes; 0 where none can be read."""
    found = _QUANTITY.fullmatch(str(at(row, path, "")))
    return float(found[1]) * _UNITS.get(found[2], 0.0) if found else 0.0


def _milli(cores: float) -> str:
    return f"{round(cores * 1000)}m"


def _mebi(size: float) -> str:
    return f"{round(size / (1 << 20))}Mi"


def _share(used: float, room: float) -> str:
    return f"{round(100 * used / room)}%" if room else "<unknown>"
