"""Every entry has a sentence, and the sentence says what a story needs."""

import dataclasses
import types
import typing

import pytest

from simulator.journal.commands import COMMANDS
from simulator.journal.commands import paging as orders
from simulator.journal.entry import Entry
from simulator.journal.events import EVENTS, incident, paging, talk, work, world
from simulator.journal.narration import narrate, narrated, told

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
        "T-00:20 alert db-1 fires, high",
        "T+00:00 alice is paged",
        "T+00:30 alice acknowledges p1",
        "T+00:30 alice acknowledges p1",
    ]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (incident.IncidentDeclared(incident="i1", level="HIGH", title="", by="bob"),
         "T+00:00 bob declares i1 HIGH"),
        (incident.IncidentResolved(by="bob", gates_open=("alerts",), watch_left_s=600),
         "T+00:00 bob says it is resolved, alerts not seen, 10 min of the watch left"),
        (work.HypothesisStated(by="bob", cause="leak", confidence=80),
         "T+00:00 bob names leak, 80 % sure"),
        (world.EffectTook(action="restart", by="bob", eased=("leak",)),
         "T+00:00 restart of bob eases leak"),
        (talk.HandedOver(role="commander", before="bob", person="eve", says="all calm"),
         "T+00:00 bob hands commander to eve: all calm"),
        (talk.Voice(sender="support", text="slow"), "T+00:00 support to everybody: slow"),
    ],
)  # fmt: skip
def test_what_happened_is_said_plainly(what, sentence):
    """Who did what, with what belongs to it and nothing more."""
    assert narrated(entry(0, what)) == sentence
