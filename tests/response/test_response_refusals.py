"""What is refused, and why: each leaves everything as it was."""

import pytest
from rehearsal import Rehearsal
from small_brief import SCENARIO, small_brief

from simulator.journal.commands import incident, paging, room, talk, work
from simulator.journal.events.incident import IncidentClosed, IncidentResolved
from simulator.journal.events.room import DutyWaived, HintGiven, InjectAsked
from simulator.journal.events.talk import ApprovalGiven, ApprovalRefused
from simulator.journal.events.world import ImpactEnded, ImpactReturned

BEFORE = (
    ("alice", paging.Notify(role="nobody"), "unknown"),
    ("alice", paging.Page(role="nobody"), "unknown"),
    ("alice", paging.Dismiss(page="p9", reason="x"), "unknown"),
    ("alice", incident.ConfirmLevel(), "lifecycle"),
    ("alice", incident.Regrade(level="LOW"), "lifecycle"),
    ("alice", incident.MergePage(page="p1"), "lifecycle"),
    ("alice", incident.OpenChannel(kind="channel"), "lifecycle"),
    ("alice", incident.Assign(role="scribe", person="bob"), "lifecycle"),
    ("alice", incident.SetStatus(status="monitoring"), "lifecycle"),
    ("alice", incident.Resolve(), "lifecycle"),
    ("alice", incident.Close(), "lifecycle"),
    ("alice", incident.StandDown(reason=" "), "needs"),
    ("alice", incident.SubmitReport(), "lifecycle"),
    ("alice", incident.BookMeeting(after_s=60), "lifecycle"),
    ("alice", incident.HoldMeeting(), "lifecycle"),
    ("alice", incident.AddAction(text=" "), "needs"),
    ("alice", incident.AddAction(text="x", debt="none"), "unknown"),
    ("alice", work.Look(look="moon"), "unknown"),
    ("alice", work.Follow(look="moon"), "unknown"),
    ("alice", work.Unfollow(look="panel"), "unknown"),
    ("alice", work.Mitigate(action="pray"), "unknown"),
    ("alice", work.Mitigate(action="fail-over", approval="r9"), "unknown"),
    ("alice", work.RunStep(runbook="none", step=1), "unknown"),
    ("alice", talk.AskApproval(action="pray"), "unknown"),
    ("alice", talk.AskApproval(action="fail-over", of="zoe"), "unknown"),
    ("alice", talk.AskApproval(action="fail-over", of="alice"), "needs"),
    ("alice", talk.GiveApproval(request="r9"), "unknown"),
    ("alice", talk.Delegate(person="zoe", what="look"), "unknown"),
    ("alice", talk.Delegate(person="alice", what="look"), "needs"),
    ("alice", talk.HandOver(role="king", person="bob"), "unknown"),
    ("alice", talk.HandOver(role="on_call", person="zoe"), "unknown"),
    ("alice", talk.TakeOver(role="king"), "unknown"),
    ("alice", talk.TakeOver(role="on_call"), "lifecycle"),
    ("alice", talk.Say(text=" "), "needs"),
    ("alice", talk.Say(text="x", to="zoe"), "unknown"),
    ("facilitator", room.GiveHint(person="zoe", text="x"), "unknown"),
    ("facilitator", room.GiveHint(person="bob", text=" "), "needs"),
    ("facilitator", room.Waive(duty="sleep", because="x"), "unknown"),
)
AFTER = (
    ("alice", incident.Regrade(level="SEV1"), "unknown"),
    ("alice", incident.MergePage(page="p9"), "unknown"),
    ("alice", incident.OpenChannel(kind="pipe"), "unknown"),
    ("alice", incident.Assign(role="king", person="bob"), "unknown"),
    ("alice", incident.Assign(role="scribe", person="zoe"), "unknown"),
    ("alice", incident.SetStatus(status="asleep"), "unknown"),
    ("alice", incident.SetStatus(status="closed"), "lifecycle"),
    ("alice", incident.SetStatus(status="investigating"), "lifecycle"),
    ("alice", incident.BookMeeting(after_s=-1), "needs"),
    ("alice", paging.Acknowledge(page="p1"), "lifecycle"),
    ("alice", paging.Acknowledge(page="api-errors"), "lifecycle"),
    ("alice", paging.Dismiss(page="p1", reason=" "), "needs"),
    ("bob", paging.Dismiss(page="p1", reason="x"), "not_yours"),
    ("bob", incident.SubmitReport(fields={"poem": "x"}), "lifecycle"),
)


