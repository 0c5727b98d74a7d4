"""The drill itself: opened, hinted, waived, taken over, ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from simulator.journal.events.base import ENGINE, FACILITATOR, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillOpened(Event):
    """The first entry: everything this journal needs to explain itself and to run again."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    brief: Mapping[str, Any]
    """The three documents, each as one text that keeps its order: `scenario`, `plan`, `roster`."""
    mode: str
    """`guided`, `standard` or `assessed`."""
    pace: str
    """`live`, `accelerated` or `turns`; a headless run is `accelerated`."""
    seed: int
    begins: str
    variant: str
    chairs: Mapping[str, str]
    """Role -> person, after empty roles were filled and fallen."""
    policies: Mapping[str, str]
    """Person -> the bot that plays them; a person without one is human."""
    engine: str
    rubric: str
    """Hash of what scores it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefed(Event):
    """What everybody knows before the first page."""

    scenario: str
    title: str
    plan: str
    chairs: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairTaken(Event):
    """A person sits where a bot sat."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairHandedBack(Event):
    """A bot plays the chair again."""

    person: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """An order that was not carried out; nothing has changed."""

    told: ClassVar[tuple[str, ...]] = ("to",)
    to: str
    order: str
    """Its wire tag."""
    reason: str
    code: str = ""
    """`busy`, `unknown`, `authority`, `lifecycle`, `overtaken`, `needs`, `not_yours` ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HintGiven(Event):
    """Help was given; the mark it helps is assisted."""

    told: ClassVar[tuple[str, ...]] = ("to",)
    to: str
    text: str
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractAccepted(Event):
    """A person knows under which safety contract they play; they and the facilitator are told."""

    told: ClassVar[tuple[str, ...]] = ("person",)
    person: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedOut(Event):
    """A person left without loss."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWaived(Event):
    """The facilitator took a duty out of the drill."""

    duty: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """A seat wants the clock to run; it does once every person seated has said so."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipBegan(Event):
    """The clock runs on, to the first thing that concerns one of those who asked."""

    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipEnded(Event):
    """The clock stops running ahead: what was skipped, and what ended it."""

    since: int
    """The second it began in; what lies between happened, and nobody was asked anything."""
    passed: int
    """How many entries were recorded meanwhile."""
    why: str
    """`told`, `work`, `limit` or `watch`."""
    item: str = ""
    """The event's tag, the work's item, the duty; empty for the watch."""
    person: str = ""
    """Whom it concerns; empty for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationAccepted(Event):
    """The facilitator accepts a departure from a duty: its grade leaves the sums."""

    duty: str
    by: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillEnded(Event):
    """The last entry but the score: why it ended."""

    reason: str
    """`closed`, `stood_down`, `nothing_declared`, `handed_over`, `exercise_over`, `limit`,
    `real_emergency`, `stopped`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFaulted(Event):
    """A broken promise of ours; the journal so far is kept."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectAsked(Event):
    """A facilitator wants something of the story to happen now; the world, hearing it, fires it."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    inject: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectFired(Event):
    """Something of the story happened; what people hear of it is a `Voice` of its own."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    inject: str
    facts: Mapping[str, Any] = field(default_factory=dict)
