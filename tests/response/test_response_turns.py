"""Stories about the turns a response seldom takes: each order still has its one answer."""

import pytest
from rehearsal import Rehearsal
from small_brief import PLAN, SCENARIO, small_brief

from simulator.journal.commands import incident, paging, room, talk, work
from simulator.journal.events.incident import (
    DebtOwned,
    IncidentClosed,
    IncidentResolved,
    LevelConfirmed,
    RoleAssigned,
)
from simulator.journal.events.paging import Joined, PageAcknowledged, Paged
from simulator.journal.events.room import (
    DrillEnded,
    HintGiven,
)
from simulator.journal.events.talk import (
    Noted,
    TaskDone,
)
from simulator.journal.events.work import ActionStarted, Found, WorkBegan
from simulator.journal.events.world import (
    DebtOpened,
    DebtSettled,
    FaultBegan,
    ImpactBegan,
    SignalsChanged,
    StateSet,
)
from simulator.response.orders import hears


def at_work(**terms):
    """Alice has taken the page and declared."""
    drill = Rehearsal(**terms)
    drill.fires(at=60)
    drill.say("alice", paging.Acknowledge(page="p1"), at=90)
    drill.say("alice", incident.Declare(level="CRITICAL"), at=120)
    return drill


def closed():
    """Called over and closed at T+05:00."""
    drill = at_work()
    drill.say("alice", incident.SetStatus(status="monitoring"), at=200)
    drill.say("alice", incident.Resolve(), at=250)
    drill.say("alice", incident.Close(), at=300)
    return drill


def test_a_level_is_confirmed_once():
    """It stands from then on."""
    drill = at_work()
    drill.say("ana", incident.ConfirmLevel(), at=200)

    assert [one.by for one in drill.happened(LevelConfirmed)] == ["ana"]
    assert drill.refused("ana", incident.ConfirmLevel()) == "lifecycle"


def test_a_page_that_is_over_is_not_taken_and_a_quiet_alert_neither():
    """Whoever comes too late is told so."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.clears(at=80)

    assert drill.refused("alice", paging.Acknowledge(page="p1")) == "lifecycle"
    assert drill.refused("alice", paging.Acknowledge(page="api-errors")) == "lifecycle"


def test_a_second_alert_of_somebody_here_joins_them_no_second_time():
    """Alice is on call already when she takes the next page."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", paging.Acknowledge(page="p1"), at=70)
    drill.clears(at=80)
    drill.fires("web-errors", at=90)
    drill.say("alice", paging.Acknowledge(page="p2"), at=100)

    assert [one.page for one in drill.happened(PageAcknowledged)] == ["p1", "p2"]
    assert [one.person for one in drill.happened(Joined)] == ["alice"]


def test_an_alert_of_another_matter_has_a_page_of_its_own():
    """What the author calls unrelated joins no open page, and nobody is reminded of it alone."""
    apart = SCENARIO.replace("summary: Pages fail}", "summary: Pages fail, unrelated: yes}")
    drill = Rehearsal(small_brief(scenario=apart))
    drill.fires("web-errors", at=60)
    drill.fires("api-errors", at=70)
    alone = Rehearsal(small_brief(scenario=apart))
    alone.fires("web-errors", at=60)
    alone.say("alice", paging.Acknowledge(page="p1"), at=70)
    alone.until(100)
    alone.stage.emit(ImpactBegan())
    alone.until(900)

    assert {one.page: one.alert for one in drill.happened(Paged)} == {
        "p1": "web-errors", "p2": "api-errors",
    }  # fmt: skip
    assert "fired" not in alone.stage.situation.marks


