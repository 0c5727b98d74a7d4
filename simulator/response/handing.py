"""Roles that change hands: given with what the next one must know, or taken.

Rule 1: a hand-over occupies both for 3 to 5 minutes; what is not said is not known.
Rule 2: whoever has given away the last role answers for 15 minutes more, then sleeps; a role that
was taken from somebody lets nobody go.
Rule 3: what nobody holds by themselves and had fallen to the role goes with it.
Rule 4: whoever asks "do you wish to take over?" may be answered with yes: taking is a verb.
"""

from typing import Final

from simulator.brief.brief import FALLS_TO
from simulator.brief.vocabulary import ROLES
from simulator.chance import Drawn
from simulator.clock import MINUTE
from simulator.journal.commands.talk import HandOver, TakeOver
from simulator.journal.entry import Entry
from simulator.journal.events.paging import Joined
from simulator.journal.events.talk import HandedOver, Released
from simulator.journal.events.work import WorkCancelled, WorkEnded
from simulator.journal.situation import Deed, Situation
from simulator.response import effort
from simulator.response.orders import (
    asleep,
    gave_away,
    names_of,
    occupied,
    refuse,
    roles_of,
    unknown,
)
from simulator.stage import Process, Stage
from simulator.text import clean

TAKES_S: Final = (3 * MINUTE, 5 * MINUTE)
ANSWERS_S: Final = 15 * MINUTE
"""How long whoever handed over can still be asked."""


def hand_over(stage: Stage, entry: Entry) -> None:
    """Give a role of one's own to somebody."""
    order = entry.what
    assert isinstance(order, HandOver)
    people = stage.brief.people()
    if order.role not in ROLES:
        refuse(stage, entry, "unknown", unknown("role", order.role, ROLES))
    elif stage.situation.holder(order.role) != entry.by:
        refuse(stage, entry, "not_yours", f"you are not {names_of(stage).role(order.role)}")
    elif order.person not in people or order.person == entry.by:
        refuse(stage, entry, "unknown", unknown("other person", order.person, people))
    elif order.person in stage.situation.left:
        refuse(stage, entry, "unknown", f"{names_of(stage).person(order.person)} has stepped out")
    elif busy := occupied(stage, entry.by) or occupied(stage, order.person):
        refuse(stage, entry, "busy", busy)
    else:
        takes = effort.drawn(stage, TAKES_S, "handover", entry.by, order.role)
        mine = effort.begin(stage, entry.by, "handover", order.role, takes)
        theirs = effort.begin(stage, order.person, "handover", order.role, takes)
        stage.play(_hands(stage, entry.by, order, takes, (mine, theirs)))


def _hands(stage: Stage, by: str, order: HandOver, takes: Drawn, works: tuple[str, str]) -> Process:
    mine, theirs = works
    whole = yield from effort.lasts(stage, by, mine, takes, undisturbed=True)
    listener = stage.situation.busy(order.person)
    listening = listener is not None and listener.work == theirs
    if listening:
        effort.end(stage, order.person, theirs, "handover", order.role)
    if not whole:
        return
    effort.end(stage, by, mine, "handover", order.role)
    if not listening or stage.situation.holder(order.role) != by:
        return
    stage.emit(
        HandedOver(
            role=order.role,
            before=by,
            person=order.person,
            says=clean(order.says),
            along=_fallen(stage, by, order.role),
        )
    )
    if order.person not in stage.situation.joined:
        stage.emit(Joined(person=order.person, role=order.role, briefed_s=takes.seconds))
    stage.play(_goes_to_sleep(stage, by))


def _goes_to_sleep(stage: Stage, person: str) -> Process:
    """Once there is nothing left to hold and nothing left to do; back in a role, nobody goes."""
    yield stage.pause(ANSWERS_S)
    while stage.situation.busy(person) is not None:
        yield stage.when(WorkEnded, WorkCancelled, where=lambda entry: entry.what.by == person)
    since = stage.now - ANSWERS_S
    again = any(deed.at > since for deed in gave_away(stage, person))
    gone = person in stage.situation.left or asleep(stage.situation, person)
    if not (again or gone or _holds_something(stage, person)):
        stage.emit(Released(person=person, by=person))


def _holds_something(stage: Stage, person: str) -> bool:
    """Whether a role is this person's own: by roster, or given; not one that fell to them."""
    situation, terms = stage.situation, stage.brief.roster.people.get(person)
    own = terms.roles if terms is not None else ()
    given = situation.incident.roles if situation.incident is not None else {}
    return any(
        role in own or role in given or any(d.item == person for d in _handed(situation, role))
        for role in roles_of(situation, person)
    )


def _handed(situation: Situation, role: str) -> tuple[Deed, ...]:
    deeds = situation.deeds
    return (*deeds.get(f"hand_over:{role}", ()), *deeds.get(f"take_over:{role}", ()))


def take_over(stage: Stage, entry: Entry) -> None:
    """Take a role from whoever holds it, aloud."""
    order = entry.what
    assert isinstance(order, TakeOver)
    before = stage.situation.holder(order.role)
    if order.role not in ROLES:
        refuse(stage, entry, "unknown", unknown("role", order.role, ROLES))
    elif before == entry.by:
        refuse(stage, entry, "lifecycle", f"you are {names_of(stage).role(order.role)} already")
    else:
        along = _fallen(stage, before, order.role)
        stage.emit(
            HandedOver(role=order.role, before=before, person=entry.by, seized=True, along=along)
        )


def _fallen(stage: Stage, person: str, role: str) -> tuple[str, ...]:
    """The roles this person holds only because they fell to the one that changes hands."""
    incident = stage.situation.incident
    given = incident.roles if incident is not None else {}
    return tuple(
        one
        for one in ROLES
        if one != role
        and one not in given
        and stage.situation.holder(one) == person
        and not _handed(stage.situation, one)
        and _falls_on(stage, one) == role
    )


def _falls_on(stage: Stage, role: str) -> str:
    """The role whose holder answers for this one: itself where somebody or the plan has it."""
    brief = stage.brief
    while role != "on_call" and role not in brief.plan.roles and not brief.roster.holder(role):
        role = FALLS_TO[role]
    return role
