"""The plan's duties as they went, and the conditions a drill was played under.

Rule 1: every duty that was owed is shown, the advisory ones too; the rubric scores only some.
"""

from simulator.debrief.rubric import rubric_hash
from simulator.debrief.scorecard import Conditions, DutyCard
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import timed
from simulator.journal.target import ENDING


def duty_cards(told: Timeline) -> tuple[DutyCard, ...]:
    """One card a duty that was owed once, in the plan's order."""
    cards = []
    for target in told.targets:
        if target.repeats_s or target.does in ENDING:
            continue
        part = timed(told, target)
        cards.append(
            DutyCard(
                duty=target.duty,
                does=target.does,
                level=target.level,
                roles=target.owed_by,
                outcome=part.outcome,
                advisory=target.advisory,
                due_at=target.due,
                done_at=part.done_at,
                cites=part.cites,
            )
        )
    return tuple(cards)


def conditions_of(told: Timeline) -> Conditions:
    """What must agree before two scores may be compared."""
    opened = told.opened
    return Conditions(
        scenario=told.scenario.id,
        plan=told.plan.id,
        variant=opened.variant if opened else "",
        mode=opened.mode if opened else "",
        pace=opened.pace if opened else "",
        seed=opened.seed if opened else 0,
        hints=len(told.final.hints),
        ended=told.ended,
        rubric=rubric_hash(),
    )
