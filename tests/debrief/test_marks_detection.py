"""Detection and diagnosis, one mark at a time: what earns it, what its guard takes."""

from dataclasses import replace

from scored_brief import (
    ALICE,
    BOB,
    CHARLIE,
    DOWN,
    MINUTE,
    at,
    brief,
    earned,
    journal,
    looked,
    mark,
    well_done,
    without,
)

from simulator.debrief.scoring import score
from simulator.debrief.timing import grade_of
from simulator.journal.events import incident, paging, work


def test_the_grade_of_a_lateness_falls_to_nothing_at_twice_the_limit():
    """Half as long again is half; twice is nothing; nothing is below nothing."""
    grades = [grade_of(took, 120) for took in (120, 150, 180, 240, 900)]

    assert grades == [1000, 750, 500, 0, 0]


def test_a_strict_limit_is_already_late_at_the_limit():
    """FraiseQL's two minutes end before the second minute does, and the tie costs no points."""
    tie = mark(at(well_done(), "acknowledge", 120), "acknowledge")
    before = mark(at(well_done(), "acknowledge", 119), "acknowledge")

    assert [(tie.outcome, tie.earned), (before.outcome, before.earned)] == [
        ("late", 1000), ("met", 1000),
    ]  # fmt: skip


def test_taking_a_page_and_nothing_more_is_a_quarter():
    """No look, page or post within five minutes of it."""
    quiet = {
        name: act
        for name, act in well_done().items()
        if not isinstance(act[1], work.Found) or act[0] > 30 + 300
    }

    assert mark(quiet, "acknowledge").earned == 250


def test_a_needless_call_does_not_follow_up_a_page():
    """Waking somebody nobody has to wake is not doing something about it."""
    quiet = {
        name: act
        for name, act in well_done().items()
        if not isinstance(act[1], work.Found) or act[0] > 30 + 300
    }
    quiet["legal"] = (90, paging.Paged(page="p2", to="legal", role="legal", alert="", summary="",
                                       level="CRITICAL", why="called", by=ALICE))  # fmt: skip
    called = quiet | {
        "manager": (91, paging.Paged(page="p3", to=CHARLIE, role="manager", alert="", summary="",
                                     level="CRITICAL", why="called", by=ALICE))}  # fmt: skip

    assert [mark(quiet, "acknowledge").earned, mark(called, "acknowledge").earned] == [250, 1000]


def test_calling_a_real_alarm_false_is_no_assessment():
    """Dismissed in time, and wrong."""
    acts = without(well_done(), "declare")
    acts["dismissed"] = (60, paging.PageDismissed(page="p1", by=ALICE, reason="noise"))
    wrong = mark(acts, "assess")

    assert (wrong.outcome, wrong.earned) == ("missed", 0)


def test_declaring_without_a_look_is_half():
    """Declared in time and blindly."""
    blind = at(at(well_done(), "declare", 60), "look", 200)

    assert earned(blind, "declare", "assess") == [500, 500]


def level(level, by=ALICE):
    return incident.Regraded(level=level, was="", by=by, reason="")


def test_one_level_too_low_earns_a_quarter_of_its_time():
    """Declared HIGH while all fails; the whole time to restoration counts."""
    acts = well_done()
    second, declared = acts["declare"]
    acts["declare"] = (second, replace(declared, level="HIGH"))

    assert mark(acts, "severity").earned == 250


def test_an_over_call_taken_back_in_time_is_free():
    """Too high in good faith, re-graded within fifteen minutes of the contrary fact: all."""
    acts = well_done()
    acts["measured"] = (150, looked("metrics", by=CHARLIE, facts={"errors": 30_000}))
    kept = mark(acts, "severity").earned
    acts["taken_back"] = (400, level("HIGH"))

    assert kept < 1000
    assert mark(acts, "severity").earned == 1000


