"""A fault may come some time after what brings it about, or not at all if that has passed."""

from itertools import pairwise

import pytest
from shop import play, shop, told

from simulator.journal.events.world import FaultBegan, StateSet

LATE = {
    "  step: {title: a step, at: 3m, bends: [{on: web, errors: 15%}]}":
    "  step: {title: a step, WHEN, after: 90s..150s, lasts: 10s, bends: [{on: web, errors: 15%}]}",
}  # fmt: skip


def late(when, seed):
    """The shop whose fault lags behind its moment."""
    return shop("step", seed, **{old: new.replace("WHEN", when) for old, new in LATE.items()})


def begins(stage):
    """The seconds at which the fault began."""
    return [at for at, _ in told(stage, FaultBegan)]


@pytest.mark.parametrize("when", ["at: 3m", "when: now >= 180", "when: now >= 120 for 60s"])
def test_it_begins_within_its_range(when):
    """Ninety seconds to two and a half minutes after 180 s, each seed at its own second."""
    found = [begins(play(late(when, seed), 400))[0] for seed in range(12)]

    assert all(270 <= at <= 330 for at in found)
    assert len(set(found)) > 3


def test_what_has_passed_by_then_brings_nothing():
    """The flag stood for a minute only; standing again it is waited for anew."""
    stage = late("when: flag == up", 3)
    for at, flag in ((100, "up"), (160, "down"), (400, "up")):
        play(stage, at)
        stage.emit(StateSet(name="flag", value=flag))
    play(stage, 560)

    assert len(begins(stage)) == 1
    assert 490 <= begins(stage)[0] <= 550


def test_each_time_is_drawn_for_itself():
    """Where the flag stays, it comes again after its end; no two delays are one draw."""
    stage = late("when: flag == up", 3)
    play(stage, 100)
    stage.emit(StateSet(name="flag", value="up"))
    at = begins(play(stage, 1200))
    waits = [after - before - 11 for before, after in pairwise(at)]

    assert len(waits) > 4
    assert all(90 <= wait <= 150 for wait in waits)
    assert len(set(waits)) > 1
