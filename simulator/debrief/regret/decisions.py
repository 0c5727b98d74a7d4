"""The decisions of a drill that could have been otherwise, the weightiest first.

Rule 1: three kinds: an action that harmed or did nothing, left out; an action that helped, taken
at the first evidence for it; a duty late or undone, done within its limit.
Rule 2: a seat is asked for nothing it could not have chosen: evidence it held, leave it had, hands
that were free; what the engine would have refused is found out when the second is played.
Rule 3: nothing after service was back is a decision here: it changes no figure that is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simulator.brief.brief import Brief
from simulator.brief.conditions import Condition, holds
from simulator.debrief.attainable import attainable, unattainable
from simulator.debrief.timeline import Timeline, timeline
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events.talk import ApprovalGiven
from simulator.journal.events.work import ActionStarted, WorkBegan, WorkCancelled, WorkEnded
from simulator.journal.events.world import EffectTook
from simulator.journal.situation import Situation
from simulator.journal.target import ENDING, Target
from simulator.journal.truth import truth

Kind: TypeAlias = Literal["left_out", "at_once", "in_time"]
WORTH_A_LOOK_S: Final = 30
"""Less time at stake is no decision anybody would talk about (assumed)."""
CALLS: Final = frozenset({
    "acknowledge", "declare", "assess", "engage", "assign", "mobilise", "notify", "escalate",
    "open_channel", "open_bridge", "diagnosis",
})  # fmt: skip
"""Duties that bring people or knowledge to the incident: half their delay may be the incident's."""
CALL_SHARE, WORD_SHARE = 2, 10
"""Of a duty's delay, this part is taken for at stake (assumed): a half of a call, a tenth of a
message."""
AFTERWARDS: Final = frozenset({
    "report", "book_meeting", "hold_meeting", "actions", "close", "resolution_message",
    "customer_resolution", "ticket", *ENDING,
})  # fmt: skip
"""Duties of the ending: service is back, or is not, without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something done, or left, that could have been otherwise."""

    kind: Kind
    at: int
    """The second both ways part."""
    by: str
    """Whose it was; empty for a duty until its second is looked at."""
    item: str
    """The action, or the duty."""
    judged: str
    """`harmful` or `useless`; `right` or `partial`; `late` or `missing`."""
    stake_s: int
    """The most time that hung on it, roughly; what candidates are ranked by."""
    without: tuple[int, ...] = ()
    """Seqs of the recorded orders that are not given in the other way."""
    order: Command | None = None
    """What is ordered instead, or in addition; None for nothing."""
    done_at: int | None = None
    """The second it was done in the record."""
    cites: tuple[int, ...] = ()
    does: str = ""
    """For a duty: its verb."""


def decisions(entries: Sequence[Entry], brief: Brief) -> tuple[Decision, ...]:
    """Every decision worth playing twice, the weightiest first; none where nobody was paged."""
    lost = unattainable(attainable(brief.plan, brief.scenario))
    told = timeline(entries, brief.plan, brief.scenario, unattainable=lost)
    if told.t0 is None or told.variant is None:
        return ()
    hands = _busy_spans(told)
    found = [*_left_out(told), *_at_once(told, hands), *_in_time(told)]
    until = told.marks.get("restored", told.end)
    worth = [one for one in found if told.t0 <= one.at < until and one.stake_s >= WORTH_A_LOOK_S]
    return tuple(sorted(worth, key=lambda one: (-one.stake_s, one.at, one.kind, one.item)))


def ordered_by(entries: Sequence[Entry], seq: int) -> Entry | None:
    """The order that led to this entry; None where nobody's did."""
    while seq >= 0:
        if isinstance(entries[seq].what, Command):
            return entries[seq]
        seq = entries[seq].cause
    return None


def _left_out(told: Timeline) -> Iterator[Decision]:
    """Harmful and useless actions, each left out."""
    over = told.marks.get("restored", told.end)
    for effect, took in told.told(EffectTook):
        action = told.scenario.actions.get(took.action)
        is_probe = action is not None and bool(action.probe)
        if took.judged not in ("harmful", "useless") or is_probe:
            continue
        start = _start(told, effect, took)
        order = ordered_by(told.entries, start.seq) if start else None
        if order is None:
            continue
        until = over if took.judged == "harmful" else effect.at
        yield Decision(
            kind="left_out",
            at=order.at,
            by=took.by,
            item=took.action,
            judged=took.judged,
            stake_s=max(0, until - order.at),
            without=(order.seq,),
            done_at=order.at,
            cites=(order.seq, effect.seq),
        )


