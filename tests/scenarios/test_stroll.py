from pathlib import Path

import pytest

from simulator.authoring.stroll import lines_of, looking, same_world, shuffled, stroll
from simulator.brief.library import load

LINES = lines_of((Path(__file__).parent / "stroll_fraiseql_database_recovery.txt").read_text())
FEWEST_GOOD = 24


@pytest.fixture(scope="module")
def brief():
    """The first scenario under its own plan."""
    return load("fraiseql-database-recovery").brief


def test_a_stranger_has_twenty_five_questions():
    """Each its own."""
    assert len(LINES) == len(set(LINES)) == 25


@pytest.mark.parametrize("variant", ["lost-primary", "cut-off"])
@pytest.mark.parametrize("begins", [300, 400, 540])
def test_a_stranger_gets_answers(brief, variant, begins):
    """At least 24 of 25 lines are answered, normal or refused; views agree; nothing is spoiled."""
    walk = stroll(brief, LINES, variant=variant, begins=begins, seed=begins)

    assert walk.good >= FEWEST_GOOD
    assert [answer.spoils for answer in walk.answers if answer.spoils] == []
    assert walk.disagree == ()


def test_the_order_of_questions_changes_nothing_but_times(brief):
    """The same looks in another order: the same answers' ways, the same world."""
    first = stroll(brief, LINES, variant="lost-primary", begins=300)
    looks = looking(first)
    one, other = (
        stroll(brief, order, variant="lost-primary", begins=300)
        for order in (looks, shuffled(looks, seed=3))
    )

    assert same_world(one, other) == ""
    assert {a.line: a.way for a in one.answers} == {a.line: a.way for a in other.answers}
