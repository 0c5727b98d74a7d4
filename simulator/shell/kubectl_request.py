"""A kubectl command line becomes a request: verb, namespace, flags and the objects named.

Rule 1: reading needs no document; the same request is what `request_of` and `answer` start from.
Rule 2: a verb stands in `VERBS` with every flag it knows, or kubectl does not know it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.flags import FlagTable, Given, flag_table, read_flags
from simulator.shell.kubectl_objects import NODES, PODS, Complaint, Kind, kind_named
from simulator.shell.reply import Act, Terminal
from simulator.text import nearest

_COMMON: Final = (
    "n|namespace= kubeconfig= context= cluster= user= s|server= token= request-timeout= v= as= "
    "as-group= insecure-skip-tls-verify h|help "
)
_PICK: Final = "l|selector= A|all-namespaces field-selector= "
_CHANGE: Final = "dry-run= o|output= f|filename= R|recursive field-manager= local all record "

_FLAGS: Final[Mapping[str, str]] = {
    "get": _PICK
    + "o|output= w|watch watch-only no-headers show-labels L|label-columns= sort-by= f|filename= "
    "ignore-not-found chunk-size= show-kind R|recursive show-managed-fields template= raw= "
    "output-watch-events server-print k|kustomize= subresource= allow-missing-template-keys",
    "describe": _PICK + "show-events f|filename= chunk-size= R|recursive k|kustomize=",
    "logs": "p|previous f|follow c|container= tail= since= since-time= timestamps all-containers "
    "all-pods prefix l|selector= limit-bytes= max-log-requests= ignore-errors "
    "pod-running-timeout= insecure-skip-tls-verify-backend",
    "top": _PICK + "sort-by= containers no-headers sum use-protocol-buffers show-capacity",
    "rollout status": "w|watch timeout= revision= l|selector= f|filename= R|recursive",
    "rollout history": "revision= l|selector= o|output= f|filename=",
    "rollout restart": _CHANGE + "l|selector=",
    "rollout undo": _CHANGE + "to-revision= l|selector=",
    "rollout pause": _CHANGE + "l|selector=",
    "rollout resume": _CHANGE + "l|selector=",
    "scale": _CHANGE + "replicas= current-replicas= timeout= l|selector= resource-version=",
    "autoscale": _CHANGE + "min= max= cpu-percent= name=",
    "set env": _CHANGE + "l|selector= c|containers= e|env= from= keys= list overwrite prefix=",
    "set image": _CHANGE + "l|selector=",
    "set resources": _CHANGE + "l|selector= c|containers= limits= requests=",
    "patch": _CHANGE + "p|patch= type= patch-file= subresource=",
    "label": _CHANGE + "l|selector= overwrite list resource-version=",
    "annotate": _CHANGE + "l|selector= overwrite list resource-version=",
    "delete": _PICK
    + "all force grace-period= now wait f|filename= ignore-not-found timeout= cascade= dry-run= "
    "o|output= R|recursive k|kustomize= i|interactive",
    "exec": "i|stdin t|tty c|container= q|quiet f|filename= pod-running-timeout=",
    "run": "i|stdin t|tty rm image= restart= env= l|labels= q|quiet command image-pull-policy= "
    "port= expose attach overrides= dry-run= o|output= pod-running-timeout= grace-period= force "
    "override-type= privileged annotations= leave-stdin-open",
    "debug": "i|stdin t|tty image= target= c|container= copy-to= profile= q|quiet attach env= "
    "share-processes same-node set-image= image-pull-policy= f|filename= custom=",
    "port-forward": "address= pod-running-timeout=",
    "apply": "f|filename= k|kustomize= R|recursive server-side force prune l|selector= dry-run= "
    "o|output= validate= wait timeout= overwrite grace-period= field-manager= force-conflicts all",
    "create": "f|filename= dry-run= o|output= image= replicas= from= schedule= from-literal= "
    "validate= save-config",
    "replace": "f|filename= force grace-period= dry-run= o|output= validate= timeout=",
    "diff": "f|filename= k|kustomize= server-side R|recursive l|selector=",
    "cordon": "dry-run= l|selector=",
    "uncordon": "dry-run= l|selector=",
    "drain": "ignore-daemonsets delete-emptydir-data force grace-period= timeout= dry-run= "
    "disable-eviction pod-selector= l|selector= skip-wait-for-delete-timeout= chunk-size=",
    "taint": _CHANGE + "l|selector= overwrite",
    "wait": _PICK + "for= timeout= all f|filename= o|output= R|recursive",
    "auth can-i": "A|all-namespaces list q|quiet no-headers subresource=",
    "auth whoami": "o|output=",
    "config current-context": "",
    "config get-contexts": "o|output= no-headers",
    "config use-context": "",
    "config set-context": "current",
    "config view": "minify o|output= raw flatten",
    "version": "client o|output= short",
    "cluster-info": "",
    "api-resources": "namespaced o|output= api-group= verbs= no-headers sort-by=",
}
VERBS: Final[Mapping[str, FlagTable]] = {
    verb: flag_table(f"{_COMMON} {flags}") for verb, flags in _FLAGS.items()
}
_FAMILIES: Final = frozenset({"rollout", "set", "auth", "config"})
NOT_SIMULATED: Final = frozenset(
    {"edit", "cp", "attach", "proxy", "explain", "plugin", "certificate", "expose", "kustomize"}
    | {"events", "completion", "options", "alpha", "reconcile"}
)
ACTING: Final = frozenset(
    {"rollout restart", "rollout undo", "rollout pause", "rollout resume", "scale", "autoscale"}
    | {"set env", "set image", "set resources", "patch", "label", "annotate", "delete", "apply"}
    | {"create", "replace", "cordon", "uncordon", "drain", "taint"}
)
PRESENTATION: Final = frozenset(
    {"output", "watch", "watch-only", "no-headers", "show-labels", "label-columns", "sort-by"}
    | {"show-kind", "stdin", "tty", "quiet", "request-timeout", "v", "kubeconfig", "context"}
    | {"cluster", "user", "server", "token", "chunk-size", "record", "field-manager", "wait"}
    | {"timeout", "timestamps", "prefix", "tail", "since", "since-time", "follow", "rm"}
    | {"show-events", "pod-running-timeout", "ignore-not-found", "template", "show-managed-fields"}
    | {"limit-bytes", "max-log-requests", "all-containers", "server-print", "validate"}
)
"""Flags that change what is shown or how long is waited, never what is looked at or done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An object or a whole kind, as named on the line."""

    kind: Kind | None
    typed: str
    """The kind as typed, for the error where there is none."""
    name: str = ""

    @property
    def shown(self) -> str:
        """`deployment/api`, or `pods` for all of a kind."""
        if self.kind is None:
            return f"{self.typed}/{self.name}" if self.name else self.typed
        return f"{self.kind.singular}/{self.name}" if self.name else self.kind.plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a kubectl line asks for."""

    verb: str
    given: Given
    namespace: str
    references: tuple[Reference, ...] = ()
    arguments: tuple[str, ...] = ()
    """Operands that name no object: `A=1` of `set env`, `c=image` of `set image`."""
    line: str = ""

    @property
    def every_namespace(self) -> bool:
        """Whether `-A` was given."""
        return self.given.has("all-namespaces")


