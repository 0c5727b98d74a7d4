"""Figures of many futures become a verdict: intervals, sorts, and what is not said."""

import math
from dataclasses import replace

import pytest

from simulator.debrief.regret.arms import Outcome
from simulator.debrief.regret.decisions import Decision
from simulator.debrief.regret.estimate import paired, quantile
from simulator.debrief.regret.verdict import Regret, weighed

DECISION = Decision(
    kind="left_out", at=300, by="ann", item="restart-db", judged="harmful", stake_s=600
)


def came(restored_s, failed=1000, users=90, *, in_time=True):
    """An outcome."""
    return Outcome(restored_s=restored_s, in_time=in_time, failed=failed, users=users)


def futures(played, other):
    """Both ways, future by future from 1."""
    ways = {"as_played": played, "otherwise": other}
    return {(way, n): one for way, many in ways.items() for n, one in enumerate(many, start=1)}


def verdict(played, other, recorded):
    """One decision whose futures took so many seconds."""
    return weighed(
        DECISION, futures([came(s) for s in played], [came(s) for s in other]), came(recorded)
    )


def regret(*replayed):
    return Regret(head="", asked=8, found=3, recorded=came(900), limit_s=3600, replayed=replayed)


@pytest.mark.parametrize(
    ("freedom", "known"), [(7, 2.36462), (9, 2.26216), (19, 2.09302), (39, 2.02269), (99, 1.98422)]
)
def test_the_quantile_is_students(freedom, known):
    """Against the printed table of two-sided 5 % points."""
    assert math.isclose(quantile(freedom), known, abs_tol=5e-4)


def test_an_interval_by_hand():
    """Eight differences 1..8: mean 4.5, standard error sqrt(6)/sqrt(8), 2.365 of it either side."""
    found = paired([1, 2, 3, 4, 5, 6, 7, 8])

    assert math.isclose(found.mean, 4.5)
    assert math.isclose(found.high - found.mean, 2.36462 * math.sqrt(6 / 8), abs_tol=1e-3)


def test_seven_futures_say_nothing():
    """Too few to know their spread: no figure, nothing told."""
    found = verdict([900] * 7, [300] * 7, 900)

    assert (dict(found.measures), found.sort) == ({}, None)


@pytest.mark.parametrize(
    ("other", "recorded", "sort"),
    [
        (300, 905, "costly"),
        (300, 700, "costly / lucky"),
        (300, 1500, "costly"),
        (1800, 905, "good / good"),
        (1800, 700, "good / good"),
        (1800, 1500, "good / bad luck"),
    ],
)
def test_a_decision_and_its_luck_are_told_apart(other, recorded, sort):
    """Quality by the expected difference, luck by the outer quarters of its own futures."""
    played = [880, 890, 900, 910, 920, 930, 895, 905]
    found = verdict(played, [other + n for n in range(8)], recorded)

    assert found.sort == sort


def test_what_might_be_nothing_is_not_told():
    """Half of the futures sooner, half later: the interval holds zero."""
    found = verdict([900] * 8, [600, 1200] * 4, 900)

    assert (found.telling, found.sort) == ((), None)
    assert regret(found).told == ()


def test_a_second_that_is_sure_is_still_nothing_to_say():
    """One second in every future: the interval is a point, and nobody would say it."""
    assert verdict([900] * 8, [901] * 8, 900).telling == ()


def test_requests_tell_where_time_does_not():
    """Restored in the same second, with a third of the loss."""
    found = weighed(
        DECISION,
        futures([came(900, 3000)] * 8, [came(900, 1000 + n) for n in range(8)]),
        came(900, 3000),
    )

    assert (found.telling, found.sort) == (("failed",), "costly")


def test_what_the_world_did_not_live_to_count_has_no_figure():
    """One future was closed with the fault alive: requests are not compared, times are."""
    cut = Outcome(restored_s=3600, in_time=False, failed=None, users=None)
    found = weighed(DECISION, futures([came(900)] * 7 + [cut], [came(300)] * 8), came(900))

    assert list(found.measures) == ["restored"]
    assert found.beyond_limit == (1, 0)


def test_a_pair_the_engine_broke_in_is_outside_all_figures():
    """Nine futures, one broken: eight are compared and one is told."""
    broken = Outcome(restored_s=0, in_time=False, failed=None, users=None, faulted="a loop")
    found = weighed(DECISION, futures([came(900)] * 8 + [broken], [came(300)] * 9), came(900))

    assert (found.futures, found.faulted) == (8, 1)
    assert found.measures["restored"].mean == -600


def test_a_future_played_one_way_alone_is_no_pair():
    """An interrupt came between the two."""
    found = weighed(DECISION, futures([came(900)] * 9, [came(300)] * 8), came(900))

    assert found.futures == 8


def moved(found, at):
    """The same verdict about another second."""
    return replace(found, decision=replace(found.decision, at=at))


def test_three_are_told_time_before_requests_and_more_before_less():
    """Five tell something, each in a second of its own."""
    gains = (100, 400, 200, 300)
    saved = [verdict([2000] * 8, [2000 - gain] * 8, 2000) for gain in gains]
    lost = weighed(DECISION, futures([came(900, 9000)] * 8, [came(900, 10)] * 8), came(900, 9000))
    told = regret(*(moved(one, at) for at, one in enumerate([lost, *saved]))).told

    assert [one.measures["restored"].mean for one in told] == [-400, -300, -200]


def test_one_seat_is_told_one_way_for_each_second():
    """Two things it might have done at once: the one that tells more."""
    saved = [verdict([2000] * 8, [2000 - gain] * 8, 2000) for gain in (100, 400)]

    assert regret(*saved).told == (saved[1],)
