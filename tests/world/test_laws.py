"""The laws of the signals, over random systems: what no scenario may ever break."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from random_graphs import graphs, of_one_kind, troubled

from simulator.world.feedback import settle
from simulator.world.flows import dead, together
from simulator.world.graph import Bend, Graph, RequestClass, bend_at
from simulator.world.memory import Memory
from simulator.world.signals import solve

CLOSE = 1e-9


def close(value):
    """Equal but for the last bits of a sum."""
    return pytest.approx(value, rel=CLOSE, abs=CLOSE)


def plain(graph):
    """The graph with one group and one class a service, every edge failing."""
    return Graph(
        services=tuple(
            replace(
                service,
                groups=service.groups[:1],
                classes=(RequestClass(),),
                pools=(),
                needs=tuple(replace(edge, mode="fails") for edge in service.needs),
            )
            for service in graph.services
        )
    )


def by_the_paper(graph, bends):
    """E and m of each service by the formulas alone, written a second time and plainly."""
    load = {service.id: service.traffic_per_s for service in graph.services}
    for u in graph.callers_first:
        for edge in u.needs:
            load[edge.to] += load[u.id] * edge.share * edge.calls
    errors, latency = {}, {}
    for u in reversed(graph.callers_first):
        mine = [bend for bend in bends if bend.service == u.id]
        k = math.prod(bend.capacity for bend in mine)
        rho = load[u.id] / (u.groups[0].ready * u.groups[0].rate_per_s * k)
        kept, waits = 1.0, 0.0
        for edge in u.needs:
            e, m = errors[edge.to], latency[edge.to]
            t = edge.timeout_s or graph.by_id[edge.to].tau_s
            fails = 1 - ((1 - e) * (1 - math.exp(-t / m))) ** edge.calls
            waits += edge.share * edge.calls * min(m, t)
            kept *= 1 - edge.share * fails
        slow = math.prod(bend.slow for bend in mine)
        mean = u.own_time_s * slow / (1 - min(rho, 0.98)) + waits
        kept *= 1 if rho <= 1 else 1 / rho
        kept *= math.prod(1 - bend.errors for bend in mine)
        kept *= 1 - math.exp(-u.tau_s / mean)
        errors[u.id], latency[u.id] = 1 - kept, min(u.tau_s, mean)
    return errors, latency


@given(st.data())
def test_the_solver_agrees_with_the_formulas_written_a_second_time(data):
    """Without groups, classes, pools and breakers E and m are docs/model.md's, term for term."""
    graph, bends = data.draw(troubled())
    graph = plain(graph)
    bends = [replace(bend, group=None, request_class=None) for bend in bends]
    errors, latency = by_the_paper(graph, bends)

    solved = solve(graph, bends).services

    assert {name: flow.errors for name, flow in solved.items()} == close(errors)
    assert {name: flow.latency_served_s for name, flow in solved.items()} == close(latency)


@given(troubled(dead=True))
def test_what_is_offered_is_served_or_failed(system):
    """At each service, each group and each class, dead ones included."""
    signals = solve(*system)

    for flows in (signals.services, signals.groups, signals.classes):
        for flow in flows.values():
            assert flow.served_per_s + flow.failed_per_s == close(flow.offered_per_s)
            assert flow.failed_per_s == close(flow.offered_per_s * flow.errors)
            assert 0 <= flow.errors <= 1
            assert flow.served_per_s >= -CLOSE


@given(troubled())
def test_a_service_is_offered_what_enters_and_what_its_callers_ask(system):
    """No request is lost or doubled on the way down, however traffic is split."""
    graph, bends = system
    signals = solve(graph, bends)

    for service in graph.services:
        asked = [
            signals.classes[caller.id, each.id].offered_per_s * edge.share * edge.calls
            for caller in graph.services
            for each in caller.classes
            for edge in caller.needs_of(each)
            if edge.to == service.id
        ]
        offered = signals.services[service.id].offered_per_s
        assert offered == close(service.traffic_per_s + sum(asked))


@given(troubled(dead=True))
def test_groups_and_classes_add_up_to_their_service(system):
    """Service signals are sums over pod groups, and over request classes as well."""
    graph, bends = system
    signals = solve(graph, bends)

    for service in graph.services:
        whole = signals.services[service.id]
        groups = [signals.groups[service.id, group.id] for group in service.groups]
        classes = [signals.classes[service.id, each.id] for each in service.classes]
        for parts in (groups, classes):
            assert sum(part.offered_per_s for part in parts) == close(whole.offered_per_s)
            assert sum(part.failed_per_s for part in parts) == close(whole.failed_per_s)


@given(troubled())
def test_a_dependency_takes_down_no_more_than_is_asked_of_it(system):
    """`hard <= sum of q E'`, class by class."""
    graph, bends = system
    signals = solve(graph, bends)

    for service in graph.services:
        for each in service.classes:
            most = 0.0
            for edge in service.needs_of(each):
                callee = signals.services[edge.to]
                tau_s = graph.by_id[edge.to].tau_s
                t = tau_s if edge.timeout_s is None else edge.timeout_s
                late = math.exp(-t / callee.latency_served_s)
                fails = 1 - ((1 - callee.errors) * (1 - late)) ** edge.calls
                most += edge.share * fails
            assert signals.classes[service.id, each.id].hard <= most + CLOSE


