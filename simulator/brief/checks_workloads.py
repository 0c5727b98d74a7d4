"""Whether what a scenario says of pods fits together: groups, crashes, strikes, rollouts, room.

Rule 1: only a service with a `workload` or a `boot` has pods that live, die and are replaced.
"""

from collections.abc import Iterator, Mapping

from simulator.brief.nodes import Node
from simulator.brief.references import Path, at, unknown
from simulator.brief.scenario.deeds import Effect, Replicas, Rollout
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.system import Service
from simulator.brief.scenario.workload import MOST_PODS
from simulator.errors import Problem


def check_workloads(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Every problem of what is written of pods."""
    services = scenario.system.services
    found = [
        problem
        for name, service in services.items()
        for problem in _service(node, file, ("system", "services", name), name, service)
    ]
    for fault, broken in scenario.faults.items():
        for place, strike in enumerate(broken.strikes):
            if strike.service in services:
                path: Path = ("faults", fault, "strikes", place)
                struck = services[strike.service]
                found += _has_pods(node, file, (*path, "service"), strike.service, struck)
                found += _group(
                    node, file, (*path, "group"), strike.group, (strike.service, struck)
                )
    for variant, terms in scenario.variants.items():
        for name in terms.releases:
            if name in services:
                found += _released(node, file, ("variants", variant, "releases", name), services)
    for path, effect in _effects(scenario):
        found += _effect(node, file, path, effect, scenario)
    for place, text in enumerate(scenario.logs):
        written = services.get(text.service)
        crashes = () if written is None else tuple(written.crashes)
        if text.dying is not None and text.dying not in crashes:
            what = f"crash of {text.service}"
            path = ("logs", place, "dying")
            found.append(unknown(node, path, file=file, what=what, name=text.dying, known=crashes))
    return found


def _service(node: Node, file: str, path: Path, name: str, service: Service) -> Iterator[Problem]:
    if service.crashes:
        yield from _has_pods(node, file, (*path, "crashes"), name, service)
    for crash, terms in service.crashes.items():
        if terms.pods is not None:
            whole = (*path, "crashes", crash, "pods")
            yield from _group(node, file, whole, terms.pods, (name, service))
    resting = sum(group.replicas for group in service.groups.values()) or service.replicas
    if service.has_pods and resting > MOST_PODS:
        found = f"{name} has {resting} pods; a drill keeps the lives of at most {MOST_PODS}"
        hint = "write fewer, each of which serves more: `used` fixes what all serve together"
        yield at(node, path, file=file, code="E129", found=found, hint=hint, key=True)
    workload = service.workload
    if workload is not None and workload.room is not None and workload.room < resting:
        found = f"room for {workload.room} pods, and {resting} at rest"
        yield at(node, (*path, "workload", "room"), file=file, code="E129", found=found)


def _released(
    node: Node, file: str, path: Path, services: Mapping[str, Service]
) -> Iterator[Problem]:
    """A release of before the drill needs revisions to be one of."""
    name = str(path[-1])
    workload = services[name].workload
    if workload is None:
        found = f"{name} has no `workload`, so nothing of it is released"
        yield at(node, path, file=file, code="E129", found=found, key=True)


def _effects(scenario: Scenario) -> Iterator[tuple[Path, Effect]]:
    """Every effect with its place."""
    for name, action in scenario.actions.items():
        for place, outcome in enumerate(action.then):
            yield ("actions", name, "then", place, "do"), outcome.do
        for place, midway in enumerate(action.during):
            yield ("actions", name, "during", place, "do"), midway.do
    for name, inject in scenario.injects.items():
        if inject.do is not None:
            yield ("injects", name, "do"), inject.do


def _effect(
    node: Node, file: str, path: Path, effect: Effect, scenario: Scenario
) -> Iterator[Problem]:
    services = scenario.system.services
    for place, change in enumerate(effect.replicas):
        if change.service in services:
            whole: Path = (*path, "replicas", place)
            yield from _replicas(node, file, whole, change, services[change.service])
    for place, rollout in enumerate(effect.rollout):
        if rollout.service in services:
            whole = (*path, "rollout", place)
            yield from _rollout(node, file, whole, rollout, services[rollout.service])


def _replicas(
    node: Node, file: str, path: Path, change: Replicas, service: Service
) -> Iterator[Problem]:
    yield from _has_pods(node, file, (*path, "service"), change.service, service)
    if change.to is not None and change.to > MOST_PODS:
        found = f"{change.to} pods; a drill keeps the lives of at most {MOST_PODS} of a service"
        yield at(node, (*path, "to"), file=file, code="E129", found=found)
    if change.delete is not None:
        whole = (*path, "delete", "group")
        yield from _group(node, file, whole, change.delete.group, (change.service, service))


def _rollout(
    node: Node, file: str, path: Path, rollout: Rollout, service: Service
) -> Iterator[Problem]:
    if service.workload is None:
        found = f"{rollout.service} has no `workload`, so it has no revisions to roll out"
        yield at(node, (*path, "service"), file=file, code="E129", found=found)
    ways = [bool(rollout.image), rollout.undo, rollout.to_revision is not None]
    if sum(ways) != 1:
        found = f"a rollout of {rollout.service} to {sum(ways)} revisions at once"
        hint = "write exactly one of `image`, `undo: yes` and `to_revision`"
        yield at(node, path, file=file, code="E129", found=found, hint=hint)


def _has_pods(node: Node, file: str, path: Path, name: str, service: Service) -> Iterator[Problem]:
    if not service.has_pods:
        found = f"{name} has no pods: it has neither a `workload` nor a `boot`"
        yield at(node, path, file=file, code="E129", found=found, hint=f"give {name} a `boot`")


def _group(
    node: Node, file: str, path: Path, group: str, whose: tuple[str, Service]
) -> Iterator[Problem]:
    name, service = whose
    if group not in service.groups:
        known = tuple(service.groups)
        yield unknown(node, path, file=file, what=f"group of {name}", name=group, known=known)
