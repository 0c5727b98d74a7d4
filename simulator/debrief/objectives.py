"""Team objectives, rated as HSEEP rates them: P, S, M or U, from three facts.

Rule 1: achieved, harmed other work, improvement noted; nothing else decides the letter.
Rule 2: an objective's condition reads marks and claims as seconds after T0 (`restored <= 15m`),
`duty.<name>` and `mark.<id>` as outcome words, and whatever
the truth knows at the end, gauges of loss among it.
"""

from collections.abc import Sequence
from typing import Literal

from simulator.brief.conditions import Found, Name, holds
from simulator.brief.scenario.story import Objective
from simulator.debrief.duties import duty_cards
from simulator.debrief.scorecard import Mark, ObjectiveCard
from simulator.debrief.timeline import Timeline
from simulator.journal.events.world import EffectTook
from simulator.journal.facts import Lookup
from simulator.journal.truth import truth


def objectives(told: Timeline, marks: Sequence[Mark]) -> tuple[ObjectiveCard, ...]:
    """One card an objective, in the scenario's order."""
    terms = told.scenario.teaching.objectives
    look = _at_the_end(told, marks)
    harmed = any(took.judged == "harmful" for _, took in told.told(EffectTook))
    return tuple(
        _card(name, objective, look, marks, harmed=harmed) for name, objective in terms.items()
    )


def _card(
    name: str, objective: Objective, look: Lookup, marks: Sequence[Mark], *, harmed: bool
) -> ObjectiveCard:
    achieved = holds(objective.met, look)
    late = not achieved and objective.late is not None and holds(objective.late, look)
    improvable = any(
        mark.earned is not None and mark.earned < 1000
        for mark in marks
        if mark.competency == objective.competency
    )
    means = objective.met_means if achieved else objective.late_means if late else ""
    return ObjectiveCard(
        id=name,
        competency=objective.competency,
        says=objective.says,
        rating=_rating(achieved=achieved, late=late, harmed=harmed, improvable=improvable),
        achieved=achieved,
        late=late,
        harmed=harmed,
        improvable=improvable,
        means=means or ("" if achieved or late else objective.missed_means),
    )


def _rating(
    *, achieved: bool, late: bool, harmed: bool, improvable: bool
) -> Literal["P", "S", "M", "U"]:
    if not achieved:
        return "M" if late else "U"
    if harmed:
        return "M"
    return "S" if improvable else "P"


def _at_the_end(told: Timeline, marks: Sequence[Mark]) -> Lookup:
    facts = truth(told.final, told.end)
    outcomes: dict[str, Found] = {f"mark.{mark.id}": mark.outcome for mark in marks}
    outcomes |= {f"duty.{card.duty}": card.outcome for card in duty_cards(told)}
    start = told.t0 or 0
    # A mark at T0 itself stands for half a second, so that its bare name holds.
    times: dict[str, Found] = {n: max(at - start, 0) or 0.5 for n, at in told.marks.items()}

    def look(name: Name) -> Found | None:
        if name.text in outcomes:
            return outcomes[name.text]
        if name.text in times:
            return times[name.text]
        return None if name.text in _MARKS else facts(name)

    return look


_MARKS = frozenset({
    "impact", "fired", "mitigated", "restored", "relapsed", "acknowledged", "declared", "graded",
    "identified", "resolved", "closed",
})  # fmt: skip
"""A mark that was not reached stands for nothing, whatever else bears its name."""
