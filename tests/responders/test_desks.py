"""What people do at their desks beside the fix: answering, promising, asking, deciding."""

import pytest
from one_room import declared, here, page
from small_incident import Room, small_brief

from simulator.journal.commands.incident import Declare
from simulator.journal.commands.talk import GiveApproval, Say, SendMessage
from simulator.journal.events.incident import IncidentDeclared, StatusSet
from simulator.journal.events.paging import PageAcknowledged
from simulator.journal.events.talk import ApprovalAsked, ApprovalGiven, MessageSent, Said, Voice
from simulator.journal.events.work import WorkBegan, WorkEnded

BRIEF = small_brief()
ASKED = ApprovalAsked(
    request="r1", by="ann", of="cat", action="roll-back", reason="bad", risk="2 min", way_back="it"
)
NOOR = Voice(sender="customers", text="Is our data safe?", to=("cat", "ann"), wants="answer")


def commanding(at=300):
    """Cat is here and commands; Ann has the fix in hand."""
    room = Room(BRIEF, cat="expert")
    here(room, at - 20, "ann", "cat")
    declared(room, at)
    return room


def sent(use, template, by="cat", promises=0, **fields):
    return MessageSent(
        by=by, template=template, use=use, audience_of="x", fields=fields, text="", filled=1,
        required=1, next_update_s=promises,
    )  # fmt: skip


def test_nobody_answers_a_request_before_being_here():
    """Cat's phone rings; what Ann asked for waits until she has come."""
    room = Room(BRIEF, cat="expert")
    here(room, 250, "ann")
    declared(room, 260)
    room.told(290, page(to="cat", role="commander", page="p2", why="called"))
    room.told(300, ASKED)
    room.told(310, PageAcknowledged(page="p2", by="cat"))
    room.told(310, WorkBegan(by="cat", work="w1", kind="brief", item="commander"))

    assert room.wants("cat") is None
    room.told(400, WorkEnded(by="cat", work="w1", kind="brief", item="commander"))
    here(room, 400, "cat")
    assert room.wants("cat") == GiveApproval(request="r1", words="Go ahead; say when it is done.")


def test_a_request_is_answered_before_the_next_message_is_written():
    """A request on the desk holds the paper back, and the paper makes it answered at once."""
    room = commanding()
    assert isinstance(room.wants("cat"), SendMessage)
    room.told(301, ASKED)

    assert isinstance(room.wants("cat"), GiveApproval)
    assert 330 <= room.at("cat") <= 360
    given = ApprovalGiven(request="r1", by="cat", to="ann", action="roll-back")
    room.told(345, given)
    assert isinstance(room.wants("cat"), SendMessage)


def test_a_voice_that_asks_gets_a_word_within_two_minutes():
    """Not known yet is an answer, with the time of the next word; it is given once."""
    room = commanding()
    room.told(400, NOOR)
    said = [o for o in iter_orders(room, "cat", 540) if isinstance(o[1], Say)]

    assert len(said) == 1
    at, word = said[0]
    assert 430 <= at <= 540
    assert "not known yet" in word.text
    assert "Next word at" in word.text


def iter_orders(room, person, until):
    """(second, order) of what a person orders until then; what is said is heard."""
    given = []
    while (intent := room.bots[person].intent) and intent.at <= until:
        order = room.obey(person)
        at = room.entries[-1].at
        given.append((at, order))
        if isinstance(order, Say):
            room.told(at, Said(by=person, text=order.text))
        if isinstance(order, SendMessage):
            use = BRIEF.plan.templates[order.template].use
            room.told(at, sent(use, order.template))
    return given


def test_what_somebody_else_has_answered_is_answered():
    """Ann was quicker; Cat has nothing to add."""
    room = commanding()
    room.told(400, NOOR)
    room.told(405, Said(by="ann", text="To customers: we do not know yet."))

    assert not [o for _, o in iter_orders(room, "cat", 560) if isinstance(o, Say)]


def test_a_promised_word_comes_in_time_whatever_the_cadence():
    """Customers were told to hear again in ten minutes: the next notice is begun before that."""
    room = commanding()
    room.told(320, sent("declaration", "declaration"))
    room.told(330, sent("status_page", "status-page", status="investigating"))
    room.told(340, sent("customer_notice", "customer-notice", promises=940))
    later = [
        (at, order.template)
        for at, order in iter_orders(room, "cat", 940)
        if isinstance(order, SendMessage) and order.template == "customer-notice"
    ]

    assert later
    assert 820 <= later[0][0] <= 850


def test_the_page_is_put_right_when_the_status_changes():
    """The page says investigating while it is being mended: it is restated at once."""
    room = commanding()
    page_name = next(n for n, t in BRIEF.plan.templates.items() if t.use == "status_page")
    room.told(320, sent("declaration", "declaration"))
    room.told(330, sent("status_page", page_name, status="investigating"))
    room.told(340, sent("customer_notice", "customer-notice"))
    room.told(400, StatusSet(status="mitigating", by="ann"))

    assert room.wants("cat").template == page_name
    assert room.at("cat") <= 420


@pytest.mark.parametrize("policy", ["expert", "competent"])
def test_rooms_come_first_for_whoever_is_practised(policy):
    """Once it is declared a channel is a click: nobody waits for the limit."""
    room = Room(BRIEF, ann=policy)
    room.told(120, page())
    here(room, 150, "ann")
    room.told(150, PageAcknowledged(page="p1", by="ann"))
    while not isinstance(order := room.obey("ann"), Declare):
        assert order is not None
    at = room.entries[-1].at
    room.told(at, IncidentDeclared(incident="I", level="CRITICAL", title="t", by="ann"))

    assert type(room.wants("ann")).__name__ in ("OpenChannel", "Assign")
    assert room.at("ann") <= at + 30
