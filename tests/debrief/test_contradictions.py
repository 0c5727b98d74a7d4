"""A report against itself: the organisations' own examples, and one wrong claim at a time."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from simulator.brief.binding import bind
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.debrief.aftermath import amounts
from simulator.debrief.aftermath.account import (
    Account,
    Again,
    AlertRule,
    Compared,
    ToldAction,
    ToldCause,
    ToldDeadline,
    ToldLine,
)
from simulator.debrief.aftermath.contradictions import contradictions
from simulator.debrief.aftermath.document import account_of, front_matter
from simulator.errors import BriefError

TOLD = Path(__file__).parent / "told"
PLANS = Path(__file__).parents[2] / "scenarios" / "plans"


def plan(name="fraiseql"):
    """A plan as it ships."""
    return bind(Plan, compose((PLANS / f"{name}.yaml").read_text(encoding="utf-8"), name), name)


def example(name):
    """An organisation's own example, as its claims."""
    return account_of((TOLD / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")


def codes(account, name="fraiseql"):
    """What is found, by code, each once, in order."""
    return list(dict.fromkeys(one.code for one in contradictions(account, plan(name))))


def sound():
    """A report that agrees with itself: half an hour of one request in twenty, on 10 March."""
    return Account(
        id="INC-2026-03-10-001",
        title="Errors",
        level="HIGH",
        times={
            "began": "2026-03-10 14:00 UTC",
            "detected": "14:04",
            "acknowledged": "14:05",
            "declared": "14:08",
            "mitigated": "14:20",
            "restored": "14:30",
            "resolved": "15:05",
        },
        spans={"incident": ("1 h 5 min",), "impact": ("30 min",), "detect": ("4 min",)},
        impact={"requests": "3,000", "offered": "60,000", "errors": "5 %", "peak": "9 %",
                "rate": "2,000", "budget": "3.5 %"},
        timeline=(
            ToldLine(at="14:00", says="It begins", marks=("began",)),
            ToldLine(at="14:30", says="It is back", marks=("restored",)),
        ),
        actions=(ToldAction(action="Mend it", owner="Team", due="2026-03-17"),),
        deadlines=(ToldDeadline(duty="first update", due="14:20", done="14:12", outcome="met"),),
        compared=(Compared(name="restore", expected="60 min", actual="26 min", faster="57 %"),),
        cause=ToldCause(says="A release", confidence="90 %", confirmed="yes"),
    )  # fmt: skip


def told(account, part, **changes):
    """The account with other times, spans or losses."""
    return replace(account, **{part: {**getattr(account, part), **changes}})


def test_a_sound_report_is_left_alone():
    """Nothing is found where everything agrees."""
    assert codes(sound()) == []


def test_the_first_examples_figures_do_not_fit():
    """FraiseQL: a line before the start, 12 min of watch for 30, requests and level that differ."""
    assert codes(example("fraiseql")) == [
        "watch_cut_short", "outside_the_incident", "requests_do_not_fit", "level_above_facts",
    ]  # fmt: skip


def test_the_peak_of_the_later_template_explains_the_level():
    """With 2.1 % at the worst the level stands."""
    account = told(example("fraiseql"), "impact", peak="2.1 %")

    assert "level_above_facts" not in codes(account)


def test_the_second_example_has_three_durations():
    """Platform: 2 h 15 for 67 min, 27 for 37; another objective's budget; a slower rule."""
    found = contradictions(example("platform"), plan("platform"))
    lengths = [one.expected for one in found if one.code == "duration_differs"]

    assert lengths == ["14:23 to 15:30 is 1 h 7 min", "14:23 to 15:00 is 37 min"]
    assert list(dict.fromkeys(one.code for one in found)) == [
        "duration_differs", "budget_differs", "detected_before_the_rule_can",
        "praised_and_faulted",
    ]  # fmt: skip


def test_the_third_example_is_a_form():
    """CODE: signs for figures are named one by one; quick detection was needed earlier."""
    assert codes(example("code"), "code") == [
        "unreadable", "level_unknown", "action_without_date", "praised_and_faulted",
    ]  # fmt: skip


def test_the_fourth_example_is_no_total_outage():
    """VirtEngine: 47 min of everything against 45 %, a budget overspent, actions out of time."""
    assert codes(example("virtengine"), "virtengine") == [
        "duration_differs", "watch_cut_short", "outside_the_incident", "timeline_differs",
        "budget_differs", "availability_differs", "outage_differs", "level_below_facts",
        "action_too_late", "action_twice", "praised_and_faulted",
    ]  # fmt: skip


def test_a_month_is_no_day_of_eight_hours():
    """FraiseQL's February: 692 min down by one incident of 8 h (FP19)."""
    account = Account(
        spans={"incident": ("8 hours",)},
        impact={"availability": "98.28 %", "period": "28 d", "down": "692 minutes"},
    )

    assert codes(account) == ["downtime_differs"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"restored": "13:40"}, "times_out_of_order"),
        ({"acknowledged": "14:02"}, "times_out_of_order"),
        ({"verified": "15:10"}, "resolved_before_verified"),
        ({"restored": "14:40"}, "duration_differs"),
        ({"resolved": "14:45"}, "watch_cut_short"),
        ({"restored": "14:3"}, "unreadable"),
        ({"began": "2026-03-10 13:59:00 UTC"}, "timeline_differs"),
    ],
)
def test_a_wrong_time_is_found(changes, code):
    """Order, proof, length, watch and line: each by its own code."""
    assert code in codes(told(sound(), "times", **changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"requests": "70,000"}, "failed_beyond_offered"),
        ({"requests": "4,500"}, "share_differs"),
        ({"peak": "3 %"}, "mean_above_peak"),
        ({"rate": "9,000"}, "requests_do_not_fit"),
        ({"budget": "40 %"}, "budget_differs"),
        ({"said": "No customer impact"}, "no_impact_with_failures"),
        ({"complete": "yes"}, "outage_differs"),
        ({"money": "$900", "money_per_h": "$9,000"}, "money_differs"),
        ({"peak": "100 %"}, "level_below_facts"),
        ({"requests": "many"}, "unreadable"),
    ],
)
def test_a_wrong_loss_is_found(changes, code):
    """Counts, shares, minutes times rate, budget, money, level: each by its own code."""
    assert code in codes(told(sound(), "impact", **changes))


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (ToldAction(action="Mend it", owner="", due="2026-03-17"), "action_without_owner"),
        (ToldAction(action="Mend it", owner="TBD", due="2026-03-17"), "action_without_owner"),
        (ToldAction(action="Mend it", owner="Team", due="soon"), "action_without_date"),
        (ToldAction(action="Mend it", owner="Team"), "action_without_date"),
        (ToldAction(action="Mend it", owner="Team", due="2025-03-17"), "action_before_incident"),
    ],
)
def test_a_wrong_action_is_found(action, code):
    """An owner, a date, and one that lies ahead."""
    assert codes(replace(sound(), actions=(action,))) == [code]


