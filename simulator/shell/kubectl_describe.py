"""`kubectl describe`: an object told at length, with the events about it.

Rule 1: pods, deployments and nodes as kubectl words them; other kinds from their own fields.
Rule 2: a name that matches nothing is tried as the beginning of names, as kubectl does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_cells import conditions, event_time, last_seen
from simulator.shell.kubectl_describe_pod import fields, head, pod_told, template
from simulator.shell.kubectl_get import picked
from simulator.shell.kubectl_objects import (
    EVENTS,
    PODS,
    REPLICASETS,
    Complaint,
    Kind,
    age,
    at,
    kind_or_complaint,
    listed,
    name_of,
    namespace_of,
    number_at,
    rows_of,
)
from simulator.shell.kubectl_print import yaml
from simulator.shell.kubectl_request import Request
from simulator.shell.reply import Reply
from simulator.shell.streams import aligned


def describe(request: Request, documents: Documents) -> Reply:
    """The objects asked for, at length.

    Raises:
        Complaint: where kubectl complains instead of answering.
    """
    if not request.references:
        raise Complaint(
            'error: You must specify the type of resource to describe. Use "kubectl api-resources" '
            "for a complete list of supported resources."
        )
    parts: list[str] = []
    reads = {EVENTS.document}
    for reference in request.references:
        kind = kind_or_complaint(reference.typed)
        reads |= {kind.document, *_further(kind)}
        rows = _meant(request, documents, kind, reference.name)
        parts.extend(_described(documents, kind, row) for row in rows)
    if not parts:
        return Reply(
            way="answered",
            err=f"No resources found in {request.namespace} namespace.\n",
            reads=tuple(sorted(reads)),
        )
    out = "\n\n".join(parts)
    return Reply(way="answered", out=out, takes_s=(12, 18), reads=tuple(sorted(reads)))


def _further(kind: Kind) -> tuple[str, ...]:
    return {"deployments": (REPLICASETS.document,), "nodes": (PODS.document,)}.get(kind.plural, ())


def _meant(request: Request, documents: Documents, kind: Kind, name: str) -> list[Row]:
    try:
        return picked(request, documents, kind, name)
    except Complaint:
        rows = rows_of(documents, kind, request.namespace)
        begun = [row for row in rows if name and name_of(row).startswith(name)]
        if not begun:
            raise
        return begun


def _described(documents: Documents, kind: Kind, row: Row) -> str:
    now = documents.now
    match kind.plural:
        case "pods":
            lines = pod_told(row)
        case "deployments":
            lines = _deployment(documents, row)
        case "nodes":
            lines = _node(documents, row)
        case "secrets":
            lines = _secret(row)
        case _:
            lines = [*head(row), *yaml(_own(row)).splitlines()]
    return "\n".join([*lines, *_events(documents, kind, row, now)]) + "\n"


def _secret(row: Row) -> list[str]:
    """A secret's keys and sizes: its values are never told."""
    values = at(row, "data") or {}
    sizes = [
        f"{key}:  {len(str(text)) * 3 // 4 - str(text).count('=')} bytes"
        for key, text in values.items()
    ]
    return [*head(row), "", f"Type:  {at(row, 'type', 'Opaque')}", "", "Data", "====", *sizes]


def _own(row: Row) -> Mapping[str, Any]:
    return {str(key): value for key, value in row.items() if key not in ("metadata", "kind")}


def _deployment(documents: Documents, row: Row) -> list[str]:
    chosen = at(row, "spec.selector.matchLabels") or {}
    counts = (
        f"{number_at(row, 'spec.replicas', 1)} desired | "
        f"{number_at(row, 'status.updatedReplicas')} updated | "
        f"{number_at(row, 'status.replicas')} total | "
        f"{number_at(row, 'status.availableReplicas')} available | "
        f"{number_at(row, 'status.unavailableReplicas')} unavailable"
    )
    strategy = str(at(row, "spec.strategy.type", "RollingUpdate"))
    surge = at(row, "spec.strategy.rollingUpdate") or {}
    lines = [
        *head(row),
        *fields(
            [
                ("Selector", ",".join(f"{key}={value}" for key, value in chosen.items())),
                ("Replicas", counts),
                ("StrategyType", strategy),
            ]
        ),
    ]
    if surge:
        least, most = at(surge, "maxUnavailable", "25%"), at(surge, "maxSurge", "25%")
        lines.append(f"RollingUpdateStrategy:  {least} max unavailable, {most} max surge")
    lines.extend(["Pod Template:", "  Containers:"])
    for container in listed(row, "spec.template.spec.containers"):
        lines.extend(f" {line}" for line in template(container))
    lines.append("Conditions:")
    table = [["Type", "Status", "Reason"]]
    table += [
        [str(at(each, "type")), str(at(each, "status")), str(at(each, "reason", ""))]
        for each in conditions(row)
    ]
    lines.extend(f"  {line}" for line in aligned(table, gap="  "))
    return [*lines, *_sets(documents, row)]


