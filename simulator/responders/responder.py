"""What the drill asks of whoever plays a chair.

Rule 1: a responder is a pure fold of its seat's entries: fed the same entries again it stands
where it stood, pending intent included; so a chair can be taken over, handed back, resumed.
Rule 2: one pending intent a seat, never due in the second it was formed in.
"""

from dataclasses import dataclass
from typing import Protocol

from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An order somebody is about to give."""

    at: int
    """The second it will be given; later than the one it was formed in."""
    command: Command


class Responder(Protocol):
    """Whoever plays a chair."""

    def notice(self, entry: Entry, picture: Situation) -> None:
        """Read an entry of the seat's; `picture` is the seat's fold with it."""
        ...

    @property
    def due(self) -> int | None:
        """The second of the next order, or None while there is nothing to do."""
        ...

    @property
    def intent(self) -> Intent | None:
        """The next order, written out in full."""
        ...
