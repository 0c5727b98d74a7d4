"""The picture itself, and who may see which entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulator.journal.entry import Entry
from simulator.journal.events.base import ENGINE, EVERYONE, FACILITATOR, Event
from simulator.journal.situation import folds
from simulator.journal.situation.parts import (
    Alert,
    Debt,
    Deed,
    Incident,
    Knowledge,
    PageState,
    Talk,
    Work,
    World,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything folded from the entries one may see; immutable."""

    at: int = 0
    seq: int = -1
    chairs: Mapping[str, str] = field(default_factory=dict)
    """Role -> person, as the drill opened."""
    waived: Mapping[str, str] = field(default_factory=dict)
    deviated: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Duty -> (second, seq)."""
    hints: tuple[tuple[int, str], ...] = ()
    ended: str = ""
    world: World = field(default_factory=World)
    alerts: Mapping[str, Alert] = field(default_factory=dict)
    pages: Mapping[str, PageState] = field(default_factory=dict)
    incident: Incident | None = None
    debts: Mapping[str, Debt] = field(default_factory=dict)
    work: Mapping[str, Work] = field(default_factory=dict)
    """Person -> what they are busy with; absent: free."""
    running: Mapping[str, Work] = field(default_factory=dict)
    """Work that goes on by itself, by its id."""
    joined: Mapping[str, int] = field(default_factory=dict)
    """Person -> since when they are here."""
    left: tuple[str, ...] = ()
    known: Knowledge = field(default_factory=Knowledge)
    talk: Talk = field(default_factory=Talk)
    marks: Mapping[str, int] = field(default_factory=dict)
    """RESPONSE.md section 1: marks and claims and their second."""
    deeds: Mapping[str, tuple[Deed, ...]] = field(default_factory=dict)
    """Who did what and when, by kind of deed (see `folds.deed_of`)."""

    def after(self, entry: Entry) -> "Situation":
        """The picture once this entry is read; entries come in order."""
        now = replace(self, at=entry.at, seq=entry.seq)
        if isinstance(entry.what, Event):
            return folds.folded(now, entry)
        return now

    def busy(self, person: str) -> Work | None:
        """What occupies a person, if anything."""
        return self.work.get(person)

    def deed(self, kind: str) -> Deed | None:
        """The first deed of a kind."""
        done = self.deeds.get(kind)
        return done[0] if done else None

    def holder(self, role: str) -> str:
        """Who holds a role now: as assigned in the incident, else by chair; empty for nobody."""
        if self.incident and role in self.incident.roles:
            return self.incident.roles[role]
        return self.chairs.get(role, "")


def visible_to(entry: Entry, seat: str) -> bool:
    """Whether this seat is told of this entry. Orders are seen by whoever gave them."""
    if not isinstance(entry.what, Event):
        return entry.by == seat or seat in (ENGINE, FACILITATOR)
    told = entry.what.audience()
    if seat == ENGINE:
        return True
    if seat == FACILITATOR:
        return told != (ENGINE,)
    return EVERYONE in told or seat in told
