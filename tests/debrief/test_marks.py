"""One mark at a time: what earns it, what its guard takes, what its proof is."""

from dataclasses import replace

from scored_brief import (
    ALICE,
    BOB,
    CHARLIE,
    DOWN,
    HEALTHY,
    MINUTE,
    at,
    brief,
    journal,
    looked,
    said,
    well_done,
    without,
)

from simulator.debrief.scoring import score
from simulator.debrief.timing import grade_of
from simulator.journal.events import incident, paging, talk, work, world


def mark(acts, name, **changes):
    return score(journal(acts), brief(**changes)).mark(name)


def earned(acts, *names):
    card = score(journal(acts), brief())
    return [card.mark(name).earned for name in names]


def breaches(acts):
    card = score(journal(acts), brief())
    return [(breach.kind, breach.factor) for breach in card.discipline.breaches]


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


def test_a_gate_is_passed_by_a_look_after_the_cure_that_showed_it():
    """A look before the cure, or one that showed ill, proves nothing."""
    acts = well_done()
    acts["proof.alerts"] = (400, looked("alerts", facts=HEALTHY))
    acts["proof.tickets"] = (1200, looked("tickets", facts={"tickets": 3}))
    gates = {part.name: part.outcome for part in mark(acts, "gates").parts}

    assert [gates["gate.alert-normal"], gates["gate.reports-resolved"]] == ["missed", "missed"]
    assert gates["gate.metrics-healthy"] == "met"


def test_a_watch_cut_short_is_early():
    """Ten minutes of the watch were left."""
    acts = well_done()
    acts["resolved"] = (2400, incident.IncidentResolved(by=CHARLIE, watch_left_s=600))
    found = mark(acts, "watch")

    assert (found.outcome, found.earned) == ("early", 0)


def test_a_debt_without_an_owner_halves_what_the_watch_earned():
    """Two opportunities, one taken; an owner makes it two."""
    acts = well_done()
    acts["debt"] = (700, world.DebtOpened(debt="rule", says="a rule stands open", undo="close it",
                                          action="restart-db"))  # fmt: skip
    loose = mark(acts, "watch").earned
    acts["owned"] = (900, incident.DebtOwned(debt="rule", owner=BOB, by=ALICE, due_in_s=3600))

    assert [loose, mark(acts, "watch").earned] == [500, 1000]


def test_a_dishonest_notice_earns_nothing_and_costs_discipline():
    """More certain than its sender had reason to be."""
    acts = well_done()
    acts["customers"] = (420, said("customer_notice", audience="customers", honest=False))

    assert mark(acts, "customer_notice").earned == 0
    assert breaches(acts) == [("statement", 950)]


def test_a_message_earns_its_share_of_content():
    """Three of four required fields say something."""
    acts = well_done()
    acts["status_page"] = (200, said("status_page", filled=3, audience="public"))

    assert mark(acts, "status_page").earned == 750


def test_silence_costs_its_share_of_the_owed_time():
    """No update from T+2:40 on: five minutes after the limit of the first are covered."""
    acts = without(well_done(), *(f"update{n}" for n in range(8)))
    found = mark(acts, "cadence").earned

    assert found == 2 * 300 * 1000 // (40 * MINUTE - 100)


def test_an_early_first_update_is_never_held_against_anyone():
    """The second one's clock runs from the first one's limit."""
    acts = well_done()
    early = at(acts, "first_update", 101)
    late = at(acts, "first_update", 399)

    assert mark(early, "cadence").earned == mark(late, "cadence").earned


def test_leave_that_was_needed_and_not_had_is_counted_twice():
    """No approval: the mark is missed, and the act unauthorised."""
    acts = well_done()
    second, started = acts["started"]
    acts["started"] = (second, replace(started, allowed=False, asks=("commander",)))

    assert mark(acts, "approvals").earned == 0
    assert breaches(acts) == [("unauthorised", 850)]


def test_a_role_handed_on_without_a_word_is_half():
    """Handed over, and nothing said."""
    silent = well_done() | {
        "over": (700, talk.HandedOver(role="commander", before=CHARLIE, person=BOB))}  # fmt: skip
    aloud = silent | {
        "over": (700, talk.HandedOver(role="commander", before=CHARLIE, person=BOB, says="so"))
    }

    assert [mark(silent, "approvals").earned, mark(aloud, "approvals").earned] == [500, 1000]


