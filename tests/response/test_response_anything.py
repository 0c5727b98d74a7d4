"""Whatever people say: nothing breaks, and the same words make the same story."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import Rehearsal

from simulator.journal.commands import incident, paging, room, talk, work
from simulator.journal.commands.base import Command
from simulator.journal.events.room import DrillEnded
from simulator.journal.events.work import WorkBegan, WorkCancelled, WorkEnded
from simulator.journal.events.world import DebtOpened

ORDERS: tuple[Command, ...] = (
    paging.Acknowledge(page="p1"), paging.Acknowledge(page="p2"),
    paging.Acknowledge(page="db-warm"), paging.Dismiss(page="p1", reason="a test"),
    paging.Page(role="manager"),
    paging.Page(role="bob"), paging.Notify(role="executive"), incident.Declare(level="CRITICAL"),
    incident.Declare(level="LOW"), incident.ConfirmLevel(), incident.Regrade(level="LOW"),
    incident.Regrade(level="CRITICAL"), incident.MergePage(page="p1"),
    incident.OpenChannel(kind="channel"), incident.OpenChannel(kind="bridge"),
    incident.Assign(role="commander", person="ana"), incident.SetStatus(status="monitoring"),
    incident.SetStatus(status="investigating"), incident.Resolve(), incident.Close(),
    incident.Deviate(duty="report", because="no"), incident.SubmitReport(),
    incident.BookMeeting(after_s=60), incident.HoldMeeting(), incident.AddAction(text="x"),
    work.Look(look="panel"), work.Look(look="pods"), work.Look(look="logs"),
    work.Follow(look="panel"), work.Unfollow(look="panel"),
    work.Hypothesise(cause="pool-full", confidence=50), work.Mitigate(action="restart-api"),
    work.Mitigate(action="fail-over", anyway=True), work.Mitigate(action="stop-queue"),
    work.Mitigate(action="scale-api"), work.RunStep(runbook="dry-pool", step=2),
    work.CancelWork(), work.Type(line="kubectl -n shop get pods"), work.Type(line="vim x"),
    work.Type(line="kubectl -n shop describe node n1"), work.OwnDebt(debt="d", owner="bob"),
    talk.Say(text="hm"), talk.AskColleague(person="ana", text="which limit"),
    talk.AskColleague(person="alice", text="how is it going there"),
    talk.AskApproval(action="fail-over"), talk.GiveApproval(request="r1"),
    talk.RefuseApproval(request="r2", words="why?"),
    talk.Delegate(person="bob", what="look", order={"look": "panel"}),
    talk.HandOver(role="on_call", person="bob"), talk.HandOver(role="on_call", person="alice"),
    talk.TakeOver(role="manager"), talk.Release(person="bob"),
    talk.SendMessage(template="update", fields={"status": "resolved", "impact": "90 %"}),
    talk.SendMessage(template="notice"), talk.Note(text="n"), talk.PostFind(found=20),
    room.Skip(), room.IAmStuck(), room.StepOut(), room.AcceptContract(version=1),
    room.AcceptContract(version=2),
)  # fmt: skip
SAID = st.tuples(
    st.sampled_from(("alice", "bob", "ana")), st.sampled_from(ORDERS), st.integers(0, 120)
)


def played(said) -> Rehearsal:
    """A drill in which all of this was said, each so many seconds after the last."""
    drill = Rehearsal(bots={"ana": "expert"})
    drill.fires(at=30)
    drill.stage.emit(DebtOpened(debt="d", says="scale back", undo="", action="scale-api"))
    drill.fires("db-warm", at=40)
    for by, order, after in said:
        if drill.happened(DrillEnded):
            break
        drill.say(by, order, at=drill.stage.now + after)
    drill.until(drill.stage.now + 900)
    return drill


@settings(max_examples=100, deadline=None)
@given(st.lists(SAID, max_size=40))
def test_the_same_words_make_the_same_story(said):
    """Two plays of the same orders are entry for entry alike."""
    assert played(said).stage.entries == played(said).stage.entries


@settings(max_examples=100, deadline=None)
@given(st.lists(SAID, max_size=40))
def test_all_work_ends_and_nobody_does_two_things_at_once(said):
    """Every piece of work that frees nobody is over before the same person begins another."""
    hands: dict[str, str] = {}
    doubled = []
    for entry in played(said).stage.entries:
        match entry.what:
            case WorkBegan(by=by, work=name, frees_person=False):
                doubled += [name] if by in hands else []
                hands[by] = name
            case WorkEnded(by=by, work=name) | WorkCancelled(by=by, work=name):
                if hands.get(by) == name:
                    del hands[by]

    assert doubled == []
