"""FraiseQL's plan says what its readings say; each story names the reading or line it tells."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.brief.binding import bind, origins
from simulator.brief.conditions import Condition, Found, holds, names
from simulator.brief.nodes import Mapping, Node, Scalar, Sequence, compose
from simulator.brief.plan.levels import DutyRule
from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import FACTS

FILE = Path(__file__).parents[2] / "scenarios" / "plans" / "fraiseql.yaml"
ORIGIN = re.compile(r"(00[01]:\d+|F[PR]\d+|K-F\d+|assumed: \w)")
SEED_LINE = re.compile(r"(00[01]):(\d+)(?:-(\d+))?")
SEED_LINES = {"000": 438, "001": 614}
M = 60


@pytest.fixture(scope="module")
def tree() -> Node:
    return compose(FILE.read_text(encoding="utf-8"), FILE.name)


@pytest.fixture(scope="module")
def plan(tree: Node) -> Plan:
    return bind(Plan, tree, FILE.name)


def level_of(plan: Plan, *, lasted_s: int = 0, **facts: Found) -> str | None:
    """The highest level one of whose conditions holds over the facts."""

    def is_met(condition: Condition) -> bool:
        return holds(condition, lambda name: facts.get(name.text), lambda _: lasted_s)

    return next((word for word, level in plan.levels.items() if any(map(is_met, level.when))), None)


def duty(plan: Plan, verb: str, level: str) -> DutyRule:
    """The scored duty of a kind that is owed at a level."""
    (found,) = [
        rule
        for rule in plan.duties.values()
        if rule.does == verb and not rule.advisory and level in {**rule.within, **rule.every}
    ]
    return found


def leaves(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Mapping():
            for part in node.items.values():
                yield from leaves(part)
        case Sequence():
            for part in node.items:
                yield from leaves(part)


def test_there_are_four_levels_in_order(plan: Plan) -> None:
    """CRITICAL, HIGH, MEDIUM, LOW, highest first (001:109-166)."""
    assert plan.ordered() == ("CRITICAL", "HIGH", "MEDIUM", "LOW")


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"errors": 1.0}, "CRITICAL"),  # 001:116
        ({"service_down": {"api"}}, "CRITICAL"),  # 001:113
        ({"data": "lost"}, "CRITICAL"),  # 001:114
        ({"breach": "confirmed", "errors": 0.0}, "CRITICAL"),  # 001:115
        ({"errors": 0.97}, "HIGH"),  # K-F19
        ({"errors": 0.10}, "HIGH"),  # K-F19, K-X1
        ({"errors": 0.03}, "HIGH"),  # 001:129
        ({"errors": 0.021}, "HIGH"),  # K-F21: the peak of the worked example
        ({"errors": 0.01, "traffic_share": 0.01}, "HIGH"),  # K-F20
        ({"traffic_share": 0.25}, "HIGH"),  # K-F20
        ({"breach": "suspected"}, "HIGH"),  # FP5
        ({"vulnerability": "disclosed"}, "HIGH"),  # 001:130
        ({"errors": 0.008}, "MEDIUM"),  # K-F21: the mean of the worked example
        ({"traffic_share": 0.24}, "MEDIUM"),  # 001:142
        ({"saturation": 0.81}, "MEDIUM"),  # 001:146
        ({"service_down": {"search"}, "saturation": 0.9}, "MEDIUM"),  # a part is not the service
        ({"errors": 0.0004, "alerts": 1}, "LOW"),  # 001:157, normal errors (FP15)
        ({"errors": 0.0004, "p95_ms": 68, "alerts": 0}, None),  # a good day (FP15)
    ],
)
def test_facts_make_the_level(plan: Plan, facts: dict[str, Found], level: str | None) -> None:
    """The highest matching rule wins, and only everything failing is CRITICAL."""
    assert level_of(plan, **facts) == level


def test_a_latency_spike_is_high_once_it_has_lasted(plan: Plan) -> None:
    """P95 above 500 ms is MEDIUM for its first five minutes (K-F20)."""
    levels = [level_of(plan, p95_ms=620, lasted_s=lasted) for lasted in (60, 299, 300)]

    assert levels == ["MEDIUM", "MEDIUM", "HIGH"]


def test_every_condition_asks_about_known_facts(plan: Plan) -> None:
    """A misspelt fact would make its rule false for ever."""
    conditions = [one for level in plan.levels.values() for one in level.when]
    conditions += [gate.holds for gate in plan.gates.values()]
    conditions += [path.only_if for path in plan.escalation.special.values()]
    asked = {name.text for one in conditions for name in names(one)}

    assert asked <= set(FACTS)


def test_acknowledging_in_time_means_before_the_limit(plan: Plan) -> None:
    """Under 2 min, 15 min, 1 h and 24 h from the alert; the limit itself is late (K-F9, K-F10)."""
    rule = duty(plan, "acknowledge", "CRITICAL")
    limits = {"CRITICAL": 2 * M, "HIGH": 15 * M, "MEDIUM": 60 * M, "LOW": 24 * 60 * M}

    assert (rule.within, rule.strict, rule.since) == (limits, True, "fired")


def test_nobody_acknowledges_and_the_ladder_is_climbed(plan: Plan) -> None:
    """CRITICAL: backup at 2 min, manager at 5; HIGH pages again at 15 (K-F6, K-F7, K-F8)."""
    rungs = {
        level: [(step.after[level] // M, step.page) for step in plan.escalation.no_ack
                if level in step.after]
        for level in plan.levels
    }  # fmt: skip

    assert rungs == {
        "CRITICAL": [(0, ("on_call",)), (2, ("backup",)), (5, ("manager",))],
        "HIGH": [(0, ("on_call",)), (15, ("backup",))],
        "MEDIUM": [],
        "LOW": [],
    }


def test_each_rung_reaches_somebody_else(plan: Plan) -> None:
    """Escalating to oneself is no escalation (K-F34)."""
    called = [plan.contacts[role] for step in plan.escalation.no_ack for role in step.page]

    assert all(one != other for one, other in pairwise(called))


def test_medium_and_low_wake_nobody(plan: Plan) -> None:
    """They wait as tickets (001:149, 001:163)."""
    ways = {level: terms.pages for level, terms in plan.levels.items()}

    assert ways == {"CRITICAL": "page", "HIGH": "page", "MEDIUM": "ticket", "LOW": "ticket"}


def test_critical_opens_at_once_and_is_confirmed_after(plan: Plan) -> None:
    """The on-call declares it, manager or commander confirms (K-F23)."""
    critical, high = plan.levels["CRITICAL"], plan.levels["HIGH"]

    assert (critical.opens, critical.confirmed_by) == ("provisional", ("manager", "commander"))
    assert (high.opens, high.confirmed_by) == ("declared", ())


def test_the_commander_comes_by_himself_only_to_critical(plan: Plan) -> None:
    """Paged without a decision at CRITICAL, called by decision below it (K-F24, K-F25)."""
    (step,) = plan.escalation.unresolved

    assert (step.to, step.after, step.how) == (("commander",), {"CRITICAL": 0}, "automatic")
    assert {"cause-unclear", "beyond-authority"} <= set(plan.escalation.by_decision)


def test_customers_are_told_by_level(plan: Plan) -> None:
    """CRITICAL by 15 min; HIGH from 30 to 60; MEDIUM only after an hour (K-F4, K-F5)."""
    rule = duty(plan, "customer_notice", "HIGH")

    assert rule.opens_after == {"HIGH": 30 * M, "MEDIUM": 60 * M}
    assert rule.within == {"CRITICAL": 15 * M, "HIGH": 60 * M, "MEDIUM": 120 * M}


def test_the_first_notice_promises_no_credit(plan: Plan) -> None:
    """Cause, credit and review belong to the second message, after the incident (K-F28)."""
    first = set(plan.templates["customer-notice"].fields)
    second = set(plan.templates["customer-resolution"].fields)

    assert first.isdisjoint({"cause", "credit", "review", "apology"})
    assert {"cause", "credit", "review", "apology"} <= second


def test_words_to_customers_ask_the_manager(plan: Plan) -> None:
    """Nobody but the manager lets a word out alone (000:291, K-F32)."""
    alone = [role for role, terms in plan.authority.items() if "customer_message" in terms.can]
    outward = [one for one in plan.templates.values() if one.audience in ("customers", "public")]

    assert alone == ["manager"]
    assert {one.needs_approval_of for one in outward} == {("manager",)}


def test_updates_come_every_five_minutes_at_critical(plan: Plan) -> None:
    """Five on the bridge, ten otherwise, daily for MEDIUM (K-F13, 000:161)."""
    every = duty(plan, "updates", "CRITICAL").every

    assert every == {"CRITICAL": 5 * M, "HIGH": 10 * M, "MEDIUM": 24 * 60 * M}


def test_windows_run_from_the_acknowledgement_and_are_hard_at_critical_only(plan: Plan) -> None:
    """Channel and checks are owed at CRITICAL and advice below; assessing runs from ack (K-F10)."""
    checked = [rule for rule in plan.duties.values() if rule.does in ("open_channel", "diagnosis")]
    told = {(tuple(rule.within), rule.since, rule.advisory) for rule in checked}

    assert told == {
        (("CRITICAL",), "acknowledged", False),
        (("HIGH",), "acknowledged", True),
        (("HIGH", "MEDIUM"), "acknowledged", True),
    }
    assert duty(plan, "assess", "HIGH").since == "acknowledged"


def test_it_is_watched_before_it_is_called_over(plan: Plan) -> None:
    """Five proofs, thirty minutes, then Resolved, which closes it (K-F17, 001:302-317)."""
    assert set(plan.ending.watch.values()) == {30 * M}
    assert (plan.ending.watch_is, plan.ending.closed_is) == ("before_resolved", "resolved")
    assert "resolved" not in plan.statuses["mitigating"].next


def test_the_public_reads_three_words_for_six_statuses(plan: Plan) -> None:
    """Identified, Mitigating and Monitoring share the second text (K-F29)."""
    public = [status.public for status in plan.statuses.values()]

    assert public == ["Investigating", "Identified", "Identified", "Identified", "Resolved", ""]


def test_all_five_gates_open_on_a_good_day(plan: Plan) -> None:
    """Normal values pass every gate; two in a thousand failing keep one shut (001:302-307)."""
    normal = {"alerts": 0, "errors": 0.0004, "tickets": 0, "p95_ratio": 1.0, "saturation": 0.3}
    bad = {**normal, "errors": 0.002, "service_down": {"search"}}

    def shut(facts: dict[str, Found]) -> list[str]:
        return [
            name
            for name, gate in plan.gates.items()
            if not holds(gate.holds, lambda asked: facts.get(asked.text))
        ]

    assert shut(normal) == []
    assert shut(bad) == ["errors-baseline", "nothing-secondary"]


def test_a_key_is_cut_only_with_the_security_lead(plan: Plan) -> None:
    """On-call waits for the security lead, who may do it alone (FP23, 001:247)."""
    assert plan.authority["on_call"].asks["revoke"][0] == "security_lead"
    assert "revoke" in plan.authority["security_lead"].can
    assert "hotfix" in plan.authority["on_call"].can


def test_the_review_is_due_within_a_day(plan: Plan) -> None:
    """Report and meeting within 24 h of the end, whatever the level that was declared (001:326)."""
    day = 24 * 60 * M

    assert set(plan.post_incident.report_within.values()) == {day}
    assert set(plan.post_incident.meeting.held_within.values()) == {day}


def test_eight_criteria_sign_somebody_off(plan: Plan) -> None:
    """The union of both lists, at 80 %, signed by the commander (K-F18)."""
    sign_off = plan.practice.sign_off

    assert (len(sign_off.criteria), sign_off.pass_at, sign_off.signed_by) == (
        8,
        0.8,
        ("commander",),
    )


def test_the_handover_overlaps_half_an_hour(plan: Plan) -> None:
    """30 min of overlap with a 15 min meeting in it (K-F14)."""
    assert plan.rota is not None

    assert (plan.rota.overlap, plan.rota.handover_meeting) == (30 * M, 15 * M)


def test_the_channel_has_no_dashes_and_the_id_has(plan: Plan) -> None:
    """#incident-YYYYMMDD-NNN against INC-YYYY-MM-DD-NNN (K-F12)."""
    assert plan.channels.incident == "#incident-${yyyymmdd}-${number}"
    assert plan.channels.incident_id == plan.post_incident.report_id == "INC-${date}-${number}"


def test_every_duty_is_owed_at_a_level_of_the_plan(plan: Plan) -> None:
    """A misspelt level would be owed by nobody, silently."""
    named = {
        level
        for rule in plan.duties.values()
        for level in (*rule.within, *rule.every, *rule.opens_after)
    }

    assert named <= set(plan.levels)


def test_every_value_says_where_it_comes_from(tree: Node) -> None:
    """A line of the source, a published fact, a reading, or `assumed` with its reason."""
    without = [one.line for one in leaves(tree) if not ORIGIN.match(one.comment.strip())]

    assert without == []


def test_origins_point_into_the_source(tree: Node) -> None:
    """No origin names a line beyond its document's last."""
    beyond = [
        found.group()
        for comment in origins(tree).values()
        for found in SEED_LINE.finditer(comment)
        if max(int(found[2]), int(found[3] or 0)) > SEED_LINES[found[1]]
    ]

    assert beyond == []
