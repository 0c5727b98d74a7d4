"""A drill that has been played, as every report reads it: its entries, their fold, who was who.

Rule 1: reports name roles; the names of people stand in them only where that was asked for.
Rule 2: every time on paper runs from T0; a drill nobody was paged in counts from its beginning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.brief.brief import Brief
from simulator.brief.roster import Person
from simulator.brief.vocabulary import ROLES
from simulator.clock import t_plus, wall
from simulator.errors import JournalError
from simulator.journal.entry import Entry
from simulator.journal.events.room import DrillOpened
from simulator.journal.situation import Situation
from simulator.text import clean_line

OUTSIDE = {"engine": "the system", "facilitator": "the facilitator", "host": "the host"}
"""Who speaks in a journal without holding a chair."""
TRUE_MARKS = ("impact", "fired", "mitigated", "restored", "relapsed")
"""Marks of the world; every other mark is something people said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One finished drill."""

    entries: tuple[Entry, ...]
    brief: Brief
    opened: DrillOpened
    situation: Situation
    """Everything folded: the engine's picture after the last entry."""
    labels: Mapping[str, str]
    """Person -> what the report calls them."""
    told_as: Brief
    """The brief with everybody called by their label: what sentences are told from."""

    @property
    def t0(self) -> int:
        """The second times are counted from."""
        return self.situation.marks.get("fired", 0)

    def t(self, at: int) -> str:
        """A second of the drill as the report writes it: `T+03:10`."""
        return t_plus(at - self.t0)

    def clock(self, at: int) -> str:
        """The labelled time of day of a second: `10:06:05`."""
        return wall(self.opened.begins, at)

    def who(self, person: str) -> str:
        """What the report calls a person, a voice from outside or the system."""
        if person in ROLES:
            return self.role(person)
        return self.labels.get(person) or OUTSIDE.get(person) or clean_line(person, longest=64)

    def role(self, role: str) -> str:
        """The plan's word for a role; the engine's own where the plan has none."""
        words = {str(name): terms.word for name, terms in self.brief.plan.roles.items()}
        return words.get(role, role.replace("_", " "))

    def roles(self, roles: Sequence[str]) -> str:
        """Several roles in the plan's words."""
        return ", ".join(self.role(role) for role in roles) or "the team"

    def title_of(self, item: str) -> str:
        """What an action, a look, a message or a cause is called; the item where nobody says."""
        scenario = self.brief.scenario
        if item.startswith("ask."):
            return f"asking {self.who(item.removeprefix('ask.'))}"
        if item in scenario.actions:
            return scenario.actions[item].title
        if item in scenario.looks:
            return scenario.looks[item].title
        if item in self.brief.plan.templates:
            return item.replace("-", " ").replace("_", " ")
        return scenario.causes.get(item, item)


def played(entries: Sequence[Entry], brief: Brief, *, names: bool = False) -> Played:
    """The drill these entries tell; raises JournalError where they do not begin at the beginning.

    `names` writes people's names beside their roles.
    """
    if not entries or not isinstance(entries[0].what, DrillOpened):
        raise JournalError("a report needs a journal from its first entry on")
    opened = entries[0].what
    situation = Situation()
    for entry in entries:
        situation = situation.after(entry)
    labels = _labels(brief, opened, names=names)
    return Played(
        entries=tuple(entries),
        brief=brief,
        opened=opened,
        situation=situation,
        labels=labels,
        told_as=_told_as(brief, labels),
    )


def _labels(brief: Brief, opened: DrillOpened, *, names: bool) -> dict[str, str]:
    """Person -> the plan's word for their first role, counted where two share it."""
    chairs = opened.chairs or brief.chairs()
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for person in (*dict.fromkeys(chairs.values()), *brief.roster.people):
        if person in found:
            continue
        word = _word(brief, person, chairs)
        taken[word] = taken.get(word, 0) + 1
        label = word if taken[word] == 1 else f"{word} {taken[word]}"
        known = brief.roster.people.get(person)
        said = clean_line(known.name, longest=64) if known else ""
        found[person] = f"{said} ({label})" if names and said else label
    return found


def _told_as(brief: Brief, labels: Mapping[str, str]) -> Brief:
    """The brief with labels for names."""
    known = brief.roster.people
    called = {
        person: replace(known.get(person) or Person(name=label), name=label)
        for person, label in labels.items()
    }
    return replace(brief, roster=replace(brief.roster, people=called))


def _word(brief: Brief, person: str, chairs: Mapping[str, str]) -> str:
    """The plan's word for what somebody is first of all."""
    known = brief.roster.people.get(person)
    held = [role for role in ROLES if chairs.get(role) == person]
    own = [role for role in (known.roles if known else ()) if role in brief.plan.roles]
    for role in (*own, *held):
        terms = brief.plan.roles.get(role)
        if terms:
            return terms.word
    return held[0].replace("_", " ") if held else "observer"
