"""One service leaning on another: what each kind of trouble looks like from both sides."""

from dataclasses import replace
from random import Random

import pytest

from simulator.world.graph import Bend, Breaker, Edge, Graph, Group, RequestClass, Service
from simulator.world.memory import BreakerState, Memory
from simulator.world.signals import solve

API = Service(
    id="api",
    own_time_s=0.01,
    traffic_per_s=40,
    groups=(Group(ready=4, rate_per_s=20),),
    needs=(Edge(to="db", share=0.8, calls=2),),
)
DB = Service(id="db", own_time_s=0.004, groups=(Group(ready=1, rate_per_s=200),), tau_s=10)
SHOP = Graph(services=(API, DB))


def shop(**edge):
    """The shop, its one edge changed."""
    return SHOP.with_service(replace(API, needs=(replace(API.needs[0], **edge),)))


def test_a_leaf_is_the_queue_its_source_describes():
    """Requests split at random over replicas, each M/M/1: simulated apart, it agrees to 3 %."""
    rate, replicas, traffic, count = 25.0, 3, 52.5, 200_000
    luck = Random(7)
    free_s = [0.0] * replicas
    now_s, times_s = 0.0, []
    for _ in range(count):
        now_s += luck.expovariate(traffic)
        replica = luck.randrange(replicas)
        free_s[replica] = max(free_s[replica], now_s) + luck.expovariate(rate)
        times_s.append(free_s[replica] - now_s)
    leaf = Service(
        id="leaf",
        own_time_s=1 / rate,
        traffic_per_s=traffic,
        groups=(Group(ready=replicas, rate_per_s=rate),),
    )

    flow = solve(Graph(services=(leaf,)), ()).services["leaf"]

    assert flow.latency_served_s == pytest.approx(sum(times_s) / count, rel=0.03)
    assert flow.p95_s == pytest.approx(sorted(times_s)[int(0.95 * count)], rel=0.03)


def test_a_dead_dependency_that_refuses_fails_fast():
    """Whoever calls it fails at once, so the latency shown falls while errors rise."""
    healthy = solve(SHOP, ()).services["api"]
    sick = solve(SHOP, [Bend(service="db", capacity=0)]).services

    assert (sick["db"].errors, sick["db"].latency_shown_s) == (1.0, 0.005)
    assert sick["api"].errors == pytest.approx(0.8)
    assert sick["api"].latency_failed_s == 0.005
    assert sick["api"].latency_shown_s < healthy.latency_shown_s


def test_a_dead_dependency_that_says_nothing_costs_its_timeout():
    """Whoever calls it waits: 10 s by the callee's own timeout, 2 s by the edge's."""
    silence = [Bend(service="db", capacity=0, silent=True)]

    theirs = solve(shop(share=1.0), silence).services
    ours = solve(shop(share=1.0, timeout_s=2.0), silence).services

    assert (theirs["db"].latency_shown_s, theirs["api"].latency_shown_s) == (10, 10)
    assert (ours["db"].latency_shown_s, ours["api"].latency_shown_s) == (10, 2)


def test_where_nothing_is_served_the_p95_is_that_of_failing():
    """Every request waits out the edge's 2 s and no longer; refused, it takes 5 ms."""
    waits = solve(shop(share=1.0, timeout_s=2.0), [Bend(service="db", capacity=0, silent=True)])
    quick = solve(shop(share=1.0), [Bend(service="db", capacity=0)])

    assert (waits.services["db"].p95_s, waits.services["api"].p95_s) == (10, 2)
    assert (quick.services["db"].p95_s, quick.services["api"].p95_s) == (0.005, 0.005)


def test_nothing_ready_is_a_refusal_and_calls_nobody():
    """With no pod behind it the door refuses in 5 ms; the database goes quiet."""
    signals = solve(SHOP.with_ready("api", "all", 0), ()).services

    assert (signals["api"].errors, signals["api"].latency_shown_s) == (1.0, 0.005)
    assert signals["db"].offered_per_s == 0


