"""Stories about leave: who is asked, who answers, and what a typed line may do without it."""

import pytest
from rehearsal import Rehearsal
from small_brief import SCENARIO, small_brief

from simulator.journal.commands import talk, work
from simulator.journal.events.paging import Paged
from simulator.journal.events.room import (
    ChairHandedBack,
    ChairTaken,
    Refused,
)
from simulator.journal.events.talk import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
)
from simulator.journal.events.work import ActionStarted, Found, LookEnded, WorkBegan

FULL = {"reason": "down", "risk": "four minutes", "way_back": "none"}


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


def test_a_find_shown_to_all_is_a_look_of_everybody():
    """Alice has not looked herself; what bob shows in the channel is enough to see by."""
    drill = Rehearsal()
    drill.say("bob", work.Look(look="panel"), at=10)
    drill.until(60)
    found = next(e.seq for e in drill.stage.entries if isinstance(e.what, Found))
    drill.say("bob", talk.PostFind(found=found), at=60)
    drill.say("alice", work.Mitigate(action="fail-over", anyway=True), at=70)
    drill.until(200)

    assert [one.blind for one in drill.happened(ActionStarted)] == [False]


def test_whoever_has_no_role_left_is_asked_without_being_woken():
    """Alice gave on-call away before she came: bob's request waits where she may read it."""
    drill = Rehearsal()
    drill.say("alice", talk.HandOver(role="on_call", person="bob"), at=10)
    drill.until(400)
    drill.say("bob", talk.AskApproval(action="fail-over", of="alice", **FULL), at=400)
    drill.settle()

    assert [one.of for one in drill.happened(ApprovalAsked)] == ["alice"]
    assert drill.happened(Paged) == []
