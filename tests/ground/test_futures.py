"""Another future of the same luck: new draws by the same keys, and what stays."""

import pytest

from simulator.chance import Chance


def heard():
    """Luck that remembers what was drawn."""
    return Chance(7, heard=set())


def test_what_was_drawn_before_a_branch_stays():
    """The same key, the same number; a key nobody had asked for is drawn anew."""
    chance = heard()
    before = chance.unit("work", "ann", n=1)
    future = chance.branched(3)

    assert future.unit("work", "ann", n=1) == before
    assert future.unit("work", "ann", n=2) != Chance(7).unit("work", "ann", n=2)


def test_future_nought_is_the_drills_own():
    """It draws what would have been drawn."""
    assert heard().branched(0).unit("work", n=5) == Chance(7).unit("work", n=5)


def test_a_future_is_its_number():
    """Twice the same, and another one another."""
    one, again, other = (heard().branched(n).human(50, 0.4, "ack") for n in (1, 1, 2))

    assert one == again
    assert one != other


def test_what_the_world_is_is_the_same_in_every_future():
    """The phase of a scrape nobody has looked at, a name nobody has read."""
    keys = (("scrape phase", "api"), ("telemetry", "pod", "api"), ("variant", "shop"))

    for future in (1, 2):
        branched = heard().branched(future)
        assert [branched.unit(*key) for key in keys] == [Chance(7).unit(*key) for key in keys]


def test_luck_that_remembers_nothing_has_no_futures():
    """Who branches off must know what was drawn before."""
    with pytest.raises(AssertionError, match="has to be known"):
        Chance(7).branched(1)
