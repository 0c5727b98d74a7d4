"""Stories about talk: colleagues asked, leave given and refused, roles handed over."""

from rehearsal import Rehearsal
from small_brief import ROSTER, small_brief

from simulator.journal.commands.incident import Declare
from simulator.journal.commands.room import IAmStuck
from simulator.journal.commands.talk import (
    AskApproval,
    AskColleague,
    Delegate,
    GiveApproval,
    HandOver,
    RefuseApproval,
    Release,
    Say,
    TakeOver,
)
from simulator.journal.commands.work import Look
from simulator.journal.events.paging import Joined
from simulator.journal.events.room import HintGiven
from simulator.journal.events.talk import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalLapsed,
    ApprovalRefused,
    Delegated,
    HandedOver,
    QuestionAnswered,
    Released,
    Said,
    SaidTo,
)
from simulator.journal.events.world import StateSet

FULL = {"reason": "it is down", "risk": "writes of a second", "way_back": "none"}


def test_a_colleague_says_what_the_question_brings_up():
    """With the number of the state table in it, how sure, and the clue it holds."""
    drill = Rehearsal()
    drill.say("alice", AskColleague(person="ana", text="did any limit change lately?"), at=10)
    drill.until(300)
    (answer,) = drill.happened(QuestionAnswered)

    assert (answer.text, answer.sure, answer.clues, answer.wrong) == (
        "I raised the limit; the pool is full.",
        70,
        ("ana-saw-it",),
        False,
    )


def test_a_colleague_may_be_wrong():
    """Ana, always wrong in this roster, answers in error and shows nothing."""
    drill = Rehearsal(small_brief(roster=ROSTER.replace("wrong_share: 0%", "wrong_share: 100%")))
    drill.say("alice", AskColleague(person="ana", text="who touched the limit of the pool?"), at=10)
    drill.until(300)
    (answer,) = drill.happened(QuestionAnswered)

    assert (answer.text, answer.wrong, answer.clues) == ("Nobody touched it.", True, ())


def test_a_vague_question_is_asked_back():
    """Two words that hit nothing deserve a question."""
    drill = Rehearsal()
    drill.say("alice", AskColleague(person="ana", text="any ideas?"), at=10)
    drill.until(300)

    assert drill.happened(QuestionAnswered)[0].asks_back


def test_somebody_only_the_scenario_knows_answers_in_their_time():
    """Rui sits in no chair and answers within 40 to 50 s."""
    drill = Rehearsal()
    drill.say("alice", AskColleague(person="rui", text="how is the database doing"), at=10)
    drill.until(300)
    at = next(e.at for e in drill.stage.entries if isinstance(e.what, QuestionAnswered))

    assert 50 <= at <= 60


def test_who_is_absent_does_not_answer():
    """Rui is locked out."""
    drill = Rehearsal()
    drill.stage.emit(StateSet(name="pool", value="locked"))
    drill.say("alice", AskColleague(person="rui", text="how is the database doing"), at=10)
    drill.until(900)

    assert drill.happened(QuestionAnswered) == []


def test_a_question_needs_somebody_and_something():
    """Nobody, oneself, and nothing at all are refused."""
    drill = Rehearsal()

    assert (
        drill.refused("alice", AskColleague(person="zoe", text="what is up")),
        drill.refused("alice", AskColleague(person="alice", text="what is up")),
        drill.refused("alice", AskColleague(person="ana", text=" ")),
    ) == ("unknown", "needs", "needs")


def test_a_request_nobody_answers_goes_to_the_next_in_line():
    """Ana is silent for four minutes, then Bob is asked, then nobody is left."""
    drill = Rehearsal()
    drill.say("alice", AskApproval(action="fail-over", **FULL), at=10)
    drill.until(600)

    assert (
        drill.lines(ApprovalAsked, "{e.request} {e.of}"),
        drill.lines(ApprovalLapsed, "{e.request} {e.next}"),
    ) == (["T+00:10 r1 ana", "T+04:10 r2 bob"], ["T+04:10 r1 bob", "T+08:10 r2 "])


def test_a_described_approver_played_by_a_bot_asks_back():
    """The risk was not said."""
    drill = Rehearsal(bots={"ana": "expert"})
    drill.comes("ana")
    drill.say("alice", AskApproval(action="fail-over", reason="down"), at=10)
    drill.settle()
    drill.say("ana", GiveApproval(request="r1"), at=40)
    (said,) = drill.happened(ApprovalRefused)

    assert (said.words, said.asks_back) == ("What is the risk?", True)


