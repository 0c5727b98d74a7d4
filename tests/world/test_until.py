"""Waiting for something takes as long as the world needs for it."""

import pytest

from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.commands.work import CancelWork, Mitigate
from simulator.journal.events.work import ActionFinished, WorkBegan
from simulator.journal.events.world import FaultBegan

WAIT = "wait-for-replay"


@pytest.fixture(scope="module")
def brief():
    """The database incident, whose old replica replays what the archive holds."""
    return load("fraiseql-database-recovery").brief


def drill(brief, variant):
    """A drill in which nobody does anything by themselves, at the second 700."""
    policies = dict.fromkeys(brief.people(), "idle")
    made = Drill(brief, Terms(seed=7, variant=variant, policies=policies))
    made.advance(until=700)
    return made


def told(made, kind, *, of):
    """The seconds of these events about an action or fault."""
    names = ("action", "fault", "item")
    return [
        e.at
        for e in made.entries
        if isinstance(e.what, kind) and of in (getattr(e.what, name, None) for name in names)
    ]


def test_waiting_lasts_until_what_is_waited_for_has_come(brief):
    """With the rollup ended the archive is replayed in some nine minutes, without in forty-five."""
    lasted = []
    for helped in (True, False):
        made = drill(brief, "stale-replica")
        if helped:
            made.submit("bob", Mitigate(action="kill-rollup", anyway=True))
            made.advance(until=1000)
        made.submit("bob", Mitigate(action=WAIT, anyway=True))
        made.advance(until=5000)
        (began,), (ended,) = told(made, WorkBegan, of=WAIT), told(made, ActionFinished, of=WAIT)
        assert told(made, FaultBegan, of="archive-end") == [ended]
        lasted.append((ended - began) // 60)

    assert lasted == [9, 45]


def test_what_is_there_already_takes_the_least(brief):
    """Nothing is replayed from the archive: one look, two minutes."""
    made = drill(brief, "lost-primary")
    made.submit("bob", Mitigate(action=WAIT, anyway=True))
    made.advance(until=2000)

    (began,), (ended,) = told(made, WorkBegan, of=WAIT), told(made, ActionFinished, of=WAIT)
    assert ended - began == 120


def test_waiting_may_be_given_up(brief):
    """Beyond the least, too; what comes later is nobody's any more."""
    made = drill(brief, "stale-replica")
    made.submit("bob", Mitigate(action=WAIT, anyway=True))
    made.advance(until=1500)
    made.submit("bob", CancelWork())
    made.advance(until=5000)

    assert told(made, FaultBegan, of="archive-end") != []
    assert told(made, ActionFinished, of=WAIT) == []
