"""Luck belongs to its key, so one changed decision changes nothing else."""

import math
import os
import statistics
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.chance import Chance


def test_the_same_key_draws_the_same_luck_in_any_order():
    """Asking for other draws in between changes nothing."""
    chance = Chance(7)
    first = chance.unit("boot", "api", n=3)
    for n in range(50):
        chance.unit("boot", "api", n=n)

    assert chance.unit("boot", "api", n=3) == first
    assert chance.unit("boot", "api", n=4) != first


def test_a_range_runs_upwards():
    """Whoever gives its ends the wrong way round is told at once."""
    with pytest.raises(ValueError, match="a range runs upwards: 9 > 3"):
        Chance(1).span(9, 3, "work")


@given(st.integers(0, 2**32), st.floats(0, 500), st.floats(0, 500))
def test_a_span_stays_inside_its_range_and_rounds_up(seed, low, more):
    """No drawn delay is shorter than its range allows."""
    drawn = Chance(seed).span(low, low + more, "work")

    assert math.floor(low) <= drawn.seconds <= math.ceil(low + more)


def test_half_of_human_delays_are_below_their_median():
    """The lognormal's median is the stated one."""
    drawn = [Chance(1).human(50, 0.4, "ack", n=n).seconds for n in range(4000)]

    assert 48 <= statistics.median(drawn) <= 52


def test_weights_decide_how_often_a_name_is_picked():
    """A weight of 0 is never drawn, .35 about a third of the time."""
    weights = {"a": 0.35, "b": 0.65, "never": 0.0}
    picked = [Chance(3).pick(weights, "variant", n=n) for n in range(4000)]

    assert "never" not in picked
    assert 0.32 <= picked.count("a") / 4000 <= 0.38


def test_luck_is_the_same_under_any_hash_seed():
    """Two processes with other hash seeds draw alike."""
    line = "from simulator.chance import Chance; print(Chance(9).unit('a', 'b', 'c', n=2))"
    told = [
        subprocess.run(
            [sys.executable, "-c", line],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]
