"""Stories about steering an incident: declared, graded, moved along, called over, written up."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.journal.commands.incident import (
    Assign,
    Close,
    ConfirmLevel,
    Declare,
    Deviate,
    MergePage,
    OpenChannel,
    Regrade,
    Resolve,
    SetStatus,
)
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.room import FireInject, InjectFault, Skip
from simulator.journal.commands.talk import SendMessage
from simulator.journal.commands.work import Look
from simulator.journal.events.incident import (
    ChannelOpened,
    IncidentDeclared,
    IncidentResolved,
    LevelConfirmed,
    PageMerged,
    RoleAssigned,
)
from simulator.journal.events.paging import Paged
from simulator.journal.events.world import FaultCured, FaultInjected


def declared(**terms) -> Rehearsal:
    """A drill in which Alice has taken the page and declared."""
    drill = Rehearsal(**terms)
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Declare(level="CRITICAL", title="The shop is down"), at=120)
    return drill


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


def test_another_private_path_has_a_channel_of_its_own():
    """Lost data are no breach: the plan names their channel otherwise."""
    own = PLAN.replace(
        "page: [manager]}", 'page: [manager], channel: private, channel_name: "#data-${id}"}'
    )
    drill = Rehearsal(small_brief(plan=own))
    drill.fires(at=60)
    drill.say("alice", Declare(level="CRITICAL"), at=90)
    drill.facts = {"data": "lost"}
    drill.say("alice", Look(look="quiet"))
    drill.until(200)
    drill.say("alice", OpenChannel(kind="channel"))

    assert drill.happened(ChannelOpened)[0].name == "#data-INC-2026-03-13-001"


def test_a_message_about_an_incident_needs_one():
    """Nobody is told that it is over before it was said to have begun."""
    over = "  over: {use: resolution, via: Chat, audience: internal}"
    drill = Rehearsal(small_brief(plan=PLAN.replace("  notice:", f"{over}\n  notice:")))

    assert drill.refused("alice", SendMessage(template="over")) == "lifecycle"


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
