"""Ten minutes of a small service told by hand, half of its requests failing for five of them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from simulator.brief.binding import bind
from simulator.brief.conditions import parse
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Expected, Scenario
from simulator.brief.scenario.sight import AlertRule
from simulator.brief.scenario.system import Service, System
from simulator.brief.scenario.trouble import Fault, Variant
from simulator.journal.entry import Entry
from simulator.journal.events import world

PLAN = Path(__file__).parents[2] / "scenarios" / "plans" / "fraiseql.yaml"
RULES = {"lasting": parse("errors > 20% for 5m")}
HIT = (
    (0, world.SignalsChanged(services={"api": {"offered": 2400, "served": 2400, "errors": 0},
                                       "db": {"offered": 900, "served": 900, "errors": 0}})),
    (0, world.FactsChanged(facts={"errors": 0, "data": "ok"})),
    (60, world.SignalsChanged(services={"api": {"offered": 2400, "served": 1200,
                                                "errors": 500_000}})),
    (60, world.FactsChanged(facts={"errors": 500_000})),
    (200, world.FactsChanged(facts={"data": "lost"})),
    (360, world.FactsChanged(facts={"errors": 400_000, "data": "ok"})),
    (360, world.SignalsChanged(services={"api": {"offered": 2400, "served": 2400, "errors": 0}})),
    (660, world.ImpactCounted(failed=6000, users=300, budget=60_000)),
)  # fmt: skip
"""(second, what)."""


@cache
def plan():
    """A plan as it ships."""
    return bind(Plan, compose(PLAN.read_text(encoding="utf-8"), "fraiseql.yaml"), "fraiseql.yaml")


def scenario(retries=0.0):
    """One service customers ask, with three rules."""
    errors = AlertRule(when=parse("api.errors[5m] > 5%"), severity="high", page=True, summary="E")
    api = Service(title="API", traffic=40.0, p95=0.12, used=0.4, slo=0.999, retries=retries,
                  needs={})  # fmt: skip
    return Scenario(
        id="small", title="Small", organisation="Shop", plan="fraiseql", roster="none",
        begins="2026-03-12T10:00:00Z", brief=("Quiet.",), expected=Expected(restore=900),
        causes={"c": "It broke"},
        system=System(services={"api": api}),
        faults={"f": Fault(title="It is broken", at=60)},
        variants={"v": Variant(title="V", weight=1.0, cause="c", faults=("f",))},
        looks={}, clues={}, actions={},
        alerts={"errors": errors, "noise": replace(errors, unrelated=True),
                "late": replace(errors, page=False),
                "other": replace(errors, only_in=("another",))},
    )  # fmt: skip


def told(*story):
    """The story as entries of a journal."""
    return tuple(
        Entry(seq=seq, at=at, by="engine", what=what) for seq, (at, what) in enumerate(story)
    )
