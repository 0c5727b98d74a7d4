"""Whole drills, told by hand: well done, not done, half done, played on past their end."""

from dataclasses import replace

import pytest
from scored_brief import (
    ALICE,
    MINUTE,
    at,
    brief,
    journal,
    nothing_done,
    opening,
    plan,
    said,
    scenario,
    well_done,
    without,
)

from simulator.debrief.rubric import COMPETENCIES, MARKS, rubric_hash
from simulator.debrief.scoring import GRADERS, score, scored
from simulator.journal.commands.incident import Declare
from simulator.journal.entry import Entry
from simulator.journal.events import incident, room, work, world
from simulator.journal.record import canonical


def card(acts, **changes):
    return score(journal(acts), brief(**changes))


def outcomes(acts, *names):
    marks = {mark.id: mark.outcome for mark in card(acts).marks}
    return [marks[name] for name in names]


def test_a_drill_well_done_earns_nearly_all():
    """Everything in time and proved: all but a breath of the confidence."""
    found = card(well_done())

    assert (found.total_milli, found.passed, found.incomplete) == (99_992, True, False)


def test_an_idle_team_earns_nothing_and_is_complete():
    """Who leaves all out has missed all, and the run counts."""
    found = card(nothing_done())

    assert (found.total_milli, found.incomplete, found.passed) == (0, False, False)


def test_leaving_early_is_incomplete():
    """A team that stands down after five minutes gets no total, good or bad."""
    acts = {name: act for name, act in well_done().items() if act[0] <= 150}
    acts["away"] = (150, incident.StoodDown(by=ALICE, reason="tired"))
    acts["ended"] = (150, room.DrillEnded(reason="stood_down"))
    found = card(acts)

    assert (found.total_milli, found.incomplete, found.passed) == (None, True, False)


def test_deadlines_beyond_the_end_are_open():
    """A report that is still owed at the end is neither met nor missed."""
    acts = without(well_done(), "report", "action", "meeting", "ended")
    acts["ended"] = (60 * MINUTE, room.DrillEnded(reason="stopped"))

    assert outcomes(acts, "report", "actions", "restore") == ["not_played", "not_played", "met"]


def test_every_mark_of_the_table_has_a_grader_and_a_competency():
    """The visible table and the graders agree."""
    assert [mark.id for mark in MARKS] == list(GRADERS)
    assert {mark.competency for mark in MARKS} == set(COMPETENCIES)


def test_weights_are_those_of_the_competencies():
    """The marks of a competency weigh as much as it does, and all weigh a hundred."""
    sums = {
        name: sum(mark.weight for mark in MARKS if mark.competency == name) for name in COMPETENCIES
    }

    assert sums == dict(COMPETENCIES)
    assert sum(COMPETENCIES.values()) == 100


def test_the_card_is_whole_numbers_and_the_same_every_time():
    """Two scorings of one journal are one text."""
    texts = {canonical(card(well_done()).as_json()) for _ in range(2)}

    assert len(texts) == 1


def test_every_mark_that_was_earned_cites_what_proves_it():
    """No points without entries."""
    bare = [mark.id for mark in card(well_done()).marks if mark.earned and not mark.cites]

    assert bare == []


def test_orders_refusals_and_skips_change_nothing():
    """What was asked, refused or skipped is no deed: the score does not see it."""
    acts = list(well_done().values())
    acts += [
        (200, Declare(level="HIGH")),
        (201, room.Refused(to=ALICE, order="declare", reason="is open", code="lifecycle")),
        (700, room.Skipped(by=ALICE)),
    ]

    assert score(journal(acts), brief()).total_milli == card(well_done()).total_milli


def test_a_plan_may_weigh_competencies_its_own_way():
    """A plan that weighs communication alone scores communication alone."""
    own = replace(plan(), weights={"communication": 100.0})
    acts = without(well_done(), "status_page")
    found = scored(journal(acts), own, scenario())
    communication = next(c for c in found.competencies if c.id == "communication")

    assert found.total_milli == communication.points_milli == 80_000


def test_a_scenario_may_rule_a_mark_out():
    """A mark of weight 0 leaves its competency to the others."""
    acts = without(well_done(), "status_page")
    full = card(acts, marks={"status_page": 0.0})

    assert full.total_milli == card(well_done()).total_milli


def test_resolving_with_the_fault_alive_is_early_and_undisciplined():
    """Called over while customers still suffer: the proofs earn nothing and the total shrinks."""
    acts = without(well_done(), "cured", "effect", "restored", "better")
    found = card(acts)

    assert found.mark("gates").outcome == "early"
    assert [b.kind for b in found.discipline.breaches if b.factor < 1000] == ["fault_alive"]


def test_a_restoration_nobody_caused_earns_nothing():
    """The fault went away by itself: luck is not merit."""
    acts = without(well_done(), "effect", "started", "decided")
    mark = card(acts).mark("restore")

    assert (mark.earned, mark.parts[0].why) == (0, "nothing the team did eased it")


def test_a_stated_decision_to_wait_on_evidence_is_doing():
    """Waiting, decided with a supporting find in hand, is a mitigation."""
    acts = without(well_done(), "effect", "started")
    unseen = card(acts)
    acts["posted"] = (215, work.FindPosted(by=ALICE, found=0, look="logs", views=("logs",),
                                           of="api", facts={}, measured_at=0,
                                           clues=("refused",)))  # fmt: skip
    found = card(acts)

    assert [found.mark(name).earned for name in ("mitigate", "restore")] == [1000, 1000]
    assert unseen.mark("restore").earned == 0


