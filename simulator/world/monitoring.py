"""Monitoring is a service too: while it is down nobody takes samples, and nothing new is known.

Rule 1: whether it is up is a condition over the truth that its author writes; a fault may turn it.
Rule 2: only our own monitoring: the cloud's, logs and people go on by themselves.
Rule 3: a sample is shown until it is too old; after that there is no data, never nought.
"""

from typing import Final

from simulator.brief.conditions import Condition
from simulator.brief.terms import Negation
from simulator.stage import Process
from simulator.world.surroundings import Surroundings

STALE_S: Final = 300
"""A sample older than this is no data (Prometheus' lookback)."""


def play(around: Surroundings) -> None:
    """Remember from now on when nobody takes samples."""
    up = around.scenario.system.clock.samples_while
    if up is not None:
        around.stage.play(_follow(around, up), of_world=True)


def gaps(around: Surroundings) -> tuple[tuple[int, int | None], ...]:
    """When nobody took samples (from, to), in order of time; None while it lasts."""
    return tuple(around.history.gaps)


def is_down(around: Surroundings) -> bool:
    """Whether nobody takes samples now."""
    return bool(around.history.gaps) and around.history.gaps[-1][1] is None


def is_sampled(around: Surroundings, at: int) -> bool:
    """Whether somebody took samples at a second."""
    return not any(since <= at and (to is None or at < to) for since, to in around.history.gaps)


def _follow(around: Surroundings, up: Condition) -> Process:
    stage, known = around.stage, around.history.gaps
    while True:
        yield around.watch.until(Negation(part=up))
        known.append((stage.now, None))
        yield around.watch.until(up)
        known[-1] = (known[-1][0], stage.now)
