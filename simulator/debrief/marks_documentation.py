"""Documentation: decisions written down, the report complete and in time, actions with an owner.

Rule 1: one decision note speaks for every change within ten minutes of it; a request for leave to
do just that, which says why, is a note too.
"""

from typing import Final

from simulator.debrief.marks_detection import Parts
from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import timed
from simulator.journal.events.incident import ActionAdded, ReportSubmitted
from simulator.journal.events.work import ActionStarted

NEAR_S: Final = 600
ROLES: Final = ("scribe", "commander", "on_call")


def decisions(told: Timeline) -> Parts:
    """Each act that changed something has its reason in the log within ten minutes."""
    notes = told.final.deeds.get("decision", ())
    asked = told.final.deeds.get("ask_approval", ())
    parts = []
    for entry, started in told.told(ActionStarted):
        if started.action not in told.mattered:
            continue
        mine = [ask for ask in asked if ask.item == started.action]
        near = [note.seq for note in (*notes, *mine) if abs(note.at - entry.at) <= NEAR_S]
        parts.append(
            Part(
                name=f"decision.{started.action}",
                outcome="met" if near else "missed",
                grade=FULL if near else 0,
                cites=tuple(sorted({entry.seq, *near[:1]})),
                roles=ROLES,
            )
        )
    return tuple(parts)


def report(told: Timeline) -> Parts:
    """The report in time, x share of its sections with content."""
    parts = []
    for target in told.owed("report"):
        guard, why = _content(told)
        parts.append(timed(told, target, guard=guard, why=why))
    return tuple(parts) or None


def actions(told: Timeline) -> Parts:
    """The first action in time, x share of all that have owner and date."""
    added = told.told(ActionAdded)
    good = [entry.seq for entry, item in added if item.owner and item.due_in_s]
    guard = len(good) * FULL // len(added) if added else FULL
    why = "" if guard == FULL else "actions without owner or date"
    parts = [
        timed(told, target, guard=guard, why=why, cites=[entry.seq for entry, _ in added])
        for target in told.owed("actions")
    ]
    return tuple(parts) or None


def _content(told: Timeline) -> tuple[int, str]:
    sections = told.plan.post_incident.sections
    handed = told.told(ReportSubmitted)
    if not handed or not sections:
        return FULL, ""
    _, said = handed[-1]
    filled = sum(1 for name in sections if said.fields.get(name, "").strip())
    share = filled * FULL // len(sections)
    return share, "" if share == FULL else f"{filled} of {len(sections)} sections"
