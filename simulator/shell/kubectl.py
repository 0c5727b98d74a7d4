"""kubectl: the front of its verbs, from words to an answer or its complaint.

Rule 1: `VERBS` of `kubectl_request` says which verbs and flags exist; this file who answers them.
Rule 2: `requested` needs no documents: it is what a line asks for, whatever is true.
"""

from dataclasses import replace

from simulator.shell.documents import Documents
from simulator.shell.kubectl_acts import act, env_listed
from simulator.shell.kubectl_apply import apply, identities
from simulator.shell.kubectl_cells import conditions
from simulator.shell.kubectl_describe import describe
from simulator.shell.kubectl_exec import enter, run_pod
from simulator.shell.kubectl_get import get, picked
from simulator.shell.kubectl_logs import logs
from simulator.shell.kubectl_objects import (
    KINDS,
    Complaint,
    at,
    kind_or_complaint,
    name_of,
    seconds_of,
)
from simulator.shell.kubectl_print import table
from simulator.shell.kubectl_request import (
    ACTING,
    NOT_SIMULATED,
    VERBS,
    Request,
    acts_of,
    default_namespace,
    read_request,
)
from simulator.shell.kubectl_rollout import history, status
from simulator.shell.kubectl_top import top
from simulator.shell.reply import Act, Reply, Terminal
from simulator.shell.starting import StartCommand
from simulator.shell.syntax import Simple

EXAMPLES = (
    "kubectl get pods -o wide",
    "kubectl get events --sort-by=.lastTimestamp",
    "kubectl describe pod <pod>",
    "kubectl logs <pod> --previous --tail=20",
    "kubectl top pods",
    "kubectl rollout status deployment/<name>",
    "kubectl rollout undo deployment/<name>",
    "kubectl rollout restart deployment/<name>",
    "kubectl scale deployment/<name> --replicas=<n>",
    "kubectl set env deployment/<name> <NAME>=<value>",
    "kubectl patch configmap <name> --type merge -p '<json>'",
    "kubectl exec <pod> -- <command>",
    "kubectl apply -f - <<EOF",
)


def answer(
    command: Simple,
    documents: Documents,
    terminal: Terminal,
    piped: str | None,
    start: StartCommand,
) -> Reply:
    """What kubectl prints and asks for; `start` answers what `exec` and `run` start in a pod."""
    try:
        request = read_request(command.words[1:], terminal, command.line)
        text = command.heredoc if command.heredoc is not None else piped
        return _answered(request, documents, terminal, text, start)
    except Complaint as complaint:
        return Reply(way="refused", err=f"{complaint}\n", status=1, takes_s=(2, 4))


def requested(command: Simple, terminal: Terminal) -> tuple[Act, ...]:
    """The acts a line asks for, one an object named; none for a look or a misuse."""
    try:
        request = read_request(command.words[1:], terminal, command.line)
    except Complaint:
        return ()
    acts = acts_of(request)
    if request.verb in ("apply", "replace") and command.heredoc:
        try:
            target = " ".join(kind.shown(name) for kind, name in identities(command.heredoc))
        except Complaint:
            return ()
        return tuple(replace(each, target=target) for each in acts[:1])
    return acts


def inner_of(command: Simple, terminal: Terminal) -> Simple | None:
    """The command that `exec`, `run` or `debug` starts elsewhere; None for any other verb."""
    try:
        request = read_request(command.words[1:], terminal, command.line)
    except Complaint:
        return None
    if request.verb not in ("exec", "run", "debug") or not request.given.rest:
        return None
    return Simple(words=request.given.rest, line=" ".join(request.given.rest))


def _answered(
    request: Request,
    documents: Documents,
    terminal: Terminal,
    text: str | None,
    start: StartCommand,
) -> Reply:
    verb = request.verb
    if verb == "help" or request.given.has("help"):
        return Reply(way="normal", out=_USAGE)
    if verb in NOT_SIMULATED:
        return Reply(way="not_simulated", nearest=EXAMPLES[:3])
    if verb == "set env" and request.given.has("list"):
        return env_listed(request, documents)
    if verb in ("apply", "replace") or (verb == "create" and request.given.has("filename")):
        return apply(request, documents, text)
    if verb in ("create", "diff"):
        return Reply(way="not_simulated", nearest=EXAMPLES[-1:] + EXAMPLES[8:10])
    if verb in ACTING:
        return act(request, documents)
    match verb:
        case "get":
            return get(request, documents)
        case "describe":
            return describe(request, documents)
        case "logs":
            return logs(request, documents)
        case "top":
            return top(request, documents)
        case "rollout status":
            return status(request, documents)
        case "rollout history":
            return history(request, documents)
        case "exec" | "debug":
            return enter(request, documents, terminal, start)
        case "run":
            return run_pod(request, documents, terminal, start)
        case "wait":
            return _waited(request, documents)
        case "port-forward":
            return _forwarded(request)
        case "auth can-i":
            return _allowed(request, documents, terminal)
        case _:
            return _about(request, terminal)