def test_an_id_names_one_thing():
    """Two actions of one number, and an incident of two."""
    twice = ToldAction(id="A1", action="Mend it", owner="Team", due="2026-03-17")
    account = replace(
        sound(), ids=("INC-2026-03-10-002",), actions=(twice, replace(twice, action="Prove it"))
    )

    assert codes(account) == ["id_differs", "id_twice"]


@pytest.mark.parametrize(
    ("deadline", "code"),
    [
        (ToldDeadline(duty="u", due="14:20", done="14:22", outcome="met"), "late_but_kept"),
        (ToldDeadline(duty="u", due="14:20", done="14:12", outcome="late"), "kept_but_late"),
        (ToldDeadline(duty="u", due="14:20", done="14:12", outcome="missed"), "deadline_differs"),
        (ToldDeadline(duty="u", due="14:20", outcome="kept"), "deadline_differs"),
    ],
)
def test_a_notice_sent_late_was_not_kept(deadline, code):
    """The outcome follows from the two times, for duties and notices alike."""
    assert codes(replace(sound(), deadlines=(deadline,))) == [code]
    assert codes(replace(sound(), notices=(deadline,))) == [code]


def test_what_is_half_believed_is_not_confirmed():
    """60 % is probable; a confirmed cause has a name."""
    doubtful = ToldCause(says="A release", confidence="60 %", confirmed="yes")

    assert codes(replace(sound(), cause=doubtful)) == ["confirmed_without_confidence"]
    assert codes(replace(sound(), cause=ToldCause(confirmed="yes"))) == ["confirmed_without_cause"]


def test_parts_make_up_a_whole_and_gains_follow_from_times():
    """Shares of 110 %, and 20 to 10 min as 20 % faster."""
    shares = {"clients": ("60 %", "30 %", "20 %")}
    gain = Compared(name="key", expected="20 min", actual="10 min", faster="20 %")

    assert codes(replace(sound(), shares=shares)) == ["shares_do_not_add_up"]
    assert codes(replace(sound(), compared=(gain,))) == ["percentage_differs"]


