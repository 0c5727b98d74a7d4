"""Stories about how a drill ends: called over, written up, stood down, or simply long."""

from rehearsal import Rehearsal
from small_brief import SCENARIO, small_brief

from simulator.journal.commands.incident import (
    AddAction,
    BookMeeting,
    Close,
    Declare,
    HoldMeeting,
    Resolve,
    SetStatus,
    StandDown,
    SubmitReport,
)
from simulator.journal.commands.paging import Acknowledge, Dismiss
from simulator.journal.commands.room import RealEmergency, Waive
from simulator.journal.commands.talk import HandOver
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.events.incident import (
    IncidentClosed,
    MeetingBooked,
    MeetingHeld,
    ReportSubmitted,
)
from simulator.journal.events.room import DrillEnded


def declared(**terms) -> Rehearsal:
    """A drill in which Alice has taken the page and declared."""
    drill = Rehearsal(**terms)
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Declare(level="CRITICAL", title="The shop is down"), at=120)
    return drill


def ended(drill: Rehearsal) -> list[str]:
    """When and why it ended."""
    return drill.lines(DrillEnded, "{e.reason}")


def closed() -> Rehearsal:
    """A drill that was called over and closed at T+05:00."""
    drill = declared()
    drill.say("alice", SetStatus(status="monitoring"), at=200)
    drill.say("alice", Resolve(), at=250)
    drill.say("alice", Close(), at=300)
    return drill


def test_the_drill_ends_with_report_and_actions():
    """Closed, written up, mended: then it is over, not before."""
    drill = closed()
    drill.say("alice", SubmitReport(fields={"cause": "pool-full"}), at=400)
    drill.say("alice", AddAction(text="raise the limit", owner="bob", due_in_s=86_400))
    drill.until(400 + 1801)
    (report,) = drill.happened(ReportSubmitted)

    assert (report.by, len(ended(drill)), ended(drill)[0].split()[-1]) == ("alice", 1, "closed")


def test_actions_nobody_writes_down_end_it_soon_after_the_report():
    """Five minutes are left for the rest; nobody is at it, so nothing more is waited for."""
    drill = closed()
    drill.say("alice", SubmitReport(), at=400)
    drill.until(400 + 2 * 1800)
    (handed_in,) = [e.at for e in drill.stage.entries if isinstance(e.what, ReportSubmitted)]
    (over,) = [e.at for e in drill.stage.entries if isinstance(e.what, DrillEnded)]

    assert over - handed_in == 300


def test_a_review_that_was_booked_is_waited_for_half_an_hour():
    """Somebody means to hold it; but not for ever."""
    drill = closed()
    drill.say("alice", BookMeeting(after_s=3600), at=390)
    drill.say("alice", SubmitReport(), at=400)
    drill.until(400 + 2 * 1800 + 1)
    (handed_in,) = [e.at for e in drill.stage.entries if isinstance(e.what, ReportSubmitted)]
    (over,) = [e.at for e in drill.stage.entries if isinstance(e.what, DrillEnded)]

    assert over - handed_in == 1800


def test_a_waived_report_is_not_waited_for():
    """The facilitator takes it out, and half an hour for the actions is all that is left."""
    drill = closed()
    drill.say("facilitator", Waive(duty="report", because="no time"), at=400)
    drill.say("facilitator", Waive(duty="actions", because="no time"), at=400)
    drill.settle()

    assert ended(drill) == ["T+06:40 closed"]


def test_a_report_nobody_writes_does_not_hold_the_drill_for_ever():
    """Twice its limit after closing it is over."""
    drill = closed()
    drill.until(300 + 2 * 86_400 + 2)

    assert len(ended(drill)) == 1


def test_the_meeting_takes_its_agenda():
    """Half an hour for everything."""
    drill = closed()
    drill.say("alice", BookMeeting(after_s=86_400), at=400)
    drill.say("alice", HoldMeeting(), at=500)
    drill.until(2400)

    assert (drill.happened(MeetingBooked)[0].at, drill.lines(MeetingHeld, "{e.by}")) == (
        86_800,
        ["T+38:20 alice"],
    )


def test_standing_down_ends_the_drill():
    """With its reason."""
    drill = Rehearsal()
    drill.say("alice", StandDown(reason="a test"), at=30)
    drill.settle()

    assert ended(drill) == ["T+00:30 stood_down"]


def test_ten_quiet_minutes_without_a_declaration_end_it():
    """The page was dismissed at two minutes and the alert cleared at three."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Dismiss(page="p1", reason="a test"), at=120)
    drill.clears(at=180)
    drill.until(1200)

    assert ended(drill) == ["T+13:00 nothing_declared"]


def test_an_alert_that_comes_back_breaks_the_quiet():
    """Ten minutes count from the last of them."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.clears(at=180)
    drill.fires(at=300)
    drill.until(1200)

    assert ended(drill) == []


def test_the_limit_ends_what_is_never_closed():
    """20 minutes expected, 10 of watch, an hour."""
    drill = declared()
    drill.until(5401)

    assert ended(drill) == ["T+1:30:00 limit"]


def test_a_real_emergency_stops_at_once():
    """Everything real comes first."""
    drill = declared()
    drill.say("bob", RealEmergency(), at=130)

    assert ended(drill) == ["T+02:10 real_emergency"]


def test_a_handover_drill_ends_with_the_handover():
    """An exercise without a fault is about the shift."""
    exercise = SCENARIO.replace("organisation: Shop\n", "organisation: Shop\nkind: exercise\n")
    drill = Rehearsal(small_brief(scenario=exercise))
    drill.say("alice", HandOver(role="on_call", person="bob", says="all is well"), at=30)
    drill.until(600)

    assert [line.split()[-1] for line in ended(drill)] == ["handed_over"]


def test_the_world_stands_still_once_it_is_closed():
    """The closing is one entry, with the watch that was left."""
    drill = closed()

    assert [said.watch_left_s for said in drill.happened(IncidentClosed)] == [500]


def test_after_the_closing_there_is_nothing_to_look_at():
    """The world stands still: a look is refused, and so is a change."""
    drill = closed()

    assert (
        drill.refused("alice", Look(look="panel")),
        drill.refused("alice", Mitigate(action="restart-api")),
    ) == ("ended", "ended")
