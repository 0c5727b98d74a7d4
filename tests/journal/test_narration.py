"""Every entry has a sentence, and the sentence says what a story needs."""

import dataclasses
import types
import typing

import pytest

from simulator.brief.conditions import parse
from simulator.journal.commands import COMMANDS
from simulator.journal.commands import incident as incident_orders
from simulator.journal.commands import paging as orders
from simulator.journal.entry import Entry
from simulator.journal.events import EVENTS, incident, paging, talk, work, world
from simulator.journal.narration import narrate, narrated, told
from simulator.journal.narration.figures import demands, seen
from simulator.journal.narration.orders import bare

SAMPLES = {"str": "x", "int": 60, "bool": True}


def sample(kind):
    """An entry of a kind with something in every field that has no default."""
    hints = typing.get_type_hints(kind)
    fields = {
        f.name: value_of(hints[f.name])
        for f in dataclasses.fields(kind)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    return kind(**fields)


def value_of(hint):
    if hint in (str, int, bool):
        return SAMPLES[hint.__name__]
    origin = typing.get_origin(hint)
    if origin is tuple:
        return ("x",)
    return "x" if origin is types.UnionType else {}


@pytest.mark.parametrize("kind", [*EVENTS, *COMMANDS], ids=lambda kind: kind.__name__)
def test_every_event_and_order_has_a_sentence(kind):
    """A line that says something, on one line, and no name of a field of ours."""
    says = narrate(Entry(seq=0, at=0, by="bob", what=sample(kind)))

    assert says.strip()
    assert "\n" not in says
    assert "None" not in says


def entry(at, what, by="engine"):
    return Entry(seq=at, at=at, by=by, what=what)


def page(to, why="alert"):
    return paging.Paged(page="p1", to=to, role="on_call", alert="a", level="L", summary="down",
                        why=why)  # fmt: skip


def test_a_ladder_is_told_from_the_first_page_on():
    """Times run from T0, not from the beginning of the drill."""
    journal = [
        entry(10, world.ImpactBegan()),
        entry(60, page("alice")),
        entry(180, page("bob", why="no_ack")),
    ]

    assert told(journal, paging.Paged) == ["T+00:00 alice is paged", "T+02:00 bob is paged"]


def test_all_is_told_where_no_kind_is_named():
    """A story of a minute, in order, before T0 with a minus."""
    journal = [
        entry(40, world.AlertFired(alert="db-1", severity="high", summary="", page=True)),
        entry(60, page("alice")),
        entry(90, orders.Acknowledge(page="p1"), by="alice"),
        entry(90, paging.PageAcknowledged(page="p1", by="alice")),
    ]

    assert told(journal) == [
        "T-00:20 high alert fires: db-1",
        "T+00:00 alice is paged",
        "T+00:30 alice wants to acknowledge p1",
        "T+00:30 alice acknowledges p1",
    ]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (incident.IncidentDeclared(incident="i1", level="HIGH", title="", by="bob"),
         "T+00:00 bob declares HIGH, i1"),
        (incident.IncidentResolved(by="bob", gates_open=("alerts",), watch_left_s=600),
         ("T+00:00 bob says it is resolved, without a look that shows alerts,"
          " 10 min of the watch left")),
        (incident.RoleAssigned(role="commander", person="bob", by="bob"),
         "T+00:00 bob takes the role of commander"),
        (incident.ChannelOpened(kind="bridge", name="Huddle or Zoom", by="bob"),
         "T+00:00 bob opens the bridge"),
        (work.HypothesisStated(by="bob", cause="leak", confidence=80),
         "T+00:00 bob names leak as the cause, 80 % sure"),
        (work.ActionFinished(by="bob", work="w1", action="fence", says='{ "Return": true }'),
         "T+00:00 fence by bob is done"),
        (work.ActionStarted(by="bob", work="w1", action="promote", kind="failover", allowed=False,
                            asks=("commander",)),
         "T+00:00 bob starts promote, without leave of the commander"),
        (world.EffectTook(action="restart", by="bob", eased=("leak",)),
         "T+00:00 restart by bob eases leak"),
        (world.EffectTook(action="promote", by="bob", lost={"writes_lost": 4000}, judged="right"),
         "T+00:00 promote by bob costs: writes lost 4"),
        (world.EffectRelieved(action="flag", by="bob", before=1_000_000, after=125_000),
         ("T+00:00 flag by bob brings customers relief: 100 % of their requests failed before,"
          " 12.5 % after")),
        (talk.HandedOver(role="commander", before="bob", person="eve", says="all calm"),
         "T+00:00 bob hands commander to eve: all calm"),
        (talk.QuestionAnswered(by="al", to="bob", question="q1", text="I do not know.", sure=0),
         "T+00:00 al answers bob: I do not know."),
        (talk.Voice(sender="support", text="slow"), "T+00:00 support: slow"),
        (talk.Voice(sender="executive", text="Well?", to=("bob",)),
         "T+00:00 the executive to bob: Well?"),
        (talk.Delegated(by="eve", to="bob", what="look", order={"look": "panel"}, task="t1",
                        within_s=120),
         "T+00:00 eve asks bob to look at panel within 2 min"),
        (talk.TaskDone(task="t1", by="bob", to="eve", what="a-new-order"),
         "T+00:00 bob has done what eve asked for: a-new-order"),
    ],
)  # fmt: skip
def test_what_happened_is_said_plainly(what, sentence):
    """Who did what, with what belongs to it and nothing more."""
    assert narrated(entry(0, what)) == sentence


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"service_down": ("edge", "db"), "p95_ratio": 2640, "errors": 922_000, "p95_ms": 1850},
         "92.2 % of requests fail, p95 1,850 ms (2.64 times the usual), down: edge and db"),
        ({"p95_ms": 73, "p95_ratio": 1001}, "p95 73 ms (as usual)"),
        ({"p95_ratio": 13_320}, "p95 13.32 times the usual"),
        ({"data": "at_risk", "vendor": "ok", "service_down": ()},
         "data at risk, the vendor is up, nothing is down"),
        ({"alerts": 0, "tickets": 7}, "no alert firing, 7 new tickets"),
        ({"breach": "suspected", "things": ("a", "b")}, "breach suspected, things a and b"),
        ({}, ""),
    ],
)  # fmt: skip
def test_facts_are_said_as_people_say_them(facts, says):
    """A figure with its unit behind it, what is down last, nothing for nothing."""
    assert seen(facts) == says


