"""Belief: what clues say, how well they are read, and what was ruled out by trying."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_incident import small_brief

from simulator.responders.reading import belief, likeliest

SCENARIO = small_brief().scenario
CLUES = tuple(SCENARIO.clues)


def test_without_a_clue_every_cause_is_alike():
    """Three causes can be named, and nobody knows anything."""
    found = belief(SCENARIO, (), 1)

    assert found == pytest.approx(dict.fromkeys(("slow-query", "bad-release", "dead-db"), 1 / 3))


def test_a_telling_clue_decides_for_a_good_reader():
    """Thirty to a half to a tenth: the query it is."""
    found = belief(SCENARIO, ["held-pool"], 1)

    assert likeliest(found) == ("slow-query", pytest.approx(30 / 30.6))


def test_a_poor_reader_takes_less_from_the_same_clue():
    """Three tenths of each weight's logarithm is what a novice hears."""
    found = belief(SCENARIO, ["held-pool"], 0.3)

    assert found["slow-query"] == pytest.approx(30**0.3 / (30**0.3 + 0.5**0.3 + 0.1**0.3), abs=1e-9)


def test_clues_multiply():
    """Few sessions speak against the query, the release list for the release."""
    found = belief(SCENARIO, ["quiet-pool", "fresh-release"], 1)

    assert found["bad-release"] == pytest.approx(12 / (12 + 0.05 + 0.2))


def test_a_cause_that_was_tried_in_vain_is_out():
    """What is left shares the belief."""
    found = belief(SCENARIO, ["held-pool"], 1, without=["slow-query"])

    assert likeliest(found)[0] == "bad-release"
    assert "slow-query" not in found


@given(st.sets(st.sampled_from(CLUES)), st.floats(0, 1))
def test_belief_is_a_share_of_one(found, reading):
    """Whatever is found and however it is read, the causes share one whole."""
    shares = belief(SCENARIO, found, reading).values()

    assert sum(shares) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares)
