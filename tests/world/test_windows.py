"""What monitoring shows and when it speaks: always later than the truth, by how much exactly."""

from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.world.rules import Rule, Standing, first_crossing, next_turn
from simulator.world.windows import (
    Counted,
    ErrorRatio,
    GaugeReading,
    Grid,
    Knot,
    Rates,
    RequestRate,
    Scraper,
)

PHASES = [(scrape, evaluate) for scrape in range(15) for evaluate in range(30)]
ONSET_S = 1000


def ratio(*steps, scrape=0, down=()):
    """The error ratio of a service after steps of (second, share failing of 100 a second)."""
    rates = tuple(
        Rates(at_s=at_s, requests_per_s=100, failures_per_s=100 * share) for at_s, share in steps
    )
    scraper = Scraper(grid=Grid(every_s=15, phase_s=scrape), down=down)
    return ErrorRatio(counters=Counted(steps=rates, scraper=scraper))


def five_percent(evaluate=0, for_s=300):
    """`5xx > 5 % of 5 m for 5 m`."""
    return Rule(threshold=0.05, for_s=for_s, grid=Grid(every_s=30, phase_s=evaluate))


def paged_after_min(share):
    """Minutes from the step to the page, for every phase of scraper and rule."""
    return [
        (
            first_crossing(
                ratio((0, 0), (ONSET_S, share), scrape=scrape), five_percent(evaluate), ONSET_S
            ).page_s
            - ONSET_S
        )
        / 60
        for scrape, evaluate in PHASES
    ]


def test_a_step_of_fifteen_percent_pages_after_seven_and_a_half_minutes():
    """100 s of ramp, a scrape, an evaluation, 300 s of `for`, 30 s in the group."""
    minutes = paged_after_min(0.15)

    assert mean(minutes) == pytest.approx(7.5, abs=0.06)
    assert 7.15 <= min(minutes) <= max(minutes) <= 7.95


def test_a_total_outage_pages_after_six_minutes():
    """The ramp takes 15 s now; the rest of the wait is the rule's own."""
    minutes = paged_after_min(1.0)

    assert mean(minutes) == pytest.approx(6.1, abs=0.06)
    assert 5.75 <= min(minutes) <= max(minutes) <= 6.55


def test_two_minutes_after_the_cure_the_panel_still_shows_most_of_it():
    """30 % cured: the window still holds three minutes of it, 18 %."""
    shown = [
        ratio((0, 0), (ONSET_S, 0.3), (ONSET_S + 900, 0), scrape=scrape).at(ONSET_S + 1020)
        for scrape in range(15)
    ]

    assert shown[ONSET_S % 15] == pytest.approx(0.18, abs=0.015)
    assert mean(shown) == pytest.approx(0.18, abs=0.015)


def test_no_requests_are_no_data():
    """In an outage nobody can enter the ratio goes quiet and the traffic alert speaks."""
    steps = (
        Rates(at_s=0, requests_per_s=100, failures_per_s=0),
        Rates(at_s=600, requests_per_s=0, failures_per_s=0),
    )
    counters = Counted(steps=steps)

    silent = ErrorRatio(counters=counters).at(1000)
    speaks = first_crossing(
        RequestRate(counters=counters), Rule(threshold=10, below=True, for_s=60), 600
    )

    assert silent is None
    # 10 a second is a tenth of the usual, so nine tenths of the window must have passed: 870 s.
    assert (speaks.pending_s, speaks.firing_s) == (900, 960)


def test_a_firing_ratio_goes_quiet_when_nobody_asks_any_more():
    """Firing on errors; then no requests at all: resolved, though nothing is well."""
    steps = (
        Rates(at_s=0, requests_per_s=100, failures_per_s=50),
        Rates(at_s=900, requests_per_s=0, failures_per_s=0),
    )

    turn = next_turn(
        ErrorRatio(counters=Counted(steps=steps)), five_percent(), Standing(state="firing"), 900
    )

    assert turn == Standing(state="quiet", since_s=1200)


def test_a_blip_turns_a_rule_pending_and_no_more():
    """Two minutes of 10 % hold the panel above 5 % for less than the rule's five minutes."""
    blip = ratio((0, 0), (ONSET_S, 0.15), (ONSET_S + 120, 0))
    rule = five_percent()
    first = next_turn(blip, rule, Standing(), ONSET_S)
    then = next_turn(blip, rule, first, first.since_s + 1)

    assert (first.state, then.state) == ("pending", "quiet")
    assert first_crossing(blip, rule, ONSET_S).firing_s is None


