"""The system under drill as the solver reads it: services, what they lean on, and what bends them.

Rule 1: everything here is frozen; a scaled or reconfigured system is another `Graph`.
Rule 2: names are checked once, when the graph is made; the solver trusts them.
Rule 3: a figure is in the unit its name ends with: seconds, per second, shares of 0..1.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

TIMEOUT_S: Final = 30.0
"""How long a service works on a request before giving up, unless written."""
REFUSAL_S: Final = 0.005
"""How long a refusal, a shed request or a fast failure takes."""

FAILED: Final = 500
REFUSED: Final = 503
TIMED_OUT: Final = 504
"""What a failing request is answered with unless written: by a fault, at a door, too late."""

Mode = Literal["fails", "degrades"]
Cut = Literal["silent", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """A circuit breaker on an edge: it opens when the callee has failed for a while."""

    after_s: int
    """Seconds of failing before it opens."""
    answers_in_s: float = REFUSAL_S
    """How long a call takes while it is open."""
    probe_s: int = 15
    """Seconds between probes while it is open; the first healthy one closes it."""
    trips_at: float = 0.5
    """The share of failing calls that counts as failing (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One service calling another."""

    to: str
    id: str = ""
    """The callee's name unless written."""
    share: float = 1.0
    """q: the share of requests that make the call."""
    calls: float = 1.0
    """c: calls per such request."""
    mode: Mode = "fails"
    """What a failed call does to the request."""
    if_silent: Mode = "degrades"
    """What silence does on a degrading edge: a client without a fallback for it still fails."""
    timeout_s: float | None = None
    """t: the callee's own timeout where None."""
    fallback_s: float | None = None
    """After how long a degrading edge falls back; None: at the timeout."""
    breaker: Breaker | None = None
    answers: int | None = None
    """The status a request fails with over this edge; unless written by how the call fails."""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.to)
        if not 0 <= self.share <= 1 or self.calls < 0:
            raise ValueError(f"the edge {self.id!r} needs a share of 0..1 and calls of at least 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Replicas alike: one version in one zone."""

    id: str = "all"
    ready: int
    """n: Ready replicas; those not Ready draw no traffic."""
    rate_per_s: float
    """r: requests one replica can serve in a second."""
    draw: float = 1.0
    """Traffic a replica attracts beside its peers (a fast failure attracts more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClass:
    """Requests alike: one endpoint, or one customer's."""

    id: str = "all"
    share: float = 1.0
    """Of the service's traffic."""
    needs: tuple[Edge, ...] | None = None
    """None: what the service needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Connections, threads or slots, so many a replica; held as long as the work takes.

    A pool with an `edge` holds one per call over it; without, one per request being served.
    """

    id: str
    per_replica: float
    """The most one replica opens."""
    edge: str | None = None
    hold_s: float | None = None
    """Stated hold time per call or request; None: as long as the call or request takes."""
    acquire_s: float = REFUSAL_S
    """How long a request waits for a free one before it fails."""
    least: float = 0.0
    """Kept open by a replica though idle."""
    keeps_s: int = 600
    """How long the pool stays at its peak once demand has gone."""
    limit: str | None = None
    """The shared limit, of the service the edge leads to, that each open connection uses up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One ceiling several pools share: a database's connection slots."""

    id: str
    most: float
    """Usable slots."""
    taken: float = 0.0
    """Slots in use by clients the graph does not model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service: its own work, its replicas, what comes in and what it needs."""

    id: str
    own_time_s: float
    """S: mean service time at an idle replica, without dependencies."""
    groups: tuple[Group, ...]
    tau_s: float = TIMEOUT_S
    traffic_per_s: float = 0.0
    """x: requests from outside; 0 where nobody enters here."""
    retries: float = 0.0
    """Further tries clients from outside make for each failed request."""
    classes: tuple[RequestClass, ...] = (RequestClass(),)
    needs: tuple[Edge, ...] = ()
    pools: tuple[Pool, ...] = ()
    limits: tuple[Limit, ...] = ()
    drawn: tuple[float, ...] = field(init=False, repr=False, compare=False)
    """Each pod group's share of the traffic: by Ready times draw; all 0 where none is Ready."""

    def __post_init__(self) -> None:
        draws = [group.ready * group.draw for group in self.groups]
        total = math.fsum(draws)
        shares = tuple(draw / total if total else 0.0 for draw in draws)
        object.__setattr__(self, "drawn", shares)

    def needs_of(self, request_class: RequestClass) -> tuple[Edge, ...]:
        """The edges requests of this class use."""
        return self.needs if request_class.needs is None else request_class.needs

    def led_to(self, edge_id: str | None) -> tuple[str, ...]:
        """The services the edges of this name lead to, as the classes use them, each once."""
        used = (edge for each in self.classes for edge in self.needs_of(each))
        return tuple(dict.fromkeys(edge.to for edge in used if edge.id == edge_id))

    def edges(self) -> Iterator[Edge]:
        """Every edge of every class, in the order written."""
        yield from self.needs
        for request_class in self.classes:
            yield from request_class.needs or ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bend:
    """What a fault does to one place, its strength already applied; neutral unless written."""

    service: str
    group: str | None = None
    """None: every group."""
    request_class: str | None = None
    """None: every class."""
    edge: str | None = None
    """None: the service itself; else its calls over this edge (errors, slow, cut)."""
    capacity: float = 1.0
    """k: multiplies capacity."""
    slow: float = 1.0
    """Stretches time, at least 1."""
    errors: float = 0.0
    """f: the share that fails."""
    extra_per_s: float = 0.0
    """Requests offered beside the service's traffic; never retried, and no customer's."""
    fails_in_s: float = REFUSAL_S
    """How long such a failure takes; the timeout where `silent`."""
    silent: bool = False
    """Failures and a dead service say nothing: callers wait for their timeout."""
    cut: Cut | None = None
    """The edge carries nothing: packets vanish, or are refused."""
    answers: int = FAILED
    """The HTTP status of what fails here; that of a timeout where `silent`."""

    def __post_init__(self) -> None:
        if self.capacity < 0 or self.slow < 1 or not 0 <= self.errors <= 1:
            raise ValueError(f"{self.service}: needs capacity >= 0, slow >= 1 and errors in 0..1")
        if self.capacity != 1 and (self.edge or self.request_class):
            raise ValueError(
                f"{self.service}: capacity belongs to replicas, not a class or an edge"
            )
        if self.extra_per_s < 0 or (
            self.extra_per_s and (self.edge or self.request_class or self.group)
        ):
            raise ValueError(f"{self.service}: extra requests are offered to a whole service")
        if self.cut and not self.edge:
            raise ValueError(f"{self.service}: only an edge can be cut")


def bend_at(strength: float, full: Bend) -> Bend:
    """The bend at a strength of 0..1: its amounts in proportion, its states at any above 0."""
    if not 0 <= strength <= 1:
        raise ValueError(f"a strength is 0..1, not {strength}")
    return replace(
        full,
        capacity=1 + (full.capacity - 1) * strength,
        slow=1 + (full.slow - 1) * strength,
        errors=full.errors * strength,
        extra_per_s=full.extra_per_s * strength,
        silent=full.silent and strength > 0,
        cut=full.cut if strength > 0 else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """All services; raises ValueError for a name that leads nowhere or a circle of calls."""

    services: tuple[Service, ...]
    by_id: Mapping[str, Service] = field(init=False, repr=False, compare=False)
    callers_first: tuple[Service, ...] = field(init=False, repr=False, compare=False)
    """Each service after all that call it; reversed, dependencies come first."""
    sharers: Mapping[tuple[str, str], tuple[tuple[Service, Pool], ...]] = field(
        init=False, repr=False, compare=False
    )
    """(service, limit) -> the pools that use it up: those whose calls lead there."""

    def __post_init__(self) -> None:
        by_id = {service.id: service for service in self.services}
        if len(by_id) < len(self.services):
            raise ValueError("two services go by one name")
        for service in self.services:
            _check(service, by_id)
        object.__setattr__(self, "by_id", by_id)
        object.__setattr__(self, "callers_first", _callers_first(self.services))
        object.__setattr__(self, "sharers", _sharers(self.services, by_id))

    def with_service(self, changed: Service) -> "Graph":
        """The graph with this service in place of the one of its name."""
        return Graph(
            services=tuple(changed if old.id == changed.id else old for old in self.services)
        )

    def with_ready(self, service: str, group: str, ready: int) -> "Graph":
        """The graph with so many Ready replicas in that group."""
        old = self.by_id[service]
        if all(each.id != group for each in old.groups):
            raise ValueError(f"{service} has no pod group {group!r}")
        groups = tuple(
            replace(each, ready=ready) if each.id == group else each for each in old.groups
        )
        return self.with_service(replace(old, groups=groups))


def _check(service: Service, by_id: Mapping[str, Service]) -> None:
    for edge in service.edges():
        if edge.to not in by_id:
            raise ValueError(f"{service.id} needs {edge.to!r}, which is no service")
    shares = sum(each.share for each in service.classes)
    if not service.groups or abs(shares - 1) > 1e-6:
        raise ValueError(f"{service.id}: needs a pod group, and class shares that add up to 1")
    edge_ids = [edge.id for edge in service.edges()]
    for pool in service.pools:
        if pool.edge is not None and pool.edge not in edge_ids:
            raise ValueError(f"{service.id}: the pool {pool.id!r} names no edge of its service")
        if pool.limit is not None and pool.edge is None:
            raise ValueError(f"{service.id}: the pool {pool.id!r} shares a limit, so needs an edge")


def _callers_first(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """Kahn (1962), in the order written among equals; raises ValueError for a circle."""
    waiting = {service.id: 0 for service in services}
    for service in services:
        for edge in service.edges():
            waiting[edge.to] += 1
    order: list[Service] = []
    left = list(services)
    while left:
        free = next((service for service in left if waiting[service.id] == 0), None)
        if free is None:
            raise ValueError(f"these call each other in a circle: {[each.id for each in left]}")
        left.remove(free)
        order.append(free)
        for edge in free.edges():
            waiting[edge.to] -= 1
    return tuple(order)


def _sharers(
    services: tuple[Service, ...], by_id: Mapping[str, Service]
) -> dict[tuple[str, str], tuple[tuple[Service, Pool], ...]]:
    found: dict[tuple[str, str], tuple[tuple[Service, Pool], ...]] = {}
    for service in services:
        for pool in service.pools:
            if pool.limit is None:
                continue
            for to in service.led_to(pool.edge):
                if all(limit.id != pool.limit for limit in by_id[to].limits):
                    raise ValueError(f"{service.id}: {to} has no limit {pool.limit!r}")
                found[to, pool.limit] = (*found.get((to, pool.limit), ()), (service, pool))
    return found
