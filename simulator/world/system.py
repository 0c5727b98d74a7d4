"""From a scenario's system to the graph the solver reads, at rest and as it stands now.

Rule 1: the graph at rest is calibrated once; afterwards only replicas, traffic and where a need
leads are set anew, from the state table.
Rule 2: state names: `<service>.replicas`, `<service>.ready`, `<service>.need.<need>` (the callee),
`<service>.<class>.need.<need>`, `<service>.group.<group>.ready` (rows of pods are kept by
`world.pods`); where an author keeps it, `<service>.pool.<pool>`: the most connections a replica
opens.
"""

from collections.abc import Mapping
from dataclasses import replace

from simulator.brief.scenario.system import Need, RequestClass, System
from simulator.brief.scenario.system import Service as Written
from simulator.brief.scenario.trouble import Bend as WrittenBend
from simulator.journal.situation.parts import State
from simulator.world.calibrate import Figures, calibrate
from simulator.world.graph import FAILED, Bend, Breaker, Edge, Graph, Group, Limit, Pool, Service
from simulator.world.graph import RequestClass as Kind

States = Mapping[str, State]


def at_rest(system: System) -> Graph:
    """The calibrated graph of a normal day; raises ValueError where figures contradict."""
    sketch = Graph(services=tuple(_service(n, s, system) for n, s in system.services.items()))
    figures = {
        name: Figures(p95_s=written.p95, adds_s=written.adds, used=written.used)
        for name, written in system.services.items()
    }
    return calibrate(sketch, figures)


def normal_state(system: System) -> dict[str, State]:
    """The rows of the state table that services imply."""
    rows: dict[str, State] = {}
    for name, written in system.services.items():
        replicas = _replicas(written)
        rows[f"{name}.replicas"] = replicas
        rows[f"{name}.ready"] = replicas
        for group, pods in written.groups.items():
            rows[f"{name}.group.{group}.ready"] = pods.replicas
            rows[f"{name}.group.{group}.pods"] = pods.replicas
        if written.has_pods:
            rows[f"{name}.restarts"] = 0
            rows[f"{name}.rollout"] = "complete"
        if written.workload is not None:
            rows[f"{name}.revision"] = written.workload.revision
            rows[f"{name}.image"] = written.workload.image
        rows |= {f"{name}.need.{need}": terms.to or need for need, terms in written.needs.items()}
        for kind, own in written.classes.items():
            rows |= {
                f"{name}.{kind}.need.{need}": terms.to or need
                for need, terms in (own.needs or {}).items()
            }
    return rows


def as_it_stands(
    rest: Graph, state: States, traffic: Mapping[str, float], before: Graph | None = None
) -> Graph:
    """The graph with the replicas, needs and traffic (a second, by entry service) of now.

    It is `before` itself, or `rest` itself, where nothing in it has changed since.
    """
    services = tuple(_standing(service, state, traffic) for service in rest.services)
    alike = (known for known in (before, rest) if known and services == known.services)
    return next(alike, None) or Graph(services=services)


def bend_of(written: WrittenBend) -> Bend:
    """A fault's bend at full strength, as the solver reads it."""
    fails_in = {} if written.fails_in is None else {"fails_in_s": written.fails_in}
    return Bend(
        service=written.on,
        group=written.pods,
        request_class=written.of_class,
        edge=written.need,
        capacity=written.capacity,
        slow=max(1.0, written.slow),
        errors=written.errors,
        extra_per_s=written.extra,
        silent=written.silent,
        cut=written.cut,
        answers=FAILED if written.answers is None else written.answers,
        **fails_in,
    )


def on_its_way(written: WrittenBend, state: States) -> bool:
    """Whether the need it bends still leads where the bend lies; a bend of no way always counts."""
    if written.towards is None or written.need is None:
        return True
    owner = f"{written.on}.{written.of_class}" if written.of_class else written.on
    return bool(state.get(f"{owner}.need.{written.need}") == written.towards)


