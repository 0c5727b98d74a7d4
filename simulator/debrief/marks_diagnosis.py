"""Diagnosis: the plan's checks, the cause, and how sure people were of it.

Rule 1: evidence is asked for before naming a cause, never before mitigating.
Rule 2: the team's last word before `resolved` counts; a wrong one before it costs a fifth.
"""

from typing import Final

from simulator.debrief.marks_detection import Parts
from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import graded, settled, unfinished
from simulator.journal.entry import Entry
from simulator.journal.events.work import HypothesisStated

AFTER_S: Final = 900
"""Checks count until the later of restored and expected, and so long after."""
UNKNOWN: Final = "not-known"
AFTER_WRONG: Final = 800
UNSUPPORTED: Final = 300
FOLLOWED_UP: Final = 500
SURE_ENOUGH: Final = 900
"""From this grade on a confidence is called met."""
ROLES: Final = ("on_call", "backup", "sme", "tech_lead", "commander")


def checks(told: Timeline) -> Parts:
    """Each check of the plan, made by any seat after T0."""
    if not told.plan.checks or told.t0 is None:
        return None
    until = _deadline(told)
    parts = []
    for name, check in told.plan.checks.items():
        deeds = told.final.deeds.get(f"look:{check.by}", ())
        made = [deed for deed in deeds if told.t0 <= deed.at <= until]
        part = Part(name=f"check.{name}", outcome="met", grade=FULL, roles=ROLES, due_at=until)
        if made:
            parts.append(_proved(part, made[0].seq, made[0].at))
            continue
        outcome = unfinished(told, is_due=_is_over(told, until))
        parts.append(Part(name=part.name, outcome=outcome, grade=0, roles=ROLES, due_at=until))
    return tuple(settled(told, part) for part in parts)


def cause(told: Timeline) -> Parts:
    """The last cause named before it was called over."""
    if told.t0 is None or told.variant is None:
        return None
    named = _named(told)
    if not named:
        outcome = unfinished(told, is_due=_is_over(told, _deadline(told)))
        return (Part(name="cause", outcome=outcome, grade=0, roles=ROLES),)
    entry, last = named[-1]
    if last.cause == UNKNOWN:
        return (_followed_up(told, entry),)
    is_right = last.cause == told.variant.cause
    if not is_right:
        return (_cause(entry, 0, FULL, "another one was at work"),)
    wrong = [e.seq for e, said in named if said.cause not in (UNKNOWN, last.cause)]
    proof = told.supports(last.by, last.cause, before=entry.seq)
    guard = (AFTER_WRONG if wrong else FULL) * (FULL if proof else UNSUPPORTED) // FULL
    whys = ["after a wrong one"] * bool(wrong) + ["without a supporting find"] * (not proof)
    return (_cause(entry, FULL, guard, ", ".join(whys), *wrong, *proof),)


def confidence(told: Timeline) -> Parts:
    """1 - Brier of the confidence the last cause was named with."""
    if told.t0 is None or told.variant is None:
        return None
    named = [(entry, said) for entry, said in _named(told) if said.cause != UNKNOWN]
    if not named:
        is_due = not _named(told) and _is_over(told, _deadline(told))
        outcome = unfinished(told, is_due=is_due)
        return (Part(name="confidence", outcome=outcome, grade=0, roles=ROLES),)
    entry, last = named[-1]
    off = (100 if last.cause == told.variant.cause else 0) - last.confidence
    grade = FULL - off * off // 10
    outcome = graded(grade, whole=SURE_ENOUGH)
    return (Part(name="confidence", outcome=outcome, grade=grade, cites=(entry.seq,), roles=ROLES,
                 why=f"{last.confidence} % sure"),)  # fmt: skip


def _named(told: Timeline) -> list[tuple[Entry, HypothesisStated]]:
    over = told.marks.get("resolved", told.end)
    return [(e, said) for e, said in told.told(HypothesisStated) if e.at <= over]


def _followed_up(told: Timeline, entry: Entry) -> Part:
    items = told.final.deeds.get("action_item", ())
    if not items:
        return _cause(entry, 0, FULL, "not known, and no follow-up opened")
    return _cause(entry, FOLLOWED_UP, FULL, "not known, follow-up opened", items[0].seq)


def _cause(entry: Entry, grade: int, guard: int, why: str, *proof: int) -> Part:
    outcome = graded(grade * guard // FULL)
    cites = tuple(sorted({entry.seq, *proof}))
    return Part(name="cause", outcome=outcome, grade=grade, guard=guard, why=why, cites=cites,
                roles=ROLES, done_at=entry.at)  # fmt: skip


def _proved(part: Part, seq: int, at: int) -> Part:
    return Part(name=part.name, outcome="met", grade=FULL, cites=(seq,), roles=part.roles,
                due_at=part.due_at, done_at=at)  # fmt: skip


def _deadline(told: Timeline) -> int:
    """The second until which diagnosis counts; it moves with a restoration that is late."""
    assert told.t0 is not None
    expected = told.t0 + told.expected_s
    restored = told.marks.get("restored")
    late = max(told.end - AFTER_S, expected) if restored is None else max(restored, expected)
    return late + AFTER_S


def _is_over(told: Timeline, until: int) -> bool:
    """Whether nobody can do it any more: its time has passed, or the incident is over."""
    return told.end >= until or "resolved" in told.marks
