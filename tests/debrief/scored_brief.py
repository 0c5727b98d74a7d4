"""A small incident to score: one API, one database, FraiseQL's plan, three people, told by hand."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from simulator.brief.binding import bind
from simulator.brief.brief import Brief
from simulator.brief.conditions import parse
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Person, Roster
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.scenario import Expected, Scenario
from simulator.brief.scenario.sight import Clue, Look
from simulator.brief.scenario.story import Objective, Teaching
from simulator.brief.scenario.system import Service, System
from simulator.brief.scenario.trouble import Bend, Fault, Variant
from simulator.brief.units import Span
from simulator.debrief.scoring import score
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world

PLANS = Path(__file__).parents[2] / "scenarios" / "plans"
ALICE, BOB, CHARLIE = "alice", "bob", "charlie"
T0 = 100
MINUTE = 60
DOWN = {"errors": 1_000_000, "p95_ms": 5000}
HEALTHY = {
    "errors": 0, "p95_ms": 68, "p95_ratio": 1000, "saturation": 170_000, "traffic_share": 0,
    "alerts": 0, "tickets": 0, "service_down": (),
}  # fmt: skip
SPAN = Span(low_s=20.0, high_s=60.0)
VIEWS = ("logs", "metrics", "deploys", "infrastructure", "dependency", "alerts", "tickets")


@cache
def plan(name="fraiseql"):
    """A plan as it ships."""
    return bind(Plan, compose((PLANS / f"{name}.yaml").read_text(encoding="utf-8"), name), name)


@cache
def scenario():
    """One database that is gone; a second truth behind the same page; one decoy."""
    return Scenario(
        id="small",
        title="The API answers nothing",
        organisation="FraiseQL",
        plan="fraiseql",
        roster="three",
        begins="2026-03-12T10:00:00Z",
        brief=("A quiet morning.",),
        expected=Expected(restore=15 * MINUTE),
        causes={"db-crash": "The database is gone", "bad-deploy": "A bad deployment",
                "not-known": "Not known"},
        system=System(services={"api": Service(traffic=8.0, p95=0.068, used=0.2),
                                "db": Service(adds=0.006, used=0.1)}),
        faults={"crash": Fault(title="The database is gone", at=60,
                               bends=(Bend(on="db", capacity=0.0),)),
                "lost-writes": Fault(title="Writes are lost", bends=(Bend(on="db"),))},
        variants={"crash": Variant(title="Gone", weight=1.0, cause="db-crash", faults=("crash",))},
        alerts={},
        looks={view: Look(title=view, views=(view,), takes=SPAN) for view in VIEWS},
        clues={"refused": Clue(looks=("logs",), shows="connection refused",
                               reads={"db-crash": 5.0, "bad-deploy": 0.5}),
               "deployed": Clue(looks=("deploys",), shows="a deployment an hour ago",
                                reads={"bad-deploy": 2.0})},
        actions={"restart-db": Action(title="Start the database", kind="runbook", takes=SPAN),
                 "restart-api": Action(title="Restart the API", kind="restart", takes=SPAN),
                 "drop": Action(title="Drop the table", kind="restore_data", takes=SPAN,
                                irreversible=True)},
        teaching=Teaching(objectives={
            "back": Objective(competency="mitigation", says="Back within 15 minutes",
                              met=parse("restored <= 15m"), late=parse("restored <= 30m"))}),
    )  # fmt: skip


def roster():
    """Alice has the pager, Bob backs her, Charlie manages and commands."""
    return Roster(id="three", title="Three", people={
        ALICE: Person(name="Alice", roles=("on_call",)),
        BOB: Person(name="Bob", roles=("backup", "sme")),
        CHARLIE: Person(name="Charlie", roles=("manager", "commander")),
    })  # fmt: skip


def brief(**changes):
    """The small brief; keywords replace parts of the scenario."""
    return Brief(
        scenario=replace(scenario(), **changes), plan=plan(), roster=roster(), documents={}
    )


def journal(acts):
    """The entries of named or plain acts `(second since T0, event)`, in the order of time."""
    told = acts.values() if isinstance(acts, dict) else acts
    timed = sorted(told, key=lambda act: act[0])
    return tuple(
        Entry(seq=seq, at=T0 + at, by="engine", what=what) for seq, (at, what) in enumerate(timed)
    )


def looked(view, by=ALICE, facts=None, clues=(), of="api"):
    """A look of one kind."""
    return work.Found(by=by, work="w", look=view, views=(view,), of=of, facts=facts or {},
                      measured_at=0, clues=clues, content="")  # fmt: skip


def said(use, by=CHARLIE, *, filled=4, honest=True, audience="internal"):
    """A message of the plan's."""
    return talk.MessageSent(by=by, template=use, use=use, audience_of=audience, fields={},
                            text="", filled=filled, required=4, honest=honest)  # fmt: skip


