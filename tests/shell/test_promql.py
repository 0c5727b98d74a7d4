"""The metrics tool: the alert expressions of the drills, and figures worked out by hand."""

import math

import pytest
from cloud_fake import ALICE, NOW, Papers, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shell.documents import Series
from simulator.shell.promql import QueryError, answer, evaluate

ALERTS = (
    'probe_success{target="https://api.fraiseql.com/health"} == 0',
    'sum(rate(http_requests_total{svc="api",code!~"5.."}[1m])) == 0',
    'kube_deployment_status_replicas_available{deployment="fraiseql-api"} < 3',
    'increase(kube_pod_container_status_restarts_total{pod=~"fraiseql-api.*"}[10m]) > 2',
    'pg_up{instance="fraiseql-db-a"} == 0',
    'aws_rds_replica_lag_maximum{db="fraiseql-db-b"} > 300',
    "predict_linear(aws_rds_free_storage_space_minimum[6h], 24*3600) < 0",
    "fq_jobs_queue_depth > 200",
    (
        "sum by (instance) (pg_stat_activity_count)"
        " / sum by (instance) (pg_settings_max_connections) > 0.80"
    ),
    "key:uses_per_min:rate2m > 8 * key:uses_per_min:avg7d and key:uses_per_min:rate2m > 120",
)


def line(name, start, step, values, **labels):
    """A series whose samples begin at `start` and stand `step` seconds apart."""
    samples = [(start + step * i, v) for i, v in enumerate(values) if v is not None]
    return Series(name=name, labels=labels, samples=samples)


def ask(expression, *series, at=1000):
    """The result as (labels, value) pairs."""
    found = evaluate(expression, Papers(now=at, metrics=series), at)
    return [(dict(one.labels), one.value) for one in found]


@pytest.mark.parametrize("expression", ALERTS)
def test_every_alert_of_the_drills_can_be_evaluated(expression):
    """No alert expression needs anything that is missing here."""
    assert evaluate(expression, Papers(), NOW) == ()


def test_the_connection_alert_divides_instance_by_instance():
    """84 of 100 connections in two states is 0.84 and passes the threshold."""
    series = (
        line("pg_stat_activity_count", 900, 15, [60] * 7, instance="a", state="idle"),
        line("pg_stat_activity_count", 900, 15, [24] * 7, instance="a", state="active"),
        line("pg_settings_max_connections", 900, 15, [100] * 7, instance="a"),
    )

    assert ask(ALERTS[8], *series) == [({"instance": "a"}, 0.84)]


def test_rate_extrapolates_to_both_edges():
    """60 in 45 s seen; edges 5 s and 10 s away are closer than 16.5 s: (45+5+10)/45 of it."""
    # Window (940, 1000], samples at 945, 960, 975, 990 with 100, 120, 140, 160.
    found = ask("increase(x[1m])", line("x", 945, 15, [100, 120, 140, 160]))

    assert found == [({}, pytest.approx(60 * 60 / 45))]


def test_rate_goes_half_a_step_beyond_where_the_series_is_young():
    """The first sample is 40 s after the window's start: only 7.5 s are added there."""
    # Window (900, 1000]: samples at 940 .. 1000 every 15 s, rising by 30 a step.
    found = ask("increase(x[100s])", line("x", 940, 15, [300, 330, 360, 390, 420]))

    assert found == [({}, pytest.approx(120 * (60 + 7.5) / 60))]


def test_rate_never_goes_below_a_counters_zero():
    """A counter that began at 2 reached zero 3 s before its first sample, not 7.5."""
    # Rising 40 in 60 s: zero lies 60 * 2/40 = 3 s before the first sample.
    found = ask("rate(x[100s])", line("x", 940, 15, [2, 12, 22, 32, 42]))

    assert found == [({}, pytest.approx(40 * 63 / 60 / 100))]


def test_a_counter_reset_loses_nothing():
    """10, 20, 5, 15 has risen by 10 + 5 + 10."""
    found = ask("increase(x[60s])", line("x", 955, 15, [10, 20, 5, 15]))

    assert found == [({}, pytest.approx(25 * 60 / 45))]


def test_a_window_leaves_out_its_own_start():
    """A sample exactly one minute old is not in the last minute."""
    found = ask("count_over_time(x[1m])", line("x", 940, 15, [1, 1, 1, 1, 1]))

    assert found == [({}, 4.0)]


def test_a_sample_is_stale_after_five_minutes():
    """At 299 s it still speaks, at 300 s it does not."""
    series = line("x", 701, 1, [7.0], pod="a"), line("x", 700, 1, [7.0], pod="b")

    assert ask("x", *series) == [({"__name__": "x", "pod": "a"}, 7.0)]


def test_dead_pods_leave_no_series_and_an_empty_sum_is_not_zero():
    """A stale marker silences the alert that waits for 0, while absent() speaks."""
    series = line("x", 900, 50, [5.0, 5.0, math.nan], svc="api")

    assert ask("sum(x) == 0", series) == []
    assert ask('absent(x{svc="api"})', series) == [({"svc": "api"}, 1.0)]


def test_a_trend_is_carried_forward_from_now():
    """53 GiB falling by 1 an hour: in 24 hours 29 are left, in 60 hours less than none."""
    series = line("free", 0, 300, [53 - i / 12 for i in range(73)])

    assert ask("deriv(free[6h]) * 3600", series, at=21600) == [({}, pytest.approx(-1))]
    assert ask("predict_linear(free[6h], 24*3600)", series, at=21600) == [({}, pytest.approx(23))]
    assert ask("predict_linear(free[6h], 24*3600) < 0", series, at=21600) == []


