"""The cells of kubectl's tables: one function a kind, from a row and the moment to texts.

Rule 1: what a row does not hold prints as kubectl prints it: `<none>` or `<unknown>`.
"""

from typing import Any

from simulator.shell.documents import Row
from simulator.shell.kubectl_objects import age, at, duration, listed, moment, name_of, number_at
from simulator.shell.kubectl_pods import containers_ready, pod_status, restarts


def _text(row: Row, path: str, default: str = "<none>") -> str:
    found = at(row, path)
    return default if found is None or found == "" else str(found)


def _age(row: Row, now: int) -> str:
    return age(at(row, "metadata.creationTimestamp"), now)


def named_and_aged(row: Row, now: int) -> list[str]:
    """Name and age."""
    return [name_of(row), _age(row, now)]


def images(row: Row, _now: int) -> list[str]:
    """A workload's containers, their images and its selector."""
    containers = listed(row, "spec.template.spec.containers")
    labels = at(row, "spec.selector.matchLabels") or {}
    return [
        ",".join(_text(container, "name") for container in containers) or "<none>",
        ",".join(_text(container, "image") for container in containers) or "<none>",
        ",".join(f"{key}={value}" for key, value in labels.items()) or "<none>",
    ]


def pod(row: Row, now: int) -> list[str]:
    """A pod."""
    ready, total = containers_ready(row)
    return [name_of(row), f"{ready}/{total}", pod_status(row), restarts(row, now), _age(row, now)]


def pod_wide(row: Row, _now: int) -> list[str]:
    """Where a pod runs."""
    nominated = _text(row, "status.nominatedNodeName")
    return [_text(row, "status.podIP"), _text(row, "spec.nodeName"), nominated, "<none>"]


def deployment(row: Row, now: int) -> list[str]:
    """A deployment."""
    return [
        name_of(row),
        f"{number_at(row, 'status.readyReplicas')}/{number_at(row, 'spec.replicas', 1)}",
        str(number_at(row, "status.updatedReplicas")),
        str(number_at(row, "status.availableReplicas")),
        _age(row, now),
    ]


def replicaset(row: Row, now: int) -> list[str]:
    """A replica set."""
    return [
        name_of(row),
        str(number_at(row, "spec.replicas")),
        str(number_at(row, "status.replicas")),
        str(number_at(row, "status.readyReplicas")),
        _age(row, now),
    ]


def statefulset(row: Row, now: int) -> list[str]:
    """A stateful set."""
    ready = f"{number_at(row, 'status.readyReplicas')}/{number_at(row, 'spec.replicas', 1)}"
    return [name_of(row), ready, _age(row, now)]


def daemonset(row: Row, now: int) -> list[str]:
    """A daemon set."""
    counts = (
        "desiredNumberScheduled",
        "currentNumberScheduled",
        "numberReady",
        "updatedNumberScheduled",
        "numberAvailable",
    )
    numbers = [str(number_at(row, f"status.{count}")) for count in counts]
    labels = at(row, "spec.template.spec.nodeSelector") or {}
    chosen = ",".join(f"{key}={value}" for key, value in labels.items()) or "<none>"
    return [name_of(row), *numbers, chosen, _age(row, now)]


def node(row: Row, now: int) -> list[str]:
    """A node."""
    ready = {str(at(each, "type")): str(at(each, "status")) for each in conditions(row)}.get(
        "Ready"
    )
    status = {"True": "Ready", "False": "NotReady"}.get(str(ready), "Unknown")
    if at(row, "spec.unschedulable"):
        status += ",SchedulingDisabled"
    labels = at(row, "metadata.labels") or {}
    prefix = "node-role.kubernetes.io/"
    roles = [key.removeprefix(prefix) for key in labels if str(key).startswith(prefix)]
    version = _text(row, "status.nodeInfo.kubeletVersion", "")
    return [name_of(row), status, ",".join(roles) or "<none>", _age(row, now), version]


def node_wide(row: Row, _now: int) -> list[str]:
    """What a node is made of."""
    addresses = {
        str(at(each, "type")): str(at(each, "address")) for each in listed(row, "status.addresses")
    }
    return [
        addresses.get("InternalIP", "<none>"),
        addresses.get("ExternalIP", "<none>"),
        _text(row, "status.nodeInfo.osImage", "<unknown>"),
        _text(row, "status.nodeInfo.kernelVersion", "<unknown>"),
        _text(row, "status.nodeInfo.containerRuntimeVersion", "<unknown>"),
    ]


def conditions(row: Row) -> list[Any]:
    """The object's status conditions."""
    return listed(row, "status.conditions")


def event_time(row: Row) -> Any:
    """When an event was last seen."""
    return at(row, "lastTimestamp") or at(row, "eventTime") or at(row, "metadata.creationTimestamp")


def last_seen(row: Row, now: int) -> str:
    """Kubectl's LAST SEEN column."""
    return age(event_time(row), now)


def event(row: Row, now: int) -> list[str]:
    """An event."""
    involved = at(row, "involvedObject") or {}
    thing = f"{_text(involved, 'kind', '').lower()}/{_text(involved, 'name', '')}"
    message = _text(row, "message", "").strip()
    return [last_seen(row, now), _text(row, "type"), _text(row, "reason"), thing, message]


