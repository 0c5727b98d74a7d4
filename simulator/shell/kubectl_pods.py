"""Pods as kubectl counts and words them: ready, status, restarts, and whose they are."""

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_objects import (
    PODS,
    Kind,
    at,
    duration,
    labels_of,
    listed,
    moment,
    name_of,
    namespace_of,
    number_at,
    rows_of,
)


def containers_ready(pod: Row) -> tuple[int, int]:
    """How many containers of a pod are ready, and how many there are."""
    statuses = listed(pod, "status.containerStatuses")
    total = len(listed(pod, "spec.containers")) or len(statuses)
    return sum(bool(at(status, "ready")) for status in statuses), total


def pod_status(pod: Row) -> str:
    """The word in kubectl's STATUS column."""
    word = str(at(pod, "status.reason") or at(pod, "status.phase", "Unknown"))
    for status in reversed(listed(pod, "status.containerStatuses")):
        waiting = at(status, "state.waiting.reason")
        ended = at(status, "state.terminated")
        if waiting:
            word = str(waiting)
        elif ended is not None:
            fallback = f"ExitCode:{number_at(ended, 'exitCode')}"
            word = str(at(ended, "reason") or fallback)
    if at(pod, "metadata.deletionTimestamp"):
        word = "Terminating"
    return word


def restarts(pod: Row, now: int) -> str:
    """Kubectl's RESTARTS column: the count and when the last one was."""
    statuses = listed(pod, "status.containerStatuses")
    count = sum(number_at(status, "restartCount") for status in statuses)
    ends = [moment(at(status, "lastState.terminated.finishedAt")) for status in statuses]
    last = max((end for end in ends if end is not None), default=None)
    return f"{count} ({duration(now - last)} ago)" if count and last is not None else str(count)


def pods_of(documents: Documents, kind: Kind, row: Row) -> list[Row]:
    """The pods a workload selects."""
    namespace = namespace_of(row)
    if kind.plural == "pods":
        return [row]
    wanted = at(row, "spec.selector.matchLabels") or at(row, "spec.selector") or {}
    if kind.plural == "jobs" and not wanted:
        wanted = {"job-name": name_of(row)}
    return [
        pod
        for pod in rows_of(documents, PODS, namespace)
        if wanted and all(labels_of(pod).get(key) == value for key, value in wanted.items())
    ]
