"""Orders about the incident itself, from declaring it to the last action."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.journal.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare(Command):
    """Open the incident at a level."""

    level: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLevel(Command):
    """Confirm a level that opened provisionally."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade(Command):
    """Change the level."""

    level: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage(Command):
    """Say that a page belongs to the incident."""

    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel(Command):
    """Open the incident's channel, bridge or war room."""

    kind: str
    """`channel`, `bridge` or `war_room`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Command):
    """Give a role to a person."""

    role: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus(Command):
    """Move the incident along the plan's lifecycle."""

    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviate(Command):
    """Depart from a duty of the plan, with the reason."""

    duty: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(Command):
    """Say it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDown(Command):
    """End the response without an incident."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Command):
    """Close the incident; the afterpart begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport(Command):
    """Hand in the post-incident report."""

    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMeeting(Command):
    """Put the review meeting into calendars."""

    after_s: int
    """From now, when it will be held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMeeting(Command):
    """Hold the review meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAction(Command):
    """Write down something to be mended, with who and by when."""

    text: str
    owner: str = ""
    due_in_s: int = 0
    """0 where no date was given."""
    debt: str = ""
    """The debt it takes care of, if one."""
