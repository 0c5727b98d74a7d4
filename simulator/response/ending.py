"""How it is called over: resolved, stood down, closed, with what was still open when it was said.

Rule 1: saying it too early is possible where the plan's lifecycle lets it; what was missing is
recorded, never refused.
Rule 2: the watch runs from the last move into monitoring and begins again at a relapse.
"""

from simulator.journal.commands.incident import StandDown
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentClosed, IncidentResolved, StoodDown
from simulator.journal.events.world import ImpactReturned
from simulator.journal.gates import gates_passed
from simulator.journal.situation import Incident
from simulator.response.orders import names_of, refuse
from simulator.stage import Stage


def resolve(stage: Stage, entry: Entry) -> None:
    """Say it is over; gates not passed and watch not kept are written beside it."""
    incident = stage.situation.incident
    if incident is None:
        refuse(stage, entry, "lifecycle", "nothing is declared yet")
        return
    if reason := illegal(stage, incident, "resolved"):
        refuse(stage, entry, "lifecycle", reason)
        return
    ending = stage.brief.plan.ending
    passed = gates_passed(stage.brief.plan, stage.situation, until=stage.now)
    left = watch_left(stage, incident) if ending.watch_is == "before_resolved" else 0
    stage.emit(
        IncidentResolved(
            by=entry.by,
            gates_open=tuple(name for name in stage.brief.plan.gates if name not in passed),
            watch_left_s=left,
        )
    )
    if ending.closed_is == "resolved":
        stage.emit(IncidentClosed(by=entry.by, watch_left_s=left))


def close(stage: Stage, entry: Entry) -> None:
    """Close what was called over; the world stops and the afterpart begins."""
    incident = stage.situation.incident
    if incident is None:
        refuse(stage, entry, "lifecycle", "nothing is declared yet")
    elif incident.closed_at is not None:
        refuse(stage, entry, "lifecycle", "it is closed already")
    elif incident.status not in ("resolved", "post_incident"):
        refuse(
            stage,
            entry,
            "lifecycle",
            f"it is {names_of(stage).status(incident.status)}: resolve it first",
        )
    else:
        stage.emit(IncidentClosed(by=entry.by, watch_left_s=watch_left(stage, incident)))


def stand_down(stage: Stage, entry: Entry) -> None:
    """End the response; the drill ends with it."""
    order = entry.what
    assert isinstance(order, StandDown)
    if not order.reason.strip():
        refuse(stage, entry, "needs", "standing down needs its reason")
    elif "closed" in stage.situation.marks:
        refuse(stage, entry, "lifecycle", "it is closed already")
    else:
        stage.emit(StoodDown(by=entry.by, reason=order.reason))


def illegal(stage: Stage, incident: Incident, status: str) -> str:
    """Why the plan's table forbids this step; empty where it allows it."""
    if incident.closed_at is not None:
        return "it is closed"
    steps = {name: terms.next for name, terms in stage.brief.plan.statuses.items()}
    if incident.status not in steps or status in steps[incident.status]:
        return ""
    said = names_of(stage).status
    allowed = ", ".join(said(name) for name in steps[incident.status]) or "nothing"
    return f"from {said(incident.status)} the plan goes to {allowed}, not to {said(status)}"


def watch_left(stage: Stage, incident: Incident) -> int:
    """Seconds of the plan's watch still to run; its whole length where it never began."""
    marks, ending = stage.situation.marks, stage.brief.plan.ending
    whole = ending.watch.get(incident.level, 0)
    if ending.watch_is == "after_resolved":
        began = incident.resolved_at
    else:
        began = max((at for at, name in incident.statuses if name == "monitoring"), default=None)
    if began is None:
        return whole
    # The mark `relapsed` goes away when it is restored again; the entry stays.
    if any(entry.at > began for entry in stage.happened(ImpactReturned)):
        if "restored" not in marks:
            return whole
        began = max(began, marks["restored"])
    return max(0, whole - (stage.now - began))