def test_one_bad_pod_of_ten_draws_more_than_its_share():
    """It fails fast and attracts 1.27 of a peer's traffic: 12.4 % fail, not 10 %."""
    groups = (
        Group(id="good", ready=9, rate_per_s=100),
        Group(id="worker-7", ready=1, rate_per_s=100, draw=1.27),
    )
    engine = Service(id="engine", own_time_s=0.02, traffic_per_s=500, groups=groups)

    signals = solve(
        Graph(services=(engine,)),
        [Bend(service="engine", group="worker-7", errors=1, fails_in_s=0.008)],
    )

    assert signals.services["engine"].errors == pytest.approx(1.27 / 10.27)
    assert signals.groups["engine", "good"].errors == 0
    assert signals.services["engine"].latency_failed_s == pytest.approx(0.008)


def test_scaling_the_bad_revision_does_harm():
    """More pods of the version that fails draw more of the traffic into it."""
    groups = (Group(id="old", ready=8, rate_per_s=100), Group(id="new", ready=2, rate_per_s=100))
    shop = Graph(services=(Service(id="shop", own_time_s=0.02, traffic_per_s=300, groups=groups),))
    bad = [Bend(service="shop", group="new", errors=0.5)]

    before = solve(shop, bad).services["shop"].errors
    after = solve(shop.with_ready("shop", "new", 8), bad).services["shop"].errors

    assert (before, after) == (pytest.approx(0.1), pytest.approx(0.25))


def test_one_slow_endpoint_is_slow_alone():
    """A class has its own slowness and shares the replicas' utilisation."""
    endpoints = (RequestClass(id="read", share=0.9), RequestClass(id="write", share=0.1))
    api = replace(API, classes=endpoints, needs=())

    signals = solve(Graph(services=(api,)), [Bend(service="api", request_class="write", slow=10)])

    read, write = signals.classes["api", "read"], signals.classes["api", "write"]
    assert write.latency_served_s == pytest.approx(10 * read.latency_served_s)
    assert write.saturation == read.saturation == 0.5


def test_a_class_with_needs_of_its_own_fails_alone():
    """Only checkout calls the database, so only checkout falls with it."""
    endpoints = (
        RequestClass(id="browse", share=0.7, needs=()),
        RequestClass(id="checkout", share=0.3, needs=(Edge(to="db"),)),
    )
    graph = SHOP.with_service(replace(API, classes=endpoints, needs=()))

    signals = solve(graph, [Bend(service="db", errors=0.5)])

    assert signals.classes["api", "browse"].errors == 0
    assert signals.services["api"].errors == pytest.approx(0.15)
    assert signals.services["db"].offered_per_s == pytest.approx(12)


def test_a_degrading_edge_serves_without_the_part():
    """A sick cache costs its fallback time and no errors."""
    graph = shop(mode="degrades", fallback_s=0.04, calls=1.0)

    flow = solve(graph, [Bend(service="db", capacity=0)]).services["api"]

    assert flow.errors == 0
    assert flow.degraded == pytest.approx(0.8)


def test_a_degrading_edge_may_have_no_answer_to_silence():
    """The same cache, half-open: clients without a timeout of their own wait, and fail."""
    silence = [Bend(service="db", capacity=0, silent=True)]
    hard = shop(mode="degrades", if_silent="fails", fallback_s=0.04, timeout_s=2.0)

    failing = solve(hard, silence).services["api"]
    refused = solve(hard, [Bend(service="db", capacity=0)]).services["api"]
    lucky = solve(shop(mode="degrades", fallback_s=0.04), silence).services["api"]

    # A few of the others run into the service's own timeout as well.
    assert failing.errors == pytest.approx(0.8, abs=1e-4)
    assert failing.latency_failed_s == pytest.approx(2.0, rel=1e-3)
    assert (refused.errors, lucky.errors) == (0, 0)
    # q c = 1.6 calls a request: each waits out its 2 s, or falls back after 40 ms.
    own_s = 0.01 / (1 - 0.5)
    assert failing.latency_served_s == pytest.approx(own_s + 1.6 * 2.0)
    assert lucky.latency_served_s == pytest.approx(own_s + 1.6 * 0.04)


