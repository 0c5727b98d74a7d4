"""Stories about pages: who is woken, who takes it, what silence does."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.journal.commands.incident import Declare
from simulator.journal.commands.paging import Acknowledge, Dismiss, Notify, Page
from simulator.journal.commands.room import StepOut
from simulator.journal.events.paging import (
    Joined,
    Notified,
    PageAcknowledged,
    Paged,
    PageDismissed,
    PageJoined,
    PageResolved,
)
from simulator.journal.events.world import ImpactBegan

PAGED = "{e.to} is paged: {e.why}"


def test_a_missed_page_climbs_the_ladder():
    """Two silent minutes page the backup, five the manager."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.until(900)

    assert drill.lines(Paged, PAGED) == [
        "T+01:00 alice is paged: alert",
        "T+03:00 bob is paged: no_ack",
        "T+06:00 ana is paged: no_ack",
    ]


def test_at_the_limit_the_acknowledgement_comes_first():
    """Taken in the very second the backup would be woken, nobody else is."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=180)
    drill.until(900)

    assert drill.lines(Paged, PAGED) == ["T+01:00 alice is paged: alert"]


def test_whoever_takes_an_alerts_page_is_here_at_once():
    """The on-call needs no briefing to join what woke them."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)

    assert drill.lines(Joined, "{e.person} joined as {e.role}") == [
        "T+01:30 alice joined as on_call"
    ]


def test_a_page_of_somebody_else_is_not_taken():
    """Bob was not paged, so there is nothing for him to take."""
    drill = Rehearsal()
    drill.fires(at=60)

    assert drill.refused("bob", Acknowledge(page="p1")) == "not_yours"


def test_a_page_nobody_knows_is_refused_with_the_nearest():
    """A wrong number changes nothing."""
    drill = Rehearsal()

    assert drill.refused("alice", Acknowledge(page="p9")) == "unknown"


def test_a_further_alert_joins_the_open_page():
    """Web's alert of the same matter wakes nobody a second time."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.fires("web-errors", at=90)

    assert [joined.alert for joined in drill.happened(PageJoined)] == ["web-errors"]


def test_a_page_before_impact_is_a_forewarning():
    """What fires after impact pages anew, so that T0 is a page of the incident."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.until(100)
    drill.stage.emit(ImpactBegan())
    drill.fires("web-errors", at=120)

    assert drill.stage.situation.marks["fired"] == 120


def test_a_ticket_level_alert_wakes_nobody():
    """A LOW alert stands in the channel and becomes a page only when somebody takes it."""
    drill = Rehearsal()
    drill.fires("db-warm", at=60)
    before = len(drill.happened(Paged))
    drill.say("alice", Acknowledge(page="db-warm"), at=100)

    assert (before, drill.stage.situation.marks["fired"]) == (0, 100)


def test_a_page_ends_when_its_alerts_are_quiet():
    """With both alerts cleared the page resolves, and its ladder stops."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.fires("web-errors", at=70)
    drill.clears(at=80)
    still = drill.happened(PageResolved)
    drill.clears("web-errors", at=90)
    drill.until(600)

    assert (still, drill.lines(PageResolved, "{e.page}"), len(drill.happened(Paged))) == (
        [],
        ["T+01:30 p1"],
        1,
    )


def test_a_dismissed_page_climbs_no_further():
    """A false alarm said in time wakes no backup."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Dismiss(page="p1", reason="a test"), at=90)
    drill.until(600)

    assert (len(drill.happened(Paged)), len(drill.happened(PageDismissed))) == (1, 1)


def test_a_ladder_that_loops_begins_again():
    """Where the plan says so, the on-call is woken a second time."""
    drill = Rehearsal(
        small_brief(plan=PLAN.replace("  unresolved:", "  loops: yes\n  unresolved:"))
    )
    drill.fires(at=60)
    drill.until(60 + 7 * 60 + 1)

    assert drill.lines(Paged, "{e.to}")[-1] == "T+08:00 alice"


