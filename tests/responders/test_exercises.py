"""Stories of an exercise: items asked for, answered, done, judged; and who plays them."""

import pytest
from front_desk import SCENARIO, brief_of

from simulator.brief.checks_scenario import check_scenario
from simulator.brief.nodes import compose
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.journal.commands.exercise import Decide
from simulator.journal.commands.talk import AskColleague
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.events.exercise import ItemDecided
from simulator.journal.narration import told


def begun(variant="well", **policies):
    """The exercise, its people sitting still unless somebody plays them."""
    brief = brief_of()
    return Drill(brief, Terms(seed=1, variant=variant, policies=policies))


def card_of(drill):
    """The score of what has been played."""
    return score(drill.entries, drill.stage.brief)


def mark(drill, item):
    """(outcome, earned) of an item."""
    found = card_of(drill).mark(f"item.{item}")
    return found.outcome, found.earned


def refusals(drill):
    """Why orders were refused."""
    return [e.what.reason for e in drill.entries if type(e.what).__name__ == "Refused"]


def test_an_item_is_asked_for_when_its_time_comes():
    """Two at once, the call after a minute."""
    drill = begun()
    drill.advance(59)
    early = set(drill.stage.situation.items)
    drill.advance(61)

    assert early == {"relieved", "told"}
    assert drill.stage.situation.items["real"].opened == 60


def test_a_decision_on_something_seen_earns_all():
    """Ann looks, then answers."""
    drill = begun()
    drill.advance(70)
    drill.submit("ann", Look(look="door"))
    drill.advance(90)
    drill.submit("ann", Decide(item="real", choice="no-it-is-not", because="It opens."))
    drill.advance(95)

    assert mark(drill, "real") == ("met", 1000)
    assert told(drill.entries, ItemDecided, zero=0) == [
        "T+01:30 ann decides on real: no it is not: It opens."
    ]


def test_a_right_guess_earns_three_tenths():
    """Nothing was looked at before."""
    drill = begun()
    drill.advance(70)
    drill.submit("ann", Decide(item="real", choice="no-it-is-not"))
    drill.advance(75)

    assert mark(drill, "real") == ("met", 300)


def test_what_is_right_is_the_variants():
    """The same answer where the shop is shut."""
    drill = begun("shut")
    drill.advance(70)
    drill.submit("ann", Decide(item="real", choice="no-it-is-not"))
    drill.advance(75)

    assert mark(drill, "real") == ("missed", 0)


def test_the_last_answer_stands_and_its_time_counts():
    """A wrong one in time, the right one a minute late."""
    drill = begun()
    drill.advance(70)
    drill.submit("ann", Look(look="door"))
    drill.advance(90)
    drill.submit("ann", Decide(item="real", choice="wait"))
    drill.advance(420)
    drill.submit("ann", Decide(item="real", choice="no-it-is-not"))
    drill.advance(425)

    assert mark(drill, "real") == ("late", 800)


def test_something_is_done_once_its_condition_holds():
    """Taking the pager is not enough: the item wants it seen."""
    drill = begun()
    drill.submit("ann", Mitigate(action="take", anyway=True))
    drill.advance(200)
    taken = drill.stage.situation.items["relieved"].at
    drill.submit("ann", Look(look="pager"))
    drill.advance(260)
    state = drill.stage.situation.items["relieved"]

    assert taken is None
    assert (state.at, state.by) == (210, "ann")


def test_an_answer_is_the_deed_of_who_asked():
    """Bob tells; the item is Ann's, and only what the answer names is learned."""
    drill = begun()
    drill.submit("ann", AskColleague(person="bob", text="How was the week?"))
    drill.advance(60)
    clues = drill.stage.seat("ann").known.clues

    assert drill.stage.situation.items["told"].by == "ann"
    assert set(clues) == {"heard"}


def test_what_no_answer_claims_comes_with_any_other():
    """The rest is told by the answer that names no clue of its own."""
    drill = begun()
    drill.submit("ann", AskColleague(person="bob", text="And the rest?"))
    drill.advance(60)

    assert set(drill.stage.seat("ann").known.clues) == {"gossip"}


@pytest.mark.parametrize(
    ("order", "says"),
    [
        (Decide(item="real", choice="yes-it-is"), "there is no item 'real'"),
        (Decide(item="told", choice="wait"), "this item is no decision: it is done, not answered"),
    ],
)
def test_an_answer_to_what_is_not_asked_is_refused(order, says):
    """Before it is open, or where there is nothing to choose."""
    drill = begun()
    drill.advance(5)
    drill.submit("ann", order)

    assert refusals(drill)[0].startswith(says)


def test_an_answer_that_is_no_choice_is_refused_with_the_nearest():
    """What was meant is named."""
    drill = begun()
    drill.advance(70)
    drill.submit("ann", Decide(item="real", choice="yes-it-si"))

    assert "yes-it-is" in refusals(drill)[0]


def test_it_is_over_a_minute_after_the_last_answer():
    """Until then it may be changed."""
    drill = begun("well", ann="expert")
    drill.run()
    settled = max(item.at for item in drill.stage.situation.items.values())

    assert drill.stage.situation.ended == "exercise_over"
    assert drill.now == settled + 60


def test_nobody_answers_and_it_ends_all_the_same():
    """Twice the limit of what was asked for last."""
    drill = begun("well", ann="idle")
    drill.run()

    assert (drill.now, drill.stage.situation.ended) == (2 * 360, "exercise_over")
    assert card_of(drill).total_milli == 0


@pytest.mark.parametrize("variant", ["well", "shut"])
def test_an_expert_finds_out_what_is_true(variant):
    """Whichever it is; no duty of the plan is held against an exercise."""
    drill = begun(variant, ann="expert")
    drill.run()
    card = card_of(drill)

    assert (card.total_milli, card.duties) == (100_000, ())


@pytest.mark.parametrize(
    ("wound", "says"),
    [
        ("kind: exercise|kind: incident", "an incident asks for no items"),
        ("right: no-it-is-not|right: nono", "no choice here is called 'nono'"),
        ("    right: no-it-is-not\n|", "no choice is right in well"),
        ("is-shut: yes-it-is}|is-shut: nono}", "no choice here is called 'nono'"),
        ("done: found.heard|choices: {a: A}", "one choice is no decision"),
        ("    done: found.heard\n|", "an item has either `choices` or `done`"),
        ("{look: door}]|{look: door, act: take}]", "a step is exactly one of"),
        (", about: How was the week?|", "`ask` names a colleague and `about` says"),
        ("evidence: {opens|evidence: {opened", "no clue is called 'opened'"),
        ("[{ask: bob|[{ask: bop", "no colleague is called 'bop'"),
    ],
)
def test_what_cannot_be_asked_or_judged_is_told(wound, says):
    """Each at its place."""
    old, new = wound.split("|")
    text = SCENARIO.replace(old, new)
    brief = brief_of(text)
    found = check_scenario(compose(text, "scenario"), brief.scenario, "scenario")

    assert text != SCENARIO
    assert any(says in problem.found for problem in found)