def test_a_rule_of_five_minutes_cannot_speak_after_two():
    """What must hold for 5 min speaks after 5 at the earliest; after 5 it can."""
    early, late = AlertRule(needs="5m", spoke_after="2m"), AlertRule(needs="5m", spoke_after="5m")

    assert codes(replace(sound(), alert=early)) == ["detected_before_the_rule_can"]
    assert codes(replace(sound(), alert=late)) == []


def test_a_line_outside_may_say_so():
    """What led up to it may stand before the start if it says that it does."""
    before = ToldLine(at="13:40", says="A release goes out")
    lines = sound().timeline

    assert codes(replace(sound(), timeline=(before, *lines))) == ["outside_the_incident"]
    assert codes(replace(sound(), timeline=(replace(before, outside="before"), *lines))) == []


def test_a_timeline_runs_past_midnight():
    """00:10 after 23:50 is the next day, not a line out of order."""
    account = Account(
        times={"began": "2026-03-10 23:45", "resolved": "2026-03-11 00:50"},
        timeline=(ToldLine(at="23:50"), ToldLine(at="00:10"), ToldLine(at="00:40")),
    )
    swapped = replace(account, timeline=(ToldLine(at="23:55"), ToldLine(at="23:50")))

    assert (codes(account), codes(swapped)) == ([], ["timeline_out_of_order"])


def test_lengths_and_moments_are_read_as_people_write_them():
    """Words, zones, short days; what cannot be is None."""
    assert amounts.length("2 hours 15 minutes").value == 8100
    assert amounts.moment("14:23+02:00", date(2026, 3, 10)).at % 86_400 == 12 * 3600 + 23 * 60
    assert amounts.calendar_day("3/17", 2026) == date(2026, 3, 17)
    assert [amounts.moment("25:00"), amounts.moment("2026-13-40 10:00"), amounts.length("long"),
            amounts.calendar_day("2026-02-30")] == [None] * 4  # fmt: skip
    assert list(amounts.numbers("31.2 of 40.32")) == [31.2, 40.32]


def test_a_misspelt_slot_is_refused_with_its_place():
    """A claim is never lost in silence."""
    page = "---\ntimes:\n  begun: 14:00\n---\n# A page\n"
    with pytest.raises(BriefError) as refused:
        account_of(front_matter(page), "page.md")

    assert "page.md:2:3" in str(refused.value)
    assert front_matter("# A page\n") == ""


def test_every_finding_says_what_to_do():
    """Where, found, expected, do: none is empty."""
    found = [one for name in ("fraiseql", "platform", "code", "virtengine")
             for one in contradictions(example(name), plan(name))]  # fmt: skip

    assert [one for one in found if not all((one.where, one.found, one.expected, one.do))] == []
    assert found[0].says().endswith(".")


def test_what_is_said_in_two_places_is_the_same_in_both():
    """A start and a count stated again agree, or the second place is named."""
    same = (Again(of="times.began", says="14:00:20"), Again(of="impact.requests", says="3,000"))
    other = (Again(of="times.began", says="13:50"), Again(of="impact.requests", says="2,000"))
    blank = (Again(of="times.began", says=""), Again(of="impact.said", says="some"))

    assert codes(replace(sound(), again=(*same, *blank))) == []
    assert codes(replace(sound(), again=other)) == ["said_twice"]


def test_a_length_is_said_once():
    """An hour here and three there, whatever the times are."""
    account = Account(spans={"incident": ("1 hour", "3 hours"), "degraded": ("3 min",)})

    assert codes(account) == ["duration_said_twice"]


def test_a_budget_counted_in_failures_is_checked_as_such():
    """3,000 of 100,000 allowed failures are 3 %, not 30."""
    counted = told(sound(), "impact", allowed="100,000", budget="3 %")

    assert codes(counted) == []
    assert codes(told(counted, "impact", budget="30 %")) == ["budget_differs"]


def test_facts_a_report_gives_are_graded_by_the_plan():
    """Lists, words, figures and shares as the plan's conditions name them; others say nothing."""
    given = {"service_down": "api, db", "data": "ok", "p95_ms": "90", "errors": "5 %",
             "weather": "fair", "users": "many", "login": ""}  # fmt: skip

    assert codes(replace(sound(), facts=given)) == ["level_below_facts"]
    assert codes(replace(sound(), facts={"errors": "0 %"})) == ["level_above_facts"]
    assert codes(replace(sound(), facts={"errors": "0 %"}, level_because="We feared more")) == []
