from pathlib import Path

import pytest
from starter_answers import SAID

from simulator.authoring.answers import answers_of
from simulator.authoring.fate import fate
from simulator.authoring.fuzzed import fuzzed
from simulator.authoring.starter import starter
from simulator.brief.library import read_plan
from simulator.brief.nodes import compose

PLAN = read_plan("fraiseql").node
HERE = Path(__file__).parent
SLICE = 25


def small_drill():
    """(text, roster) of a drill as `scenarios new` writes it, its limit drawn in."""
    made = starter(answers_of({**SAID, "kind": "database", "other": "disk"}))
    return made.scenario.replace("limit: 2h30m", "limit: 18m"), compose(made.roster, "people.yaml")


@pytest.mark.parametrize("first", range(0, 200, SLICE))
def test_a_changed_scenario_is_refused_or_played_to_its_end(first):
    """Two hundred files: no hang, no second before the last, no fault of the engine's."""
    text, roster = small_drill()
    fates = {
        seed: fate(fuzzed(text, seed), PLAN, roster, seed) for seed in range(first, first + SLICE)
    }

    assert {seed: one.wrong for seed, one in fates.items() if one.wrong} == {}
    assert {bool(one.refused) for one in fates.values()} == {True, False}


def test_the_same_seed_makes_the_same_changes():
    """And another seed others; the first document stays as it is in most of its lines."""
    text, _ = small_drill()
    again, other = fuzzed(text, 7), fuzzed(text, 8)

    assert fuzzed(text, 7) == again
    assert again not in (text, other)
    assert len(set(text.splitlines()) - set(again.splitlines())) <= 150


def test_a_page_before_anything_hurts_is_a_forewarning_and_breaks_nothing():
    """What rings before the impact is declared and escalated, and counts from the next page."""
    text = (HERE / "corner_shop.yaml").read_text(encoding="utf-8")
    early = text.replace("when: probe.health == 0 for 45s", "when: not restored")
    people = compose((HERE / "corner_shop_people.yaml").read_bytes(), "people.yaml")

    assert fate(early, PLAN, people, 1).wrong == ""