def read_request(words: Sequence[str], terminal: Terminal, line: str = "") -> Request:
    """The request of the words behind `kubectl`.

    Raises:
        Complaint: in kubectl's words, for an unknown verb or a flag it does not take.
    """
    common = read_flags(words, _leading_table(), operands_first=True)
    if not common.operands:
        return Request(verb="help", given=common, namespace="")
    leading = list(words[: len(words) - len(common.operands)])
    verb, *rest = common.operands
    if verb in _FAMILIES:
        at = next((at for at, word in enumerate(rest) if not word.startswith("-")), None)
        if at is not None and f"{verb} {rest[at]}" not in VERBS:
            raise Complaint(
                f'error: unknown command "{rest[at]}"\n'
                f"See 'kubectl {verb} -h' for help and examples"
            )
        verb = f"{verb} {rest[at]}" if at is not None else "help"
        rest = rest if at is None else [*rest[:at], *rest[at + 1 :]]
    if verb not in VERBS:
        if verb in NOT_SIMULATED or verb == "help":
            return Request(verb=verb, given=common, namespace="")
        raise Complaint(_unknown_verb(verb))
    given = read_flags([*leading, *rest], VERBS[verb])
    _complain_of_flags(verb, given)
    references, arguments = _references(verb, given)
    return Request(
        verb=verb,
        given=given,
        namespace=given.value("namespace") or default_namespace(terminal),
        references=references,
        arguments=arguments,
        line=line,
    )


