"""Events of the cluster's last hour, as pods' lives tell them: births, probes, deaths, scalings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from simulator.brief.scenario.workload import Workload
from simulator.journal.events.world import PodChanged
from simulator.shell.documents import Row
from simulator.world.pods.lives import LIVE
from simulator.world.telemetry.luck import HEX, letters
from simulator.world.telemetry.objects import Cluster, container_name, node_of
from simulator.world.telemetry.pod_objects import CREATING_S
from simulator.world.telemetry.pods import Pod, as_pod, life_at, replica_set, revisions_at

_KEPT_S: Final = 3600
"""Events live for an hour."""
_PROBED_S: Final = 10
"""Between two readiness probes (assumed)."""
_SYNC_S: Final = 12
"""Between two rounds in which the kubelet looks at a container that waits (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One kind of event about one object, as often as it happened."""

    kind: str
    name: str
    level: str
    reason: str
    message: str
    first: int
    last: int
    count: int = 1


def events(of: Cluster) -> Iterator[Row]:
    """What the cluster says happened."""
    for name, _, workload in of.workloads():
        found = [*_scalings(of, name, workload), *_of_pods(of, name, workload)]
        for told in sorted(found, key=lambda each: (each.first, each.last)):
            yield _event(of, workload, told)


def _event(of: Cluster, workload: Workload, told: _Told) -> Row:
    key = (told.name, told.reason, str(told.first))
    mark = letters(of.around.stage.chance, 16, "event", *key, alphabet=HEX)
    components = {"FailedScheduling": "default-scheduler", "Scheduled": "default-scheduler"}
    whose = "deployment-controller" if told.kind == "Deployment" else "kubelet"
    return {
        "kind": "Event",
        "metadata": {
            "name": f"{told.name}.{mark}",
            "namespace": workload.namespace,
            "creationTimestamp": of.moment(told.first),
        },
        "involvedObject": {
            "kind": told.kind, "name": told.name, "namespace": workload.namespace,
        },
        "type": told.level,
        "reason": told.reason,
        "message": told.message,
        "count": told.count,
        "firstTimestamp": of.moment(told.first),
        "lastTimestamp": of.moment(told.last),
        "source": {"component": components.get(told.reason, whose)},
    }  # fmt: skip


def _scalings(of: Cluster, name: str, workload: Workload) -> Iterator[_Told]:
    """How many pods each replica set was to have, whenever that changed."""
    lives = of.around.history.pods.get(name, {})
    for when in of.around.history.pod_turns.get(name, ()):
        if not max(0, of.at - _KEPT_S) < when <= of.at:
            continue
        before, after = (_by_template(lives, at) for at in (when - 1, when))
        for template in sorted({*before, *after}):
            was, has = before.get(template, 0), after.get(template, 0)
            if was != has:
                way = "up" if has > was else "down"
                whose = replica_set(of.around, name, workload, template)
                message = f"Scaled {way} replica set {whose} to {has} from {was}"
                yield _Told(kind="Deployment", name=workload.deployment, level="Normal",
                            reason="ScalingReplicaSet", message=message,
                            first=when, last=when)  # fmt: skip


def _by_template(lives: dict[int, list[tuple[int, PodChanged]]], at: int) -> dict[int, int]:
    counts: dict[int, int] = {}
    for steps in lives.values():
        life = life_at(steps, at)
        if life is not None and life.phase in LIVE:
            counts[life.template] = counts.get(life.template, 0) + 1
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A pod between two turns of its life."""

    start: int
    end: int
    life: PodChanged
    before: PodChanged | None


def _of_pods(of: Cluster, name: str, workload: Workload) -> Iterator[_Told]:
    since = of.at - _KEPT_S
    revisions = revisions_at(of.around, name, workload, of.at)
    for steps in of.around.history.pods.get(name, {}).values():
        turns = [(when, life) for when, life in steps if when <= of.at]
        ends = [when for when, _ in turns[1:]] + [of.at]
        stretches = [
            _Stretch(start=when, end=end, life=life, before=turns[place - 1][1] if place else None)
            for place, ((when, life), end) in enumerate(zip(turns, ends, strict=True))
            if end > since
        ]
        if stretches:
            pod = as_pod(of.around, name, workload, stretches[-1].life, revisions)
            for told in (_born, _deaths, _waits, _probes, _ends):
                yield from told(of, workload, pod, stretches)


def _pod_event(pod: Pod, told: tuple[str, str, str], first: int, last: int, count: int) -> _Told:
    level, reason, message = told
    return _Told(kind="Pod", name=pod.name, level=level, reason=reason, message=message,
                 first=first, last=last, count=max(1, count))  # fmt: skip


def _born(of: Cluster, workload: Workload, pod: Pod, stretches: list[_Stretch]) -> Iterator[_Told]:
    """It was placed, or was not; its containers were started."""
    for each in stretches:
        if each.life.phase == "pending":
            nodes = len(of.nodes())
            message = f"0/{nodes} nodes are available: {nodes} Insufficient cpu. preemption: 0/{nodes} nodes are available: {nodes} No preemption victims found for incoming pod."  # noqa: E501 - as the scheduler says it
            yield _pod_event(pod, ("Warning", "FailedScheduling", message),
                             each.start, each.end, 1)  # fmt: skip
    started = [
        each
        for each in stretches
        if each.life.phase == "starting" and each.life.started == each.start
    ]
    if not started:
        return
    first, last = started[0].start, started[-1].start
    if not started[0].life.restarts:
        placed = f"Successfully assigned {workload.namespace}/{pod.name} to {node_of(of, pod)}"
        yield _pod_event(pod, ("Normal", "Scheduled", placed), first, first, 1)
    seen = f'Container image "{pod.life.image}" already present on machine'
    yield _pod_event(pod, ("Normal", "Pulled", seen), first, last, len(started))
    began = f"Started container {container_name(workload)}"
    yield _pod_event(pod, ("Normal", "Started", began), first, last, len(started))


def _deaths(
    of: Cluster, workload: Workload, pod: Pod, stretches: list[_Stretch]
) -> Iterator[_Told]:
    """What the kernel or the kubelet did to its containers."""
    died = [
        each
        for each in stretches
        if each.life.died == each.start and (each.before is None or each.before.died != each.start)
    ]
    container, node = container_name(workload), node_of(of, pod)
    for each in died:
        if each.life.reason == "OOMKilled":
            message = f"Memory cgroup out of memory: Killed process in container {container}"
            yield _Told(kind="Node", name=node, level="Warning", reason="OOMKilling",
                        message=message, first=each.start, last=each.start)  # fmt: skip
    killed = [e for e in died if e.life.reason != "OOMKilled" and e.life.exit == _KILLED]
    if killed:
        first, last, count = killed[0].start, killed[-1].start, len(killed)
        probe = f'Liveness probe failed: Get "http://{pod.ip}:8080/livez": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'  # noqa: E501 - as the kubelet says it
        yield _pod_event(pod, ("Warning", "Unhealthy", probe), first, last, 3 * count)
        said = f"Container {container} failed liveness probe, will be restarted"
        yield _pod_event(pod, ("Normal", "Killing", said), first, last, count)


_KILLED: Final = 137
"""The exit code of a container that was killed: 128 and the signal's 9."""


def _waits(of: Cluster, workload: Workload, pod: Pod, stretches: list[_Stretch]) -> Iterator[_Told]:
    """It waited to be tried again."""
    waits = [each for each in stretches if each.life.phase == "backoff" and each.end > each.start]
    if waits:
        count = sum(1 + (each.end - each.start) // _SYNC_S for each in waits)
        said = f"Back-off restarting failed container {container_name(workload)} in pod {pod.name}"
        last = min(of.at, waits[-1].end)
        yield _pod_event(pod, ("Warning", "BackOff", said), waits[0].start, last, count)


def _probes(
    of: Cluster, workload: Workload, pod: Pod, stretches: list[_Stretch]
) -> Iterator[_Told]:
    """Its readiness probe failed while its container ran."""
    del workload
    for phase in ("starting", "unready"):
        failed = [
            (each.start + (CREATING_S if phase == "starting" else 0), each.end)
            for each in stretches
            if each.life.phase == phase
        ]
        counts = [max(0, end - start) // _PROBED_S for start, end in failed]
        if sum(counts):
            first = next(start for (start, _), count in zip(failed, counts, strict=True) if count)
            start, last = failed[-1]
            last = start + _PROBED_S * counts[-1] if counts[-1] else last
            said = _probe(of, pod, phase)
            yield _pod_event(pod, ("Warning", "Unhealthy", said), first, last, sum(counts))


def _probe(of: Cluster, pod: Pod, phase: str) -> str:
    """How a readiness probe fails: refused while it boots, without an answer where it hangs."""
    asked = f'Readiness probe failed: Get "http://{pod.ip}:8080/ready":'
    if phase == "starting":
        return f"{asked} dial tcp {pod.ip}:8080: connect: connection refused"
    terms = of.around.scenario.system.services[pod.service].groups.get(pod.life.group)
    if terms is not None and not terms.ready:
        return f"{asked} context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
    return "Readiness probe failed: HTTP probe failed with statuscode: 503"


def _ends(of: Cluster, workload: Workload, pod: Pod, stretches: list[_Stretch]) -> Iterator[_Told]:
    """It was told to stop."""
    del of
    for each in stretches:
        if each.life.phase == "stopping" and each.before is not None:
            said = f"Stopping container {container_name(workload)}"
            yield _pod_event(pod, ("Normal", "Killing", said), each.start, each.start, 1)
