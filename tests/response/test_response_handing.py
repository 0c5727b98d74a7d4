"""Stories about who is still there: after a hand-over, and while something lasts."""

from rehearsal import Rehearsal
from small_brief import PLAN, small_brief

from simulator.journal.commands.incident import Assign, Declare
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.talk import AskColleague, HandOver, TakeOver
from simulator.journal.commands.work import Hypothesise, Look
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import HandedOver, QuestionAnswered, Released
from simulator.journal.events.work import Found


def handed_over():
    """Alice saw the full pool, and gives on-call to bob at 300 s."""
    drill = Rehearsal()
    drill.clues = ("pool-is-full",)
    drill.say("alice", Look(look="panel"), at=10)
    drill.say("alice", Hypothesise(cause="bad-release", confidence=60), at=40)
    drill.say("alice", HandOver(role="on_call", person="bob", says="it is slow"), at=60)
    drill.until(360)
    (at,) = [e.at for e in drill.stage.entries if isinstance(e.what, HandedOver)]
    return drill, at


def test_the_old_owner_answers_from_what_they_saw():
    """What was not said can still be asked for: the find that fits, and what was thought."""
    drill, at = handed_over()
    drill.say("bob", AskColleague(person="alice", text="were any connections held?"), at=at + 60)
    drill.until(at + 400)
    (answer,) = drill.happened(QuestionAnswered)

    assert (answer.text, answer.clues) == (
        "I saw: Every connection is held. I thought of: The last release is bad.",
        ("pool-is-full",),
    )
    assert "pool-is-full" in drill.stage.seat("bob").known.clues


def test_the_old_owner_sleeps_after_a_quarter_of_an_hour():
    """From then on a question finds nobody."""
    drill, at = handed_over()
    drill.until(at + 15 * 60)
    before = drill.happened(Released)
    drill.until(at + 15 * 60 + 1)
    ask = AskColleague(person="alice", text="were any connections held?")

    assert (before, drill.happened(Released)) == ([], [Released(person="alice", by="alice")])
    assert drill.refused("bob", ask) == "absent"


def test_who_holds_a_role_again_does_not_sleep():
    """Bob gives it back within the quarter of an hour."""
    drill, at = handed_over()
    drill.say("bob", HandOver(role="on_call", person="alice"), at=at + 60)
    drill.until(at + 3000)

    assert [gone.person for gone in drill.happened(Released)] == []


LASTING = PLAN.replace("only_if: data == lost, page", "only_if: errors > 20% for 5m, page")


def sees(drill, at, errors):
    """Alice reads the share of errors off a panel."""
    drill.until(at)
    drill.stage.emit(
        Found(
            by="alice", work="", look="panel", views=("metrics",), of="api",
            facts={"errors": errors}, measured_at=at, clues=(), content="",
        )
    )  # fmt: skip


def test_a_path_under_a_for_opens_when_it_has_held():
    """Nothing happens in the second it opens but the passing of time."""
    drill = Rehearsal(small_brief(plan=LASTING))
    drill.facts = {}
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=70)
    sees(drill, 100, 380_000)
    sees(drill, 250, 300_000)
    drill.until(900)
    special = [e.at for e in drill.stage.entries if isinstance(e.what, Paged)]
    why = [page.why for page in drill.happened(Paged)]

    assert special[why.index("special")] == 400


def test_a_break_begins_the_count_again():
    """Two minutes of calm cost the path its start."""
    drill = Rehearsal(small_brief(plan=LASTING))
    drill.facts = {}
    drill.fires(at=60)
    drill.say("alice", Acknowledge(page="p1"), at=70)
    sees(drill, 100, 380_000)
    sees(drill, 200, 10_000)
    sees(drill, 320, 380_000)
    drill.until(1000)
    at = [
        e.at for e in drill.stage.entries if isinstance(e.what, Paged) and e.what.why == "special"
    ]

    assert at == [620]


def test_what_had_fallen_to_a_role_goes_with_it():
    """Nobody is tech lead or scribe by roster: both were alice's as on-call, and are bob's now."""
    drill, _ = handed_over()
    holds = drill.stage.situation.holder
    (gone,) = drill.happened(HandedOver)

    assert {"tech_lead", "scribe", "commander"} <= set(gone.along)
    assert {holds(role) for role in gone.along} == {"bob"}
    assert (holds("backup"), holds("manager"), holds("service_owner")) == ("bob", "ana", "ana")


def test_what_was_given_stays_where_it_was_given():
    """Alice was made tech lead by name: giving on-call away leaves her that."""
    drill = Rehearsal()
    drill.fires(at=10)
    drill.say("alice", Acknowledge(page="p1"), at=20)
    drill.say("alice", Declare(level="CRITICAL"), at=30)
    drill.say("ana", Assign(role="tech_lead", person="alice"), at=40)
    drill.say("bob", TakeOver(role="on_call"), at=50)
    holds = drill.stage.situation.holder

    assert (holds("on_call"), holds("tech_lead"), holds("scribe")) == ("bob", "alice", "bob")
