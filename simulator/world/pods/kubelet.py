"""What time does to a service's pods: they boot, die, are tried again, fall ill and get well.

Rule 1: all that is due by now is done in one order: groups, deaths, tries, readiness, ends; what
comes next is computed, never polled.
Rule 2: a death comes at least a second after its reason, so that what a death does to a condition
cannot chase it within one second.
"""

import math
from collections.abc import Iterator
from dataclasses import replace

from simulator.brief.scenario.workload import Crash
from simulator.journal.events.world import PodChanged
from simulator.world.pods import lives
from simulator.world.pods.fleet import Fleet, stuck_at, warm_at
from simulator.world.pods.needs import answers


def advance(fleet: Fleet) -> None:
    """Let everything happen to the pods that is due by now."""
    now = fleet.around.stage.now
    _strike(fleet, now)
    _heal(fleet, now)
    fleet.waits = False
    for number in sorted(fleet.pods):
        pod = fleet.pods[number]
        pod = _died(fleet, pod, now)
        if pod.phase == "backoff" and lives.next_try(pod) <= now:
            pod = lives.tried(pod, now)
        pod = _readied(fleet, pod, now)
        if pod.phase == "stopping" and fleet.ends[number] <= now:
            pod = replace(pod, phase="gone")
        fleet.pods[number] = pod


def next_due(fleet: Fleet) -> int | None:
    """The next second at which something happens by itself."""
    now = fleet.around.stage.now
    due = [at for pod in fleet.pods.values() for at in _ahead(fleet, pod)]
    due += [at for at, *_ in fleet.blows]
    if fleet.is_rolling:
        due.append(stuck_at(fleet))
    return min((at for at in due if at > now), default=None)


def _ahead(fleet: Fleet, pod: PodChanged) -> Iterator[int]:
    """The seconds at which something may happen to a pod, those that have passed among them."""
    yield from (at for at, _, _ in _deaths(fleet, pod))
    if pod.phase == "backoff":
        yield lives.next_try(pod)
    if pod.phase == "starting":
        yield booted_at(fleet, pod)
    if pod.phase == "stopping":
        yield fleet.ends[pod.pod]
    if pod.pod in fleet.fates:
        yield fleet.fates[pod.pod][1]
    if pod.struck and (leaves := _leaves(fleet, pod)) is not None:
        yield leaves
    if pod.phase == "ready":
        yield from _unready_from(fleet, pod)
        if fleet.boot.cold:
            yield warm_at(fleet, pod)


def booted_at(fleet: Fleet, pod: PodChanged) -> int:
    """The second by which a starting container has done its own part of coming up."""
    takes, chance = fleet.boot.takes, fleet.around.stage.chance
    drawn = chance.span(takes.low_s, takes.high_s, "boot", fleet.name, str(pod.pod), n=pod.restarts)
    return pod.started + drawn.seconds


def _deaths(fleet: Fleet, pod: PodChanged) -> list[tuple[int, str, Crash]]:
    """(second, crash, its terms) of each death that awaits a pod's container as things stand."""
    found = []
    for name, crash in fleet.service.crashes.items():
        onset = fleet.onsets.get(f"crash.{name}")
        if onset is None or crash.pods not in (None, pod.group):
            continue
        if crash.pods is not None:
            onset = max(onset, pod.joined)
        if pod.phase in lives.UP:
            span, since = crash.dies_in, max(onset, pod.up)
        elif pod.phase == "starting" and crash.at_boot is not None:
            span, since = crash.at_boot, pod.started
        else:
            continue
        drawn = fleet.around.stage.chance.span(
            span.low_s, span.high_s, "dies", fleet.name, name,
            f"{pod.pod}.{pod.restarts}.{pod.phase in lives.UP}",
            n=fleet.turns[f"crash.{name}"],
        )  # fmt: skip
        found.append((max(since + drawn.seconds, onset + 1, since + 1), name, crash))
    return found


def _died(fleet: Fleet, pod: PodChanged, now: int) -> PodChanged:
    due = [death for death in _deaths(fleet, pod) if death[0] <= now]
    if not due:
        return pod
    _, name, crash = min(due, key=lambda death: death[0])
    return lives.dead(pod, now, name, crash)


def _readied(fleet: Fleet, pod: PodChanged, now: int) -> PodChanged:
    """The pod with what its readiness probe finds; a starting one comes up once it may."""
    if pod.phase == "starting":
        if booted_at(fleet, pod) > now or _deaths(fleet, pod):
            return pod
        if not answers(fleet.around, fleet.name, fleet.service):
            fleet.waits = True
            return pod
        pod = replace(pod, phase="unready", up=now)
    if pod.phase == "ready" and any(at <= now for at in _unready_from(fleet, pod)):
        return replace(pod, phase="unready")
    if pod.phase == "unready" and _passes(fleet, pod):
        return replace(pod, phase="ready")
    return pod


def _passes(fleet: Fleet, pod: PodChanged) -> bool:
    """Whether a pod's readiness probe succeeds now."""
    terms = fleet.service.groups.get(pod.group)
    is_well = terms is None or terms.ready
    return is_well and fleet.failing is None and pod.pod not in fleet.held_back


def _unready_from(fleet: Fleet, pod: PodChanged) -> Iterator[int]:
    """The seconds from which a Ready pod's probe has failed for long enough, as things stand."""
    terms = fleet.service.groups.get(pod.group)
    if terms is not None and not terms.ready:
        yield pod.joined + math.ceil(terms.unready_in)
    if fleet.failing is not None:
        yield fleet.failing + math.ceil(fleet.boot.unready_in)
    if pod.pod in fleet.held_back:
        yield fleet.around.stage.now


def _strike(fleet: Fleet, now: int) -> None:
    """Let Ready pods fall into the groups that faults strike them into, and new ones be caught."""
    for blow in [blow for blow in fleet.blows if blow[0] <= now]:
        fleet.blows.remove(blow)
        _, fault, group, _ = blow
        if fault in fleet.around.stage.situation.world.faults:
            node = fleet.service.groups[group].node
            well = [p for p in fleet.pods.values() if p.phase == "ready" and p.group != group]
            struck = min(well, key=lambda pod: (bool(node) and pod.node != node, pod.pod),
                         default=None)  # fmt: skip
            if struck is not None:
                fleet.pods[struck.pod] = lives.moved(struck, group, now, fault)
    for number, (group, at) in list(fleet.fates.items()):
        if at <= now:
            del fleet.fates[number]
            if fleet.pods[number].phase in lives.LIVE:
                fleet.pods[number] = lives.moved(fleet.pods[number], group, now)


def _heal(fleet: Fleet, now: int) -> None:
    """Let pods that were struck for a while only get well."""
    for number, pod in fleet.pods.items():
        leaves = _leaves(fleet, pod) if pod.struck else None
        if leaves is not None and leaves <= now:
            fleet.pods[number] = lives.moved(pod, fleet.home(pod.image), now)


def _leaves(fleet: Fleet, pod: PodChanged) -> int | None:
    """When a struck pod gets well by itself, if it does."""
    fault = fleet.around.scenario.faults[pod.struck]
    for strike in fault.strikes:
        if (strike.service, strike.group) == (fleet.name, pod.group) and strike.lasts is not None:
            drawn = fleet.around.stage.chance.span(
                strike.lasts.low_s, strike.lasts.high_s, "struck", fleet.name, pod.struck,
                str(pod.pod), n=max(0, pod.joined),
            )  # fmt: skip
            return pod.joined + max(1, drawn.seconds)
    return None
