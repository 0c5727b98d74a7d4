"""A stranger walks through the gateway drill and types what comes to mind."""

from pathlib import Path

import pytest

from simulator.authoring.stroll import lines_of, looking, same_world, shuffled, stroll
from simulator.brief.library import load

LINES = lines_of((Path(__file__).parent / "stroll_platform_api_gateway.txt").read_text())
FEWEST_GOOD = 24


@pytest.fixture(scope="module")
def brief():
    """The gateway drill under its own plan."""
    return load("platform-api-gateway-high-errors").brief


def test_the_stranger_at_the_gateway_has_twenty_five_questions():
    """Each its own."""
    assert len(LINES) == len(set(LINES)) == 25


@pytest.mark.parametrize("variant", ["release", "limiter", "transient"])
def test_the_stranger_at_the_gateway_gets_answers(brief, variant):
    """At least 24 of 25 lines are answered, normal or refused; views agree; nothing is spoiled."""
    walk = stroll(brief, LINES, variant=variant, begins=300, seed=5)

    assert walk.good >= FEWEST_GOOD, [a for a in walk.answers if a.way == "not_simulated"]
    assert [answer.spoils for answer in walk.answers if answer.spoils] == []
    assert walk.disagree == ()


def test_at_the_gateway_the_order_of_questions_changes_nothing_but_times(brief):
    """The same looks in another order leave the same world."""
    first = stroll(brief, LINES, variant="upstream", begins=300)
    looks = looking(first)
    one, other = (
        stroll(brief, order, variant="upstream", begins=300)
        for order in (looks, shuffled(looks, seed=3))
    )

    assert same_world(one, other) == ""