def test_a_blind_start_costs_most_of_its_effect():
    """Blind and lucky: four tenths."""
    acts = well_done()
    second, started = acts["started"]
    acts["started"] = (second, replace(started, blind=True))
    found = card(acts)

    assert [found.mark(name).earned for name in ("mitigate", "restore")] == [400, 400]
    assert [b.kind for b in found.discipline.breaches] == ["blind"]


def test_discipline_has_a_floor():
    """However many banned words: three tenths are left."""
    acts = well_done()
    for n in range(40):
        acts[f"lie{n}"] = (1000 + n, said("update", honest=False))

    assert card(acts).discipline.factor_milli == 300


def test_a_deviation_shows_both_totals_and_counts_the_lower():
    """A reasoned departure stays in the sums until somebody accepts it."""
    acts = without(well_done(), "status_page")
    acts["deviated"] = (
        250,
        incident.DutyDeviated(duty="status-page", because="page is down too", by=ALICE),
    )
    found = card(acts)
    settled = score(journal(acts), brief(), accepted=["status-page"])
    acts["accepted"] = (8000, room.DeviationAccepted(duty="status-page", by="facilitator"))

    assert card(acts).total_milli == settled.total_milli
    assert found.mark("status_page").outcome == "deviated"
    assert found.total_milli == found.total_deviations_kept_milli
    assert found.total_deviations_kept_milli < found.total_deviations_accepted_milli
    assert settled.total_milli == found.total_deviations_accepted_milli


def test_what_no_team_can_keep_counts_for_nobody():
    """An unattainable duty stands outside the sums."""
    acts = without(well_done(), "status_page")
    rules = plan().duties
    early = replace(rules["status-page"], within={**rules["status-page"].within, "CRITICAL": 5})
    own = replace(plan(), duties={**rules, "status-page": early})
    found = scored(journal(acts), own, scenario())

    assert found.mark("status_page").outcome == "unattainable"
    assert found.total_milli == card(well_done()).total_milli


def test_a_waived_duty_is_not_played():
    """What the facilitator takes out is out."""
    acts = without(well_done(), "status_page")
    acts["waived"] = (10, room.DutyWaived(duty="status-page", because="no page here"))

    assert outcomes(acts, "status_page") == ["not_played"]


def test_a_hint_makes_the_mark_assisted():
    """Help is shown beside the mark it helped, and costs nothing."""
    acts = well_done()
    acts["hint"] = (250, room.HintGiven(to=ALICE, text="how old?", stage="diagnosis"))
    found = card(acts)
    assisted = [mark.id for mark in found.marks if mark.assisted]

    assert "cause" in assisted
    assert "acknowledge" not in assisted
    assert found.total_milli == card(well_done()).total_milli


def test_objectives_are_rated_from_three_facts():
    """In time without harm P, late M, not at all U, with harm M."""

    def rating(acts):
        return card(acts).objectives[0].rating

    late = at(at(well_done(), "better", 20 * MINUTE), "restored", 21 * MINUTE)
    late["restored"] = (21 * MINUTE, world.ImpactEnded(since=100 + 20 * MINUTE))
    harmed = well_done() | {
        "harm": (400, world.EffectTook(action="drop", by=ALICE, judged="harmful"))
    }

    assert [rating(well_done()), rating(late), rating(nothing_done()), rating(harmed)] == [
        "P", "M", "U", "M",
    ]  # fmt: skip


def test_the_sources_own_table_names_luck_apart():
    """Expected 15 minutes, actual 9, two fifths faster, five seconds of it drawn."""
    acts = well_done()
    acts["drawn"] = (310, work.WorkBegan(by=ALICE, work="w9", kind="action", item="restart-db",
                                         takes_s=100, luck_s=-5))  # fmt: skip
    (row,) = card(acts).table

    assert (row.expected_s, row.actual_s, row.faster_percent, row.luck_s, row.label) == (
        900, 540, 40, -5, "EXCELLENT",
    )  # fmt: skip


def test_the_rubric_hash_is_stable_within_a_process():
    """One table, one hash of 64 digits."""
    assert rubric_hash() == rubric_hash()
    assert len(rubric_hash()) == 64


def test_a_journal_without_a_page_has_no_total():
    """Nobody was ever paged: nothing fell due."""
    acts = {"opened": opening()["opened"], "ended": (60, room.DrillEnded(reason="stopped"))}

    assert card(acts).total_milli is None


def test_entries_are_never_changed_by_scoring():
    """The journal is read, nothing else."""
    entries = journal(well_done())
    before = tuple(Entry(seq=e.seq, at=e.at, by=e.by, what=e.what) for e in entries)
    score(entries, brief())

    assert entries == before


@pytest.mark.parametrize("name", ["fraiseql", "platform", "virtengine", "code"])
def test_every_shipped_plan_scores_a_drill(name):
    """The same deeds under each organisation's plan: a total, and every mark graded or named."""
    acts = well_done()
    top = plan(name).ordered()[0]
    acts["page"] = (0, replace(acts["page"][1], level=top))
    acts["declare"] = (100, replace(acts["declare"][1], level=top))
    found = scored(journal(acts), plan(name), scenario())

    assert found.total_milli > 80_000
    assert len(found.marks) == len(MARKS)
