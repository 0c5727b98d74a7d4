"""The picture as data: every part of it, and two questions people ask of it.

Rule 1: nothing here folds; `situation` adds that, so that folds may name this type.
Rule 2: no slots: see `anew`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.journal.situation.parts import (
    Alert,
    Debt,
    Deed,
    Incident,
    ItemState,
    Knowledge,
    PageState,
    Talk,
    Work,
    World,
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything folded from the entries one may see; immutable."""

    at: int = 0
    seq: int = -1
    chairs: Mapping[str, str] = field(default_factory=dict)
    """Role -> person, as the drill opened."""
    waived: Mapping[str, str] = field(default_factory=dict)
    deviated: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Duty -> (second, seq)."""
    accepted: Mapping[str, int] = field(default_factory=dict)
    """Duty whose departure a facilitator accepted -> the seq that says so."""
    skip_asked: tuple[str, ...] = ()
    """Who wants the clock to run, while not all do."""
    skipping: int | None = None
    """Since when the clock runs ahead; None while it does not."""
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
    contract: Mapping[str, int] = field(default_factory=dict)
    """Person -> the version of the safety contract they accepted."""
    known: Knowledge = field(default_factory=Knowledge)
    talk: Talk = field(default_factory=Talk)
    items: Mapping[str, ItemState] = field(default_factory=dict)
    """What the exercise has asked for so far."""
    marks: Mapping[str, int] = field(default_factory=dict)
    """Marks (true) and claims (said), and their second."""
    deeds: Mapping[str, tuple[Deed, ...]] = field(default_factory=dict)
    """Who did what and when, by kind of deed (see `notes.noted`)."""

    def busy(self, person: str) -> Work | None:
        """What occupies a person, if anything."""
        return self.work.get(person)

    def holder(self, role: str) -> str:
        """Who holds a role now: as assigned in the incident, else by chair; empty for nobody."""
        if self.incident and role in self.incident.roles:
            return self.incident.roles[role]
        return self.chairs.get(role, "")
