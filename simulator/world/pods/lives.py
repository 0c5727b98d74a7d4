"""What may become of one pod: its container starts, comes up, dies, is tried again.

Rule 1: pure: a pod is its last `PodChanged`, and each turn makes another.
Rule 2: a container that died is started again at once, then after 10, 20, 40, 80, 160 and from then
on 300 s; one that ran for ten minutes is forgiven what was before.

Source: Kubernetes, Pod lifecycle, "How Pods handle problems with containers".
"""

from dataclasses import replace
from typing import Final

from simulator.brief.scenario.workload import Crash
from simulator.journal.events.world import PodChanged

WAITS_S: Final = (0, 10, 20, 40, 80, 160, 300)
"""Before the next try, by how often in a row a container has died."""
WELL_S: Final = 600
"""How long a container runs until its deaths before are forgotten."""
RUNNING: Final = frozenset({"starting", "ready", "unready"})
"""Phases in which a container runs."""
UP: Final = frozenset({"ready", "unready"})
"""Phases of a container that has come up."""
LIVE: Final = frozenset({"pending", "starting", "ready", "unready", "backoff"})
"""Phases of a pod that its replica set counts."""


def dead(pod: PodChanged, at: int, name: str, crash: Crash) -> PodChanged:
    """Its container has died of a crash."""
    tries = 1 if at - pod.started >= WELL_S else pod.tries + 1
    return replace(
        pod,
        phase="backoff",
        died=at,
        lived_from=pod.started,
        tries=tries,
        exit=crash.exit,
        reason=crash.reason,
        crash=name,
    )


def next_try(pod: PodChanged) -> int:
    """The second at which the kubelet starts a dead container again."""
    assert pod.died is not None, "asked only of one that is dead"
    return pod.died + WAITS_S[min(pod.tries, len(WAITS_S)) - 1]


def tried(pod: PodChanged, at: int) -> PodChanged:
    """Its container is started again."""
    return replace(pod, phase="starting", started=at, restarts=pod.restarts + 1)


def admitted(pod: PodChanged, at: int) -> PodChanged:
    """There is room: its first container starts."""
    return replace(pod, phase="starting", started=at)


def moved(pod: PodChanged, group: str, at: int, struck: str = "") -> PodChanged:
    """It is in another group from now on."""
    return replace(pod, group=group, joined=at, struck=struck)
