"""The rubric: what is scored, with what weight, and what earns it; one visible table.

Rule 1: everything that decides a weight stands here; a plan may set the competencies' weights, a
scenario the marks'.
Rule 2: any change of the table or of a formula changes `VERSION` or the table, hence the hash a
drill is opened with and a score is stored under.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.journal.record import canonical

VERSION: Final = 1
"""Counted up whenever a formula beside the table changes."""
FULL: Final = 1000
"""A whole grade, in thousandths."""
COMPLETE_FROM: Final = 600
"""Share of the weight, in thousandths, that must have fallen due for a total."""
PASS_TOTAL: Final = 70_000
PASS_COMPETENCY: Final = 40_000
"""Assumed pass of a run, milli-points."""
FLOOR: Final = 300
"""Least discipline, thousandths."""

COMPETENCIES: Final[Mapping[str, int]] = {
    "detection": 15,
    "diagnosis": 20,
    "mitigation": 25,
    "communication": 20,
    "coordination": 10,
    "documentation": 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkTerms:
    """One mark: what it is worth and what earns it."""

    id: str
    competency: str
    weight: int
    title: str
    guard: str = ""
    """In words; the formula stands in the file that computes it."""


def _mark(competency: str, mark: str, weight: int, title: str, guard: str = "") -> MarkTerms:
    return MarkTerms(id=mark, competency=competency, weight=weight, title=title, guard=guard)


MARKS: Final[tuple[MarkTerms, ...]] = (
    _mark("detection", "acknowledge", 5, "Page taken",
          "x 0.25 unless a relevant look, page or post follows in 5 min"),
    _mark("detection", "assess", 2, "Real or false", "x 0.5 with no relevant look before"),
    _mark("detection", "declare", 3, "Incident declared", "x 0.5 with no relevant look before"),
    _mark("detection", "severity", 5, "Share of the time at the expected level"),
    _mark("diagnosis", "checks", 6, "The plan's checks made"),
    _mark("diagnosis", "cause", 10, "Cause named",
          "x 0.8 after a wrong one, x 0.3 without a supporting find"),
    _mark("diagnosis", "confidence", 4, "How sure, against how right"),
    _mark("mitigation", "mitigate", 7, "Impact eased",
          "x 0.4 if blind, x 0 if nothing the team did eased it"),
    _mark("mitigation", "restore", 10, "Service restored",
          "x 0.4 if blind, x 0 if nothing the team did eased it"),
    _mark("mitigation", "gates", 5, "Proofs seen before it was called over"),
    _mark("mitigation", "watch", 3, "Watch kept, debts owned"),
    _mark("communication", "first_update", 4, "First update",
          "x share of required fields with content, x 0 if dishonest"),
    _mark("communication", "status_page", 4, "Status page",
          "x share of required fields with content, x 0 if dishonest"),
    _mark("communication", "customer_notice", 5, "Customers told",
          "x share of required fields with content, x 0 if dishonest"),
    _mark("communication", "cadence", 7, "Share of the time in which people heard often enough"),
    _mark("coordination", "roles", 4, "Roles engaged"),
    _mark("coordination", "notices", 4, "Due escalations and notices"),
    _mark("coordination", "approvals", 2, "Hand-overs and approvals"),
    _mark("documentation", "decisions", 3, "Decisions logged"),
    _mark("documentation", "report", 5, "Report complete and in time"),
    _mark("documentation", "actions", 2, "Actions with owner and date"),
)  # fmt: skip
"""Every mark, in the order of a debrief."""

DISCIPLINE: Final[Mapping[str, int]] = {
    "harmful": 850,
    "unauthorised": 850,
    "fault_alive": 850,
    "useless": 950,
    "useless_again": 970,
    "statement": 950,
    "blind": 970,
    "needless_page": 970,
    "message_flood": 980,
}
"""Factor of each breach, thousandths; `useless_again`: inside one's authority, from the third."""


def rubric_hash() -> str:
    """The hash of the table and its version; 64 hex digits."""
    table = {
        "version": VERSION,
        "competencies": dict(COMPETENCIES),
        "marks": [[m.id, m.competency, m.weight, m.title, m.guard] for m in MARKS],
        "discipline": dict(DISCIPLINE),
        "limits": [COMPLETE_FROM, PASS_TOTAL, PASS_COMPETENCY, FLOOR],
    }
    return hashlib.sha256(canonical(table).encode()).hexdigest()


def competency_weights(plan: Plan) -> dict[str, Fraction]:
    """What each competency weighs under this plan: its own table where it has one."""
    if plan.weights:
        return {name: Fraction(str(plan.weights.get(name, 0))) for name in COMPETENCIES}
    return {name: Fraction(weight) for name, weight in COMPETENCIES.items()}


def mark_weights(scenario: Scenario) -> dict[str, Fraction]:
    """What each mark weighs in this scenario; 0 for what it cannot make due."""
    own = scenario.marks
    return {m.id: Fraction(str(own[m.id])) if m.id in own else Fraction(m.weight) for m in MARKS}