def test_a_report_earns_its_share_of_sections():
    """Half the sections, half the mark."""
    acts = well_done()
    second, report = acts["report"]
    names = list(report.fields)
    half = dict.fromkeys(names[: len(names) // 2], "said")
    acts["report"] = (second, replace(report, fields=half))

    assert mark(acts, "report").earned == len(half) * 1000 // len(names)


def test_actions_need_an_owner_and_a_date():
    """One of two actions is somebody's."""
    acts = well_done()
    acts["loose"] = (5500, incident.ActionAdded(by=CHARLIE, text="later", owner="", due_in_s=0))

    assert mark(acts, "actions").earned == 500


def effect(judged, action="restart-api", second=350, **changes):
    return {
        "begun": (second - 20, work.ActionStarted(by=BOB, work="w7", action=action,
                                                  kind="restart")),
        "took": (second, world.EffectTook(action=action, by=BOB, judged=judged, **changes)),
    }  # fmt: skip


def test_a_useless_act_inside_ones_authority_costs_its_time():
    """Two are free, the third costs a little; an irreversible one costs at once."""
    acts = well_done() | effect("useless")
    many = dict(acts)
    for n in range(2):
        many |= {f"{k}{n}": v for k, v in effect("useless", second=360 + n).items()}

    assert breaches(acts) == [("useless_again", 1000)]
    assert breaches(many)[-1] == ("useless_again", 970)
    assert breaches(well_done() | effect("useless", action="drop")) == [("useless", 950)]


def test_harm_that_ended_within_ten_minutes_and_lost_nothing_costs_its_time():
    """Mended harm of a reversible act is free; harm that stays is not."""
    acts = well_done() | effect("harmful", started=("lost-writes",))
    mended = acts | {"mended": (600, world.FaultCured(fault="lost-writes"))}
    lost = mended | effect("harmful", started=("lost-writes",), lost={"writes": 4000})

    assert [breaches(acts), breaches(mended), breaches(lost)] == [
        [("harmful", 850)], [("harmful", 1000)], [("harmful", 850)],
    ]  # fmt: skip


def test_messages_beyond_four_in_an_interval_cost():
    """Six updates within two minutes: two too many; the first of all was owed and is free."""
    acts = without(well_done(), *(f"update{n}" for n in range(8)))
    for n in range(6):
        acts[f"flood{n}"] = (1500 + 20 * n, said("update"))

    assert breaches(acts) == [("message_flood", 980), ("message_flood", 980)]


def test_the_third_needless_page_costs():
    """The first call is never a loss, two needless ones are forgiven."""
    acts = well_done()
    for n in range(5):
        acts[f"call{n}"] = (500 + n, paging.Paged(
            page=f"p{n + 5}", to=f"lawyer{n}", role="legal", alert="", level="CRITICAL",
            summary="", why="called", by=ALICE))  # fmt: skip

    assert breaches(acts) == [("needless_page", 970), ("needless_page", 970)]


def test_luck_is_taken_off_what_was_late_and_never_makes_late_what_was_kept():
    """Restored at T+16 of 15: a minute of it was drawn; a lucky minute inside the limit is kept."""
    acts = at(well_done(), "effect", 700)
    acts["restored"] = (970, world.ImpactEnded(since=100 + 960))
    unlucky = acts | {
        "drawn": (
            310,
            work.WorkBegan(
                by=ALICE, work="w9", kind="action", item="restart-db", takes_s=390, luck_s=60
            ),
        )
    }
    lucky = well_done() | {
        "drawn": (
            310,
            work.WorkBegan(
                by=ALICE, work="w9", kind="action", item="restart-db", takes_s=190, luck_s=-600
            ),
        )
    }

    assert [mark(acts, "restore").earned, mark(unlucky, "restore").earned] == [933, 1000]
    assert mark(lucky, "restore").earned == 1000


def test_an_idle_person_among_good_ones_has_nothing_to_show():
    """Bob did nothing: his card holds no points, and nobody else's deeds."""
    acts = {name: act for name, act in well_done().items() if getattr(act[1], "by", "") != BOB}
    cards = {card.person: card for card in score(journal(acts), brief()).people}

    assert cards[BOB].points_milli in (None, 0)
    assert cards[ALICE].points_milli > 90_000


def test_a_missed_duty_is_ones_own_only_where_nobody_else_owed_it():
    """The manager's call is owed by two people: it is neither's alone."""
    acts = without(well_done(), "told_manager", "joined", "commander")
    cards = score(journal(acts), brief()).people
    missed = [(c.person, m.part) for c in cards for m in c.marks if m.outcome == "missed"]

    assert ("bob", "notify.0") not in missed


def test_a_special_path_counts_from_the_second_its_fact_was_seen():
    """A breach found at T+10 owes the security lead two minutes from then, and stays owed."""
    acts = well_done()
    acts["breach"] = (600, looked("metrics", facts={"breach": "suspected"}))
    acts["gone"] = (620, looked("metrics", facts={"breach": "none"}))
    in_time = acts | {
        "lead": (700, paging.Notified(role="security_lead", person="security-lead", by=ALICE,
                                      text=""))}  # fmt: skip
    late = at(in_time, "lead", 780)

    def part(acts):
        parts = mark(acts, "notices").parts
        return next(part for part in parts if part.name == "security.0").earned

    assert [part(acts), part(in_time), part(late)] == [0, 1000, 500]


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
