"""Turns few incidents take: steps that wait for nobody, leave refused, who is asked when stuck."""

from dataclasses import replace

import pytest
from one_desk import Desk, desk, mind_of, orders
from one_room import declared, here, wishes
from one_room import found as seen
from small_incident import SCENARIO, Room, small_brief

from simulator.journal.commands.incident import Close, Resolve
from simulator.journal.commands.paging import Page
from simulator.journal.commands.talk import AskApproval, AskColleague, Say
from simulator.journal.commands.work import Mitigate
from simulator.journal.events.incident import IncidentResolved
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import ApprovalAsked, ApprovalGiven, ApprovalRefused
from simulator.journal.events.work import ActionStarted, HypothesisStated, WorkBegan
from simulator.responders import phrases, probes, remedies, sharing, stuck
from simulator.responders.habits import NOVICE

NAMED = HypothesisStated(by="ann", cause="slow-query", confidence=90)
ASKED = ApprovalAsked(
    request="r1", by="ann", of="cat", action="promote", reason="x", risk="y", way_back="z"
)
BOOKED = SCENARIO.replace(
    "colleagues:\n", "runbooks: {restart: [panel, roll-back]}\ncolleagues:\n"
).replace("summary: All requests fail,", "summary: All requests fail, runbook: restart,")
KNOWING = small_brief(
    scenario=SCENARIO.replace(
        "colleagues:\n  cat: {role: commander,",
        "colleagues:\n  cat: {role: commander, knows: [{about: [query], says: It was slow.}],",
    )
    + "  bob: {role: sme, knows: [{about: [query, holds], says: Long queries.}]}\n"
)
"""Both know about queries, bob more than cat."""


def at_work(*also):
    """Ann is here, it is open, and some others have come too."""
    room = Room(KNOWING, ann="expert")
    here(room, 280, "ann", *also)
    declared(room, 300)
    return room


def test_whoever_rushes_follows_the_runbook_before_a_cause_is_named():
    """The others wait until they know what it is."""
    found = desk(BOOKED)
    page = Paged(page="p1", to="ann", role="on_call", alert="errors", level="CRITICAL", summary="x")
    found.told(330, page)
    found.found(400, errors=900_000)
    calm, hasty = (
        orders(remedies.acting(mind_of(found, habits=replace(NOVICE, rushes=share, forgets=0.0))))
        for share in (0.0, 1.0)
    )

    assert calm == []
    assert [one.action for one in hasty if isinstance(one, Mitigate)] == ["roll-back"]


def test_an_optional_step_under_way_holds_up_nothing():
    """Read-only mode is being switched on: the query is killed meanwhile."""
    found = Desk()
    found.told(400, NAMED)
    first = orders(remedies.acting(found.mind(410)))
    found.told(420, ActionStarted(by="ann", work="w2", action="read-only", kind="flag"))

    assert first[0] == Mitigate(action="read-only")
    assert orders(remedies.acting(found.mind(430)))[0] == Mitigate(action="kill-query")


def test_refused_leave_is_asked_for_again_with_news_or_after_a_while():
    """Two minutes later, or at once where something was seen since."""
    found = Desk()
    refused = ApprovalRefused(
        request="r1", by="cat", to="ann", action="promote", words="How far?", asks_back=True
    )
    found.told(400, ASKED)
    found.found(420, "logs")
    found.told(430, refused)
    (patient,) = remedies.taking(found.mind(435), "promote")
    found.found(440, "logs")
    (informed,) = remedies.taking(found.mind(450), "promote")

    assert (type(patient.order), patient.order.of) == (AskApproval, "cat")
    assert informed.key == patient.key
    assert (patient.ready_at, informed.ready_at) == (430 + remedies.ASKS_AGAIN_S, 430)


def test_what_waits_for_a_find_eases_nothing_yet():
    """A step with a condition is no first step, however many causes have it."""
    waits = SCENARIO.replace(
        "{do: read-only, optional: yes}", "{do: read-only, optional: yes, when: found.lagging}"
    ).replace("weight: 1, cause: bad-release", "weight: 2, cause: bad-release")

    assert [one.action for one in orders(remedies._easing(Desk().mind(410)))] == ["read-only"]
    assert [one.action for one in orders(remedies._easing(desk(waits).mind(410)))] == ["roll-back"]


