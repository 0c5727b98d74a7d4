"""Orders about the drill itself, not the incident."""

from dataclasses import dataclass
from typing import ClassVar

from simulator.journal.commands.base import Command, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptContract(Command):
    """Take a seat knowing what is simulated, recorded, seen and kept; a bot says nothing."""

    version: int
    """Of the contract that was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip(Command):
    """Let the clock run to the next thing that concerns people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOut(Command):
    """Leave the drill without loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealEmergency(Command):
    """Stop everything: something real has happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IAmStuck(Command):
    """Ask for what a colleague would ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeChair(Command):
    """A person takes a chair a bot was playing."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("host", "facilitator")
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandBack(Command):
    """A chair goes back to its bot."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("host", "facilitator")
    person: str
    policy: str = ""
    """The bot that takes it; the one that had it where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectFault(Command):
    """Break something now."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("facilitator",)
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FireInject(Command):
    """Let something of the story happen now."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("facilitator",)
    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveHint(Command):
    """Help a seat along."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("facilitator",)
    person: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptDeviation(Command):
    """Settle a reasoned departure from a duty: it counts neither for nor against anybody.

    It may be said after the drill has ended, when people talk about it.
    """

    said_by: ClassVar[tuple[Speaker, ...]] = ("facilitator",)
    duty: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive(Command):
    """Take a duty out of the drill."""

    said_by: ClassVar[tuple[Speaker, ...]] = ("facilitator",)
    duty: str
    because: str