def test_flip_flopping_scores_below_steady():
    """Up and down again without a fact is worth less than standing still."""
    acts = well_done()
    for n in range(4):
        acts[f"down{n}"] = (150 + 80 * n, level("HIGH"))
        acts[f"up{n}"] = (190 + 80 * n, level("CRITICAL"))
    steady, restless = score(journal(well_done()), brief()), score(journal(acts), brief())

    assert restless.mark("severity").earned < steady.mark("severity").earned
    assert restless.total_milli < steady.total_milli


def test_flip_flopping_above_what_is_known_is_no_good_faith():
    """A level raised against what was seen earns half, however soon it is taken back."""
    acts = well_done()
    second, declared = acts["declare"]
    facts = {"errors": 30_000}
    acts["alert"] = (0, replace(acts["alert"][1], facts=facts, severity="high"))
    acts["page"] = (0, replace(acts["page"][1], facts=facts, level="HIGH"))
    acts["look"] = (80, looked("metrics", facts=facts))
    acts["declare"] = (second, replace(declared, level="HIGH"))
    steady = mark(acts, "severity").earned
    acts |= {"up": (200, level("CRITICAL")), "down": (420, level("HIGH"))}

    assert steady == 1000
    assert mark(acts, "severity").earned == 750


def test_a_wrong_cause_first_costs_a_fifth():
    """The last word counts, the wrong one before it is remembered."""
    acts = well_done()
    acts["guess"] = (285, work.HypothesisStated(by=BOB, cause="bad-deploy", confidence=50))
    found = mark(acts, "cause")

    assert (found.earned, found.parts[0].why) == (800, "after a wrong one")


def test_a_guess_without_a_find_is_three_tenths():
    """Right, and known from nothing."""
    acts = well_done()
    acts["named"] = (290, work.HypothesisStated(by=BOB, cause="db-crash", confidence=95))

    assert mark(acts, "cause").earned == 300


def test_not_known_with_a_follow_up_is_half():
    """Honest ignorance, with an action to end it."""
    acts = well_done()
    acts["named"] = (290, work.HypothesisStated(by=ALICE, cause="not-known", confidence=100))

    assert mark(acts, "cause").earned == 500
    assert mark(without(acts, "action"), "cause").earned == 0


def test_confidence_is_one_minus_brier():
    """Sure and right 1, even odds three quarters, sure and wrong nothing."""

    def sure(cause, confidence):
        said_so = work.HypothesisStated(by=ALICE, cause=cause, confidence=confidence)
        return mark(well_done() | {"named": (290, said_so)}, "confidence").earned

    assert [sure("db-crash", 100), sure("db-crash", 50), sure("bad-deploy", 100)] == [1000, 750, 0]


def test_checks_count_until_a_quarter_of_an_hour_after():
    """Four of five checks in time, the fifth half an hour late."""
    acts = without(well_done(), "deploys", "proof.deploys")
    acts["late"] = (35 * MINUTE, looked("deploys"))

    assert mark(acts, "checks").earned == 800


def test_the_expected_level_is_that_of_the_seat_that_commands():
    """What only Bob saw binds nobody; once he shows it, it does, two minutes later."""
    facts = {"errors": 30_000}
    acts = without(well_done(), "commander", "joined")
    acts["bobs"] = (150, looked("metrics", by=BOB, facts=facts))
    hidden = score(journal(acts), brief()).levels["expected"]
    acts["posted"] = (
        200,
        work.FindPosted(
            by=BOB,
            found=0,
            look="metrics",
            views=("metrics",),
            of="api",
            facts=facts,
            measured_at=1,
            clues=(),
        ),
    )
    shown = score(journal(acts), brief()).levels["expected"]

    assert hidden == ((100, "CRITICAL"),)
    assert shown[:2] == ((100, "CRITICAL"), (420, "HIGH"))


def test_what_a_look_shows_is_not_seen_twice():
    """A fact repeated changes no level."""
    acts = well_done()
    acts["again"] = (700, looked("metrics", facts=DOWN))

    assert len(score(journal(acts), brief()).levels["expected"]) == 1
