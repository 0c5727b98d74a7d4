"""A stranger walks through every incident: twenty-five lines of their own, half off the script."""

from pathlib import Path

import pytest

from simulator.authoring.stroll import lines_of, looking, same_world, shuffled, stroll
from simulator.brief.library import load, names, read_scenario

INCIDENTS = [name for name in names("scenario") if read_scenario(name).value.kind == "incident"]
FEWEST_GOOD = 24
BEGINS = (300, 420, 540)
"""Seconds after the first page."""


def lines(scenario):
    """The lines of this scenario's stranger."""
    file = Path(__file__).parent / f"stroll_{scenario.replace('-', '_')}.txt"
    return lines_of(file.read_text(encoding="utf-8"))


def drawn(scenario):
    """The first and the last truth a seed may draw."""
    variants = read_scenario(scenario).value.variants
    found = [name for name, terms in variants.items() if terms.weight > 0]
    return found[0], found[-1]


@pytest.mark.parametrize("scenario", INCIDENTS)
def test_a_stranger_has_twenty_five_questions(scenario):
    """Each its own."""
    asked = lines(scenario)

    assert len(asked) == len(set(asked)) == 25


@pytest.mark.parametrize("begins", BEGINS)
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("scenario", INCIDENTS)
def test_a_stranger_gets_answers(scenario, place, begins):
    """At least 24 of 25 lines are answered, normal or refused; views agree; nothing is spoiled."""
    variant = drawn(scenario)[place]
    walk = stroll(
        load(scenario).brief, lines(scenario), variant=variant, begins=begins, seed=begins
    )

    assert walk.good >= FEWEST_GOOD, walk.failures()
    assert [answer.spoils for answer in walk.answers if answer.spoils] == []
    assert walk.disagree == ()


@pytest.mark.parametrize("scenario", INCIDENTS)
def test_the_order_of_questions_changes_nothing_but_times(scenario):
    """The same looks in another order: as many answers, the same world."""
    brief, variant = load(scenario).brief, drawn(scenario)[0]
    first = stroll(brief, lines(scenario), variant=variant, begins=300)
    looks = looking(first)
    one, other = (
        stroll(brief, order, variant=variant, begins=300)
        for order in (looks, shuffled(looks, seed=3))
    )

    assert same_world(one, other) == ""
    assert (one.good, one.failures()) == (other.good, other.failures())
