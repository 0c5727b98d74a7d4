"""A drill's own file while it is being written: made, resumed after a kill, put down, sealed.

Rule 1: the file is complete and private (0600, in a 0700 folder) before SQLite first opens it.
Rule 2: live, it is written ahead and has a lock beside it; sealed, it is one file that no one may
write. A file that says `live` but has lost its `-wal` is an incomplete copy and is refused.
Rule 3: nothing in this process opens, hashes or copies a live file but its one connection.
"""

import contextlib
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Self

from sqlalchemy import select

from simulator.archive.claims import Proofs
from simulator.archive.database import Database
from simulator.archive.drill_record import Labels, restore
from simulator.archive.drill_writer import DrillWriter, begun, labelled
from simulator.archive.faults import Header, examined, ours
from simulator.archive.lock import HostLock
from simulator.archive.private import (
    digest_of,
    named_when_whole,
    private_folder,
    refuse_public,
)
from simulator.archive.schema import DRILL_TABLES, DRILLS, DrillSummary, objects
from simulator.errors import HostError, JournalError, UnknownNameError
from simulator.journal.record import Line

SUFFIX: Final = ".db"
_SEALED_FILE: Final = 0o400
_NO_LABELS: Labels = {}


class DrillFile(DrillWriter):
    """One drill, one file, one writer. Make it with `create` or `resume`; end it by `close`."""

    def __init__(
        self,
        database: Database,
        about: DrillSummary,
        *,
        path: Path | None = None,
        lock: HostLock | None = None,
    ) -> None:
        super().__init__(database, about)
        self._path = path
        self._lock = lock
        self.on_rest: Callable[[DrillSummary, str], None] = lambda _about, _digest: None
        """Told, once the file is at rest, what it holds and its digest (empty unless sealed)."""

    @classmethod
    def create(
        cls, path: Path, about: DrillSummary, lines: Sequence[Line] = (), wall_ms: int = 0
    ) -> Self:
        """A new drill in a new file that holds its first lines from the moment it can be seen.

        Raises JournalError where the file exists, HostError where it cannot be made.
        """
        private_folder(path.parent)
        lock = HostLock.beside(path)
        try:
            resting = begun(dataclasses.replace(about, state="rested"), lines)
            found_drill(path, resting, lines, labelled(lines, wall_ms))
            return cls._opened(path, about.drill_id, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def resume(cls, path: Path) -> Self:
        """Go on with a drill whose host was killed or put it down, at its last recorded line.

        Raises HostError naming the process that still holds it; JournalError where it is sealed,
        damaged or of a newer version; HostError for a foreign file or an incomplete copy.
        """
        lock = HostLock.beside(path)
        try:
            header = at_rest(path)
            refuse_public(path)
            refuse_incomplete(header)
            return cls._opened(path, path.stem, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, drill_id: str, lock: HostLock) -> Self:
        for stump in path.parent.glob(f"{path.stem}.*.new"):
            stump.unlink(missing_ok=True)  # of a host killed while it made the file
        database = Database.of_file(path, "rw")
        try:
            with database.reading() as connection:
                ours(connection, path, DRILL_TABLES)
            writer = cls._continuing(database, drill_id)
            # `live` reaches the main file only when the -wal exists: from then on a copy without
            # it betrays itself, and a kill on the way here leaves a file that is at rest.
            database.write_ahead()
            writer._note(state="live")  # noqa: SLF001 - our own class, still being made
            database.checkpoint()
        except BaseException:
            with contextlib.suppress(HostError, JournalError):
                database.close()
            raise
        writer._path = path  # noqa: SLF001
        writer._lock = lock  # noqa: SLF001
        return writer

    @classmethod
    def _continuing(cls, database: Database, drill_id: str) -> Self:
        try:
            return cls.continued(database, drill_id)
        except UnknownNameError as error:
            raise JournalError(f"{database.where} does not hold drill {drill_id}") from error

    def seal(self, ended: str) -> str:
        """End the drill for good: one portable file that opens on read-only media.

        Returns the SHA-256 of that file. Where the disk is full nothing is lost: try again.
        """
        assert self._path is not None, "a drill file is made by create or resume"
        verdict = self._verified_lines(Proofs())
        if not verdict.intact:
            raise JournalError(f"drill {self.drill_id} is not sealed: {verdict.found}")
        self._put_down()
        self._note(state="sealed", ended=ended)
        self._database.close()
        digest = sealed_file(self._path)
        self._release()
        self.on_rest(self.about, digest)
        return digest

    def close(self) -> None:
        """Put the drill down: one file, which `resume` takes up again."""
        if self._lock is None:
            return
        try:
            self._put_down()
        finally:
            self._database.close()
            self._release()
            self.on_rest(self.about, "")

    def _put_down(self) -> None:
        """Leave one file; `rested` first, for a kill between the `-wal`'s end and the header's."""
        self._note(state="rested")
        self._database.keep_one_file()

    def _release(self) -> None:
        assert self._lock is not None, "whoever releases the lock holds it"
        self._lock.release()
        self._lock = None


def found_drill(
    path: Path, about: DrillSummary, lines: Sequence[Line] = (), labels: Labels = _NO_LABELS
) -> None:
    """Put a whole drill's file at the path, in one step; JournalError where it is taken."""
    with named_when_whole(path) as building:
        database = Database.of_file(building, "rw")
        try:
            database.found(DRILL_TABLES)
            with database.writing() as connection:
                restore(connection, about, lines, labels)
        finally:
            database.close()


def sealed_file(path: Path) -> str:
    """Take away everyone's right to write a sealed drill's file; its SHA-256."""
    with contextlib.suppress(OSError):  # a read-only medium keeps everyone from writing already
        path.chmod(_SEALED_FILE)
    return digest_of(path)


def at_rest(path: Path) -> Header:
    """The file's header, once SQLite has undone a change that a kill interrupted.

    Only for who holds the drill's whole lock. A journal that SQLite leaves where it lies was of no
    use to it; left there, a later look would take it for a hot one and put a live `-wal` away.
    """
    header = examined(path)
    if not header.hot.exists() or (header.is_wal and header.wal.exists()):
        return header
    database = Database.of_file(path, "rw")
    try:
        with database.reading() as connection:
            objects(connection)
    finally:
        database.close()
    header.hot.unlink(missing_ok=True)
    return examined(path)


def refuse_incomplete(header: Header) -> None:
    """Raise HostError for a live drill's file that was copied without its newest lines.

    A drill put down in order leaves no `-wal` but says so in its row; one killed leaves its `-wal`.
    """
    if not header.is_wal or header.wal.exists():
        return
    database = Database.of_file(header.path, "immutable")
    try:
        with database.reading() as connection:
            states = connection.execute(select(DRILLS.c.state)).scalars().all()
    except (HostError, JournalError):
        states = []
    finally:
        database.close()
    if states not in (["rested"], ["sealed"]):
        raise HostError(
            f"{header.path} is an incomplete copy: its newest lines were in {header.wal.name};"
            " use `gameday archive export` where it was recorded"
        )