def _at_once(told: Timeline, hands: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[Decision]:
    """Actions that helped, each at the first second its evidence, leave and hands were there."""
    assert told.variant is not None
    waits = {step.do: step.when for step in told.variant.remedy}
    taken: set[str] = set()
    for effect, took in told.told(EffectTook):
        if took.judged not in ("right", "partial") or took.action in taken:
            continue
        if waits and took.action not in waits:
            continue  # what only undoes one's own harm has no evidence in the incident's cause
        taken.add(took.action)
        start = _start(told, effect, took)
        order = ordered_by(told.entries, start.seq) if start else None
        if start is None or order is None or order.by != took.by:
            continue
        proof = told.supports(took.by, told.variant.cause, before=order.seq)
        if not proof:
            continue
        ready = max(told.entries[proof[0]].at, _leave(told, start), _true_since(
            told, waits.get(took.action), order))  # fmt: skip
        # Nobody acts on what they learned in that second.
        at = _free(hands.get(took.by, ()), ready + 1)
        assert isinstance(order.what, Command)
        yield Decision(
            kind="at_once",
            at=at,
            by=took.by,
            item=took.action,
            judged=took.judged,
            stake_s=order.at - at,
            order=order.what,
            done_at=order.at,
            cites=(proof[0], order.seq),
        )


def _in_time(told: Timeline) -> Iterator[Decision]:
    """Duties late or undone, each at the last second of its limit."""
    outside = {*told.accepted, *told.final.waived, *told.final.deviated}
    for target in told.targets:
        owed = (target.duty, target.level)
        if target.advisory or target.does in AFTERWARDS or target.repeats_s:
            continue
        if target.kept() or not _is_late(target, told.end):
            continue
        if target.duty in outside or owed in told.unattainable:
            continue
        done = target.done.at if target.done else None
        share = CALL_SHARE if target.does in CALLS else WORD_SHARE
        until = told.marks.get("restored", told.end)
        lasted = (until if done is None else min(done, until)) - target.due
        yield Decision(
            kind="in_time",
            at=max(target.opens, target.due - target.strict),
            by="",
            item=target.duty,
            judged="missing" if done is None else "late",
            stake_s=max(0, lasted) // share,
            done_at=done,
            cites=(target.done.seq,) if target.done else (),
            does=target.does,
        )


def _is_late(target: Target, end: int) -> bool:
    return target.done is not None or target.overdue(end)


def _start(told: Timeline, effect: Entry, took: EffectTook) -> Entry | None:
    """The last start of this action by this person before its effect."""
    starts = [
        entry
        for entry, begun in told.told(ActionStarted)
        if (begun.action, begun.by) == (took.action, took.by) and entry.seq < effect.seq
    ]
    return starts[-1] if starts else None


def _leave(told: Timeline, start: Entry) -> int:
    """The second leave was given for what was started; 0 where none was needed."""
    assert isinstance(start.what, ActionStarted)
    given = [e.at for e, said in told.told(ApprovalGiven) if said.request == start.what.approval]
    return given[0] if given and start.what.asks else 0


def _true_since(told: Timeline, when: Condition | None, order: Entry) -> int:
    """The first second a step's own condition held; the order's own where it never did before."""
    if when is None:
        return 0
    picture = Situation()
    for entry in told.entries[: order.seq]:
        picture = picture.after(entry)
        if "fired" in picture.marks and holds(when, truth(picture, entry.at)):
            return entry.at
    return order.at


def _busy_spans(told: Timeline) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Person -> the seconds (from, to) their hands were not free, in order."""
    ends = {ended.work: e.at for e, ended in told.told(WorkEnded)}
    ends |= {stopped.work: e.at for e, stopped in told.told(WorkCancelled)}
    found: dict[str, list[tuple[int, int]]] = {}
    for entry, began in told.told(WorkBegan):
        if not began.frees_person:
            until = ends.get(began.work, told.end)
            found.setdefault(began.by, []).append((entry.at, until))
    return found


def _free(spans: Sequence[tuple[int, int]], since: int) -> int:
    """The first second from then on with free hands: orders come before the end of work does."""
    for start, end in spans:
        if start < since <= end:
            since = end + 1
    return since