def _waited(request: Request, documents: Documents) -> Reply:
    wanted = request.given.value("for").removeprefix("condition=")
    name, _, value = wanted.partition("=")
    if not name:
        raise Complaint("error: --for must be specified")
    lines: list[str] = []
    late: list[str] = []
    reads: set[str] = set()
    for reference in request.references:
        kind = kind_or_complaint(reference.typed)
        reads.add(kind.document)
        for row in picked(request, documents, kind, reference.name):
            held = {
                str(at(each, "type")).lower(): str(at(each, "status")) for each in conditions(row)
            }
            if held.get(name.lower(), "").lower() == (value or "true").lower():
                lines.append(f"{kind.shown(name_of(row))} condition met\n")
            else:
                late.append(
                    f"error: timed out waiting for the condition on {kind.plural}/{name_of(row)}\n"
                )
    seconds = seconds_of(request.given.value("timeout", "30s")) or 30
    return Reply(
        way="answered",
        out="".join(lines),
        err="".join(late),
        status=1 if late else 0,
        takes_s=(min(seconds, 600), min(seconds, 600)) if late else (1, 2),
        reads=tuple(sorted(reads)),
    )


def _forwarded(request: Request) -> Reply:
    ports = [word for word in request.arguments if word.replace(":", "").isdecimal()]
    if not ports:
        raise Complaint("error: TYPE/NAME and list of ports are required for port-forward")
    lines = [
        f"Forwarding from 127.0.0.1:{port.split(':')[0]} -> {port.split(':')[-1]}\n"
        for port in ports
    ]
    return Reply(way="normal", out="".join(lines), takes_s=(1, 2))


def _allowed(request: Request, documents: Documents, terminal: Terminal) -> Reply:
    """Rights as `k8s/rules` states them: rows of users, verbs, resources; all where none are."""
    verb, *rest = (*request.arguments, "")
    resource = (rest[0] if rest else "").partition("/")[0]
    if not verb or not resource:
        raise Complaint(
            "error: you must specify two arguments: verb resource or verb resource/name"
        )
    kind = kind_or_complaint(resource)
    rules = documents.rows("k8s/rules")

    def among(rule: object, key: str, wanted: str) -> bool:
        values = at(rule, key, ["*"])
        return "*" in values or wanted in values

    held = not rules or any(
        among(rule, "users", terminal.user)
        and among(rule, "verbs", verb)
        and among(rule, "resources", kind.plural)
        for rule in rules
    )
    word = "yes" if held else "no"
    return Reply(way="answered", out=f"{word}\n", status=int(not held), reads=("k8s/rules",))


def _about(request: Request, terminal: Terminal) -> Reply:
    """What kubectl says of itself, its context and the API."""
    context = terminal.variables.get("KUBE_CONTEXT", "prod")
    namespace = default_namespace(terminal)
    match request.verb:
        case "config current-context":
            out = f"{context}\n"
        case "config get-contexts":
            headers = ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]
            out = table([headers, ["*", context, context, terminal.user, namespace]])
        case "version":
            out = "Client Version: v1.31.4\nKustomize Version: v5.4.2\nServer Version: v1.31.4\n"
        case "cluster-info":
            out = f"Kubernetes control plane is running at https://{context}\n"
        case "api-resources":
            rows = [
                [
                    kind.plural,
                    ",".join(kind.shorts),
                    f"{kind.group}/{kind.version}" if kind.group else kind.version,
                    "true" if kind.namespaced else "false",
                    kind.kind,
                ]
                for kind in KINDS
            ]
            out = table([["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"], *rows])
        case "auth whoami":
            out = table([["ATTRIBUTE", "VALUE"], ["Username", terminal.user]])
        case _:
            return Reply(way="not_simulated", nearest=EXAMPLES[:3])
    return Reply(way="normal", out=out)


_USAGE = (
    "kubectl controls the Kubernetes cluster manager.\n\nAvailable commands here:\n  "
    + "\n  ".join(sorted(VERBS))
    + "\n\nUsage:\n  kubectl [flags] [options]\n"
)
