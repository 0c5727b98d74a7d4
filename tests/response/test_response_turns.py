"""Stories about the turns a response seldom takes: each order still has its one answer."""

import pytest
from rehearsal import Rehearsal
from small_brief import PLAN, SCENARIO, small_brief

from simulator.journal.commands import incident, paging, room, talk, work
from simulator.journal.events.incident import LevelConfirmed
from simulator.journal.events.paging import Joined, PageAcknowledged, Paged
from simulator.journal.events.room import (
    ChairHandedBack,
    ChairTaken,
    DrillEnded,
    Refused,
    SkipBegan,
    SkipEnded,
)
from simulator.journal.events.talk import ApprovalAsked, ApprovalGiven, ApprovalRefused, Voice
from simulator.journal.events.work import Found, LookEnded, WorkBegan
from simulator.journal.events.world import FaultBegan, ImpactBegan, SignalsChanged

FULL = {"reason": "down", "risk": "four minutes", "way_back": "none"}
BOTS = {"bob": "competent", "ana": "competent"}


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


def test_a_bot_takes_no_place_of_a_person_who_sits_down():
    """Ana's chair is taken: she decides freely; handed back, the scenario's Ana asks again."""
    drill = Rehearsal(bots={"ana": "expert"})
    drill.comes("ana")
    given, refused = [], []
    for second, seat in ((10, ChairTaken(person="ana")),
                         (50, ChairHandedBack(person="ana", policy="expert"))):  # fmt: skip
        drill.until(second)
        drill.stage.emit(seat)
        drill.stage.emit(ChairTaken(person="bob"))
        drill.say("alice", talk.AskApproval(action="fail-over", reason="down"))
        drill.settle()
        request = drill.happened(ApprovalAsked)[-1].request
        drill.say("ana", talk.GiveApproval(request=request), at=second + 20)
        given.append(len(drill.happened(ApprovalGiven)))
        refused.append(len(drill.happened(ApprovalRefused)))

    assert (given, refused) == ([1, 1], [0, 1])


def test_nobody_answers_a_request_from_afar():
    """Ana's page rings; she takes it and comes before she decides."""
    drill = Rehearsal()
    drill.say("alice", talk.AskApproval(action="fail-over", **FULL), at=10)
    drill.settle()

    assert drill.refused("ana", talk.GiveApproval(request="r1")) == "absent"
    assert drill.refused("ana", talk.RefuseApproval(request="r1", words="no")) == "absent"


AWAY = SCENARIO.replace("    role: manager\n", "    role: manager\n    absent: pool == full\n")


def test_a_described_approver_who_is_away_gives_no_leave():
    """The scenario's Ana is on a plane while the pool is full."""
    drill = Rehearsal(small_brief(scenario=AWAY), bots={"ana": "expert"})
    drill.comes("ana")
    drill.say("alice", talk.AskApproval(action="fail-over", **FULL), at=10)
    drill.settle()

    assert drill.refused("ana", talk.GiveApproval(request="r1")) == "absent"


@pytest.mark.parametrize(
    ("wants", "given", "words"),
    [
        ("", 1, []),
        ("    refuses_unless: {fail-over: errors > 99%}\n", 0,
         ["Not yet: show me first what it rests on."]),
        ("    absent: pool == full\n", 0, []),
    ],
)  # fmt: skip
def test_an_approver_in_no_chair_decides_as_the_author_wrote(wants, given, words):
    """Rui gives leave, wants to see more, or is away and lets the request lapse."""
    described = SCENARIO.replace("    absent: pool == locked\n", wants)
    drill = Rehearsal(small_brief(scenario=described))
    drill.say("alice", talk.AskApproval(action="fail-over", of="rui", **FULL), at=10)
    drill.until(300)

    assert len(drill.happened(ApprovalGiven)) == given
    assert [one.words for one in drill.happened(ApprovalRefused)] == words


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
    drill.say("alice", work.Look(look="panel"), at=10)
    drill.say("alice", room.Skip(), at=12)
    drill.say("alice", work.CancelWork(), at=15)
    drill.until(100)

    assert skip_of(drill) == [(15, "work", "w1", "alice")]


def test_a_skip_ends_for_whom_a_word_is_meant_and_for_nobody_else():
    """What bob tells ana, and what customers tell ana, wakes nobody; a word to alice does."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", room.Skip(), at=10)
    drill.say("bob", talk.Say(text="psst", to="ana"), at=20)
    drill.until(30)
    drill.stage.emit(Voice(sender="customers", text="Well?", to=("ana",)))
    drill.say("bob", talk.Say(text="look", to="alice"), at=40)
    drill.until(100)

    assert skip_of(drill) == [(40, "told", "said_to", "alice")]


def test_a_request_for_ones_leave_is_read_before_the_clock_runs():
    """Ana is here, and alice waits for her word."""
    drill = Rehearsal(bots={"alice": "expert", "bob": "expert"})
    drill.comes("ana")
    drill.say("alice", talk.AskApproval(action="fail-over", **FULL), at=10)
    drill.settle()

    assert drill.refused("ana", room.Skip()) == "unread"


def test_a_skip_the_drill_ends_in_has_no_end_of_its_own():
    """What stopped it is the end of everything."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", room.Skip(), at=10)
    drill.say("bob", incident.StandDown(reason="a test"), at=20)
    drill.until(100)

    assert len(drill.happened(SkipBegan)) == 1
    assert skip_of(drill) == []


def test_a_watch_that_was_over_before_stops_no_clock():
    """Whoever lets the clock run after it waits for something else."""
    drill = Rehearsal(bots=BOTS)
    drill.say("alice", incident.Declare(level="CRITICAL"), at=40)
    drill.say("alice", incident.SetStatus(status="monitoring"), at=50)
    drill.say("alice", room.Skip(), at=700)
    drill.say("bob", talk.Say(text="calm"), at=800)
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
    drill.say("alice", paging.Acknowledge(page="p1"), at=90)
    drill.say("alice", room.Skip(), at=60 + 7 * 60)
    drill.say("bob", talk.Say(text="calm"), at=520)
    drill.until(530)

    assert skip_of(drill) == [(520, "told", "said", "")]


def typed(line, *, anyway=False):
    """A drill in which alice, logged in, typed a line."""
    drill = Rehearsal()
    drill.say("alice", work.Look(look="pods"), at=10)
    drill.say("alice", work.Type(line=line, anyway=anyway), at=100)
    drill.until(200)
    return drill


@pytest.mark.parametrize(
    "line",
    ["promtool query instant http://prometheus:9090 up", "aws nimbus list-clouds", "logs error"],
)
def test_a_line_that_only_reads_is_carried_out(line):
    """Whatever the world will say to it: it is typed, takes its seconds and is answered."""
    assert typed(line).happened(LookEnded)[-1].line == line


@pytest.mark.parametrize(
    ("line", "anyway", "typed_lines"),
    [
        ("kubectl -n shop scale deployment/web --replicas=8", False, 1),
        ("kubectl -n shop rollout undo deployment/web", False, 0),
        ("kubectl -n shop rollout undo deployment/web", True, 1),
    ],
)
def test_a_line_that_changes_something_asks_the_plan(line, anyway, typed_lines):
    """What alice may do is done, what she may not only `anyway`."""
    drill = typed(line, anyway=anyway)

    assert sum(one.kind == "typed" for one in drill.happened(WorkBegan)) == typed_lines
    assert [one.code for one in drill.happened(Refused)] == ["authority"] * (1 - typed_lines)
