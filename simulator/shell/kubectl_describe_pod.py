"""A pod and its containers told at length, as `kubectl describe` words them.

Rule 1: what a status does not say is unknown or left out, never guessed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.shell.documents import Row
from simulator.shell.kubectl_cells import conditions
from simulator.shell.kubectl_objects import at, labels_of, listed, name_of, namespace_of, number_at
from simulator.shell.kubectl_pods import pod_status
from simulator.shell.streams import aligned


def head(row: Row) -> list[str]:
    """Name, namespace, labels and annotations of an object."""
    annotations = at(row, "metadata.annotations") or {}
    pairs = [("Name", name_of(row))]
    if namespace_of(row):
        pairs.append(("Namespace", namespace_of(row)))
    return [
        *fields(pairs),
        *_labels("Labels", labels_of(row)),
        *_labels("Annotations", annotations),
    ]


def fields(pairs: Sequence[tuple[str, str]], width: int = 18) -> list[str]:
    """Names and values, the values in one column."""
    return [f"{name + ':':<{width}}{value}".rstrip() for name, value in pairs]


def _labels(name: str, labels: Mapping[str, Any], width: int = 18) -> list[str]:
    lines = [f"{key}={value}" for key, value in labels.items()] or ["<none>"]
    first = f"{name + ':':<{width}}{lines[0]}"
    return [first, *(" " * width + line for line in lines[1:])]


def pod_told(row: Row) -> list[str]:
    """A pod, its containers and its conditions."""
    lines = [
        *head(row)[: 2 if namespace_of(row) else 1],
        *fields(
            [
                ("Node", str(at(row, "spec.nodeName", "<none>"))),
                ("Start Time", str(at(row, "status.startTime", "<none>"))),
            ]
        ),
        *_labels("Labels", labels_of(row)),
        *fields(
            [
                ("Status", str(at(row, "status.phase", pod_status(row)))),
                ("IP", str(at(row, "status.podIP", ""))),
                ("Controlled By", _owner(row)),
            ]
        ),
        "Containers:",
    ]
    statuses = {at(status, "name"): status for status in listed(row, "status.containerStatuses")}
    for container in listed(row, "spec.containers"):
        lines.extend(_container(container, statuses.get(at(container, "name"), {})))
    lines.append("Conditions:")
    table = [["Type", "Status"]]
    table += [[str(at(each, "type")), str(at(each, "status"))] for each in conditions(row)]
    lines.extend(f"  {line}" for line in aligned(table, gap="  "))
    return lines


def _owner(row: Row) -> str:
    owners = listed(row, "metadata.ownerReferences")
    return f"{at(owners[0], 'kind')}/{at(owners[0], 'name')}" if owners else "<none>"


def _container(container: Any, status: Any) -> list[str]:
    lines = [f"  {at(container, 'name')}:"]
    pairs = [("Image", str(at(container, "image", "<none>")))]
    ports = [f"{at(port, 'containerPort')}/TCP" for port in listed(container, "ports")]
    if ports:
        many = "s" if len(ports) > 1 else ""
        pairs.append((f"Port{many}", ", ".join(ports)))
        pairs.append((f"Host Port{many}", ", ".join("0/TCP" for _ in ports)))
    lines.extend(f"    {line}" for line in fields(pairs, 16))
    for name, path in (("State", "state"), ("Last State", "lastState")):
        lines.extend(f"    {line}" for line in _state(name, at(status, path)))
    ready = "True" if at(status, "ready") else "False"
    count = str(number_at(status, "restartCount"))
    lines.extend(f"    {line}" for line in fields([("Ready", ready), ("Restart Count", count)], 16))
    for name, path in (("Limits", "resources.limits"), ("Requests", "resources.requests")):
        amounts = at(container, path) or {}
        if amounts:
            lines.append(f"    {name}:")
            lines.extend(f"      {key}:  {value}" for key, value in amounts.items())
    for name, path in (("Liveness", "livenessProbe"), ("Readiness", "readinessProbe")):
        if at(container, path):
            lines.append(f"    {name + ':':<16}{_probe(at(container, path))}")
    return [*lines, *_environment(container)]


def template(container: Any) -> list[str]:
    """A container as a workload's template states it, which never runs."""
    skipped = ("State:", "Ready:", "Restart Count:")
    return [line for line in _container(container, {}) if not line.strip().startswith(skipped)]


def _environment(container: Any) -> list[str]:
    variables = listed(container, "env")
    if not variables:
        return ["    Environment:    <none>"]
    lines = ["    Environment:"]
    for variable in variables:
        value = at(variable, "value")
        lines.append(
            f"      {at(variable, 'name')}:  {'<set from elsewhere>' if value is None else value}"
        )
    return lines


def _probe(probe: Any) -> str:
    get = at(probe, "httpGet")
    if get:
        what = f"http-get http://:{at(get, 'port')}{at(get, 'path', '/')}"
    elif at(probe, "tcpSocket"):
        what = f"tcp-socket :{at(probe, 'tcpSocket.port')}"
    else:
        what = f"exec [{' '.join(map(str, listed(probe, 'exec.command')))}]"
    return (
        f"{what} delay={number_at(probe, 'initialDelaySeconds')}s "
        f"timeout={number_at(probe, 'timeoutSeconds', 1)}s "
        f"period={number_at(probe, 'periodSeconds', 10)}s "
        f"#success={number_at(probe, 'successThreshold', 1)} "
        f"#failure={number_at(probe, 'failureThreshold', 3)}"
    )


def _state(name: str, state: Any) -> list[str]:
    if not isinstance(state, Mapping) or not state:
        return [f"{name + ':':<16}Unknown"] if name == "State" else []
    word, detail = next(iter(state.items()))
    lines = [f"{name + ':':<16}{word.capitalize()}"]
    names = {
        "reason": "Reason",
        "message": "Message",
        "exitCode": "Exit Code",
        "signal": "Signal",
        "startedAt": "Started",
        "finishedAt": "Finished",
    }
    lines.extend(
        f"  {names[key] + ':':<14}{detail[key]}"
        for key in names
        if isinstance(detail, Mapping) and key in detail
    )
    return lines
