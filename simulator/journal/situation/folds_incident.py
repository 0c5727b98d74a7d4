"""How the incident's own events change the picture."""

from dataclasses import replace
from typing import Final

from simulator.journal.entry import Entry
from simulator.journal.events import incident
from simulator.journal.situation.anew import anew
from simulator.journal.situation.notes import marked, noted, with_item
from simulator.journal.situation.parts import Incident
from simulator.journal.situation.picture import Picture

AFTER: Final = ("resolved", "post_incident", "closed")
"""Statuses in which people hold that it is over."""


def fold_incident(now: Picture, entry: Entry) -> Picture:
    """Declaration, level, roles, channels, status; resolution and what follows."""
    match entry.what:
        case incident.IncidentDeclared() as declared:
            now = noted(now, entry, "declare", declared.level, by=declared.by)
            now = noted(now, entry, "assess", declared.level, by=declared.by)
            opened = Incident(
                id=declared.incident,
                title=declared.title,
                level=declared.level,
                levels=((entry.at, declared.level),),
                provisional=declared.provisional,
                declared_at=entry.at,
            )
            marks = {"declared": entry.at, "graded": entry.at}
            return anew(now, incident=opened, marks={**now.marks, **marks})
        case incident.StoodDown(by=by, reason=reason):
            return noted(now, entry, "stand_down", reason, by=by)
        case incident.DutyDeviated(duty=duty, by=by):
            now = noted(now, entry, f"deviate:{duty}", duty, by=by)
            return anew(now, deviated=with_item(now.deviated, duty, (entry.at, entry.seq)))
        case incident.DebtOwned(debt=debt, owner=owner, by=by, due_in_s=due) if debt in now.debts:
            owned = replace(now.debts[debt], owner=owner, due_in_s=due)
            now = noted(now, entry, "own_debt", debt, by=by)
            return anew(now, debts=with_item(now.debts, debt, owned))
    if now.incident is None:
        return _fold_afterpart(now, entry)
    return _fold_course(now, entry, now.incident)


def _fold_course(now: Picture, entry: Entry, opened: Incident) -> Picture:
    match entry.what:
        case incident.LevelConfirmed(by=by, level=level):
            now = noted(now, entry, "confirm_level", level, by=by)
            return anew(now, incident=anew(opened, provisional=False))
        case incident.Regraded(level=level, by=by):
            now = noted(now, entry, "regrade", level, by=by)
            regraded = anew(opened, level=level, levels=(*opened.levels, (entry.at, level)))
            marks = with_item(now.marks, "graded", entry.at)
            return anew(now, incident=regraded, marks=marks)
        case incident.PageMerged(page=page) if page in now.pages:
            merged = replace(now.pages[page], merged=True)
            return anew(now, pages=with_item(now.pages, page, merged))
        case incident.ChannelOpened(kind=kind, name=name, by=by):
            now = noted(now, entry, f"open:{kind}", name, by=by)
            channels = with_item(opened.channels, kind, name)
            return anew(now, incident=anew(opened, channels=channels))
        case incident.RoleAssigned(role=role, person=person, by=by):
            now = noted(now, entry, f"assign:{role}", person, by=by)
            roles = with_item(opened.roles, role, person)
            return anew(now, incident=anew(opened, roles=roles))
        case incident.StatusSet(status=status, by=by):
            now = noted(now, entry, "status", status, by=by)
            now, opened = _reopened(now, opened, status)
            statuses = (*opened.statuses, (entry.at, status))
            return anew(now, incident=anew(opened, status=status, statuses=statuses))
        case incident.IncidentResolved(by=by):
            now = marked(noted(now, entry, "resolve", by=by), "resolved", entry.at)
            return anew(now, incident=anew(opened, status="resolved", resolved_at=entry.at))
        case incident.IncidentClosed(by=by):
            now = marked(noted(now, entry, "close", by=by), "closed", entry.at)
            return anew(now, incident=anew(opened, status="closed", closed_at=entry.at))
    return _fold_afterpart(now, entry)


def _reopened(now: Picture, opened: Incident, status: str) -> tuple[Picture, Incident]:
    """Back from resolved: what was claimed is taken back, and may be claimed anew."""
    if opened.resolved_at is None or status in AFTER:
        return now, opened
    marks = {mark: at for mark, at in now.marks.items() if mark != "resolved"}
    deeds = {kind: done for kind, done in now.deeds.items() if kind != "resolve"}
    taken_back = (*now.deeds.get("resolve_taken_back", ()), *now.deeds.get("resolve", ()))
    deeds["resolve_taken_back"] = taken_back
    return anew(now, marks=marks, deeds=deeds), anew(opened, resolved_at=None)


def _fold_afterpart(now: Picture, entry: Entry) -> Picture:
    match entry.what:
        case incident.ReportSubmitted(by=by):
            return noted(now, entry, "report", by=by)
        case incident.MeetingBooked(by=by):
            return noted(now, entry, "book_meeting", by=by)
        case incident.MeetingHeld(by=by):
            return noted(now, entry, "hold_meeting", by=by)
        case incident.ActionAdded(by=by, text=text, owner=owner, due_in_s=due, debt=debt):
            kind = "action_item" if owner and due else "action_item_loose"
            now = noted(now, entry, kind, text, by=by)
            if debt in now.debts and owner:
                owned = replace(now.debts[debt], owner=owner, due_in_s=due)
                now = anew(now, debts=with_item(now.debts, debt, owned))
            return now
    return now
