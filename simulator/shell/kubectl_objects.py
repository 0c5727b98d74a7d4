"""Kubernetes objects as kubectl sees them: kinds by any of their names, selectors, ages.

Rule 1: a row has the API's shape; a missing field is an empty one, never an error.
Rule 2: a refusal is a `Complaint` in kubectl's words, caught by `kubectl.answer`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from simulator.shell.documents import Documents, Row


class Complaint(ValueError):  # noqa: N818 - kubectl complains, and the line is refused
    """What kubectl says instead of an answer."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of object and its names."""

    plural: str
    kind: str
    group: str = ""
    version: str = "v1"
    shorts: tuple[str, ...] = ()
    namespaced: bool = True

    @property
    def singular(self) -> str:
        """`deployment`."""
        return self.kind.lower()

    @property
    def document(self) -> str:
        """The kind of document its rows are."""
        return f"k8s/{self.plural}"

    @property
    def qualified(self) -> str:
        """`deployments.apps`, as errors name it."""
        return f"{self.plural}.{self.group}" if self.group else self.plural

    def shown(self, name: str) -> str:
        """`deployment.apps/name`, as kubectl prints an object it has changed."""
        return f"{self.singular}.{self.group}/{name}" if self.group else f"{self.singular}/{name}"


KINDS: Final = (
    Kind("pods", "Pod", shorts=("po",)),
    Kind("deployments", "Deployment", "apps", shorts=("deploy",)),
    Kind("replicasets", "ReplicaSet", "apps", shorts=("rs",)),
    Kind("statefulsets", "StatefulSet", "apps", shorts=("sts",)),
    Kind("daemonsets", "DaemonSet", "apps", shorts=("ds",)),
    Kind("jobs", "Job", "batch"),
    Kind("cronjobs", "CronJob", "batch", shorts=("cj",)),
    Kind("services", "Service", shorts=("svc",)),
    Kind("endpoints", "Endpoints", shorts=("ep",)),
    Kind("endpointslices", "EndpointSlice", "discovery.k8s.io"),
    Kind("configmaps", "ConfigMap", shorts=("cm",)),
    Kind("secrets", "Secret"),
    Kind("events", "Event", shorts=("ev",)),
    Kind("nodes", "Node", shorts=("no",), namespaced=False),
    Kind("namespaces", "Namespace", shorts=("ns",), namespaced=False),
    Kind("horizontalpodautoscalers", "HorizontalPodAutoscaler", "autoscaling", "v2", ("hpa",)),
    Kind("ingresses", "Ingress", "networking.k8s.io", shorts=("ing",)),
    Kind("networkpolicies", "NetworkPolicy", "networking.k8s.io", shorts=("netpol",)),
    Kind("poddisruptionbudgets", "PodDisruptionBudget", "policy", shorts=("pdb",)),
    Kind("persistentvolumeclaims", "PersistentVolumeClaim", shorts=("pvc",)),
    Kind("persistentvolumes", "PersistentVolume", shorts=("pv",), namespaced=False),
    Kind("serviceaccounts", "ServiceAccount", shorts=("sa",)),
    Kind("resourcequotas", "ResourceQuota", shorts=("quota",)),
    Kind("limitranges", "LimitRange", shorts=("limits",)),
    Kind("storageclasses", "StorageClass", "storage.k8s.io", shorts=("sc",), namespaced=False),
    Kind("roles", "Role", "rbac.authorization.k8s.io"),
    Kind("rolebindings", "RoleBinding", "rbac.authorization.k8s.io"),
    Kind("destinationrules", "DestinationRule", "networking.istio.io", shorts=("dr",)),
    Kind("virtualservices", "VirtualService", "networking.istio.io", shorts=("vs",)),
    Kind("gateways", "Gateway", "networking.istio.io", shorts=("gw",)),
    Kind("authorizationpolicies", "AuthorizationPolicy", "security.istio.io", shorts=("ap",)),
    Kind("peerauthentications", "PeerAuthentication", "security.istio.io", shorts=("pa",)),
)
ALL: Final = (
    "pods",
    "services",
    "daemonsets",
    "deployments",
    "replicasets",
    "statefulsets",
    "horizontalpodautoscalers",
    "cronjobs",
    "jobs",
)
"""What `kubectl get all` means."""

_BY_NAME: Final = {
    name: kind for kind in KINDS for name in (kind.plural, kind.singular, *kind.shorts)
}
PODS: Final = _BY_NAME["pods"]
DEPLOYMENTS: Final = _BY_NAME["deployments"]
NODES: Final = _BY_NAME["nodes"]
EVENTS: Final = _BY_NAME["events"]
REPLICASETS: Final = _BY_NAME["replicasets"]


def kind_named(name: str) -> Kind | None:
    """The kind that goes by this name: plural, singular, short, with or without its group."""
    return _BY_NAME.get(name.lower().partition(".")[0])


def kind_or_complaint(name: str) -> Kind:
    """The kind that goes by this name.

    Raises:
        Complaint: where the server has no such type.
    """
    found = kind_named(name)
    if found is None:
        raise Complaint(f'error: the server doesn\'t have a resource type "{name}"')
    return found


