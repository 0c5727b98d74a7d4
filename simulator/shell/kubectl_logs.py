"""`kubectl logs`: what one container wrote, in this life or the one before.

Rule 1: the lines come from the collected logs of that pod; a container's life, from its status,
    cuts them: `--previous` shows the life before, and is refused where there was none.
Rule 2: `deployment/x` means one of its pods unless `--all-pods`, as in kubectl.
"""

from datetime import UTC, datetime
from typing import Any, Final

from simulator.shell.documents import Documents, LogLine, Row
from simulator.shell.kubectl_objects import (
    PODS,
    Complaint,
    at,
    found,
    kind_or_complaint,
    listed,
    moment,
    name_of,
    namespace_of,
    rows_of,
    seconds_of,
    selected,
)
from simulator.shell.kubectl_pods import pods_of
from simulator.shell.kubectl_request import Request
from simulator.shell.reply import Reply
from simulator.shell.streams import LONGEST_OUTPUT

_MOST_LINES: Final = 2500
_LONGEST_LIFE_S: Final = 6 * 3600
"""Kubelets keep a few rotated files; we let them reach back so far (*assumed*)."""


def logs(request: Request, documents: Documents) -> Reply:
    """The lines of the container asked for.

    Raises:
        Complaint: where kubectl complains instead of answering.
    """
    pods, note, kinds = _pods(request, documents)
    prefixed = request.given.has("prefix") or (request.given.has("all-pods") and len(pods) > 1)
    lines: list[str] = []
    for pod in pods:
        lines.extend(_written(request, documents, pod, prefixed=prefixed))
    out = "".join(f"{line}\n" for line in lines)[-LONGEST_OUTPUT:]
    return Reply(
        way="answered", out=out, err=note, takes_s=(15, 25), reads=tuple(sorted({*kinds, "logs"}))
    )


def _pods(request: Request, documents: Documents) -> tuple[list[Row], str, set[str]]:
    """The pods meant, the note about the choice, and the kinds read."""
    selector = request.given.value("selector")
    if selector:
        rows = selected(rows_of(documents, PODS, request.namespace), selector)
        note = "" if rows else f"No resources found in {request.namespace} namespace.\n"
        return rows, note, {PODS.document}
    if not request.references:
        raise Complaint(
            "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
            "POD or TYPE/NAME is a required argument for the logs command\n"
            "See 'kubectl logs -h' for help and examples"
        )
    reference = request.references[0]
    kind = kind_or_complaint(reference.typed)
    row = found(documents, kind, request.namespace, reference.name)
    pods = pods_of(documents, kind, row)
    read = {kind.document, PODS.document}
    if not pods:
        raise Complaint("error: timed out waiting for the condition")
    if len(pods) > 1 and not request.given.has("all-pods"):
        return pods[:1], f"Found {len(pods)} pods, using pod/{name_of(pods[0])}\n", read
    return pods, "", read


def _written(request: Request, documents: Documents, pod: Row, *, prefixed: bool) -> list[str]:
    container, status = _container(request, pod)
    begins, ends = _life(request, pod, container, status, documents.now)
    begins = max(begins, _since(request, documents.now))
    tail = _tail(request)
    most = _MOST_LINES if tail is None else min(tail, _MOST_LINES)
    chosen = _newest(documents, pod, container, (begins, ends), most)
    prefix = f"[pod/{name_of(pod)}/{container}] " if prefixed else ""
    stamped = request.given.has("timestamps")
    return [prefix + (f"{_stamp(line)} " if stamped else "") + line.text for line in chosen]


def _newest(
    documents: Documents, pod: Row, container: str, life: tuple[int, int], most: int
) -> list[LogLine]:
    """The newest lines of a container, read backwards in growing steps until there are enough."""
    begins, upto = life
    chosen: list[LogLine] = []
    step = 120
    while upto >= begins and len(chosen) < most:
        start = max(begins, upto - step)
        part = [
            line
            for line in documents.logs(start, upto)
            if line.fields.get("pod") == name_of(pod)
            and line.fields.get("container", container) == container
            and line.fields.get("namespace", namespace_of(pod)) == namespace_of(pod)
            and start * 1000 <= line.at_ms <= upto * 1000 + 999
        ]
        chosen = part + chosen
        upto = start - 1
        step *= 2
    return chosen[len(chosen) - min(most, len(chosen)) :]


def _stamp(line: LogLine) -> str:
    second, ms = divmod(line.at_ms, 1000)
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}.{ms:03d}000000Z"


def _container(request: Request, pod: Row) -> tuple[str, Any]:
    names = [str(at(each, "name")) for each in listed(pod, "spec.containers")]
    wanted = request.given.value("container") or (names[0] if names else name_of(pod))
    if names and wanted not in names:
        raise Complaint(
            f"error: container {wanted} is not valid for pod {name_of(pod)} out of: "
            + ", ".join(names)
        )
    statuses = {at(each, "name"): each for each in listed(pod, "status.containerStatuses")}
    return wanted, statuses.get(wanted, {})


def _life(request: Request, pod: Row, container: str, status: Any, now: int) -> tuple[int, int]:
    """From which second to which the wanted life of the container wrote."""
    ended = at(status, "state.terminated") or at(status, "lastState.terminated")
    if request.given.has("previous"):
        before = at(status, "lastState.terminated")
        if before is None:
            raise Complaint(
                f'Error from server (BadRequest): previous terminated container "{container}" '
                f'in pod "{name_of(pod)}" not found'
            )
        return _lived(before, now)
    if at(status, "state.waiting") is not None:
        if ended is None:
            reason = at(status, "state.waiting.reason", "ContainerCreating")
            raise Complaint(
                f'Error from server (BadRequest): container "{container}" in pod '
                f'"{name_of(pod)}" is waiting to start: {reason}'
            )
        return _lived(ended, now)
    if at(status, "state.terminated") is not None:
        return _lived(ended, now)
    begun = moment(at(status, "state.running.startedAt")) or moment(
        at(pod, "metadata.creationTimestamp")
    )
    return max(begun or 0, now - _LONGEST_LIFE_S), now


def _lived(terminated: Any, now: int) -> tuple[int, int]:
    ends = moment(at(terminated, "finishedAt"))
    ends = now if ends is None else ends
    begins = moment(at(terminated, "startedAt"))
    return (ends - 60 if begins is None else max(begins, ends - _LONGEST_LIFE_S)), ends


def _since(request: Request, now: int) -> int:
    text = request.given.value("since")
    if request.given.value("since-time"):
        then = moment(request.given.value("since-time"))
        if then is None:
            text = request.given.value("since-time")
            raise Complaint(
                f'error: parsing time "{text}" as "2006-01-02T15:04:05Z07:00": '
                f'cannot parse "{text}" as "2006"'
            )
        return then
    if not text or text == "0":
        return 0
    seconds = seconds_of(text)
    if seconds is None:
        raise Complaint(
            f'error: invalid argument "{text}" for "--since" flag: time: invalid duration "{text}"'
        )
    return now - seconds


def _tail(request: Request) -> int | None:
    default = 10 if request.given.has("selector") or request.given.value("selector") else -1
    count = request.given.number("tail", default)
    if count is None:
        raise Complaint(
            f'error: invalid argument "{request.given.value("tail")}" for "--tail" flag: '
            f'strconv.ParseInt: parsing "{request.given.value("tail")}": invalid syntax'
        )
    return None if count < 0 else count
