"""The incident as people speak of it, from its declaration to the last action."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.journal.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDeclared(Event):
    """An incident is open."""

    incident: str
    """Its id in the plan's own pattern."""
    level: str
    title: str
    by: str
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelConfirmed(Event):
    """A provisional level stands."""

    level: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regraded(Event):
    """The level changed."""

    level: str
    was: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMerged(Event):
    """A page belongs to the incident."""

    page: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOpened(Event):
    """The incident's channel, bridge or war room is open."""

    kind: str
    name: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(Event):
    """A person holds a role."""

    role: str
    person: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSet(Event):
    """The incident moved along the lifecycle."""

    status: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDeviated(Event):
    """A reasoned departure from a duty."""

    duty: str
    because: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(Event):
    """People say it is over."""

    by: str
    gates_open: tuple[str, ...] = ()
    """Gates not passed when it was said."""
    watch_left_s: int = 0
    """How much of the plan's watch was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodDown(Event):
    """The response ended without an incident."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed(Event):
    """The incident is closed; the world stops, the afterpart begins."""

    by: str
    watch_left_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubmitted(Event):
    """The post-incident report was handed in."""

    by: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingBooked(Event):
    """The review is in calendars."""

    by: str
    at: int
    """The second it will be held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld(Event):
    """The review took place."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAdded(Event):
    """Something to be mended was written down."""

    by: str
    text: str
    owner: str
    due_in_s: int
    debt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtOwned(Event):
    """What a temporary measure left behind has an owner."""

    debt: str
    owner: str
    by: str
    due_in_s: int
