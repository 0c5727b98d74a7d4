"""`kubectl rollout`: how far a change has come, and which revisions there were.

Rule 1: status speaks of Ready pods, never of answers: it is true and may mislead, as in kubectl.
Rule 2: a waiting status prints its present line once; following it is the console's business.
"""

from collections.abc import Callable, Mapping
from typing import Final

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_cells import conditions
from simulator.shell.kubectl_describe import replica_sets_of, revision_of
from simulator.shell.kubectl_objects import (
    REPLICASETS,
    Complaint,
    Kind,
    at,
    found,
    kind_or_complaint,
    labels_of,
    listed,
    name_of,
    number_at,
    rows_of,
)
from simulator.shell.kubectl_request import Request
from simulator.shell.reply import Reply
from simulator.shell.streams import aligned, text_of


def status(request: Request, documents: Documents) -> Reply:
    """Where a rollout stands.

    Raises:
        Complaint: where kubectl complains instead of answering.
    """
    kind, row = _workload(request, documents)
    reads = (kind.document,)
    reasons = {str(at(each, "reason")) for each in conditions(row)}
    if "ProgressDeadlineExceeded" in reasons:
        err = f'error: {kind.singular} "{name_of(row)}" exceeded its progress deadline\n'
        return Reply(way="answered", err=err, status=1, reads=reads)
    seen = number_at(row, "status.observedGeneration", 1)
    if seen < number_at(row, "metadata.generation", 1):
        out = f"Waiting for {_CALLED[kind.plural]} spec update to be observed..."
    else:
        out = _STATUS[kind.plural](row)
    return Reply(way="answered", out=f"{out}\n", takes_s=(8, 12), reads=reads)


def _deployment(row: Row) -> str:
    name, wanted = name_of(row), number_at(row, "spec.replicas", 1)
    updated = number_at(row, "status.updatedReplicas")
    total = number_at(row, "status.replicas")
    available = number_at(row, "status.availableReplicas")
    waiting = f'Waiting for deployment "{name}" rollout to finish: '
    if updated < wanted:
        return f"{waiting}{updated} out of {wanted} new replicas have been updated..."
    if total > updated:
        return f"{waiting}{total - updated} old replicas are pending termination..."
    if available < updated:
        return f"{waiting}{available} of {updated} updated replicas are available..."
    return f'deployment "{name}" successfully rolled out'


def _stateful_set(row: Row) -> str:
    lacking = number_at(row, "spec.replicas", 1) - number_at(row, "status.readyReplicas")
    if lacking > 0:
        return f"Waiting for {lacking} pods to be ready..."
    current, update = at(row, "status.currentRevision"), at(row, "status.updateRevision")
    if update != current:
        count = number_at(row, "status.updatedReplicas")
        done = f"waiting for statefulset rolling update to complete {count}"
        return f"{done} pods at revision {update}..."
    count = number_at(row, "status.currentReplicas")
    return f"statefulset rolling update complete {count} pods at revision {current}..."


def _daemon_set(row: Row) -> str:
    name, wanted = name_of(row), number_at(row, "status.desiredNumberScheduled")
    updated = number_at(row, "status.updatedNumberScheduled")
    available = number_at(row, "status.numberAvailable")
    waiting = f'Waiting for daemon set "{name}" rollout to finish: '
    if updated < wanted:
        return f"{waiting}{updated} out of {wanted} new pods have been updated..."
    if available < wanted:
        return f"{waiting}{available} of {wanted} updated pods are available..."
    return f'daemon set "{name}" successfully rolled out'


_STATUS: Final[Mapping[str, Callable[[Row], str]]] = {
    "deployments": _deployment,
    "statefulsets": _stateful_set,
    "daemonsets": _daemon_set,
}
_CALLED: Final = {
    "deployments": "deployment",
    "statefulsets": "statefulset",
    "daemonsets": "daemon set",
}


def history(request: Request, documents: Documents) -> Reply:
    """The revisions a workload has had, or one of them at length.

    Raises:
        Complaint: where kubectl complains instead of answering.
    """
    kind, row = _workload(request, documents)
    sets = [each for each in replica_sets_of(documents, row) if revision_of(each)]
    reads = tuple(sorted((kind.document, REPLICASETS.document)))
    shown = kind.shown(name_of(row))
    wanted = request.given.number("revision", 0)
    if wanted is None:
        raise Complaint(
            f'error: invalid argument "{request.given.value("revision")}" for "--revision" flag'
        )
    if wanted:
        one = next((each for each in sets if revision_of(each) == wanted), None)
        if one is None:
            raise Complaint(f"error: unable to find the specified revision {wanted}")
        out = f"{shown} with revision #{wanted}\n" + text_of(_template(one))
        return Reply(way="answered", out=out, takes_s=(15, 25), reads=reads)
    lines = [["REVISION", "CHANGE-CAUSE"]]
    for each in sets:
        notes = at(each, "metadata.annotations") or {}
        lines.append(
            [str(revision_of(each)), str(notes.get("kubernetes.io/change-cause", "<none>"))]
        )
    out = f"{shown} \n" + text_of(aligned(lines, gap="  "))
    return Reply(way="answered", out=out + "\n", takes_s=(15, 25), reads=reads)


def _template(row: Row) -> list[str]:
    lines = ["Pod Template:"]
    labels = at(row, "spec.template.metadata.labels") or labels_of(row)
    lines.extend(f"  Labels:\t{key}={value}" for key, value in labels.items())
    lines.append("  Containers:")
    for container in listed(row, "spec.template.spec.containers"):
        lines.append(f"   {at(container, 'name')}:")
        lines.append(f"    Image:\t{at(container, 'image')}")
        limits = at(container, "resources.limits") or {}
        lines.extend(f"    Limits:\t{key}={value}" for key, value in limits.items())
        lines.extend(
            f"    Environment:\t{at(each, 'name')}={at(each, 'value', '')}"
            for each in listed(container, "env")
        )
    return lines


def _workload(request: Request, documents: Documents) -> tuple[Kind, Row]:
    if not request.references:
        raise Complaint("error: required resource not specified")
    reference = request.references[0]
    kind = kind_or_complaint(reference.typed)
    if kind.plural not in _STATUS:
        raise Complaint(f"error: no status viewer has been implemented for {kind.kind}")
    if not reference.name:
        rows = rows_of(documents, kind, request.namespace)
        if not rows:
            raise Complaint(f"No resources found in {request.namespace} namespace.")
        return kind, rows[0]
    return kind, found(documents, kind, request.namespace, reference.name)