def at_work() -> Rehearsal:
    """Alice has taken the page and declared."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", paging.Acknowledge(page="p1"), at=90)
    drill.say("alice", incident.Declare(level="CRITICAL"), at=120)
    return drill


@pytest.mark.parametrize(("by", "order", "code"), BEFORE, ids=lambda one: str(one)[:40])
def test_before_anything_is_declared(by, order, code):
    """What needs an incident, a thing or a person that is not there is refused."""
    assert Rehearsal().refused(by, order) == code


@pytest.mark.parametrize(("by", "order", "code"), AFTER, ids=lambda one: str(one)[:40])
def test_while_it_goes_on(by, order, code):
    """What is wrong, done already, or somebody else's is refused."""
    assert at_work().refused(by, order) == code


def test_what_is_over_is_not_done_again():
    """A report, a meeting, a closing: each once."""
    drill = at_work()
    drill.say("alice", incident.SetStatus(status="monitoring"))
    drill.say("alice", incident.Resolve())
    odd = drill.refused("alice", incident.SubmitReport(fields={"poem": "x"}))
    drill.say("alice", incident.SetStatus(status="closed"))
    drill.say("alice", incident.HoldMeeting(), at=200)
    busy = drill.refused("alice", incident.SubmitReport())
    drill.until(2500)
    drill.say("bob", incident.SubmitReport())
    drill.until(5000)

    assert (odd, busy, len(drill.happened(IncidentClosed))) == ("unknown", "busy", 1)
    assert [
        drill.refused("alice", order)
        for order in (
            incident.HoldMeeting(), incident.SubmitReport(), incident.Close(),
            incident.StandDown(reason="x"), incident.SetStatus(status="investigating"),
            work.Type(line="ls"), work.Follow(look="panel"),
        )
    ] == ["lifecycle"] * 5 + ["ended", "needs"]  # fmt: skip


def test_what_is_done_once_is_not_begun_by_two():
    """Alice is at the queue's switch; Ana hears the words its author wrote for a second hand."""
    drill = Rehearsal()
    drill.say("alice", work.Mitigate(action="stop-queue"), at=10)
    drill.until(75)
    (answer,) = drill.say("ana", work.Mitigate(action="stop-queue"))

    assert (answer.what.code, answer.what.reason) == ("busy", "it is stopped")


def test_a_relapse_begins_the_watch_again():
    """Impact came back after monitoring began: not a second of the watch is kept."""
    drill = at_work()
    drill.say("alice", incident.SetStatus(status="monitoring"), at=200)
    drill.until(500)
    drill.stage.emit(ImpactReturned())
    drill.say("alice", incident.Resolve(), at=700)

    assert drill.happened(IncidentResolved)[0].watch_left_s == 600


def test_the_watch_counts_from_being_restored_after_a_relapse():
    """Back at ten minutes, well again at eleven: nine of ten minutes are left at twelve."""
    drill = at_work()
    drill.say("alice", incident.SetStatus(status="monitoring"), at=200)
    drill.until(600)
    drill.stage.emit(ImpactReturned())
    drill.until(720)
    drill.stage.emit(ImpactEnded(since=660))
    drill.say("alice", incident.Resolve(), at=720)

    assert drill.happened(IncidentResolved)[0].watch_left_s == 540


def test_a_facilitator_helps_fires_and_waives():
    """Each once, each an entry of its own."""
    voiced = SCENARIO.replace("runbooks:", "injects: {call: {says: hello}}\nrunbooks:")
    drill = Rehearsal(small_brief(scenario=voiced))
    drill.say("facilitator", room.GiveHint(person="bob", text="look up"))
    drill.say("facilitator", room.FireInject(inject="call"))
    drill.say("facilitator", room.Waive(duty="report", because="no time"))

    assert (
        [len(drill.happened(kind)) for kind in (HintGiven, InjectAsked, DutyWaived)],
        drill.refused("facilitator", room.Waive(duty="report", because="again")),
    ) == ([1, 1, 1], "lifecycle")


def test_an_approver_nobody_plays_answers_by_themselves():
    """Rui sits in no chair, has no objection and gives leave inside four minutes."""
    drill = Rehearsal()
    drill.say("alice", talk.AskApproval(action="fail-over", of="rui"), at=10)
    drill.until(300)

    assert (len(drill.happened(ApprovalGiven)), len(drill.happened(ApprovalRefused))) == (1, 0)


def test_who_waits_for_an_answer_may_not_be_skipped_over():
    """Ana has a request to answer first."""
    drill = Rehearsal()
    drill.say("alice", talk.AskApproval(action="fail-over"), at=10)
    drill.settle()

    assert drill.refused("ana", room.Skip()) == "unread"