def test_nothing_was_changed_until_something_was():
    """A count changes nothing; a step does."""
    found = Desk()
    update = found.brief.plan.templates["status-update"]
    told = [phrases.phrase(found.mind(410), update, "way_back")]
    found.did(500, "count", "FAIL missing 0; ghosts: 0")
    told.append(phrases.phrase(found.mind(510), update, "way_back"))
    found.did(600, "read-only")
    told.append(phrases.phrase(found.mind(610), update, "way_back"))

    assert told == ["nothing was changed yet"] * 2 + ["stop, and put it back as it was"]


@pytest.mark.parametrize(
    ("answer", "doing"),
    [
        (None, "leave is asked for: Promote the replica"),
        (
            ApprovalGiven(request="r1", by="cat", to="ann", action="promote"),
            "agreed, about to begin: Promote the replica",
        ),
        (
            ApprovalRefused(request="r1", by="cat", to="ann", action="promote", words="no"),
            "preparing what cures it",
        ),
    ],
)
def test_before_the_first_step_its_leave_is_told(answer, doing):
    """Asked for, given; what was refused is not told as what is being done."""
    found = Desk()
    found.told(390, NAMED)
    found.told(400, ASKED)
    if answer:
        found.told(430, answer)

    assert phrases.doing(found.mind(440)) == doing


def test_who_was_called_about_a_clue_is_waited_for():
    """Bob knows most of it and is not here: he is paged once; meanwhile nobody else is called."""
    room = at_work()
    for n in range(4):
        room.told(310 + n, seen(310 + n, look="sessions", clues=["held-pool"]))
    (call,) = wishes(room, "ann", sharing.asking)
    room._write(330, "ann", call)
    waiting = wishes(room, "ann", sharing.asking)
    here(room, 400, "bob")
    (question,) = wishes(room, "ann", sharing.asking)

    assert call == Page(role="sme", text="We see: One query holds all")
    assert waiting == []
    assert (type(question), question.person) == (AskColleague, "bob")


def lost(room, looks, at):
    """Ann has looked so often, strays, and says that she is stuck; whom she would ask then."""
    own = sum(1 for find in room.bots["ann"]._memory.finds if find.by == "ann")
    for n in range(own, looks):
        room.told(at + n, seen(at + n, look="panel"))
    mind = room.bots["ann"].mind
    habits = replace(NOVICE, strays=1.0)
    (cry,) = orders(stuck.stuck(replace(mind(), habits=habits)))
    room._write(at + 20, "ann", cry)
    assert isinstance(cry, Say)
    return orders(stuck.stuck(replace(mind(), habits=habits)))


def test_who_is_stuck_asks_whoever_is_here_and_opens_a_terminal():
    """Cat comes first but opens no terminal: bob is asked at once, without a page."""
    room = at_work("bob", "cat")
    (order,) = lost(room, 5, 310)

    assert (type(order), order.person) == (AskColleague, "bob")
    assert order.text.startswith("What do you think? ")


def test_who_is_stuck_again_asks_nobody_twice():
    """Five looks later there is nobody left who may know."""
    room = at_work("bob", "cat")
    (order,) = lost(room, 5, 310)
    room._write(340, "ann", order)

    assert lost(room, 10, 350) == []


def test_who_is_stuck_does_not_interrupt():
    """Bob is at work: he is asked when he has done."""
    room = at_work("bob", "cat")
    room.told(305, WorkBegan(by="bob", work="w9", kind="look", item="logs", looks_until=900))

    assert lost(room, 5, 310) == []


def test_random_may_close_what_is_resolved_and_resolves_it_once():
    """Each is an order of its own time."""
    found = Desk()
    found.told(500, IncidentResolved(by="ann"))
    kinds = {type(make()) for make in probes._nameable(found.mind(510))}
    before = {type(make()) for make in probes._nameable(Desk().mind(510))}

    assert Close in kinds - before
    assert Resolve not in kinds