def test_nobody_is_paged_twice_in_a_row():
    """Alice holds two rungs: the second is passed at once and the manager woken in its place."""
    from small_brief import ROSTER

    roster = ROSTER.replace("[on_call]", "[on_call, backup]").replace(
        "roles: [backup]", "roles: []"
    )
    drill = Rehearsal(small_brief(roster=roster))
    drill.fires(at=60)
    drill.until(900)

    assert drill.lines(Paged, PAGED) == [
        "T+01:00 alice is paged: alert",
        "T+03:00 ana is paged: no_ack",
    ]


def test_who_has_stepped_out_is_passed():
    """An empty chair is no rung."""
    drill = Rehearsal()
    drill.say("alice", StepOut(), at=10)
    drill.fires(at=60)

    assert drill.lines(Paged, PAGED) == ["T+01:00 bob is paged: alert"]


def test_what_lasts_too_long_calls_the_manager_by_itself():
    """Acknowledged or not, at 15 minutes from T0."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.until(1200)

    assert drill.lines(Paged, PAGED)[-1] == "T+16:00 ana is paged: unresolved"


def test_lost_data_calls_its_people_once_somebody_sees_it():
    """A special path opens on what responders know, not on the truth."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.until(100)
    drill.sees(data="lost")
    drill.settle()

    assert drill.lines(Paged, PAGED)[-1] == "T+01:40 ana is paged: special"


def test_a_called_person_answers_is_briefed_and_joins():
    """Acknowledging is not yet being here: the briefing takes a minute or two."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=90)
    drill.say("alice", Declare(level="CRITICAL"))
    drill.say("alice", Page(role="manager", text="we need you"))
    drill.say("ana", Acknowledge(page="p2"), at=120)
    drill.until(400)

    (_, ana) = drill.happened(Joined)
    holder = drill.stage.situation.incident.roles["manager"]

    assert (ana.person, ana.role, 60 <= ana.briefed_s <= 120, holder) == (
        "ana",
        "manager",
        True,
        "ana",
    )


def test_paging_oneself_is_a_notice_to_oneself():
    """Whoever holds both roles knows already."""
    drill = Rehearsal()
    drill.say("ana", Page(role="director"), at=10)

    assert [(n.role, n.person) for n in drill.happened(Notified)] == [("director", "ana")]


def test_a_notice_reaches_the_holder():
    """Notify tells and asks for nothing."""
    drill = Rehearsal()
    drill.say("alice", Notify(role="manager", text="it is on"), at=10)

    assert drill.happened(Notified)[0].person == "ana"


def test_a_report_taken_by_hand_is_t0():
    """Declaring without any page makes the second of the declaration T0."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL", title="a customer rang"), at=40)

    assert (
        drill.stage.situation.marks["fired"],
        len(drill.happened(PageAcknowledged)),
    ) == (40, 1)


def test_a_ladder_that_loops_is_climbed_until_somebody_takes_it():
    """Fifty minutes on the on-call is woken an eighth time; ten rounds are enough for anybody."""
    drill = Rehearsal(
        small_brief(plan=PLAN.replace("  unresolved:", "  loops: yes\n  unresolved:"))
    )
    drill.fires(at=60)
    drill.until(9000)

    assert [page.to for page in drill.happened(Paged)] == 10 * ["alice", "bob", "ana"]


def test_an_open_forewarning_is_paged_anew_after_impact():
    """No further alert follows: the group's reminder, five minutes on, is T0."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=70)
    drill.until(100)
    drill.stage.emit(ImpactBegan())
    drill.until(500)

    assert drill.stage.situation.marks["fired"] == 400


def test_declaring_moves_the_ladder_to_the_declared_level():
    """Declared LOW by a bystander: no rung of that level is left to climb."""
    drill = Rehearsal()
    drill.fires(at=60)
    drill.say("bob", Declare(level="LOW"), at=100)
    drill.until(800)

    assert drill.lines(Paged, PAGED) == ["T+01:00 alice is paged: alert"]
