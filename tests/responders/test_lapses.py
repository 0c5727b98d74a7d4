"""Less practice: what is forgotten, what is done in a hurry, and what has to be seen first."""

from dataclasses import replace

import pytest
from small_incident import SCENARIO, Room, small_brief

from simulator.brief.scenario.trouble import RemedyStep
from simulator.chance import Chance
from simulator.journal.entry import Entry
from simulator.journal.events.paging import Paged
from simulator.journal.events.room import HintGiven
from simulator.journal.events.work import ActionFinished, ActionStarted
from simulator.journal.situation import Find, Situation
from simulator.responders import checks, evidence, posting, probes
from simulator.responders.habits import COMPETENT, EXPERT, NOVICE
from simulator.responders.lapses import GUARDS, hurried, left_out
from simulator.responders.memory import Memory
from simulator.responders.mind import Mind
from simulator.responders.reading import belief
from simulator.responders.standing import standing

MORE = """\
  fence: {title: Fence it off, kind: isolate, takes: 15s, on: [db], then: []}
  settle: {title: Tell the worker, kind: config, takes: 15s, on: [api], then: []}
runbooks: {restart: [panel, roll-back], recover: [sessions, read-only, fence, promote, settle]}
"""
STEPS = (
    "{do: read-only, optional: yes}, {do: fence}, {do: kill-query, when: done.fence}, "
    "{do: settle, when: done.kill-query}"
)
PAGED = "summary: All requests fail, runbook: restart or recover,"
RICH = (
    SCENARIO.replace("colleagues:\n", f"{MORE}colleagues:\n")
    .replace("{do: read-only, optional: yes}, {do: kill-query}", STEPS)
    .replace("summary: All requests fail,", PAGED)
)
BRIEF = small_brief(scenario=RICH)
REMEDY = BRIEF.scenario.variants["query"].remedy


def mind(habits, seed=1, finds=(), **known):
    """Ann, on call and alone, with these habits."""
    memory = Memory(me="ann", here=frozenset({"ann"}), finds=tuple(finds), **known)
    return Mind(
        person="ann", brief=BRIEF, habits=habits, chance=Chance(seed), picture=Situation(),
        memory=memory, standing=standing("ann", BRIEF.plan, Situation(), memory.here), now=600,
    )  # fmt: skip


def find(look, at=300, clues=(), **facts):
    views = BRIEF.scenario.looks[look].views
    return Find(seq=at, at=at, by="ann", look=look, views=views, of="api", facts=facts, clues=clues)


def test_an_expert_forgets_nothing():
    """Whoever has no such habit leaves no step out, whatever the seed."""
    assert {left_out(mind(EXPERT, seed), REMEDY) for seed in range(20)} == {frozenset()}


def test_a_novice_now_and_then_forgets_guards_and_side_steps_only():
    """The cure is never forgotten; the fence and the worker sometimes are, sometimes not."""
    left = [left_out(mind(NOVICE, seed), REMEDY) for seed in range(40)]

    assert frozenset().union(*left) == {"fence", "settle"}
    assert frozenset() in left


def test_what_was_forgotten_holds_nothing_up():
    """Without its fence the query is killed all the same."""
    careless = replace(NOVICE, skips_gate=1.0, forgets=1.0)
    progress = mind(careless).progress

    assert progress.next_step("slow-query") == RemedyStep(do="read-only", optional=True)
    kill = next(step for step in REMEDY if step.do == "kill-query")
    assert progress.may(kill, "slow-query")
    assert not mind(EXPERT).progress.may(kill, "slow-query")


def test_a_refusal_reminds_of_the_guard():
    """The tool that refuses the next step says what is missing."""
    careless = replace(NOVICE, skips_gate=1.0, forgets=0.0)

    assert left_out(mind(careless), REMEDY) == {"fence"}
    assert left_out(mind(careless, refused={"mitigate:kill-query": (1, 500)}), REMEDY) == set()


def test_whoever_rushes_takes_the_last_runbook_without_its_guards():
    """From `recover` neither the look nor the fence: the promotion comes first."""
    hasty = replace(NOVICE, rushes=1.0, forgets=0.0)
    actions = BRIEF.scenario.actions
    first = hurried(paged(hasty))

    assert actions[first].kind not in GUARDS
    assert first in BRIEF.scenario.runbooks["recover"]


def test_whoever_strays_takes_the_first_runbook():
    """Half of the others restart or roll back first, because the page says so."""
    straying = replace(NOVICE, rushes=0.0, strays=1.0)

    assert hurried(paged(straying)) == "roll-back"


