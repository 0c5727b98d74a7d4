"""VirtEngine's plan says what its readings say; each story names the reading or fact it tells."""

import re

import pytest
from plan_reading import (
    DAY,
    HOUR,
    MINUTE,
    asked_facts,
    duty,
    handed_up,
    leaves,
    level_of,
    owed_levels,
    rungs,
    shut,
    tree_of,
    without_origin,
)

from simulator.brief.binding import bind, origins
from simulator.brief.conditions import Found, holds, parse
from simulator.brief.nodes import Node
from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import ACTION_KINDS, FACTS

ORIGIN = re.compile(r"002:\d+|V[PDR]\d+|assumed: \w")
LAST_LINE = 393
MARKS = {"unresolved"}


@pytest.fixture(scope="module")
def tree() -> Node:
    return tree_of("virtengine")


@pytest.fixture(scope="module")
def plan(tree: Node) -> Plan:
    return bind(Plan, tree, "virtengine.yaml")


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"errors": 1.0}, "SEV-1"),  # VP5: every API answer fails
        ({"errors": 0.97}, "SEV-2"),  # VP4: nearly all is not all
        ({"errors": 0.10}, "SEV-2"),  # VP5
        ({"errors": 0.05}, "SEV-3"),  # VP5: more than 5 %
        ({"errors": 0.03}, "SEV-3"),  # VP5
        ({"errors": 0.003, "alerts": 1}, "SEV-4"),  # VP6: nobody is hit
        ({"traffic_share": 0.10}, "SEV-2"),  # VP4: exactly a tenth
        ({"traffic_share": 0.08, "core": "yes"}, "SEV-3"),  # VP6: 8 % of verifications
        ({"service_down": {"chain"}}, "SEV-1"),  # VP5, VP6
        ({"service_down": {"veid"}, "core": "yes"}, "SEV-2"),  # VP5: scoring down
        ({"service_down": {"worker"}, "core": "no"}, "SEV-3"),  # VP3
        ({"service_down": {"worker"}, "customers": "all"}, "SEV-1"),  # VP1
        ({"region": "down"}, "SEV-2"),  # VP6: one region of two
        ({"vendor": "down", "errors": 0.02}, "SEV-2"),  # VD4
        ({"revenue_per_h": 10_000}, "SEV-2"),  # VP4: exactly $10,000
        ({"revenue_per_h": 10_001}, "SEV-1"),  # VP1
        ({"budget": 0.05}, None),  # VP4: depleted is under 5 %
        ({"budget": 0.049}, "SEV-1"),  # VP67
        ({"breach": "suspected"}, "SEV-1"),  # VD3
        ({"vulnerability": "disclosed"}, "SEV-2"),  # VP2
        ({"data": "lost"}, "SEV-1"),  # VP1
        ({"cosmetic": "yes", "customers": "all"}, "SEV-4"),  # VP3
        ({"p95_ms": 2500, "p95_ratio": 3.0}, "SEV-2"),  # VP64: outside the objective
        ({"p95_ms": 900, "p95_ratio": 3.0}, "SEV-3"),  # VP3: slower but inside it
        ({"errors": 0.002, "p95_ratio": 1.0, "alerts": 0, "service_down": set()}, None),
    ],
)
def test_facts_make_the_level(plan: Plan, facts: dict[str, Found], level: str | None) -> None:
    """The highest matching rule wins; a good day has no level."""
    assert level_of(plan, **facts) == level


def test_the_criteria_come_before_the_tree(plan: Plan) -> None:
    """The training tree knows no breach, yet a breach without a failing request is SEV-1 (VP6)."""
    assert level_of(plan, breach="confirmed", errors=0.0, customers="one") == "SEV-1"


def test_every_alert_is_taken_in_under_five_minutes(plan: Plan) -> None:
    """One limit for all four levels; five minutes to the second are late (K-V10)."""
    rule = duty(plan, "acknowledge", "SEV-4")

    assert set(rule.within.values()) == {5 * MINUTE}
    assert (set(rule.within), rule.strict) == (set(plan.levels), True)


def test_the_first_response_has_a_time_of_its_own(plan: Plan) -> None:
    """Engaged in under 5 and 15 minutes, an hour, a day (VP7)."""
    rule = duty(plan, "engage", "SEV-1")

    assert list(rule.within.values()) == [5 * MINUTE, 15 * MINUTE, HOUR, DAY]


def test_silence_pages_the_secondary_and_nobody_else(plan: Plan) -> None:
    """Five minutes for what pages at all; SEV-3 and SEV-4 wake nobody (VP9, VP20)."""
    ladder = {level: rungs(plan, level) for level in plan.levels}

    assert ladder == {
        "SEV-1": [(0, ("on_call",)), (5, ("backup",))],
        "SEV-2": [(0, ("on_call",)), (5, ("backup",))],
        "SEV-3": [],
        "SEV-4": [],
    }


