"""Durations are written and said as people do."""

import pytest

from simulator.clock import instant, said, seconds_of, t_plus, wall


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("250ms", 0.25), ("0s", 0)],
)
def test_a_written_duration_is_so_many_seconds(text, seconds):
    """`1h30m` is 5,400 s."""
    actual = seconds_of(text)

    assert actual == seconds


@pytest.mark.parametrize("text", ["5", "", "5 m", "-5m", "5m3", "1y", "401d", "\u0665m"])
def test_what_is_no_duration_is_refused_with_the_units(text):
    """A bare number, a sign, a space or a foreign digit is not a duration."""
    with pytest.raises(ValueError, match=r"duration|longer"):
        seconds_of(text)


def test_a_duration_is_said_in_its_largest_units():
    """5,400 s is said as an hour and a half."""
    actual = [said(45), said(300), said(5400), said(-90), said(90_000), said(0)]

    assert actual == ["45 s", "5 min", "1 h 30 min", "-1 min 30 s", "1 d 1 h", "0 s"]


def test_a_moment_is_told_from_t0():
    """Minutes and seconds under an hour, hours from then on."""
    actual = [t_plus(190), t_plus(-45), t_plus(3720)]

    assert actual == ["T+03:10", "T-00:45", "T+1:02:00"]


def test_a_second_of_the_drill_has_a_label():
    """Second 665 of a drill that begins at 09:55:00 is 10:06:05."""
    actual = wall("2026-03-13T09:55:00Z", 665), instant("2026-03-13T09:55:00Z", 0).hour

    assert actual == ("10:06:05", 9)
