"""What Prometheus makes of an expression: functions, windows, aggregations, joins and faults."""

import math

import pytest
from cloud_fake import Papers

from simulator.shell.documents import Series
from simulator.shell.promql import QueryError, evaluate

AT = 1_000


def every(name, values, step=10, **labels):
    """A series whose last sample stands at the moment asked for."""
    first = AT - step * (len(values) - 1)
    samples = [(first + step * number, value) for number, value in enumerate(values)]
    return Series(name=name, labels=labels, samples=samples)


PAPERS = Papers(
    now=AT,
    metrics=(
        every("x", [1.0, 3.0, 2.0, 6.0], job="a", pod="a-1"),
        every("x", [4.0, 4.0, 4.0, 4.0], job="b", pod="b-1"),
        every("limit", [8.0], job="a"),
        every("limit", [2.0], job="b"),
        every("owner", [1.0], job="a", team="red"),
        every("neg", [-2.5]),
        every("le_bucket", [10.0], le="1"),
        every("le_bucket", [20.0], le="2"),
        every("le_bucket", [20.0], le="+Inf"),
        every("wide_bucket", [10.0], le="1"),
        every("wide_bucket", [20.0], le="+Inf"),
        every("cut_bucket", [1.0], le="1"),
        every("cut_bucket", [1.0], le="2"),
        every("zero_bucket", [0.0], le="1"),
        every("zero_bucket", [0.0], le="+Inf"),
        every("below_bucket", [5.0], le="-1"),
        every("below_bucket", [5.0], le="+Inf"),
        every("odd_bucket", [1.0]),
        every("far", [math.inf], pod="up"),
        every("far", [-math.inf], pod="down"),
        Series(name="old", labels={}, samples=[(460 + 20 * n, 10.0 * n) for n in range(4)]),
    ),
)


