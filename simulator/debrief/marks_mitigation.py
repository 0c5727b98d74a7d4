"""Mitigation: impact eased, service restored, proofs seen, watch kept and debts owned.

Rule 1: times run from T0 to the true marks, never to what people said.
Rule 2: a restoration nobody caused earns nothing, unless somebody decided, on evidence, to wait.
"""

from dataclasses import replace
from typing import Final

from simulator.debrief.marks_detection import Parts
from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import measured, settled, unfinished
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentClosed, IncidentResolved
from simulator.journal.events.talk import Noted
from simulator.journal.events.work import ActionStarted
from simulator.journal.events.world import (
    AccessCut,
    DebtOpened,
    EffectRelieved,
    EffectTook,
    ImpactEnded,
)
from simulator.journal.gates import gates_passed
from simulator.journal.situation import Deed

BLIND: Final = 400
ROLES: Final = ("on_call", "backup", "sme", "tech_lead", "commander")
ENDERS: Final = ("on_call", "commander")


def mitigate(told: Timeline) -> Parts:
    """T0 to the first effect that cured or eased, against the expected minutes."""
    if told.t0 is None or "impact" not in told.marks:
        return None
    cure, wait = helped(told), waited(told)
    if cure is None and wait is not None:
        entry, by, proof = wait
        done = Deed(at=entry.at, seq=entry.seq, by=by)
        return (_timing(told, "mitigate", done, why="decided to wait", proof=proof),)
    if cure is None:
        return (_timing(told, "mitigate", None),)
    entry, by, _ = cure
    guard, proof = _sighted(told, *cure)
    done = Deed(at=entry.at, seq=entry.seq, by=by)
    why = "blind" if guard < FULL else ""
    return (_timing(told, "mitigate", done, guard=guard, why=why, proof=proof),)


def restore(told: Timeline) -> Parts:
    """T0 to restored, against the expected minutes."""
    if told.t0 is None or "impact" not in told.marks:
        return None
    restored = told.marks.get("restored")
    if restored is None:
        return (_timing(told, "restore", None),)
    seq = next(e.seq for e, end in reversed(told.told(ImpactEnded)) if end.since == restored)
    cure, wait = helped(told), waited(told)
    by = cure[1] if cure else wait[1] if wait else ""
    done = Deed(at=restored, seq=seq, by=by)
    if cure is None and wait is None:
        why = "nothing the team did eased it"
        return (_timing(told, "restore", done, guard=0, why=why),)
    if cure is None:
        assert wait is not None
        proof = (wait[0].seq, *wait[2])
        return (_timing(told, "restore", done, why="decided to wait", proof=proof),)
    guard, proof = _sighted(told, *cure)
    why = "blind" if guard < FULL else ""
    return (_timing(told, "restore", done, guard=guard, why=why, proof=(cure[0].seq, *proof)),)


def gates(told: Timeline) -> Parts:
    """Share of the plan's proofs seen by the second it was called over; early earns nothing."""
    if not told.plan.gates or told.t0 is None:
        return None
    over = next(iter(told.told(IncidentResolved)), None)
    if over is None:
        is_due = told.ended in ("limit", "closed")
        outcome = unfinished(told, is_due=is_due)
        return tuple(
            Part(name=f"gate.{name}", outcome=outcome, grade=0, roles=ENDERS)
            for name in told.plan.gates
            if name not in told.hidden
        )
    entry, _ = over
    picture = told.reading.over[entry.seq]
    passed = gates_passed(told.plan, picture)
    is_early = "impact" in picture.marks and "restored" not in picture.marks
    parts = []
    for name in told.plan.gates:
        if name in told.hidden:
            continue  # nobody could see it here: told of the plan, asked of nobody
        find = passed.get(name)
        outcome = "early" if is_early else "met" if find else "missed"
        cites = (entry.seq,) if find is None else (find.seq, entry.seq)
        parts.append(Part(name=f"gate.{name}", outcome=outcome, roles=ENDERS, cites=cites,
                          grade=FULL if find and not is_early else 0))  # fmt: skip
    return tuple(settled(told, part) for part in parts)


