"""Random systems under drill, for the laws every one of them must keep.

Rule 1: layered, so no circle: a service needs only services that come after it.
Rule 2: nothing extreme by itself: utilisations from idle to twice the capacity.
"""

from dataclasses import replace

from hypothesis import strategies as st

from simulator.world.graph import Bend, Edge, Graph, Group, Limit, Pool, RequestClass, Service

shares = st.floats(0, 1).map(lambda share: round(share, 3))


@st.composite
def edges(draw, callees):
    """What a service needs: up to three of the services after it."""
    chosen = draw(st.lists(st.sampled_from(callees), max_size=3, unique=True)) if callees else []
    return tuple(
        Edge(
            to=to,
            share=draw(shares),
            calls=draw(st.sampled_from([1.0, 2.0, 3.5])),
            mode=draw(st.sampled_from(["fails", "degrades"])),
            if_silent=draw(st.sampled_from(["fails", "degrades"])),
            timeout_s=draw(st.sampled_from([None, 0.5, 5.0])),
            fallback_s=draw(st.sampled_from([None, 0.04])),
        )
        for to in chosen
    )


@st.composite
def classes(draw, callees):
    """One class, or two that need different things."""
    if draw(st.booleans()):
        return (RequestClass(),)
    share = draw(st.floats(0.1, 0.9))
    return (
        RequestClass(id="browse", share=share),
        RequestClass(id="checkout", share=1 - share, needs=draw(edges(callees))),
    )


@st.composite
def pools(draw, needs, last):
    """None, request slots, or connections; those to the last service share its limit."""
    found = []
    if draw(st.booleans()):
        found.append(Pool(id="slots", per_replica=draw(st.floats(0.5, 8)), acquire_s=1.0))
    if needs and draw(st.booleans()):
        limit = "connections" if needs[0].to == last else None
        per_replica = draw(st.floats(0.5, 8))
        found.append(Pool(id="out", edge=needs[0].id, per_replica=per_replica, limit=limit))
    return tuple(found)


@st.composite
def graphs(draw, retries=0.0):
    """Two to six services, the first an entry."""
    names = [f"s{number}" for number in range(draw(st.integers(2, 6)))]
    services = []
    for position, name in enumerate(names):
        after = names[position + 1 :]
        groups = tuple(
            Group(
                id=group,
                ready=draw(st.integers(1, 8)),
                rate_per_s=draw(st.floats(5, 60)),
                draw=draw(st.sampled_from([1.0, 1.12])),
            )
            for group in draw(st.sampled_from([("all",), ("blue", "green")]))
        )
        needs = draw(edges(after))
        services.append(
            Service(
                id=name,
                own_time_s=draw(st.floats(0.0005, 0.2)),
                groups=groups,
                traffic_per_s=draw(st.floats(1, 200)) if position == 0 else 0.0,
                retries=retries if position == 0 else 0.0,
                classes=draw(classes(after)),
                needs=needs,
                pools=draw(pools(needs, names[-1])),
                limits=(Limit(id="connections", most=10, taken=3),) if not after else (),
            )
        )
    return Graph(services=tuple(services))


@st.composite
def bends(draw, graph, *, dead=False):
    """Up to three faults in force; capacity may reach 0 only where `dead`."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        service = draw(st.sampled_from(graph.services))
        group = draw(st.sampled_from([None, *(group.id for group in service.groups)]))
        request_class = draw(st.sampled_from([None, *(each.id for each in service.classes)]))
        whole = request_class is None
        found.append(
            Bend(
                service=service.id,
                group=group,
                request_class=request_class,
                capacity=draw(st.floats(0 if dead else 0.1, 1)) if whole else 1.0,
                slow=draw(st.floats(1, 20)),
                errors=draw(shares),
                silent=draw(st.booleans()) if dead else False,
            )
        )
    return tuple(found)


@st.composite
def troubled(draw, *, dead=False, retries=0.0):
    """A graph with its faults."""
    graph = draw(graphs(retries=retries))
    return graph, draw(bends(graph, dead=dead))


def of_one_kind(graph, bends):
    """The graph with one class of requests and one pod group in each service, and its faults."""
    plain = Graph(services=tuple(_of_one_kind(service) for service in graph.services))
    left = tuple(
        replace(bend, request_class=None, group=None)
        for bend in bends
        if bend.edge is None or bend.edge in [e.id for e in plain.by_id[bend.service].needs]
    )
    return plain, left


def _of_one_kind(service):
    needed = [edge.id for edge in service.needs]
    return replace(
        service,
        classes=(RequestClass(),),
        groups=service.groups[:1],
        pools=tuple(pool for pool in service.pools if pool.edge is None or pool.edge in needed),
    )
