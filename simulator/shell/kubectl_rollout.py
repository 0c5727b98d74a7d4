"""`kubectl rollout`: how far a change has come, and which revisions there were.

Rule 1: status speaks of Ready pods, never of answers: it is true and may mislead, as in kubectl.
Rule 2: a waiting status prints its present line once; following it is the console's business.
"""

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
    name = name_of(row)
    wanted = number_at(row, "spec.replicas", 1)
    updated = number_at(row, "status.updatedReplicas")
    total = number_at(row, "status.replicas")
    available = number_at(row, "status.availableReplicas")
    reasons = {str(at(each, "reason")) for each in conditions(row)}
    waiting = f'Waiting for {kind.singular} "{name}" rollout to finish: '
    behind = number_at(row, "status.observedGeneration", 1) < number_at(
        row, "metadata.generation", 1
    )
    reads = (kind.document,)
    if "ProgressDeadlineExceeded" in reasons:
        return Reply(
            way="answered",
            err=f'error: {kind.singular} "{name}" exceeded its progress deadline\n',
            status=1,
            reads=reads,
        )
    if behind:
        out = f"Waiting for {kind.singular} spec update to be observed...\n"
    elif updated < wanted:
        out = f"{waiting}{updated} out of {wanted} new replicas have been updated...\n"
    elif total > updated:
        out = f"{waiting}{total - updated} old replicas are pending termination...\n"
    elif available < updated:
        out = f"{waiting}{available} of {updated} updated replicas are available...\n"
    else:
        done = f'{kind.singular} "{name}" successfully rolled out\n'
        return Reply(way="answered", out=done, takes_s=(8, 12), reads=reads)
    return Reply(way="answered", out=out, takes_s=(8, 12), reads=reads)


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
    if kind.plural not in ("deployments", "statefulsets", "daemonsets"):
        raise Complaint(f"error: no status viewer has been implemented for {kind.kind}")
    if not reference.name:
        rows = documents.rows(kind.document)
        if not rows:
            raise Complaint(f"No resources found in {request.namespace} namespace.")
        return kind, rows[0]
    return kind, found(documents, kind, request.namespace, reference.name)
