"""One second played on twice: the record before it, the same luck after it, one order apart."""

import pytest
from regretted import RESTARTED_AT, recorded, restarted

from simulator.debrief.regret.arms import (
    POLICY,
    WAYS,
    orders_at,
    outcome,
    played_on,
    possible,
    standing_before,
)
from simulator.debrief.regret.decisions import Decision, decisions
from simulator.debrief.regret.verdict import weighed
from simulator.debrief.replay import brief_of, entries_of, fork
from simulator.drill import LONGEST_DRILL_S
from simulator.journal.commands.talk import Note
from simulator.journal.commands.work import Mitigate
from simulator.journal.events.work import ActionStarted, WorkBegan
from simulator.response.facilitation import limit_of


@pytest.fixture(scope="module")
def lines():
    """The record in which the database is restarted."""
    return restarted()


@pytest.fixture(scope="module")
def entries(lines):
    return entries_of(lines)


@pytest.fixture(scope="module")
def brief(lines):
    return brief_of(lines)


def the(entries, brief, kind, item):
    """The decision of this kind about this."""
    return next(d for d in decisions(entries, brief) if (d.kind, d.item) == (kind, item))


def on(entries, brief, at, future, orders=()):
    """The drill from this second on in another future, to its end."""
    drill = standing_before(entries, brief, at)
    drill.branch(future, dict.fromkeys(brief.people(), POLICY), orders)
    drill.advance(LONGEST_DRILL_S)
    return drill.entries


def takes(entries, since):
    """What every piece of work that began from then on took."""
    return [e.what.takes_s for e in entries if e.at >= since and isinstance(e.what, WorkBegan)]


def test_the_drills_own_future_is_a_fork(lines, entries, brief):
    """Future 0 draws what the drill itself would have drawn: entry by entry the same as a fork."""
    forked = fork(lines, 600, dict.fromkeys(brief.people(), POLICY))
    forked.run()

    assert on(entries, brief, 600, 0) == list(forked.entries)


def test_a_future_is_the_same_whenever_it_is_played(entries, brief):
    """Twice the same second, twice the same future, twice the same entries."""
    assert on(entries, brief, 600, 7) == on(entries, brief, 600, 7)


def test_before_the_branch_every_future_is_the_record(entries, brief):
    """Nothing that was told before the second is told otherwise, and what follows differs."""
    whole = [on(entries, brief, 600, future) for future in (1, 2)]
    past = [entry for entry in entries if entry.at < 600]

    assert [found[: len(past)] for found in whole] == [past, past]
    assert takes(whole[0], 600) != takes(whole[1], 600)


def test_work_under_way_ends_as_it_would_have_in_every_future(entries, brief):
    """What was begun before the branch has its seconds drawn already."""
    begun = next(e for e in entries if isinstance(e.what, WorkBegan) and e.what.takes_s > 5)
    ends = begun.at + begun.what.takes_s

    for future in (1, 2, 3):
        found = on(entries, brief, begun.at + 1, future)
        kind = [e.at for e in found if getattr(e.what, "work", "") == begun.what.work][-1]
        assert kind == ends


def test_the_two_ways_differ_in_the_one_order(entries, brief):
    """As played the database is restarted; otherwise nobody orders it in that second."""
    decision = the(entries, brief, "left_out", "restart-db")
    ways = {
        way: [o.what for o in orders_at(entries, decision, way)]
        for way in ("as_played", "otherwise")
    }

    assert decision.at == RESTARTED_AT
    assert Mitigate(action="restart-db", anyway=True) in ways["as_played"]
    assert [o for o in ways["as_played"] if o not in ways["otherwise"]] == [
        Mitigate(action="restart-db", anyway=True)
    ]


def test_leaving_harm_out_is_sooner_over_in_each_future(entries, brief):
    """Whatever is drawn: who does not restart the database has service back sooner."""
    decision = the(entries, brief, "left_out", "restart-db")

    for future in (1, 2, 3):
        played, other = (
            played_on(
                standing_before(entries, brief, decision.at),
                orders_at(entries, decision, way),
                future,
            )
            for way in ("as_played", "otherwise")
        )
        assert other.restored_s < played.restored_s
        assert other.in_time


def test_an_order_that_changes_nothing_is_not_told():
    """A line in the log left out: apart by a second or none, which nobody would say."""
    line = Note(text="The coffee machine works")
    lines = recorded((400, "bob", line))
    entries, brief = entries_of(lines), brief_of(lines)
    seq = next(e.seq for e in entries if e.what == line)
    decision = Decision(kind="left_out", at=400, by="bob", item="", judged="useless", stake_s=60,
                        without=(seq,))  # fmt: skip
    futures = {
        (way, n): played_on(
            standing_before(entries, brief, 400), orders_at(entries, decision, way), n
        )
        for n in range(1, 9)
        for way in WAYS
    }
    found = weighed(decision, futures, futures["as_played", 1])

    assert (found.futures, found.telling, found.sort) == (8, (), None)


def test_the_roll_back_was_open_once_the_release_was_seen(entries, brief):
    """Its seat had read the list of releases, its hands were free: the engine takes the order."""
    decision = the(entries, brief, "at_once", "roll-back")
    found = possible(entries, brief, decision)
    began = next(
        e.at for e in entries if isinstance(e.what, ActionStarted) and e.what.action == "roll-back"
    )

    assert found.why_not == ""
    assert entries[decision.cites[0]].at < decision.at < began


def test_what_the_engine_would_have_refused_was_not_open(entries, brief):
    """Two seconds into a look nobody takes an action; the engine's own words say why."""
    look = next(e for e in entries if isinstance(e.what, WorkBegan) and e.what.kind == "look")
    decision = Decision(kind="at_once", at=look.at + 1, by=look.what.by, item="roll-back",
                        judged="right", stake_s=60, order=Mitigate(action="roll-back"))  # fmt: skip

    assert "still looking at" in possible(entries, brief, decision).why_not


def test_a_drill_that_is_not_restored_counts_as_its_limit():
    """Nobody does anything: the limit stands in, and it says that it does."""
    lines = recorded(policy="idle")
    entries, brief = entries_of(lines), brief_of(lines)
    drill = standing_before(entries, brief, entries[-1].at)
    limit = limit_of(brief, "release")
    found = outcome(entries, drill.stage.situation, limit)

    assert (found.in_time, found.restored_s) == (
        False,
        limit - drill.stage.situation.marks["fired"],
    )
    assert found.failed > 0
