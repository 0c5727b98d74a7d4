"""Stories about what is given up, cut short, or found changed by the time it comes about."""

import pytest
from rehearsal import Rehearsal
from small_brief import SCENARIO, small_brief

from simulator.journal.commands.incident import (
    Declare,
    HoldMeeting,
    Resolve,
    SetStatus,
    SubmitReport,
)
from simulator.journal.commands.paging import Acknowledge, Page
from simulator.journal.commands.room import StepOut
from simulator.journal.commands.talk import AskColleague, Delegate, HandOver, Release
from simulator.journal.commands.work import CancelWork, Look, Mitigate, Type
from simulator.journal.events.incident import ReportSubmitted
from simulator.journal.events.paging import Joined, Notified, Paged
from simulator.journal.events.room import Refused
from simulator.journal.events.talk import HandedOver, QuestionAnswered, Released, TaskDone
from simulator.journal.events.work import (
    ActionFinished,
    ActionStarted,
    LookEnded,
    WorkBegan,
    WorkEnded,
)
from simulator.journal.events.world import StateSet
from simulator.response import effort

WAITING = SCENARIO.replace(
    "  stop-queue:",
    "  drain: {title: Drain the pool, kind: config, takes: 10s, until: pool == dry,"
    " holds_terminal: yes}\n  stop-queue:",
)


def begun(drill):
    """What was begun."""
    return [(one.by, one.kind, one.item) for one in drill.happened(WorkBegan)]


@pytest.mark.parametrize(
    "order", [Look(look="pods"), Mitigate(action="restart-api"), Type(line="uptime")]
)
def test_whoever_gives_up_the_login_has_begun_nothing_else(order):
    """The first command waits behind the login and falls with it."""
    drill = Rehearsal()
    drill.say("alice", order, at=10)
    drill.say("alice", CancelWork(), at=30)
    drill.until(300)

    assert begun(drill) == [("alice", "login", "login")]
    assert drill.happened(WorkEnded, ActionStarted, LookEnded, Refused) == []


@pytest.mark.parametrize(
    ("order", "kind"), [(Mitigate(action="restart-api"), "action"), (Type(line="uptime"), "typed")]
)
def test_what_is_stopped_halfway_is_not_done(order, kind):
    """Two seconds into it alice gives it up: it neither ends nor answers."""
    drill = Rehearsal()
    drill.say("alice", order, at=10)
    drill.say("alice", CancelWork(), at=72)
    drill.until(300)

    assert [kind for _, kind, _ in begun(drill)] == ["login", kind]
    assert drill.happened(ActionFinished, LookEnded) == []


def test_somebody_else_was_quicker_while_one_logged_in():
    """Bob restarted the same deployment meanwhile: alice is told so after her login."""
    drill = Rehearsal()
    drill.say("bob", Look(look="pods"), at=10)
    drill.say("alice", Mitigate(action="restart-api"), at=60)
    drill.say("bob", Mitigate(action="restart-api", anyway=True), at=90)
    drill.until(400)

    assert [one.by for one in drill.happened(ActionStarted)] == ["bob"]
    assert [(one.to, one.code) for one in drill.happened(Refused)] == [("alice", "busy")]


@pytest.mark.parametrize(
    ("comes_at", "ended"), [(0, ["T+01:20"]), (75, ["T+01:20"]), (200, ["T+03:20"]), (None, [])]
)
def test_a_wait_ends_with_what_it_waits_for(comes_at, ended):
    """It takes its ten seconds at least; whoever gives it up never sees the end."""
    drill = Rehearsal(small_brief(scenario=WAITING))
    drill.say("alice", Mitigate(action="drain"), at=10)
    drill.until(72)
    (work,) = [one.work for one in drill.happened(WorkBegan) if one.kind == "action"]
    if comes_at is None:
        drill.say("alice", CancelWork(), at=200)
    else:
        drill.until(max(72, comes_at))
        drill.stage.emit(StateSet(name="pool", value="dry"))
        drill.stage.emit(StateSet(name=f"{work}.come", value="yes"))
    drill.until(600)
    ends = drill.lines(WorkEnded, "{e.kind}")

    assert [line.partition(" ")[0] for line in ends if line.endswith("action")] == ended


def test_what_was_said_beforehand_holds_for_the_next_work_alone():
    """A list of orders says five seconds; the look after it takes its own time again."""
    drill = Rehearsal()
    drill.until(10)
    effort.fix(drill.stage, "alice", 5)
    drill.say("alice", Look(look="panel"))
    drill.until(20)
    effort.fix(drill.stage, "alice", None)
    drill.say("alice", Look(look="panel"))
    drill.until(100)

    assert [one.takes_s for one in drill.happened(WorkBegan)] == [5, 20]