def _service(name: str, written: Written, system: System) -> Service:
    classes = tuple(
        Kind(id=kind, share=terms.share, needs=_own_needs(terms))
        for kind, terms in written.classes.items()
    )
    groups = tuple(
        Group(id=group, ready=pods.replicas, rate_per_s=1.0, draw=pods.draw)
        for group, pods in written.groups.items()
    )
    return Service(
        id=name,
        own_time_s=0.0,
        groups=groups or (Group(ready=written.replicas, rate_per_s=1.0),),
        tau_s=written.tau,
        traffic_per_s=written.traffic or 0.0,
        retries=written.retries,
        classes=classes or (Kind(),),
        needs=_edges(written.needs),
        pools=tuple(
            Pool(
                id=pool,
                per_replica=terms.per_replica,
                edge=terms.to,
                hold_s=terms.hold,
                least=terms.least,
                keeps_s=int(terms.keeps),
                limit=terms.limit,
                **({} if terms.acquires_in is None else {"acquire_s": terms.acquires_in}),
            )
            for pool, terms in written.pools.items()
        ),
        limits=tuple(Limit(id=limit, most=most) for limit, most in system.limits.items()),
    )


def _own_needs(terms: RequestClass) -> tuple[Edge, ...] | None:
    return None if terms.needs is None else _edges(terms.needs)


def _edges(needs: Mapping[str, Need]) -> tuple[Edge, ...]:
    return tuple(
        Edge(
            to=terms.to or name,
            id=name,
            share=terms.share,
            calls=terms.calls,
            mode=terms.mode,
            if_silent=terms.if_silent or terms.mode,
            timeout_s=terms.timeout,
            fallback_s=terms.fallback or None,
            answers=terms.answers,
            breaker=None
            if terms.breaker is None
            else Breaker(
                after_s=int(terms.breaker.after),
                answers_in_s=terms.breaker.answers_in,
                probe_s=int(terms.breaker.probe),
            ),
        )
        for name, terms in needs.items()
    )


def _replicas(written: Written) -> int:
    if written.groups:
        return sum(pods.replicas for pods in written.groups.values())
    return written.replicas


def _standing(service: Service, state: States, traffic: Mapping[str, float]) -> Service:
    """The service as it is now; itself where nothing about it has changed."""
    name = service.id
    if len(service.groups) == 1:
        groups: tuple[Group, ...] = (_staffed(service.groups[0], f"{name}.ready", state),)
    else:
        groups = tuple(
            _staffed(group, f"{name}.group.{group.id}.ready", state) for group in service.groups
        )
    enters = traffic.get(name, service.traffic_per_s)
    needs = tuple(_led(edge, f"{name}.need.", state) for edge in service.needs)
    classes = tuple(_rerouted(kind, f"{name}.{kind.id}.need.", state) for kind in service.classes)
    pools = tuple(_sized(pool, f"{name}.pool.{pool.id}", state) for pool in service.pools)
    now = (groups, enters, needs, classes, pools)
    if now == (
        service.groups,
        service.traffic_per_s,
        service.needs,
        service.classes,
        service.pools,
    ):
        return service
    return replace(
        service, groups=groups, traffic_per_s=enters, needs=needs, classes=classes, pools=pools
    )


def _sized(pool: Pool, row: str, state: States) -> Pool:
    most = state.get(row, pool.per_replica)
    if not isinstance(most, int | float) or most == pool.per_replica:
        return pool
    return replace(pool, per_replica=most)


def _staffed(group: Group, row: str, state: States) -> Group:
    ready = int(state.get(row, group.ready))
    return group if ready == group.ready else replace(group, ready=ready)


def _rerouted(kind: Kind, prefix: str, state: States) -> Kind:
    if kind.needs is None:
        return kind
    needs = tuple(_led(edge, prefix, state) for edge in kind.needs)
    return kind if needs == kind.needs else replace(kind, needs=needs)


def _led(edge: Edge, prefix: str, state: States) -> Edge:
    to = str(state.get(prefix + edge.id, edge.to))
    return edge if to == edge.to else replace(edge, to=to)
