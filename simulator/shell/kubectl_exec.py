"""`kubectl exec`, `run` and `debug`: another command, answered from where a pod stands.

Rule 1: the inner command is any tool of this shell, `start`ed at a terminal whose host is the pod.
Rule 2: a container that does not run can be entered by nobody.
"""

from dataclasses import replace

from simulator.shell.documents import Documents, Row
from simulator.shell.kubectl_objects import (
    NODES,
    Complaint,
    at,
    found,
    kind_or_complaint,
    listed,
    name_of,
)
from simulator.shell.kubectl_pods import pods_of
from simulator.shell.kubectl_request import Request
from simulator.shell.reply import Act, Reply, Terminal
from simulator.shell.starting import StartCommand
from simulator.shell.syntax import Simple

_SHELLS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "ash", "zsh"})


def enter(request: Request, documents: Documents, terminal: Terminal, start: StartCommand) -> Reply:
    """`exec` and `debug`: the inner command's answer.

    Raises:
        Complaint: where the container cannot be entered.
    """
    if not request.references:
        raise Complaint(
            f"error: pod, type/name or --filename must be specified\n"
            f"See 'kubectl {request.verb} -h' for help and examples"
        )
    reference = request.references[0]
    kind = kind_or_complaint(reference.typed)
    if request.verb == "exec" and request.arguments and not request.given.rest:
        raise Complaint(
            "error: exec [POD] [COMMAND] is not supported anymore. "
            "Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples"
        )
    row = found(documents, kind, request.namespace, reference.name)
    if kind is NODES:
        inside = replace(terminal, host=name_of(row))
        return _started(start, request, documents, inside, reads=(kind.document,))
    pods = pods_of(documents, kind, row)
    if not pods:
        raise Complaint(f"error: timed out waiting for a pod of {reference.shown}")
    pod = pods[0]
    container = _container(request, pod)
    _check_running(request, pod, container)
    variables = {**terminal.variables, "HOSTNAME": name_of(pod), "CONTAINER": container}
    inside = Terminal(user="root", host="pod", variables=variables)
    return _started(start, request, documents, inside, reads=(kind.document, "k8s/pods"))


def run_pod(
    request: Request, documents: Documents, terminal: Terminal, start: StartCommand
) -> Reply:
    """`run`: a new pod for one command, or an act where it is meant to stay.

    Raises:
        Complaint: where name or image is missing.
    """
    given = request.given
    if not request.arguments:
        raise Complaint(
            "error: NAME is required for run\nSee 'kubectl run -h' for help and examples"
        )
    name = request.arguments[0]
    if not given.value("image"):
        raise Complaint('error: required flag(s) "image" not set')
    command = given.rest or request.arguments[1:]
    attached = given.has("stdin") or given.has("attach")
    if given.has("rm") and not attached:
        raise Complaint("error: --rm should only be used for attached containers")
    if not attached or not command:
        options = {"image": given.value("image"), "namespace": request.namespace}
        act = Act(
            tool="kubectl", verb="run", target=f"pod/{name}", options=options, line=request.line
        )
        return Reply(way="answered", out=f"pod/{name} created\n", acts=(act,), takes_s=(6, 12))
    variables = {**terminal.variables, "HOSTNAME": name}
    inside = Terminal(user="root", host="pod", variables=variables)
    inner = _started(start, request, documents, inside, reads=("k8s/pods",), command=command)
    least, most = inner.takes_s
    gone = f'pod "{name}" deleted\n' if given.has("rm") else ""
    failed = "" if inner.status == 0 else f"pod {request.namespace}/{name} terminated (Error)\n"
    # Scheduling, pulling the image and starting it: five to fifteen seconds before anything runs.
    return replace(
        inner,
        out=inner.out + gone,
        err=inner.err + failed,
        takes_s=(least + 10, most + 16),
    )


def _started(
    start: StartCommand,
    request: Request,
    documents: Documents,
    inside: Terminal,
    *,
    reads: tuple[str, ...],
    command: tuple[str, ...] = (),
) -> Reply:
    words = command or request.given.rest
    if not words and request.verb == "exec":
        raise Complaint("error: you must specify at least one command for the container")
    if not words or (words[0] in _SHELLS and "-c" not in words):
        nearest = tuple(
            f"kubectl {request.verb} ... -- {inner}" for inner in ("env", "curl", "sh -c")
        )
        return Reply(way="not_simulated", nearest=nearest)
    inner = start(Simple(words=words, line=" ".join(words)), documents, inside)
    ended = (
        f"command terminated with exit code {inner.status}\n"
        if inner.status and request.verb != "run"
        else ""
    )
    least, most = inner.takes_s
    return replace(
        inner,
        err=inner.err + ended,
        takes_s=(least + 2, most + 4),
        reads=tuple(sorted({*inner.reads, *reads})),
    )


def _container(request: Request, pod: Row) -> str:
    names = [str(at(each, "name")) for each in listed(pod, "spec.containers")]
    wanted = request.given.value("container") or request.given.value("target")
    if request.verb == "debug":
        return wanted
    wanted = wanted or (names[0] if names else "")
    if names and wanted not in names:
        raise Complaint(
            f"error: container {wanted} is not valid for pod {name_of(pod)} out of: "
            + ", ".join(names)
        )
    return wanted


def _check_running(request: Request, pod: Row, container: str) -> None:
    phase = str(at(pod, "status.phase", "Running"))
    if phase in ("Succeeded", "Failed"):
        raise Complaint(
            f"error: cannot exec into a container in a completed pod; current phase is {phase}"
        )
    for status in listed(pod, "status.containerStatuses"):
        stopped = at(status, "state.waiting") or at(status, "state.terminated")
        if at(status, "name") != container or not stopped:
            continue
        if request.verb == "debug":
            raise Complaint(
                f'error: container "{container}" in pod "{name_of(pod)}" is not running: '
                "its processes cannot be targeted"
            )
        raise Complaint(
            "error: Internal error occurred: unable to upgrade connection: "
            f'container not found ("{container}")'
        )
