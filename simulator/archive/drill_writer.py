"""What a host appends to: one drill's lines, each recorded before anyone is told.

Rule 1: `append` returns only when every line given is committed and synced; else none is.
Rule 2: a line that does not continue the chain is refused before the database is asked.
Rule 3: a seat's order carries an id; the same id is recorded once, and `recorded` finds it again.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

from sqlalchemy import bindparam, insert, select, update

from simulator.archive.claims import Proofs
from simulator.archive.database import Database
from simulator.archive.drill_record import DrillRecord, Labels, line_row, restore, summary
from simulator.archive.schema import DRILLS, LINES, DrillSummary
from simulator.archive.verdict import judged, line_of, told
from simulator.errors import JournalError
from simulator.journal.record import GENESIS, LARGEST_INT, Line, chained, verify

_NO_OP_IDS: Final[Mapping[int, str]] = {}
# Built once: an append is measured in the time a trainee waits for "recorded".
_STEP: Final = (
    update(DRILLS)
    .where(
        DRILLS.c.drill_id == bindparam("of_drill"),
        DRILLS.c.lines == bindparam("lines_before"),
        DRILLS.c.head == bindparam("head_before"),
        DRILLS.c.state != "sealed",
    )
    .values(lines=bindparam("lines_after"), head=bindparam("head_after"), state="live")
)
_LINES: Final = insert(LINES)


class DrillWriter(DrillRecord):
    """The one writer of one drill, on the connection it is given.

    Used as it stands for a shared database; `DrillFile` adds a file's life to it.
    """

    def __init__(self, database: Database, about: DrillSummary) -> None:
        super().__init__(database, about.drill_id)
        self._about = about
        self._count = about.lines
        self._head = about.head
        self._at = 0

    @property
    def about(self) -> DrillSummary:
        """The drill as of the last append: `lines` and `head` are current."""
        return dataclasses.replace(self._about, lines=self._count, head=self._head)

    @classmethod
    def enrolled(
        cls, database: Database, about: DrillSummary, lines: Sequence[Line] = (), wall_ms: int = 0
    ) -> Self:
        """A new drill with its first lines, in one step; JournalError where its name is taken."""
        about = begun(about, lines)
        with database.writing() as connection:
            restore(connection, about, lines, labelled(lines, wall_ms))
        writer = cls(database, about)
        writer._at = lines[-1].at if lines else 0
        return writer

    @classmethod
    def continued(cls, database: Database, drill_id: str) -> Self:
        """A drill that was put down or whose host was killed, from its last recorded line.

        Raises JournalError where it is sealed or a line was damaged, UnknownNameError where it
        is not there.
        """
        with database.reading() as connection:
            about = summary(connection, drill_id)
            if about.state == "sealed":
                raise JournalError(f"drill {drill_id} is over and sealed; fork it instead")
            lines = list(told(connection, drill_id))
        verdict = judged(drill_id, lines, count=about.lines, head=about.head)
        if not verdict.intact:
            raise JournalError(f"drill {drill_id} cannot go on: {verdict.found}")
        writer = cls(database, about)
        writer._at = lines[-1].at if lines else 0
        return writer

    def append(
        self, lines: Sequence[Line], *, op_ids: Mapping[int, str] = _NO_OP_IDS, wall_ms: int = 0
    ) -> None:
        """Record the lines as one, committed and synced before this returns.

        `op_ids` names, by seq, the order of the seat that a line records; `wall_ms` is a label.
        Raises JournalError (nothing recorded) where the lines do not continue the chain, a seat's
        order id was recorded before, or another host was quicker; HostError (nothing recorded, may
        be tried again) where the disk is full or the database locked.
        """
        if not lines:
            return
        self._continue_the_chain(lines)
        rows = [line_row(self.drill_id, line, op_ids.get(line.seq), wall_ms) for line in lines]
        last = lines[-1]
        step = {
            "of_drill": self.drill_id,
            "lines_before": self._count,
            "head_before": self._head,
            "lines_after": last.seq + 1,
            "head_after": last.hash,
        }
        with self._database.writing() as connection:
            if connection.execute(_STEP, step).rowcount != 1:
                raise JournalError(
                    f"drill {self.drill_id}: NOT recorded: another host writes it or it is sealed"
                )
            connection.execute(_LINES, rows)
        self._count, self._head, self._at = last.seq + 1, last.hash, last.at

    def recorded(self, by: str, op_id: str) -> Line | None:
        """The line that records this order of this seat, for a seat that asks again."""
        wanted = select(LINES).where(
            LINES.c.drill_id == self.drill_id, LINES.c.by == by, LINES.c.op_id == op_id
        )
        with self._database.reading() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        return None if row is None else line_of(row)

    def seal(self, ended: str) -> str:
        """End the drill for good, saying why; the digest of its file, empty without a file.

        Raises JournalError where the lines are not the ones that were recorded.
        """
        verdict = self._verified_lines(Proofs())
        if not verdict.intact:
            raise JournalError(f"drill {self.drill_id} is not sealed: {verdict.found}")
        self._note(state="sealed", ended=ended)
        return ""

    def close(self) -> None:
        """Put the drill down in order; it can be resumed. After `seal` this does nothing."""
        if self._about.state != "sealed":
            self._note(state="rested")

    def _continue_the_chain(self, lines: Sequence[Line]) -> None:
        seq, prev, at = self._count, self._head or GENESIS, self._at
        for line in lines:
            if line.seq != seq:
                raise JournalError(f"NOT recorded: line {line.seq} where line {seq} is next")
            if not at <= line.at <= LARGEST_INT:
                raise JournalError(f"NOT recorded: line {seq} at second {line.at} after {at}")
            if line.prev != prev or _hash_of(line) != line.hash:
                raise JournalError(f"NOT recorded: line {seq} does not continue the chain")
            seq, prev, at = seq + 1, line.hash, line.at

    def _note(self, **changes: Any) -> None:
        about = dataclasses.replace(self._about, **changes)
        with self._database.writing() as connection:
            noted = update(DRILLS).where(DRILLS.c.drill_id == self.drill_id).values(**changes)
            connection.execute(noted)
        self._about = about


def begun(about: DrillSummary, lines: Sequence[Line]) -> DrillSummary:
    """The drill as it stands after its first lines; JournalError where they are no beginning."""
    if not lines:
        return about
    head = verify(lines)
    if lines[-1].at > LARGEST_INT:
        raise JournalError(f"NOT recorded: line {lines[-1].seq} at second {lines[-1].at}")
    return dataclasses.replace(about, lines=len(lines), head=head)


def labelled(lines: Sequence[Line], wall_ms: int) -> Labels:
    """The same wall clock beside every line."""
    return {line.seq: (None, wall_ms) for line in lines} if wall_ms else {}


def _hash_of(line: Line) -> str:
    """The hash the line should carry; JournalError where its text cannot be written at all."""
    if not -LARGEST_INT <= line.cause <= LARGEST_INT:
        raise JournalError(f"NOT recorded: the cause of line {line.seq} does not fit 64 bits")
    try:
        return chained(
            seq=line.seq,
            at=line.at,
            by=line.by,
            cause=line.cause,
            kind=line.kind,
            body=line.body,
            prev=line.prev,
        ).hash
    except UnicodeEncodeError as error:
        raise JournalError(f"NOT recorded: line {line.seq} holds half a character") from error