def _sets(documents: Documents, row: Row) -> list[str]:
    owned = replica_sets_of(documents, row)
    newest = max((revision_of(each) for each in owned), default=0)
    old = [
        each for each in owned if revision_of(each) != newest and number_at(each, "status.replicas")
    ]
    new = [each for each in owned if revision_of(each) == newest]

    def told(rows: Sequence[Row]) -> str:
        return ", ".join(
            f"{name_of(each)} ({number_at(each, 'status.replicas')}/"
            f"{number_at(each, 'spec.replicas')} replicas created)"
            for each in rows
        )

    return fields(
        [("OldReplicaSets", told(old) or "<none>"), ("NewReplicaSet", told(new) or "<none>")]
    )


def replica_sets_of(documents: Documents, deployment: Row) -> list[Row]:
    """The replica sets a deployment owns, oldest revision first."""
    name, namespace = name_of(deployment), namespace_of(deployment)
    owned = [
        row
        for row in rows_of(documents, REPLICASETS, namespace)
        if any(at(owner, "name") == name for owner in listed(row, "metadata.ownerReferences"))
    ]
    return sorted(owned, key=revision_of)


def revision_of(row: Row) -> int:
    """The revision a replica set stands for; 0 where none is written."""
    annotations = at(row, "metadata.annotations") or {}
    text = str(annotations.get("deployment.kubernetes.io/revision", "0"))
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 9 else 0


def _node(documents: Documents, row: Row) -> list[str]:
    lines = [
        *head(row),
        *fields([("Unschedulable", "true" if at(row, "spec.unschedulable") else "false")]),
        *fields([("Taints", _taints(row))]),
        "Conditions:",
    ]
    table = [["Type", "Status", "Reason", "Message"]]
    table += [
        [str(at(each, key, "")) for key in ("type", "status", "reason", "message")]
        for each in conditions(row)
    ]
    lines.extend(f"  {line}" for line in aligned(table, gap="  "))
    for name, path in (("Capacity", "status.capacity"), ("Allocatable", "status.allocatable")):
        lines.append(f"{name}:")
        lines.extend(f"  {key}:  {value}" for key, value in (at(row, path) or {}).items())
    here = [
        pod for pod in rows_of(documents, PODS, None) if at(pod, "spec.nodeName") == name_of(row)
    ]
    lines.append(f"Non-terminated Pods:  ({len(here)} in total)")
    table = [["Namespace", "Name", "Memory Requests", "Memory Limits", "Age"]]
    for pod in here:
        began = at(pod, "metadata.creationTimestamp")
        amounts = [_amount(pod, f"resources.{part}.memory") for part in ("requests", "limits")]
        table.append([namespace_of(pod), name_of(pod), *amounts, age(began, documents.now)])
    return [*lines, *(f"  {line}" for line in aligned(table, gap="  "))]


def _taints(row: Row) -> str:
    taints = [
        f"{at(each, 'key')}={at(each, 'value', '')}:{at(each, 'effect')}"
        for each in listed(row, "spec.taints")
    ]
    return ", ".join(taints) or "<none>"


def _amount(pod: Row, path: str) -> str:
    found = [str(at(each, path)) for each in listed(pod, "spec.containers") if at(each, path)]
    return "+".join(found) or "0"


def _events(documents: Documents, kind: Kind, row: Row, now: int) -> list[str]:
    about = [
        event
        for event in documents.rows(EVENTS.document)
        if at(event, "involvedObject.name") == name_of(row)
        and at(event, "involvedObject.kind", kind.kind) == kind.kind
        and at(event, "involvedObject.namespace", namespace_of(row)) == namespace_of(row)
    ]
    if not about:
        return ["Events:  <none>"]
    table = [
        ["Type", "Reason", "Age", "From", "Message"],
        ["----", "------", "----", "----", "-------"],
    ]
    for event in sorted(about, key=lambda each: str(event_time(each))):
        count = number_at(event, "count", 1)
        seen = last_seen(event, now)
        if count > 1:
            first = age(at(event, "firstTimestamp") or event_time(event), now)
            seen = f"{seen} (x{count} over {first})"
        source = str(at(event, "source.component", ""))
        reason = str(at(event, "reason", ""))
        table.append(
            [str(at(event, "type", "")), reason, seen, source, str(at(event, "message", ""))]
        )
    return ["Events:", *(f"  {line}" for line in aligned(table, gap="  "))]