def event_wide(row: Row, now: int) -> list[str]:
    """An event, its wide cells among the plain ones."""
    *plain, message = event(row, now)
    source = [_text(row, f"source.{part}", "") for part in ("component", "host")]
    first = age(at(row, "firstTimestamp") or event_time(row), now)
    where = [_text(row, "involvedObject.fieldPath", ""), ", ".join(filter(None, source))]
    return [*plain, *where, message, first, str(number_at(row, "count", 1)), name_of(row)]


def configmap(row: Row, now: int) -> list[str]:
    """A config map."""
    count = len(at(row, "data") or {}) + len(at(row, "binaryData") or {})
    return [name_of(row), str(count), _age(row, now)]


def secret(row: Row, now: int) -> list[str]:
    """A secret: how many keys, never a value."""
    kind = _text(row, "type", "Opaque")
    return [name_of(row), kind, str(len(at(row, "data") or {})), _age(row, now)]


def autoscaler(row: Row, now: int) -> list[str]:
    """A horizontal autoscaler."""
    reference = f"{_text(row, 'spec.scaleTargetRef.kind')}/{_text(row, 'spec.scaleTargetRef.name')}"
    return [
        name_of(row),
        reference,
        _targets(row),
        str(number_at(row, "spec.minReplicas", 1)),
        str(number_at(row, "spec.maxReplicas")),
        str(number_at(row, "status.currentReplicas")),
        _age(row, now),
    ]


def _targets(row: Row) -> str:
    current = {
        at(metric, "resource.name"): at(metric, "resource.current.averageUtilization")
        for metric in listed(row, "status.currentMetrics")
    }
    shown: list[str] = []
    for metric in listed(row, "spec.metrics"):
        name = at(metric, "resource.name")
        now_used = current.get(name)
        used = "<unknown>" if now_used is None else f"{now_used}%"
        shown.append(f"{name}: {used}/{at(metric, 'resource.target.averageUtilization')}%")
    return ", ".join(shown) or "<none>"


def service(row: Row, now: int) -> list[str]:
    """A service."""
    ports = [
        f"{at(port, 'port')}"
        + (f":{at(port, 'nodePort')}" if at(port, "nodePort") else "")
        + f"/{at(port, 'protocol', 'TCP')}"
        for port in listed(row, "spec.ports")
    ]
    entry = listed(row, "status.loadBalancer.ingress")
    external = [str(at(each, "hostname") or at(each, "ip")) for each in entry]
    return [
        name_of(row),
        _text(row, "spec.type", "ClusterIP"),
        _text(row, "spec.clusterIP"),
        ",".join(external) or _text(row, "spec.externalName"),
        ",".join(ports) or "<none>",
        _age(row, now),
    ]


def service_wide(row: Row, _now: int) -> list[str]:
    """Whom a service selects."""
    labels = at(row, "spec.selector") or {}
    return [",".join(f"{key}={value}" for key, value in labels.items()) or "<none>"]


def endpoints(row: Row, now: int) -> list[str]:
    """Addresses behind a service, three of them."""
    places = [
        f"{at(address, 'ip')}:{at(port, 'port')}"
        for subset in listed(row, "subsets")
        for port in listed(subset, "ports")
        for address in listed(subset, "addresses")
    ]
    more = f" + {len(places) - 3} more..." if len(places) > 3 else ""
    return [name_of(row), (",".join(places[:3]) + more) or "<none>", _age(row, now)]


def job(row: Row, now: int) -> list[str]:
    """A job."""
    kinds = {str(at(each, "type")) for each in conditions(row) if str(at(each, "status")) == "True"}
    status = "Complete" if "Complete" in kinds else "Failed" if "Failed" in kinds else "Running"
    begun, ended = moment(at(row, "status.startTime")), moment(at(row, "status.completionTime"))
    took = "" if begun is None else duration((now if ended is None else ended) - begun)
    done = f"{number_at(row, 'status.succeeded')}/{number_at(row, 'spec.completions', 1)}"
    return [name_of(row), status, done, took, _age(row, now)]


def cronjob(row: Row, now: int) -> list[str]:
    """A cron job."""
    last = at(row, "status.lastScheduleTime")
    return [
        name_of(row),
        _text(row, "spec.schedule"),
        _text(row, "spec.timeZone"),
        "True" if at(row, "spec.suspend") else "False",
        str(len(listed(row, "status.active"))),
        age(last, now) if last else "<none>",
        _age(row, now),
    ]


def namespace(row: Row, now: int) -> list[str]:
    """A namespace."""
    return [name_of(row), _text(row, "status.phase", "Active"), _age(row, now)]


def ingress(row: Row, now: int) -> list[str]:
    """An ingress."""
    hosts = [_text(rule, "host", "*") for rule in listed(row, "spec.rules")]
    entry = listed(row, "status.loadBalancer.ingress")
    address = ",".join(str(at(each, "hostname") or at(each, "ip")) for each in entry)
    ports = "80, 443" if listed(row, "spec.tls") else "80"
    name = _text(row, "spec.ingressClassName")
    return [name_of(row), name, ",".join(hosts) or "*", address, ports, _age(row, now)]


def disruption_budget(row: Row, now: int) -> list[str]:
    """A disruption budget."""
    return [
        name_of(row),
        _text(row, "spec.minAvailable", "N/A"),
        _text(row, "spec.maxUnavailable", "N/A"),
        str(number_at(row, "status.disruptionsAllowed")),
        _age(row, now),
    ]
