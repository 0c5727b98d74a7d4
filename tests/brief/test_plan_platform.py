"""Platform's plan says what its readings say; each story names the reading or line it tells."""

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

from simulator.brief.binding import bind
from simulator.brief.conditions import Found
from simulator.brief.nodes import Node
from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import ACTION_KINDS, FACTS

ORIGIN = re.compile(r"003:\d+|PP\d+|assumed: \w")
LAST_LINE = 1378


@pytest.fixture(scope="module")
def tree() -> Node:
    return tree_of("platform")


@pytest.fixture(scope="module")
def plan(tree: Node) -> Plan:
    return bind(Plan, tree, "platform.yaml")


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"customers": "all", "errors": 0.97}, "SEV1"),  # K-X1: SEV1 if all users
        ({"errors": 0.97, "revenue_per_h": 900}, "SEV2"),  # K-X1
        ({"errors": 0.03, "user_share": 0.04}, "SEV3"),  # K-X1
        ({"user_share": 0.05, "customers": "several"}, "SEV2"),  # K-P8
        ({"user_share": 0.049, "customers": "several"}, "SEV3"),  # K-P8
        ({"customers": "one"}, "SEV3"),  # 003:302
        ({"errors": 0.0, "alerts": 1}, "SEV4"),  # K-P8: nobody hurt
        ({"errors": 0.20, "revenue_per_h": 1000}, "SEV1"),  # K-P9
        ({"errors": 0.19, "revenue_per_h": 999}, "SEV2"),  # K-P9
        ({"budget": 0.0, "errors": 0.002}, "SEV2"),  # K-P10: a spent budget alone
        ({"data": "at_risk"}, "SEV1"),  # 003:298
        ({"breach": "confirmed", "errors": 0.0}, "SEV1"),  # 003:82
        ({"vulnerability": "disclosed"}, "SEV2"),  # 003:113
        ({"vendor": "down"}, "SEV2"),  # 003:114
        ({"p95_ratio": 2.1}, "SEV2"),  # 003:110
        ({"p95_ratio": 2.0}, "SEV3"),  # 003:110 says more than twice
        ({"service_down": {"api-gateway"}}, "SEV1"),  # 003:77
        ({"service_down": {"workflow-engine"}}, "SEV2"),  # 003:111
        ({"service_down": {"workflow-engine", "dashboard"}}, "SEV1"),  # 003:80
        ({"payment": "partial"}, "SEV2"),  # 003:112
        ({"payment": "down"}, "SEV1"),  # 003:83
        ({"errors": 0.0008, "p95_ratio": 1.0, "alerts": 0, "service_down": set()}, None),
    ],
)
def test_facts_make_the_level(plan: Plan, facts: dict[str, Found], level: str | None) -> None:
    """The highest matching rule wins; a good day has no level."""
    assert level_of(plan, **facts) == level


def test_acknowledging_at_the_limit_is_still_in_time(plan: Plan) -> None:
    """5 min, 15 min and 1 h from the page, inclusive; SEV4 is best effort (003:91-176)."""
    rule = duty(plan, "acknowledge", "SEV1")

    assert (rule.within, rule.strict, rule.since) == (
        {"SEV1": 5 * MINUTE, "SEV2": 15 * MINUTE, "SEV3": HOUR},
        False,
        "fired",
    )


def test_silence_pages_the_secondary_at_once_or_at_its_target(plan: Plan) -> None:
    """SEV1 both at 0, manager 20; SEV2 secondary 15, manager 30 (PP1, PP2)."""
    ladder = {level: rungs(plan, level) for level in plan.levels}

    assert ladder == {
        "SEV1": [(0, ("on_call", "backup")), (20, ("manager",))],
        "SEV2": [(0, ("on_call",)), (15, ("backup",)), (30, ("manager",))],
        "SEV3": [(0, ("on_call",)), (60, ("backup",))],
        "SEV4": [],
    }


