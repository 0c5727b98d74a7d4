"""A commander's lines, and the promises anybody made: counts a debrief talks about, never marks.

Rule 1: each line is (what, how many, of how many); times are seconds with their number of cases.
Rule 2: a commander who opens a shell gets an observation, not a mark.
"""

from statistics import median_low
from typing import Final, TypeAlias

from simulator.debrief.marks_communication import UPDATES
from simulator.debrief.timeline import Timeline
from simulator.journal.commands.talk import AskColleague
from simulator.journal.entry import TAGS
from simulator.journal.events.incident import Regraded
from simulator.journal.events.talk import (
    ApprovalGiven,
    Delegated,
    HandedOver,
    MessageSent,
    Noted,
    Released,
)
from simulator.journal.events.work import ActionStarted, FindPosted, WorkBegan

BEFORE_RISK_S: Final = 600
Line: TypeAlias = tuple[str, int, int]


def lines_of(told: Timeline, person: str) -> tuple[Line, ...]:
    """The lines of one person: their promises, and their command where they held it."""
    lines = [_promises(told, person)]
    if _commands(told, person):
        lines += [
            _finding_to_decision(told, person),
            _boxed(told, person),
            _collected(told, person),
            _objections(told, person),
            _handed_over(told, person),
            ("people_released", _count_released(told, person), len(told.final.joined)),
            ("opened_a_shell", *_shell(told, person)),
        ]
    return tuple(line for line in lines if line[2])


def _commands(told: Timeline, person: str) -> bool:
    incident = told.final.incident
    held = incident.roles.get("commander") if incident else None
    gave = any(h.role == "commander" and h.before == person for _, h in told.told(HandedOver))
    return held == person or gave or told.final.holder("commander") == person


def _promises(told: Timeline, person: str) -> Line:
    """Next updates that were promised and came in time."""
    sent = told.told(MessageSent)
    updates = [(e.at, m) for e, m in sent if m.use in UPDATES]
    mine = [(at, m.next_update_s) for at, m in updates if m.by == person and m.next_update_s]
    mine = [(at, until) for at, until in mine if until <= told.marks.get("resolved", told.end)]
    kept = sum(1 for at, until in mine if any(at < later <= until for later, _ in updates))
    return ("next_update_kept", kept, len(mine))


def _finding_to_decision(told: Timeline, person: str) -> Line:
    decided = sorted(
        [e.at for e, n in told.told(Noted) if n.decision and n.by == person]
        + [e.at for e, d in told.told(Delegated) if d.by == person]
        + [e.at for e, a in told.told(ApprovalGiven) if a.by == person]
        + [e.at for e, r in told.told(Regraded) if r.by == person]
    )
    waits = []
    for entry, _ in told.told(FindPosted):
        following = [at for at in decided if at >= entry.at]
        if following:
            waits.append(following[0] - entry.at)
    return ("finding_to_decision_s", median_low(waits) if waits else 0, len(waits))


def _boxed(told: Timeline, person: str) -> Line:
    mine = [d for _, d in told.told(Delegated) if d.by == person]
    return ("tasks_with_a_time_box", sum(1 for d in mine if d.within_s), len(mine))


def _collected(told: Timeline, person: str) -> Line:
    """Tasks with a time box whose doer gave that order within it."""
    boxed = [(e, d) for e, d in told.told(Delegated) if d.by == person and d.within_s]
    done = 0
    for entry, task in boxed:
        done += any(
            one.by == task.to
            and TAGS[type(one.what)] == task.what
            and entry.at <= one.at <= entry.at + task.within_s
            for one in told.entries
        )
    return ("tasks_collected", done, len(boxed))


def _objections(told: Timeline, person: str) -> Line:
    """Irreversible acts before which somebody was asked what speaks against."""
    risky = [
        e.at
        for e, a in told.told(ActionStarted)
        if a.action in told.scenario.actions and told.scenario.actions[a.action].irreversible
    ]
    asked = [e.at for e in told.entries if e.by == person and isinstance(e.what, AskColleague)]
    heard = sum(1 for at in risky if any(at - BEFORE_RISK_S <= one <= at for one in asked))
    return ("objections_asked", heard, len(risky))


def _handed_over(told: Timeline, person: str) -> Line:
    mine = [h for _, h in told.told(HandedOver) if h.role == "commander" and h.before == person]
    aloud = sum(1 for h in mine if h.says.strip() and not h.seized)
    return ("command_handed_over_aloud", aloud, len(mine))


def _count_released(told: Timeline, person: str) -> int:
    return sum(1 for _, r in told.told(Released) if r.by == person)


def _shell(told: Timeline, person: str) -> tuple[int, int]:
    typed = sum(1 for _, w in told.told(WorkBegan) if w.by == person and w.line)
    return typed, typed
