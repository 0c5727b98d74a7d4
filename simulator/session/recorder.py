"""From entries to recorded lines: chained, in whole seconds, before anybody is told.

Rule 1: lines are committed in batches that end with a second, so that a killed drill stands
between two seconds and its second half is never missing.
Rule 2: a new drill is made when its first second is over, together with that second's lines:
before, nothing is left behind; from then on it can be taken up.
Rule 3: lines that are recorded already are compared byte for byte, never written again.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from simulator.archive.drill_writer import DrillWriter
from simulator.errors import EngineError
from simulator.journal.entry import Entry, to_line
from simulator.journal.record import GENESIS, Line
from simulator.session.undisturbed import undisturbed

BATCH: Final = 256
"""Lines a headless drill may hold back; nobody waits for them."""
Founding: TypeAlias = Callable[[Sequence[Line], int], DrillWriter]
"""Makes a drill of its first lines and the wall clock in ms; called once."""


class Recorder:
    """Hears every entry of one drill and keeps it in the archive."""

    def __init__(self, *, recorded: Sequence[Line] = (), batch: int = BATCH) -> None:
        self.writer: DrillWriter | None = None
        """What keeps the drill; None before it was made."""
        self._found: Founding | None = None
        self._recorded = recorded
        self._pending: list[Line] = []
        self._batch = batch
        self._head = GENESIS
        self.lines = 0
        """How many entries were heard."""

    def hear(self, entry: Entry) -> None:
        """Chain an entry to those before it; a full batch is committed when its second is over.

        Raises EngineError where the record holds another line in its place.
        """
        if self._pending and entry.at > self._pending[-1].at and self._is_time():
            self.commit()
        line = to_line(entry, self._head)
        self._head = line.hash
        self.lines += 1
        if line.seq >= len(self._recorded):
            self._pending.append(line)
        elif self._recorded[line.seq] != line:
            raise EngineError(f"line {line.seq} ({line.kind}) differs from the one recorded")

    def keep_in(self, writer: DrillWriter) -> None:
        """From now on what is heard goes there; what was heard so far waits for a commit."""
        self.writer = writer

    def found_by(self, found: Founding) -> None:
        """Have the drill made so when its first second is over; until then it is kept nowhere."""
        self._found = found

    def commit(self) -> None:
        """Record all that was heard; it is on disk when this returns."""
        self._record(self._pending)

    def commit_whole_seconds(self) -> None:
        """Record all but the last second, which something interrupted.

        Where there is no place to keep them yet, the lines go on waiting for one.
        """
        last = self._pending[-1].at if self._pending else 0
        self._record([line for line in self._pending if line.at < last])
        if self.writer is not None:
            self._pending = []

    def _is_time(self) -> bool:
        if self.writer is None:
            return self._found is not None
        return len(self._pending) >= self._batch

    def _record(self, lines: Sequence[Line]) -> None:
        """Record and forget in one step, so that nothing stops between and records twice."""
        if not lines:
            return
        wall_ms = time.time_ns() // 1_000_000
        with undisturbed():
            if self.writer is not None:
                self.writer.append(lines, wall_ms=wall_ms)
            elif self._found is not None:
                self.writer = self._found(lines, wall_ms)
            else:
                return
            self._pending = self._pending[len(lines) :]
