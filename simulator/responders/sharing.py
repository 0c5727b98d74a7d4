"""Work given to others, and questions put to those who may know.

Rule 1: a task goes to somebody who is about and free, one at a time, by name.
Rule 2: a colleague is asked once, when one's own looks leave too much open, about what they know;
who is not here is called first.
Rule 3: whoever has the fix in hand is handed nothing while it is under way.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.journal.commands.base import Command
from simulator.journal.commands.paging import Page
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
CLUES: Final = 3
"""So many of the newest clues are worth a question."""
SUSPECTS: Final = 0.5
"""A cause less likely than this is not suggested to whom one asks."""
TELLING: Final = 5
"""A look worth less is not taken for its own sake."""
_ONLY_WATCH: Final = ("scribe",)
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*")
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
            order=fields_of(wish.written(mind)),
            within_s=ANSWERS_IN_S,
        )
        yield replace(wish, order=order, draft=None)


def asking(mind: Mind) -> Iterator[Wish]:
    """A question about the newest clue to somebody who knows of such things, called in first."""
    asked = [name for name in who_may_know(mind) if mind.memory.times(f"ask_colleague:{name}")]
    if not mind.acts or mind.named or len(asked) >= MOST_ASKED:
        return
    if sum(find.by == mind.person for find in mind.memory.finds) < LOOKS_FIRST:
        return
    for clue in _newest(mind):
        shows = mind.brief.scenario.clues[clue].shows.rstrip(".")
        for name in _who_knows(mind, shows):
            if name in asked:
                continue
            role = mind.brief.scenario.colleagues[name].role
            if name in mind.here or not has_seat(mind, name):
                order: Command = AskColleague(person=name, text=_question(mind, shows))
                if mind.picture.busy(name) is None:
                    yield Wish(order=order, kind="look", pace="quick")
            elif not mind.memory.times(f"page:{role}"):
                yield Wish(order=Page(role=role, text=f"We see: {shows}"), kind="look")
            return


def examining(mind: Mind) -> Iterator[Wish]:
    """Looks at the data by an expert who is here, once the cause is named and others mend it."""
    if mind.acts or not mind.named or not mind.looks or not mind.holds("sme"):
        return
    if "resolved" in mind.picture.marks:
        return
    looks = mind.brief.scenario.looks
    unseen = {
        name: terms.worth / max(1.0, (terms.takes.low_s + terms.takes.high_s) / 2)
        for name, terms in looks.items()
        if "database" in terms.views
        and terms.worth >= TELLING
        and name not in mind.memory.begun
        and f"look:{name}" not in mind.memory.barred
    }
    if unseen:
        best = max(unseen, key=lambda name: (unseen[name], name))
        yield Wish(order=Look(look=best), kind="look")


def who_may_know(mind: Mind) -> tuple[str, ...]:
    """Those the scenario says know something, but for oneself and whoever only keeps the times."""
    return tuple(
        name
        for name, terms in mind.brief.scenario.colleagues.items()
        if terms.knows
        and terms.role not in _ONLY_WATCH
        and mind.person not in (name, mind.picture.holder(terms.role))
    )


def _newest(mind: Mind) -> list[str]:
    """The clues found last, newest first."""
    found = mind.picture.known.clues
    known = (clue for clue in found if clue in mind.brief.scenario.clues)
    return sorted(known, key=lambda clue: found[clue], reverse=True)[:CLUES]


def _who_knows(mind: Mind, shows: str) -> list[str]:
    """Colleagues whose matters this clue is about, the best fit first; those who are free first."""
    words = set(_WORD.findall(shows.lower()))
    fit = {
        name: sum(
            about.lower() in words
            for known in mind.brief.scenario.colleagues[name].knows
            for about in known.about
        )
        for name in who_may_know(mind)
    }
    return sorted((name for name in fit if fit[name]), key=lambda name: -fit[name])


def _question(mind: Mind, shows: str) -> str:
    """What is asked: the clue, and what is suspected once that is more likely than not."""
    cause, share = likeliest(mind.beliefs)
    believed = mind.brief.scenario.causes.get(cause, "").rstrip(".")
    suspicion = f" We suspect: {believed}." if share >= SUSPECTS and believed else ""
    return f"We see: {shows}.{suspicion} What do you know about it?"


def has_seat(mind: Mind, name: str) -> bool:
    """Whether a page reaches them: whoever holds no role is asked without one."""
    return mind.picture.holder(mind.brief.scenario.colleagues[name].role) == name


def _hand(mind: Mind, wish: Wish) -> str:
    """Somebody about, free and fit for it; empty where there is nobody, or it is one's own."""
    if wish.ready_at > mind.now or not isinstance(wish.order, Look | SendMessage):
        return ""
    if isinstance(wish.order, SendMessage) and wish.order.authorised_by == "":
        template = mind.brief.plan.templates[wish.order.template]
        if any(role in mind.roles for role in template.needs_approval_of):
            return ""  # they alone may send it without asking
    for person in sorted(mind.here - {mind.person, *_fixing(mind)}):
        if isinstance(wish.order, Look) and person not in mind.terminals:
            continue
        if mind.picture.busy(person) is None and not _asked(mind, person):
            return person
    return ""


def _fixing(mind: Mind) -> tuple[str, ...]:
    """Whoever has the fix in hand, while anything of it is left."""
    return () if mind.named and mind.is_remedied else (mind.actor,)


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
