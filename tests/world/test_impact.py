"""What an incident cost, whichever way its time is cut into pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.world.impact import (
    Entering,
    Harm,
    budget_burnt,
    failed_per_s,
    money_lost,
)

SHOP = (
    Entering(requests_per_s=40, errors=0.5),
    Entering(requests_per_s=10, errors=0.001),
)


def test_failures_are_counted_where_requests_enter():
    """Half of 40 a second and a thousandth of 10, for two minutes."""
    harm = Harm().after(SHOP, 120, users=0, per_minute=0)

    assert failed_per_s(SHOP) == pytest.approx(20.01)
    assert (harm.requests, harm.failed) == (6000, pytest.approx(2401.2))


def test_a_user_is_hit_once():
    """At half the requests failing and one request a minute, half of those spared each minute."""
    half = (Entering(requests_per_s=10, errors=0.5),)
    harm = Harm()
    told = []
    for _ in range(3):
        harm = harm.after(half, 60, users=1000, per_minute=1)
        told.append(round(harm.users_hit))

    assert told == [500, 750, 875]


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1), st.floats(0, 20), st.integers(2, 600), st.data())
def test_cutting_a_piece_in_two_changes_nothing(errors, per_minute, lasting_s, data):
    """The sums are exact, so a needless change of signals costs nobody anything."""
    cut_s = data.draw(st.integers(1, lasting_s - 1))
    piece = (Entering(requests_per_s=7, errors=errors),)

    whole = Harm().after(piece, lasting_s, users=5200, per_minute=per_minute)
    first = Harm().after(piece, cut_s, users=5200, per_minute=per_minute)
    both = first.after(piece, lasting_s - cut_s, users=5200, per_minute=per_minute)

    assert both.failed == pytest.approx(whole.failed)
    assert both.users_hit == pytest.approx(whole.users_hit, abs=1e-6)


def test_a_budget_is_a_month_of_normal_traffic():
    """15 % of 1,200 a second for 37 minutes takes 12.8 % of a 99.9 % month."""
    failed = 0.15 * 1200 * 37 * 60

    assert budget_burnt(failed, 0.999, 1200) == pytest.approx(0.128, abs=5e-4)


def test_an_slo_without_room_has_no_budget():
    """100 % leaves nothing to burn."""
    with pytest.raises(ValueError, match="below 100 %"):
        budget_burnt(1, 1.0, 1200)


def test_money_is_shown_only_where_a_request_has_a_value():
    """Nothing is not the same as 0."""
    assert (money_lost(400, 0.5), money_lost(400, None)) == (200, None)
