"""The score: a journal under its plan and scenario becomes one card, the same every time.

Rule 1: pure and whole-numbered; sums are exact fractions, rounded down once, at the end.
Rule 2: competency = 100 x sum(weight x earned)/sum(weight) over what fell due; total = weighted
mean of competencies x discipline.
Rule 3: under 60 % of the weight the scenario can make due there is no total and no pass.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from simulator.brief.brief import Brief
from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.debrief import marks_communication as communication
from simulator.debrief import marks_coordination as coordination
from simulator.debrief import marks_detection as detection
from simulator.debrief import marks_diagnosis as diagnosis
from simulator.debrief import marks_documentation as documentation
from simulator.debrief import marks_mitigation as mitigation
from simulator.debrief.assisted import is_assisted
from simulator.debrief.attainable import attainable, unattainable
from simulator.debrief.discipline import discipline
from simulator.debrief.duties import conditions_of, duty_cards
from simulator.debrief.levels import settled
from simulator.debrief.marks_items import item_parts, item_terms
from simulator.debrief.objectives import objectives
from simulator.debrief.own_table import own_table
from simulator.debrief.people import person_cards
from simulator.debrief.plan_findings import plan_findings
from simulator.debrief.rubric import (
    COMPETENCIES,
    COMPLETE_FROM,
    FULL,
    MARKS,
    PASS_COMPETENCY,
    PASS_TOTAL,
    MarkTerms,
    competency_weights,
    mark_weights,
)
from simulator.debrief.scorecard import Competency, Mark, Outcome, Part, Scorecard
from simulator.debrief.timeline import Timeline, timeline
from simulator.journal.entry import Entry

GRADERS: Final[Mapping[str, Callable[[Timeline], tuple[Part, ...] | None]]] = {
    "acknowledge": detection.acknowledge,
    "assess": detection.assess,
    "declare": detection.declare,
    "severity": detection.severity,
    "checks": diagnosis.checks,
    "cause": diagnosis.cause,
    "confidence": diagnosis.confidence,
    "mitigate": mitigation.mitigate,
    "restore": mitigation.restore,
    "gates": mitigation.gates,
    "watch": mitigation.watch,
    "first_update": communication.first_update,
    "status_page": communication.status_page,
    "customer_notice": communication.customer_notice,
    "cadence": communication.cadence,
    "roles": coordination.roles,
    "notices": coordination.notices,
    "approvals": coordination.approvals,
    "decisions": documentation.decisions,
    "report": documentation.report,
    "actions": documentation.actions,
}
"""Who grades each mark of the rubric."""


NOTHING_AMENDED: Final[Mapping[str, int | None]] = {}


def score(
    entries: Sequence[Entry],
    brief: Brief,
    *,
    accepted: Collection[str] = (),
    amended: Mapping[str, int | None] = NOTHING_AMENDED,
) -> Scorecard:
    """The scorecard of a journal under the brief it was played with.

    `accepted` names the deviations a facilitator has accepted; they count neither for nor against
    anyone, nor do targets no team could have kept here (`plans check --attainable`). `amended`
    says what a mark, or `discipline`, is worth in place of what was found, in thousandths; None
    takes a mark out of the sums.
    """
    return scored(entries, brief.plan, brief.scenario, accepted=accepted, amended=amended)


def scored(
    entries: Sequence[Entry],
    plan: Plan,
    scenario: Scenario,
    *,
    accepted: Collection[str] = (),
    amended: Mapping[str, int | None] = NOTHING_AMENDED,
) -> Scorecard:
    """The scorecard of a journal under a plan and a scenario, its own or another's."""
    lost = unattainable(attainable(plan, scenario))
    told = timeline(entries, plan, scenario, unattainable=lost, accepted=accepted)
    marks = with_amendments(graded_marks(told), amended)
    held = discipline(told)
    if (factor := amended.get("discipline")) is not None:
        held = replace(held, factor_milli=factor)
    kept = _Sums(told, marks, held.factor_milli)
    free = _Sums(told, _settled(marks, amended), held.factor_milli)
    competencies = kept.competencies()
    totals = (kept.total(), free.total())
    known = [total for total in totals if total is not None]
    is_incomplete = kept.due_milli() < COMPLETE_FROM or not known
    total = None if is_incomplete else min(known)
    return Scorecard(
        total_milli=total,
        total_deviations_kept_milli=None if is_incomplete else totals[0],
        total_deviations_accepted_milli=None if is_incomplete else totals[1],
        incomplete=is_incomplete,
        passed=_is_pass(total, competencies),
        due_milli=kept.due_milli(),
        discipline=held,
        competencies=competencies,
        marks=marks,
        duties=duty_cards(told),
        objectives=objectives(told, marks),
        table=own_table(told),
        people=person_cards(told, marks),
        findings=plan_findings(told),
        levels={
            "declared": told.declared,
            "expected": told.expected,
            "true": settled(told.reading.true),
        },
        conditions=conditions_of(told),
    )


