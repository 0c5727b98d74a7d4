"""Stories about people who are called more than once: woken, briefed and counted here once."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.journal.commands.incident import Assign, Declare
from simulator.journal.commands.paging import Acknowledge, Page
from simulator.journal.commands.talk import Release
from simulator.journal.events.incident import RoleAssigned
from simulator.journal.events.paging import Joined, Notified, Paged


def called_twice():
    """Alice declares and pages ana as manager, then makes her commander while the page rings."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Declare(level="CRITICAL"))
    drill.say("alice", Page(role="manager", text="we need you"))
    drill.say("alice", Assign(role="commander", person="ana"), at=100)
    drill.say("alice", Page(role="director", text="and as director"), at=110)
    return drill


def test_an_open_page_is_enough():
    """Who is on the way is told what else they are wanted for, and joins once."""
    drill = called_twice()
    drill.say("ana", Acknowledge(page="p2"), at=120)
    drill.say("alice", Page(role="executive", text="and as executive"), at=130)
    drill.until(600)
    roles = drill.stage.situation.incident.roles

    assert [page.to for page in drill.happened(Paged)] == ["alice", "ana"]
    assert [here.person for here in drill.happened(Joined)] == ["alice", "ana"]
    assert [told.text for told in drill.happened(Notified)] == [
        "and as director", "and as executive",
    ]  # fmt: skip
    assert roles == dict.fromkeys(("manager", "commander", "director", "executive"), "ana")


def test_two_paths_that_open_together_page_once():
    """Lost data and a leak call the same person in the same second."""
    two = PLAN.replace(
        "breach: {only_if: breach == confirmed,",
        "breach: {only_if: breach == confirmed, page: [manager], page_says: Come for the leak,",
    ).replace("page: [manager]}", "page: [manager], page_says: Come for the data}")
    drill = Rehearsal(small_brief(plan=two))
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.sees(data="lost", breach="confirmed")
    drill.settle()

    assert [page.summary for page in drill.happened(Paged)][1:] == ["Come for the data"]
    assert [told.text for told in drill.happened(Notified)] == ["Come for the leak"]


def test_who_was_let_go_is_paged_anew():
    """Having been here once is not being here."""
    drill = called_twice()
    drill.say("ana", Acknowledge(page="p2"), at=120)
    drill.say("alice", Release(person="ana"), at=400)
    drill.say("alice", Page(role="manager", text="it is back"), at=500)

    assert [page.to for page in drill.happened(Paged)] == ["alice", "ana", "ana"]


def test_who_is_here_already_only_takes_the_role():
    """Ana comes for the ladder's page; the call that woke her first needs no second arrival."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.until(100)
    drill.sees(data="lost")
    drill.say("bob", Declare(level="CRITICAL"), at=110)
    drill.say("ana", Acknowledge(page="p1"), at=400)
    drill.say("ana", Acknowledge(page="p2"), at=410)
    drill.until(600)

    assert [(page.page, page.to) for page in drill.happened(Paged)] == [
        ("p1", "alice"), ("p2", "ana"), ("p1", "bob"), ("p1", "ana"),
    ]  # fmt: skip
    assert drill.lines(Joined, "{e.person}") == ["T+06:40 ana"]
    assert drill.lines(RoleAssigned, "{e.person} {e.role}")[-1] == "T+06:50 ana manager"