def test_a_login_keeps_what_was_said_of_the_order_it_belongs_to():
    """What is said while the login goes on is said of no order."""
    drill = Rehearsal()
    drill.until(10)
    effort.fix(drill.stage, "alice", 5)
    drill.say("alice", Look(look="pods"))
    effort.fix(drill.stage, "alice", 99)
    drill.until(300)

    assert 99 not in [one.takes_s for one in drill.happened(WorkBegan)]


@pytest.mark.parametrize("stops", ["alice", "bob"])
def test_a_handover_either_gives_up_passes_nothing(stops):
    """Both are free again, and alice is on call as before."""
    drill = Rehearsal()
    drill.say("alice", HandOver(role="on_call", person="bob"), at=10)
    drill.say(stops, CancelWork(), at=30)
    drill.until(600)
    situation = drill.stage.situation

    assert drill.happened(HandedOver) == []
    assert (situation.holder("on_call"), dict(situation.work)) == ("alice", {})


def test_nothing_is_handed_to_whoever_has_gone():
    """Bob has stepped out: he is known, and not there."""
    drill = Rehearsal()
    drill.say("bob", StepOut(), at=10)

    assert drill.refused("alice", HandOver(role="on_call", person="bob")) == "unknown"


def test_who_is_here_already_joins_no_second_time():
    """And the old owner, at work when the quarter of an hour is over, ends that first."""
    drill = Rehearsal()
    drill.comes("alice", "bob")
    drill.say("alice", HandOver(role="on_call", person="bob"), at=10)
    drill.until(400)
    (at,) = [e.at for e in drill.stage.entries if isinstance(e.what, HandedOver)]
    drill.say("alice", Look(look="panel"), at=at + 890)
    drill.until(at + 909)
    before = drill.happened(Released)
    drill.until(at + 1200)

    assert [one.person for one in drill.happened(Joined)] == ["alice", "bob"]
    assert (before, [one.person for one in drill.happened(Released)]) == ([], ["alice"])


def declared():
    """Alice has taken the page and declared."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Declare(level="CRITICAL"), at=120)
    return drill


def test_of_two_reports_the_first_is_the_report():
    """Alice and bob write at the same time; whoever writes the review is busy for it."""
    drill = declared()
    drill.say("alice", SetStatus(status="monitoring"))
    drill.say("alice", Resolve())
    drill.say("alice", SetStatus(status="closed"), at=130)
    drill.say("alice", SubmitReport(fields={"cause": "a full pool"}), at=140)
    drill.say("bob", SubmitReport(fields={"cause": "no idea"}), at=150)
    busy = drill.refused("bob", HoldMeeting())
    drill.until(140 + 7200)

    assert busy == "busy"
    assert len(drill.happened(ReportSubmitted)) == 1


def test_a_report_given_up_is_none():
    """Nothing is handed in by whoever stops writing."""
    drill = declared()
    drill.say("alice", SetStatus(status="monitoring"))
    drill.say("alice", Resolve())
    drill.say("alice", SubmitReport(fields={"cause": "a full pool"}), at=140)
    drill.say("alice", CancelWork(), at=150)
    drill.until(4000)

    assert drill.happened(ReportSubmitted) == []


def test_nobody_at_work_is_sent_away():
    """Bob is looking; when he is done he may go."""
    drill = declared()
    drill.comes("bob")
    drill.say("bob", Look(look="panel"), at=200)

    assert drill.refused("alice", Release(person="bob")) == "busy"


def test_nobody_can_be_reached_as_what_has_stepped_out():
    """Bob is the backup, and gone."""
    drill = declared()
    drill.say("bob", StepOut())

    assert drill.refused("alice", Page(role="backup", text="come")) == "unknown"


def test_a_question_is_not_answered_by_whoever_went_meanwhile():
    """Ana steps out before she has answered."""
    drill = declared()
    drill.say("alice", AskColleague(person="ana", text="was the limit changed?"), at=200)
    drill.say("ana", StepOut(), at=205)
    drill.until(900)

    assert drill.happened(QuestionAnswered) == []


def test_a_task_two_asked_for_is_done_once_for_each():
    """One look of bob's answers both; what was stopped answers none."""
    drill = declared()
    for who in ("alice", "ana"):
        drill.say(who, Delegate(person="bob", what="look", order={"look": "panel"}), at=200)
    drill.say("bob", Look(look="panel"), at=210)
    drill.say("bob", CancelWork(), at=215)
    before = drill.happened(TaskDone)
    drill.say("bob", Look(look="panel"), at=300)
    drill.until(400)

    assert before == []
    assert sorted(one.to for one in drill.happened(TaskDone)) == ["alice", "ana"]


def test_whoever_is_here_before_there_is_an_incident_only_comes_in():
    """Called again by name while nothing is declared: told, not paged."""
    drill = Rehearsal()
    drill.comes("bob")
    drill.say("alice", Page(role="backup", text="have a look"), at=20)

    assert drill.happened(Paged) == []
    assert [(one.person, one.by) for one in drill.happened(Notified)] == [("bob", "alice")]
