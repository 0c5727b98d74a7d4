"""Pools and the limit they share: where scaling out is what does the harm."""

from dataclasses import replace

import pytest
from gateway import DB, GATEWAY, PLATFORM, SLOWED

from simulator.world.feedback import step
from simulator.world.graph import Bend, Edge, Graph, Group, Pool
from simulator.world.memory import Memory
from simulator.world.signals import solve


def test_busy_connections_follow_littles_law():
    """1,200 requests a second, 1.5 calls of 20 ms each: 36 busy, 48 kept open."""
    level = solve(PLATFORM, ()).pools["gateway", "all", "db"]

    assert (level.busy, level.open) == (pytest.approx(36), 48)


def test_scaling_into_a_shared_limit_heals_and_then_harms():
    """The pool runs dry; 17 pods have enough; 20 and 24 want more slots than the database has."""
    now = step(PLATFORM, SLOWED, None, Memory(), at_s=0)
    told = {12: round(now.signals.services["gateway"].errors, 3)}
    for at_s, pods in ((120, 17), (240, 20), (360, 24)):
        graph = PLATFORM.with_ready("gateway", "all", pods)
        now = step(graph, SLOWED, now.signals, now.memory, at_s)
        told[pods] = round(now.signals.services["gateway"].errors, 3)

    assert told == {12: 0.167, 17: 0.0, 20: 0.078, 24: 0.18}


def test_a_pool_that_never_ran_dry_may_be_scaled():
    """The harm is in the peak kept: scaled before the trouble, 20 pods open what they need."""
    graph = PLATFORM.with_ready("gateway", "all", 20)

    assert solve(graph, SLOWED).services["gateway"].errors == 0


def test_a_peak_is_kept_for_a_while_and_no_longer():
    """Cured, the pool stays wide open for its ten minutes, then closes to what is needed."""
    sick = step(PLATFORM, SLOWED, None, Memory(), at_s=0)
    cured = step(PLATFORM, (), sick.signals, sick.memory, at_s=100)
    later = step(PLATFORM, (), cured.signals, cured.memory, at_s=100 + cured.wake_s)

    opened = [each.signals.pools["gateway", "all", "db"].open for each in (sick, cured, later)]

    assert (opened, cured.wake_s) == ([120, 120, 48], 600)


def test_a_dry_pool_makes_its_requests_wait_before_they_fail():
    """The failed ones took the acquire timeout."""
    assert solve(PLATFORM, SLOWED).services["gateway"].latency_failed_s == pytest.approx(2)


def test_only_requests_that_need_a_connection_go_without():
    """Half the requests never call the database: they never miss a connection either."""
    half = replace(GATEWAY, needs=(Edge(to="db", calls=3, share=0.5),))

    errors = solve(PLATFORM.with_service(half), SLOWED).services["gateway"].errors

    assert errors == pytest.approx(0.5 * (1 - 120 / 144))


def test_request_slots_fill_when_a_dependency_hangs():
    """Each request holds a slot until its timeout: 64 slots a pod do not last."""
    slots = Pool(id="slots", per_replica=64)
    api = replace(
        GATEWAY, traffic_per_s=8.33, pools=(slots,), groups=(Group(ready=4, rate_per_s=12),)
    )
    graph = Graph(services=(api, DB))

    calm = solve(graph, ()).pools["gateway", "all", "slots"]
    hung = solve(graph, [Bend(service="gateway", edge="db", cut="silent")])

    assert calm.busy < 1
    assert hung.pools["gateway", "all", "slots"].busy == pytest.approx(8.33 * 30)


def test_two_services_share_one_limit():
    """What one opens the other cannot: both are refused alike."""
    worker = replace(
        GATEWAY, id="worker", pools=(Pool(id="db", edge="db", per_replica=15, limit="slots"),)
    )
    graph = Graph(
        services=(GATEWAY, worker, replace(DB, groups=(Group(ready=1, rate_per_s=9000),)))
    )

    signals = solve(graph, [Bend(service="db", slow=6)])

    limit = signals.limits["db", "slots"]
    assert limit.wanted == pytest.approx(120 + 180 + 122, rel=1e-6)
    assert limit.refused == pytest.approx(1 - 297 / 422, rel=1e-6)
    assert signals.services["worker"].errors > limit.refused - 1e-9
