"""What a service's pods are asked for: scaling, restarts, deletions, rollouts, strikes.

Rule 1: a rolling restart is a new revision and goes in waves; deleting pods is none: their replica
set makes new ones at once.
Rule 2: the later of two rollouts replaces the earlier.
"""

import math
from dataclasses import replace

from simulator.brief.scenario.workload import MOST_PODS
from simulator.journal.entry import Entry
from simulator.journal.events.world import (
    FaultBegan,
    FaultCured,
    PodChanged,
    RolloutAsked,
    StateSet,
)
from simulator.journal.situation.parts import State
from simulator.world.pods import lives
from simulator.world.pods.fleet import Fleet, regroup
from simulator.world.pods.revisions import Revisions
from simulator.world.pods.waves import Standing, steps, wanted


def obey(fleet: Fleet, entry: Entry) -> None:
    """Take in what somebody wants, or what befalls the pods."""
    match entry.what:
        case StateSet(name=name, value=value):
            _obey_row(fleet, name.removeprefix(f"{fleet.name}."), value)
        case RolloutAsked() as asked:
            _roll_out(fleet, after(fleet.revisions, asked, entry.at), slow=asked.slow)
        case FaultBegan(fault=fault):
            _aim(fleet, fault)
        case FaultCured(fault=fault):
            regroup(fleet, fault)


def _obey_row(fleet: Fleet, row: str, value: State) -> None:
    now = fleet.around.stage.now
    if row == "replicas":
        fleet.replicas = _whole(value, fleet.replicas)
    elif row == "restart":
        _restart(fleet, str(value).partition(" ")[2])
    elif row == "image" and str(value) != fleet.revisions.current.image:
        _roll_out(fleet, fleet.revisions.renewed(str(value), now))
    elif row == "ready":
        _hold_back(fleet, None, _whole(value, fleet.ready()))
    elif row.endswith(".ready"):
        group = row.removeprefix("group.").removesuffix(".ready")
        _hold_back(fleet, group, _whole(value, fleet.ready(group)))


def _whole(value: State, otherwise: int) -> int:
    """A count of pods as somebody wrote it into a row."""
    try:
        return min(MOST_PODS, max(0, int(value)))
    except ValueError:
        return otherwise


def _restart(fleet: Fleet, how: str) -> None:
    """`rolling`, `all`, `one`, or `<count> of <group>`."""
    if how == "rolling":
        now, current = fleet.around.stage.now, fleet.revisions.current
        _roll_out(fleet, fleet.revisions.renewed(current.image, now, current.cause))
        return
    live = fleet.live()
    if how == "one":
        live = sorted(live, key=lambda pod: (pod.phase == "ready", -pod.pod))[:1]
    elif how != "all":
        count, _, group = how.partition(" of ")
        most = int(count) if count.isdecimal() else len(live)
        live = [pod for pod in live if pod.group == group][:most]
    for pod in live:
        _stop(fleet, pod)


def after(revisions: Revisions, asked: RolloutAsked, at: int) -> Revisions:
    """The revisions once an asked rollout is wanted; as before where it leads nowhere."""
    old = revisions.previous if asked.undo else revisions.numbered(asked.to_revision)
    if asked.undo or asked.to_revision:
        if old is None or old is revisions.current:
            return revisions
        return revisions.back_to(old, asked.cause)
    if asked.image in ("", revisions.current.image):
        return revisions
    return revisions.renewed(asked.image, at, asked.cause)


def _roll_out(fleet: Fleet, wanted: Revisions, *, slow: bool = False) -> None:
    if wanted is not fleet.revisions:
        fleet.revisions, fleet.is_rolling, fleet.is_slow = wanted, True, slow
        fleet.progress = (fleet.around.stage.now, ())


def _hold_back(fleet: Fleet, group: str | None, count: int) -> None:
    """Take the youngest out of the traffic, so that so many are Ready; or let them in again."""
    mine = [p for p in fleet.pods.values() if p.phase in lives.UP and group in (None, p.group)]
    fleet.held_back -= {pod.pod for pod in mine}
    beyond = sorted(mine, key=lambda pod: (pod.created, pod.pod))[count:]
    fleet.held_back |= {pod.pod for pod in beyond}


