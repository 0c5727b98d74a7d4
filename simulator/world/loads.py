"""The first pass: how many requests each service is offered, callers before callees.

Rule 1: `D = x (1 + retries E_before) + extra + sum over callers u of D_u q c`.
Rule 2: traffic splits over pod groups by Ready replicas times `draw`; a service with none Ready
refuses at its door, so it calls nobody.
Rule 3: what is shed still reaches dependencies, because its clients retry (stated assumption);
what an open breaker or a cut stops does not.
"""

import math

from simulator.world.calls import reaches
from simulator.world.strains import Bent


def offered_loads(at: Bent) -> dict[str, float]:
    """Requests a second offered to each service."""
    coming: dict[str, list[float]] = {service.id: [] for service in at.graph.services}
    offered: dict[str, float] = {}
    for service in at.graph.callers_first:
        entering = service.traffic_per_s
        if service.retries:
            entering *= 1 + service.retries * at.memory.errors.get(service.id, 0.0)
        is_bent = service.id in at.bends
        extra = at.extra_per_s(service.id) if is_bent else 0.0
        load = math.fsum((entering, extra, *coming[service.id]))
        offered[service.id] = load
        for group, share in zip(service.groups, service.drawn, strict=True):
            if not share:
                continue
            for each in service.classes:
                drawn = load * share * each.share
                for edge in service.needs_of(each):
                    calls = edge.share * edge.calls
                    if is_bent or edge.breaker is not None:
                        strain = at.edge_strain(service, group, each, edge)
                        calls = reaches(edge, strain, is_open=at.is_open(service, edge))
                    coming[edge.to].append(drawn * calls)
    return offered
