"""Who is on the way, and the role somebody is called to take once they are here.

Rule 1: nobody is woken or briefed twice: an open page, a briefing or being here is enough.
Rule 2: whoever is called for a role nobody was given takes it on arrival, whatever woke them.
"""

from simulator.journal.events.incident import IncidentClosed, RoleAssigned
from simulator.journal.events.paging import Joined, PageAcknowledged
from simulator.journal.events.room import SteppedOut
from simulator.response import vendors
from simulator.stage import Process, Stage


def coming(stage: Stage, person: str) -> bool:
    """Whether a page rings for somebody not here yet, or they are briefed or come by contract."""
    mine = [p for p in stage.situation.pages.values() if any(to == person for to, _ in p.sent)]
    if any(page.state == "triggered" for page in mine):
        return True
    work = stage.situation.busy(person)
    if work is not None and work.kind == "brief":
        return True
    took = any(by == person for page in mine for by, _ in page.acknowledged)
    return took and vendors.is_vendor(stage, person)


def ringing(stage: Stage, person: str) -> str:
    """What the page that rings for this person says; empty where none does."""
    for page in stage.situation.pages.values():
        if page.state == "triggered" and any(to == person for to, _ in page.sent):
            return page.summary
    return ""


def take_role(stage: Stage, person: str, role: str, by: str) -> None:
    """Give a role to the one who was called for it: now where they are here, else on arrival."""
    if person in stage.situation.joined:
        _give(stage, person, role, by)
    else:
        stage.play(_on_arrival(stage, person, role, by))


def _on_arrival(stage: Stage, person: str, role: str, by: str) -> Process:
    while person not in stage.situation.joined:
        yield stage.when(Joined, PageAcknowledged, SteppedOut, IncidentClosed)
        if person in stage.situation.left or "closed" in stage.situation.marks:
            return
    _give(stage, person, role, by)


def _give(stage: Stage, person: str, role: str, by: str) -> None:
    """Only where nobody was given it meanwhile."""
    incident = stage.situation.incident
    if incident is None or role in incident.roles or stage.situation.holder(role) != person:
        return
    stage.emit(RoleAssigned(role=role, person=person, by=by or person))
