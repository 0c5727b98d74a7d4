"""CODE's plan says what its readings say; each story names the reading or line it tells."""

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
from simulator.brief.plan.levels import NotifyRule
from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import ACTION_KINDS, FACTS

ORIGIN = re.compile(r"004:\d+|C[PR]\d+|assumed: \w")
LAST_LINE = 705


@pytest.fixture(scope="module")
def tree() -> Node:
    return tree_of("code")


@pytest.fixture(scope="module")
def plan(tree: Node) -> Plan:
    return bind(Plan, tree, "code.yaml")


def told(plan: Plan, role: str, level: str) -> NotifyRule:
    """The one rule by which a role is told at a level."""
    (found,) = [
        rule for rule in plan.escalation.notify if rule.tell == role and level in rule.within
    ]
    return found


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"errors": 0.97}, "SEV1"),  # K-X1
        ({"errors": 0.95}, "SEV2"),  # K-C9: up to 95 %
        ({"errors": 0.60}, "SEV2"),  # K-C9: beyond the example's 50 %
        ({"errors": 0.10}, "SEV2"),  # K-X1
        ({"errors": 0.05}, "SEV3"),  # K-C9: above 5 %, not at it
        ({"errors": 0.03, "customers": "several"}, "SEV3"),  # K-X1, K-C7
        ({"errors": 0.01}, "SEV3"),  # K-C9
        ({"breach": "confirmed", "customers": "one"}, "SEV1"),  # K-C6
        ({"data": "lost", "customers": "one"}, "SEV1"),  # K-C6
        ({"login": "down", "errors": 0.2}, "SEV1"),  # K-C6
        ({"payment": "down"}, "SEV1"),  # K-C9
        ({"payment": "partial"}, "SEV2"),  # K-C9
        ({"region": "down"}, "SEV1"),  # 004:52
        ({"service_down": {"claude-deployment-primary"}}, "SEV1"),  # 004:49
        ({"p95_ratio": 1.6}, "SEV2"),  # 004:59
        ({"p95_ms": 5001}, "SEV2"),  # 004:66
        ({"p95_ratio": 1.3, "customers": "all"}, "SEV3"),  # K-C7: a slow dashboard
        ({"core": "yes", "customers": "several"}, "SEV2"),  # 004:60
        ({"core": "yes", "customers": "one"}, "SEV3"),  # 004:184
        ({"core": "no", "customers": "one"}, "SEV3"),  # K-C8
        ({"cosmetic": "yes"}, "SEV4"),  # 004:95
        ({"alerts": 1, "errors": 0.0005}, "SEV4"),  # 004:185
        ({"errors": 0.0005, "p95_ratio": 1.0, "alerts": 0}, None),  # a good day
    ],
)
def test_facts_make_the_level(plan: Plan, facts: dict[str, Found], level: str | None) -> None:
    """Criteria before examples before the tree, and the highest wins."""
    assert level_of(plan, **facts) == level


def test_three_clocks_run_side_by_side(plan: Plan) -> None:
    """Acknowledged in 5 min whatever it is; first word 15 or 30; at work 30 min or 2 h (K-C1)."""
    acknowledged = duty(plan, "acknowledge", "SEV2")
    spoken = duty(plan, "first_update", "SEV2")
    engaged = duty(plan, "engage", "SEV2")

    assert set(acknowledged.within.values()) == {5 * MINUTE}
    assert (set(acknowledged.within), acknowledged.strict) == (set(plan.levels), False)
    assert spoken.within == {"SEV2": 15 * MINUTE, "SEV3": 30 * MINUTE}
    assert engaged.within == {
        "SEV1": 5 * MINUTE,
        "SEV2": 30 * MINUTE,
        "SEV3": 2 * HOUR,
        "SEV4": DAY,
    }


def test_silence_pages_backup_or_team_lead(plan: Plan) -> None:
    """SEV1 the backup at 5, SEV2 the team lead at 30, SEV3 nobody (CP1)."""
    ladder = {level: rungs(plan, level) for level in plan.levels}

    assert ladder == {
        "SEV1": [(0, ("on_call",)), (5, ("backup",))],
        "SEV2": [(0, ("on_call",)), (30, ("service_owner",))],
        "SEV3": [(0, ("on_call",))],
        "SEV4": [],
    }


