"""People who are called: paged by a person, answering, briefed, here; told, or let go.

Rule 1: a joiner knows the channel, not your head: a briefing costs 60 to 120 s once, and a good
status line of the last ten minutes halves it (assumed; docs/response.md).
Rule 2: one briefing is enough, whatever somebody is called for meanwhile (`calling`).
"""

import math
from typing import Final

from simulator.brief.vocabulary import ROLES
from simulator.chance import Drawn
from simulator.clock import MINUTE
from simulator.journal.commands.paging import Notify, Page
from simulator.journal.commands.talk import Release
from simulator.journal.entry import Entry
from simulator.journal.events.paging import Joined, Notified
from simulator.journal.events.talk import Released
from simulator.journal.situation import PageState
from simulator.response import calling, effort, ladder, vendors
from simulator.response.orders import names_of, person_of, refuse, roles_of, unknown
from simulator.stage import Stage

BRIEFING_S: Final = (60, 120)
FRESH_S: Final = 10 * MINUTE
_WORDS = ("update", "declaration")


def page(stage: Stage, entry: Entry) -> None:
    """Wake the holder of a role, or a person by name, and ask them to join."""
    order = entry.what
    assert isinstance(order, Page)
    role = _role(stage, order.role)
    if not role:
        names = (*ROLES, *stage.brief.people())
        refuse(stage, entry, "unknown", unknown("role or person", order.role, names))
        return
    person = person_of(stage, order.role)
    if person == entry.by:
        # One person may hold several roles; their own head needs no page.
        stage.emit(Notified(role=role, person=person, by=entry.by, text=order.text))
    elif not ladder.summon(stage, role, "called", order.text, by=entry.by):
        refuse(stage, entry, "unknown", f"nobody can be reached as {names_of(stage).role(role)}")


def notify(stage: Stage, entry: Entry) -> None:
    """Tell the holder of a role; they need not join."""
    order = entry.what
    assert isinstance(order, Notify)
    role = _role(stage, order.role)
    person = person_of(stage, order.role)
    if not role or not person:
        names = (*ROLES, *stage.brief.people())
        refuse(stage, entry, "unknown", unknown("role or person", order.role, names))
        return
    stage.emit(Notified(role=role, person=person, by=entry.by, text=order.text))


def release(stage: Stage, entry: Entry) -> None:
    """Let a person go back to sleep."""
    order = entry.what
    assert isinstance(order, Release)
    if order.person not in stage.situation.joined:
        refuse(
            stage, entry, "unknown", unknown("person here", order.person, stage.situation.joined)
        )
    elif stage.situation.busy(order.person) is not None:
        refuse(stage, entry, "busy", f"{names_of(stage).person(order.person)} is still at work")
    else:
        stage.emit(Released(person=order.person, by=entry.by))


def answer(stage: Stage, person: str, page: PageState) -> None:
    """Bring a called person in after the briefing; one who is here already only takes the role."""
    incident, work = stage.situation.incident, stage.situation.busy(person)
    is_briefed = work is not None and work.kind == "brief"
    if is_briefed or (incident is not None and person in stage.situation.joined):
        calling.take_role(stage, person, page.role, page.by)
        return
    if person in stage.situation.joined:
        _arrive(stage, person, page, 0)
        return
    if vendors.is_vendor(stage, person):
        return  # the case is open: somebody comes at the contract's time
    takes = _briefing(stage, person)
    if work is not None:
        _arrive(stage, person, page, 0)
        return
    effort.does(
        stage,
        person,
        "brief",
        page.role,
        takes=takes,
        then=lambda: _arrive(stage, person, page, takes.seconds),
    )


def _arrive(stage: Stage, person: str, page: PageState, briefed_s: int) -> None:
    stage.emit(Joined(person=person, role=page.role, briefed_s=briefed_s))
    calling.take_role(stage, person, page.role, page.by)


def _briefing(stage: Stage, person: str) -> Drawn:
    takes = effort.drawn(stage, BRIEFING_S, "briefing", person)
    if not _good_line(stage):
        return takes
    return Drawn(math.ceil(takes.seconds / 2), math.ceil(takes.centre / 2))


def _good_line(stage: Stage) -> bool:
    """Whether a complete, honest status line stands in the channel."""
    return any(
        message.use in _WORDS
        and message.honest
        and message.filled >= message.required
        and message.at >= stage.now - FRESH_S
        for message in stage.situation.talk.messages
    )


def _role(stage: Stage, name: str) -> str:
    """The role meant: itself, or the first one a person holds; empty for nobody we know."""
    if name in ROLES:
        return name
    if name in stage.brief.people():
        return next(iter(roles_of(stage.situation, name)), "")
    return ""
