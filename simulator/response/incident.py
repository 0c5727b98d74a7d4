"""The incident as people steer it: declared, confirmed, graded, merged, manned, moved along.

Rule 1: only statuses refuse an illegal step, by the plan's own table; a look or a mitigation is
never refused because of one.
Rule 2: ids and channel names are the plan's patterns, filled from the drill's labelled clock.
"""

from typing import Final

from simulator.brief.conditions import holds
from simulator.brief.vocabulary import ROLES
from simulator.journal.commands.incident import (
    Assign,
    ConfirmLevel,
    Declare,
    Deviate,
    MergePage,
    OpenChannel,
    Regrade,
    SetStatus,
)
from simulator.journal.commands.talk import SendMessage
from simulator.journal.entry import Entry
from simulator.journal.events.incident import (
    ChannelOpened,
    DutyDeviated,
    IncidentDeclared,
    LevelConfirmed,
    PageMerged,
    Regraded,
    RoleAssigned,
    StatusSet,
)
from simulator.journal.facts import known_by
from simulator.journal.situation import Incident
from simulator.response import comms, ending, ladder, paging
from simulator.response.calling import coming
from simulator.response.names import duty_names, filled
from simulator.response.orders import names_of, refuse, roles_of, unknown
from simulator.stage import Stage

KINDS: Final = ("channel", "bridge", "war_room")
OF_AN_INCIDENT: Final = ("declaration", "resolution", "customer_resolution", "report")
"""Messages that say nothing where nothing was declared; customers may be told of a fault before."""


def declare(stage: Stage, entry: Entry) -> None:
    """Open the incident at a level; a level that opens provisionally waits for a confirmation."""
    order = entry.what
    assert isinstance(order, Declare)
    plan, situation = stage.brief.plan, stage.situation
    if situation.incident is not None:
        refuse(stage, entry, "lifecycle", f"{situation.incident.id} is open: regrade it instead")
        return
    if order.level not in plan.levels:
        refuse(stage, entry, "unknown", unknown("level", order.level, plan.levels))
        return
    if "fired" not in situation.marks:
        title = order.title or "a report taken by hand"
        paging.by_hand(stage, entry.by, title, level=order.level)
    terms = plan.levels[order.level]
    mine = roles_of(situation, entry.by)
    confirmed = terms.opens == "declared" or any(role in mine for role in terms.confirmed_by)
    stage.emit(
        IncidentDeclared(
            incident=filled(stage, plan.channels.incident_id or "INC-${date}-${number}"),
            level=order.level,
            title=order.title or _title(stage),
            by=entry.by,
            provisional=not confirmed,
        )
    )
    for name, page in stage.situation.pages.items():
        if page.alerts and any(person == entry.by for person, _ in page.acknowledged):
            stage.emit(PageMerged(page=name, by=entry.by))


def confirm_level(stage: Stage, entry: Entry) -> None:
    """Confirm a provisional level, as one whom the plan trusts with it."""
    assert isinstance(entry.what, ConfirmLevel)
    incident = _open(stage, entry)
    if incident is None:
        return
    terms = stage.brief.plan.levels[incident.level]
    if not incident.provisional:
        refuse(stage, entry, "lifecycle", f"{names_of(stage).level(incident.level)} stands already")
    elif not any(role in terms.confirmed_by for role in roles_of(stage.situation, entry.by)):
        words = names_of(stage)
        who = " or ".join(words.role(role) for role in terms.confirmed_by)
        level = words.level(incident.level)
        refuse(stage, entry, "authority", f"{level} is confirmed by {who}")
    else:
        stage.emit(LevelConfirmed(level=incident.level, by=entry.by))


def regrade(stage: Stage, entry: Entry) -> None:
    """Change the level."""
    order = entry.what
    assert isinstance(order, Regrade)
    incident = _open(stage, entry)
    if incident is None:
        return
    if order.level not in stage.brief.plan.levels:
        refuse(stage, entry, "unknown", unknown("level", order.level, stage.brief.plan.levels))
    elif order.level == incident.level:
        refuse(stage, entry, "lifecycle", f"it is {names_of(stage).level(order.level)} already")
    else:
        stage.emit(
            Regraded(level=order.level, was=incident.level, by=entry.by, reason=order.reason)
        )