def test_what_stays_below_the_threshold_never_speaks():
    """5 % is not above 5 %, whatever the sums round to."""
    assert first_crossing(ratio((0, 0), (ONSET_S, 0.05)), five_percent(), ONSET_S).pending_s is None


def test_a_rule_asked_in_the_middle_answers_the_same():
    """Asked again while pending, with the state it had reached, it keeps its second."""
    figure = ratio((0, 0), (ONSET_S, 0.4))
    early = first_crossing(figure, five_percent(), ONSET_S)
    pending = Standing(state="pending", since_s=early.pending_s)

    assert first_crossing(figure, five_percent(), early.pending_s + 77, pending) == early


def test_monitoring_that_is_down_sees_nothing_new():
    """Scrapes missed from 990 to 1400: the outage is noticed only after they resume."""
    blind = first_crossing(
        ratio((0, 0), (ONSET_S, 1.0), down=((990, 1400),)), five_percent(for_s=0), ONSET_S
    )
    seeing = first_crossing(ratio((0, 0), (ONSET_S, 1.0)), five_percent(for_s=0), ONSET_S)

    assert (seeing.firing_s, blind.firing_s) == (1020, 1410)


def test_monitoring_down_for_good_is_no_data_and_no_endless_search():
    """Nobody knows when it returns, so nothing is expected of it."""
    blind = ratio((0, 0), (ONSET_S, 1.0), down=((990, None),))

    assert blind.at(2000) is None
    assert first_crossing(blind, five_percent(), ONSET_S).pending_s is None


def stepwise(figure, rule, from_s, until_s):
    """The rule polled at each evaluation, as a monitoring system does: (pending, firing)."""
    since_s = None
    at_s = rule.grid.next(from_s)
    while at_s <= until_s:
        if not rule.holds(figure.at(at_s)):
            since_s = None
        elif since_s is None:
            since_s = at_s
        if since_s is not None and at_s - since_s >= rule.for_s:
            return since_s, at_s
        at_s += rule.grid.every_s
    return since_s, None


rates = st.lists(
    st.tuples(st.integers(1, 700), st.sampled_from([0, 20, 100]), st.floats(0, 1)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(rates, st.integers(0, 14), st.integers(0, 29), st.sampled_from([0, 60, 300]))
def test_what_is_computed_is_what_polling_finds(pieces, scrape, evaluate, for_s):
    """The crossing known in advance is the one a rule polled to the end would have met."""
    at_s, steps = 0, []
    for lasting_s, requests, share in pieces:
        steps.append(Rates(at_s=at_s, requests_per_s=requests, failures_per_s=requests * share))
        at_s += lasting_s
    scraper = Scraper(grid=Grid(every_s=15, phase_s=scrape))
    figure = ErrorRatio(counters=Counted(steps=tuple(steps), scraper=scraper))
    rule = five_percent(evaluate, for_s)

    found = first_crossing(figure, rule, 0)

    assert (found.pending_s, found.firing_s) == stepwise(figure, rule, 0, at_s + 2000)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 900),
    st.floats(0, 100),
    st.sampled_from([-2.0, -0.01, 0.0, 0.002, 0.15, 1.0]),
    st.booleans(),
    st.sampled_from([15, 60, 300]),
)
def test_a_gauge_on_its_way_is_met_when_polling_meets_it(at_s, level, slope, below, scrape_s):
    """A disk that fills for hours: its second is computed, and it is the right one."""
    figure = GaugeReading(
        knots=(Knot(at_s=at_s, level=level, slope_per_s=slope),),
        high=100,
        scraper=Scraper(grid=Grid(every_s=scrape_s, phase_s=3)),
        stale_s=600,
    )
    rule = Rule(threshold=80, for_s=60, below=below, grid=Grid(every_s=30, phase_s=7))

    found = first_crossing(figure, rule, at_s)

    assert (found.pending_s, found.firing_s) == stepwise(figure, rule, at_s, at_s + 60_000)


def test_a_full_disk_three_hours_ahead_is_known_now():
    """From 20 to 80 % at 20 % an hour: the alert is at 3 h, one sample and one evaluation later."""
    disk = GaugeReading(knots=(Knot(at_s=0, level=20, slope_per_s=20 / 3600),), high=100)

    assert first_crossing(disk, Rule(threshold=80), 0).firing_s == 3 * 3600 + 30


def test_a_history_out_of_order_is_refused():
    """Two steps in one second would be two truths."""
    step = Rates(at_s=5, requests_per_s=1, failures_per_s=0)

    with pytest.raises(ValueError, match="each later"):
        Counted(steps=(step, step))