@given(troubled(), st.data())
def test_how_long_being_served_takes_is_told_by_what_is_served(system, data):
    """Of several flows, what serves nothing changes neither m nor the p95 of the rest."""
    flows = [flow for flow in solve(*system).services.values() if flow.errors < 1]
    parts = [(data.draw(st.floats(0.1, 1)), flow) for flow in flows]
    silent = dead(1.0, 30.0, silent=True)
    assume(parts)

    alone, beside = together(parts), together([*parts, (data.draw(st.floats(0.1, 1)), silent)])

    assert beside.latency_served_s == pytest.approx(alone.latency_served_s)
    assert beside.p95_s == pytest.approx(alone.p95_s)
    assert min(f.latency_served_s for f in flows) <= alone.latency_served_s * (1 + CLOSE)
    assert beside.errors >= alone.errors - CLOSE


@given(troubled(), st.floats(0, 1))
def test_weaker_faults_never_make_anything_worse(system, strength):
    """No E and no m rises when every fault is weakened alike, where all requests are alike.

    Of unlike ones the slow are served again, which makes the mean of those served longer.
    """
    graph, bends = of_one_kind(*system)
    full = solve(graph, bends).services
    eased = solve(graph, [bend_at(strength, bend) for bend in bends]).services

    for name, flow in eased.items():
        assert flow.errors <= full[name].errors + CLOSE
        assert flow.latency_served_s <= full[name].latency_served_s * (1 + CLOSE) + CLOSE


@given(troubled(), st.data())
def test_more_capacity_never_makes_anything_worse(system, data):
    """Faster replicas anywhere, requests being alike: no E and no m rises."""
    graph, bends = of_one_kind(*system)
    before = solve(graph, bends).services
    chosen = data.draw(st.sampled_from(graph.services))
    more = data.draw(st.floats(1, 5))
    faster = tuple(replace(group, rate_per_s=group.rate_per_s * more) for group in chosen.groups)
    after = solve(graph.with_service(replace(chosen, groups=faster)), bends).services

    for name, flow in after.items():
        assert flow.errors <= before[name].errors + CLOSE
        assert flow.latency_served_s <= before[name].latency_served_s * (1 + CLOSE) + CLOSE


@given(troubled(), st.data())
def test_a_callers_capacity_never_changes_the_load_below(system, data):
    """What is shed still reaches dependencies, because its clients retry."""
    graph, bends = system
    chosen = data.draw(st.sampled_from(graph.services))
    slower = tuple(replace(group, rate_per_s=group.rate_per_s / 7) for group in chosen.groups)
    smaller = graph.with_service(replace(chosen, groups=slower))

    before = {name: flow.offered_per_s for name, flow in solve(graph, bends).services.items()}
    after = {name: flow.offered_per_s for name, flow in solve(smaller, bends).services.items()}

    assert after == before


@given(troubled(dead=True))
def test_what_a_panel_shows_lies_between_served_and_failed(system):
    """The mix of both means, and no request takes longer than the service's timeout."""
    graph, bends = system

    for name, flow in solve(graph, bends).services.items():
        tau_s = graph.by_id[name].tau_s
        for figure_s in (flow.latency_shown_s, flow.latency_failed_s, flow.p95_s):
            assert 0 <= figure_s <= tau_s * (1 + CLOSE)
        assert 0 <= flow.saturation <= 1
        assert -CLOSE <= flow.degraded <= 1


@given(st.data())
def test_once_every_fault_is_cured_and_retries_have_ceased_all_is_as_before(data):
    """The signals return to the baseline, and to nothing else, when clients retry once at most."""
    graph, bends = data.draw(troubled(dead=True, retries=1.0))
    healthy = graph.with_service(replace(graph.services[0], traffic_per_s=0.01))
    baseline, _ = settle(healthy, ())
    _, memory = settle(healthy, bends)

    cured, _ = settle(healthy, (), memory)

    for name, flow in cured.services.items():
        was = baseline.services[name]
        assert flow.offered_per_s == pytest.approx(was.offered_per_s, rel=2e-3)
        assert flow.errors == pytest.approx(was.errors, abs=2e-3)


@given(troubled(dead=True))
def test_the_same_system_is_solved_to_the_same_bits(system):
    """Nothing is drawn, remembered or read from a clock; the order of equal faults is not felt."""
    graph, bends = system
    again = Graph(services=graph.services)

    assert solve(graph, bends, Memory()) == solve(again, tuple(bends), Memory())


@given(graphs())
def test_a_fault_of_no_strength_is_no_fault(graph):
    """Strength 0 leaves the baseline, whatever the fault could do."""
    worst = [
        Bend(service=service.id, capacity=0, slow=9, errors=1, silent=True)
        for service in graph.services
    ]

    eased = solve(graph, [bend_at(0, bend) for bend in worst])

    assert eased == solve(graph, ())
