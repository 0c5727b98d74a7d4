"""Orders about pages."""

from dataclasses import dataclass

from simulator.journal.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Command):
    """Take a page: "I have it"."""

    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss(Command):
    """Call a page a false alarm."""

    page: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Command):
    """Wake the holder of a role (or a person) and ask them to join."""

    role: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify(Command):
    """Tell the holder of a role what is going on; they need not join."""

    role: str
    text: str = ""