def test_sev1_climbs_by_itself(plan: Plan) -> None:
    """Senior SRE and commander 5, Director 10, VP 15, acknowledged or not (VP17)."""
    how = {step.how for step in plan.escalation.unresolved if "SEV-1" in step.after}

    assert handed_up(plan, "SEV-1") == [
        (5, ("tech_lead", "commander")),
        (10, ("director",)),
        (15, ("executive",)),
    ]
    assert how == {"automatic"}


def test_sev2_climbs_by_hand(plan: Plan) -> None:
    """Team Lead 30, Director 60, VP 120 (VP17)."""
    how = {step.how for step in plan.escalation.unresolved if "SEV-2" in step.after}

    assert handed_up(plan, "SEV-2") == [
        (30, ("manager",)),
        (60, ("director",)),
        (120, ("executive",)),
    ]
    assert how == {"by_hand"}


def test_being_told_is_not_taking_over(plan: Plan) -> None:
    """A Director hears of SEV-2 at 30, takes over at 60; CTO and CEO hear at 30, 60 (VP19)."""
    told = [
        (step.tell, level, limit // MINUTE)
        for step in plan.escalation.notify
        if step.tell in ("director", "executive")
        for level, limit in step.within.items()
    ]

    assert told == [
        ("director", "SEV-2", 30),
        ("executive", "SEV-1", 30),
        ("executive", "SEV-1", 60),
    ]


def test_a_breach_takes_a_private_road(plan: Plan) -> None:
    """CISO 5, Legal 10 on suspicion, CTO 15, CEO 30 only once confirmed (VP23)."""
    path = plan.escalation.special["security"]
    facts = {"breach": "suspected"}
    owed = [
        (step.tell, step.within["SEV-1"] // MINUTE)
        for step in path.steps
        if step.only_if is None or holds(step.only_if, lambda name: facts.get(name.text))
    ]

    assert (path.channel, path.page) == ("private", ("security_lead",))
    assert owed == [("security_lead", 5), ("legal", 10), ("executive", 15)]


def test_three_special_paths_and_the_domains(plan: Plan) -> None:
    """Security, data loss and dependencies, then one road for each domain facts can tell (V7)."""
    assert list(plan.escalation.special) == [
        "security",
        "data_loss",
        "external_dependency",
        "blockchain",
        "veid",
        "provider_daemon",
        "database",
    ]


def test_a_commander_stands_only_above_sev3(plan: Plan) -> None:
    """Within 5 minutes at SEV-1 and 15 at SEV-2; below, the on-call commands (VP10, K-X7)."""
    rule = duty(plan, "assign", "SEV-1", role="commander")

    assert rule.within == {"SEV-1": 5 * MINUTE, "SEV-2": 15 * MINUTE}
    assert plan.roles["commander"].falls_to == "on_call"


def test_updates_slow_down_while_it_is_watched(plan: Plan) -> None:
    """10 and 15 minutes at work, 30 and 60 once monitoring (VP11)."""
    rule = duty(plan, "updates", "SEV-1")

    assert rule.every == {"SEV-1": 10 * MINUTE, "SEV-2": 15 * MINUTE}
    assert rule.every_watching == {"SEV-1": 30 * MINUTE, "SEV-2": 60 * MINUTE}


def test_the_page_is_renewed_every_quarter_of_an_hour(plan: Plan) -> None:
    """The stricter of two published cadences, because it is owed to customers (VP13)."""
    first = duty(plan, "status_page", "SEV-2")
    again = duty(plan, "status_page_updates", "SEV-2")

    assert (first.since, first.within) == ("fired", {"SEV-2": 15 * MINUTE})
    assert again.every == {"SEV-1": 15 * MINUTE, "SEV-2": 15 * MINUTE}
    assert plan.status_page.optional_at == ("SEV-3",)


def test_eight_gates_open_on_a_good_day(plan: Plan) -> None:
    """Fix, health, errors, latency, indicators, logs, synthetic checks, user reports (VP30)."""
    good: dict[str, Found] = {
        "errors": 0.002, "p95_ratio": 1.0, "alerts": 0, "tickets": 0,
        "traffic_share": 0.0, "saturation": 0.4, "service_down": (),
    }  # fmt: skip

    assert len(plan.gates) == 8
    assert shut(plan, **good) == []
    assert shut(plan, **good | {"errors": 0.005}) == ["errors", "logs"]


def test_it_is_watched_before_it_is_called_over(plan: Plan) -> None:
    """Half an hour at SEV-1, else a quarter; closed later, with a review booked (VP32, VP61)."""
    ending = plan.ending

    assert (ending.watch["SEV-1"], ending.watch["SEV-2"]) == (30 * MINUTE, 15 * MINUTE)
    assert (ending.watch_is, ending.closed_is) == ("before_resolved", "later")
    assert ending.closing_needs == ("meeting_booked",)


def test_time_to_restore_counts_from_the_impact(plan: Plan) -> None:
    """This organisation alone counts from the start of the impact, not the alert (K-V3)."""
    pooled = plan.metrics["mean_time_to_restore"]

    assert plan.ending.ttr_from == "impact"
    assert pooled.at_most == 30 * MINUTE


def test_five_business_days_are_a_week(plan: Plan) -> None:
    """The report is owed in five business days, the meeting of an hour in 48 hours (K-V9)."""
    after = plan.post_incident

    assert after.report_within == {"SEV-1": 7 * DAY, "SEV-2": 7 * DAY}
    assert after.meeting.held_within == {"SEV-1": 2 * DAY, "SEV-2": 2 * DAY}
    assert list(after.meeting.agenda.values()) == [15 * MINUTE] * 4


def test_seven_chairs_come_from_the_seed(plan: Plan, tree: Node) -> None:
    """Five roles and four tiers overlap in two: seven chairs (K-V7)."""
    written = origins(tree)
    from_seed = {role for role in plan.roles if written[f"roles.{role}.word"].startswith("002:")}

    assert from_seed == {
        "on_call", "backup", "commander", "manager", "sme", "comms_lead", "scribe",
    }  # fmt: skip


def test_a_gameday_each_quarter_and_something_each_month(plan: Plan) -> None:
    """Twelve months have a drill, the last of each quarter a gameday beside it (K-V5)."""
    months = [line for line in plan.practice.calendar if not line.startswith(("One", "Each"))]
    gamedays = [line.split(",")[0] for line in months if "gameday" in line]

    assert len(months) == 12
    assert gamedays == ["March", "June", "September", "December"]


def test_the_list_of_drills_is_not_an_order_of_risk(plan: Plan) -> None:
    """Tabletop 1 to gameday 4; the shadow stands last in the list and is as safe as any (K-V11)."""
    risks = {name: one.risk for name, one in plan.practice.exercises.items() if one.risk}

    assert risks == {
        "tabletop": 1,
        "wheel_of_misfortune": 2,
        "controlled_chaos": 3,
        "production_gameday": 4,
        "on_call_shadow": 1,
    }


def test_low_risk_is_the_on_calls_own(plan: Plan) -> None:
    """Rolling back and configuration need nobody; hotfix, failover, schema ask (VP31, VP35)."""
    on_call = plan.authority["on_call"]

    assert {"rollback", "config", "traffic_shift", "scale"} <= set(on_call.can)
    assert {on_call.asks[kind][0] for kind in ("hotfix", "failover", "schema")} == {"commander"}
    assert plan.authority["commander"].can_everything


def test_every_kind_of_action_has_a_rule(plan: Plan) -> None:
    """No deed leaves the on-call guessing: may, or whom to ask."""
    on_call = plan.authority["on_call"]

    assert set(ACTION_KINDS) <= set(on_call.can) | set(on_call.asks)


def test_every_approver_may_do_what_he_approves(plan: Plan) -> None:
    """Nobody is sent to somebody who would have to ask in turn (VP33)."""
    sent = {
        (kind, approvers[-1])
        for authority in plan.authority.values()
        for kind, approvers in authority.asks.items()
    }

    assert all(
        plan.authority[role].can_everything or kind in plan.authority[role].can
        for kind, role in sent
    )


def test_each_state_of_the_page_has_its_own_text(plan: Plan) -> None:
    """Every blank of a page's text is a field of the template for that state (VP39)."""
    pages = [one for one in plan.templates.values() if one.use == "status_page"]
    blanks = re.compile(r"\$\{(\w+)\}")

    for status, text in plan.status_page.texts.items():
        (page,) = [one for one in pages if status in one.statuses]
        assert set(blanks.findall(text)) <= set(page.fields)


def test_a_breach_is_mailed_only_after_legal_and_ciso(plan: Plan) -> None:
    """The text waits for both (VP42)."""
    assert plan.templates["breach_mail"].needs_approval_of == ("legal", "security_lead")


def test_the_channel_carries_date_and_time(plan: Plan) -> None:
    """The published form wins over the shorter one of a playbook (VP36)."""
    assert plan.channels.incident == "#incident-${date}-${hhmm}"


def test_the_six_phases_are_advice(plan: Plan) -> None:
    """Their windows run on for two hours though SEV-1 must be over in one (VP29)."""
    assert len(plan.phases) == 6
    assert all(set(one.advisory_at) == set(plan.levels) for one in plan.phases.values())


def test_every_condition_asks_about_known_facts(plan: Plan) -> None:
    """A misspelt fact would make its rule false for ever."""
    assert asked_facts(plan) <= set(FACTS) | MARKS
    assert parse("unresolved") in {rule.only_if for rule in plan.escalation.notify}


def test_every_table_names_levels_of_the_plan(plan: Plan) -> None:
    """A misspelt level would be owed by nobody, silently."""
    assert owed_levels(plan) <= set(plan.levels)


def test_every_value_says_where_it_comes_from(tree: Node) -> None:
    """A line of the source, a published fact, or `assumed` with its reason."""
    assert without_origin(tree, ORIGIN) == []


def test_origins_point_into_the_source(tree: Node) -> None:
    """No origin names a line beyond the document's last."""
    named = [int(line) for leaf in leaves(tree) for line in re.findall(r"002:(\d+)", leaf.comment)]

    assert max(named) <= LAST_LINE
