"""The words of a report: no ids, figures with their units, nothing a reader would stumble over."""

import hand_made_drill as hand_made

from reports.chart_timeline import stacked
from reports.played import played
from reports.wording import counted, ended, facts, sentence
from simulator.journal.entry import Entry
from simulator.journal.events import paging, talk, work, world


def says(what):
    """The sentence of one event in the hand-made drill."""
    whole = played(hand_made.entries(), hand_made.brief())
    return sentence(whole, Entry(seq=999, at=700, by="engine", what=what))


def test_figures_carry_their_units():
    """What a look showed is read aloud, and a ratio is left out where the figure stands."""
    shown = facts({"errors": 970_000, "p95_ms": 1850, "p95_ratio": 2640, "service_down": ("edge",),
                   "tickets": 1})  # fmt: skip

    assert shown == "97 % of requests lost, p95 1,850 ms, 1 new ticket, edge down"


def test_one_is_not_many():
    """A count and its noun agree."""
    assert [counted(1, "act"), counted(2, "act"), counted(1200, "user")] == [
        "1 act", "2 acts", "1,200 users",
    ]  # fmt: skip


def test_an_end_is_said_in_words():
    """The time limit is not called `limit`."""
    assert ended("limit") == "the time set for it was over"


def test_no_id_reaches_a_sentence():
    """Pages, alerts and debts are named by what they are about."""
    told = [
        says(paging.Paged(page="p1", to=hand_made.BOB, role="backup", alert="api-errors",
                          summary="API down", level="CRITICAL", why="no_ack")),
        says(paging.PageJoined(page="p1", alert="db-down", summary="Database down")),
        says(paging.PageAcknowledged(page="p1", by=hand_made.BOB)),
        says(talk.ApprovalLapsed(request="r1", of=hand_made.CHARLIE, next="")),
        says(world.EffectTook(action="restart-db", by=hand_made.BOB, judged="useless")),
    ]  # fmt: skip

    assert told == [
        "On-Call Backup is paged because nobody had taken it: API down",
        "another alert joins the page: Database down",
        "On-Call Backup takes the page",
        "On-Call Manager gives no answer",
        "“Start PostgreSQL again” is done; no fault is gone or weaker by it",
    ]


def test_a_long_text_is_cut_at_a_word():
    """Nothing ends in half a word."""
    long = says(work.ActionFinished(by=hand_made.BOB, work="w3", action="restart-db",
                                    says="waiting for the server " * 12))  # fmt: skip

    assert long.endswith("for the server …")


def test_deadlines_of_one_moment_stand_above_one_another():
    """Three at once are three signs; a fourth shares the highest place."""
    assert stacked([2.0, 7.0, 7.0, 7.0, 7.0, 19.0], 0.5) == [0, 0, 1, 2, 2, 0]
