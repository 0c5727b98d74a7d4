"""After the incident: report, meeting, actions. Calendar, not physics; each takes its time.

Durations are assumed where the plan gives none: 15 to 30 minutes for a report, and for a meeting
the sum of its agenda or 45 minutes.
"""

from typing import Final

from simulator.chance import Drawn
from simulator.clock import MINUTE
from simulator.journal.commands.incident import AddAction, BookMeeting, HoldMeeting, SubmitReport
from simulator.journal.entry import Entry
from simulator.journal.events.incident import (
    ActionAdded,
    MeetingBooked,
    MeetingHeld,
    ReportSubmitted,
)
from simulator.response import effort
from simulator.response.orders import occupied, refuse, unknown
from simulator.stage import Stage

REPORT_S: Final = (15 * MINUTE, 30 * MINUTE)
MEETING_S: Final = 45 * MINUTE


def submit_report(stage: Stage, entry: Entry) -> None:
    """Write the post-incident report and hand it in."""
    order = entry.what
    assert isinstance(order, SubmitReport)
    if "resolved" not in stage.situation.marks:
        refuse(stage, entry, "lifecycle", "the report follows the resolution")
    elif "report" in stage.situation.deeds:
        refuse(stage, entry, "lifecycle", "the report is handed in already")
    elif busy := occupied(stage, entry.by):
        refuse(stage, entry, "busy", busy)
    elif strange := sorted(set(order.fields) - set(stage.brief.plan.post_incident.sections)):
        known = stage.brief.plan.post_incident.sections
        refuse(stage, entry, "unknown", unknown("section", strange[0], known))
    else:
        takes = effort.drawn(stage, REPORT_S, "report", entry.by)
        done = ReportSubmitted(by=entry.by, fields=dict(order.fields))
        effort.does(
            stage, entry.by, "report", "report", takes=takes, then=lambda: _once(stage, done)
        )


def _once(stage: Stage, done: ReportSubmitted) -> None:
    """Two may have written at the same time; the first one is the report."""
    if "report" not in stage.situation.deeds:
        stage.emit(done)


def book_meeting(stage: Stage, entry: Entry) -> None:
    """Put the review into calendars."""
    order = entry.what
    assert isinstance(order, BookMeeting)
    if stage.situation.incident is None:
        refuse(stage, entry, "lifecycle", "nothing is declared yet")
    elif order.after_s < 0:
        refuse(stage, entry, "needs", "a meeting lies ahead")
    else:
        stage.emit(MeetingBooked(by=entry.by, at=stage.now + order.after_s))


def hold_meeting(stage: Stage, entry: Entry) -> None:
    """Hold the review: the calendar turns to it, whenever it was booked for."""
    assert isinstance(entry.what, HoldMeeting)
    if "closed" not in stage.situation.marks:
        refuse(stage, entry, "lifecycle", "the review follows the closing")
    elif "hold_meeting" in stage.situation.deeds:
        refuse(stage, entry, "lifecycle", "the review was held already")
    elif busy := occupied(stage, entry.by):
        refuse(stage, entry, "busy", busy)
    else:
        agenda = stage.brief.plan.post_incident.meeting.agenda
        length = sum(agenda.values()) or MEETING_S
        held = MeetingHeld(by=entry.by)
        effort.does(
            stage,
            entry.by,
            "meeting",
            "review",
            takes=effort.said(stage, entry.by, Drawn(length, length)),
            then=lambda: stage.emit(held),
        )


def add_action(stage: Stage, entry: Entry) -> None:
    """Write down something to be mended, with who and by when."""
    order = entry.what
    assert isinstance(order, AddAction)
    if not order.text.strip():
        refuse(stage, entry, "needs", "say what is to be mended")
    elif order.debt and order.debt not in stage.situation.debts:
        refuse(stage, entry, "unknown", unknown("debt", order.debt, stage.situation.debts))
    else:
        stage.emit(
            ActionAdded(
                by=entry.by,
                text=order.text,
                owner=order.owner,
                due_in_s=max(0, order.due_in_s),
                debt=order.debt,
            )
        )