def test_a_mean_is_told_with_its_span():
    """Once, behind the last figure of the same span."""
    facts = {"errors": 70_000, "p95_ms": 90, "p95_ratio": 1300, "service_down": ()}

    told = seen(facts, {"errors": 300, "p95_ms": 300, "p95_ratio": 300})

    assert (
        told == "7 % of requests fail, p95 90 ms (1.3 times the usual) over 5 min, nothing is down"
    )


def test_a_condition_is_said_in_words():
    """What the drill asks for before it counts as restored."""
    condition = parse("edge.errors < 0.14% and edge.p95 <= 77ms and mode == normal and fixed")

    assert demands(condition) == (
        "edge errors below 0.14 %, edge p95 at most 77 ms, mode is normal, fixed"
    )


def test_an_order_that_was_refused_is_told_without_its_texts():
    """What it was is told; why it was given stands with the order."""
    order = incident_orders.Regrade(level="HIGH", reason="reads are back")

    assert bare(order) == incident_orders.Regrade(level="HIGH", reason="")


@pytest.mark.parametrize(
    ("kind", "item", "begins", "ends"),
    [
        ("login", "login", "logs in", "logging in"),
        ("brief", "backup", "is briefed as backup", "the briefing"),
        ("message", "update", "begins to write the update", "the update"),
        ("handover", "commander", "begins to hand over", "the handover"),
        ("report", "report", "begins to write the report", "the report"),
        ("meeting", "meeting", "opens the review", "the review"),
        ("look", "panel", "begins to look at panel", "panel"),
        ("action", "promote", "begins promote", "promote"),
        ("typed", "uptime", "begins to type `uptime`", "uptime"),
    ],
)
def test_each_kind_of_work_is_told_by_its_own_verb(kind, item, begins, ends):
    """What somebody begins, and what they are done with."""
    line = item if kind == "typed" else ""
    began = work.WorkBegan(by="bob", work="w1", kind=kind, item=item, line=line)
    ended = work.WorkEnded(by="bob", work="w1", kind=kind, item=item)

    assert narrated(entry(0, began)) == f"T+00:00 bob {begins}"
    assert narrated(entry(0, ended)) == f"T+00:00 bob is done with {ends}"


def test_a_task_that_is_no_order_is_told_as_it_was_put():
    """What was asked for may be no order of today, or an order nobody gives."""
    asked = talk.Delegated(by="eve", to="bob", what="fetch_coffee", order={}, task="t1")
    event = talk.Delegated(by="eve", to="bob", what="impact_began", order={}, task="t1")

    assert narrated(entry(0, asked)) == "T+00:00 eve asks bob to fetch coffee"
    assert narrated(entry(0, event)) == "T+00:00 eve asks bob to impact began"
