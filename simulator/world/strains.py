"""What several faults together do to one place: capacities and times multiply, failures add up.

Rule 1: a strain is of one group x class, or of one edge as that group x class uses it.
Rule 2: a way to fail is (probability, seconds it takes, whether it is silent, what is answered);
a request meets the ways in order, so together they fail `1 - prod(1 - p)` and each is charged its
own time.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from simulator.world.graph import (
    TIMED_OUT,
    Bend,
    Cut,
    Edge,
    Graph,
    Group,
    RequestClass,
    Service,
)
from simulator.world.memory import Memory

Way = tuple[float, float, bool, int]
"""(share of those still alive that fails here, seconds it takes, silent, HTTP status)."""


class Strain(NamedTuple):
    """Everything that bends one place, multiplied together."""

    capacity: float = 1.0
    slow: float = 1.0
    ways: tuple[Way, ...] = ()
    silent: bool = False
    cut: Cut | None = None


class Failure(NamedTuple):
    """What meeting some ways to fail in turn comes to."""

    share: float
    """1 - prod(1 - p)."""
    cost_s: float
    """Mean time of a failed request, weighted by failures; 0 where nothing fails."""
    silent: float
    """The share of all requests that fails without an answer."""


UNBENT: Final = Strain()
UNFAILED: Final = Failure(0.0, 0.0, 0.0)


def strain_on(
    bends: Sequence[Bend], *, group: str, request_class: str, edge: str | None, timeout_s: float
) -> Strain:
    """The strain of a service's bends on one group x class, or on its edge where one is named."""
    here = [
        bend
        for bend in bends
        if bend.edge == edge
        and bend.group in (None, group)
        and bend.request_class in (None, request_class)
    ]
    if not here:
        return UNBENT
    cuts = [bend.cut for bend in here if bend.cut]
    return Strain(
        capacity=math.prod(bend.capacity for bend in here),
        slow=math.prod(bend.slow for bend in here),
        ways=tuple(
            (
                bend.errors,
                timeout_s if bend.silent else bend.fails_in_s,
                bend.silent,
                TIMED_OUT if bend.silent else bend.answers,
            )
            for bend in here
            if bend.errors
        ),
        silent=any(bend.silent for bend in here),
        cut="silent" if "silent" in cuts else (cuts[0] if cuts else None),
    )


def capacity_of(bends: Sequence[Bend], group: str) -> float:
    """The k of a pod group: replicas are bent whole, whatever the class."""
    return math.prod(
        bend.capacity for bend in bends if bend.edge is None and bend.group in (None, group)
    )


def meet(ways: Sequence[Way], most_s: float) -> Failure:
    """What these ways come to when met in turn; none takes longer than `most_s`."""
    alive, time_s, silent = 1.0, 0.0, 0.0
    for probability, cost_s, is_silent, _ in ways:
        if not probability:
            continue
        lost = alive * probability
        time_s += lost * min(cost_s, most_s)
        if is_silent:
            silent += lost
        alive *= 1 - probability
    share = 1 - alive
    # The sum of what was lost may differ from `share` in the last bit; a mean may not exceed most.
    return Failure(share, min(time_s / share, most_s), silent) if share > 0 else UNFAILED


def answered(ways: Sequence[Way]) -> tuple[tuple[int, float], ...]:
    """(HTTP status, share of all requests) of what fails when these ways are met in turn."""
    found: dict[int, float] = {}
    alive = 1.0
    for probability, _, _, status in ways:
        if probability:
            found[status] = found.get(status, 0.0) + alive * probability
            alive *= 1 - probability
    return tuple(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Bent:
    """A graph with its bends and memory: one answer for each place asked about."""

    graph: Graph
    bends: Mapping[str, Sequence[Bend]]
    memory: Memory

    def capacity(self, service: Service, group: Group) -> float:
        """C = n r k."""
        bends = self.bends.get(service.id)
        k = capacity_of(bends, group.id) if bends else 1.0
        return group.ready * group.rate_per_s * k

    def extra_per_s(self, service: str) -> float:
        """Requests offered to it beside its traffic, by all that bends it together."""
        return math.fsum(bend.extra_per_s for bend in self.bends.get(service, ()))

    def strain(self, service: Service, group: Group, request_class: RequestClass) -> Strain:
        """What bends this group x class itself."""
        return strain_on(
            self.bends.get(service.id, ()),
            group=group.id,
            request_class=request_class.id,
            edge=None,
            timeout_s=service.tau_s,
        )

    def edge_strain(
        self, service: Service, group: Group, request_class: RequestClass, edge: Edge
    ) -> Strain:
        """What bends this edge as that group x class uses it."""
        bends = self.bends.get(service.id)
        if not bends:
            return UNBENT
        callee = self.graph.by_id[edge.to]
        return strain_on(
            bends,
            group=group.id,
            request_class=request_class.id,
            edge=edge.id,
            timeout_s=callee.tau_s if edge.timeout_s is None else edge.timeout_s,
        )

    def asks_as(self, other: "Bent") -> bool:
        """Whether both would be answered by the same signals."""
        same = self.graph is other.graph and self.bends == other.bends
        return same and self.memory.bears_as(other.memory)

    def is_open(self, service: Service, edge: Edge) -> bool:
        """Whether the edge has a breaker and it is open."""
        return edge.breaker is not None and self.memory.is_open(service.id, edge.id)


def bent(graph: Graph, bends: Sequence[Bend], memory: Memory) -> Bent:
    """The bent graph; raises ValueError for a service, group, class or edge nobody has."""
    found: dict[str, list[Bend]] = {}
    for bend in bends:
        service = graph.by_id.get(bend.service)
        if service is None:
            raise ValueError(f"a fault bends {bend.service!r}, which is no service")
        for name, known in (
            (bend.group, [group.id for group in service.groups]),
            (bend.request_class, [each.id for each in service.classes]),
            (bend.edge, [edge.id for edge in service.edges()]),
        ):
            if name is not None and name not in known:
                raise ValueError(f"a fault bends {name!r} of {bend.service}; it has {known}")
        found.setdefault(bend.service, []).append(bend)
    return Bent(graph, found, memory)
