"""kubectl's changing verbs: what the API server would answer, and the acts asked for.

Rule 1: an act is asked for, never done here; the answer is the server's first word, "restarted".
Rule 2: what does not exist, or says nothing, is refused before any act is asked for.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_describe import replica_sets_of, revision_of
from simulator.shell.kubectl_get import picked
from simulator.shell.kubectl_objects import (
    NODES,
    PODS,
    Complaint,
    Kind,
    at,
    found,
    kind_or_complaint,
    listed,
    name_of,
    namespace_of,
    number_at,
    rows_of,
    selected,
)
from simulator.shell.kubectl_request import Request, acts_of
from simulator.shell.reply import Reply

_Target: TypeAlias = tuple[Kind, Row]
_Word: TypeAlias = Callable[[Request, Documents, Kind, Row], str]
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*(=.*|-)", re.DOTALL)
_QUANTITY: Final = re.compile(r"\d{1,15}(\.\d{1,6})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?")


def act(request: Request, documents: Documents) -> Reply:
    """The server's answer to a change, with the acts it asks for.

    Raises:
        Complaint: where kubectl or the server refuses.
    """
    targets = _targets(request, documents)
    word = _WORDS[request.verb]
    dry = request.given.value("dry-run", "none") not in ("none", "false")
    suffix = f" ({request.given.value('dry-run')} dry run)" if dry else ""
    lines = [
        f"{_shown(request, kind, row)} {word(request, documents, kind, row)}{suffix}\n"
        for kind, row in targets
    ]
    if request.verb == "drain":
        lines = [line for _, row in targets for line in _drained(request, documents, row)]
    acts = acts_of(request)
    if request.given.has("selector") or request.given.value("selector") or request.given.has("all"):
        names = " ".join(f"{kind.singular}/{name_of(row)}" for kind, row in targets)
        acts = tuple(replace(each, options={**each.options, "matches": names}) for each in acts)
    if not targets:
        return Reply(way="answered", err="No resources found\n", reads=_reads(request, ()))
    return Reply(
        way="answered",
        out="".join(lines),
        acts=acts,
        takes_s=_takes(request),
        reads=_reads(request, targets),
    )


def _takes(request: Request) -> tuple[int, int]:
    """A deletion waits for the containers' grace; a drain for every pod on the node."""
    if request.verb == "delete" and request.given.value("wait", "true") != "false":
        grace = request.given.number("grace-period", 30) or 0
        return (6 + min(2, grace), 12 + min(grace, 60))
    return (20, 90) if request.verb == "drain" else (6, 12)


def _reads(request: Request, targets: Sequence[_Target]) -> tuple[str, ...]:
    asked = {each.kind.document for each in request.references if each.kind is not None}
    return tuple(sorted(asked | {kind.document for kind, _ in targets}))


def _shown(request: Request, kind: Kind, row: Row) -> str:
    if request.verb == "delete":
        group = f".{kind.group}" if kind.group else ""
        return f'{kind.singular}{group} "{name_of(row)}"'
    return kind.shown(name_of(row))


def _targets(request: Request, documents: Documents) -> list[_Target]:
    if not request.references:
        if request.given.has("filename"):
            path = request.given.value("filename")
            raise Complaint(f'error: the path "{path}" does not exist')
        raise Complaint("error: required resource not specified")
    targets: list[_Target] = []
    several = request.given.value("selector") or request.given.has("all")
    for reference in request.references:
        kind = kind_or_complaint(reference.typed)
        _check_kind(request, kind)
        if reference.name:
            targets.append((kind, found(documents, kind, request.namespace, reference.name)))
        elif several:
            targets.extend((kind, row) for row in picked(request, documents, kind, ""))
        elif request.verb == "rollout restart":
            targets.extend((kind, row) for row in rows_of(documents, kind, request.namespace))
        else:
            raise Complaint("error: resource(s) were provided, but no name was specified")
    return targets


