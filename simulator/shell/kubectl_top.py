"""`kubectl top`: what pods and nodes use, from the metrics server's own objects.

Rule 1: rows are `k8s/podmetrics` and `k8s/nodemetrics`, shaped as metrics.k8s.io gives them.
Rule 2: a pod without a row has no metrics yet, and kubectl says so.
"""

from collections.abc import Sequence
from typing import Final

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

_MEMORY: Final = {
    "Ki": 1 << 10,
    "Mi": 1 << 20,
    "Gi": 1 << 30,
    "Ti": 1 << 40,
    "K": 10**3,
    "M": 10**6,
    "G": 10**9,
}


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
            cpu = sum(_cores(at(each, "usage.cpu")) for each in containers)
            memory = sum(_bytes(at(each, "usage.memory")) for each in containers)
            part = [str(at(containers[0], "name"))] if by_container and containers else []
            where = [namespace_of(pod)] if spaced else []
            cells.append((cpu, memory, [*where, name_of(pod), *part, _milli(cpu), _mebi(memory)]))
    if not cells:
        if missing:
            raise Complaint(missing[0])
        return Reply(
            way="answered",
            err=f"No resources found in {request.namespace} namespace.\n",
            reads=("k8s/podmetrics", PODS.document),
        )
    headers = [
        *(["NAMESPACE"] if spaced else []),
        *(["POD", "NAME"] if by_container else ["NAME"]),
        "CPU(cores)",
        "MEMORY(bytes)",
    ]
    lines = [line for _, _, line in _ordered(request, cells)]
    return Reply(
        way="answered",
        out=table(lines if request.given.has("no-headers") else [headers, *lines]),
        takes_s=(10, 14),
        reads=("k8s/podmetrics", PODS.document),
    )


def _nodes(request: Request, documents: Documents, name: str) -> Reply:
    rows = {name_of(row): row for row in documents.rows("k8s/nodemetrics")}
    cells: list[tuple[float, float, list[str]]] = []
    for node in picked(request, documents, NODES, name):
        measured = rows.get(name_of(node))
        if measured is None:
            unknown = ["<unknown>"] * 4
            cells.append((0.0, 0.0, [name_of(node), *unknown]))
            continue
        cpu, memory = _cores(at(measured, "usage.cpu")), _bytes(at(measured, "usage.memory"))
        line = [
            name_of(node),
            _milli(cpu),
            _share(cpu, _cores(_room(node, "cpu"))),
            _mebi(memory),
            _share(memory, _bytes(_room(node, "memory"))),
        ]
        cells.append((cpu, memory, line))
    headers = ["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"]
    lines = [line for _, _, line in _ordered(request, cells)]
    return Reply(
        way="answered",
        out=table(lines if request.given.has("no-headers") else [headers, *lines]),
        takes_s=(10, 14),
        reads=("k8s/nodemetrics", NODES.document),
    )


def _ordered(
    request: Request, cells: Sequence[tuple[float, float, list[str]]]
) -> list[tuple[float, float, list[str]]]:
    by = request.given.value("sort-by")
    if by not in ("", "cpu", "memory"):
        raise Complaint("error: --sort-by accepts only cpu or memory")
    if not by:
        return list(cells)
    return sorted(cells, key=lambda cell: -(cell[0] if by == "cpu" else cell[1]))


def _room(node: Row, resource: str) -> object:
    return at(node, f"status.allocatable.{resource}") or at(node, f"status.capacity.{resource}")


def _quantity(text: str) -> float:
    try:
        return float(text[:20])
    except ValueError:
        return 0.0


def _cores(text: object) -> float:
    """A processor quantity such as `3m` or `250000n` in cores."""
    value = str(text or "0")
    for suffix, scale in (("n", 1e-9), ("u", 1e-6), ("m", 1e-3)):
        if value.endswith(suffix):
            return _quantity(value[:-1]) * scale
    return _quantity(value)


def _bytes(text: object) -> float:
    """A memory quantity such as `405Mi` in bytes."""
    value = str(text or "0")
    for suffix, scale in _MEMORY.items():
        if value.endswith(suffix):
            return _quantity(value.removesuffix(suffix)) * scale
    return _quantity(value)


def _milli(cores: float) -> str:
    return f"{round(cores * 1000)}m"


def _mebi(size: float) -> str:
    return f"{round(size / (1 << 20))}Mi"


def _share(used: float, room: float) -> str:
    return f"{round(100 * used / room)}%" if room else "<unknown>"
