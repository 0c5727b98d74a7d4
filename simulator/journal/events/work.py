"""Work: begun, under way, ended; what was found; what was thought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from simulator.journal.events.base import ENGINE, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBegan(Event):
    """A person is busy from now on."""

    by: str
    work: str
    """`w1`, `w2` ..."""
    kind: str
    """`login`, `look`, `action`, `message`, `brief`, `handover`, `typed`, `report`, `meeting`."""
    item: str
    """The look, action, template ... it is about."""
    line: str = ""
    takes_s: int = 0
    luck_s: int = 0
    """Drawn minus centre."""
    frees_person: bool = False
    """Whether the work goes on by itself and its starter is free."""
    looks_until: int = 0
    """When people think it will be over (the centre of the range), a second of the drill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEnded(Event):
    """The work is done."""

    by: str
    work: str
    kind: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCancelled(Event):
    """The work was stopped; its progress is lost."""

    by: str
    work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookEnded(Event):
    """A look is over; the world answers it in the same second."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    by: str
    work: str
    look: str
    """Empty for a typed line nobody foresaw."""
    line: str = ""
    followed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Event):
    """What a look showed."""

    told: ClassVar[tuple[str, ...]] = ("by",)
    by: str
    work: str
    look: str
    views: tuple[str, ...]
    of: str
    """The service it was about."""
    facts: Mapping[str, Any]
    measured_at: int
    clues: tuple[str, ...]
    """Ids of sealed clues it holds; their meaning is not in the entry."""
    content: str
    """What was on the screen, cleaned."""
    way: str = "answered"
    line: str = ""
    over_s: Mapping[str, int] = field(default_factory=dict)
    """Facts that are means, and of how many seconds up to `measured_at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPosted(Event):
    """A find was shown to the channel."""

    by: str
    found: int
    look: str
    views: tuple[str, ...]
    of: str
    facts: Mapping[str, Any]
    measured_at: int
    clues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Event):
    """A view is kept open."""

    told: ClassVar[tuple[str, ...]] = ("by",)
    by: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollowed(Event):
    """A view was let go."""

    told: ClassVar[tuple[str, ...]] = ("by",)
    by: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswered(Event):
    """A typed line that neither looked nor acted, or was refused, or is not simulated."""

    told: ClassVar[tuple[str, ...]] = ("by",)
    by: str
    line: str
    way: str
    """`answered`, `normal`, `refused`, `not_simulated`."""
    content: str
    status: int = 0
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStarted(Event):
    """Somebody began to change something."""

    by: str
    work: str
    action: str
    kind: str
    line: str = ""
    approval: str = ""
    allowed: bool = True
    """Whether the plan lets this person do it, alone or with the approval given."""
    asks: tuple[str, ...] = ()
    """Whose approval the plan wanted."""
    blind: bool = False
    """Irreversible, outside `can` or wider than the fault, and no look at it in ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionProgressed(Event):
    """A line on the terminal of whoever started it."""

    told: ClassVar[tuple[str, ...]] = ("by",)
    by: str
    action: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFinished(Event):
    """The terminal says it is done; whether it helped is another matter."""

    by: str
    work: str
    action: str
    says: str
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisStated(Event):
    """A cause was named."""

    by: str
    cause: str
    confidence: int
    text: str = ""
    evidence: tuple[int, ...] = field(default_factory=tuple)
    """Seqs of the finds the person held."""
