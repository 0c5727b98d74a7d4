"""Luck apart: what the world drew, and what other seats drew while one seat waited."""

from dataclasses import replace

from scored_brief import ALICE, BOB, CHARLIE, at, journal, mark, well_done

from simulator.debrief.luck import ANSWER_CENTRE_S, waits_of
from simulator.journal.events import paging, talk, work, world


def asked(second, of=CHARLIE, request="r1"):
    """Leave to start the database, asked for at a second."""
    return second, talk.ApprovalAsked(request=request, by=ALICE, of=of, action="restart-db",
                                      reason="dead", risk="none", way_back="stop it")  # fmt: skip


def given(second, by=CHARLIE, request="r1"):
    """The same leave, given."""
    return second, talk.ApprovalGiven(request=request, by=by, to=ALICE, action="restart-db")


def late():
    """Restored a minute after the fifteen expected."""
    acts = at(well_done(), "effect", 700)
    acts["restored"] = (970, world.ImpactEnded(since=100 + 960))
    return acts


def busy(second, by, luck_s, takes_s=40):
    """A piece of work that took longer than usual."""
    return second, work.WorkBegan(by=by, work=f"{by}{second}", kind="look", item="logs",
                                  takes_s=takes_s, luck_s=luck_s)  # fmt: skip


def luck(acts):
    return mark(acts, "restore").luck_s


def test_what_another_seat_drew_while_one_waited_for_its_leave_is_luck():
    """Only what lay between the question and the answer counts, and only that seat's."""
    acts = late() | {
        "asked": asked(600),
        "inside": busy(610, CHARLIE, 30),
        "elsewhere": busy(611, BOB, 7),
        "given": given(680),
        "after": busy(690, CHARLIE, 9),
    }

    assert luck(acts) == 30


def test_an_approver_nobody_plays_is_the_worlds_draw():
    """The whole answer was drawn: what it took beyond the middle is luck."""
    acts = late() | {"asked": asked(500, of="cto"), "given": given(690, by="cto")}

    assert luck(acts) == 190 - ANSWER_CENTRE_S


def test_who_was_called_in_brings_the_luck_of_their_briefing():
    """Called, briefed for longer than usual, here."""
    call = paging.Paged(page="p4", to=BOB, role="sme", alert="", summary="", level="CRITICAL",
                        why="called", by=ALICE)  # fmt: skip
    acts = late() | {
        "call": (600, call),
        "briefing": busy(605, BOB, 25),
        "here": (650, paging.Joined(person=BOB, role="sme")),
    }

    assert luck(acts) == 25


def test_among_bots_alone_every_chair_is_ones_own():
    """Calibration takes nothing off for other seats."""
    acts = late() | {"asked": asked(600), "inside": busy(610, CHARLIE, 30), "given": given(680)}
    second, opened = acts["opened"]
    bots = dict.fromkeys(opened.chairs.values(), "competent")
    acts["opened"] = (second, replace(opened, policies=bots))

    assert luck(acts) == 0


def test_an_answer_of_somebody_else_ends_no_wait():
    """Asked of Charlie, answered by Bob: nobody was waited for in vain."""
    entries = journal(late() | {"asked": asked(600), "given": given(680, by=BOB)})

    assert waits_of(entries, entries[0].what) == ()


def test_an_answer_nobody_asked_for_is_no_wait():
    """A record from elsewhere may hold one; the time counts as it is."""
    assert luck(late() | {"given": given(680)}) == luck(late())


def test_a_journal_without_its_beginning_holds_no_waits():
    """Who played is told by the first entry alone."""
    assert waits_of(journal({"asked": asked(600), "given": given(680)}), None) == ()
