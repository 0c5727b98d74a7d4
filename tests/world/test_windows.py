"""What monitoring shows: always later than the truth, by how much exactly."""

from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.world.windows import Counted, Grid, Rates, Scraper

ONSET_S = 1000


def ratio(*steps, scrape=0, down=()):
    """The error counters of a service after steps of (second, share failing of 100 a second)."""
    rates = tuple(
        Rates(at_s=at_s, requests_per_s=100, failures_per_s=100 * share) for at_s, share in steps
    )
    return Counted(steps=rates, scraper=Scraper(grid=Grid(every_s=15, phase_s=scrape), down=down))


def shown(counters, now_s):
    """The share of failures a panel shows."""
    requests, failures = counters.counted(now_s)
    return failures / requests


def test_two_minutes_after_the_cure_the_panel_still_shows_most_of_it():
    """30 % cured: the window still holds three minutes of it, 18 %."""
    panels = [
        shown(ratio((0, 0), (ONSET_S, 0.3), (ONSET_S + 900, 0), scrape=scrape), ONSET_S + 1020)
        for scrape in range(15)
    ]

    assert panels[ONSET_S % 15] == pytest.approx(0.18, abs=0.015)
    assert mean(panels) == pytest.approx(0.18, abs=0.015)


def test_monitoring_that_is_down_sees_nothing_new():
    """Scrapes missed from 990 to 1400: the outage at 1000 is in no sample before."""
    blind = ratio((0, 0), (ONSET_S, 1.0), down=((990, 1400),))

    assert (shown(blind, 1200), shown(blind, 1410)) == (0, pytest.approx(410 / 435))


def test_monitoring_down_for_good_runs_out_of_samples():
    """Once the window holds no two of them there is no data."""
    blind = ratio((0, 0), (ONSET_S, 1.0), down=((990, None),))

    assert (blind.spans_s(1200), blind.spans_s(2000)) == (75, 0)
    assert blind.counted(2000) == (0, 0)


def test_an_outage_of_monitoring_that_is_over_leaves_a_hole_in_the_middle():
    """The sample before the hole serves until the first one after it."""
    scraper = Scraper(down=((100, 200), (500, 600)))

    assert [scraper.last_sample(at) for at in (90, 150, 200, 210, 550, 700)] == [
        90, 90, 90, 210, 495, 690,
    ]  # fmt: skip


pieces = st.lists(
    st.tuples(st.integers(1, 700), st.sampled_from([0, 20, 100]), st.floats(0, 1)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=100, deadline=None)
@given(pieces, st.integers(0, 14), st.integers(0, 4000))
def test_a_window_counts_what_happened_between_its_samples(pieces, scrape, now_s):
    """Second by second, the slow way."""
    at_s, steps = 0, []
    for lasting_s, requests, share in pieces:
        steps.append(Rates(at_s=at_s, requests_per_s=requests, failures_per_s=requests * share))
        at_s += lasting_s
    scraper = Scraper(grid=Grid(every_s=15, phase_s=scrape))
    found = Counted(steps=tuple(steps), scraper=scraper).counted(now_s)

    span = range(scraper.last_sample(now_s - 300), scraper.last_sample(now_s))
    of = [max((s for s in steps if s.at_s <= at), default=steps[0], key=lambda s: s.at_s)
          for at in span]  # fmt: skip
    assert found == (
        pytest.approx(sum(step.requests_per_s for step in of)),
        pytest.approx(sum(step.failures_per_s for step in of), abs=1e-6),
    )


def test_a_history_out_of_order_is_refused():
    """Two steps in one second would be two truths."""
    step = Rates(at_s=5, requests_per_s=1, failures_per_s=0)

    with pytest.raises(ValueError, match="each later"):
        Counted(steps=(step, step))