def test_nobody_else_acts_on_a_runbook():
    """Without a hurry nothing is taken before the cause is known."""
    calm = replace(NOVICE, rushes=0.0, strays=0.0)

    assert hurried(paged(calm)) == ""


def test_a_runbook_is_followed_step_by_step_past_its_guards():
    """While a step is under way nothing else is begun; then the next one, but for the fence."""
    hasty = replace(NOVICE, rushes=1.0, forgets=0.0)
    room = called()
    told = [hurried(replace(room.bots["ann"].mind(), habits=hasty))]
    for at, event in (
        (400, ActionStarted(by="ann", work="w1", action="read-only", kind="flag")),
        (460, ActionFinished(by="ann", work="w1", action="read-only", says="ok")),
    ):
        room.told(at, event)
        told.append(hurried(replace(room.bots["ann"].mind(), habits=hasty)))

    assert told == ["read-only", "", "promote"]


def test_what_a_runbook_takes_back_itself_is_not_begun_in_a_hurry():
    """Read-only mode that the same runbook ends again helps nobody who is in a hurry."""
    undone = RICH.replace("kind: flag, takes: 60s,", "kind: flag, takes: 60s, undo: settle,")
    hasty = replace(NOVICE, rushes=1.0, forgets=0.0)
    room = called(small_brief(scenario=undone))

    assert hurried(replace(room.bots["ann"].mind(), habits=hasty)) == "promote"


def called(brief=BRIEF):
    """Ann was paged by the alert."""
    room = Room(brief, ann="expert")
    room.told(
        120,
        Paged(page="p1", to="ann", role="on_call", alert="errors", level="CRITICAL",
              summary="All requests fail", why="alert", facts={}, measured_at=110),
    )  # fmt: skip
    return room


def paged(habits):
    """Ann's mind with these habits, paged by the alert, the panel seen."""
    return replace(mind(habits, finds=[find("panel")]), picture=called().pictures["ann"])


def test_a_cause_is_named_only_after_a_look_at_its_object():
    """Whoever believes in the query has yet to look at the sessions; then nothing is owed."""
    assert evidence.before_naming(mind(EXPERT), "slow-query") == "sessions"
    assert evidence.before_naming(mind(EXPERT, finds=[find("sessions")]), "slow-query") == ""


def test_half_of_the_novices_name_it_unseen():
    """Skipping guards is skipping looks as well."""
    owed = [evidence.before_naming(mind(NOVICE, seed), "slow-query") for seed in range(40)]

    assert {"", "sessions"} == set(owed)


@pytest.mark.parametrize(("reading", "likelier"), [(1.0, False), (0.3, True)])
def test_who_reads_little_goes_by_a_hunch(reading, likelier):
    """A hunch weighs nothing for whoever reads everything."""
    plain = belief(BRIEF.scenario, (), reading)
    hunch = belief(BRIEF.scenario, (), reading, hunch="dead-db")

    assert (hunch["dead-db"] > plain["dead-db"]) == likelier


def test_phones_are_missed_one_by_one():
    """Of two novices paged alike, one may sleep while the other wakes."""
    asleep = [
        tuple(
            replace(mind(NOVICE, seed), person=who).skips("misses", 0.5, "page:p1")
            for who in ("ann", "bob")
        )
        for seed in range(30)
    ]

    assert {(True, False), (False, True)} <= set(asleep)


def test_what_is_told_anew_is_not_posted():
    """An older find whose figures a newer one repeats is dropped, one with a clue is kept."""
    old, new = find("panel", 300, errors=1), find("panel", 400, errors=2)
    clue = find("panel", 300, ("all-fail",), errors=1)

    assert posting.is_told_anew(old, [new])
    assert not posting.is_told_anew(clue, [new])


def test_a_hint_is_followed_to_the_look_it_names():
    """Two words of a title are enough."""
    memory = Memory(me="ann").after(
        Entry(seq=1, at=5, by="engine", what=HintGiven(to="ann", text="Read the status pages."))
    )

    assert memory.hints == ("Read the status pages.",)
    assert probes._named_in(mind(EXPERT), memory.hints[-1]) == "pages"


def test_random_names_nothing_of_one_variant_alone():
    """What there is in some variants only is no legal order for who does not know which it is."""
    looks = BRIEF.scenario.looks

    assert probes.everywhere(looks["panel"])
    assert not probes.everywhere(replace(looks["panel"], only_in=("query",)))


def test_the_competent_stray_less():
    """Fewer needless looks than a novice's, more than an expert's."""
    strays = {
        habits.name: sum(bool(checks.straying(mind(habits, seed))) for seed in range(60))
        for habits in (EXPERT, COMPETENT, NOVICE)
    }

    assert strays["expert"] == 0 < strays["competent"] < strays["novice"]
