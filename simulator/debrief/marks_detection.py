"""Detection and triage: page taken, real or false, declared, at the expected level.

Rule 1: taking a page is worth little unless somebody then does something about it.
Rule 2: the level is judged by what the commander's seat had seen, never by the truth.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Final, TypeAlias

from simulator.brief.severity import steps_above
from simulator.debrief.levels import Stretch, level_at, stretches
from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import graded, timed, unfinished
from simulator.journal.events.paging import Paged
from simulator.journal.situation import Deed

FOLLOWED_WITHIN_S: Final = 300
CONTRARY_WITHIN_S: Final = 900
UNFOLLOWED: Final = 250
UNSEEN: Final = 500

Parts: TypeAlias = tuple[Part, ...] | None
"""The opportunities of a mark; None where the plan asks nothing of the kind."""
Guard: TypeAlias = Callable[[Timeline, Deed | None], tuple[int, str, tuple[int, ...]]]
"""(guard, why, what proves it)."""


def acknowledge(told: Timeline) -> Parts:
    """Each page's taking in time, x 0.25 unless a relevant look, page or post follows in 5 min."""
    return _each(told, "acknowledge", _followed)


def assess(told: Timeline) -> Parts:
    """Real or false, said rightly, x 0.5 with no relevant look before."""
    owed = told.owed("assess")
    if not owed:
        return None
    right = _right_assessment(told)
    parts = []
    for target in owed:
        if target.done is not None and right is None:
            wrong = timed(told, target, why="called false while it was real")
            parts.append(Part(name=wrong.name, outcome="missed", grade=0, why=wrong.why,
                              cites=wrong.cites, roles=wrong.roles))  # fmt: skip
            continue
        guard, why, proof = _looked(told, right)
        parts.append(timed(told, target, done=right, guard=guard, why=why, cites=proof))
    return tuple(parts)


def declare(told: Timeline) -> Parts:
    """Declared in time, x 0.5 with no relevant look before; a ticket where that is all."""
    return _each(told, "declare", _looked) or _each(told, "ticket", _looked)


def severity(told: Timeline) -> Parts:
    """Share of declared..restored at the expected level."""
    roles = ("commander", "on_call")
    if not told.owed("declare") and not told.declared:
        return None
    if not told.declared:
        is_due = any(part.counts for part in declare(told) or ())
        outcome = unfinished(told, is_due=is_due)
        return (Part(name="severity", outcome=outcome, grade=0, roles=roles),)
    start = told.marks["declared"]
    end = max(start + 1, told.marks.get("restored", told.end))
    spans = stretches(told.declared, told.expected, told.seen, start=start, end=end)
    credit = sum(Fraction(span.end - span.start) * _credit(told, span) for span in spans)
    grade = int(credit / (spans[-1].end - spans[0].start) * FULL)
    deeds = (*told.final.deeds.get("declare", ()), *told.final.deeds.get("regrade", ()))
    return (
        Part(
            name="severity",
            outcome=graded(grade),
            grade=grade,
            cites=tuple(sorted(deed.seq for deed in deeds)),
            roles=roles,
        ),
    )


def _each(told: Timeline, verb: str, guarded: Guard) -> Parts:
    owed = told.owed(verb)
    parts = []
    for target in owed:
        guard, why, proof = guarded(told, target.done)
        parts.append(timed(told, target, guard=guard, why=why, cites=proof))
    return tuple(parts) or None


def _followed(told: Timeline, done: Deed | None) -> tuple[int, str, tuple[int, ...]]:
    if done is None:
        return FULL, "", ()
    until = done.at + FOLLOWED_WITHIN_S
    acts = [*told.relevant_looks(done.at, until), *told.relevant_posts(done.at, until)]
    acts += [
        e.seq
        for e, sent in told.told(Paged)
        if sent.why == "called" and sent.role in told.wanted and done.at <= e.at <= until
    ]
    if not acts:
        return UNFOLLOWED, "nothing followed within 5 min", ()
    return FULL, "", (min(acts),)


def _looked(told: Timeline, done: Deed | None) -> tuple[int, str, tuple[int, ...]]:
    if done is None:
        return FULL, "", ()
    before = [seq for seq in told.relevant_looks(0, done.at) if seq < done.seq]
    if not before:
        return UNSEEN, "no relevant look before", ()
    return FULL, "", (before[0],)


def _right_assessment(told: Timeline) -> Deed | None:
    """The first assessment that fits: declared where there was impact, dismissed where not."""
    impact = told.marks.get("impact")
    is_real = impact is not None and "restored" in told.marks
    for deed in told.final.deeds.get("assess", ()):
        said_real = any(d.seq == deed.seq for d in told.final.deeds.get("declare", ()))
        over = told.marks["restored"] <= deed.at if is_real else False
        if said_real or impact is None or impact > deed.at or over:
            return deed
    return None


def _credit(told: Timeline, span: Stretch) -> Fraction:
    """What a second of a stretch is worth."""
    if span.declared in (span.expected, span.seen) or not span.expected:
        return Fraction(1)
    above = steps_above(told.plan, span.declared, span.expected)
    if above < 0:
        return Fraction(1, 4) if above == -1 else Fraction(0)
    return Fraction(1) if _taken_back(told, span) else Fraction(1, 2) ** above


def _taken_back(told: Timeline, span: Stretch) -> bool:
    """Whether an over-call made in good faith was re-graded soon after the first contrary fact.

    A level raised against what was already seen is no good faith.
    """
    called = max(at for at, _ in told.declared if at <= span.start)
    contrary = max((at for at, _ in told.expected if at <= span.start), default=span.start)
    if called > contrary and called > told.marks["declared"]:
        return False
    later = [at for at, level in told.declared if at > span.start]
    return (
        bool(later)
        and level_at(told.declared, later[0]) == span.expected
        and (later[0] - contrary <= CONTRARY_WITHIN_S)
    )
