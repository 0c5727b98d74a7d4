"""What can be wrong with a file or a database, in one sentence each: found, and what to do.

Rule 1: this file alone reads SQLite's error codes; elsewhere they are already our errors.
Rule 2: a file is judged by its first 100 bytes before SQLite is let near it.
Rule 3: nothing here writes, and a password in a URL is never repeated.
"""

import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from simulator.archive.schema import APPLICATION_ID, VERSION, expected_objects, objects
from simulator.errors import EngineError, GamedayError, HostError, JournalError
from simulator.text import clean_line

_MAGIC: Final = b"SQLite format 3\x00"
WAIT_S: Final = 5
"""How long another program's lock is waited for."""
LARGEST_FILE: Final = 2_000_000_000
"""Bytes; a drill of a hundred thousand lines is below a tenth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the first 100 bytes of one of our files say."""

    path: Path
    size: int
    """Bytes in the file."""
    is_wal: bool
    """Written ahead: the newest lines may stand in the `-wal` beside it."""

    @property
    def hot(self) -> Path:
        """The file that, where it lies beside this one, undoes a change a kill interrupted."""
        return hot_journal(self.path)

    @property
    def wal(self) -> Path:
        """The file of newest lines that belongs beside this one while it is live."""
        return self.path.with_name(self.path.name + "-wal")


def regular(path: Path) -> int:
    """The size of a regular file; raises HostError for anything else."""
    try:
        found = path.stat()
    except OSError as error:
        raise HostError(f"{path}: {error.strerror}; is this the right archive?") from error
    if stat.S_ISDIR(found.st_mode):
        raise HostError(f"{path} is a folder; a drill is a single file")
    if not stat.S_ISREG(found.st_mode):
        raise HostError(f"{path} is a pipe or a device; only regular files are read")
    return found.st_size


def hot_journal(path: Path) -> Path:
    """Where SQLite keeps what it needs to undo a change."""
    return path.with_name(path.name + "-journal")


def examined(path: Path) -> Header:
    """The header of one of our files, unopened by SQLite.

    Beside a hot journal its size says nothing yet. Never call it on a file this process holds
    open: closing it again would drop SQLite's locks.
    Raises HostError for a foreign file, JournalError for a damaged one or one too new.
    """
    size = regular(path)
    if size == 0:
        raise JournalError(f"{path} is empty (0 bytes): its copy failed; fetch or import it again")
    if size > LARGEST_FILE:
        raise HostError(f"{path} has {size} bytes; no drill is larger than {LARGEST_FILE}")
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise HostError(f"{path}: {error.strerror}; check who may read it") from error
    if not head.startswith(_MAGIC[: len(head)]):
        raise HostError(f"{path} is not a drill: {_nature(head)}")
    if len(head) < 100:
        raise JournalError(f"{path} is cut short after {size} bytes; fetch or import it again")
    _judge(path, head)
    is_wal = head[18] == 2 or head[19] == 2
    if not (is_wal or hot_journal(path).exists()):
        _whole(path, head, size)
    return Header(path=path, size=size, is_wal=is_wal)


def _judge(path: Path, head: bytes) -> None:
    application = int.from_bytes(head[68:72], "big")
    version = int.from_bytes(head[60:64], "big")
    if application != APPLICATION_ID:
        raise HostError(f"{path} is another application's database (id {application:#x})")
    if version > VERSION:
        raise JournalError(
            f"{path} was written by a newer gameday (tables {version}, known up to {VERSION});"
            " it was left untouched: open it with that version"
        )


def _whole(path: Path, head: bytes, size: int) -> None:
    """A file at rest holds every page that its header counts."""
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    counted = page * int.from_bytes(head[28:32], "big")
    if size < counted:
        raise JournalError(
            f"{path} is cut short: {size} bytes of {counted}; fetch or import it again"
        )


def _nature(head: bytes) -> str:
    """What a stranger's file looks like."""
    if b"\x00" in head:
        return "it holds some other binary format"
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return "it holds some other binary format"
        text = head[: error.start].decode()
    if text.startswith('{"drill":'):
        return "it is an export; bring it in with `gameday archive import`"
    return f"it is a text file beginning {clean_line(text, longest=24)!r}"


def ours(connection: Connection, path: Path, tables: tuple[Table, ...]) -> None:
    """Raise HostError unless the database holds our objects and no others."""
    expected, found = expected_objects(tables), objects(connection)
    strange = sorted(clean_line(name, longest=64) for name in found.keys() - expected.keys())
    if strange:
        raise HostError(f"{path} holds what no drill holds: {', '.join(strange[:8])}; refused")
    if missing := sorted(expected.keys() - found.keys()):
        raise HostError(f"{path} lacks {', '.join(missing)}: an incomplete copy; use export")
    if changed := sorted(name for name, sql in expected.items() if found[name] != sql):
        raise HostError(f"{path} defines {', '.join(changed)} in another way; refused")


def fault(error: SQLAlchemyError, where: str) -> GamedayError:
    """Our error for the database's; the transaction it broke was not recorded."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return _sqlite_fault(cause, where)
    if cause is None:
        return EngineError(f"{where}: {type(error).__name__}: {clean_line(str(error))[:200]}")
    return HostError(
        f"{where}: the database refused, NOT recorded: {type(cause).__name__}"
        f" ({clean_line(str(cause), longest=160)})"
    )


def _sqlite_fault(cause: sqlite3.Error, where: str) -> GamedayError:
    name = getattr(cause, "sqlite_errorname", "") or ""
    match name.removeprefix("SQLITE_").split("_")[0]:
        case "FULL":
            return HostError(f"{where}: NOT recorded: the disk is full; free space and try again")
        case "IOERR":
            return HostError(f"{where}: NOT recorded: the disk failed ({name}); try again")
        case "BUSY" | "LOCKED" | "PROTOCOL":
            return HostError(
                f"{where}: NOT recorded: locked by another program for {WAIT_S} s;"
                " close it and try again"
            )
        case "READONLY" | "PERM" | "AUTH":
            return HostError(f"{where}: NOT recorded: it may only be read; check its permissions")
        case "CANTOPEN":
            return HostError(f"{where} cannot be opened; check that its folder may be written")
        case "CORRUPT":
            return JournalError(f"{where} is damaged (not a sound SQLite file)")
        case "NOTADB":
            return HostError(f"{where} is not a drill: not a SQLite file")
        case "CONSTRAINT":
            return JournalError(f"{where}: NOT recorded: said before ({clean_line(str(cause))})")
        case "INTERRUPT":
            return JournalError(f"{where} takes longer to read than any drill could; refused")
        case "TOOBIG":
            return JournalError(f"{where} holds a text larger than any line")
    if isinstance(cause, sqlite3.OperationalError) and "decode" in str(cause):
        return JournalError(f"{where} is damaged: a text that is not UTF-8")
    if isinstance(cause, sqlite3.ProgrammingError):
        return EngineError(f"{where}: {clean_line(str(cause), longest=160)}")
    return JournalError(f"{where} cannot be read: {clean_line(str(cause), longest=160)}")
