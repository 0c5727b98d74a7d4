"""Work given to others, and questions put to those who may know.

Rule 1: a task goes to somebody who is about and free, one at a time, by name.
Rule 2: a colleague is asked once, when one's own looks leave too much open.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.journal.commands.talk import AskColleague, Delegate, SendMessage
from simulator.journal.commands.work import Look
from simulator.journal.entry import TAGS, fields_of
from simulator.responders.colleagues import order_of
from simulator.responders.mind import Mind
from simulator.responders.reading import likeliest
from simulator.responders.wish import Wish, key_of

LOOKS_FIRST: Final = 4
"""So many looks of one's own come before a question."""
MOST_ASKED: Final = 2
ANSWERS_IN_S: Final = 120
"""After so long a task nobody has begun is no longer waited for."""


def shared(mind: Mind, wishes: Iterator[Wish]) -> Iterator[Wish]:
    """The wishes, looks and messages turned into tasks for others where the manner is so."""
    for wish in wishes:
        if _under_way(mind, wish):
            continue
        person = _hand(mind, wish) if mind.manner.delegates else ""
        if not person:
            yield wish
            continue
        order = Delegate(
            person=person,
            what=TAGS[type(wish.order)],
            order=fields_of(wish.order),
            within_s=ANSWERS_IN_S,
        )
        yield replace(wish, order=order)


def asking(mind: Mind) -> Iterator[Wish]:
    """A question to somebody the scenario says can be asked."""
    own = [find for find in mind.memory.finds if find.by == mind.person]
    if not mind.acts or mind.named or len(own) < LOOKS_FIRST:
        return
    cause, _ = likeliest(mind.beliefs)
    believed = mind.brief.scenario.causes.get(cause, "")
    people = [
        name
        for name, terms in mind.brief.scenario.colleagues.items()
        if name != mind.person and mind.picture.holder(terms.role) != mind.person
    ]
    asked = [name for name in people if mind.memory.times(f"ask_colleague:{name}")]
    for name in people:
        if name not in asked and len(asked) < MOST_ASKED:
            text = f"What changed lately that may explain this? We suspect: {believed}"
            yield Wish(order=AskColleague(person=name, text=text), kind="look", pace="quick")
            return


def _hand(mind: Mind, wish: Wish) -> str:
    """Somebody about, free and fit for it; empty where there is nobody, or it is one's own."""
    if wish.ready_at > mind.now or not isinstance(wish.order, Look | SendMessage):
        return ""
    for person in sorted(mind.here - {mind.person}):
        if isinstance(wish.order, Look) and person not in mind.terminals:
            continue
        if mind.picture.busy(person) is None and not _asked(mind, person):
            return person
    return ""


def _under_way(mind: Mind, wish: Wish) -> bool:
    """Whether somebody was asked for the same not long ago."""
    return any(
        task.by == mind.person
        and task.at > mind.now - ANSWERS_IN_S
        and (order := order_of(task)) is not None
        and key_of(order) == wish.key
        for task in mind.picture.talk.tasks.values()
    )


def _asked(mind: Mind, person: str) -> bool:
    """Whether somebody has a task they may still be reading."""
    tasks = [task for task in mind.picture.talk.tasks.values() if task.to == person]
    return any(task.at > mind.now - ANSWERS_IN_S for task in tasks)