def merge_page(stage: Stage, entry: Entry) -> None:
    """Say that a page belongs to the incident."""
    order = entry.what
    assert isinstance(order, MergePage)
    if _open(stage, entry) is None:
        return
    page = stage.situation.pages.get(order.page)
    if page is None:
        refuse(stage, entry, "unknown", unknown("page", order.page, stage.situation.pages))
    elif page.merged:
        refuse(
            stage, entry, "lifecycle", f"{names_of(stage).page(order.page)} belongs to it already"
        )
    else:
        stage.emit(PageMerged(page=order.page, by=entry.by))


def open_channel(stage: Stage, entry: Entry) -> None:
    """Open the incident's channel, bridge or war room, named as the plan names it."""
    order = entry.what
    assert isinstance(order, OpenChannel)
    incident = _open(stage, entry)
    if incident is None:
        return
    if order.kind not in KINDS:
        refuse(stage, entry, "unknown", unknown("kind of channel", order.kind, KINDS))
    elif order.kind in incident.channels:
        refuse(stage, entry, "lifecycle", f"{incident.channels[order.kind]} is open already")
    else:
        name = _channel(stage, order.kind, incident)
        stage.emit(ChannelOpened(kind=order.kind, name=name, by=entry.by))


def assign(stage: Stage, entry: Entry) -> None:
    """Give a role to a person; one who is not here is called by it."""
    order = entry.what
    assert isinstance(order, Assign)
    incident = _open(stage, entry)
    if incident is None:
        return
    if order.role not in ROLES:
        refuse(stage, entry, "unknown", unknown("role", order.role, ROLES))
    elif order.person not in stage.brief.people():
        refuse(stage, entry, "unknown", unknown("person", order.person, stage.brief.people()))
    elif incident.roles.get(order.role) == order.person:
        refuse(
            stage, entry, "lifecycle", f"{names_of(stage).person(order.person)} holds it already"
        )
    else:
        stage.emit(RoleAssigned(role=order.role, person=order.person, by=entry.by))
        if not (order.person in stage.situation.joined or coming(stage, order.person)):
            ladder.summon(stage, order.role, "called", incident.title, by=entry.by)


def send_message(stage: Stage, entry: Entry) -> None:
    """Write one of the plan's messages; one about an incident needs an incident."""
    order = entry.what
    assert isinstance(order, SendMessage)
    template = stage.brief.plan.templates.get(order.template)
    if stage.situation.incident is None and template and template.use in OF_AN_INCIDENT:
        refuse(stage, entry, "lifecycle", "nothing is declared yet")
    else:
        comms.send_message(stage, entry)


def set_status(stage: Stage, entry: Entry) -> None:
    """Move the incident along the plan's lifecycle; refused where the plan's table says no."""
    order = entry.what
    assert isinstance(order, SetStatus)
    incident = _open(stage, entry)
    if incident is None:
        return
    statuses = stage.brief.plan.statuses
    if order.status not in statuses:
        refuse(stage, entry, "unknown", unknown("status", order.status, statuses))
        return
    if order.status == "resolved":
        ending.resolve(stage, entry)
        return
    if order.status == "closed":
        ending.close(stage, entry)
        return
    if reason := ending.illegal(stage, incident, order.status):
        refuse(stage, entry, "lifecycle", reason)
        return
    stage.emit(StatusSet(status=order.status, by=entry.by))


def deviate(stage: Stage, entry: Entry) -> None:
    """Depart from a duty of the plan, with the reason."""
    order = entry.what
    assert isinstance(order, Deviate)
    names = duty_names(stage.brief.plan)
    if order.duty not in names:
        refuse(stage, entry, "unknown", unknown("duty", order.duty, names))
    elif not order.because.strip():
        refuse(stage, entry, "needs", "a departure needs its reason")
    else:
        stage.emit(DutyDeviated(duty=order.duty, because=order.because, by=entry.by))


def _open(stage: Stage, entry: Entry) -> Incident | None:
    """The incident, or None after having refused."""
    incident = stage.situation.incident
    if incident is None:
        refuse(stage, entry, "lifecycle", "nothing is declared yet")
    return incident


def _title(stage: Stage) -> str:
    return next((page.summary for page in stage.situation.pages.values()), "")


def _channel(stage: Stage, kind: str, incident: Incident) -> str:
    channels = stage.brief.plan.channels
    if kind == "bridge":
        return channels.bridge or "bridge"
    look, lasts = known_by(stage.situation), stage.keeper.held_for(stage.now)
    private = (
        path.channel_name or channels.security
        for path in stage.brief.plan.escalation.special.values()
        if path.channel == "private" and holds(path.only_if, look, lasts)
    )
    return filled(stage, next(private, "") or channels.incident, incident.id)
