"""What people at their desks seldom meet: each has its one sensible answer."""

from dataclasses import replace

import pytest
from one_desk import Desk, desk, mind_of, orders
from small_incident import ROSTER, SCENARIO, Room, small_brief

from simulator.errors import BriefError
from simulator.journal.commands.incident import AddAction, Assign, Declare
from simulator.journal.commands.paging import Notify, Page
from simulator.journal.commands.talk import Note
from simulator.journal.events.incident import IncidentResolved, StatusSet
from simulator.journal.events.paging import Joined, PageAcknowledged, Paged
from simulator.journal.events.talk import (
    Delegated,
    MessageSent,
    Released,
)
from simulator.journal.events.work import HypothesisStated, WorkBegan
from simulator.journal.events.world import DebtOpened
from simulator.journal.target import Target
from simulator.responders import (
    afterwards,
    colleagues,
    duties,
    fields,
    grading,
    impact,
    items,
    phrases,
)
from simulator.responders.habits import EXPERT, NOVICE
from simulator.responders.reading import belief, likeliest
from simulator.responders.scripted import Line, Scripted

CARELESS = replace(NOVICE, misses=1.0)
NAMED = HypothesisStated(by="ann", cause="slow-query", confidence=90)


def sent(use, **fields_of):
    return MessageSent(by="ann", template=use, use=use, audience_of="internal", fields=fields_of,
                       text="", filled=1, required=1)  # fmt: skip


def owed(does, role="", duty="d", level="CRITICAL"):
    return Target(duty=duty, does=does, owed_by=("on_call",), level=level, opens=0, due=900,
                  limit_s=900, strict=False, done=None, role=role)  # fmt: skip


def test_a_clue_of_another_story_says_nothing():
    """Who has only that believes what they believed; without a cause left there is no belief."""
    scenario = small_brief().scenario
    causes = ("slow-query", "bad-release", "dead-db")

    assert belief(scenario, ["seen-elsewhere"], 1) == belief(scenario, (), 1)
    assert belief(scenario, ["held-pool"], 1, without=causes) == {}
    assert likeliest({}) == ("", 0.0)


def test_a_list_of_orders_takes_what_it_says_of_its_next_line_alone():
    """Any other order, or one after the last line, takes its own time."""
    rows = (Line(at=5, by="ann", command="note", fields={"text": "a"}, takes_s=7),)
    ann = Scripted("ann", rows)

    assert ann.takes_of(Note(text="a")) == 7
    assert ann.takes_of(Note(text="b")) is None
    assert Scripted("ann", ()).takes_of(Note(text="a")) is None


def test_nobody_answers_for_a_phone_that_is_off():
    """A silent person's page stays where it is; an alert that wakes nobody is no page at all."""
    off = ROSTER.replace("roles: [on_call]", "roles: [on_call], silent: yes")
    page = Paged(page="p1", to="ann", role="on_call", alert="errors", level="CRITICAL", summary="")
    heard = {}
    for name, roster in (("on", ROSTER), ("off", off)):
        room = Room(small_brief(roster=roster), ann="expert")
        room.told(120, page)
        heard[name] = room.wants("ann") is not None

    assert heard == {"on": True, "off": False}


def test_a_task_that_is_no_order_is_nobodys():
    """Asked to fetch coffee, or for something that only happens, ann does nothing."""
    found = Desk()
    found.told(400, Delegated(by="bob", to="ann", what="fetch_coffee", order={}, task="t1"))
    found.told(400, Delegated(by="bob", to="ann", what="impact_began", order={}, task="t2"))
    found.told(400, Delegated(by="bob", to="ann", what="look", order={"look": "panel"}, task="t3"))

    assert [type(one).__name__ for one in orders(colleagues.helping(found.mind(420)))] == ["Look"]


def test_who_was_let_go_is_not_about():
    """Bob went back to sleep: ann is alone again."""
    found = Desk()
    found.told(400, Joined(person="bob", role="backup"))
    there = found.mind(410)
    found.told(420, Released(person="bob", by="ann"))

    assert (there.alone, found.mind(430).alone) == (False, True)


