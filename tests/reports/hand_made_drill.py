"""A small database drill told by hand: a brief, its entries and the scorecard they earned."""

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
from simulator.brief.scenario.story import Milestone, Objective, Question, Teaching
from simulator.brief.scenario.system import Service, System
from simulator.brief.scenario.trouble import Fault, Variant
from simulator.brief.units import Span
from simulator.debrief.scorecard import (
    Breach,
    Competency,
    Conditions,
    Discipline,
    DutyCard,
    Finding,
    Mark,
    ObjectiveCard,
    OwnTable,
    Part,
    Scorecard,
)
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world

PLANS = Path(__file__).parents[2] / "scenarios" / "plans"
HEAD = "5f" * 32
ALICE, BOB, CHARLIE = "alice", "bob", "charlie"


def plan():
    """FraiseQL's plan as it ships."""
    node = compose((PLANS / "fraiseql.yaml").read_text(encoding="utf-8"), "fraiseql.yaml")
    return bind(Plan, node, "fraiseql.yaml")


def brief(title="The database stops answering", names=("Alice", "Bob", "Charlie")):
    """One service, one database, one thing wrong, three people."""
    span = Span(low_s=20.0, high_s=60.0)
    scenario = Scenario(
        id="hand-made",
        title=title,
        organisation="FraiseQL",
        plan="fraiseql",
        roster="three",
        begins="2026-03-12T10:00:00Z",
        brief=("The API is quiet this morning.",),
        expected=Expected(restore=900),
        causes={
            "db-crash": "The database went down",
            "bad-deploy": "A deployment broke the API",
            "not-known": "Not known",
        },
        system=System(
            services={"api": Service(title="API", traffic=40.0, p95=0.12, used=0.4, slo=0.999),
                      "db": Service(title="PostgreSQL", adds=0.02, used=0.3)},
        ),
        faults={"crash": Fault(title="PostgreSQL is down", at=60)},
        variants={
            "crash": Variant(title="PostgreSQL ran out of memory and did not come back",
                             weight=1.0, cause="db-crash", faults=("crash",)),
        },
        alerts={},
        looks={
            "health": Look(title="Health endpoint", views=("metrics",), takes=span, of="api"),
            "db-log": Look(title="PostgreSQL log", views=("logs", "database"), takes=span, of="db"),
            "deploys": Look(title="Recent deployments", views=("deploys",), takes=span),
        },
        clues={
            "refused": Clue(looks=("health",), shows="Every query ends in connection refused",
                            reads={"db-crash": 4.0, "bad-deploy": 0.5}),
            "oom": Clue(looks=("db-log",), shows="The kernel killed PostgreSQL for memory",
                        when=parse("fault.crash > 0"), reads={"db-crash": 9.0}),
            "no-deploy": Clue(looks=("deploys",), shows="Nothing was deployed for two days",
                              reads={"bad-deploy": 0.1, "db-crash": 1.5}),
        },
        actions={
            "restart-api": Action(title="Restart the API pods", kind="restart", takes=span),
            "restart-db": Action(title="Start PostgreSQL again", kind="runbook", takes=span),
        },
        teaching=Teaching(
            questions=(Question(phase="detection", asks="What told you it was the database?"),),
            lessons=("A refused connection and a slow one point to different places.",),
            objectives={"restore": Objective(competency="mitigation", says="Bring it back in 15",
                                             met=parse("restored"))},
            milestones={"told": Milestone(title="Customers told", when=parse("said.status_page"),
                                          within=900)},
        ),
    )  # fmt: skip
    roster = Roster(
        id="three",
        title="Three people",
        people={
            ALICE: Person(name=names[0], roles=("on_call",)),
            BOB: Person(name=names[1], roles=("backup", "sme")),
            CHARLIE: Person(name=names[2], roles=("manager", "commander")),
        },
    )
    return Brief(scenario=scenario, plan=plan(), roster=roster, documents={})


