"""An author's figures become the solver's, and the unbent graph shows them again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.world.calibrate import Figures, calibrate
from simulator.world.graph import Edge, Graph, Group, RequestClass, Service
from simulator.world.signals import solve


def sketched(service, replicas, needs=(), **more):
    """A service whose own time and rate are still to be found."""
    groups = (Group(ready=replicas, rate_per_s=0),)
    return Service(id=service, own_time_s=0, groups=groups, needs=needs, **more)


SKETCH = Graph(
    services=(
        sketched("web", 4, (Edge(to="api", timeout_s=10),), traffic_per_s=40),
        sketched(
            "api",
            6,
            (
                Edge(to="db", share=0.8, calls=2),
                Edge(to="cache", share=0.6, mode="degrades", fallback_s=0.04),
            ),
        ),
        sketched("db", 1),
        sketched("cache", 2),
    )
)
FIGURES = {
    "web": Figures(adds_s=0.06, used=0.45),
    "api": Figures(adds_s=0.1, used=0.55),
    "db": Figures(p95_s=0.012, used=0.35),
    "cache": Figures(p95_s=0.002, used=0.2),
}


def test_the_baseline_shows_what_the_author_wrote():
    """Utilisation and p95 come out of the solver as they went into the file."""
    signals = solve(calibrate(SKETCH, FIGURES), ()).services

    assert {name: round(flow.saturation, 9) for name, flow in signals.items()} == {
        "web": 0.45,
        "api": 0.55,
        "db": 0.35,
        "cache": 0.2,
    }
    assert signals["db"].p95_s == pytest.approx(0.012)
    assert signals["api"].p95_s == pytest.approx(0.1 + 1.6 * 0.012 + 0.6 * 0.002)
    assert signals["web"].p95_s == pytest.approx(0.06 + signals["api"].p95_s)


def test_the_figures_follow_the_formulas():
    """The database: 64 calls a second at 35 % of one replica, 12 ms at p95, nobody to wait for."""
    db = calibrate(SKETCH, FIGURES).by_id["db"]

    assert db.own_time_s == pytest.approx(0.012 / 2.996 * 0.65)
    assert db.groups[0].rate_per_s == pytest.approx(64 / 0.35)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 2), st.floats(0.01, 0.97), st.integers(1, 20), st.floats(0.1, 500))
def test_any_leaf_comes_out_as_it_was_described(p95_s, used, replicas, traffic_per_s):
    """For all figures that are steady, there and back is the same."""
    sketch = Graph(services=(sketched("leaf", replicas, traffic_per_s=traffic_per_s),))

    leaf = solve(calibrate(sketch, {"leaf": Figures(p95_s=p95_s, used=used)}), ()).services["leaf"]

    assert (leaf.p95_s, leaf.saturation) == (pytest.approx(p95_s), pytest.approx(used))


def test_a_total_below_its_parts_names_both_services():
    """A web that answers faster than the api it waits for cannot be."""
    figures = {**FIGURES, "web": Figures(p95_s=0.05, used=0.45)}

    with pytest.raises(ValueError, match=r"web .* api"):
        calibrate(SKETCH, figures)


def test_classes_wait_for_what_they_need_themselves():
    """Only the third of requests that checks out waits for the database."""
    classes = (
        RequestClass(id="browse", share=2 / 3, needs=()),
        RequestClass(id="checkout", share=1 / 3, needs=(Edge(to="db"),)),
    )
    web = sketched("web", 4, traffic_per_s=30, classes=classes)
    graph = Graph(services=(web, sketched("db", 1)))

    done = calibrate(graph, {"web": Figures(p95_s=0.1, used=0.5), "db": FIGURES["db"]})

    assert solve(done, ()).services["web"].p95_s == pytest.approx(0.1)


def test_a_standby_is_given_its_rate():
    """Nobody calls it yet, so its utilisation would say nothing; its rate does."""
    graph = Graph(services=(sketched("web", 4, traffic_per_s=30), sketched("standby", 1)))
    web = Figures(adds_s=0.1, used=0.5)

    done = calibrate(graph, {"web": web, "standby": Figures(p95_s=0.01, rate_per_s=100)})

    assert done.by_id["standby"].groups[0].rate_per_s == 100
    with pytest.raises(ValueError, match="standby: no load"):
        calibrate(graph, {"web": web, "standby": Figures(p95_s=0.01, used=0.2)})


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (Figures(p95_s=0.1, adds_s=0.1, used=0.5), "either its p95"),
        (Figures(used=0.5), "either its p95"),
        (Figures(p95_s=0.1), "either its utilisation"),
        (Figures(p95_s=0.1, used=0.99), "at most 97 %"),
        (Figures(p95_s=31, used=0.5), "beyond its timeout"),
        (Figures(adds_s=-0.1, used=0.5), "less than nothing"),
        (Figures(p95_s=0.1, rate_per_s=0), "rate above 0"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(figures, said):
    """Each with the service's name and what is wrong."""
    graph = Graph(services=(replace(SKETCH.by_id["db"], traffic_per_s=10),))

    with pytest.raises(ValueError, match=f"db.*{said}"):
        calibrate(graph, {"db": figures})