def _aim(fleet: Fleet, fault: str) -> None:
    """Spread the strikes of a fault that begins evenly over their time."""
    now = fleet.around.stage.now
    for strike in fleet.around.scenario.faults[fault].strikes:
        if strike.service != fleet.name:
            continue
        pods = min(strike.pods, MOST_PODS)
        for number in range(pods):
            later = math.ceil(strike.over * number / (pods - 1)) if number else 0
            fleet.blows.append((now + later, fault, strike.group, number))
    fleet.blows.sort()


def reconcile(fleet: Fleet) -> None:
    """Bring about what is wanted: replica sets grow and shrink, pods are created and stopped."""
    current = fleet.revisions.current.template
    templates = dict.fromkeys((*fleet.sets, current))
    sets = {
        template: Standing(
            pods=fleet.sets.get(template, 0),
            ready=sum(pod.phase == "ready" for pod in fleet.live(template)),
        )
        for template in templates
    }
    step = steps(fleet.replicas, slow=fleet.is_slow)
    fleet.sets = wanted(sets, current, fleet.replicas, step)
    for template, count in fleet.sets.items():
        there = fleet.live(template)
        going = sorted(there, key=lambda pod: (pod.phase == "ready", -pod.pod))
        for pod in going[: max(0, len(there) - count)]:
            _stop(fleet, pod)
        for _ in range(count - len(there)):
            _create(fleet, template)
    _admit(fleet)
    _note_progress(fleet)


def _stop(fleet: Fleet, pod: PodChanged) -> None:
    """A pod that runs lingers for its grace; one whose container does not run is gone at once."""
    is_running = pod.phase in lives.RUNNING
    grace = math.ceil(fleet.boot.grace) if is_running else 0
    fleet.pods[pod.pod] = replace(pod, phase="stopping" if grace else "gone")
    fleet.ends[pod.pod] = fleet.around.stage.now + grace


def _create(fleet: Fleet, template: int) -> None:
    now, number = fleet.around.stage.now, fleet.born
    fleet.born += 1
    revision = next(each for each in fleet.revisions.all if each.template == template)
    node = _caught(fleet, number)
    fleet.pods[number] = PodChanged(
        service=fleet.name, pod=number, phase="pending", group=fleet.home(revision.image),
        joined=now, template=template, image=revision.image, created=now, started=now,
        node=node,
    )  # fmt: skip


def _caught(fleet: Fleet, number: int) -> str:
    """Whether a new pod will fall into a group that catches some; the node it then runs on."""
    chance, now = fleet.around.stage.chance, fleet.around.stage.now
    for name, group in fleet.service.groups.items():
        terms = group.catches
        if terms is None or f"catches.{name}" not in fleet.onsets:
            continue
        there = sum(pod.group == name for pod in fleet.live())
        there += sum(fate[0] == name for fate in fleet.fates.values())
        is_caught = chance.happens(terms.chance, "caught", fleet.name, name, n=number)
        if there < terms.most and is_caught:
            fleet.fates[number] = (name, now + math.ceil(terms.after))
            return group.node
    return ""


def _admit(fleet: Fleet) -> None:
    """Let pending pods start as far as there is room."""
    workload = fleet.service.workload
    room = workload.room if workload is not None and workload.room is not None else MOST_PODS * 2
    taken = sum(pod.phase not in ("pending", "gone") for pod in fleet.pods.values())
    for number in sorted(fleet.pods):
        if fleet.pods[number].phase == "pending" and taken < room:
            fleet.pods[number] = lives.admitted(fleet.pods[number], fleet.around.stage.now)
            taken += 1


def _note_progress(fleet: Fleet) -> None:
    """Remember when a rollout last got on, and whether it is complete."""
    if not fleet.is_rolling:
        return
    new = fleet.live(fleet.revisions.current.template)
    ready = sum(pod.phase == "ready" for pod in new)
    old = len(fleet.live()) - len(new)
    fleet.is_rolling = bool(old) or ready < fleet.replicas
    fleet.is_slow = fleet.is_slow and fleet.is_rolling
    if fleet.progress[1] != (len(new), ready, old):
        fleet.progress = (fleet.around.stage.now, (len(new), ready, old))