def story(said="PostgreSQL is gone, starting it again"):
    """(second, what) of the drill: T0 is second 105."""
    facts = {"errors": 970_000, "p95_ms": 4200}
    return [
        (0, room.DrillOpened(
            brief={}, mode="standard", pace="accelerated", seed=7, begins="2026-03-12T10:00:00Z",
            variant="crash", chairs=brief().chairs(), policies={BOB: "competent"}, engine="0.1.0",
            rubric="ab" * 32)),
        (0, world.FactsChanged(facts={"errors": 0, "p95_ms": 120, "data": "ok"})),
        (0, world.SignalsChanged(services={"api": {"offered": 2400, "served": 2400, "errors": 0,
                                                   "p95": 120}})),
        (60, world.FaultBegan(fault="crash", strength=1_000_000)),
        (60, world.ImpactBegan()),
        (60, world.FactsChanged(facts={"errors": 985_000, "p95_ms": 5000})),
        (105, world.AlertFired(alert="api-errors", severity="critical", page=True,
                               summary="API error share above 5 %", facts=facts, measured_at=90)),
        (105, paging.Paged(page="p1", to=ALICE, role="on_call", alert="api-errors",
                           level="CRITICAL", summary="API error share above 5 %", facts=facts,
                           measured_at=90)),
        (150, paging.PageAcknowledged(page="p1", by=ALICE)),
        (170, work.WorkBegan(by=ALICE, work="w1", kind="look", item="health", takes_s=40,
                             luck_s=4)),
        (210, work.WorkEnded(by=ALICE, work="w1", kind="look", item="health")),
        (210, work.Found(by=ALICE, work="w1", look="health", views=("metrics",), of="api",
                         facts={"errors": 982_000, "p95_ms": 5000}, measured_at=195,
                         clues=("refused",), content="503")),
        (230, incident.IncidentDeclared(incident="INC-1", level="CRITICAL", title="API down",
                                        by=ALICE, provisional=True)),
        (240, talk.Said(by=ALICE, text=said)),
        (250, incident.RoleAssigned(role="commander", person=CHARLIE, by=ALICE)),
        (260, world.ImpactCounted(failed=7800, users=410, budget=75_000)),
        (290, work.WorkBegan(by=BOB, work="w2", kind="look", item="db-log", takes_s=50)),
        (340, work.WorkEnded(by=BOB, work="w2", kind="look", item="db-log")),
        (340, work.Found(by=BOB, work="w2", look="db-log", views=("logs", "database"), of="db",
                         facts={"errors": 984_000}, measured_at=330, clues=("oom",),
                         content="Out of memory: Killed process 811 (postgres)")),
        (360, work.FindPosted(by=BOB, found=18, look="db-log", views=("logs", "database"), of="db",
                              facts={"errors": 984_000}, measured_at=330, clues=("oom",))),
        (400, work.HypothesisStated(by=BOB, cause="db-crash", confidence=85)),
        (410, talk.Noted(by=CHARLIE, text="Start PostgreSQL again before anything else",
                         decision=True)),
        (420, work.WorkBegan(by=BOB, work="w3", kind="action", item="restart-db", takes_s=120,
                             luck_s=-15)),
        (420, work.ActionStarted(by=BOB, work="w3", action="restart-db", kind="runbook")),
        (450, talk.MessageSent(by=CHARLIE, template="status", use="status_page",
                               audience_of="public", fields={}, text="We are looking into errors",
                               filled=3, required=3)),
        (480, talk.MessageSent(by=CHARLIE, template="update", use="update",
                               audience_of="internal", fields={}, text="Database down",
                               filled=4, required=4, next_update_s=1380)),
        (540, work.WorkEnded(by=BOB, work="w3", kind="action", item="restart-db")),
        (540, world.EffectTook(action="restart-db", by=BOB, cured=("crash",), judged="right")),
        (540, world.FaultCured(fault="crash", by_action="restart-db")),
        (540, work.ActionFinished(by=BOB, work="w3", action="restart-db", says="started")),
        (600, world.FactsChanged(facts={"errors": 0, "p95_ms": 130})),
        (600, world.ImpactCounted(failed=21_300, users=905, budget=205_000)),
        (660, world.ImpactEnded(since=600)),
        (700, work.Found(by=ALICE, work="w4", look="health", views=("metrics",), of="api",
                         facts={"errors": 0, "p95_ms": 130}, measured_at=690, clues=(),
                         content="200")),
        (720, world.AlertResolved(alert="api-errors")),
        (2500, incident.IncidentResolved(by=CHARLIE)),
        (2500, incident.IncidentClosed(by=CHARLIE)),
        (9000, incident.ReportSubmitted(by=CHARLIE, fields={})),
        (9000, room.DrillEnded(reason="closed")),
    ]  # fmt: skip


