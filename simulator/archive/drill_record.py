"""One drill's record as it is read, wherever it is kept.

Rule 1: lines are handed out verified or not at all.
Rule 2: `verify` tells damage; every other question raises it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, insert, select

from simulator.archive.claims import Proofs
from simulator.archive.database import Database
from simulator.archive.schema import DRILLS, LINES, DrillSummary
from simulator.archive.verdict import Verdict, judged, told
from simulator.errors import HostError, JournalError, UnknownNameError
from simulator.journal.record import LARGEST_BODY, LARGEST_INT, Line
from simulator.text import is_clean

Labels = Mapping[int, tuple[str | None, int]]
"""By seq: the seat's order id and the wall clock in ms; labels only, outside the chain."""
LONGEST_OP_ID: Final = 64
_FIELDS: Final = tuple(Line.__dataclass_fields__)


class DrillRecord:
    """One drill, open for reading; close it, or use it in a `with`."""

    def __init__(self, database: Database, drill_id: str) -> None:
        self._database = database
        self.drill_id = drill_id

    def summary(self) -> DrillSummary:
        """The drill's row; JournalError where it is damaged."""
        with self._database.reading() as connection:
            return summary(connection, self.drill_id)

    def lines(self) -> tuple[Line, ...]:
        """Every line, verified; JournalError naming the first that was changed or lost."""
        about = self.summary()
        with self._database.reading() as connection:
            lines = tuple(told(connection, self.drill_id))
        verdict = judged(self.drill_id, lines, count=about.lines, head=about.head)
        if not verdict.intact:
            raise JournalError(f"drill {self.drill_id}: {verdict.found}")
        return lines

    def labels(self) -> Labels:
        """By seq, the order id and the wall-clock label of the lines that have any."""
        wanted = select(LINES.c.seq, LINES.c.op_id, LINES.c.wall_ms).where(
            LINES.c.drill_id == self.drill_id, LINES.c.op_id.is_not(None) | (LINES.c.wall_ms != 0)
        )
        with self._database.reading() as connection:
            return {seq: (op_id, wall_ms) for seq, op_id, wall_ms in connection.execute(wanted)}

    def sound_lines(self, count: int) -> tuple[Line, ...]:
        """The first so many lines, which a verdict found sound; what follows is not looked at."""
        with self._database.reading() as connection:
            return tuple(islice(told(connection, self.drill_id), count))

    def verify(self) -> Verdict:
        """The verdict on every line and on the row; damage is told, never raised."""
        proofs = Proofs()
        verdict = self._verified_lines(proofs)
        if not verdict.intact:
            return verdict
        try:
            found = self._beside_the_lines(proofs, verdict.lines)
        except JournalError as error:
            found = str(error)
        return replace(verdict, intact=False, head="", found=found) if found else verdict

    def _beside_the_lines(self, proofs: Proofs, _counted: int) -> str:
        """What is wrong where every one of so many lines is sound, or nothing."""
        found = proofs.contradicted(self.summary())
        return found and f"its row was changed: {found}"

    def _verified_lines(self, proofs: Proofs) -> Verdict:
        """The verdict on the lines alone, which is what a seal asks for."""
        try:
            about = self.summary()
            with self._database.reading() as connection:
                lines = proofs.watching(told(connection, self.drill_id))
                return judged(self.drill_id, lines, count=about.lines, head=about.head)
        except JournalError as error:
            return Verdict(drill_id=self.drill_id, intact=False, lines=0, head="", found=str(error))

    def close(self) -> None:
        """Nothing is held; a file's record gives its file back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def summary(connection: Connection, drill_id: str) -> DrillSummary:
    """The row of one drill; UnknownNameError where there is none, JournalError if damaged."""
    wanted = select(DRILLS).where(DRILLS.c.drill_id == drill_id)
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        raise UnknownNameError(f"no drill {drill_id} is recorded here")
    return summary_of(row)


def summary_of(row: Mapping[Any, Any]) -> DrillSummary:
    """The summary of a row; JournalError where the row is damaged."""
    try:
        return DrillSummary.from_row(row)
    except (HostError, TypeError) as error:
        raise JournalError(f"the row of drill {row['drill_id']!r} is damaged: {error}") from error


def enrol(connection: Connection, about: DrillSummary) -> None:
    """Write the row of a new drill; JournalError where its name is taken."""
    taken = select(DRILLS.c.drill_id).where(DRILLS.c.drill_id == about.drill_id)
    if connection.execute(taken).first():
        raise JournalError(f"a drill {about.drill_id} is already in the archive")
    connection.execute(insert(DRILLS), [about.as_row()])


def restore(
    connection: Connection, about: DrillSummary, lines: Sequence[Line], labels: Labels
) -> None:
    """Write a whole drill at once; JournalError where its name is taken."""
    enrol(connection, about)
    rows = []
    for line in lines:
        op_id, wall_ms = labels.get(line.seq, (None, 0))
        rows.append(line_row(about.drill_id, line, op_id, wall_ms))
    if rows:
        connection.execute(insert(LINES), rows)


def line_row(drill_id: str, line: Line, op_id: str | None, wall_ms: int) -> dict[str, object]:
    """The row of `lines`; JournalError where the line is too large to be read back."""
    if len(line.body) > LARGEST_BODY:
        raise JournalError(f"NOT recorded: line {line.seq} has {len(line.body)} characters")
    if op_id is not None and not (0 < len(op_id) <= LONGEST_OP_ID and is_clean(op_id)):
        raise JournalError(f"NOT recorded: an order id is a text of 1 to {LONGEST_OP_ID} letters")
    if abs(wall_ms) > LARGEST_INT:
        raise JournalError("NOT recorded: the wall clock's label does not fit 64 bits")
    fields = {name: getattr(line, name) for name in _FIELDS}
    return {**fields, "drill_id": drill_id, "op_id": op_id, "wall_ms": wall_ms}
