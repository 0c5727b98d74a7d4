"""A drill's own file while it is being read: judged before it is believed, and never changed.

Rule 1: a file is foreign until its header, its objects and its pages have been looked at.
Rule 2: sealed, it is read without a lock, so it opens on read-only media; not sealed, it is read
only while it has no host: another process asks the host.
"""

import os
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, func, select

from simulator.archive.claims import Proofs
from simulator.archive.database import Access, Database
from simulator.archive.drill_file import at_rest, refuse_incomplete
from simulator.archive.drill_record import DrillRecord
from simulator.archive.faults import Header, examined, hot_journal, ours
from simulator.archive.lock import HostLock
from simulator.archive.schema import DRILL_TABLES, DRILLS, LINES, DrillSummary
from simulator.errors import JournalError, UnknownNameError
from simulator.text import clean_line


class DrillReader(DrillRecord):
    """One drill's file, open for reading; close it, or use it in a `with`."""

    def __init__(
        self, database: Database, drill_id: str, path: Path, lock: HostLock | None
    ) -> None:
        super().__init__(database, drill_id)
        self._path = path
        self._lock = lock

    @classmethod
    def of(cls, path: Path) -> Self:
        """Open a drill's file wherever it lies; nothing that was recorded is changed.

        Raises HostError for a foreign file, an incomplete copy or a drill that has a host (named);
        JournalError for a damaged file or a newer version.
        """
        path = path.resolve()
        if hot_journal(path).exists() and os.access(path, os.W_OK):
            lock = HostLock.beside(path)
            try:
                at_rest(path)
            finally:
                lock.release()
        return cls._opened(path)

    @classmethod
    def _opened(cls, path: Path) -> Self:
        lock = _while_nobody_writes(path)
        database = None
        try:
            header = examined(path)
            refuse_incomplete(header)
            database = Database.of_file(path, _access(header))
            with database.reading() as connection:
                ours(connection, path, DRILL_TABLES)
                drill_id = _only_drill(connection, path)
        except BaseException:
            if database is not None:
                database.close()
            if lock is not None:
                lock.release()
            raise
        return cls(database, drill_id, path, lock)

    def summary(self) -> DrillSummary:
        """The drill's row; JournalError where it is damaged."""
        try:
            return super().summary()
        except UnknownNameError as error:
            raise JournalError(f"{self._path} is damaged: its drill cannot be found") from error

    def _beside_the_lines(self, proofs: Proofs, counted: int) -> str:
        """What is wrong with the row, with the file's own pages or with what else is in it."""
        row = super()._beside_the_lines(proofs, counted)
        return row or self._pages() or self._strangers(counted)

    def _pages(self) -> str:
        """What SQLite finds wrong with its own pages, or nothing."""
        with self._database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        return "" if found == "ok" else f"the file is damaged: {clean_line(str(found))}"

    def _strangers(self, counted: int) -> str:
        """Whether lines of no drill, or of another, stand in the file."""
        with self._database.reading() as connection:
            found = connection.execute(select(func.count()).select_from(LINES)).scalar_one()
        return (
            "" if found == counted else f"the file holds {found - counted} lines of another drill"
        )

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _only_drill(connection: Connection, path: Path) -> str:
    ids = connection.execute(select(DRILLS.c.drill_id)).scalars().all()
    if len(ids) != 1:
        raise JournalError(f"{path} holds {len(ids)} drills; a drill's file holds one")
    return str(ids[0])


def _while_nobody_writes(path: Path) -> HostLock | None:
    """A share of the lock where there is one to share.

    A live drill always has a lock file; without one nobody writes, nor where it cannot be written:
    on a read-only medium or in a stranger's folder.
    """
    lock = path.with_suffix(".lock")
    return HostLock.beside(path, shared=True) if os.access(lock, os.W_OK) else None


def _access(header: Header) -> Access:
    """Without locks where nobody can write the file, which read-only media ask for.

    So too a file at rest that a kill left without the `-wal` its header speaks of: SQLite would
    make one, and whoever only reads may not.
    """
    if header.is_wal:
        return "ro" if header.wal.exists() else "immutable"
    can_change = header.hot.exists() or os.access(header.path, os.W_OK)
    return "ro" if can_change else "immutable"