def entries(**changes):
    """The story as entries of a journal."""
    return tuple(
        Entry(seq=seq, at=at, by="engine", what=what)
        for seq, (at, what) in enumerate(story(**changes))
    )


def card():
    """A scorecard with one of everything a report shows."""
    part = Part(
        name="acknowledge",
        outcome="met",
        grade=1000,
        cites=(8,),
        roles=("on_call",),
        due_at=225,
        limit_s=120,
        done_at=150,
        took_s=45,
    )
    page = Part(
        name="status_page",
        outcome="late",
        grade=850,
        cites=(24,),
        roles=("commander",),
        due_at=405,
        limit_s=300,
        done_at=450,
        took_s=345,
        luck_s=10,
    )
    report = Part(name="report", outcome="missed", grade=0, roles=("commander",), due_at=8800)
    return Scorecard(
        total_milli=78_400, total_deviations_kept_milli=78_400,
        total_deviations_accepted_milli=78_400, incomplete=False, passed=True, due_milli=950,
        discipline=Discipline(factor_milli=950, breaches=(
            Breach(kind="useless", factor=950, cites=(22,), by=BOB, says="no change after it"),)),
        competencies=(
            Competency(id="detection", weight_milli=15_000, points_milli=96_000, due_milli=1000),
            Competency(id="diagnosis", weight_milli=20_000, points_milli=81_500, due_milli=1000),
            Competency(id="mitigation", weight_milli=25_000, points_milli=92_000, due_milli=1000),
            Competency(id="communication", weight_milli=20_000, points_milli=61_000,
                       due_milli=800),
            Competency(id="coordination", weight_milli=10_000, points_milli=None, due_milli=0),
            Competency(id="documentation", weight_milli=10_000, points_milli=38_000,
                       due_milli=1000),
        ),
        marks=(
            Mark(id="acknowledge", competency="detection", weight_milli=5000, outcome="met",
                 earned=1000, parts=(part,), cites=(8,), roles=("on_call",)),
            Mark(id="status_page", competency="communication", weight_milli=4000, outcome="late",
                 earned=850, parts=(page,), cites=(24,), roles=("commander",), luck_s=10),
            Mark(id="report", competency="documentation", weight_milli=5000, outcome="missed",
                 earned=0, parts=(report,), cites=(), roles=("commander",)),
        ),
        duties=(
            DutyCard(duty="acknowledge", does="acknowledge", level="CRITICAL", roles=("on_call",),
                     outcome="met", advisory=False, due_at=225, done_at=150, cites=(8,)),
            DutyCard(duty="status_page", does="status_page", level="CRITICAL",
                     roles=("commander",), outcome="late", advisory=False, due_at=405,
                     done_at=450, cites=(24,)),
            DutyCard(duty="report", does="report", level="CRITICAL", roles=("commander",),
                     outcome="missed", advisory=False, due_at=8800, done_at=None, cites=()),
        ),
        objectives=(ObjectiveCard(id="restore", competency="mitigation", says="Bring it back in 15",
                                  rating="P", achieved=True, late=False, harmed=False,
                                  improvable=False, means="Customers were served again"),),
        table=(OwnTable(name="restored", expected_s=900, actual_s=495, faster_percent=45,
                        luck_s=-15, label="EXCELLENT"),),
        people=(),
        findings=(Finding(kind="unattainable", item="status_page",
                          says="The status page is asked for before anybody can write it",
                          cites=(24,)),),
        levels={"declared": ((230, "CRITICAL"),), "expected": ((105, "CRITICAL"),),
                "true": ((60, "HIGH"),)},
        conditions=Conditions(scenario="hand-made", plan="fraiseql", variant="crash",
                              mode="standard", pace="accelerated", seed=7, hints=0, ended="closed",
                              rubric="ab" * 32),
    )  # fmt: skip
