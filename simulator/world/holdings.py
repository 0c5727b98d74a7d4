"""What requests hold while they are served, and what becomes of those that find nothing free.

Rule 1: a pool's demand is rate x hold time summed over the classes that use it.
Rule 2: a request that needs a connection (share q of the edge) and gets none fails after the
acquire timeout, or degrades where its edge degrades; a slot every request needs. Where some go
without, those that get one have waited almost as long: the fluid limit of a queue with a deadline
(Whitt 2006, "Fluid models for multiserver queues with abandonments").
Rule 3: a shared limit is worked out once the service it belongs to has answered; only calls that
lead there count in it, so all their hold times are known by then.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.world.calls import Call, Callee, call_over
from simulator.world.flows import Dry
from simulator.world.graph import REFUSAL_S, REFUSED, Edge, Group, Pool, RequestClass, Service
from simulator.world.memory import PoolKey
from simulator.world.pools import LimitLevel, PoolLevel, limit_level, pool_level
from simulator.world.strains import Bent, Way


@dataclass(slots=True)
class Holdings:
    """Every pool and limit of one solve, worked out as it is asked for."""

    at: Bent
    offered: Mapping[str, float]
    callees: Mapping[str, Callee]
    pools: dict[PoolKey, PoolLevel] = field(default_factory=dict)
    limits: dict[tuple[str, str], LimitLevel] = field(default_factory=dict)

    def dry(
        self, service: Service, group: Group, loads: Sequence[float], means: Sequence[float]
    ) -> list[Dry]:
        """What the pools of a group do to each class, given its load and mean latency."""
        ways: list[list[Way]] = [[] for _ in loads]
        degraded: list[list[float]] = [[] for _ in loads]
        waits = [0.0 for _ in loads]
        for pool in service.pools:
            if pool.edge is None:
                holds_s = [_hold_s(pool, min(service.tau_s, mean)) for mean in means]
                demand = math.fsum(load * s for load, s in zip(loads, holds_s, strict=True))
                level = self._level(service, group, pool, demand)
                for place, way in enumerate(ways):
                    way.append((level.short, pool.acquire_s, False, REFUSED))
                    waits[place] += _waited_s(pool, level, 1.0)
                continue
            level = self._edge_level(service, group, pool)
            for place, each in enumerate(service.classes):
                way, part = ways[place], degraded[place]
                for edge, call in self._calls(service, group, each, pool):
                    share = edge.share if call.made else 0.0
                    refused = self._refused(edge.to, pool)
                    waits[place] += _waited_s(pool, level, share)
                    if edge.mode == "fails":
                        way.append((share * level.short, pool.acquire_s, False, REFUSED))
                        way.append((share * refused, REFUSAL_S, False, REFUSED))
                    else:
                        part += [share * level.short, share * refused]
        return [
            Dry(tuple(way), tuple(part), wait_s)
            for way, part, wait_s in zip(ways, degraded, waits, strict=True)
        ]

    def _refused(self, to: str, pool: Pool) -> float:
        if pool.limit is None:
            return 0.0
        key = (to, pool.limit)
        if key not in self.limits:
            limit = next(each for each in self.at.graph.by_id[to].limits if each.id == pool.limit)
            opens = [
                self._open_at(to, sharer, group, shared)
                for sharer, shared in self.at.graph.sharers[key]
                for group in sharer.groups
            ]
            self.limits[key] = limit_level(opens, limit.taken, limit.most)
        return self.limits[key].refused

    def _open_at(self, to: str, service: Service, group: Group, pool: Pool) -> float:
        """The pool's open connections to that service, where its classes may be led apart."""
        if service.led_to(pool.edge) == (to,):
            return self._edge_level(service, group, pool).open
        led = [each for each in service.classes for e in service.needs_of(each)
               if (e.id, e.to) == (pool.edge, to)]  # fmt: skip
        demand = self._demand(service, group, pool, led)
        peak = self.at.memory.peaks.get((service.id, group.id, pool.id))
        part = math.fsum(each.share for each in led)
        return pool_level(pool, group.ready, demand, peak.fill * part if peak else 0.0).open

    def _edge_level(self, service: Service, group: Group, pool: Pool) -> PoolLevel:
        known = self.pools.get((service.id, group.id, pool.id))
        if known is not None:
            return known
        return self._level(
            service, group, pool, self._demand(service, group, pool, service.classes)
        )

    def _demand(
        self, service: Service, group: Group, pool: Pool, classes: Sequence[RequestClass]
    ) -> float:
        share = service.drawn[service.groups.index(group)]
        load = self.offered[service.id] * share
        return math.fsum(
            load * each.share * (call.held if pool.hold_s is None else call.made * pool.hold_s)
            for each in classes
            for _, call in self._calls(service, group, each, pool)
        )

    def _level(self, service: Service, group: Group, pool: Pool, demand: float) -> PoolLevel:
        key = (service.id, group.id, pool.id)
        peak = self.at.memory.peaks.get(key)
        level = pool_level(pool, group.ready, demand, peak.fill if peak else 0.0)
        self.pools[key] = level
        return level

    def _calls(
        self, service: Service, group: Group, request_class: RequestClass, pool: Pool
    ) -> list[tuple[Edge, Call]]:
        """The calls of this class that draw on the pool; its edges go by one name."""
        return [
            (
                edge,
                call_over(
                    edge,
                    self.callees[edge.to],
                    self.at.edge_strain(service, group, request_class, edge),
                    is_open=self.at.is_open(service, edge),
                ),
            )
            for edge in service.needs_of(request_class)
            if edge.id == pool.edge
        ]


def _waited_s(pool: Pool, level: PoolLevel, share: float) -> float:
    """How long requests that get a connection have waited for it, averaged over all of a class."""
    return share * pool.acquire_s if level.short and pool.acquire_s > REFUSAL_S else 0.0


def _hold_s(pool: Pool, served_s: float) -> float:
    return served_s if pool.hold_s is None else pool.hold_s
