"""Whether a drill's lines are the ones that were recorded, and if not, from which line on.

Rule 1: every question of trust is answered by the chain; the stored head catches a cut tail.
Rule 2: a verdict names the first wrong line by its seq; -1 where the file, not a line, is wrong.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from simulator.archive.faults import fault
from simulator.archive.schema import LINES
from simulator.errors import JournalError
from simulator.journal.record import Line, verify

_COLUMNS = [LINES.c[name] for name in Line.__dataclass_fields__]
_TEXTS = ("by", "kind", "body", "prev", "hash")
_WHOLES = ("seq", "at", "cause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What `verify` found of one drill."""

    drill_id: str
    intact: bool
    lines: int
    """Lines found sound, from the first."""
    head: str
    """Hash of the last line where all is sound, else empty."""
    seq: int = -1
    """The first line that was changed, cut off or cannot be read; -1 where none was."""
    found: str = ""
    """What is wrong, as a sentence; empty where all is sound."""
    is_checked: bool = True
    """Not so while another process is writing the drill: its host verifies it."""


def told(connection: Connection, drill_id: str) -> Iterator[Line]:
    """The lines in order, one at a time, so that a damaged page spoils only its own."""
    wanted = select(*_COLUMNS).where(LINES.c.drill_id == drill_id).order_by(LINES.c.seq)
    try:
        with contextlib.closing(connection.execute(wanted)) as result:
            while (row := result.fetchone()) is not None:
                yield line_of(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name, underscored
    except SQLAlchemyError as error:
        raise fault(error, drill_id) from error


def line_of(row: Mapping[Any, Any]) -> Line:
    """The line of a row; raises JournalError where a damaged row holds another type."""
    if not (
        all(isinstance(row[name], str) for name in _TEXTS)
        and all(isinstance(row[name], int) for name in _WHOLES)
    ):
        raise JournalError("a line holds values of another type")
    return Line(**{name: row[name] for name in Line.__dataclass_fields__})


def judged(drill_id: str, lines: Iterable[Line], *, count: int, head: str) -> Verdict:
    """The verdict on a chain that should have this many lines and end in this hash."""
    sound = 0
    is_read = False

    def counted() -> Iterator[Line]:
        nonlocal sound, is_read
        for line in lines:
            yield line
            sound += 1
        is_read = True

    def wrong(found: str, seq: int) -> Verdict:
        return Verdict(drill_id=drill_id, intact=False, lines=seq, head="", seq=seq, found=found)

    try:
        last = verify(counted())
    except JournalError as error:
        if not (is_read and sound == 0):
            text = str(error)
            named = text if text.startswith("line ") else f"line {sound} cannot be read: {text}"
            return wrong(named, sound)
        last = ""  # an empty chain, which is sound where none was recorded
    if sound < count:
        return wrong(f"line {sound} and what followed were cut off; {count} were recorded", sound)
    if sound > count:
        return wrong(f"line {count} was added after the record of {count} lines", count)
    if last != head:
        return wrong(f"line {sound - 1} is not the last one that was recorded", max(0, sound - 1))
    return Verdict(drill_id=drill_id, intact=True, lines=sound, head=last)
