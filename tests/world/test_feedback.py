"""What feeds back in time: retries that keep a system down, breakers that open and close."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.world.feedback import next_memory, settle, step
from simulator.world.graph import Bend, Breaker, Edge, Graph, Group, Service
from simulator.world.memory import Memory
from simulator.world.signals import solve

OUTAGE_S = 300


def alone(used, retries):
    """One service at this utilisation, its clients trying again so many times."""
    return Graph(
        services=(
            Service(
                id="api",
                own_time_s=0.01,
                traffic_per_s=100 * used,
                retries=retries,
                groups=(Group(ready=10, rate_per_s=10),),
            ),
        )
    )


def played(graph, changes, until_s):
    """The steps of a story: `changes` are (second, bends in force from then on)."""
    now, bends, told = step(graph, (), None, Memory(), 0), (), []
    at_s = 0
    pending = list(changes)
    while at_s < until_s:
        wakes = [] if now.wake_s is None else [at_s + now.wake_s]
        due = [*wakes, *(second for second, _ in pending[:1])]
        if not due:
            break
        at_s = min(due)
        if pending and pending[0][0] == at_s:
            bends = pending.pop(0)[1]
        now = step(graph, bends, now.signals, now.memory, at_s)
        told.append((at_s, now))
    return told


def errors_long_after_an_outage(used, retries):
    """Errors once all has come to rest after five minutes of nothing served."""
    outage = [(10, (Bend(service="api", capacity=0),)), (10 + OUTAGE_S, ())]
    _, last = played(alone(used, retries), outage, until_s=100_000)[-1]
    assert last.wake_s is None
    return last.signals.services["api"].errors


@settings(max_examples=60, deadline=None)
@given(st.floats(0.3, 0.97), st.floats(0.2, 6))
def test_retries_keep_a_system_down_exactly_when_the_criterion_says(used, retries):
    """`retries > 1` and `(1 + retries)^2 / (4 retries) >= 1/u`; else it drains by itself."""
    pressure = used * (1 + retries) ** 2 / (4 * retries)
    # At the border itself the load creeps for longer than the world cares to follow.
    assume(abs(pressure - 1) > 0.04)
    assume(abs(retries - 1) > 0.15)
    stays = retries > 1 and pressure >= 1

    left = errors_long_after_an_outage(used, retries)

    assert (left > 0.01) is stays
    assert stays or left == 0


@pytest.mark.parametrize(("used", "stays"), [(0.72, False), (0.78, True)])
def test_three_retries_stay_down_from_three_quarters_on(used, stays):
    """The example of the criterion, a little on either side of u = .75."""
    assert (errors_long_after_an_outage(used, 3) > 0.4) is stays


def test_clients_take_in_a_failure_every_ten_seconds():
    """The load follows the errors in rounds, and comes down in rounds as well."""
    story = [(15, (Bend(service="api", capacity=0),)), (48, ())]

    told = [
        (at_s, round(now.signals.services["api"].offered_per_s))
        for at_s, now in played(alone(0.5, 2), story, until_s=200)
    ]

    assert told == [(15, 50), (25, 150), (48, 150), (58, 83), (68, 50)]


def test_a_cured_system_is_not_at_its_baseline_before_its_retries_are():
    """Right after the cure the load is still doubled; at rest it is the baseline to the bit."""
    graph = alone(0.45, 1)
    baseline, _ = settle(graph, ())
    told = played(graph, [(10, (Bend(service="api", capacity=0),)), (100, ())], until_s=10_000)
    cured = next(now for at_s, now in told if at_s == 100)

    assert cured.signals.services["api"].offered_per_s == 90
    assert told[-1][1].signals == baseline


def leaning(breaker):
    """A gateway behind a breaker, on a database."""
    gateway = Service(
        id="gateway",
        own_time_s=0.01,
        traffic_per_s=40,
        groups=(Group(ready=4, rate_per_s=20),),
        needs=(Edge(to="db", breaker=breaker),),
    )
    db = Service(id="db", own_time_s=0.004, groups=(Group(ready=1, rate_per_s=100),))
    return Graph(services=(gateway, db))


def test_a_breaker_opens_after_a_while_and_closes_at_a_healthy_probe():
    """Thirty seconds of failing open it; cured between two probes, it closes at the next."""
    graph = leaning(Breaker(after_s=30, answers_in_s=0.04, probe_s=15))
    silence = (Bend(service="db", capacity=0, silent=True),)

    told = [
        (at_s, now.memory.is_open("gateway", "db"), now.signals.services["gateway"].errors)
        for at_s, now in played(graph, [(100, silence), (150, ())], until_s=500)
    ]

    assert told == [
        (100, False, 1.0),
        (130, True, 1.0),
        (145, True, 1.0),
        (150, True, 1.0),
        (160, False, pytest.approx(0, abs=1e-9)),
    ]


def test_a_breaker_forgets_a_failure_that_did_not_last():
    """Two short failures do not add up to a long one."""
    graph = leaning(Breaker(after_s=30))
    failing = (Bend(service="db", errors=0.9),)
    story = [(100, failing), (120, ()), (125, failing), (145, ())]

    assert not any(now.memory.breakers for at_s, now in played(graph, story, 400) if at_s >= 145)
    assert not any(now.memory.is_open("gateway", "db") for _, now in played(graph, story, 400))


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.integers(0, 500))
def test_asked_twice_in_a_second_the_memory_answers_the_same(errors, at_s):
    """Carrying what has been carried changes nothing."""
    graph = leaning(Breaker(after_s=30))
    entry = replace(graph.services[0], retries=2.0)
    graph = graph.with_service(entry)
    signals = solve(graph, [Bend(service="db", errors=errors)])

    once, wake_s = next_memory(graph, signals, Memory(), at_s)
    twice, again_s = next_memory(graph, signals, once, at_s)

    assert (twice, again_s) == (once, wake_s)
