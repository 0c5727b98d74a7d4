"""A small journal told by hand: one service, one thing wrong, three people."""

from pathlib import Path

from simulator.brief.binding import bind
from simulator.brief.brief import Brief
from simulator.brief.conditions import parse
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Person, Roster
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.scenario import Expected, Scenario
from simulator.brief.scenario.sight import AlertRule, Clue, Look
from simulator.brief.scenario.story import Inject
from simulator.brief.scenario.system import Service, System
from simulator.brief.scenario.trouble import Fault, Variant
from simulator.brief.units import Span
from simulator.journal.entry import Entry
from simulator.journal.events import paging, work, world
from simulator.journal.narration import retold

PLAN = Path(__file__).parents[2] / "scenarios" / "plans" / "fraiseql.yaml"
T0 = 60
FACTS = {"errors": 971_000, "service_down": ("db",)}


def brief(**changed):
    """One service, one database, one thing wrong, three people."""
    takes = Span(low_s=20.0, high_s=60.0)
    parts = {
        "id": "hand-made", "title": "No answer", "organisation": "FraiseQL", "plan": "fraiseql",
        "roster": "three", "begins": "2026-03-12T10:00:00Z", "brief": ("Quiet.",),
        "expected": Expected(restore=900),
        "causes": {"db-crash": "The database went down", "not-known": "Not known"},
        "system": System(services={"api": Service(title="API", traffic=40.0, p95=0.12, used=0.4)}),
        "faults": {"crash": Fault(title="PostgreSQL is down", at=30)},
        "variants": {"crash": Variant(title="Crash", weight=1.0, cause="db-crash",
                                      faults=("crash",))},
        "alerts": {"db-down": AlertRule(when=parse("db.errors > 5%"), severity="critical",
                                        page=True, summary="DbDown - no answer from db")},
        "looks": {"db-log": Look(title="Log of the database", views=("logs",), takes=takes)},
        "clues": {"oom": Clue(looks=("db-log",), shows="It ran out of memory.", reads={})},
        "actions": {"restart-db": Action(title="Start the database", kind="restart", takes=takes)},
        "injects": {"quiet": Inject(), "ask": Inject(sender="customers", says="What is wrong?")},
    }  # fmt: skip
    plan = bind(Plan, compose(PLAN.read_text(encoding="utf-8"), "fraiseql.yaml"), "fraiseql.yaml")
    people = {one: Person(name=one.title()) for one in ("alice", "bob", "charlie")}
    return Brief(
        scenario=Scenario(**{**parts, **changed}),
        plan=plan,
        roster=Roster(id="three", title="Three", people=people),
        documents={},
    )


def journal(*told):
    """Entries from (second, by, what) or (second, by, what, seq of its cause)."""
    rows = [(*row, -1)[:4] for row in told]
    return [
        Entry(seq=seq, at=at, by=by, what=what, cause=cause)
        for seq, (at, by, what, cause) in enumerate(rows)
    ]


def says(entries, **how):
    return [one.says for one in retold(entries, brief(), **how)]


ALERT = world.AlertFired(alert="db-down", severity="critical", page=True,
                         summary="DbDown - no answer from db")  # fmt: skip
PAGE = paging.Paged(page="p1", to="alice", role="on_call", alert="db-down", level="CRITICAL",
                    summary="DbDown - no answer from db")  # fmt: skip
FOUND = work.Found(by="alice", work="w1", look="db-log", views=("logs",), of="db", facts=FACTS,
                   measured_at=100, clues=("oom",), content="Out of memory\nKilled")  # fmt: skip
POSTED = work.FindPosted(by="alice", found=0, look="db-log", views=("logs",), of="db", facts=FACTS,
                         measured_at=100, clues=("oom",))  # fmt: skip
