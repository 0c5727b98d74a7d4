"""Orders that take time: looking, thinking aloud, changing something."""

from dataclasses import dataclass

from simulator.journal.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(Command):
    """Take one of the scenario's looks."""

    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Command):
    """Keep a found view open; two at a time."""

    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollow(Command):
    """Let a followed view go."""

    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesise(Command):
    """Name a likely cause."""

    cause: str
    confidence: int
    """Percent, 0 to 100."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigate(Command):
    """Take one of the scenario's actions."""

    action: str
    approval: str = ""
    """The request that was approved, if one."""
    anyway: bool = False
    """Go ahead without the approval the plan asks for; recorded and scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep(Command):
    """Do a step of a runbook: its look or its action."""

    runbook: str
    step: int
    """Counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelWork(Command):
    """Stop what one is doing; its progress is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Type(Command):
    """Type a line at one's terminal."""

    line: str
    anyway: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDebt(Command):
    """Give what a temporary measure left behind an owner and a date."""

    debt: str
    owner: str
    due_in_s: int = 0
