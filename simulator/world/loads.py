"""The first pass: how many requests each service is offered, callers before callees.

Rule 1: `D = x (1 + retries E_before) + sum over callers u of D_u q c`.
Rule 2: traffic splits over pod groups by Ready replicas times `draw`; a service with none Ready
refuses at its door, so it calls nobody.
Rule 3: what is shed still reaches dependencies, because its clients retry (stated assumption);
what an open breaker or a cut stops does not.
"""

import math

from simulator.world.calls import reaches
from simulator.world.graph import Service
from simulator.world.strains import Bent


def drawn(service: Service) -> tuple[float, ...]:
    """Each pod group's share of the traffic; all 0 where none is Ready."""
    draws = [group.ready * group.draw for group in service.groups]
    total = math.fsum(draws)
    return tuple(draw / total if total else 0.0 for draw in draws)


def offered_loads(at: Bent) -> dict[str, float]:
    """Requests a second offered to each service."""
    coming: dict[str, list[float]] = {service.id: [] for service in at.graph.services}
    offered: dict[str, float] = {}
    for service in at.graph.callers_first:
        before = at.memory.errors.get(service.id, 0.0)
        entering = service.traffic_per_s * (1 + service.retries * before)
        load = math.fsum((entering, *coming[service.id]))
        offered[service.id] = load
        for group, share in zip(service.groups, drawn(service), strict=True):
            if not share:
                continue
            for each in service.classes:
                for edge in service.needs_of(each):
                    strain = at.edge_strain(service, group, each, edge)
                    calls = reaches(edge, strain, is_open=at.is_open(service, edge))
                    coming[edge.to].append(load * share * each.share * calls)
    return offered
