"""A stranger in the service drill: half of the questions are nobody's script."""

from pathlib import Path

import pytest

from simulator.authoring.stroll import lines_of, looking, same_world, shuffled, stroll
from simulator.brief.library import load

LINES = lines_of((Path(__file__).parent / "stroll_fraiseql_service_down.txt").read_text())
FEWEST_GOOD = 24


@pytest.fixture(scope="module")
def brief():
    """The scenario under its own plan."""
    return load("fraiseql-service-down").brief


def test_a_stranger_at_the_service_has_twenty_five_questions():
    """Each its own."""
    assert len(LINES) == len(set(LINES)) == 25


@pytest.mark.parametrize(
    "variant", ["half-open-redis", "bad-limits-file", "poison-schema", "key-unusable"]
)
def test_a_stranger_at_the_service_gets_answers(brief, variant):
    """At least 24 of 25 lines are answered, normal or refused; views agree; nothing is spoiled."""
    walk = stroll(brief, LINES, variant=variant, begins=300, seed=5)

    assert walk.good >= FEWEST_GOOD
    assert [answer.spoils for answer in walk.answers if answer.spoils] == []
    assert walk.disagree == ()


def test_the_order_of_questions_changes_nothing_in_the_service_drill(brief):
    """The same looks in another order: the same answers' ways, the same world."""
    first = stroll(brief, LINES, variant="half-open-redis", begins=300)
    looks = looking(first)
    one, other = (
        stroll(brief, order, variant="half-open-redis", begins=300)
        for order in (looks, shuffled(looks, seed=3))
    )

    assert same_world(one, other) == ""
    assert {a.line: a.way for a in one.answers} == {a.line: a.way for a in other.answers}
