"""Stories about steering an incident: declared, graded, moved along, called over, written up."""

from rehearsal import Rehearsal
from small_brief import SCENARIO, small_brief

from simulator.journal.commands.incident import (
    AddAction,
    Assign,
    BookMeeting,
    Close,
    ConfirmLevel,
    Declare,
    Deviate,
    HoldMeeting,
    MergePage,
    OpenChannel,
    Regrade,
    Resolve,
    SetStatus,
    StandDown,
    SubmitReport,
)
from simulator.journal.commands.paging import Acknowledge, Dismiss
from simulator.journal.commands.room import FireInject, InjectFault, RealEmergency, Skip, Waive
from simulator.journal.commands.talk import HandOver
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.events.incident import (
    ChannelOpened,
    IncidentClosed,
    IncidentDeclared,
    IncidentResolved,
    LevelConfirmed,
    MeetingBooked,
    MeetingHeld,
    PageMerged,
    ReportSubmitted,
    RoleAssigned,
)
from simulator.journal.events.paging import Paged
from simulator.journal.events.room import DrillEnded
from simulator.journal.events.world import FaultCured, FaultInjected


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


def test_an_incident_is_named_as_the_plan_names_it():
    """The id is the plan's pattern on the drill's own date; the page taken belongs to it."""
    drill = declared()

    assert (drill.happened(IncidentDeclared)[0].incident, drill.happened(PageMerged)[0].page) == (
        "INC-2026-03-13-001",
        "p1",
    )


def test_an_on_call_opens_the_top_level_provisionally():
    """The manager's word makes it stand."""
    drill = declared()
    before = drill.happened(IncidentDeclared)[0].provisional
    drill.say("ana", ConfirmLevel())

    assert (before, len(drill.happened(LevelConfirmed))) == (True, 1)


def test_only_whom_the_plan_trusts_confirms_a_level():
    """Bob's word does not."""
    drill = declared()

    assert drill.refused("bob", ConfirmLevel()) == "authority"


def test_a_manager_declares_for_good():
    """Whoever could confirm it needs no confirmation."""
    drill = Rehearsal()
    drill.say("ana", Declare(level="CRITICAL"))

    assert drill.happened(IncidentDeclared)[0].provisional is False


def test_a_second_declaration_is_refused():
    """One incident a drill; its level is changed by regrading."""
    drill = declared()

    assert drill.refused("bob", Declare(level="LOW")) == "lifecycle"


def test_a_level_the_plan_lacks_is_refused():
    """SEV1 is another house's word."""
    drill = Rehearsal()

    assert drill.refused("alice", Declare(level="SEV1")) == "unknown"


def test_regrading_to_the_same_level_is_refused():
    """Nothing would change."""
    drill = declared()

    assert drill.refused("alice", Regrade(level="CRITICAL")) == "lifecycle"


def test_an_illegal_status_is_refused_and_nothing_changed():
    """From investigating the plan does not go to resolved."""
    drill = declared()

    assert drill.refused("alice", Resolve()) == "lifecycle"


def test_a_channel_is_named_by_the_plan():
    """The number is the day's first."""
    drill = declared()
    drill.say("alice", OpenChannel(kind="channel"))
    drill.say("alice", OpenChannel(kind="bridge"))

    assert [opened.name for opened in drill.happened(ChannelOpened)] == [
        "#incident-20260313-001",
        "The huddle",
    ]


def test_a_private_path_opens_the_security_channel():
    """Once a breach is known the open channel is not for it."""
    drill = declared()
    drill.facts = {"breach": "confirmed"}
    drill.say("alice", Look(look="quiet"))
    drill.until(200)
    drill.say("alice", OpenChannel(kind="channel"))

    assert drill.happened(ChannelOpened)[0].name == "#security-INC-2026-03-13-001"


def test_a_channel_opens_once():
    """The second one would split the talk."""
    drill = declared()
    drill.say("alice", OpenChannel(kind="channel"))

    assert drill.refused("bob", OpenChannel(kind="channel")) == "lifecycle"


def test_whoever_is_given_a_role_from_afar_is_called():
    """Ana is not here yet: assigning pages her."""
    drill = declared()
    drill.say("alice", Assign(role="commander", person="ana"))

    assert (drill.happened(RoleAssigned)[0].person, drill.happened(Paged)[-1].why) == (
        "ana",
        "called",
    )


def test_resolving_early_is_possible_and_recorded():
    """No gate looked at, seven minutes of the watch left: both stand beside the word."""
    drill = declared()
    drill.say("alice", SetStatus(status="monitoring"), at=300)
    drill.say("alice", Resolve(), at=480)
    (said,) = drill.happened(IncidentResolved)

    assert (said.gates_open, said.watch_left_s) == (("errors",), 420)


def test_a_gate_is_passed_by_a_look_after_the_cure():
    """Seen healthy and watched to the end: nothing is open."""
    drill = declared()
    drill.until(200)
    drill.stage.emit(FaultCured(fault="dry"))
    drill.facts = {"errors": 0}
    drill.say("alice", Look(look="panel"))
    drill.say("alice", SetStatus(status="monitoring"), at=300)
    drill.say("alice", Resolve(), at=900)
    (said,) = drill.happened(IncidentResolved)

    assert (said.gates_open, said.watch_left_s) == ((), 0)


def test_a_status_resolved_is_the_same_as_resolving():
    """Two ways to say it, one event."""
    drill = declared()
    drill.say("alice", SetStatus(status="monitoring"))
    drill.say("alice", SetStatus(status="resolved"))

    assert len(drill.happened(IncidentResolved)) == 1


def test_closing_before_resolving_is_refused():
    """First it is over, then it is closed."""
    drill = declared()

    assert drill.refused("alice", Close()) == "lifecycle"


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


def test_actions_left_out_hold_the_ending_up_for_half_an_hour():
    """After the report there is time for the rest, but not for ever."""
    drill = closed()
    drill.say("alice", SubmitReport(), at=400)
    drill.until(400 + 900)
    early = ended(drill)
    drill.until(400 + 1800 + 1801)

    assert (early, len(ended(drill))) == ([], 1)


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


def test_a_departure_needs_a_duty_and_a_reason():
    """Neither an unknown duty nor a silent one is a deviation."""
    drill = declared()

    assert (
        drill.refused("alice", Deviate(duty="sleep", because="tired")),
        drill.refused("alice", Deviate(duty="report", because=" ")),
    ) == ("unknown", "needs")


def test_skipping_waits_for_what_is_unread():
    """Alice may not sleep through her own page."""
    drill = Rehearsal()
    drill.fires(at=60)

    assert drill.refused("alice", Skip()) == "unread"


def test_a_facilitator_breaks_only_what_there_is():
    """The world hears of a real fault; an invented one is refused."""
    drill = Rehearsal()
    drill.say("facilitator", InjectFault(fault="dry"))

    assert (
        drill.happened(FaultInjected)[0].fault,
        drill.refused("facilitator", InjectFault(fault="fire")),
        drill.refused("facilitator", FireInject(inject="fire")),
    ) == ("dry", "unknown", "unknown")


def test_a_page_is_merged_once():
    """The second time nothing would change."""
    drill = declared()

    assert drill.refused("bob", MergePage(page="p1")) == "lifecycle"


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