def at(row: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path of a row; the default where any part is missing."""
    here = row
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
        if here is None:
            return default
    return here


def name_of(row: Row) -> str:
    """The object's name."""
    return str(at(row, "metadata.name", ""))


def namespace_of(row: Row) -> str:
    """The object's namespace; empty for a cluster-wide one."""
    return str(at(row, "metadata.namespace", ""))


def labels_of(row: Row) -> Mapping[str, Any]:
    """The object's labels."""
    found = at(row, "metadata.labels", {})
    return found if isinstance(found, Mapping) else {}


def listed(row: Any, path: str) -> list[Any]:
    """The list at a dotted path; none where it is missing."""
    found = at(row, path, [])
    return list(found) if isinstance(found, Sequence) and not isinstance(found, str) else []


def number_at(row: Any, path: str, default: int = 0) -> int:
    """The whole number at a dotted path."""
    found = at(row, path, default)
    return int(found) if isinstance(found, int | float) else default


def rows_of(documents: Documents, kind: Kind, namespace: str | None) -> list[Row]:
    """The objects of a kind by name; of every namespace where none is given."""
    rows = documents.rows(kind.document)
    if kind.namespaced and namespace is not None:
        rows = [row for row in rows if namespace_of(row) in (namespace, "")]
    return sorted(rows, key=lambda row: (namespace_of(row), name_of(row)))


def found(documents: Documents, kind: Kind, namespace: str, name: str) -> Row:
    """One object.

    Raises:
        Complaint: where it does not exist.
    """
    for row in rows_of(documents, kind, namespace):
        if name_of(row) == name:
            return row
    raise Complaint(f'Error from server (NotFound): {kind.qualified} "{name}" not found')


_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SET: Final = re.compile(r"\s*(\S+)\s+(in|notin)\s+\(([^)]*)\)\s*")


def selected(rows: Sequence[Row], selector: str) -> list[Row]:
    """The objects whose labels meet a selector such as `app=api,tier!=web,env in (a,b),!old`.

    Raises:
        Complaint: for a selector that cannot be read.
    """
    terms = [term.strip() for term in re.split(r",(?![^(]*\))", selector) if term.strip()]
    return [row for row in rows if all(_meets(labels_of(row), term) for term in terms)]


def _meets(labels: Mapping[str, Any], term: str) -> bool:
    among = _SET.fullmatch(term)
    if among:
        values = {value.strip() for value in among[3].split(",")}
        held = among[1] in labels and str(labels[among[1]]) in values
        return held if among[2] == "in" else not held
    if "!=" in term:
        name, _, value = term.partition("!=")
        return str(labels.get(name.strip(), "")) != value.strip()
    if "=" in term:
        name, _, value = term.replace("==", "=").partition("=")
        return name.strip() in labels and str(labels[name.strip()]) == value.strip()
    if " " in term:
        raise Complaint(f'error: unable to parse requirement: found "{term}"')
    if term.startswith("!"):
        return term[1:].strip() not in labels
    return term in labels


def field_selected(rows: Sequence[Row], selector: str) -> list[Row]:
    """The objects whose fields meet a field selector such as `status.phase!=Running`.

    Raises:
        Complaint: for a selector that cannot be read.
    """
    for term in filter(None, selector.split(",")):
        if "=" not in term:
            raise Complaint(f'error: invalid selector: "{term}"; can\'t understand "{term}"')
        wanted = "!=" not in term
        path, _, value = term.replace("!=", "=").replace("==", "=").partition("=")
        rows = [row for row in rows if (str(at(row, path, "")) == value) == wanted]
    return list(rows)


def moment(text: Any) -> int | None:
    """An API time as epoch seconds; None where there is none."""
    if isinstance(text, int | float):
        return int(text)
    try:
        return int(datetime.fromisoformat(str(text)).timestamp())
    except (ValueError, OverflowError):
        return None


def age(text: Any, now: int) -> str:
    """How long ago an API time was, as kubectl prints it."""
    then = moment(text)
    return "<unknown>" if then is None else duration(now - then)


def duration(seconds: int) -> str:
    """A duration as kubectl prints it: finer the shorter it is."""
    seconds = max(0, seconds)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 120:
        return f"{seconds}s"
    if minutes < 10:
        return f"{minutes}m" + (f"{seconds % 60}s" if seconds % 60 else "")
    if hours < 3:
        return f"{minutes}m"
    if hours < 8:
        return f"{hours}h" + (f"{minutes % 60}m" if minutes % 60 else "")
    if hours < 48:
        return f"{hours}h"
    if days < 8:
        return f"{days}d" + (f"{hours % 24}h" if hours % 24 else "")
    if days < 730:
        return f"{days}d"
    years, rest = divmod(days, 365)
    return f"{years}y" + (f"{rest}d" if rest and years < 8 else "")


def seconds_of(text: str) -> int | None:
    """A Go duration such as `1h30m` in seconds; None where it is none."""
    total, digits = 0, ""
    for sign in text[:20]:
        if sign.isdecimal() and sign.isascii():
            digits += sign
        elif sign in _UNITS and digits:
            total += int(digits) * _UNITS[sign]
            digits = ""
        else:
            return None
    return None if digits or not text else total
