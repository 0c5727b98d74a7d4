"""What a review does to a score, and which runs reach a person's record."""

from dataclasses import replace

import pytest
from scored_brief import ALICE, brief, journal, well_done, without

from simulator.debrief.finality import (
    amended_card,
    assessed_alone,
    counts_for_ledger,
    kept_out,
    subject_of,
)
from simulator.debrief.scoring import score
from simulator.journal.events import incident, room
from simulator.journal.review.acts import Act, Signed
from simulator.journal.review.finality import Finality

SIGNED = Finality(
    state="reviewed",
    signatures=(Act(seq=1, at=0, by="erin", what=Signed(assessed_alone=False)),),
)


def departed():
    """A drill well done but for a status page that was set aside with a reason."""
    acts = without(well_done(), "status_page")
    acts["aside"] = (
        200,
        incident.DutyDeviated(duty="status-page", because="the page is down too", by=ALICE),
    )
    return acts


def opened_as(acts, **changes):
    """The same acts in a drill that was opened otherwise."""
    at, what = acts["opened"]
    return {**acts, "opened": (at, replace(what, **changes))}


def test_an_amended_mark_takes_part_in_the_sums():
    """Half the restoration is taken away: its weight in mitigation, times mitigation's, is gone."""
    entries = journal(well_done())
    engine = score(entries, brief())
    amended = amended_card(entries, brief(), replace(SIGNED, amended={"restore": 500}))
    weights = {
        mark.id: mark.weight_milli
        for mark in engine.marks
        if mark.competency == "mitigation" and mark.earned is not None and not mark.absent
    }
    lost = 100_000 * 0.25 * 0.5 * weights["restore"] / sum(weights.values())

    assert engine.mark("restore").earned == 1000
    assert amended.mark("restore").earned == 500
    assert amended.mark("restore").parts == engine.mark("restore").parts
    assert abs(engine.total_milli - amended.total_milli - lost) <= 1


def test_a_mark_taken_out_counts_neither_way():
    """Outside the sums it is as if it had not fallen due: a perfect rest stays perfect."""
    entries = journal(well_done())
    worse = amended_card(entries, brief(), replace(SIGNED, amended={"restore": 0}))
    out = amended_card(entries, brief(), replace(SIGNED, amended={"restore": None}))

    assert worse.total_milli < out.total_milli
    assert out.mark("restore").earned is None
    assert out.due_milli < worse.due_milli


def test_discipline_is_amended_like_a_mark():
    """What the breaches left is a factor; half of it leaves half the total."""
    entries = journal(well_done())
    engine = score(entries, brief())
    half = amended_card(entries, brief(), replace(SIGNED, amended={"discipline": 500}))

    assert (engine.discipline.factor_milli, half.discipline.factor_milli) == (1000, 500)
    assert abs(half.total_milli - engine.total_milli // 2) <= 1


def test_an_unsettled_departure_counts_the_lower_until_it_is_accepted():
    """The review accepts it: the total is the one with departures accepted."""
    entries = journal(departed())
    engine = score(entries, brief())
    settled = amended_card(entries, brief(), replace(SIGNED, departures=("status-page",)))

    assert subject_of(entries, engine).departures == {"status-page"}
    assert engine.total_milli == engine.total_deviations_kept_milli < settled.total_milli
    assert settled.total_milli == engine.total_deviations_accepted_milli


def test_a_departure_settled_in_the_drill_is_not_settled_again():
    """Nothing is left for the review to accept."""
    acts = departed()
    acts["accepted"] = (8000, room.DeviationAccepted(duty="status-page", by="facilitator"))
    entries = journal(acts)

    assert subject_of(entries, score(entries, brief())).departures == frozenset()


def test_a_review_speaks_of_who_sat_there_and_of_what_was_marked():
    """Chairs, marks that are not absent, discipline, and every entry with its second."""
    entries = journal(well_done())
    card = score(entries, brief())
    subject = subject_of(entries, card)

    assert set(brief().chairs().values()) <= set(subject.people)
    assert set(subject.marks) == {m.id for m in card.marks if not m.absent} | {"discipline"}
    assert subject.seconds[len(entries) - 1] == entries[-1].at


@pytest.mark.parametrize(
    ("now", "mode", "sentence"),
    [
        (Finality(state="void"), "assessed", "void"),
        (Finality(), "assessed", "nobody has signed"),
        (SIGNED, "standard", "practice"),
        (SIGNED, "guided", "practice"),
        (
            replace(
                SIGNED,
                signatures=(Act(seq=1, at=0, by=ALICE, what=Signed(assessed_alone=True)),),
            ),
            "assessed",
            "the only person it assessed",
        ),
    ],
)
def test_what_stays_out_of_a_persons_record_says_why(now, mode, sentence):
    """Void, unsigned, self-signed and practice runs reach nobody's ledger."""
    card = score(journal(opened_as(well_done(), mode=mode)), brief())

    assert sentence in kept_out(card, now)
    assert not counts_for_ledger(card, now)


def test_a_signed_assessed_run_counts():
    """Reviewed or sealed, complete and unassisted."""
    card = score(journal(opened_as(well_done(), mode="assessed")), brief())

    assert counts_for_ledger(card, SIGNED)
    assert counts_for_ledger(card, replace(SIGNED, state="sealed"))


def test_help_and_a_run_that_was_left_stay_out():
    """A hint anywhere, or no total, and the run is nobody's evidence."""
    acts = opened_as(well_done(), mode="assessed")
    helped = {**acts, "hint": (100, room.HintGiven(to=ALICE, text="look at the pods"))}
    left = {name: act for name, act in acts.items() if act[0] <= 150}
    left["ended"] = (151, room.DrillEnded(reason="stood_down"))

    assert "help was given" in kept_out(score(journal(helped), brief()), SIGNED)
    assert "incomplete" in kept_out(score(journal(left), brief()), SIGNED)
    assert "incomplete" in kept_out(None, SIGNED)


def test_who_is_assessed_alone():
    """One person among bots is; with a second one nobody is, and never who sat nowhere."""
    chairs = brief().chairs()
    others = {person: "expert" for person in chairs.values() if person != ALICE}
    solo = journal(opened_as(well_done(), policies=others))
    shared = journal(opened_as(well_done(), policies={}))
    taken = journal(
        {**opened_as(well_done(), policies={**others, ALICE: "novice"}),
         "sits": (-90, room.ChairTaken(person=ALICE))}
    )  # fmt: skip

    assert assessed_alone(solo, ALICE)
    assert assessed_alone(taken, ALICE)
    assert not assessed_alone(shared, ALICE)
    assert not assessed_alone(solo, "erin")