def test_levels_take_over_from_the_start_of_the_incident(plan: Plan) -> None:
    """SEV1 30 min, 1 h, 4 h; SEV2 2 h and 4 h, none counted from the level before (K-C3, CP3)."""
    assert handed_up(plan, "SEV1") == [
        (30, ("sme", "manager")),
        (60, ("director",)),
        (240, ("executive",)),
    ]
    assert handed_up(plan, "SEV2") == [(120, ("sme", "manager")), (240, ("director",))]


def test_telling_is_not_handing_over(plan: Plan) -> None:
    """Manager, director, executive are told by a table of their own (K-C4, 004:632-634)."""
    table = {
        level: [
            told(plan, role, level).within[level] // MINUTE
            for role in ("manager", "director", "executive")
        ]
        for level in ("SEV1", "SEV2")
    }

    assert table == {"SEV1": [2, 30, 60], "SEV2": [30, 120, 240]}


def test_a_sev3_reaches_the_manager_after_two_hours(plan: Plan) -> None:
    """Two hours are the deadline, and nobody is told of what was over before (K-C2)."""
    rule = told(plan, "manager", "SEV3")

    assert rule.within == {"SEV3": 2 * HOUR}
    assert rule.opens_after["SEV3"] < 2 * HOUR


def test_every_incident_has_a_commander_and_a_team(plan: Plan) -> None:
    """Commander in 5 min, lead, speaker and scribe in 30, advice below SEV2 (K-C13, K-X7)."""
    commander = duty(plan, "assign", "SEV3", role="commander")
    team = [duty(plan, "assign", "SEV1", role=r) for r in ("tech_lead", "comms_lead", "scribe")]

    assert commander.within == {"SEV1": 5 * MINUTE, "SEV2": 5 * MINUTE, "SEV3": 2 * HOUR}
    assert {tuple(rule.within.items()) for rule in team} == {
        (("SEV1", 30 * MINUTE), ("SEV2", 30 * MINUTE))
    }
    assert plan.phases["detection"].advisory_at == ("SEV3", "SEV4")


def test_the_cadence_follows_the_level(plan: Plan) -> None:
    """15, 30, 60 min, whatever the declaration's text says (K-C10)."""
    every = duty(plan, "updates", "SEV3").every

    assert every == {"SEV1": 15 * MINUTE, "SEV2": 30 * MINUTE, "SEV3": HOUR}


def test_extended_means_eight_hours_at_sev2(plan: Plan) -> None:
    """Customers are written to at SEV1, and at SEV2 once it is extended (K-C11, K-C12, CP10)."""
    rule = plan.duties["customer_notice"]

    assert set(rule.within) == {"SEV1", "SEV2"}
    assert rule.opens_after == {"SEV2": 8 * HOUR}
    assert plan.duties["status_page_extended"].opens_after == {"SEV3": 3 * DAY}


def test_the_watch_follows_resolved(plan: Plan) -> None:
    """Seven checks, resolved, two hours, one hour or half an hour, closed (K-C14)."""
    ending = plan.ending

    assert ending.watch == {"SEV1": 2 * HOUR, "SEV2": HOUR, "SEV3": 30 * MINUTE}
    assert (ending.watch_is, ending.closed_is) == ("after_resolved", "later")
    assert "watch" in ending.closing_needs
    assert [name for name, one in plan.statuses.items() if "resolved" in one.next] == ["monitoring"]


def test_seven_gates_open_on_a_good_day(plan: Plan) -> None:
    """Errors below 1 % and no new ticket; one alert keeps it open (004:325-331)."""
    good: dict[str, Found] = {"errors": 0.0005, "p95_ms": 320, "p95_ratio": 1.0}
    good |= {"alerts": 0, "tickets": 0}

    assert len(plan.gates) == len(plan.checklists["stabilisation"]) == 7
    assert shut(plan, **good) == []
    assert shut(plan, **good | {"alerts": 1, "vendor": "down"}) == ["dependencies", "alerts"]


