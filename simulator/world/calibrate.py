"""From the figures an author knows to the ones the solver needs.

Rule 1: an author gives a baseline: traffic, utilisation rho0, and either the p95 in total or the
part a service adds itself; the solver needs S and r, so that the unbent graph shows those figures.
Rule 2: `S = (p95_0/2.996 - sum of w at baseline)(1 - rho0)` and `r = D_0/(n rho0)`.
Rule 3: the own part is a part of the p95 as well: `S = adds/2.996 (1 - rho0)`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.world.calls import Callee, call_over
from simulator.world.flows import BUSIEST, P95_MEANS
from simulator.world.graph import Graph, Group, Service
from simulator.world.loads import offered_loads
from simulator.world.memory import Memory
from simulator.world.strains import UNBENT, bent


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an author knows of one service at its baseline."""

    p95_s: float | None = None
    """The whole p95, dependencies included; or else:"""
    adds_s: float | None = None
    """The part of the p95 that is the service's own."""
    used: float | None = None
    """rho0, above 0 and below 0.98; or else:"""
    rate_per_s: float | None = None
    """r: what one replica can serve, for a service whose load is not its measure (a standby)."""


def calibrate(sketch: Graph, figures: Mapping[str, Figures]) -> Graph:
    """The graph with each service's own time and each replica's rate worked out.

    What the sketch says of those two is not read. Raises ValueError, naming the service (and the
    one it waits for longest), where the figures contradict each other.
    """
    offered = offered_loads(bent(sketch, (), Memory()))
    callees: dict[str, Callee] = {}
    done: dict[str, Service] = {}
    for service in reversed(sketch.callers_first):
        given = figures[service.id]
        rate_per_s, rho = _rate(service, given, offered[service.id])
        waits = _waits(service, callees)
        own_mean_s = _own_mean(service, given, waits)
        mean_s = own_mean_s + math.fsum(wait_s for _, wait_s in waits)
        if P95_MEANS * mean_s > service.tau_s:
            raise ValueError(
                f"{service.id}: a p95 of {P95_MEANS * mean_s:.3f} s at baseline is beyond its"
                f" timeout of {service.tau_s:g} s"
            )
        callees[service.id] = Callee(0.0, mean_s, 0.0, 0.0, service.tau_s)
        done[service.id] = replace(
            service,
            own_time_s=own_mean_s * (1 - rho),
            groups=tuple(replace(group, rate_per_s=rate_per_s) for group in service.groups),
        )
    return Graph(services=tuple(done[service.id] for service in sketch.services))


def own_time_s(p95_s: float, waits_s: float, rho: float) -> float:
    """S of a service with this p95 at baseline, waiting so long for others at utilisation rho."""
    return (p95_s / P95_MEANS - waits_s) * (1 - rho)


def _rate(service: Service, given: Figures, offered: float) -> tuple[float, float]:
    """(r, rho0) of a service; its groups share one r."""
    replicas = _ready(service.groups)
    if (given.used is None) == (given.rate_per_s is None):
        raise ValueError(f"{service.id}: give either its utilisation or the rate of a replica")
    if given.rate_per_s is not None:
        if given.rate_per_s <= 0 or not replicas:
            raise ValueError(f"{service.id}: needs a Ready replica and a rate above 0")
        rho = offered / (replicas * given.rate_per_s)
        rate_per_s = given.rate_per_s
    else:
        rho = given.used or 0.0
        if not offered or not replicas or not rho:
            raise ValueError(
                f"{service.id}: no load at baseline, so how busy it is says nothing of what a"
                " replica can do; let a service need it, or give it traffic, replicas and use"
            )
        rate_per_s = offered / (replicas * rho)
    if rho >= BUSIEST:
        raise ValueError(f"{service.id}: is used to {rho:.0%} at baseline; at most 97 % is steady")
    return rate_per_s, rho


def _waits(service: Service, callees: Mapping[str, Callee]) -> list[tuple[str, float]]:
    """(callee, w at baseline) of each edge, weighted by the classes that use it."""
    return [
        (edge.to, each.share * call_over(edge, callees[edge.to], UNBENT, is_open=False).wait_s)
        for each in service.classes
        for edge in service.needs_of(each)
    ]


def _own_mean(service: Service, given: Figures, waits: Sequence[tuple[str, float]]) -> float:
    """Mean time in the service itself at baseline, queueing included."""
    if (given.p95_s is None) == (given.adds_s is None):
        raise ValueError(f"{service.id}: give either its p95 in total or the part it adds")
    if given.adds_s is not None:
        if given.adds_s < 0:
            raise ValueError(f"{service.id}: adds {given.adds_s:g} s, less than nothing")
        return given.adds_s / P95_MEANS
    waits_s = math.fsum(wait_s for _, wait_s in waits)
    own_s = own_time_s(given.p95_s or 0.0, waits_s, rho=0.0)
    if own_s < 0:
        longest, _ = max(waits, key=lambda wait: wait[1])
        raise ValueError(
            f"{service.id} answers in {given.p95_s:g} s (p95), less than the"
            f" {P95_MEANS * waits_s:.3f} s it waits for others, {longest} the longest"
        )
    return own_s


def _ready(groups: Sequence[Group]) -> int:
    return sum(group.ready for group in groups)