_ROLLED: Final = ("deployments", "statefulsets", "daemonsets")
_SCALED: Final = ("deployments", "replicasets", "statefulsets")


def _check_kind(request: Request, kind: Kind) -> None:
    if request.verb.startswith("rollout") and kind.plural not in _ROLLED:
        verb = request.verb.removeprefix("rollout ")
        done = {"restart": "restarting", "undo": "undoing", "pause": "pausing"}.get(
            verb, "resuming"
        )
        raise Complaint(f"error: {kind.qualified} {done} is not supported")
    if request.verb == "scale" and kind.plural not in _SCALED:
        raise Complaint(
            "Error from server (NotFound): the server could not find the requested resource"
        )


def _restarted(_request: Request, _documents: Documents, _kind: Kind, row: Row) -> str:
    if at(row, "spec.paused"):
        raise Complaint(
            f'error: deployments.apps "{name_of(row)}" can\'t restart paused deployment '
            "(run rollout resume first)"
        )
    return "restarted"


def _undone(request: Request, documents: Documents, kind: Kind, row: Row) -> str:
    wanted = request.given.number("to-revision", 0)
    if wanted is None:
        raise Complaint(
            f'error: invalid argument "{request.given.value("to-revision")}" '
            'for "--to-revision" flag'
        )
    if kind.plural == "deployments":
        revisions = [revision_of(each) for each in replica_sets_of(documents, row)]
        if wanted and wanted not in revisions:
            raise Complaint(f"error: unable to find specified revision {wanted} in history")
        if not wanted and len(revisions) < 2:
            raise Complaint(f'error: no rollout history found for deployment "{name_of(row)}"')
        if wanted and wanted == max(revisions):
            return f"skipped rollback (current template already matches revision {wanted})"
    return "rolled back"


def _scaled(request: Request, _documents: Documents, _kind: Kind, row: Row) -> str:
    wanted = request.given.number("replicas", -1)
    if wanted is None or wanted < 0:
        raise Complaint("error: The --replicas=COUNT flag is required, and COUNT must be >= 0")
    expected = request.given.number("current-replicas", -1)
    if expected not in (-1, None) and expected != number_at(row, "spec.replicas", 1):
        raise Complaint(
            f"error: Expected replicas to be {expected}, was {number_at(row, 'spec.replicas', 1)}"
        )
    return "scaled"


def _env_set(request: Request, _documents: Documents, _kind: Kind, _row: Row) -> str:
    wanted = (*request.arguments, *request.given.flags.get("env", ()))
    if not wanted and not request.given.value("from"):
        raise Complaint("error: at least one environment variable must be provided")
    for each in wanted:
        if not _ASSIGNMENT.fullmatch(each):
            raise Complaint(
                f"error: environment variables must be of the form key=value, got {each}"
            )
    return "env updated"


def _image_set(request: Request, _documents: Documents, _kind: Kind, row: Row) -> str:
    if not request.arguments:
        raise Complaint("error: at least one image update is required")
    names = {str(at(each, "name")) for each in listed(row, "spec.template.spec.containers")}
    for each in request.arguments:
        container = each.partition("=")[0]
        if names and container not in names and container != "*":
            raise Complaint(f'error: unable to find container named "{container}"')
    return "image updated"


def _resources_set(request: Request, _documents: Documents, _kind: Kind, _row: Row) -> str:
    texts = [request.given.value("limits"), request.given.value("requests")]
    if not any(texts):
        raise Complaint(
            "error: you must specify an update to requests or limits "
            "(in the form of --requests/--limits)"
        )
    for part in ",".join(filter(None, texts)).split(","):
        name, _, amount = part.partition("=")
        if not name or not _QUANTITY.fullmatch(amount):
            raise Complaint(f"error: unable to parse quantity's suffix or name: {part}")
    return "resource requirements updated"


