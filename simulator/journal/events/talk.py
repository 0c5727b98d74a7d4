"""Talk: messages to inside and outside, questions and answers, approvals, hand-overs, voices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from simulator.journal.events.base import EVERYONE, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """One of the plan's messages went out."""

    by: str
    template: str
    use: str
    """`update`, `status_page`, `customer_notice` ... (brief.vocabulary.MessageUse)."""
    audience_of: str
    fields: Mapping[str, str]
    text: str
    filled: int
    """Required fields with content."""
    required: int
    honest: bool = True
    overclaims: tuple[str, ...] = ()
    """Certainty, cause, scope or time beyond anything its sender had seen."""
    omits: tuple[str, ...] = ()
    """Known customer impact that was left out."""
    banned: tuple[str, ...] = ()
    authorised: bool = True
    next_update_s: int = 0
    """When the next one was promised, a second of the drill; 0 for no promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    """A line in the incident's log."""

    by: str
    text: str
    decision: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Something was said in the channel."""

    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTo(Event):
    """Something was said to one person."""

    told: ClassVar[tuple[str, ...]] = ("by", "to")
    by: str
    to: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """A colleague was asked something."""

    told: ClassVar[tuple[str, ...]] = ("by", "to")
    by: str
    to: str
    text: str
    question: str
    """`q1`, `q2` ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """The answer, with how sure they are."""

    told: ClassVar[tuple[str, ...]] = ("by", "to")
    by: str
    to: str
    question: str
    text: str
    sure: int
    """Percent."""
    clues: tuple[str, ...] = ()
    wrong: bool = False
    asks_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Event):
    """Leave to act was asked for."""

    request: str
    """`r1`, `r2` ..."""
    by: str
    of: str
    action: str
    reason: str
    risk: str
    way_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven(Event):
    """It was given."""

    request: str
    by: str
    to: str
    action: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRefused(Event):
    """It was refused, or the approver asks back."""

    request: str
    by: str
    to: str
    action: str
    words: str
    asks_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLapsed(Event):
    """Nobody answered in time; the plan's next in line is asked."""

    request: str
    of: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated(Event):
    """Somebody was asked to give an order of their own."""

    by: str
    to: str
    what: str
    order: Mapping[str, Any]
    task: str
    """`t1`, `t2` ..."""
    within_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Event):
    """Somebody has carried out what they were asked to do."""

    task: str
    by: str
    to: str
    """Who asked for it."""
    what: str
    """The order's wire tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """A role went from one person to another."""

    role: str
    before: str
    person: str
    says: str = ""
    seized: bool = False
    """Whether it was taken rather than given."""
    along: tuple[str, ...] = ()
    """Roles nobody holds by themselves, which had fallen to this one and go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Event):
    """A person may go."""

    person: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Event):
    """Somebody outside the seats speaks: a customer, an executive, a vendor, a robot."""

    told: ClassVar[tuple[str, ...]] = ("to",)
    sender: str
    text: str
    to: tuple[str, ...] = field(default=(EVERYONE,))
    wants: str = "nothing"
    ticket: bool = False
    inject: str = ""