def graded_marks(told: Timeline) -> tuple[Mark, ...]:
    """Every mark of the rubric, in its order; of an exercise its items and what it names."""
    weights, asked = mark_weights(told.scenario), item_terms(told)
    if asked:
        weights = {name: weights[name] for name in told.scenario.marks}
    items = [
        _mark(told, terms, weight, item_parts(told, terms.id, item))
        for terms, weight, item in asked
    ]
    rubric = [
        _mark(told, terms, weights[terms.id], GRADERS[terms.id](told))
        for terms in MARKS
        if terms.id in weights
    ]
    return (*items, *rubric)


def _mark(
    told: Timeline, terms: MarkTerms, weight: Fraction, found: tuple[Part, ...] | None
) -> Mark:
    parts = tuple(
        replace(part, outcome="not_played") if part.name in told.accepted else part
        for part in found or ()
    )
    counted = [part for part in parts if part.counts]
    return Mark(
        id=terms.id,
        competency=terms.competency,
        weight_milli=int(weight * FULL),
        outcome=_outcome(parts),
        earned=_mean(counted),
        parts=parts,
        cites=tuple(sorted({seq for part in parts for seq in part.cites})),
        roles=tuple(dict.fromkeys(role for part in parts for role in part.roles)),
        luck_s=sum(part.luck_s for part in parts),
        assisted=is_assisted(told, terms.id, terms.competency, parts),
        absent=found is None,
    )


def _mean(parts: Sequence[Part]) -> int | None:
    return sum(part.earned for part in parts) // len(parts) if parts else None


def _outcome(parts: Sequence[Part]) -> Outcome:
    """One word for all parts: what they share, else the one that says most."""
    counted = {part.outcome for part in parts if part.counts}
    outside = [part.outcome for part in parts if not part.counts]
    if not counted:
        return outside[0] if outside else "open"
    if len(counted) == 1:
        return counted.pop()
    if "early" in counted:
        return "early"
    if counted == {"met", "deviated"}:
        return "deviated"
    return "late" if counted == {"met", "late"} else "partly"


def with_amendments(marks: Sequence[Mark], amended: Mapping[str, int | None]) -> tuple[Mark, ...]:
    """The marks, worth what their last amendment says; their parts stay as they were found."""
    return tuple(
        replace(mark, earned=amended[mark.id]) if mark.id in amended else mark for mark in marks
    )


def _settled(marks: Sequence[Mark], amended: Mapping[str, int | None]) -> tuple[Mark, ...]:
    """The marks as if each deviation were accepted; whoever amended a mark has settled it."""
    return tuple(mark if mark.id in amended else _without_deviations(mark) for mark in marks)


def _without_deviations(mark: Mark) -> Mark:
    """The mark as if each deviation were accepted: outside the sums."""
    left = [part for part in mark.parts if part.counts and part.outcome != "deviated"]
    return replace(mark, earned=_mean(left))


def _is_pass(total: int | None, competencies: Sequence[Competency]) -> bool:
    if total is None or total < PASS_TOTAL:
        return False
    return all(c.points_milli is None or c.points_milli >= PASS_COMPETENCY for c in competencies)


class _Sums:
    """The sums over one set of marks."""

    def __init__(self, told: Timeline, marks: Sequence[Mark], factor_milli: int) -> None:
        self.weights = competency_weights(told.plan)
        self.factor = Fraction(factor_milli, FULL)
        self.marks = {
            name: [m for m in marks if m.competency == name and not m.absent and m.weight_milli]
            for name in COMPETENCIES
        }

    def competencies(self) -> tuple[Competency, ...]:
        """Each competency with its points."""
        return tuple(
            Competency(
                id=name,
                weight_milli=int(self.weights[name] * FULL),
                points_milli=None if points is None else int(points * FULL),
                due_milli=int(self._due(name) * FULL),
            )
            for name in COMPETENCIES
            for points in [self._points(name)]
        )

    def total(self) -> int | None:
        """Weighted mean of competencies x discipline, milli-points."""
        points = {name: self._points(name) for name in COMPETENCIES}
        known = {name: p for name, p in points.items() if p is not None and self.weights[name]}
        weight = sum(self.weights[name] for name in known)
        if not weight:
            return None
        mean = sum(self.weights[name] * p for name, p in known.items()) / weight
        return int(mean * self.factor * FULL)

    def due_milli(self) -> int:
        """Share of the weight the scenario can make due that fell due."""
        able = {name: self.weights[name] for name in COMPETENCIES if self.marks[name]}
        whole = sum(able.values())
        if not whole:
            return 0
        return int(sum(weight * self._due(name) for name, weight in able.items()) / whole * FULL)

    def _due(self, name: str) -> Fraction:
        whole = sum(mark.weight_milli for mark in self.marks[name])
        due = sum(mark.weight_milli for mark in self.marks[name] if mark.earned is not None)
        return Fraction(due, whole) if whole else Fraction(0)

    def _points(self, name: str) -> Fraction | None:
        """0..100."""
        due = [mark for mark in self.marks[name] if mark.earned is not None]
        weight = sum(mark.weight_milli for mark in due)
        if not weight:
            return None
        earned = sum(mark.weight_milli * (mark.earned or 0) for mark in due)
        return Fraction(earned, weight * FULL) * 100