def test_legal_hears_of_a_breach_at_once(plan: Plan) -> None:
    """A breach at once, customers' lost data in two hours (K-C17)."""
    breach = plan.escalation.special["security"].steps[0]
    data = plan.escalation.special["data"].steps[0]

    assert (breach.tell, breach.within) == ("legal", {"SEV1": 2 * MINUTE})
    assert (data.tell, data.within) == ("legal", {"SEV1": 2 * HOUR})
    assert plan.escalation.special["security"].channel == "private"


def test_restarting_is_free_and_rolling_back_is_asked(plan: Plan) -> None:
    """Restart and emergency scaling alone; rollback asks the team lead (CP8)."""
    on_call = plan.authority["on_call"]

    assert {"restart", "scale", "breaker", "maintenance_page", "vendor"} <= set(on_call.can)
    assert "rollback" not in on_call.can
    assert on_call.asks["rollback"][0] == "service_owner"
    assert on_call.asks["infrastructure"][0] == "manager"
    assert on_call.asks["traffic_shift"][0] == "director"


def test_the_technical_lead_makes_system_changes(plan: Plan) -> None:
    """Hotfix and rollback are his, infrastructure is not (K-X3, 004:128, CP8)."""
    lead = plan.authority["tech_lead"]

    assert {"hotfix", "rollback", "config"} <= set(lead.can)
    assert lead.asks["infrastructure"][0] == "manager"


def test_templated_words_are_the_speakers(plan: Plan) -> None:
    """Page and mail are the communications lead's; media go to level 3 (K-C5)."""
    assert "customer_message" in plan.authority["comms_lead"].can
    assert duty(plan, "status_page", "SEV1").owed_by[0] == "comms_lead"
    assert "outside_words" in plan.escalation.by_decision


def test_every_last_approver_may_do_what_he_approves(plan: Plan) -> None:
    """Nobody is sent to somebody who would have to ask in turn (CP8)."""
    last = {
        (kind, approvers[-1])
        for authority in plan.authority.values()
        for kind, approvers in authority.asks.items()
    }
    helpless = [
        (kind, role)
        for kind, role in sorted(last)
        if not plan.authority[role].can_everything and kind not in plan.authority[role].can
    ]

    assert helpless == []


def test_every_kind_of_action_has_a_rule(plan: Plan) -> None:
    """No deed leaves the on-call guessing: may, or whom to ask."""
    on_call = plan.authority["on_call"]

    assert set(ACTION_KINDS) <= set(on_call.can) | set(on_call.asks)


def test_the_breaker_needs_a_restart(plan: Plan) -> None:
    """The patch alone does nothing; load is tried last (K-C16, CP24)."""
    card = plan.runbooks["quick-card"]
    proofs = plan.runbooks["verification"].steps

    assert any("breaker" in step and "rollout restart" in step for step in card.steps)
    assert "load-test.sh" in proofs[-1]


def test_a_wish_is_a_sev4_here(plan: Plan) -> None:
    """Other organisations call a feature request no incident (K-X4)."""
    assert plan.not_incident == ()
    assert any("feature" in example for example in plan.levels["SEV4"].examples)


def test_the_review_takes_fifty_minutes_in_two_days(plan: Plan) -> None:
    """5 + 15 + 10 + 15 + 5, within 48 h for SEV1 and SEV2 (K-C17, 004:499)."""
    meeting = plan.post_incident.meeting

    assert sum(meeting.agenda.values()) == 50 * MINUTE
    assert meeting.held_within == {"SEV1": 2 * DAY, "SEV2": 2 * DAY}


def test_the_channel_carries_day_and_second(plan: Plan) -> None:
    """#incident-YYYY-MM-DD-HHMMSS (004:354)."""
    assert plan.channels.incident == "#incident-${date}-${hhmmss}"


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
    named = [int(line) for leaf in leaves(tree) for line in re.findall(r"004:(\d+)", leaf.comment)]

    assert max(named) <= LAST_LINE
