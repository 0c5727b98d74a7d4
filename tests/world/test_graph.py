"""A graph is checked once, when it is made, and says what is wrong with it."""

import pytest

from simulator.world.graph import Bend, Edge, Graph, Group, Pool, RequestClass, Service, bend_at


def service(name, **more):
    """A service of one pod."""
    return Service(id=name, own_time_s=0.01, groups=(Group(ready=1, rate_per_s=100),), **more)


@pytest.mark.parametrize(
    ("services", "complaint"),
    [
        ((service("a"), service("a")), "two services go by one name"),
        ((service("a", needs=(Edge(to="b"),)),), "needs 'b', which is no service"),
        ((service("a", classes=(RequestClass(share=0.5),)),), "add up to 1"),
        ((service("a", pools=(Pool(id="p", per_replica=1, edge="b"),)),), "names no edge"),
        ((service("a", pools=(Pool(id="p", per_replica=1, limit="l"),)),), "so needs an edge"),
        (
            (service("a", needs=(Edge(to="b"),)), service("b", needs=(Edge(to="a"),))),
            "call each other in a circle",
        ),
    ],
)
def test_a_graph_that_cannot_be_is_refused(services, complaint):
    """Names that lead nowhere, shares that do not add up, circles."""
    with pytest.raises(ValueError, match=complaint):
        Graph(services=services)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"capacity": -1}, "needs capacity >= 0"),
        ({"slow": 0.5}, "needs capacity >= 0, slow >= 1"),
        ({"capacity": 0.5, "edge": "b"}, "capacity belongs to replicas"),
        ({"cut": "silent"}, "only an edge can be cut"),
    ],
)
def test_a_bend_that_cannot_be_is_refused(wrong, complaint):
    """Less than nothing, faster than well, or at the wrong place."""
    with pytest.raises(ValueError, match=complaint):
        Bend(service="a", **wrong)


def test_amounts_outside_their_range_are_refused():
    """A share above 1, a strength above 1, a pod group nobody has."""
    with pytest.raises(ValueError, match=r"a share of 0\.\.1"):
        Edge(to="b", share=1.1)
    with pytest.raises(ValueError, match=r"a strength is 0\.\.1"):
        bend_at(1.1, Bend(service="a"))
    with pytest.raises(ValueError, match="has no pod group 'blue'"):
        Graph(services=(service("a"),)).with_ready("a", "blue", 2)