@pytest.mark.parametrize(("cut", "takes_s"), [("silent", 2.0), ("refused", 0.005)])
def test_a_cut_edge_leaves_the_callee_healthy_and_idle(cut, takes_s):
    """Packets that never arrive: the database sees no load and no errors."""
    signals = solve(shop(timeout_s=2.0), [Bend(service="api", edge="db", cut=cut)]).services

    assert (signals["db"].offered_per_s, signals["db"].errors) == (0, 0)
    assert signals["api"].errors == pytest.approx(0.8, abs=1e-4)
    assert signals["api"].latency_failed_s == pytest.approx(takes_s, rel=1e-3)


def test_one_zone_cut_off_fails_alone():
    """A cut of one pod group leaves the others what they had."""
    groups = (Group(id="a", ready=3, rate_per_s=20), Group(id="b", ready=1, rate_per_s=20))
    graph = SHOP.with_service(replace(API, groups=groups))

    signals = solve(graph, [Bend(service="api", group="b", edge="db", cut="refused")])

    assert signals.groups["api", "a"].errors == 0
    assert signals.groups["api", "b"].errors == pytest.approx(0.8)
    assert signals.services["api"].errors == pytest.approx(0.2)


def test_an_open_breaker_answers_by_itself():
    """It fails every call in 40 ms and takes the load off the callee."""
    graph = shop(breaker=Breaker(after_s=30, answers_in_s=0.04, probe_s=15))
    opened = Memory(breakers={("api", "db"): BreakerState(failing_since_s=0, probe_at_s=45)})

    signals = solve(graph, (), opened)

    assert signals.services["api"].errors == pytest.approx(0.8)
    assert signals.services["api"].latency_failed_s == 0.04
    assert signals.services["db"].offered_per_s == 0
    assert signals.probes["api", "db"] == pytest.approx(0)


def test_too_much_load_is_shed():
    """Offered twice its capacity a service fails half, and the half costs 5 ms."""
    leaf = Service(
        id="leaf", own_time_s=0.001, traffic_per_s=200, groups=(Group(ready=1, rate_per_s=100),)
    )

    flow = solve(Graph(services=(leaf,)), ()).services["leaf"]

    assert (flow.errors, flow.saturation) == (pytest.approx(0.5), 1.0)
    assert flow.latency_failed_s == pytest.approx(0.005)
    assert flow.latency_served_s == pytest.approx(0.05)


def test_failures_of_several_kinds_are_charged_their_own_time():
    """A third of failures takes the timeout, two thirds a moment: the mean is in between."""
    leaf = Service(
        id="leaf", own_time_s=0.001, traffic_per_s=1, groups=(Group(ready=1, rate_per_s=100),)
    )
    quick = Bend(service="leaf", errors=0.2, fails_in_s=0.1)
    silent = Bend(service="leaf", errors=0.125, silent=True)

    flow = solve(Graph(services=(leaf,)), [quick, silent]).services["leaf"]

    assert flow.errors == pytest.approx(0.3)
    assert flow.latency_failed_s == pytest.approx((0.2 * 0.1 + 0.1 * 30) / 0.3)
    assert flow.silent == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("bend", "named"),
    [
        (Bend(service="cache"), "cache"),
        (Bend(service="api", group="blue"), "blue"),
        (Bend(service="api", edge="cache"), "cache"),
        (Bend(service="api", request_class="write"), "write"),
    ],
)
def test_a_bend_of_nothing_is_refused_by_name(bend, named):
    """An author's slip is found, not passed over."""
    with pytest.raises(ValueError, match=named):
        solve(SHOP, [bend])


def test_a_circle_of_calls_is_refused():
    """Two passes need an order; services that call each other have none."""
    with pytest.raises(ValueError, match="circle"):
        Graph(services=(API, replace(DB, needs=(Edge(to="api"),))))