def test_a_duty_falls_to_whoever_has_a_hand_free():
    """The first who owes it is at work beyond the second it is due."""
    found = Desk()
    found.told(400, Joined(person="bob", role="backup"))
    found.told(
        405, WorkBegan(by="ann", work="w9", kind="report", item="report", takes_s=900,
                       looks_until=1300),
    )  # fmt: skip
    mind = found.mind(410)

    assert mind.owner(("on_call", "backup")) == "ann"
    assert mind.owner(("on_call", "backup"), by=1200) == "bob"
    assert mind.owner(("on_call", "backup"), by=1400) == "ann"


def test_without_a_cadence_the_next_word_has_a_time_all_the_same():
    """A plan that repeats nothing still promises something."""
    found = desk(duties={})
    silent = phrases.gap_s(found.mind(410))

    assert silent == phrases.LAST_PROMISE_S
    assert phrases.gap_s(Desk().mind(410)) == 300


def test_what_is_told_outside_changes_once_it_works():
    """Before: later, and more at a time; afterwards: now, and a review follows."""
    found = Desk()
    found.found(400, errors=1_000_000)
    notice = next(
        one for one in found.brief.plan.templates.values() if one.use == "customer_notice"
    )
    before = [phrases.phrase(found.mind(410), notice, one) for one in ("what_to_do", "answers")]
    found.told(500, IncidentResolved(by="ann"))
    after = [phrases.phrase(found.mind(510), notice, one) for one in ("what_to_do", "answers")]

    assert before[0].startswith("Try again later")
    assert before[1].startswith("We know and work on it; more at ")
    assert after == ["Try again now.", "It works again; a review follows."]


def test_the_way_back_is_the_action_that_undoes():
    """Where an author wrote one; else to stop, or to carry it through."""
    undone = SCENARIO.replace("kind: flag, takes: 60s,", "kind: flag, takes: 60s, undo: roll-back,")
    told = {}
    for name, scenario, action in (
        ("undo", undone, "read-only"), ("plain", None, "read-only"), ("hard", None, "promote"),
    ):  # fmt: skip
        found = desk(scenario)
        found.did(480, action)
        update = found.brief.plan.templates["status-update"]
        told[name] = phrases.phrase(found.mind(490), update, "way_back")

    assert told == {
        "undo": "Roll back",
        "plain": "stop, and put it back as it was",
        "hard": "none: it has to be carried through",
    }


def test_money_and_budget_are_told_with_their_units():
    """A count without a unit is nobody's measure."""
    found = Desk()
    found.found(400, revenue_per_h=5000, budget=250_000)
    template = found.brief.plan.templates["status-update"]
    told = [fields.content(found.mind(410), template, one, "number") for one in
            ("revenue", "objective", "latency")]  # fmt: skip

    assert told == ["5000 dollars an hour", "25 % of the error budget left", ""]


def test_a_status_the_plan_has_no_word_for_is_told_as_it_is():
    """Neither that status nor a word for resolved is in this plan."""
    found = desk(statuses={})
    found.told(400, StatusSet(by="ann", status="monitoring"))
    template = found.brief.plan.templates["status-update"]

    assert fields.content(found.mind(410), template, "status", "status") == "monitoring"


def test_the_careless_declare_late():
    """Whoever overlooks it declares twice as late as they should; who looked first, at once."""
    found = Desk()
    found.picture = replace(found.picture, incident=None, marks={"fired": 300})
    page = Paged(page="p1", to="ann", role="on_call", alert="errors", level="CRITICAL", summary="x",
                 facts={"errors": 1_000_000}, measured_at=299)  # fmt: skip
    found.told(330, page, PageAcknowledged(page="p1", by="ann"))
    when = {}
    for name, habits in (("careless", CARELESS), ("expert", EXPERT)):
        wishes = [one for one in grading.declaring(mind_of(found, 340, habits=habits))
                  if isinstance(one.order, Declare)]  # fmt: skip
        when[name] = wishes[0].ready_at

    assert when["careless"] > when["expert"]


def test_the_end_without_a_measurement_says_so():
    """Nor is it a failure where hardly anything failed."""
    unmeasured, calm = Desk(), Desk()
    calm.found(400, errors=400)
    for one in (unmeasured, calm):
        one.told(500, IncidentResolved(by="ann"))

    assert [impact.stated(one.mind(510), ended=True) for one in (unmeasured, calm)] == [
        "it is over; no failing requests were measured",
        "never more than 0.04 % of requests failed",
    ]


