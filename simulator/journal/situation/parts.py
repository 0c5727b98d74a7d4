"""The parts of the picture, each frozen, each rebuilt only when its theme is touched.

Rule 1: the large ones, rebuilt often, have no slots: see `anew`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.journal.events.world import PodChanged

State = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something somebody did, as duties and marks look for it."""

    at: int
    seq: int
    by: str
    item: str = ""
    """What exactly: a level, a look, a page, a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A gauge between two changes: it stood at `level` at second `at` and moves by `slope`."""

    at: int
    level: int
    """Thousandths."""
    slope: int
    """Millionths a second."""

    def level_at(self, at: int) -> float:
        """The level in the author's unit."""
        return self.level / 1000 + self.slope * (at - self.at) / 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What a temporary measure left behind."""

    says: str
    undo: str
    action: str
    at: int
    seq: int
    owner: str = ""
    due_in_s: int = 0
    settled: bool = False


@dataclass(frozen=True, kw_only=True)
class World:
    """The truth, as far as entries told it: empty for every seat."""

    state: Mapping[str, State] = field(default_factory=dict)
    signals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    gauges: Mapping[str, Gauge] = field(default_factory=dict)
    pods: Mapping[str, Mapping[int, PodChanged]] = field(default_factory=dict)
    """Service -> its pods by number, each as its life stands; those that are gone are left out."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """Active faults and their strength, ppm."""
    cured: Mapping[str, int] = field(default_factory=dict)
    """Faults that are over, and since when."""
    began: Mapping[str, int] = field(default_factory=dict)
    harmless: frozenset[str] = frozenset()
    """Faults that hurt nobody: processes of the world."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    failed: int = 0
    users: int = 0
    budget: int = 0
    money: int = 0
    effects: tuple[tuple[int, str, str], ...] = ()
    """(seq, action, judged), in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert that fired."""

    severity: str
    summary: str
    page: bool
    at: int
    seq: int
    firing: bool = True
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """A page and how far it got."""

    alerts: tuple[str, ...]
    level: str
    summary: str
    why: str
    at: int
    """When the first person was paged."""
    sent: tuple[tuple[str, int], ...]
    """(person, second)."""
    role: str = ""
    by: str = ""
    acknowledged: tuple[tuple[str, int], ...] = ()
    state: str = "triggered"
    """`triggered`, `acknowledged`, `dismissed` or `resolved`."""
    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class Incident:
    """The incident as people speak of it."""

    id: str
    title: str
    level: str
    levels: tuple[tuple[int, str], ...]
    """(second, level) from the declaration on."""
    provisional: bool
    declared_at: int
    status: str = "investigating"
    statuses: tuple[tuple[int, str], ...] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    """kind -> name."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """role -> person, as assigned in the incident."""
    resolved_at: int | None = None
    closed_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a person is busy with."""

    work: str
    kind: str
    item: str
    since: int
    looks_until: int
    frees_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The newest value of a fact somebody has seen."""

    value: Any
    measured_at: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A look somebody took and what it held."""

    seq: int
    at: int
    by: str
    look: str
    views: tuple[str, ...]
    of: str
    facts: Mapping[str, Any]
    clues: tuple[str, ...]
    line: str = ""
    posted: bool = False


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What one has seen."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    clues: Mapping[str, int] = field(default_factory=dict)
    """Clue -> the seq that first showed it."""
    finds: tuple[Find, ...] = ()
    followed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """person -> looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the plan's that went out."""

    seq: int
    at: int
    by: str
    use: str
    template: str
    audience_of: str
    fields: Mapping[str, str]
    honest: bool
    filled: int
    required: int
    authorised: bool
    next_update_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A request for leave to act."""

    by: str
    of: str
    action: str
    at: int
    state: str = "asked"
    """`asked`, `given`, `refused` or `lapsed`."""
    words: str = ""
    asks_back: bool = False
    answered_at: int | None = None
    reason: str = ""
    risk: str = ""
    way_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to a colleague."""

    by: str
    to: str
    text: str
    at: int
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An order somebody was asked to give."""

    by: str
    to: str
    what: str
    order: Mapping[str, Any]
    at: int
    within_s: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """An item of an exercise and what became of it."""

    opened: int
    within_s: int
    choice: str = ""
    """The answer that stands; empty where nobody has decided."""
    by: str = ""
    at: int | None = None
    """Since when it is decided or done; None while it is neither."""
    seq: int = -1


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Messages, requests, questions and tasks."""

    messages: tuple[Message, ...] = ()
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    voices: tuple[tuple[int, int, str, str, str], ...] = ()
    """(seq, second, sender, what they want, text)."""
    tickets: tuple[int, ...] = ()
    """Seconds at which customers reported."""
