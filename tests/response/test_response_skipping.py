"""Stories about letting the clock run: a vote, what stops it, and what is told of it."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.journal.commands.incident import Declare, SetStatus, StandDown
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.room import Skip
from simulator.journal.commands.talk import AskApproval, Say
from simulator.journal.commands.work import CancelWork, Look
from simulator.journal.events.room import SkipBegan, SkipEnded
from simulator.journal.events.talk import Voice

BOTS = {"bob": "competent", "ana": "competent"}
FULL = {"reason": "down", "risk": "four minutes", "way_back": "none"}


def ended(drill):
    """(second, since, why, item) of the end of the skip."""
    return [
        (entry.at, entry.what.since, entry.what.why, entry.what.item)
        for entry in drill.stage.entries
        if isinstance(entry.what, SkipEnded)
    ]


def test_a_skip_ends_with_ones_own_work():
    """Alice looks at the panel for 20 s and lets the clock run meanwhile."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Skip(), at=12)
    drill.until(100)

    assert ended(drill) == [(30, 12, "work", "panel")]


def test_a_skip_ends_where_somebody_speaks_to_one():
    """What a bot says in the channel stops it; what was passed over is counted."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Skip(), at=10)
    drill.say("bob", Say(text="I see it too"), at=40)
    drill.until(100)
    (over,) = drill.happened(SkipEnded)

    assert ended(drill) == [(40, 10, "told", "said")]
    assert over.passed == 2  # bob's order and what he said


def test_a_skip_ends_two_minutes_before_ones_own_limit():
    """The call to the manager that nobody else will make is announced in time."""
    plan = PLAN.replace(
        "escalation:\n",
        "  raise: {does: declare, owed_by: [on_call], within: {CRITICAL: 8m}}\nescalation:\n",
    )
    drill = Rehearsal(small_brief(plan=plan), bots=BOTS)
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.until(100)
    drill.say("alice", Skip(), at=100)
    drill.until(900)

    assert ended(drill) == [(60 + 8 * 60 - 120, 100, "limit", "raise")]


def test_all_who_are_seated_must_want_it():
    """With alice and bob seated, one vote alone moves nothing."""
    drill = Rehearsal(bots={"ana": "competent"})
    drill.say("alice", Skip(), at=10)
    drill.until(20)
    before = drill.happened(SkipBegan)
    drill.say("bob", Skip(), at=20)
    drill.until(21)

    assert (before, drill.happened(SkipBegan)) == ([], [SkipBegan(by=("alice", "bob"))])


def test_noise_one_has_heard_does_not_stop_the_clock():
    """An alert that has fired before is passed over, a new one is not."""
    drill = Rehearsal(bots=BOTS)
    drill.fires("db-warm", at=20)
    drill.clears("db-warm", at=40)
    drill.say("alice", Skip(), at=60)
    drill.fires("db-warm", at=80)
    drill.fires("web-errors", at=200)
    drill.until(300)

    assert ended(drill) == [(200, 60, "told", "alert_fired")]


def test_a_skip_may_not_run_over_a_skip():
    """While the clock runs, asking again is refused."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Skip(), at=10)

    assert drill.refused("alice", Skip()) == "lifecycle"


def test_the_watch_that_is_over_stops_the_clock():
    """Ten quiet minutes in monitoring are one press of a key."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Declare(level="CRITICAL"), at=40)
    drill.say("alice", SetStatus(status="monitoring"), at=50)
    drill.say("alice", Skip(), at=60)
    drill.until(1200)

    assert ended(drill) == [(650, 60, "watch", "")]


def skip_of(drill):
    """(second, why, item, person) of each end of a skip."""
    return [
        (entry.at, entry.what.why, entry.what.item, entry.what.person)
        for entry in drill.stage.entries
        if isinstance(entry.what, SkipEnded)
    ]


def test_a_skip_ends_with_work_that_was_stopped():
    """Alice gives her look up while the clock runs."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Skip(), at=12)
    drill.say("alice", CancelWork(), at=15)
    drill.until(100)

    assert skip_of(drill) == [(15, "work", "w1", "alice")]


def test_a_skip_ends_for_whom_a_word_is_meant_and_for_nobody_else():
    """What bob tells ana, and what customers tell ana, wakes nobody; a word to alice does."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Skip(), at=10)
    drill.say("bob", Say(text="psst", to="ana"), at=20)
    drill.until(30)
    drill.stage.emit(Voice(sender="customers", text="Well?", to=("ana",)))
    drill.say("bob", Say(text="look", to="alice"), at=40)
    drill.until(100)

    assert skip_of(drill) == [(40, "told", "said_to", "alice")]


def test_a_request_for_ones_leave_is_read_before_the_clock_runs():
    """Ana is here, and alice waits for her word."""
    drill = Rehearsal(bots={"alice": "expert", "bob": "expert"})
    drill.comes("ana")
    drill.say("alice", AskApproval(action="fail-over", **FULL), at=10)
    drill.settle()

    assert drill.refused("ana", Skip()) == "unread"


def test_a_skip_the_drill_ends_in_has_no_end_of_its_own():
    """What stopped it is the end of everything."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Skip(), at=10)
    drill.say("bob", StandDown(reason="a test"), at=20)
    drill.until(100)

    assert len(drill.happened(SkipBegan)) == 1
    assert skip_of(drill) == []


def test_a_watch_that_was_over_before_stops_no_clock():
    """Whoever lets the clock run after it waits for something else."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", Declare(level="CRITICAL"), at=40)
    drill.say("alice", SetStatus(status="monitoring"), at=50)
    drill.say("alice", Skip(), at=700)
    drill.say("bob", Say(text="calm"), at=800)
    drill.until(900)

    assert skip_of(drill) == [(800, "told", "said", "")]


def test_a_limit_that_is_near_already_stops_no_clock():
    """It was told two minutes ahead; with one minute left it is not told again."""
    plan = PLAN.replace(
        "escalation:\n",
        "  raise: {does: declare, owed_by: [on_call], within: {CRITICAL: 8m}}\nescalation:\n",
    )
    drill = Rehearsal(small_brief(plan=plan), bots=BOTS)
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Skip(), at=60 + 7 * 60)
    drill.say("bob", Say(text="calm"), at=520)
    drill.until(530)

    assert skip_of(drill) == [(520, "told", "said", "")]


def test_a_request_to_somebody_else_lets_ones_own_clock_run():
    """Ana is asked; bob has nothing to read."""
    drill = Rehearsal(bots={"alice": "expert", "ana": "expert"})
    drill.comes("ana")
    drill.say("alice", AskApproval(action="fail-over", **FULL), at=10)
    drill.settle()
    drill.say("bob", Skip())

    assert len(drill.happened(SkipBegan)) == 1
