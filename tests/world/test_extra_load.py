"""Requests beside the traffic: they take capacity like any other, and nobody's harm is counted."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import troubled
from shop import play, shop, told

from simulator.brief.conditions import Name
from simulator.journal.events.world import ImpactCounted, SignalsChanged
from simulator.world.graph import Bend, bend_at
from simulator.world.signals import solve

HERD = {
    "  step: {title: a step, at: 3m, bends: [{on: web, errors: 15%}]}":
    "  step: {title: a herd, at: 3m, bends: [{on: cache, extra: 120/s}]}",
}  # fmt: skip
FAILING = {
    "  step: {title: a step, at: 3m, bends: [{on: web, errors: 15%}]}":
    "  step: {title: a herd, at: 3m, bends: [{on: web, extra: EXTRA, errors: 50%}]}",
}  # fmt: skip


@settings(max_examples=40)
@given(st.data(), st.floats(0.1, 200))
def test_what_asks_beside_is_traffic_to_the_solver(data, extra):
    """So many a second of it give the signals of as many more customers who never retry."""
    graph, bends = data.draw(troubled())
    name = data.draw(st.sampled_from([service.id for service in graph.services]))
    more = replace(graph.by_id[name], traffic_per_s=graph.by_id[name].traffic_per_s + extra)
    beside = solve(graph, [*bends, Bend(service=name, extra_per_s=extra)]).services
    customers = solve(graph.with_service(more), bends).services

    assert {n: flow.errors for n, flow in beside.items()} == pytest.approx(
        {n: flow.errors for n, flow in customers.items()}, abs=1e-9
    )
    assert beside[name].offered_per_s == pytest.approx(customers[name].offered_per_s)


@settings(max_examples=40)
@given(st.data(), st.floats(0.1, 200))
def test_what_is_offered_is_served_or_fails(data, extra):
    """At every service, whatever asks; and more of it never leaves anybody more capacity."""
    graph, bends = data.draw(troubled())
    entry = graph.services[0].id
    now = solve(graph, [*bends, Bend(service=entry, extra_per_s=extra)]).services

    for flow in now.values():
        assert flow.offered_per_s == pytest.approx(flow.served_per_s + flow.failed_per_s)
    assert now[entry].saturation >= solve(graph, bends).services[entry].saturation


@settings(max_examples=40)
@given(st.data())
def test_none_of_it_is_the_baseline_to_the_bit(data):
    """A bend without extra, or without strength, changes no figure at all."""
    graph, bends = data.draw(troubled())
    herd = Bend(service=graph.services[-1].id, extra_per_s=40.0)

    assert solve(graph, [*bends, bend_at(0.0, herd)]).services == solve(graph, bends).services


def test_a_herd_is_seen_on_the_panel_and_is_nobody_s_harm():
    """Ten a second more, half of which fail as everybody's do: of customers as many fail."""
    quiet, loud = (
        play(shop("step", **{k: v.replace("EXTRA", rate) for k, v in FAILING.items()}), 600)
        for rate in ("0/s", "10/s")
    )
    offered = [stage.true()(Name(text="web.offered")) for stage in (quiet, loud)]
    failed = [told(stage, ImpactCounted)[-1][1].failed for stage in (quiet, loud)]

    assert offered == [40, 50]
    assert failed[1] == pytest.approx(failed[0], rel=0.001)


def test_a_herd_alone_fills_a_service():
    """24 a second at 20 % are a capacity of 120: with 120 more, one request in six is shed."""
    stage = play(shop("step", **HERD), 300)
    cache = stage.situation.world.signals["cache"]

    assert stage.true()(Name(text="cache.extra")) == 120
    assert (cache["saturation"], cache["errors"]) == (1_000_000, 166_667)


def test_nothing_is_said_of_extra_where_there_is_none():
    """The journal of a drill without it holds no word of it."""
    stage = play(shop("step"), 600)

    said = [values for _, e in told(stage, SignalsChanged) for values in e.services.values()]
    assert said
    assert [values for values in said if "extra" in values] == []
