"""What the signals of now do to the signals to come: retries, breakers, pool peaks.

Rule 1: pure: signals and memory in, memory and a number of seconds out; whoever owns the clock
asks again at each change and when those seconds have passed.
Rule 2: clients take in a changed share of failures after 10 s, again and again, until it moves
the load by less than 0.1 %.
Rule 3: a breaker opens once its callee has failed without pause for `after_s`, and closes at the
first probe that would be served.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.world.graph import Bend, Edge, Graph
from simulator.world.memory import BreakerState, EdgeKey, Memory, Peak, PoolKey
from simulator.world.signals import AT_REST, Signals, solve, solved
from simulator.world.strains import bent

RETRY_LAG_S: Final = 10
SETTLED: Final = 0.001
"""A move of the load by less than this share is the end of a feedback."""
_MOST_ROUNDS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The truth from one second on, and when to look again."""

    signals: Signals
    memory: Memory
    wake_s: int | None
    """Seconds until something feeds back by itself; None where nothing is on its way."""


def step(
    graph: Graph, bends: Sequence[Bend], before: Signals | None, memory: Memory, at_s: int
) -> Step:
    """The truth at second `at_s`, given the signals that held until then (None at the start).

    Solved only where something else is asked than before: a probe of an open breaker that fails
    again, every few seconds for as long as an outage lasts, changes nothing.
    """
    if before is not None:
        memory, _ = next_memory(graph, before, memory, at_s)
    asked = bent(graph, bends, memory)
    signals = before if before is not None and asked.asks_as(before.of) else solved(asked)
    memory, wake_s = next_memory(graph, signals, memory, at_s)
    return Step(signals=signals, memory=memory, wake_s=wake_s)


def settle(graph: Graph, bends: Sequence[Bend], memory: Memory = AT_REST) -> tuple[Signals, Memory]:
    """Where retries alone come to rest, breakers and peaks as given; unbent, the baseline."""
    for _ in range(_MOST_ROUNDS):
        signals = solve(graph, bends, memory)
        moved = _retries_move(graph, signals, memory)
        memory = replace(memory, errors=_errors(graph, signals), retries_due_s=None)
        if not moved:
            return signals, memory
    raise AssertionError("retries never settled, though each round moves the load one way")


def next_memory(
    graph: Graph, signals: Signals, memory: Memory, at_s: int
) -> tuple[Memory, int | None]:
    """What is carried at second `at_s`, the signals having held until then, and the next wake.

    Asked twice in one second it answers the same; the wake counts from `at_s`, at least 1.
    """
    carried = _with_retries(graph, signals, memory, at_s)
    carried = replace(
        carried,
        breakers=_breakers(graph, signals, memory, at_s),
        peaks=_peaks(graph, signals, memory, at_s),
    )
    due = [] if carried.retries_due_s is None else [carried.retries_due_s]
    for (service, edge_id), state in carried.breakers.items():
        breaker = _edge(graph, service, edge_id).breaker
        assert breaker is not None
        opens_s = state.failing_since_s + max(1, breaker.after_s)
        due.append(opens_s if state.probe_at_s is None else state.probe_at_s)
    due += [
        peak.until_s for key, peak in carried.peaks.items() if signals.pools[key].fill < peak.fill
    ]
    return carried, max(1, min(due) - at_s) if due else None


def _errors(graph: Graph, signals: Signals) -> dict[str, float]:
    return {
        service.id: signals.services[service.id].errors
        for service in graph.services
        if service.retries and signals.services[service.id].errors
    }


def _retries_move(graph: Graph, signals: Signals, memory: Memory) -> bool:
    for service in graph.services:
        flow = signals.services[service.id]
        change = abs(flow.errors - memory.errors.get(service.id, 0.0))
        if service.traffic_per_s * service.retries * change > SETTLED * flow.offered_per_s:
            return True
    return False


def _with_retries(graph: Graph, signals: Signals, memory: Memory, at_s: int) -> Memory:
    due_s = memory.retries_due_s
    moved = _retries_move(graph, signals, memory)
    if due_s is None and moved:
        return replace(memory, retries_due_s=at_s + RETRY_LAG_S)
    if due_s is not None and at_s < due_s:
        return memory
    # Due, or too small a move to wait for: either way clients have taken it in.
    return replace(memory, errors=_errors(graph, signals), retries_due_s=None)


def _breakers(
    graph: Graph, signals: Signals, memory: Memory, at_s: int
) -> dict[EdgeKey, BreakerState]:
    kept: dict[EdgeKey, BreakerState] = {}
    for key, failing in signals.probes.items():
        breaker = _edge(graph, *key).breaker
        assert breaker is not None
        state = memory.breakers.get(key)
        fails = failing >= breaker.trips_at
        if state is None:
            if fails:
                kept[key] = BreakerState(failing_since_s=at_s)
        elif state.probe_at_s is None:
            if fails and at_s >= state.failing_since_s + max(1, breaker.after_s):
                kept[key] = replace(state, probe_at_s=at_s + breaker.probe_s)
            elif fails:
                kept[key] = state
        elif at_s < state.probe_at_s:
            kept[key] = state
        elif fails:
            kept[key] = replace(state, probe_at_s=at_s + breaker.probe_s)
    return kept


def _peaks(graph: Graph, signals: Signals, memory: Memory, at_s: int) -> dict[PoolKey, Peak]:
    kept: dict[PoolKey, Peak] = {}
    for key, level in signals.pools.items():
        old = memory.peaks.get(key)
        if old is not None and level.fill < old.fill and at_s < old.until_s:
            kept[key] = old
        elif level.fill > 0:
            pool = next(pool for pool in graph.by_id[key[0]].pools if pool.id == key[2])
            kept[key] = Peak(fill=level.fill, until_s=at_s + pool.keeps_s)
    return kept


def _edge(graph: Graph, service: str, edge_id: str) -> Edge:
    return next(edge for edge in graph.by_id[service].edges() if edge.id == edge_id)
