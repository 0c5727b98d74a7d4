"""What every order asks first: who is it, are they free, is there such a thing; and how to say no.

Rule 1: a refusal is an event to the asker, names what is wrong and changes nothing.
Rule 2: a handler checks everything before it emits anything.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import Any, TypeAlias

from simulator.brief.vocabulary import ROLES
from simulator.journal.commands.base import Command
from simulator.journal.entry import TAGS, Entry
from simulator.journal.events.base import Event
from simulator.journal.events.room import DrillOpened, Refused
from simulator.journal.narration.names import Names
from simulator.journal.narration.told_work import busy_with
from simulator.journal.situation import Deed, Situation, Work
from simulator.stage import Process, Stage
from simulator.text import did_you_mean, nearest

NAMED = 4
"""Titles a refusal mentions."""

Handler: TypeAlias = Callable[[Stage, Entry], None]
Waiting: TypeAlias = Generator[Any, Any, bool]
"""A part of a process that ends by saying whether it came to its end."""


def refuse(stage: Stage, entry: Entry, code: str, reason: str) -> None:
    """Say no to an order."""
    order = TAGS[type(entry.what)] if isinstance(entry.what, Command) else ""
    stage.emit(Refused(to=entry.by, order=order, reason=reason, code=code))


def unknown(kind: str, name: str, names: Iterable[str]) -> str:
    """The sentence about a name nothing goes by, with the nearest that is one.

    Where `names` maps ids to what has a title, both are said: one is read, the other is typed.
    """
    titles = _titles(names)
    near = nearest(name, names)
    if not titles:
        hint = did_you_mean(name, names)
    elif near:
        hint = f"did you mean {titles[near]} ({near})?"
    else:
        some = ", ".join(f"{title} ({one})" for one, title in sorted(titles.items())[:NAMED])
        hint = f"there is {some}" + (" ..." if len(titles) > NAMED else "")
    return f"there is no {kind} {name!r}" + (f"; {hint}" if hint else "")


def _titles(names: Iterable[str]) -> Mapping[str, str]:
    """Id -> title in quotes, where everything named has one."""
    if not isinstance(names, Mapping):
        return {}
    said = {name: one if isinstance(one, str) else getattr(one, "title", "")
            for name, one in names.items()}  # fmt: skip
    return {name: f'"{title}"' for name, title in said.items()} if all(said.values()) else {}


def names_of(stage: Stage) -> Names:
    """What things and people are called, and seconds told from T0."""
    return Names(
        brief=stage.brief, picture=stage.situation, zero=stage.situation.marks.get("fired")
    )


def occupied(stage: Stage, person: str) -> str:
    """The sentence about somebody who is at work; empty for one who is free."""
    work = stage.situation.busy(person)
    if work is None:
        return ""
    words = names_of(stage)
    until = words.since(work.looks_until)
    return f"{words.person(person)} is still {_doing(work, words)}, until about {until}"


def _doing(work: Work, words: Names) -> str:
    """What somebody is doing: `writing the declaration`, `at "Restart the api"`."""
    what = busy_with(work.kind, work.item, words)
    match work.kind:
        case "login":
            return what
        case "brief":
            return "being briefed"
        case "message" | "report":
            return f"writing {what}"
        case "look":
            return f"looking at {what}"
    return f"at {what}"


def stands_still(stage: Stage) -> str:
    """The sentence about a world that has stopped; empty while it goes on."""
    over = "closed" in stage.situation.marks
    return (
        "the incident is closed: the world stands still, only the afterpart is left" if over else ""
    )


def roles_of(situation: Situation, person: str) -> tuple[str, ...]:
    """The roles a person holds now, in the order of the vocabulary."""
    return tuple(role for role in ROLES if situation.holder(role) == person)


def gave_away(stage: Stage, person: str) -> tuple[Deed, ...]:
    """Each time this person handed a role over, by their own will."""
    deeds = stage.situation.deeds.items()
    handed = (done for kind, done in deeds if kind.startswith("hand_over:"))
    return tuple(deed for done in handed for deed in done if deed.by == person)


def asleep(situation: Situation, person: str) -> bool:
    """Whether this person was let go and nobody has called them back."""
    let_go = any(deed.item == person for deed in situation.deeds.get("release", ()))
    return let_go and person not in situation.joined


def person_of(stage: Stage, name: str) -> str:
    """The person a role or a name stands for; empty for nobody."""
    if name in ROLES:
        return stage.situation.holder(name)
    return name if name in stage.brief.people() else ""


def level_of(stage: Stage, page: str = "") -> str:
    """The declared level; before that the page's, or the highest any page carries."""
    situation = stage.situation
    if situation.incident is not None:
        return situation.incident.level
    if page in situation.pages:
        return situation.pages[page].level
    order = stage.brief.plan.ordered()
    levels = [one.level for one in situation.pages.values() if one.level in order]
    return min(levels, key=order.index, default="")


def nth(stage: Stage, *key: str) -> int:
    """How often this key was asked before: the n of a draw that may happen again."""
    return int(stage.count("|".join((*key, "#"))).rpartition("#")[2]) - 1


def opened(stage: Stage) -> DrillOpened | None:
    """How the drill was opened; None on a stage nobody opened."""
    first = stage.entries[0].what if stage.entries else None
    return first if isinstance(first, DrillOpened) else None


def begins(stage: Stage) -> str:
    """The labelled moment of second 0."""
    start = opened(stage)
    return start.begins if start else stage.brief.scenario.begins


def hears(stage: Stage, kinds: tuple[type[Event], ...], then: Callable[[Entry], None]) -> Process:
    """Call `then` for every entry of these kinds, from now on, in order, each as its own cause."""
    read = len(stage.entries)
    while True:
        if not any(isinstance(entry.what, kinds) for entry in stage.entries[read:]):
            yield stage.when(*kinds)
        fresh = stage.entries[read:]
        read += len(fresh)
        for entry in fresh:
            if isinstance(entry.what, kinds):
                stage.because(entry)
                then(entry)


def running_by(stage: Stage, person: str) -> tuple[Work, ...]:
    """What goes on by itself and was started by this person, oldest first."""
    deeds = stage.situation.deeds
    return tuple(
        work
        for work in stage.situation.running.values()
        if (started := deeds.get(f"start:{work.item}")) and started[-1].by == person
    )