def test_a_further_forewarning_that_went_quiet_reminds_nobody():
    """Its page is over by the time impact is five minutes old."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", paging.Acknowledge(page="p1"), at=70)
    drill.until(100)
    drill.stage.emit(ImpactBegan())
    drill.clears(at=200)
    drill.until(900)

    assert len(drill.happened(Paged)) == 1


@pytest.mark.parametrize(
    ("by", "order", "code"),
    [
        ("facilitator", room.InjectFault(fault="dry"), "lifecycle"),
        ("alice", work.Follow(look="panel"), "lifecycle"),
        ("alice", work.Follow(look="quiet"), "busy"),
        ("alice", work.OwnDebt(debt="d9", owner="bob", due_in_s=60), "unknown"),
    ],
)
def test_what_is_so_already_is_not_made_so_again(by, order, code):
    """A fault that is active, a view that is open, a third view."""
    drill = at_work()
    drill.stage.emit(FaultBegan(fault="dry", strength=1_000_000))
    for second, look in ((200, "panel"), (300, "pods"), (400, "quiet")):
        drill.say("alice", work.Look(look=look), at=second)
    drill.until(500)
    for look in ("panel", "pods"):
        drill.say("alice", work.Follow(look=look))

    assert drill.refused(by, order) == code


def test_a_followed_view_that_changes_nothing_falls_silent():
    """It is shown while things move, and again once something moves."""
    drill = Rehearsal()
    drill.say("alice", work.Look(look="panel"), at=10)
    drill.say("alice", work.Follow(look="panel"), at=40)
    drill.until(2000)
    quiet = len(drill.happened(Found))
    drill.until(3000)
    still = len(drill.happened(Found))
    drill.stage.emit(SignalsChanged(services={}))
    drill.until(3100)

    assert 1 < quiet == still < len(drill.happened(Found))


@pytest.mark.parametrize(
    ("by", "order", "code"),
    [
        ("facilitator", room.InjectFault(fault="dry"), "lifecycle"),
        ("facilitator", room.FireInject(inject="call"), "lifecycle"),
        ("alice", work.Follow(look="panel"), "ended"),
    ],
)
def test_nothing_stirs_after_the_closing(by, order, code):
    """The world stands still: no fault, no voice, no view that changes."""
    voiced = SCENARIO.replace("runbooks:", "injects: {call: {says: hello}}\nrunbooks:")
    drill = at_work(brief=small_brief(scenario=voiced))
    drill.say("alice", work.Look(look="panel"), at=130)
    drill.say("alice", incident.SetStatus(status="monitoring"), at=200)
    drill.say("alice", incident.Resolve(), at=250)
    drill.say("alice", incident.Close(), at=300)
    drill.stage.frozen = True

    assert drill.refused(by, order) == code


def test_where_an_author_wrote_no_hint_there_is_none():
    """Whoever is stuck hears that there is nothing to hear."""
    bare = SCENARIO[: SCENARIO.index("teaching:")]

    assert Rehearsal(small_brief(scenario=bare)).refused("alice", room.IAmStuck()) == "needs"


def test_what_ended_is_not_ended_by_its_limit():
    """A drill has one end, with one reason."""
    drill = Rehearsal()
    drill.say("alice", incident.StandDown(reason="a test"), at=60)
    drill.until(24 * 3600)

    assert [one.reason for one in drill.happened(DrillEnded)] == ["stood_down"]


def test_whoever_is_at_it_is_waited_for():
    """Actions are owed: a review under way holds the drill open, half an hour after the report."""
    idle, busy = closed(), closed()
    for drill in (idle, busy):
        drill.say("alice", incident.SubmitReport(fields={"cause": "a full pool"}), at=400)
    busy.say("bob", incident.HoldMeeting(), at=1900)
    for drill in (idle, busy):
        drill.until(20_000)
    (first,), (later,) = (
        [e.at for e in drill.stage.entries if isinstance(e.what, DrillEnded)]
        for drill in (idle, busy)
    )

    assert later - first == (30 - 5) * 60


def test_what_is_left_behind_has_one_owner_until_it_is_settled():
    """A debt wants a name, and nothing more once it is put right."""
    drill = Rehearsal()
    drill.stage.emit(DebtOpened(debt="d1", says="Alone.", undo="", action="fail-over"))
    nameless = drill.refused("alice", work.OwnDebt(debt="d1", owner=" ", due_in_s=60))
    drill.say("alice", work.OwnDebt(debt="d1", owner="bob", due_in_s=-60))
    drill.stage.emit(DebtSettled(debt="d1"))
    late = drill.refused("alice", work.OwnDebt(debt="d1", owner="bob", due_in_s=60))

    assert (nameless, late) == ("needs", "lifecycle")
    assert [(one.owner, one.due_in_s) for one in drill.happened(DebtOwned)] == [("bob", 0)]


@pytest.mark.parametrize(
    ("plan", "left"),
    [
        (PLAN.replace("watch_is: before_resolved", "watch_is: after_resolved"), (0, 600 - 60)),
        (PLAN.replace("[mitigating, monitoring]", "[monitoring, resolved]"), (600, 600)),
    ],
)  # fmt: skip
def test_a_watch_that_never_began_is_owed_whole(plan, left):
    """One plan watches after the end, the other was called over straight from investigating."""
    drill = at_work(brief=small_brief(plan=plan))
    if "after_resolved" in plan:
        drill.say("alice", incident.SetStatus(status="monitoring"), at=150)
    drill.say("alice", incident.Resolve(), at=200)
    drill.say("alice", incident.Close(), at=260)
    (over,), (shut,) = drill.happened(IncidentResolved), drill.happened(IncidentClosed)

    assert (over.watch_left_s, shut.watch_left_s) == left


def test_whoever_came_by_another_way_only_takes_the_call():
    """Bob is here by the time he answers: nothing is declared, nobody briefs him."""
    drill = Rehearsal()
    drill.say("alice", paging.Page(role="backup", text="come"), at=10)
    drill.comes("bob")
    drill.say("bob", paging.Acknowledge(page="p1"), at=60)
    drill.until(600)

    assert [one.briefed_s for one in drill.happened(Joined)] == [0, 0]
    assert drill.happened(WorkBegan) == []


def test_what_a_listener_causes_is_heard_too():
    """A note that leads to a note that leads to a third: each is heard, once."""
    drill, heard = Rehearsal(), []

    def repeats(entry):
        heard.append(entry.what.text)
        if len(heard) < 3:
            drill.stage.emit(Noted(by="bob", text=f"{entry.what.text}!", decision=False))

    drill.stage.play(hears(drill.stage, (Noted,), repeats))
    drill.settle()
    drill.say("bob", talk.Note(text="well"))
    drill.settle()

    assert heard == ["well", "well!", "well!!"]


def test_a_task_done_twice_is_done_once():
    """Bob waits for the pool in two windows; the first that is over answers alice."""
    waiting = SCENARIO.replace(
        "  stop-queue:",
        "  drain: {title: Drain the pool, kind: config, takes: 10s, until: pool == dry,"
        " holds_terminal: yes}\n  stop-queue:",
    )
    drill = Rehearsal(small_brief(scenario=waiting))
    drill.comes("bob")
    drill.say("bob", work.Look(look="pods"), at=10)
    drill.say("alice", talk.Delegate(person="bob", what="mitigate", order={"action": "drain"}))
    for second in (100, 110):
        drill.say("bob", work.Mitigate(action="drain", anyway=True), at=second)
    works = [one.work for one in drill.happened(WorkBegan) if one.kind == "action"]
    for name in works:
        drill.stage.emit(StateSet(name=f"{name}.come", value="yes"))
    drill.until(300)

    assert len(works) == 2
    assert [one.by for one in drill.happened(TaskDone)] == ["bob"]


def test_somebody_at_a_panel_is_in_nobodys_way():
    """Bob looks while alice restarts."""
    drill = Rehearsal()
    drill.say("alice", work.Look(look="pods"), at=10)
    drill.say("bob", work.Look(look="panel"), at=100)
    drill.say("alice", work.Mitigate(action="restart-api"), at=105)

    assert [one.by for one in drill.happened(ActionStarted)] == ["alice"]


def test_a_plan_that_names_nobody_to_ask_says_so():
    """What is outside it may still be done, and is recorded."""
    strict = PLAN.replace("    otherwise: [manager]\n", "").replace(
        "      config: {inside: anywhere}\n", ""
    )
    drill = Rehearsal(small_brief(plan=strict))
    (answer,) = drill.say("alice", work.Mitigate(action="empty-pool"), at=10)

    assert "names nobody to ask" in answer.what.reason


def test_a_role_waits_for_nobody_who_has_gone():
    """Called twice, bob was to take the backup's role on arrival; he steps out instead."""
    drill = Rehearsal()
    for second in (10, 20):
        drill.say("alice", paging.Page(role="backup", text="come"), at=second)
    drill.say("bob", room.StepOut(), at=30)
    drill.until(900)

    assert drill.happened(Joined) == []
    assert drill.happened(RoleAssigned) == []


def test_a_hint_for_what_is_true_now_comes_first():
    """While the pool is full the author wants that to be seen."""
    now = SCENARIO.replace(
        "  hints:\n",
        "  hints:\n  - {stage: diagnosis, while: pool == full, steps: [See the pool]}\n",
    )
    drill = Rehearsal(small_brief(scenario=now))
    drill.say("alice", room.IAmStuck(), at=10)
    drill.stage.emit(StateSet(name="pool", value="empty"))
    drill.say("alice", room.IAmStuck(), at=20)

    assert [one.text for one in drill.happened(HintGiven)] == ["See the pool", "Who is hurt?"]
