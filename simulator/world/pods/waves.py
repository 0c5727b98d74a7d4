"""How one revision takes the place of another: a quarter gone, a quarter in surplus.

Rule 1: so many pods of the old sets may go as leave three quarters of the replicas Ready, the new
ones that are not yet Ready set aside; those that are not Ready go first.
Rule 2: no more pods exist than replicas and the surplus; what is stopping does not count.

Source: Kubernetes, Deployment, rolling update (maxUnavailable rounds down, maxSurge up).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many pods of one replica set there are."""

    pods: int
    ready: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How far a rollout may go at a time."""

    gone: int
    surplus: int


def steps(replicas: int, *, slow: bool = False) -> Steps:
    """A quarter each; or one in surplus and none gone where it is to go slowly."""
    if slow:
        return Steps(gone=0, surplus=1)
    gone, surplus = math.floor(replicas * SHARE), math.ceil(replicas * SHARE)
    return Steps(gone=gone, surplus=surplus if gone or surplus else 1)


def wanted(
    sets: Mapping[int, Standing], current: int, replicas: int, step: Steps
) -> dict[int, int]:
    """How many pods each replica set (by template) is to have now."""
    old = {template: at for template, at in sets.items() if template != current and at.pods}
    new = sets.get(current, Standing(pods=0, ready=0))
    if not old:
        return {current: replicas}
    target = {template: at.pods for template, at in old.items()}
    grown = _grown(sum(target.values()), new.pods, replicas, step)
    lacking = max(0, grown - new.ready)
    least = replicas - step.gone
    free = max(0, sum(target.values()) + grown - least - lacking)
    for template in sorted(old):  # those that are not Ready cost nobody anything
        unready = min(free, old[template].pods - old[template].ready)
        target[template] -= unready
        free -= unready
    spare = max(0, sum(at.ready for at in old.values()) + new.ready - least)
    for template in sorted(old):
        going = min(spare, free, target[template], old[template].ready)
        target[template] -= going
        spare, free = spare - going, free - going
    grown = _grown(sum(target.values()), grown, replicas, step)
    return {**target, current: grown}


def _grown(old: int, new: int, replicas: int, step: Steps) -> int:
    """How many pods of the new set the surplus lets stand beside the old ones."""
    room = replicas + step.surplus - old
    return min(replicas, max(new, room))
