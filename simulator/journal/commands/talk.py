"""Orders said to somebody: questions, approvals, messages, hand-overs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.journal.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Command):
    """Say something in the channel, or to one person."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskColleague(Command):
    """Ask a person something."""

    person: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApproval(Command):
    """Ask for leave to act: what, what may go wrong, what the way back is."""

    action: str
    reason: str = ""
    risk: str = ""
    way_back: str = ""
    of: str = ""
    """The person asked; the plan's first approver where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveApproval(Command):
    """Approve a request."""

    request: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseApproval(Command):
    """Refuse a request, or ask back."""

    request: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate(Command):
    """Ask somebody to give an order of their own."""

    person: str
    what: str
    """The wire tag of the order, such as `look`."""
    order: Mapping[str, Any] = field(default_factory=dict)
    """Its fields."""
    within_s: int = 0
    """A time box; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Give a role of one's own to somebody, with what they need to know."""

    role: str
    person: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Command):
    """Take a role from whoever holds it."""

    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Command):
    """Let a person go back to sleep."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage(Command):
    """Send one of the plan's messages."""

    template: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """Typed fields by name, as text: a level, a status, a cause, a number of seconds."""
    text: str = ""
    authorised_by: str = ""
    """The request that was approved, where the plan wants one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Command):
    """Write into the incident's log."""

    text: str
    decision: bool = False
    """Whether it records a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFind(Command):
    """Show the channel what one found."""

    found: int
    """The seq of the find."""
