"""The items of an exercise: asked for, decided, done."""

from dataclasses import dataclass

from simulator.journal.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOpened(Event):
    """An item is owed from now on."""

    item: str
    within_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecided(Event):
    """Somebody has answered it; whether rightly stands in no entry."""

    item: str
    choice: str
    by: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDone(Event):
    """What it asks for is done."""

    item: str
    by: str
    """Who did what completed it; empty where it came about by itself."""
