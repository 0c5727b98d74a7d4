"""Two tellings of a drill are the same to the byte, or the first difference is told."""

from pathlib import Path

import pytest

from simulator.authoring.sameness import _trial, followed, head
from simulator.brief.library import load
from simulator.drill import Drill, Terms

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def brief():
    """A shop on the corner and three people."""
    people = str(HERE / "corner_shop_people.yaml")
    return load(str(HERE / "corner_shop.yaml"), roster=people).brief


def idle(brief, seed):
    """Nobody does anything."""
    return Terms(seed=seed, policies=dict.fromkeys(brief.people(), "idle"))


def test_another_seeds_record_is_left_at_its_first_entry(brief):
    """The engine says which entry it would tell otherwise."""
    other = Drill(brief, idle(brief, 2)).run()
    said = followed(brief, idle(brief, 1), other, None)

    assert isinstance(said, str)
    assert " differs from the record" in said


def test_a_difference_is_told_with_its_entry(brief):
    """The same bytes, another entry, an entry too few, or what the engine said."""
    whole = Drill(brief, idle(brief, 1)).run()
    told = head(whole)
    other = [*whole[:5], whole[7], *whole[6:]]
    found = [_trial(1, "rerun", whole, told, one) for one in (whole, other, whole[:-1], "a fault")]

    assert [one.same for one in found] == [True, False, False, False]
    assert [one.found for one in found] == [
        "",
        f"{whole[7]} is not {whole[5]}",
        f"{len(whole) - 1} entries, not {len(whole)}",
        "a fault",
    ]
