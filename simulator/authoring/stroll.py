"""A stranger's stroll: lines nobody scripted, asked in mid-incident, and what comes of each.

Rule 1: every line is answered, normal, or refused as a real shell would; `not simulated` fails.
Rule 2: a fact measured at one second has one value, whichever view shows it.
Rule 3: nothing told names the cause; another order of the looks leaves the world as it was.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast

from simulator.authoring.spoilers import Giveaway, giveaways, named_in
from simulator.brief.brief import Brief
from simulator.clock import t_plus
from simulator.drill import Drill, Terms
from simulator.journal.commands.base import Command
from simulator.journal.commands.paging import Page
from simulator.journal.commands.talk import AskColleague
from simulator.journal.commands.work import Type
from simulator.journal.entry import Entry
from simulator.journal.events.paging import Notified, Paged
from simulator.journal.events.room import Refused
from simulator.journal.events.talk import QuestionAnswered
from simulator.journal.events.work import ActionFinished, ActionStarted, Found, LineAnswered
from simulator.journal.events.world import (
    AlertFired,
    AlertResolved,
    FaultBegan,
    FaultCured,
    GaugeMoved,
    SignalsChanged,
    StateSet,
)
from simulator.shell.prompt import request_of
from simulator.shell.reply import Terminal

LONGEST_S: Final = 600
"""No answer takes longer."""
SETTLED_S: Final = 900
"""A scenario in which nobody has been paged by then is broken in another way."""
WORLD: Final = (
    AlertFired, AlertResolved, FaultBegan, FaultCured, GaugeMoved, SignalsChanged, StateSet,
)  # fmt: skip
Way: TypeAlias = Literal["answered", "normal", "refused", "not_simulated", "busy", "unanswered"]
GOOD: Final = ("answered", "normal", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one line."""

    line: str
    way: Way
    at: int
    """The second of the answer."""
    told: str = ""
    """What was on the screen, or said."""
    acted: bool = False
    spoils: str = ""
    """How it names the cause; empty where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroll:
    """One walk through all lines."""

    variant: str
    begins: int
    """The second of the first line, from T0."""
    answers: tuple[Answer, ...]
    disagree: tuple[str, ...]
    """Facts that had two values at one second."""
    world: tuple[tuple[int, str], ...]
    """What happened by itself, to compare with another walk."""

    @property
    def good(self) -> int:
        """Lines that were answered, normal or refused."""
        return sum(1 for answer in self.answers if answer.way in GOOD)

    def failures(self) -> tuple[str, ...]:
        """Every line that fails, and why, in a sentence."""
        where = f"{self.variant}, {t_plus(self.begins)}"
        bad = [f"{where}: {a.way}: {a.line}" for a in self.answers if a.way not in GOOD]
        bad += [f"{where}: says {a.spoils!r}: {a.line}" for a in self.answers if a.spoils]
        return (*bad, *(f"{where}: {each}" for each in self.disagree))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a stroll's file: one each, without comments."""
    found = [line.strip() for line in text.splitlines()]
    return tuple(line for line in found if line and not line.startswith("#"))


def order_of(line: str) -> Command:
    """What a line says: `$ kubectl ...` is typed, `ask diana: ...` asks, `page sme` pages.

    Raises ValueError for anything else.
    """
    if line.startswith("$ "):
        return Type(line=line.removeprefix("$ "))
    verb, _, rest = line.partition(" ")
    if verb == "ask" and ": " in rest:
        person, text = rest.split(": ", 1)
        return AskColleague(person=person, text=text)
    if verb == "page" and rest:
        return Page(role=rest)
    raise ValueError(f"{line!r} is not `$ ...`, `ask PERSON: ...` or `page ROLE`")