def default_namespace(terminal: Terminal) -> str:
    """The namespace of the terminal's context."""
    return terminal.variables.get("KUBE_NAMESPACE") or "default"


def acts_of(request: Request) -> tuple[Act, ...]:
    """The changes a request asks for, one an object named, without looking at any document."""
    if request.verb not in ACTING or request.given.value("dry-run", "none") != "none":
        return ()
    if request.verb == "set env" and request.given.has("list"):
        return ()
    targets = [reference.shown for reference in request.references]
    if not targets:
        targets = list(request.given.flags.get("filename", ("",)))
    options = {
        name: " ".join(values)
        for name, values in request.given.flags.items()
        if name not in PRESENTATION and name not in ("namespace", "filename", "all-namespaces")
    }
    options["namespace"] = "*" if request.every_namespace else request.namespace
    if request.arguments:
        options[_argument_name(request.verb)] = " ".join(request.arguments)
    return tuple(
        Act(tool="kubectl", verb=request.verb, target=target, options=options, line=request.line)
        for target in targets
    )


def _argument_name(verb: str) -> str:
    names = {"set env": "env", "set image": "image", "label": "labels", "taint": "taints"}
    return names.get(verb, "arguments")


def _leading_table() -> FlagTable:
    return flag_table(_COMMON).and_also("A|all-namespaces")


def _unknown_verb(verb: str) -> str:
    close = nearest(verb, {name.split()[0] for name in VERBS})
    hint = f"\n\nDid you mean this?\n\t{close}" if close else ""
    return f'error: unknown command "{verb}" for "kubectl"{hint}'


def _complain_of_flags(verb: str, given: Given) -> None:
    usage = f"See 'kubectl {verb} --help' for usage."
    if given.unknown.startswith("--"):
        raise Complaint(f"error: unknown flag: {given.unknown}\n{usage}")
    if given.unknown:
        flag = given.unknown
        raise Complaint(f"error: unknown shorthand flag: '{flag[1:]}' in {flag}\n{usage}")
    if given.lacking.startswith("--"):
        raise Complaint(f"error: flag needs an argument: {given.lacking}\n{usage}")
    if given.lacking:
        flag = given.lacking
        raise Complaint(f"error: flag needs an argument: '{flag[1:]}' in {flag}\n{usage}")


_OF_PODS: Final = frozenset({"logs", "exec", "debug", "port-forward"})
_OF_NODES: Final = frozenset({"cordon", "uncordon", "drain"})
_WITHOUT: Final = frozenset({"run", "auth can-i", "create", "version", "api-resources"})


def _references(verb: str, given: Given) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    operands = given.operands
    if verb in _WITHOUT or verb.startswith("config") or not operands:
        return (), operands
    if verb in _OF_PODS:
        return (_one(operands[0], PODS),), operands[1:]
    if verb in _OF_NODES:
        return tuple(_one(name, NODES) for name in operands), ()
    if verb == "top":
        kind = kind_named(operands[0])
        names = operands[1:] or ("",)
        return tuple(Reference(kind=kind, typed=operands[0], name=name) for name in names), ()
    named = [word for word in operands if "=" not in word and not word.endswith("-")]
    changes = verb in ("set env", "set image", "label", "annotate", "taint")
    objects = named if changes else list(operands)
    arguments = tuple(word for word in operands if word not in named) if changes else ()
    return _objects(objects), arguments


def _one(word: str, kind: Kind) -> Reference:
    typed, slash, name = word.partition("/")
    if not slash:
        return Reference(kind=kind, typed=kind.plural, name=word)
    return Reference(kind=kind_named(typed), typed=typed, name=name)


def _objects(words: Sequence[str]) -> tuple[Reference, ...]:
    if not words:
        return ()
    if "/" in words[0]:
        pairs = [word.partition("/") for word in words]
        return tuple(
            Reference(kind=kind_named(typed), typed=typed, name=name) for typed, _, name in pairs
        )
    kinds = words[0].split(",")
    names = words[1:] or ("",)
    return tuple(
        Reference(kind=kind_named(kind), typed=kind, name=name) for kind in kinds for name in names
    )
