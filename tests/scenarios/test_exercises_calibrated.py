"""The shipped exercises tell skill from luck, in a slice of what a whole calibration plays."""

import pytest

from simulator.authoring.calibrate import calibrate
from simulator.brief.library import load, names, read_scenario

EXERCISES = [name for name in names("scenario") if read_scenario(name).value.kind == "exercise"]
SEEDS = 3


def test_three_kinds_of_exercise_ship():
    """Alarms to tell apart, a shift to hand over, calls to refuse."""
    assert EXERCISES == [
        "fraiseql-alert-drill",
        "fraiseql-shift-handoff",
        "platform-not-an-incident",
    ]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_is_held_to_its_bounds(name):
    """Experts 90, probes 35 at most, the idle nothing, and skill in its order."""
    verdict = calibrate(load(name).brief, seeds=SEEDS, workers=1)

    assert [figure.row() for figure in verdict.figures if not figure.met] == []


def test_the_handoff_has_its_sixteen_items_in_fifteen_minutes():
    """Five of who goes, five of who comes, six of the list."""
    items = read_scenario("fraiseql-shift-handoff").value.items
    heads = [name.partition("-")[0] for name in items]

    assert {head: heads.count(head) for head in heads} == {"out": 5, "in": 5, "list": 6}
    assert {item.within for item in items.values()} == {900}


def test_each_of_the_four_alerts_is_real_in_some_truth_and_false_in_another():
    """Nobody can answer by the alert's name."""
    scenario = read_scenario("fraiseql-alert-drill").value
    answers = {
        name: {item.answer(variant) for variant in scenario.variants}
        for name, item in scenario.items.items()
        if name.startswith("alert-")
    }

    assert len(answers) == 4
    assert all("false-alarm" in given and len(given) == 2 for given in answers.values())
