"""From entries to recorded lines: chained, in whole seconds, before anybody is told.

Rule 1: lines are committed in batches that end with a second, so that a killed drill stands
between two seconds and its second half is never missing.
Rule 2: lines that are recorded already are compared byte for byte, never written again.
"""

from collections.abc import Sequence
from typing import Final

from simulator.archive.drill_writer import DrillWriter
from simulator.errors import EngineError
from simulator.journal.entry import Entry, to_line
from simulator.journal.record import GENESIS, Line

BATCH: Final = 256
"""Lines a headless drill may hold back; nobody waits for them."""


class Recorder:
    """Hears every entry of one drill and keeps it in the archive."""

    def __init__(self, *, recorded: Sequence[Line] = (), batch: int = BATCH) -> None:
        self._writer: DrillWriter | None = None
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
        if self._pending and entry.at > self._pending[-1].at and len(self._pending) >= self._batch:
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
        self._writer = writer

    def commit(self) -> None:
        """Record all that was heard; it is on disk when this returns."""
        if self._writer is not None:
            self._writer.append(self._pending)
            self._pending = []

    def commit_whole_seconds(self) -> None:
        """Record all but the last second, which something interrupted."""
        if self._pending and self._writer is not None:
            last = self._pending[-1].at
            self._writer.append([line for line in self._pending if line.at < last])
            self._pending = []