def test_many_pods_share_one_limit_with_group_left():
    """Each pod is divided by its service's limit and takes over the tier."""
    series = (
        line("used", 990, 1, [10.0], svc="api", pod="a"),
        line("used", 990, 1, [30.0], svc="api", pod="b"),
        line("room", 990, 1, [40.0], svc="api", tier="one"),
    )

    assert ask("used / on(svc) group_left(tier) room", *series) == [
        ({"pod": "a", "svc": "api", "tier": "one"}, 0.25),
        ({"pod": "b", "svc": "api", "tier": "one"}, 0.75),
    ]


def test_sets_and_bool():
    """and, or, unless keep the left side's values; bool makes a comparison a number."""
    series = line("x", 990, 1, [1.0], pod="a"), line("x", 990, 1, [5.0], pod="b")

    assert [v for _, v in ask("x > 2 or x", *series)] == [1.0, 5.0]
    assert [v for _, v in ask("x unless x > 2", *series)] == [1.0]
    assert [v for _, v in ask("x and x > 2", *series)] == [5.0]
    assert [v for _, v in ask("x > bool 2", *series)] == [0.0, 1.0]
    assert ask("2 > bool 1") == [({}, 1.0)]


def test_topk_keeps_labels_and_order():
    """The largest come first with their names."""
    series = [line("x", 990, 1, [float(i)], pod=str(i)) for i in (3, 1, 2)]

    assert [labels["pod"] for labels, _ in ask("topk(2, x)", *series)] == ["3", "2"]
    assert [labels["pod"] for labels, _ in ask("bottomk(1, x)", *series)] == ["1"]


def test_a_quantile_lies_linearly_within_its_bucket():
    """Half of 20: 10 lies at the first bucket's end; nine tenths, 18, at 8/10 of the second."""
    series = [
        line("b_bucket", 990, 1, [float(n)], le=le)
        for le, n in (("0.1", 10), ("0.2", 20), ("+Inf", 20))
    ]

    assert ask("histogram_quantile(0.5, b_bucket)", *series) == [({}, pytest.approx(0.1))]
    assert ask("histogram_quantile(0.9, b_bucket)", *series) == [({}, pytest.approx(0.18))]


def test_offset_looks_back():
    """Yesterday's value is asked with offset."""
    series = line("x", 800, 100, [1.0, 2.0, 3.0])

    assert [v for _, v in ask("x - x offset 200s", series)] == [2.0]
    assert [v for _, v in ask("max_over_time(x[200s:100s])", series)] == [3.0]


def test_unclear_matches_are_refused_in_prometheus_words():
    """Two series on the one side have no business there."""
    series = line("x", 990, 1, [1.0], pod="a"), line("x", 990, 1, [5.0], pod="b")

    with pytest.raises(QueryError, match="many-to-many matching not allowed"):
        ask("x / on() x", *series)


def test_the_tool_prints_one_line_a_series():
    """As promtool does, with the time of day."""
    papers = Papers(metrics=[line("pg_up", NOW - 5, 15, [0], instance="fraiseql-db-a")])
    reply = answer(typed("promql", "pg_up == 0"), papers, ALICE, None)

    assert reply.out == 'pg_up{instance="fraiseql-db-a"} => 0 @[10:08:30]\n'
    assert (reply.way, reply.reads, reply.status) == ("answered", ("metric/pg_up",), 0)


def test_a_range_prints_a_line_a_step():
    """Three minutes by the minute; the steps before the first sample are left out."""
    papers = Papers(metrics=[line("x", NOW - 120, 60, [1, 2, 3])])
    reply = answer(typed("promql", "x", "--range", "3m", "--step", "1m"), papers, ALICE, None)

    assert reply.out == "x =>\n1 @[10:06:30]\n2 @[10:07:30]\n3 @[10:08:30]\n"


def test_a_bad_query_is_refused_and_an_exotic_one_is_not_simulated():
    """The person hears which of the two it is."""
    bad = answer(typed("promql", "sum("), Papers(), ALICE, None)
    exotic = answer(typed("promql", "holt_winters(x[5m], 0.5, 0.5)"), Papers(), ALICE, None)

    assert (bad.way, bad.status) == ("refused", 1)
    assert bad.err == "query error: bad_data: parse error: unclosed left parenthesis\n"
    assert exotic.way in ("not_simulated", "refused")


def test_too_much_is_refused():
    """Fifty thousand samples are the most."""
    papers = Papers(metrics=[line("x", NOW - 60_000, 1, [1.0] * 60_000)])
    reply = answer(typed("promql", "rate(x[1d])"), papers, ALICE, None)

    assert "too many samples" in reply.err


WORDS = st.lists(
    st.sampled_from(
        [
            "x",
            "sum",
            "by",
            "(",
            ")",
            "[5m]",
            "rate",
            "{",
            "}",
            'a="b"',
            'a=~".*("',
            "/",
            "on",
            ">",
            "bool",
            "2",
            "offset",
            "1m",
            ",",
            "topk",
            "and",
            "-",
            "[1h:1s]",
            "quantile",
            "@",
            "0",
            "^",
        ]
    ),
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), WORDS.map(" ".join)))
def test_no_text_raises(text):
    """Whatever is typed ends in a reply."""
    papers = Papers(metrics=[line("x", NOW - 600, 15, range(40), a="b")])

    assert answer(typed("promql", text), papers, ALICE, None).status in (0, 1)
