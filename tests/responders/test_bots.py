"""Bots at their desks: what they do first, when, and that they are nothing but what they heard."""

import pytest
from one_room import ALL_FAIL, BRIEF, answered, declared, here, looked, page
from small_incident import Room

from simulator.errors import UnknownNameError
from simulator.journal.commands.incident import Declare, SetStatus
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.talk import GiveApproval, RefuseApproval
from simulator.journal.commands.work import Hypothesise, Look, Mitigate
from simulator.journal.events.incident import (
    StatusSet,
)
from simulator.journal.events.room import Refused
from simulator.journal.events.talk import ApprovalAsked, Delegated, Noted
from simulator.journal.events.work import Found, HypothesisStated, WorkBegan
from simulator.responders.chairs import seated


def test_an_expert_takes_the_page_looks_and_declares():
    """Real or false comes before the level: one look at the panel, then the incident."""
    room = Room(BRIEF, ann="expert")
    room.told(120, page())

    assert room.wants("ann") == Acknowledge(page="p1")
    answered(room)
    looked(room, "ann", "panel", ["all-fail"], ALL_FAIL)
    assert room.wants("ann") == Declare(level="CRITICAL", title="All requests fail")


@pytest.mark.parametrize(("policy", "low", "high"), [("expert", 10, 60), ("novice", 25, 700)])
def test_people_take_their_time(policy, low, high):
    """Nobody answers in the second the phone rings."""
    room = Room(BRIEF, ann=policy)
    room.told(120, page())

    assert low <= room.at("ann") - 120 <= high


def test_nobody_moves_before_they_are_called():
    """The commander is asleep while the on-call is paged."""
    room = Room(BRIEF, ann="expert", cat="expert")
    room.told(120, page())

    assert room.wants("cat") is None


def test_who_is_busy_wants_nothing_else():
    """A look is under way; until it ends there is no next order."""
    room = Room(BRIEF, ann="expert")
    room.told(120, page())
    at = answered(room)
    room.told(at + 9, WorkBegan(by="ann", work="w1", kind="look", item="panel"))

    assert room.wants("ann") is None


def test_a_believed_cause_is_named_and_its_remedy_begun():
    """A held pool leaves little doubt: the query is named, the way noted, the first step taken."""
    room = Room(BRIEF, ann="expert")
    room.told(120, page())
    answered(room)
    at = looked(room, "ann", "panel", ["all-fail"], ALL_FAIL)
    declared(room, at)
    room.told(
        at,
        Found(
            by="ann", work="w9", look="sessions", views=("database",), of="db", facts={},
            measured_at=at, clues=("held-pool",), content="...",
        ),
    )  # fmt: skip

    assert room.wants("ann") == Hypothesise(cause="slow-query", confidence=98)
    room.obey("ann")
    at = room.entries[-1].at
    room.told(at, HypothesisStated(by="ann", cause="slow-query", confidence=98))
    decided = room.obey("ann")
    at = room.entries[-1].at
    room.told(at, Noted(by="ann", text=decided.text, decision=True))
    for status in ("identified", "mitigating"):
        assert room.wants("ann") == SetStatus(status=status)
        room.obey("ann")
        at = room.entries[-1].at
        room.told(at, StatusSet(by="ann", status=status))
    assert room.wants("ann") == Mitigate(action="read-only")


def test_a_refused_order_is_not_repeated_at_once():
    """An order refused for a reason waits a minute, then two; something else is done meanwhile."""
    room = Room(BRIEF, ann="expert")
    room.told(120, page())
    answered(room)
    room.obey("ann")
    at = room.entries[-1].at
    room.told(at, Refused(to="ann", order="look", reason="the panel does not load", code="needs"))

    assert room.wants("ann") != Look(look="panel") or room.at("ann") >= at + 60


def test_a_look_there_is_not_is_never_asked_for_again():
    """What is unknown once stays unknown."""
    room = Room(BRIEF, ann="expert")
    room.told(120, page())
    answered(room)
    room.obey("ann")
    at = room.entries[-1].at
    room.told(at, Refused(to="ann", order="look", reason="there is no look", code="unknown"))

    assert room.wants("ann") != Look(look="panel")


def test_what_is_refused_late_is_not_held_against_the_order_after_it():
    """A message is refused once it is written; ann has asked for a look since, and may again."""
    room = Room(BRIEF, ann="expert")
    room.told(120, page())
    answered(room)
    room.obey("ann")
    at = room.entries[-1].at
    room.told(
        at, Refused(to="ann", order="send_message", reason="it became closed", code="overtaken")
    )

    assert room.wants("ann") == Look(look="panel")
    assert room.at("ann") < at + 60


def test_an_approver_wants_risk_and_way_back():
    """A request that names neither is asked back, one that names both is granted."""
    room = Room(BRIEF, cat="expert")
    here(room, 200, "ann", "cat")
    bare = {"by": "ann", "of": "cat", "action": "roll-back", "reason": "it is bad"}
    room.told(300, ApprovalAsked(request="r1", risk="", way_back="", **bare))

    assert isinstance(room.wants("cat"), RefuseApproval)
    room.obey("cat")
    at = room.entries[-1].at
    room.told(at, ApprovalAsked(request="r2", risk="two minutes", way_back="again", **bare))
    wanted = room.bots["cat"].intent
    assert wanted.command in (
        GiveApproval(request="r2", words="Go ahead; say when it is done."),
        RefuseApproval(request="r1", words="What may go wrong, and what is the way back?"),
    )


def test_an_approver_refuses_what_nobody_has_shown():
    """Promotion wants to hear how far behind the replica is."""
    room = Room(BRIEF, cat="expert")
    here(room, 200, "ann", "cat")
    asked = {"by": "ann", "of": "cat", "action": "promote", "reason": "x"}
    room.told(300, ApprovalAsked(request="r1", risk="loss", way_back="none", **asked))

    assert room.wants("cat") == RefuseApproval(request="r1", words="How far behind is it?")
    assert 330 <= room.at("cat") <= 540


def test_a_called_person_takes_the_page_and_does_what_they_are_asked():
    """Bob joins, reads the task for up to a minute, then gives the order as his own."""
    room = Room(BRIEF, bob="expert")
    room.told(400, page(to="bob", role="sme", page="p2", why="called"))

    assert room.wants("bob") == Acknowledge(page="p2")
    at = answered(room, "bob", "sme")
    declared(room, at)
    order = {"look": "sessions"}
    room.told(at + 5, Delegated(by="ann", to="bob", what="look", order=order, task="t1"))
    given = []
    while room.at("bob") <= at + 65:
        given.append(room.obey("bob"))

    assert Look(look="sessions") in given


def test_an_unknown_policy_names_the_nearest():
    """A slip of the finger is answered with what was meant."""
    with pytest.raises(UnknownNameError, match="'expert-observe'"):
        seated("ann", "expert-obsrve", BRIEF, None)