def opening():
    """The world's part until the first page: T0 is second 0 here."""
    return {
        "opened": (-100, room.DrillOpened(
            brief={}, mode="standard", pace="accelerated", seed=7, begins="2026-03-12T10:00:00Z",
            variant="crash", chairs=brief().chairs(), policies={}, engine="0", rubric="0")),
        "fault": (-40, world.FaultBegan(fault="crash", strength=1_000_000)),
        "impact": (-40, world.ImpactBegan()),
        "truth": (-40, world.FactsChanged(facts=DOWN)),
        "alert": (0, world.AlertFired(alert="api-down", severity="critical", page=True,
                                      summary="API down", facts=DOWN)),
        "page": (0, paging.Paged(page="p1", to=ALICE, role="on_call", alert="api-down",
                                 level="CRITICAL", summary="API down", facts=DOWN)),
    }  # fmt: skip


def well_done():
    """Everything in time: restored at T+9, resolved at T+40, reported two hours later."""
    m = MINUTE
    team = {
        "acknowledge": (30, paging.PageAcknowledged(page="p1", by=ALICE)),
        "look": (80, looked("metrics", facts=DOWN)),
        "declare": (100, incident.IncidentDeclared(
            incident="i1", level="CRITICAL", title="API down", by=ALICE, provisional=True)),
        "channel": (110, incident.ChannelOpened(kind="channel", name="inc-1", by=ALICE)),
        "bridge": (115, incident.ChannelOpened(kind="bridge", name="call", by=ALICE)),
        "commander": (130, incident.RoleAssigned(role="commander", person=CHARLIE, by=ALICE)),
        "joined": (140, paging.Joined(person=CHARLIE, role="commander")),
        "on_call": (140, incident.RoleAssigned(role="on_call", person=ALICE, by=CHARLIE)),
        "told_manager": (150, paging.Notified(role="manager", person=CHARLIE, by=ALICE, text="")),
        "first_update": (160, said("update")),
        "status_page": (200, said("status_page", audience="public")),
        "logs": (210, looked("logs", clues=("refused",))),
        "deploys": (240, looked("deploys", by=BOB)),
        "infrastructure": (260, looked("infrastructure", by=BOB)),
        "dependency": (280, looked("dependency", by=BOB)),
        "named": (290, work.HypothesisStated(by=ALICE, cause="db-crash", confidence=95)),
        "decided": (300, talk.Noted(by=CHARLIE, text="start the database", decision=True)),
        "started": (310, work.ActionStarted(by=ALICE, work="w9", action="restart-db",
                                            kind="runbook")),
        "customers": (420, said("customer_notice", audience="customers")),
        "cured": (500, world.FaultCured(fault="crash", by_action="restart-db")),
        "effect": (500, world.EffectTook(action="restart-db", by=ALICE, cured=("crash",),
                                         judged="right")),
        "better": (540, world.FactsChanged(facts=HEALTHY)),
        "restored": (600, world.ImpactEnded(since=T0 + 540)),
    }  # fmt: skip
    for n in range(8):
        team[f"update{n}"] = (160 + 280 * (n + 1), said("update"))
    for view in VIEWS:
        team[f"proof.{view}"] = (20 * m, looked(view, facts=HEALTHY))
    team |= {
        "resolved": (40 * m, incident.IncidentResolved(by=CHARLIE)),
        "resolution": (40 * m, said("resolution")),
        "closed": (40 * m, incident.IncidentClosed(by=CHARLIE)),
        "action": (90 * m, incident.ActionAdded(by=CHARLIE, text="alert earlier", owner=BOB,
                                                due_in_s=86_400)),
        "report": (120 * m, incident.ReportSubmitted(
            by=CHARLIE, fields=dict.fromkeys(plan().post_incident.sections, "said"))),
        "meeting": (125 * m, incident.MeetingHeld(by=CHARLIE)),
        "ended": (126 * m, room.DrillEnded(reason="closed")),
    }  # fmt: skip
    return opening() | team


def nothing_done():
    """Nobody does anything, until the limit."""
    return opening() | {"ended": (105 * MINUTE, room.DrillEnded(reason="limit"))}


def at(acts, name, second):
    """The same story with one act at another second."""
    return acts | {name: (second, acts[name][1])}


def without(acts, *names):
    """The same story without some acts."""
    return {name: act for name, act in acts.items() if name not in names}


def mark(acts, name, **changes):
    """One mark of a story's score."""
    return score(journal(acts), brief(**changes)).mark(name)


def earned(acts, *names):
    """What several marks of a story earned."""
    card = score(journal(acts), brief())
    return [card.mark(name).earned for name in names]


def breaches(acts):
    """(kind, factor) of each breach of a story."""
    card = score(journal(acts), brief())
    return [(breach.kind, breach.factor) for breach in card.discipline.breaches]
