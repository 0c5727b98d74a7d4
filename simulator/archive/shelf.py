"""Where drills are kept: a folder of files, or the tables of one database.

Rule 1: both keep the same record; only what a file needs (locks, seals) differs.
Rule 2: this process reads a drill that it is writing through its writer, never beside it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from simulator.archive.database import Database
from simulator.archive.drill_file import SUFFIX, DrillFile, found_drill, sealed_file
from simulator.archive.drill_reader import DrillReader
from simulator.archive.drill_record import DrillRecord, restore
from simulator.archive.drill_writer import DrillWriter
from simulator.archive.exchange import Parcel
from simulator.archive.lock import HostLock, holder
from simulator.archive.private import digest_of, private_folder
from simulator.archive.schema import DRILLS, DrillSummary
from simulator.errors import UnknownNameError
from simulator.journal.record import Line

Resting = Callable[[DrillSummary, str], None]
"""Told what a drill holds once it is at rest, and its file's digest (empty: none)."""


class Shelf(Protocol):
    """What the archive asks of the place where drills are kept."""

    def ids(self) -> frozenset[str]:
        """The drills kept here."""

    def create(self, about: DrillSummary, lines: Sequence[Line], wall_ms: int) -> DrillWriter:
        """A new drill with its first lines, in one step."""

    def resume(self, drill_id: str) -> DrillWriter:
        """A drill taken up again."""

    def record(self, drill_id: str) -> DrillRecord:
        """A drill opened for reading; to be closed."""

    def restore(self, parcel: Parcel) -> str:
        """Keep a whole drill; the digest of its file where it is sealed into one."""

    def holder(self, drill_id: str) -> str:
        """Who is writing the drill, where that can be known."""

    def digest(self, drill_id: str) -> str:
        """The digest of a sealed drill's file as it is now; empty where it has none."""

    def finish_seal(self, drill_id: str) -> str:
        """As `digest`, after what a host killed in its last moment left to do."""


class FolderShelf:
    """One file a drill."""

    def __init__(self, folder: Path, on_rest: Resting) -> None:
        self._folder = folder
        self._on_rest = on_rest
        self._writing: dict[str, DrillFile] = {}

    def ids(self) -> frozenset[str]:
        """The drills whose files lie in the folder."""
        return frozenset(path.stem for path in self._folder.glob(f"*{SUFFIX}"))

    def create(self, about: DrillSummary, lines: Sequence[Line], wall_ms: int) -> DrillWriter:
        """A new file."""
        path = self._path(about.drill_id)
        return self._watched(DrillFile.create(path, about, lines, wall_ms))

    def resume(self, drill_id: str) -> DrillWriter:
        """A file taken up again."""
        return self._watched(DrillFile.resume(self._path(drill_id)))

    def record(self, drill_id: str) -> DrillRecord:
        """The file, or the writer of this process, which is the only one that may look."""
        if drill_id in self._writing:
            return _Borrowed(self._writing[drill_id])
        path = self._path(drill_id)
        if not path.exists():
            raise UnknownNameError(f"the file of drill {drill_id} is no longer at {path}")
        return DrillReader.of(path)

    def restore(self, parcel: Parcel) -> str:
        """A whole file in one step."""
        private_folder(self._folder)
        path = self._path(parcel.about.drill_id)
        lock = HostLock.beside(path)
        try:
            found_drill(path, parcel.about, parcel.lines, parcel.labels)
            return sealed_file(path) if parcel.about.state == "sealed" else ""
        finally:
            lock.release()

    def holder(self, drill_id: str) -> str:
        """The process that holds the lock beside the file."""
        return holder(self._path(drill_id))

    def digest(self, drill_id: str) -> str:
        """Of a sealed file only: a live one must not be read beside its writer."""
        return digest_of(self._path(drill_id))

    def finish_seal(self, drill_id: str) -> str:
        """Take away the right to write, too."""
        return sealed_file(self._path(drill_id))

    def _path(self, drill_id: str) -> Path:
        return self._folder / f"{drill_id}{SUFFIX}"

    def _watched(self, writer: DrillFile) -> DrillFile:
        drill_id = writer.drill_id
        self._writing[drill_id] = writer

        def rest(about: DrillSummary, digest: str) -> None:
            self._writing.pop(drill_id, None)
            self._on_rest(about, digest)

        writer.on_rest = rest
        return writer


class DatabaseShelf:
    """Every drill in the tables of one database, whose key keeps two hosts apart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self) -> frozenset[str]:
        """The drills in the table."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(select(DRILLS.c.drill_id)).scalars())

    def create(self, about: DrillSummary, lines: Sequence[Line], wall_ms: int) -> DrillWriter:
        """New rows."""
        return DrillWriter.enrolled(self._database, about, lines, wall_ms)

    def resume(self, drill_id: str) -> DrillWriter:
        """A drill taken up again; of two hosts the first to append wins."""
        return DrillWriter.continued(self._database, drill_id)

    def record(self, drill_id: str) -> DrillRecord:
        """The drill's rows."""
        return DrillRecord(self._database, drill_id)

    def restore(self, parcel: Parcel) -> str:
        """All rows in one transaction."""
        with self._database.writing() as connection:
            restore(connection, parcel.about, parcel.lines, parcel.labels)
        return ""

    def holder(self, drill_id: str) -> str:
        """Not known: a database does not tell hosts apart until they write."""
        del drill_id
        return ""

    def digest(self, drill_id: str) -> str:
        """None: there is no file."""
        del drill_id
        return ""

    def finish_seal(self, drill_id: str) -> str:
        """Nothing is left to do, and there is no file."""
        return self.digest(drill_id)


class _Borrowed(DrillRecord):
    """A look through this process's own writer; closing it leaves the writer open."""

    def __init__(self, writer: DrillWriter) -> None:
        super().__init__(writer._database, writer.drill_id)  # noqa: SLF001 - a record of its rows
