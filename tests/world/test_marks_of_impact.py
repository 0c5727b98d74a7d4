"""Restored is a second that is only known afterwards: how long it must hold is the scenario's."""

import pytest
from shop import play, shop, told

from simulator.journal.events.world import ImpactEnded, ImpactReturned, StateSet

QUIET = {
    "expected: {restore: 24m}\n": "expected: {restore: 24m}\nrestored_when: quiet == yes\n"
    "restored_for: 15m\n",
}
SOONER = {"cause: bulk-query, faults: [step]}": "cause: bulk-query, faults: [step],"
          " restored_for: 2m}"}  # fmt: skip


def marks(stage):
    """(second it is known, second it is) of every end of impact."""
    return [(at, ended.since) for at, ended in told(stage, ImpactEnded)]


@pytest.mark.parametrize(("changes", "held"), [(QUIET, 900), ({**QUIET, **SOONER}, 120)])
def test_the_mark_is_the_second_it_began_to_hold(changes, held):
    """Quiet from 400 s on: known a quarter of an hour later, or what its variant asks for."""
    stage = play(shop("step", **changes), 400)
    stage.emit(StateSet(name="quiet", value="yes"))
    play(stage, 2000)

    assert marks(stage) == [(400 + held, 400)]


def test_a_noise_in_the_quiet_begins_it_anew():
    """A minute's noise after fourteen minutes: the quarter of an hour is counted from its end."""
    stage = shop("step", **QUIET)
    for at, quiet in ((400, "yes"), (1240, "no"), (1300, "yes")):
        play(stage, at)
        stage.emit(StateSet(name="quiet", value=quiet))
    play(stage, 3000)

    assert marks(stage) == [(2200, 1300)]


def test_noise_after_it_was_proven_is_a_relapse():
    """The fault still stands, so customers are hurt again."""
    stage = play(shop("step", **QUIET), 400)
    stage.emit(StateSet(name="quiet", value="yes"))
    play(stage, 1500)
    stage.emit(StateSet(name="quiet", value="no"))
    play(stage, 1600)

    assert [at for at, _ in told(stage, ImpactReturned)] == [1500]
