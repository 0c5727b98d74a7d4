"""Outcome and grade of one timing: 1 if met, else max(0, 2 - a/L), luck taken off a.

Rule 1: deadlines come from `journal.targets`; here they are only compared with what was done.
Rule 2: a limit that was kept was kept, however lucky; luck only ever changes how late late was.
Rule 3: what is not done and not yet due is open, or not played where the session was cut.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Outcome, Part
from simulator.debrief.timeline import Timeline
from simulator.journal.gaps import IMMEDIATE_S
from simulator.journal.situation import Deed
from simulator.journal.target import Target

CUT: Final = frozenset({"real_emergency", "stopped"})
"""Endings that are nobody's omission."""


def grade_of(took_s: int, limit_s: int) -> int:
    """The grade, 0..1000, of what took so long for a limit it did not keep."""
    grade = int((2 - Fraction(took_s, limit_s)) * FULL)
    return min(FULL, max(0, grade))


def graded(grade: int, *, whole: int = FULL) -> Outcome:
    """The outcome of a share: met where whole, missed where nothing, partly in between."""
    return "met" if grade >= whole else "partly" if grade else "missed"


def timed(
    told: Timeline,
    target: Target,
    *,
    done: Deed | None = None,
    guard: int = FULL,
    why: str = "",
    cites: Sequence[int] = (),
) -> Part:
    """The part of one target; `done` stands in where the mark asks for more than the target."""
    deed = done or target.done
    limit = target.limit_s or IMMEDIATE_S
    start = target.due - target.limit_s
    part = measured(
        told,
        name=target.duty,
        start=start,
        limit_s=limit,
        strict=target.strict,
        done=deed,
        roles=target.owed_by,
    )
    if (target.duty, target.level) in told.unattainable:
        part = replace(part, outcome="unattainable")
    proof = () if deed is None else tuple(sorted({*part.cites, *cites}))
    return settled(told, replace(part, guard=guard, why=why, cites=proof))


def measured(
    told: Timeline,
    *,
    name: str,
    start: int,
    limit_s: int,
    done: Deed | None,
    strict: bool = False,
    roles: tuple[str, ...] = (),
) -> Part:
    """A timing from a start: what was done against its limit."""
    due = start + limit_s
    if done is None:
        is_due = told.end >= due if strict else told.end > due
        outcome = unfinished(told, is_due=is_due, twice=told.end >= due + limit_s)
        return Part(name=name, outcome=outcome, grade=0, roles=roles, due_at=due, limit_s=limit_s)
    took = max(0, done.at - start)
    luck = told.luck(done.by, start, done.at)
    is_kept = done.at < due if strict else done.at <= due
    apart = max(0, took - luck)
    is_met = is_kept or (apart < limit_s if strict else apart <= limit_s)
    return Part(
        name=name,
        outcome="met" if is_met else "late",
        grade=FULL if is_met else grade_of(apart, limit_s),
        cites=(done.seq,),
        roles=roles,
        due_at=due,
        limit_s=limit_s,
        done_at=done.at,
        took_s=took,
        luck_s=luck,
    )


def unfinished(told: Timeline, *, is_due: bool, twice: bool = True) -> Outcome:
    """The outcome of what was not done: open until due, then late, in the end missed."""
    if is_due:
        return "missed" if twice or told.ended else "late"
    return "not_played" if told.ended in CUT else "open"


def settled(told: Timeline, part: Part) -> Part:
    """The part once waivers and deviations are heard."""
    if part.outcome == "unattainable":
        return part
    if part.name in told.final.waived:
        return replace(part, outcome="not_played")
    if part.name in told.final.deviated and part.outcome != "met":
        _, seq = told.final.deviated[part.name]
        return replace(part, outcome="deviated", cites=tuple(sorted({*part.cites, seq})))
    return part