def watch(told: Timeline) -> Parts:
    """The plan's watch kept to its end, and every debt with an owner or paid."""
    if told.t0 is None:
        return None
    parts = [*_watch_kept(told)]
    for entry, opened in told.told(DebtOpened):
        debt = told.final.debts[opened.debt]
        is_owned = bool(debt.owner) or debt.settled
        deeds = [*told.final.deeds.get("own_debt", ()), *told.final.deeds.get("action_item", ())]
        proof = [d.seq for d in deeds if d.at >= entry.at and d.item == opened.debt]
        outcome = "met" if is_owned else unfinished(told, is_due=bool(told.ended))
        parts.append(
            Part(
                name=f"debt.{opened.debt}",
                outcome=outcome,
                grade=FULL if is_owned else 0,
                cites=(entry.seq, *proof[:1]),
                roles=ENDERS,
            )
        )
    return tuple(parts) or None


def helped(told: Timeline) -> tuple[Entry, str, str] | None:
    """(entry, by, action) of the first effect that cured, eased, relieved or shut somebody out."""
    found = [(e, t.by, t.action) for e, t in told.told(EffectTook) if t.cured or t.eased]
    found += [(e, t.by, t.action) for e, t in told.told(EffectRelieved)]
    found += [(e, t.by, t.action) for e, t in told.told(AccessCut)]
    return min(found, key=lambda one: one[0].seq, default=None)


def waited(told: Timeline) -> tuple[Entry, str, tuple[int, ...]] | None:
    """(entry, by, proof) of the first decision, on evidence, while nothing was changed."""
    if told.variant is None:
        return None
    first = min((e.seq for e, _ in told.told(ActionStarted)), default=None)
    for entry, note in told.told(Noted):
        if not note.decision or (first is not None and first < entry.seq):
            continue
        proof = told.supports(note.by, told.variant.cause, before=entry.seq)
        if proof and helped(told) is None:
            return entry, note.by, proof
    return None


def _watch_kept(told: Timeline) -> tuple[Part, ...]:
    ending = told.plan.ending
    if not ending.watch:
        return ()
    over = [(e, said.watch_left_s) for e, said in told.told(IncidentResolved)]
    if ending.watch_is == "after_resolved":
        over = [(e, said.watch_left_s) for e, said in told.told(IncidentClosed)]
    if not over:
        outcome = unfinished(told, is_due=told.ended in ("limit", "closed"))
        return (Part(name="watch", outcome=outcome, grade=0, roles=ENDERS),)
    entry, left = over[0]
    part = Part(
        name="watch",
        outcome="early" if left else "met",
        grade=0 if left else FULL,
        cites=(entry.seq,),
        roles=ENDERS,
        done_at=entry.at,
    )
    return (settled(told, part),)


def _sighted(told: Timeline, effect: Entry, by: str, action: str) -> tuple[int, tuple[int, ...]]:
    """(guard, proof): blind where its start was."""
    starts = [
        (entry.seq, begun.blind)
        for entry, begun in told.told(ActionStarted)
        if begun.action == action and begun.by == by and entry.seq < effect.seq
    ]
    if not starts:
        return FULL, ()
    seq, is_blind = starts[-1]
    return (BLIND if is_blind else FULL), (seq,)


def _timing(
    told: Timeline,
    name: str,
    done: Deed | None,
    *,
    guard: int = FULL,
    why: str = "",
    proof: tuple[int, ...] = (),
) -> Part:
    assert told.t0 is not None
    part = measured(told, name=name, start=told.t0, limit_s=told.expected_s, done=done, roles=ROLES)
    cites = tuple(sorted({*part.cites, *proof}))
    return settled(told, replace(part, guard=guard, why=why, cites=cites))
