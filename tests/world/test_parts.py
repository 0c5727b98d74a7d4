"""What monitoring tells apart inside a service, and what its failures are answered with."""

from dataclasses import replace

import pytest
from gateway import DB, GATEWAY, PLATFORM

from simulator.brief.parts import is_part
from simulator.brief.scenario.system import Metric, Service, System
from simulator.journal.units import signal_in_units
from simulator.world.graph import Bend, Edge, Graph, Group, RequestClass
from simulator.world.parts import read_parts, told_parts
from simulator.world.signals import solve

UPLOADS = RequestClass(id="uploads", share=0.15)
READS = RequestClass(id="reads", share=0.85)
TWO_WAYS = Graph(
    services=(
        replace(
            GATEWAY,
            classes=(UPLOADS, READS),
            groups=(
                Group(id="well", ready=9, rate_per_s=140),
                Group(id="ill", ready=3, rate_per_s=140),
            ),
        ),
        DB,
    )
)


def answers(graph, *bends):
    """What the gateway's failures are answered with, in shares of all requests."""
    return dict(solve(graph, bends).services["gateway"].answers)


def test_a_fault_answers_what_its_author_says():
    """500 unless written; a silent one is waited for in vain."""
    plain = answers(PLATFORM, Bend(service="gateway", errors=0.2))
    limited = answers(PLATFORM, Bend(service="gateway", errors=0.2, answers=429))
    silent = answers(PLATFORM, Bend(service="gateway", errors=0.2, silent=True))

    assert [plain, limited, silent] == [
        {500: pytest.approx(0.2)},
        {429: pytest.approx(0.2)},
        {504: pytest.approx(0.2)},
    ]


def test_shed_late_and_dry_are_told_apart():
    """Too many, too slow and no connection left each have a status; together they are all of E."""
    crowded = replace(GATEWAY, traffic_per_s=2000, tau_s=0.5)
    flow = solve(PLATFORM.with_service(crowded), [Bend(service="gateway", slow=3)])
    found = dict(flow.services["gateway"].answers)

    assert set(found) == {503, 504}
    assert sum(found.values()) == pytest.approx(flow.services["gateway"].errors)


def test_a_need_that_fails_is_answered_as_its_caller_chose():
    """503 where nothing is written, and the caller's own word where it is."""
    refused = [Bend(service="db", errors=1)]
    chosen = replace(GATEWAY, needs=(Edge(to="db", calls=1.5, answers=500),), pools=())

    assert answers(PLATFORM, *refused) == {503: pytest.approx(1)}
    assert answers(PLATFORM.with_service(chosen), *refused) == {500: pytest.approx(1)}


def test_parts_add_up_to_the_whole():
    """Over classes, over groups and over answers, what fails is what fails."""
    bends = [
        Bend(service="gateway", request_class="uploads", errors=0.5, answers=400),
        Bend(service="gateway", group="ill", errors=0.35),
    ]
    signals = solve(TWO_WAYS, bends)
    failed = signals.services["gateway"].failed_per_s * 60
    sums = [
        sum(told_parts(signals, "gateway", items).values())
        for items in (
            ["class.uploads.failed", "class.reads.failed"],
            ["group.well.failed", "group.ill.failed"],
            ["answered.400", "answered.500", "answered.503"],
            [f"class.{c}.answered.{s}" for c in ("uploads", "reads") for s in (400, 500, 503)],
        )
    ]

    assert sums == [pytest.approx(failed, abs=3)] * 4


def test_only_what_a_metric_reads_is_told():
    """A service without such a metric has no parts; a name that is none is left alone."""
    reads = ["api.served", "api.class.uploads.failed", "api.class.uploads.failed", "api.ready"]
    system = System(
        services={"api": Service(traffic=1.0, adds=0.01, used=0.1)},
        metrics=tuple(Metric(name="m", reads=name) for name in reads),
    )

    assert read_parts(system) == {"api": ("class.uploads.failed",)}
    assert [is_part(name) for name in ("group.a.ready", "answered.503", "answered.no")] == [
        False,
        True,
        False,
    ]


def test_a_part_is_read_in_the_units_of_its_signal():
    """Requests a second, seconds, shares."""
    names = ["class.a.served", "answered.503", "group.b.p95", "class.a.errors"]

    assert [signal_in_units(name, 1200) for name in names] == [20, 20, 1.2, 0.0012]


def test_who_gets_a_connection_of_a_dry_pool_has_waited_for_it():
    """A pool that gives up after two seconds makes those it serves wait as long."""
    calm = solve(PLATFORM, ()).services["gateway"]
    dry = solve(PLATFORM, [Bend(service="db", slow=6)]).services["gateway"]

    assert dict(dry.answers)[503] > 0.1
    assert dry.latency_served_s - calm.latency_served_s > 2