def stroll(
    brief: Brief, lines: Sequence[str], *, variant: str, begins: int, seed: int = 1
) -> Stroll:
    """Say the lines one after the other from second T0 + begins on, with nobody else at work."""
    idle = dict.fromkeys(brief.people(), "idle")
    drill = Drill(brief, Terms(seed=seed, variant=variant, policies=idle))
    while "fired" not in drill.stage.situation.marks and drill.now < SETTLED_S:
        drill.advance(drill.now + 1)
    drill.advance(drill.stage.situation.marks.get("fired", 0) + begins)
    ways = giveaways(brief.scenario, variant)
    person = brief.chairs()["on_call"]
    answers = tuple(_said(drill, person, line, ways) for line in lines)
    return Stroll(
        variant=variant,
        begins=begins,
        answers=answers,
        disagree=tuple(disagreements(drill.entries)),
        world=tuple((e.at, repr(e.what)) for e in drill.entries if isinstance(e.what, WORLD)),
    )


def shuffled(lines: Sequence[str], seed: int) -> tuple[str, ...]:
    """The lines in another order, the same for the same seed."""
    order = list(lines)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order to try, not a secret
    return tuple(order)


def looking(walk: Stroll) -> tuple[str, ...]:
    """The lines of a walk that changed nothing."""
    return tuple(answer.line for answer in walk.answers if not answer.acted)


def same_world(one: Stroll, other: Stroll) -> str:
    """The first thing that happened in one walk and not in the other, while both lasted."""
    ends = min(max(answer.at for answer in walk.answers) for walk in (one, other))
    worlds = [[told for told in walk.world if told[0] < ends] for walk in (one, other)]
    for left, right in zip(*worlds, strict=False):
        if left != right:
            return f"second {left[0]}: {left[1]} is not {right[1]}"
    longer = max(worlds, key=len)
    shorter = min(worlds, key=len)
    return f"only once: {longer[len(shorter)]}" if len(longer) > len(shorter) else ""


def disagreements(entries: Iterable[Entry]) -> Iterator[str]:
    """Facts that were told with two values for one second of measuring."""
    values: dict[tuple[str, int], Any] = {}
    for entry in entries:
        if isinstance(entry.what, Found):
            at = entry.what.measured_at
            for name, value in entry.what.facts.items():
                if (known := values.setdefault((name, at), value)) != value:
                    yield f"{name} of second {at} is {known} and {value} ({entry.what.line})"


def _said(drill: Drill, person: str, line: str, ways: tuple[Giveaway, ...]) -> Answer:
    """Give the order and let time pass until its answer is there."""
    order = order_of(line)
    acts = isinstance(order, Page) or (
        isinstance(order, Type) and bool(request_of(order.line, _terminal(drill, person)))
    )
    read, ends = drill.submit(person, order).seq + 1, drill.now + LONGEST_S
    while drill.now < ends:
        for entry in drill.entries[read:]:
            acts = acts or isinstance(entry.what, ActionStarted)
            if told := _answer(entry, person, line):
                return Answer(line=line, way=told[0], at=entry.at, told=told[1], acted=acts,
                              spoils=named_in(told[1], ways))  # fmt: skip
        read = len(drill.entries)
        drill.advance(int(min(ends, max(drill.now, drill.stage.env.peek()) + 1)))
    return Answer(line=line, way="unanswered", at=drill.now, acted=acts)


def _terminal(drill: Drill, person: str) -> Terminal:
    return Terminal(user=person, variables=dict(drill.stage.brief.scenario.variables))


def _answer(entry: Entry, person: str, line: str) -> tuple[Way, str] | None:
    """(way, what was told) where this entry answers the line."""
    match entry.what:
        case Found(by=by, way=way, content=text) if by == person:
            return cast("Way", way), text
        case LineAnswered(by=by, way=way, content=text) if by == person:
            return cast("Way", way), text
        case ActionFinished(by=by, says=text) if by == person:
            return "answered", text
        case Refused(to=to, code=code, reason=reason) if to == person:
            return ("busy" if code == "busy" else "refused"), reason
        case QuestionAnswered(to=to, text=text) if to == person:
            return "answered", text
        case Paged(summary=text) | Notified(text=text) if line.startswith("page "):
            return "answered", text
    return None