def test_three_people_join_on_three_clocks(plan: Plan) -> None:
    """VP after two hours of SEV1, CEO after four, the sponsor after one (K-P22)."""
    sponsor = plan.mobilisation.later[0]

    assert handed_up(plan, "SEV1") == [(120, ("director",)), (240, ("executive",))]
    assert handed_up(plan, "SEV2") == [(60, ("manager",))]
    assert (sponsor.role, sponsor.after) == ("executive", {"SEV1": HOUR})


def test_the_page_follows_the_assigned_level(plan: Plan) -> None:
    """Five minutes from SEV1, thirty from SEV2, none owed below (K-P1, K-P16)."""
    rule = duty(plan, "status_page", "SEV1")

    assert (rule.since, rule.within) == ("graded", {"SEV1": 5 * MINUTE, "SEV2": 30 * MINUTE})
    assert plan.status_page.optional_at == ("SEV3",)


def test_the_on_call_never_posts_alone(plan: Plan) -> None:
    """The lead posts, else manager or service owner; on call it is asked for (K-P14, K-P15)."""
    rule = duty(plan, "status_page", "SEV2")

    assert rule.owed_by == plan.status_page.posted_by == ("comms_lead", "manager", "service_owner")
    assert "customer_message" not in plan.authority["on_call"].can
    assert plan.roles["comms_lead"].falls_to == "manager"


def test_a_sev2_room_is_optional_for_half_an_hour(plan: Plan) -> None:
    """Room and call are owed at once for SEV1, after 30 min for SEV2 (K-P2)."""
    for verb in ("open_channel", "open_bridge"):
        assert duty(plan, verb, "SEV1").within == {"SEV1": 5 * MINUTE}
        assert duty(plan, verb, "SEV2").opens_after == {"SEV2": 30 * MINUTE}
    assert plan.channels.war_room["SEV2"] == "optional"
    assert plan.channels.recorded_at == ("SEV1",)


def test_a_commander_leads_sev1_and_long_sev2(plan: Plan) -> None:
    """Assigned with SEV1, and once a SEV2 is an hour old (K-P3)."""
    early = duty(plan, "assign", "SEV1", role="commander")
    late = duty(plan, "assign", "SEV2", role="commander")

    assert (early.since, early.opens_after) == ("graded", {})
    assert (late.since, late.opens_after) == ("fired", {"SEV2": HOUR})


def test_six_procedures_not_five_boxes(plan: Plan) -> None:
    """Response is investigation and mitigation (K-P4)."""
    assert [phase.title for phase in plan.phases.values()] == [
        "Detection",
        "Triage",
        "Investigation",
        "Mitigation",
        "Resolution",
        "Post-mortem",
    ]


def test_eight_gates_open_on_a_good_day(plan: Plan) -> None:
    """Four proofs of service and four of function; 1 % of errors is not below 1 % (003:986)."""
    good: dict[str, Found] = {"errors": 0.0008, "p95_ratio": 1.0, "alerts": 0, "data": "ok"}

    assert len(plan.gates) == 8
    assert shut(plan, **good) == []
    assert shut(plan, **good | {"errors": 0.01}) == ["errors", "smoke_tests", "user_flows"]


def test_it_is_watched_before_it_is_called_over(plan: Plan) -> None:
    """30 or 15 min before resolved, then four notices and a booking before closed (K-P5)."""
    ending = plan.ending

    assert (ending.watch, ending.watch_is, ending.closed_is) == (
        {"SEV1": 30 * MINUTE, "SEV2": 15 * MINUTE},
        "before_resolved",
        "later",
    )
    assert len(ending.closing_needs) == 5


def test_a_review_is_booked_in_two_days_and_held_in_a_week(plan: Plan) -> None:
    """SEV1 is held within 48 h; SEV2 booked within 48 h, held within a week (K-P6)."""
    meeting = plan.post_incident.meeting

    assert meeting.held_within == {"SEV1": 2 * DAY, "SEV2": 7 * DAY}
    assert meeting.booked_within["SEV2"] == 2 * DAY
    assert list(meeting.agenda.values()) == [m * MINUTE for m in (10, 15, 15, 15, 5)]


