"""Times that cannot all be true: order, lengths, the watch, the timeline against its moments.

Rule 1: two moments agree within the coarser of their grains: `14:23` is any second of its minute.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from simulator.clock import said
from simulator.debrief.aftermath.amounts import Amount, Moment, said_at
from simulator.debrief.aftermath.claims import ENDS, Claims
from simulator.debrief.aftermath.contradiction import Contradiction

ORDER: Final = (
    ("began", "mitigated"),
    ("began", "restored"),
    ("detected", "acknowledged"),
    ("mitigated", "restored"),
    ("declared", "resolved"),
    ("began", "ended"),
    ("began", "resolved"),
    ("resolved", "closed"),
)
"""What comes first, where both are told."""
CALLED: Final = {
    "began": "the start", "detected": "the first alert or report", "acknowledged": "taken",
    "declared": "declared", "identified": "the cause named", "mitigated": "the first relief",
    "restored": "service restored", "verified": "verified", "resolved": "resolved",
    "closed": "closed", "ended": "the end",
}  # fmt: skip
"""Moments as a finding names them."""
SPANS: Final = {
    "incident": "duration", "impact": "duration of the impact", "detect": "time to detect",
    "acknowledge": "time to acknowledge", "mitigate": "time to mitigate",
    "restore": "time to restore", "identify": "time to name the cause",
    "degraded": "degraded period",
}  # fmt: skip


def check_times(claims: Claims) -> Iterator[Contradiction]:
    """Everything that is wrong with the times."""
    yield from _disorder(claims)
    yield from _too_early(claims)
    yield from _spans(claims)
    yield from _watch(claims)
    yield from _timeline(claims)
    yield from _marked(claims)


def _disorder(claims: Claims) -> Iterator[Contradiction]:
    for first, then in ORDER:
        one, other = claims.when(first), claims.when(then)
        if one is None or other is None or _not_before(other, one):
            continue
        yield Contradiction(
            code="times_out_of_order",
            where=f"times.{then}",
            found=f"{CALLED[then]} at {said_at(other)} lies before {CALLED[first]} "
            f"at {said_at(one)}",
            expected=f"{CALLED[first]} comes first",
            do="Correct one of the two",
        )


def _too_early(claims: Claims) -> Iterator[Contradiction]:
    over = claims.when("over")
    for name in ("restored", "verified"):
        proof = claims.when(name)
        if over is None or proof is None or _not_before(over, proof):
            continue
        yield Contradiction(
            code="resolved_before_verified",
            where="times.resolved",
            found=f"over at {said_at(over)}, {CALLED[name]} only at {said_at(proof)}",
            expected="it is over once it is seen to be well",
            do="Move the end behind the proof, or say that it was called over too early",
        )


def _spans(claims: Claims) -> Iterator[Contradiction]:
    """Each length the report states against the moments it states."""
    ends = {**ENDS, "restore": (_restore_from(claims), "back")}
    for name, text, told in claims.spans:
        if name not in ends:
            continue
        first, last = claims.when(ends[name][0]), claims.when(ends[name][1])
        if first is None or last is None:
            continue
        between = Amount(value=last - first, off=max(first.grain, last.grain) - 1)
        if abs(between.value - told.value) <= between.off + told.off:
            continue
        yield Contradiction(
            code="duration_differs",
            where=f"spans.{name}",
            found=f"{SPANS[name]} is given as {text}",
            expected=f"{said_at(first)} to {said_at(last)} is {said(round(between.value))}",
            do="Compute it from the times, or correct them",
        )
    yield from _agreeing(claims)


def _agreeing(claims: Claims) -> Iterator[Contradiction]:
    """One length stated several times is the same each time."""
    for (name, text, one), (other_name, other_text, other) in pairwise(
        sorted(claims.spans, key=lambda span: span[0])
    ):
        if name == other_name and abs(one.value - other.value) > one.off + other.off:
            yield Contradiction(
                code="duration_said_twice",
                where=f"spans.{name}",
                found=f"{SPANS[name]} is {text} in one place and {other_text} in another",
                expected="one incident has one",
                do="Keep the one its times give",
            )


def _restore_from(claims: Claims) -> str:
    return "began" if claims.plan.ending.ttr_from == "impact" else "detected"


def _watch(claims: Claims) -> Iterator[Contradiction]:
    ending = claims.plan.ending
    level = claims.account.level_at_last or claims.account.level
    asked = ending.watch.get(level, 0)
    if ending.watch_is == "before_resolved":
        first, last, step = claims.when("back"), claims.when("over"), "called over"
    else:
        first, last, step = claims.when("over"), claims.when("closed"), "closed"
    if not asked or first is None or last is None:
        return
    watched = last - first
    if 0 <= watched < asked - max(first.grain, last.grain) + 1:
        yield Contradiction(
            code="watch_cut_short",
            where="times.resolved" if step == "called over" else "times.closed",
            found=f"{step} at {said_at(last)}, {said(watched)} after {said_at(first)}",
            expected=f"the plan watches {level} for {said(asked)}",
            do="Correct the times, or say that the watch was cut short, and why",
        )


def _timeline(claims: Claims) -> Iterator[Contradiction]:
    for (_, before), (line, after) in pairwise(claims.lines):
        if after.at < before.at:
            yield Contradiction(
                code="timeline_out_of_order",
                where=f"timeline {said_at(after)}",
                found=f"“{line.says}” stands behind {said_at(before)}",
                expected="lines in the order they happened",
                do="Sort the timeline, or correct the time",
            )
    begins = claims.when("began")
    ends = max(
        (last for name in ("ended", "resolved", "closed") if (last := claims.when(name))),
        key=lambda when: when.at,
        default=None,
    )
    for line, when in claims.lines:
        early = begins is not None and not _not_before(when, begins) and line.outside != "before"
        late = ends is not None and not _not_before(ends, when) and line.outside != "after"
        if early or late:
            edge = begins if early else ends
            assert edge is not None
            yield Contradiction(
                code="outside_the_incident",
                where=f"timeline {said_at(when)}",
                found=f"“{line.says}” lies {'before the start' if early else 'after the end'}, "
                f"{said_at(edge)}",
                expected="lines between start and end",
                do=f"Correct the {'start' if early else 'end'}, or say that the line lies "
                f"{'before' if early else 'after'} the incident",
            )


def _marked(claims: Claims) -> Iterator[Contradiction]:
    """A line that is one of the moments stands at that moment."""
    for line, when in claims.lines:
        for mark in line.marks:
            told = claims.times.get(mark)
            if told is None or abs(told - when) < max(told.grain, when.grain):
                continue
            yield Contradiction(
                code="timeline_differs",
                where=f"timeline {said_at(when)}",
                found=f"“{line.says}” is {CALLED[mark]}",
                expected=f"the report gives {CALLED[mark]} as {said_at(told)}",
                do="Correct the line or the time",
            )


def _not_before(one: Moment, other: Moment) -> bool:
    """Whether `one` can lie at or after `other`, as coarse as the coarser is written."""
    coarse = max(one.grain, other.grain)
    return one.at // coarse >= other.at // coarse