@pytest.mark.parametrize(
    ("action", "undo", "text"),
    [
        ("read-only", "roll-back", "Roll back: It waits."),
        ("read-only", "", 'Finish what "Read-only mode" left: It waits.'),
        ("", "", "Put this right: It waits."),
    ],
)
def test_what_is_left_is_written_down_as_what_is_to_be_done(action, undo, text):
    """By the step that undoes it, by the one that left it, or as it is."""
    found = Desk()
    found.told(400, DebtOpened(debt="d1", says="It waits.", undo=undo, action=action))

    assert [one.text for one in items.debt_items(found.mind(410))] == [text]


def test_the_last_word_is_not_said_twice():
    """The resolution is out: what is left is customers' and the page's."""
    found = Desk()
    found.told(500, IncidentResolved(by="ann"))
    unsaid = {use for use, _ in afterwards._last_words(found.mind(510))}
    found.told(520, sent("resolution"))

    assert unsaid - {use for use, _ in afterwards._last_words(found.mind(530))} == {"resolution"}


def test_the_careless_write_down_no_lesson():
    """What is to be done about the cause slips their mind; nobody else's."""
    found = Desk()
    found.told(400, NAMED)

    assert orders(afterwards._learning(mind_of(found, habits=CARELESS))) == []
    assert [type(one) for one in orders(afterwards._learning(found.mind(600)))] == [AddAction]


def test_what_only_happens_is_no_line_of_a_list():
    """An event's name in a list of orders is the author's slip."""
    with pytest.raises(BriefError, match="'noted' is no order"):
        Scripted("ann", (Line(at=5, by="ann", command="noted",
                              fields={"by": "ann", "text": "x", "decision": False}),))  # fmt: skip


@pytest.mark.parametrize(
    ("target", "order"),
    [
        (owed("ticket"), Note),
        (owed("notify", role="manager", duty="notify.0"), Page),
        (owed("notify", role="on_call", duty="notify.0"), None),
        (owed("escalate", role="director"), Page),
        (owed("escalate", role="on_call"), None),
        (owed("acknowledge"), None),
    ],
)
def test_each_duty_has_its_order_or_none(target, order):
    """Nobody tells themselves, calls who is here, or does what another room does."""
    told = duties._order(Desk().mind(410), target)

    assert (type(told) if told else None) is order


def test_nobody_is_woken_while_it_is_only_watched():
    """Who must know is told, who would take over sleeps on."""
    found = Desk()
    found.told(400, StatusSet(by="ann", status="monitoring"))
    watching = found.mind(410)
    notice = duties._order(watching, owed("notify", role="manager", duty="notify.0"))

    assert isinstance(notice, Notify)
    assert duties._order(watching, owed("escalate", role="director")) is None


def test_who_was_called_by_hand_is_not_notified_as_well():
    """The page says it all."""
    found = Desk()
    mind = found.mind(410)
    paged = replace(mind, memory=replace(mind.memory, given={"page:manager": (1, 400)}))
    target = owed("notify", role="manager", duty="notify.0")

    assert isinstance(duties._order(mind, target), Page)
    assert duties._order(paged, target) is None


def test_people_are_called_together_one_after_the_other():
    """Whose page rings is not called again; who is here is given the role."""
    found = Desk()
    target = owed("mobilise")
    first = duties._mobilise(found.mind(410), target).order
    found.told(415, Paged(page="p7", to=found.picture.holder(first.role), role=first.role, alert="",
                          level="CRITICAL", summary="come", why="called", by="ann"))  # fmt: skip
    ringing = duties._mobilise(found.mind(420), target)

    assert isinstance(first, Page)
    assert ringing is None or ringing.order.role != first.role


def test_the_present_are_given_their_role():
    """Whoever is to be called together and is here already takes it without a page."""
    found = Desk()
    target = owed("mobilise")
    first = duties._mobilise(found.mind(410), target).order
    holder = found.picture.holder(first.role)
    found.told(415, PageAcknowledged(page="p1", by=holder), Joined(person=holder, role="scribe"))
    second = duties._mobilise(found.mind(420), target).order

    assert (type(first), type(second)) == (Page, Assign)
    assert (second.role, second.person) == (first.role, holder)
