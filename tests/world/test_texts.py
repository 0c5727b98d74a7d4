"""Templates read the truth, and say it as people write it."""

import pytest
from small_shop import BEGINS, SCENARIO, documents, staged, until

from simulator.brief.conditions import Name
from simulator.brief.scenario.gauges import Gauge
from simulator.shell.promql import evaluate
from simulator.world.texts import Values, as_counted, fill, fill_row, plain, said

KNOWN = {"api.errors": 0.1234, "api.p95": 0.31, "lag": 60.5, "free": 0.62, "role": "primary"}


def values(*, at: int = 120, since: int | None = None, n: int = 0) -> Values:
    """What a template is filled from: a handful of names at a second."""

    def look(name: Name):
        return KNOWN.get(name.text)

    return Values(look=look, at=at, begins=BEGINS, since=since, n=n)


@pytest.mark.parametrize(
    ("name", "found", "text"),
    [
        ("api.errors", 0.1234, "12.3 %"),
        ("errors", 1.0, "100 %"),
        ("api.p95", 0.31, "310 ms"),
        ("api.p95", 5.024, "5.02 s"),
        ("api.served", 8.333, "8.33/s"),
        ("on", True, "yes"),
        ("service_down", ("api", "db"), "api, db"),
        ("service_down", (), "none"),
    ],
)
def test_a_value_is_said_with_its_unit(name, found, text):
    """Shares in percent, times in ms or s, rates a second, truths as yes and no."""
    assert said(name, found) == text


def test_a_level_is_said_without_needless_digits():
    """Small levels keep a digit or two, large ones none."""
    assert [plain(number) for number in (0.62, 4.25, 53.0, 1559.6)] == ["0.62", "4.2", "53", "1560"]


def test_a_gauge_that_counts_whole_things_is_shown_without_a_fraction():
    """Four jobs and a bit are four jobs; seconds keep their digits, and so does what is unknown."""
    gauges = {"jobs": Gauge(whole=True), "lag": Gauge()}
    known = {"jobs": 4.3, "lag": 4.3}
    look = as_counted(lambda name: known.get(name.text), gauges)
    seen = Values(look=look, at=0, begins=BEGINS)

    assert fill("${jobs} jobs, ${lag} s, ${free} GiB", seen) == "4 jobs, 4.3 s, n/a GiB"
    assert fill_row({"count": "${jobs}", "lag": "${lag}"}, seen) == {"count": 4, "lag": 4.3}


def test_moments_run_from_now_from_the_beginning_and_from_the_first_second():
    """Offsets are durations, or gauges in seconds."""
    text = "${clock} ${time:-5m} ${begins:+1m} ${since:+30s} ${time:-lag}"

    assert fill(text, values(since=60)) == (
        "14:02:00 2026-03-12T13:57:00Z 2026-03-12T14:01:00Z 2026-03-12T14:01:30Z"
        " 2026-03-12T14:00:59.500Z"
    )


def test_a_name_nobody_knows_is_said_to_be_missing():
    """A misspelt name leaves no bare template on the screen."""
    assert fill("${typo} of ${role}", values()) == "n/a of primary"


def test_a_row_keeps_numbers_where_a_template_is_all():
    """A tool may add and compare what it reads."""
    row = {
        "lag": "${lag}",
        "say": "${lag} s",
        "n": "${n}",
        "at": "${epoch:-20s}",
        "file": "${hex8:lag}",
        "list": ["${role}"],
    }

    assert fill_row(row, values(n=3)) == {
        "lag": 60.5,
        "say": "60 s",
        "n": 3,
        "at": BEGINS + 100,
        "file": "0000003C",
        "list": ["primary"],
    }


def test_the_hours_of_yesterday_had_their_own_traffic():
    """Twelve hours before two in the afternoon a third of the traffic came in."""
    hours = ", ".join(["0.3"] * 8 + ["0.9"] * 16)
    shape = SCENARIO.replace(
        "      traffic: 20/s\n", f"      traffic: 20/s\n      shape: [{hours}]\n"
    )
    stage = staged(text=shape)
    until(stage, 40)
    shown = documents(stage)
    query = "sum(rate(http_requests_total[10m] offset 12h))"
    (night,) = evaluate(query, shown, shown.now)

    assert night.value == pytest.approx(20 / 3, rel=0.08)