def test_a_described_approver_wants_to_see_it_first():
    """Alice has looked at nothing; after the panel showed 38 % the same request passes."""
    drill = Rehearsal(bots={"ana": "expert"})
    drill.comes("ana")
    drill.say("alice", AskApproval(action="fail-over", **FULL), at=10)
    drill.settle()
    drill.say("ana", GiveApproval(request="r1"), at=40)
    drill.say("alice", Look(look="panel"), at=50)
    drill.say("alice", AskApproval(action="fail-over", **FULL), at=80)
    drill.settle()
    drill.say("ana", GiveApproval(request="r2"), at=100)

    assert (
        [one.asks_back for one in drill.happened(ApprovalRefused)],
        [one.request for one in drill.happened(ApprovalGiven)],
    ) == ([False], ["r2"])


def test_a_person_in_the_chair_decides_freely():
    """A human Ana may approve what the scenario's Ana would question."""
    drill = Rehearsal()
    drill.comes("ana")
    drill.say("alice", AskApproval(action="fail-over"), at=10)
    drill.settle()
    drill.say("ana", GiveApproval(request="r1"), at=40)

    assert len(drill.happened(ApprovalGiven)) == 1


def test_a_request_is_answered_by_whom_the_plan_names():
    """Nobody approves a request of their own, and no request twice."""
    drill = Rehearsal()
    drill.comes("ana", "bob")
    drill.say("alice", AskApproval(action="fail-over"), at=10)
    drill.settle()
    own = drill.refused("alice", GiveApproval(request="r1"))
    drill.say("bob", RefuseApproval(request="r1", words="no"), at=40)

    assert (own, drill.refused("ana", GiveApproval(request="r1"))) == ("not_yours", "lifecycle")


def test_what_needs_no_leave_is_not_asked_for():
    """Restarting is the on-call's own."""
    drill = Rehearsal()

    assert drill.refused("alice", AskApproval(action="restart-api")) == "needs"


def test_a_handover_occupies_both_and_passes_the_role():
    """Three to five minutes, then Bob holds the pager and is here."""
    drill = Rehearsal()
    drill.say("alice", HandOver(role="on_call", person="bob", says="the pool is dry"), at=10)
    busy = {drill.stage.situation.busy(who).kind for who in ("alice", "bob")}
    drill.until(320)
    (handed,) = drill.happened(HandedOver)

    assert (busy, handed.says, drill.stage.situation.holder("on_call")) == (
        {"handover"},
        "the pool is dry",
        "bob",
    )


def test_one_hands_over_only_what_one_holds():
    """Bob is not on call."""
    drill = Rehearsal()

    assert drill.refused("bob", HandOver(role="on_call", person="ana")) == "not_yours"


def test_command_may_be_taken():
    """Ana takes it aloud."""
    drill = Rehearsal()
    drill.say("alice", Declare(level="CRITICAL"), at=10)
    drill.say("ana", TakeOver(role="on_call"), at=20)

    assert (drill.happened(HandedOver)[0].seized, drill.stage.situation.holder("on_call")) == (
        True,
        "ana",
    )


def test_people_who_are_here_may_go():
    """Somebody who never came cannot be released."""
    drill = Rehearsal()
    drill.stage.emit(Joined(person="bob", role="backup"))
    drill.say("alice", Release(person="bob"), at=20)

    assert (
        [one.person for one in drill.happened(Released)],
        drill.refused("alice", Release(person="bob")),
    ) == (["bob"], "unknown")


def test_a_task_is_an_order_of_theirs():
    """A look with its field; what is no order is refused."""
    drill = Rehearsal()
    drill.say("alice", Delegate(person="bob", what="look", order={"look": "panel"}, within_s=300))

    assert (
        drill.happened(Delegated)[0].task,
        drill.refused("alice", Delegate(person="bob", what="dance")),
        drill.refused("alice", Delegate(person="bob", what="look", order={"lok": "panel"})),
        drill.refused("alice", Delegate(person="bob", what="inject_fault", order={"fault": "x"})),
    ) == ("t1", "unknown", "unknown", "unknown")


def test_words_go_to_all_or_to_one():
    """To a role as well as to a person."""
    drill = Rehearsal()
    drill.say("alice", Say(text="looking"))
    drill.say("alice", Say(text="come, please", to="manager"))

    assert (len(drill.happened(Said)), [one.to for one in drill.happened(SaidTo)]) == (1, ["ana"])


def test_hints_grow_plainer():
    """Each further call for help says more, and the last one stays."""
    drill = Rehearsal()
    for _ in range(4):
        drill.say("alice", IAmStuck())

    assert [hint.text for hint in drill.happened(HintGiven)] == [
        "Who is hurt?",
        "How many?",
        "Look at the panel",
        "Look at the panel",
    ]


def test_an_assessed_run_has_no_hints():
    """Help would make the mark worthless."""
    drill = Rehearsal(mode="assessed")

    assert drill.refused("alice", IAmStuck()) == "lifecycle"