def values(expression):
    """The values, in the order of the result."""
    return [one.value for one in evaluate(expression, PAPERS, AT)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("abs(neg)", [2.5]),
        ("ceil(neg)", [-2]),
        ("floor(neg)", [-3]),
        ("round(neg)", [-2]),
        ("round(vector(7.26), 0.1)", [7.3]),
        ("sqrt(vector(9))", [3]),
        ("sqrt(neg)", [math.nan]),
        ("exp(vector(0))", [1]),
        ("exp(vector(9999))", [math.inf]),
        ("ln(vector(0))", [-math.inf]),
        ("ln(neg)", [math.nan]),
        ("log2(vector(8))", [3]),
        ("log10(vector(100))", [2]),
        ("sgn(neg)", [-1]),
        ("clamp(neg, -1, 1)", [-1]),
        ("clamp_min(neg, 0)", [0]),
        ("clamp_max(vector(9), 3)", [3]),
        ("scalar(vector(5)) + 1", [6]),
        ("scalar(x)", [math.nan]),
        ("time()", [1000]),
        ("hour(vector(1773396510))", [10]),
        ("minute(vector(1773396510))", [8]),
        ("day_of_week(vector(1773396510))", [5]),
        ("day_of_month(vector(1773396510))", [13]),
        ("month(vector(1773396510))", [3]),
        ("year(vector(1773396510))", [2026]),
        ("-neg", [2.5]),
        ("-(3)", [-3]),
        ("2 ^ 3 ^ 2", [512]),
        ("7 % 4", [3]),
        ("1 / 0", [math.inf]),
        ("0 / 0", [math.nan]),
        ("5 % 0", [math.nan]),
        ("1 > bool 2", [0]),
        ("1 == bool 1", [1]),
        ("x > 5", [6]),
        ("x > bool 5", [1, 0]),
        ("x + on(job) limit", [14, 6]),
        ("x / ignoring(pod) limit", [0.75, 2]),
        ("x * on(job) group_left(team) owner", [6]),
        ("x and on(job) owner", [6]),
        ("x unless on(job) owner", [4]),
        ("x or neg", [-2.5, 6, 4]),
        ("owner and on(job) x", [1]),
        ("sum(x)", [10]),
        ("avg(x)", [5]),
        ("min(x)", [4]),
        ("max(x)", [6]),
        ("count(x)", [2]),
        ("group(x)", [1]),
        ("stddev(x)", [1]),
        ("stdvar(x)", [1]),
        ("quantile(0.5, x)", [5]),
        ("topk(1, x)", [6]),
        ("bottomk(1, x)", [4]),
        ('count_values("v", x)', [1, 1]),
        ("sum by (job) (x)", [6, 4]),
        ("sum without (pod, job) (x)", [10]),
        ("max_over_time(x[1m])", [6, 4]),
        ("min_over_time(x[1m])", [1, 4]),
        ("avg_over_time(x[1m])", [3, 4]),
        ("sum_over_time(x[1m])", [12, 16]),
        ("count_over_time(x[1m])", [4, 4]),
        ("last_over_time(x[1m])", [6, 4]),
        ("present_over_time(x[1m])", [1, 1]),
        ("stddev_over_time(x[1m])", [math.sqrt(3.5), 0]),
        ("stdvar_over_time(x[1m])", [3.5, 0]),
        ("quantile_over_time(0.5, x[1m])", [2.5, 4]),
        ("changes(x[1m])", [3, 0]),
        ("resets(x[1m])", [1, 0]),
        ("irate(x[1m])", [0.4, 0]),
        ("idelta(x[1m])", [4, 0]),
        ("delta(x[30s])", [4.5, 0]),
        ("deriv(x[1m])", [0.14, 0]),
        ("predict_linear(x[1m], 10)", [6.5, 4]),
        ("max_over_time(sum(x)[30s:10s])", [10]),
        ("x offset 10s", [2, 4]),
        ("x @ 980", [3, 4]),
        ("rate(limit[1m])", []),
        ("deriv(limit[1m])", []),
        ("predict_linear(limit[1m], 1)", []),
        ("irate(limit[1m])", []),
        ("idelta(limit[1m])", []),
        ("histogram_quantile(0.5, le_bucket)", [1]),
        ("histogram_quantile(0.75, le_bucket)", [1.5]),
        ("histogram_quantile(2, le_bucket)", [math.inf]),
        ("absent(nope)", [1]),
        ("absent(neg)", []),
        ("absent_over_time(nope[1m])", [1]),
        ("vector(3)", [3]),
        ("sort(x)", [4, 6]),
        ("sort_desc(x)", [6, 4]),
        ('x{job=~"a|c"}', [6]),
        ('x{job!~"a.*"}', [4]),
        ('x{job!="a"}', [4]),
        ('label_join(neg, "to", "-", "job", "pod")', [-2.5]),
        ("vector(10) ^ 999", [math.inf]),
        ("neg ^ 999", [-math.inf]),
        ("vector(0) ^ -1", [math.inf]),
        ("neg ^ 0.5", [math.nan]),
        ("x > on(job) limit", [4]),
        ("x * on(job) group_left(nope) limit", [48, 8]),
        ("round(far)", [-math.inf, math.inf]),
        ("round(x, 0)", [math.nan, math.nan]),
        ("sum(far)", [math.nan]),
        ("clamp(neg, 5, 1)", []),
        ("hour()", [0]),
        ("minute()", [16]),
        ("quantile(2, x)", [math.inf]),
        ("quantile(-1, x)", [-math.inf]),
        ("quantile(0/0, x)", [math.nan]),
        ("histogram_quantile(0.9, wide_bucket)", [1]),
        ("histogram_quantile(0.9, cut_bucket)", [math.nan]),
        ("histogram_quantile(0.9, zero_bucket)", [math.nan]),
        ("histogram_quantile(0.9, below_bucket)", [-1]),
        ("histogram_quantile(0.9, odd_bucket)", []),
        ("count_over_time(old[15m]) or count_over_time(old[1m])", [4]),
        ("increase(old[10m])", [35]),
    ],
)
def test_an_expression_is_worth(expression, expected):
    """Worked out by hand from four samples ten seconds apart."""
    assert values(expression) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    "expression",
    [
        "x[1m]",
        '"text"',
        "nope(x)",
        "x +",
        "x{",
        "sum(x",
        'x{job=~"("}',
        "rate(x)",
        "(" * 50 + "1" + ")" * 50,
        "1" * 4001,
        "x[99999999999999d]",
        "x / on() limit",
        "x / on() vector(2)",
        "topk(0/0, x)",
        'x{job="a" or job="b"}',
        'x{job=~"' + "a" * 501 + '"}',
        "max_over_time(x[4d:1s])",
    ],
)  # fmt: skip
def test_what_prometheus_would_refuse_is_refused(expression):
    """With a sentence, never with a number."""
    with pytest.raises(QueryError) as caught:
        evaluate(expression, PAPERS, AT)

    assert str(caught.value)


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("timestamp(neg)", "function timestamp"),
        ("day_of_year(neg)", "function day_of_year"),
        ("days_in_month(neg)", "function days_in_month"),
        ("limitk(1, x)", "aggregation limitk"),
        ('{job="a"}', "a selector without a metric name"),
        ("+".join("1" * 1500), "an expression of so many parts"),
    ],
)
def test_what_is_not_played_says_so(expression, what):
    """By its name."""
    with pytest.raises(QueryError) as caught:
        evaluate(expression, PAPERS, AT)

    assert str(caught.value) == f"{what} is not simulated"