def _patched(request: Request, _documents: Documents, _kind: Kind, _row: Row) -> str:
    patch = request.given.value("patch")
    if not patch:
        raise Complaint("error: must specify -p to patch")
    kind = request.given.value("type", "strategic")
    if kind not in ("strategic", "merge", "json"):
        raise Complaint(f"error: --type must be one of [json merge strategic], not {kind!r}")
    if not patch.lstrip().startswith(("{", "[")) and ":" not in patch:
        raise Complaint("error: unable to parse the patch: error converting YAML to JSON")
    return "patched"


def _deleted(request: Request, _documents: Documents, _kind: Kind, _row: Row) -> str:
    if request.given.number("grace-period", 0) is None:
        text = request.given.value("grace-period")
        raise Complaint(f'error: invalid argument "{text}" for "--grace-period" flag')
    return "force deleted" if request.given.has("force") else "deleted"


def _cordoned(_request: Request, _documents: Documents, _kind: Kind, row: Row) -> str:
    return "already cordoned" if at(row, "spec.unschedulable") else "cordoned"


def _uncordoned(_request: Request, _documents: Documents, _kind: Kind, row: Row) -> str:
    return "uncordoned" if at(row, "spec.unschedulable") else "already uncordoned"


def _drained(request: Request, documents: Documents, node: Row) -> list[str]:
    here = [
        pod
        for pod in selected(rows_of(documents, PODS, None), request.given.value("pod-selector"))
        if at(pod, "spec.nodeName") == name_of(node)
    ]

    def owner(pod: Row) -> str:
        owners = listed(pod, "metadata.ownerReferences")
        return str(at(owners[0], "kind")) if owners else ""

    daemons = [pod for pod in here if owner(pod) == "DaemonSet"]
    lines = [f"{NODES.shown(name_of(node))} cordoned\n"]
    if daemons and not request.given.has("ignore-daemonsets"):
        names = ", ".join(f"{namespace_of(pod)}/{name_of(pod)}" for pod in daemons)
        raise Complaint(
            f'error: unable to drain node "{name_of(node)}" due to error: cannot delete '
            f"DaemonSet-managed Pods (use --ignore-daemonsets to ignore): {names}, continuing "
            f"command...\nThere are pending nodes to be drained:\n {name_of(node)}\ncannot delete "
            f"DaemonSet-managed Pods (use --ignore-daemonsets to ignore): {names}"
        )
    evicted = [pod for pod in here if pod not in daemons]
    lines.extend(f"evicting pod {namespace_of(pod)}/{name_of(pod)}\n" for pod in evicted)
    lines.extend(f"pod/{name_of(pod)} evicted\n" for pod in evicted)
    return [*lines, f"{NODES.shown(name_of(node))} drained\n"]


def _plain(word: str) -> _Word:
    def said(_request: Request, _documents: Documents, _kind: Kind, _row: Row) -> str:
        return word

    return said


_WORDS: Final[Mapping[str, _Word]] = {
    "rollout restart": _restarted,
    "rollout undo": _undone,
    "rollout pause": _plain("paused"),
    "rollout resume": _plain("resumed"),
    "scale": _scaled,
    "autoscale": _plain("autoscaled"),
    "set env": _env_set,
    "set image": _image_set,
    "set resources": _resources_set,
    "patch": _patched,
    "label": _plain("labeled"),
    "annotate": _plain("annotated"),
    "taint": _plain("tainted"),
    "delete": _deleted,
    "cordon": _cordoned,
    "uncordon": _uncordoned,
    "drain": _plain("drained"),
}


def env_listed(request: Request, documents: Documents) -> Reply:
    """`kubectl set env ... --list`: the variables of a workload.

    Raises:
        Complaint: where it does not exist.
    """
    lines: list[str] = []
    for kind, row in _targets(request, documents):
        for container in listed(row, "spec.template.spec.containers"):
            lines.append(f"# {kind.plural} {name_of(row)}, container {at(container, 'name')}\n")
            lines.extend(
                f"{at(each, 'name')}={at(each, 'value', '')}\n" for each in listed(container, "env")
            )
    return Reply(way="answered", out="".join(lines), reads=_reads(request, ()))
