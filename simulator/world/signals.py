"""From a graph and its bends to the signals everything else follows from, in two passes.

Rule 1: callers first, what each service is *offered*; then dependencies first, what comes of it.
Rule 2: service signals are traffic-weighted sums over pod group x request class; classes share
each group's utilisation.
Rule 3: pure: the same graph, bends and memory give the same signals, bit for bit; what feeds back
in time is in the memory, and `feedback` carries it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from simulator.world.calls import Call, Callee, call_over
from simulator.world.flows import WET, Flow, alive, dead, mean_s, together
from simulator.world.graph import REFUSAL_S, Bend, Graph, Group, RequestClass, Service
from simulator.world.holdings import Holdings
from simulator.world.loads import offered_loads
from simulator.world.memory import EdgeKey, Memory, PoolKey
from simulator.world.pools import LimitLevel, PoolLevel
from simulator.world.strains import UNBENT, Bent, Strain, bent

AT_REST: Final = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The truth of one moment; it holds until something changes."""

    of: Bent = field(repr=False, compare=False)
    """What was solved."""
    services: Mapping[str, Flow]
    groups: Mapping[tuple[str, str], Flow]
    """(service, pod group) -> its flow."""
    classes: Mapping[tuple[str, str], Flow]
    """(service, request class) -> its flow."""
    pools: Mapping[PoolKey, PoolLevel]
    limits: Mapping[tuple[str, str], LimitLevel]
    """(service, limit) -> its use."""
    probes: Mapping[EdgeKey, float]
    """(service, edge with a breaker) -> the share of failures a probe would meet."""


def solve(graph: Graph, bends: Sequence[Bend], memory: Memory = AT_REST) -> Signals:
    """All signals; raises ValueError for a bend of a service, group, class or edge unknown."""
    return solved(bent(graph, bends, memory))


def solved(at: Bent) -> Signals:
    """All signals of a bent graph."""
    work = _Work.of(at)
    for service in reversed(at.graph.callers_first):
        work.answer(service)
    return Signals(
        of=at,
        services=work.services,
        groups=work.groups,
        classes=work.classes,
        pools=work.holdings.pools,
        limits=work.holdings.limits,
        probes={key: _mean(seen) for key, seen in work.probes.items()},
    )


class _Cell(NamedTuple):
    """One group x class before anything is found dry."""

    strain: Strain
    calls: list[Call]
    mean_s: float
    """How long a request is in it: what a slot is held for."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """The bench of one solve: what has been worked out so far."""

    at: Bent
    offered: Mapping[str, float]
    callees: dict[str, Callee]
    holdings: Holdings
    services: dict[str, Flow]
    groups: dict[tuple[str, str], Flow] = field(default_factory=dict)
    classes: dict[tuple[str, str], Flow] = field(default_factory=dict)
    probes: dict[EdgeKey, list[tuple[float, float]]] = field(default_factory=dict)

    @classmethod
    def of(cls, at: Bent) -> "_Work":
        offered = offered_loads(at)
        callees: dict[str, Callee] = {}
        return cls(
            at=at,
            offered=offered,
            callees=callees,
            holdings=Holdings(at, offered, callees),
            services={},
        )

    def answer(self, service: Service) -> None:
        """Work out a service whose dependencies have answered."""
        offered = self.offered[service.id]
        if len(service.groups) == len(service.classes) == 1:
            # Most services: one group, one class, nothing to add up.
            group, each = service.groups[0], service.classes[0]
            whole = self._answer_group(service, group, offered)[0]
            self.classes[service.id, each.id] = whole
            self.groups[service.id, group.id] = (
                whole if group.ready else dead(0.0, service.tau_s, silent=False)
            )
        else:
            whole = self._answer_parts(service, offered)
        self.services[service.id] = whole
        self.callees[service.id] = Callee(
            whole.errors,
            whole.latency_served_s,
            whole.latency_failed_s,
            whole.silent,
            service.tau_s,
        )

    def _answer_parts(self, service: Service, offered: float) -> Flow:
        """The sums over pod groups, over classes, and over all."""
        cells: list[tuple[float, RequestClass, Flow]] = []
        for group, share in zip(service.groups, service.drawn, strict=True):
            flows = self._answer_group(service, group, offered * share)
            pairs = list(zip(service.classes, flows, strict=True))
            self.groups[service.id, group.id] = together(
                [(each.share, flow) for each, flow in pairs]
            )
            cells += [(share * each.share, each, flow) for each, flow in pairs]
        if not any(group.ready for group in service.groups):
            # None Ready: no group draws a request, and the caller sees a refusal.
            cells = [
                (each.share, each, dead(offered * each.share, service.tau_s, silent=False))
                for each in service.classes
            ]
        for each in service.classes:
            mine = [(share, flow) for share, its, flow in cells if its is each]
            self.classes[service.id, each.id] = together(mine)
        return together([(share, flow) for share, _, flow in cells])

    def _answer_group(self, service: Service, group: Group, offered: float) -> list[Flow]:
        """The flow of each class in this group; classes share its utilisation."""
        capacity = self.at.capacity(service, group)
        rho = offered / capacity if capacity else math.inf
        cells = [self._cell(service, group, each, rho) for each in service.classes]
        loads = [offered * each.share for each in service.classes]
        if service.pools:
            means = [cell.mean_s for cell in cells]
            dry = self.holdings.dry(service, group, loads, means)
        else:
            dry = [WET] * len(loads)
        if not capacity:
            return [
                dead(load, service.tau_s, silent=cell.strain.silent and group.ready > 0)
                for load, cell in zip(loads, cells, strict=True)
            ]
        return [
            alive(
                load, rho, cell.mean_s, service.tau_s, strain=cell.strain, calls=cell.calls, dry=out
            )
            for load, cell, out in zip(loads, cells, dry, strict=True)
        ]

    def _cell(self, service: Service, group: Group, each: RequestClass, rho: float) -> _Cell:
        bent_here = service.id in self.at.bends
        strain = self.at.strain(service, group, each) if bent_here else UNBENT
        calls = []
        for edge in service.needs_of(each):
            bends = self.at.edge_strain(service, group, each, edge) if bent_here else UNBENT
            is_open = edge.breaker is not None and self.at.is_open(service, edge)
            call = call_over(edge, self.callees[edge.to], bends, is_open=is_open)
            calls.append(call)
            if edge.breaker is not None:
                seen = self.probes.setdefault((service.id, edge.id), [])
                seen.append((group.ready * group.draw * each.share, call.would_fail))
        if rho < math.inf:
            return _Cell(strain, calls, mean_s(service.own_time_s, rho, strain, calls))
        return _Cell(strain, calls, service.tau_s if strain.silent else REFUSAL_S)


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    """The weighted mean; the plain one where all weights are 0."""
    total = math.fsum(weight for weight, _ in weighted)
    if not total:
        return math.fsum(figure for _, figure in weighted) / len(weighted)
    return math.fsum(weight * figure for weight, figure in weighted) / total