def test_generic_ranges_stand_outside_the_runbook(plan: Plan) -> None:
    """Roll back 5-15 min and scale 5-10 min where no runbook says otherwise (K-P7)."""
    times = plan.mitigation_times

    assert times["rollback"] == (5 * MINUTE, 15 * MINUTE)
    assert times["scale"] == (5 * MINUTE, 10 * MINUTE)


def test_what_the_on_call_may_do_alone(plan: Plan) -> None:
    """Roll back, scale to 20 (50 for the workflow engine), flags off; the rest is asked (K-P13)."""
    on_call = plan.authority["on_call"]
    alone = {kind for kind, terms in on_call.can.items() if terms.inside == "anywhere"}

    assert alone == {"runbook", "rollback", "scale", "flag", "rate_limit", "evidence"}
    assert (on_call.can["scale"].up_to, on_call.can["scale"].up_to_on) == (
        20,
        {"workflow-engine": 50},
    )
    assert on_call.can["infrastructure"].inside == "runbook"


def test_what_the_on_call_must_escalate(plan: Plan) -> None:
    """Six kinds go to the commander, then the manager; configuration to the manager (P26, PP9)."""
    asks = plan.authority["on_call"].asks
    kinds = ("schema", "infrastructure", "hotfix", "vendor", "failover", "traffic_shift")

    assert {asks[kind] for kind in kinds} == {("commander", "manager")}
    assert asks["config"][0] == "manager"


def test_every_approver_may_do_what_he_approves(plan: Plan) -> None:
    """Nobody is sent to somebody who would have to ask in turn (P23, PP6)."""
    first = {
        (kind, approvers[-1])
        for authority in plan.authority.values()
        for kind, approvers in authority.asks.items()
    }

    assert all(
        plan.authority[role].can_everything or kind in plan.authority[role].can
        for kind, role in first
    )


def test_every_kind_of_action_has_a_rule(plan: Plan) -> None:
    """No deed leaves the on-call guessing: may, or whom to ask."""
    on_call = plan.authority["on_call"]

    assert set(ACTION_KINDS) <= set(on_call.can) | set(on_call.asks)


def test_sixteen_runbooks_and_one_alias(plan: Plan) -> None:
    """The repository's fifteen, the missing upstream one, and the pool's other name (K-P17)."""
    pool = plan.runbooks["database-connection-pool-exhausted"]

    assert len(plan.runbooks) == 16
    assert "db-pool-exhausted" in pool.covers
    assert "upstream-failure" in plan.runbooks


def test_the_customer_mail_tells_four_times(plan: Plan) -> None:
    """It can only be written once service is back, and is owed beyond 100 users (P35)."""
    stamps = [name for name, one in plan.templates["customer_mail"].fields.items()
              if one.holds == "time"]  # fmt: skip
    rule = duty(plan, "customer_notice", "SEV2")

    assert stamps == ["detected", "cause_found", "fixed", "restored"]
    assert (rule.since, set(rule.within)) == ("resolved", {"SEV1", "SEV2"})


def test_no_scribe_so_the_commander_keeps_the_timeline(plan: Plan) -> None:
    """The plan names no scribe; the timeline stands on the commander's list (K-P23)."""
    assert "scribe" not in plan.roles
    assert "Start the timeline" in plan.checklists["commander at the start"]


def test_every_condition_asks_about_known_facts(plan: Plan) -> None:
    """A misspelt fact would make its rule false for ever."""
    assert asked_facts(plan) <= set(FACTS)


def test_every_table_names_levels_of_the_plan(plan: Plan) -> None:
    """A misspelt level would be owed by nobody, silently."""
    assert owed_levels(plan) <= set(plan.levels)


def test_every_value_says_where_it_comes_from(tree: Node) -> None:
    """A line of the source, a published fact, or `assumed` with its reason."""
    assert without_origin(tree, ORIGIN) == []


def test_origins_point_into_the_source(tree: Node) -> None:
    """No origin names a line beyond the document's last."""
    named = [int(line) for leaf in leaves(tree) for line in re.findall(r"003:(\d+)", leaf.comment)]

    assert max(named) <= LAST_LINE
