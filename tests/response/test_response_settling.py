"""Stories about what is settled later: tasks done, a relapse, a departure accepted."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.journal.commands.incident import Declare, Deviate, Resolve, SetStatus
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.room import AcceptDeviation
from simulator.journal.commands.talk import AskColleague, Delegate, Note
from simulator.journal.commands.work import CancelWork, Look, Mitigate
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import TaskDone
from simulator.journal.events.world import ImpactBegan, ImpactEnded, ImpactReturned


def asked(drill, what="look", **order):
    """Alice asks bob to give an order."""
    drill.say("alice", Delegate(person="bob", what=what, order=order), at=10)


def test_a_task_is_done_when_its_look_is_over():
    """Not when the look began: alice's picture ticks it off with the find."""
    drill = Rehearsal()
    asked(drill, look="panel")
    drill.say("bob", Look(look="panel"), at=20)
    drill.until(39)
    before = drill.stage.seat("alice").talk.tasks["t1"].done
    drill.until(41)

    assert (before, drill.stage.seat("alice").talk.tasks["t1"].done) == (False, True)
    assert drill.lines(TaskDone, "{e.by} for {e.to}: {e.what}") == ["T+00:40 bob for alice: look"]


def test_a_task_waits_for_the_login_and_the_work_behind_it():
    """A restart that begins with a minute of login is done when it is done."""
    drill = Rehearsal()
    asked(drill, "mitigate", action="restart-api")
    drill.say("bob", Mitigate(action="restart-api", anyway=True), at=20)
    drill.until(600)

    assert drill.lines(TaskDone, "{e.task}") == ["T+02:20 t1"]


def test_a_task_that_takes_no_work_is_done_at_once():
    """A note is written as it is said; another note is not what was asked."""
    drill = Rehearsal()
    asked(drill, "note", text="cause found")
    drill.say("bob", Note(text="hello"), at=20)
    drill.say("bob", Note(text="cause found"), at=30)
    drill.settle()

    assert drill.lines(TaskDone, "{e.task}") == ["T+00:30 t1"]


def test_a_task_refused_or_stopped_stays_open():
    """Bob is busy when he tries, and stops the look when he may."""
    drill = Rehearsal()
    asked(drill, look="panel")
    drill.say("bob", Look(look="quiet"), at=20)
    drill.say("bob", Look(look="panel"), at=22)
    drill.say("bob", Look(look="panel"), at=30)
    drill.say("bob", CancelWork(), at=35)
    drill.until(200)

    assert drill.happened(TaskDone) == []


def test_a_question_moves_the_time_people_reckon_with():
    """Half a minute later, for those who know of the question; work that hands over goes on."""
    drill = Rehearsal()
    drill.say("bob", Look(look="panel"), at=20)
    before = drill.stage.situation.work["bob"].looks_until
    drill.say("alice", AskColleague(person="bob", text="what do you see there"), at=25)

    assert [
        drill.stage.seat(person).work["bob"].looks_until - before
        for person in ("alice", "bob", "ana")
    ] == [30, 30, 0]


def relapsed():
    """Called over at 400 s, broken again at 500 s."""
    drill = Rehearsal()
    drill.until(30)
    drill.stage.emit(ImpactBegan())
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Declare(level="CRITICAL"))
    drill.until(300)
    drill.stage.emit(ImpactEnded(since=280))
    drill.say("alice", SetStatus(status="monitoring"))
    drill.say("alice", Resolve(), at=400)
    drill.until(500)
    drill.stage.emit(ImpactReturned())
    return drill


def test_a_relapse_is_reopened_and_resolved_anew():
    """The claim is taken back with the status and counts from when it is said again."""
    drill = relapsed()
    first = drill.stage.situation.marks["resolved"]
    drill.say("alice", SetStatus(status="investigating"), at=520)
    between = "resolved" in drill.stage.situation.marks
    drill.until(600)
    drill.stage.emit(ImpactEnded(since=580))
    drill.say("alice", SetStatus(status="monitoring"))
    drill.say("alice", Resolve(), at=700)
    now = drill.stage.situation

    assert (first, between, now.marks["resolved"], now.incident.resolved_at) == (
        400,
        False,
        700,
        700,
    )
    assert [deed.at for deed in now.deeds["resolve"]] == [700]


def test_a_relapse_is_refused_a_second_end_before_it_is_reopened():
    """The plan's own table leads from resolved back to investigating."""
    drill = relapsed()

    assert drill.refused("alice", Resolve()) == "lifecycle"


def test_a_reopened_incident_that_lasts_too_long_calls_its_people():
    """Called over at 400 s and reopened at 520 s, it is still unresolved after 15 minutes."""
    drill = relapsed()
    drill.say("alice", SetStatus(status="investigating"), at=520)
    drill.until(1200)

    assert drill.lines(Paged, "{e.to}: {e.why}")[-1] == "T+16:00 ana: unresolved"


def test_a_departure_is_accepted_by_the_facilitator():
    """Only one that was made, and once."""
    drill = Rehearsal(small_brief(plan=PLAN))
    accept = AcceptDeviation(duty="report", because="nobody reads it")
    none_yet = drill.refused("facilitator", accept)
    drill.say("alice", Deviate(duty="report", because="the lawyer writes it"), at=10)
    drill.say("facilitator", accept)

    assert (none_yet, "report" in drill.stage.situation.accepted) == ("unknown", True)
    assert drill.refused("facilitator", accept) == "lifecycle"
