"""A player who obeys a list: each order at its second from T0, whatever happens.

Rule 1: a line whose second has passed is said in the next second; lines keep their order.
Rule 2: what a line says it takes is what it takes: nothing is drawn, and nothing of it is luck.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.errors import BriefError, JournalError, Problem
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry, build
from simulator.journal.situation import Situation
from simulator.responders.responder import Intent
from simulator.responders.script import Line


class Scripted:
    """Plays one person's lines."""

    def __init__(self, person: str, lines: Sequence[Line]) -> None:
        mine = sorted((line for line in lines if line.by == person), key=lambda line: line.at)
        self.person = person
        self._orders = tuple((line.at, _order(line), line.takes_s) for line in mine)
        self._said = 0
        self._now = -1
        self._fired: int | None = None

    def notice(self, entry: Entry, picture: Situation) -> None:
        """Read an entry: one's own order is crossed off; the first page starts the clock."""
        self._now = entry.at
        self._fired = picture.marks.get("fired", self._fired)
        if entry.by == self.person and self._said < len(self._orders):
            self._said += entry.what == self._orders[self._said][1]

    @property
    def intent(self) -> Intent | None:
        """The next line."""
        if self._fired is None or self._said >= len(self._orders):
            return None
        at, order, _ = self._orders[self._said]
        return Intent(at=max(self._fired + at, self._now + 1), command=order)

    @property
    def due(self) -> int | None:
        """The second of the next line."""
        intent = self.intent
        return intent.at if intent else None

    def takes_of(self, order: Command) -> int | None:
        """What the work of this order takes, where it is the next line and says so."""
        if self._said >= len(self._orders) or self._orders[self._said][1] != order:
            return None
        return self._orders[self._said][2]


def lines_of(rows: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """The lines of a list of mappings `{at, by, command, fields, takes}`, times in seconds."""
    for row in rows:
        takes = row.get("takes")
        yield Line(
            at=int(row["at"]),
            by=str(row["by"]),
            command=str(row["command"]),
            fields=row.get("fields", {}),
            takes_s=None if takes is None else int(takes),
        )


def _order(line: Line) -> Command:
    try:
        order = build(line.command, line.fields)
    except JournalError as error:
        raise _wrong(line, str(error)) from error
    if not isinstance(order, Command):
        raise _wrong(line, f"{line.command!r} is no order")
    return order


def _wrong(line: Line, found: str) -> BriefError:
    problem = Problem(file="script", line=0, column=1, code="E190", found=f"{line.at} s: {found}")
    return BriefError([problem])
