"""What the drill says about the plan: every report ends with it.

Rule 1: systems and procedures, never people: findings become actions for owners of systems.
"""

from collections.abc import Iterator
from typing import Literal

from simulator.clock import t_plus
from simulator.debrief.duties import duty_cards
from simulator.debrief.scorecard import Finding
from simulator.debrief.timeline import Timeline
from simulator.journal.events.incident import DutyDeviated
from simulator.journal.events.room import Refused
from simulator.journal.events.work import LineAnswered
from simulator.journal.events.world import AlertFired

IN_THE_WAY = frozenset({"lifecycle", "authority", "needs"})
"""Reasons of a refusal that a plan or a runbook gives."""


def plan_findings(told: Timeline) -> tuple[Finding, ...]:
    """Duties first, then what got in the way; an exercise uses little of a plan by intent."""
    if told.scenario.items:
        return (*_duties(told), *_in_the_way(told))
    return (*_duties(told), *_deviations(told), *_notes(told), *_unused(told), *_in_the_way(told))


def _duties(told: Timeline) -> Iterator[Finding]:
    for card in duty_cards(told):
        if card.outcome == "unattainable":
            says = f"at {card.level} no team can keep this limit, even without thinking"
            yield Finding(kind="unattainable", item=card.duty, says=says)
        elif card.outcome in ("late", "missed"):
            due = t_plus(card.due_at - (told.t0 or 0))
            done = t_plus(card.done_at - (told.t0 or 0)) if card.done_at is not None else "not done"
            says = f"due {due}, {done}"
            yield Finding(kind="late", item=card.duty, says=says, cites=card.cites)
    for name in told.plan.gates:
        if name in told.hidden:
            says = "no look of this scenario shows what this proof asks"
            yield Finding(kind="proof", item=f"gate.{name}", says=says)


def _deviations(told: Timeline) -> Iterator[Finding]:
    for entry, deviated in told.told(DutyDeviated):
        yield Finding(
            kind="deviated", item=deviated.duty, says=deviated.because, cites=(entry.seq,)
        )


def _notes(told: Timeline) -> Iterator[Finding]:
    owed = {card.duty for card in duty_cards(told)}
    for name, rule in told.plan.duties.items():
        if rule.practice_note and name in owed:
            yield Finding(kind="practice_note", item=name, says=rule.practice_note)
    reached = {level for _, level in told.grading}
    for name, level in told.plan.levels.items():
        if level.practice_note and name in reached:
            yield Finding(kind="practice_note", item=name, says=level.practice_note)


def _unused(told: Timeline) -> Iterator[Finding]:
    """Roads of the plan this drill did not take: they are still untried."""
    for name in told.plan.escalation.special:
        if name not in told.reading.held_since:
            yield Finding(kind="unused", item=name, says="this road was not taken")
    for name, check in told.plan.checks.items():
        if f"look:{check.by}" not in told.final.deeds:
            yield Finding(kind="unused", item=f"check.{name}", says="nobody made this check")


def _in_the_way(told: Timeline) -> Iterator[Finding]:
    for entry, fired in told.told(AlertFired):
        rule = told.scenario.alerts.get(fired.alert)
        if rule is not None and rule.unrelated and fired.page:
            says = "it woke somebody and belonged to no fault of this drill"
            yield Finding(kind="alert", item=fired.alert, says=says, cites=(entry.seq,))
    barred: dict[tuple[str, str, str], list[int]] = {}
    for entry, refused in told.told(Refused):
        if refused.code in IN_THE_WAY:
            barred.setdefault((refused.code, refused.order, refused.reason), []).append(entry.seq)
    for (code, order, reason), seqs in barred.items():
        kind: Literal["runbook", "tool"] = "runbook" if code == "needs" else "tool"
        yield Finding(kind=kind, item=order, says=reason, cites=tuple(seqs))
    tried: dict[str, list[int]] = {}
    for entry, answered in told.told(LineAnswered):
        if answered.way == "not_simulated":
            tried.setdefault(answered.line.split(" ")[0], []).append(entry.seq)
    for tool, seqs in sorted(tried.items()):
        often = "once" if len(seqs) == 1 else f"{len(seqs)} times"
        says = f"tried {often} here, and not simulated"
        yield Finding(kind="tool", item=tool, says=says, cites=tuple(seqs))
