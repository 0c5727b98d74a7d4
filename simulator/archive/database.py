"""One database behind one connection, and the promises that every connection makes.

Rule 1: one thread, one connection; a forked child must not touch it.
Rule 2: what `writing` leaves has been committed and synced; what it raises has not.
Rule 3: a drill's file has one writer, so it may be written ahead (WAL, synchronous=FULL). A shared
file has many, and SQLite 3.7.0 to 3.51.2 can corrupt a WAL that two checkpoint at once: it keeps
a rollback journal (DELETE, synchronous=EXTRA, which unlike FULL survives a power cut whole).
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from simulator.archive.faults import WAIT_S, fault
from simulator.archive.schema import (
    ADDED_TABLES,
    APPLICATION_ID,
    METADATA,
    VERSION,
    expected_objects,
    objects,
)
from simulator.errors import EngineError, HostError, JournalError
from simulator.journal.record import LARGEST_BODY

Access = Literal["rw", "ro", "immutable"]
"""`immutable`: read without any lock, for a file at rest that nobody here could write."""
_STEPS_PER_CALL: Final = 100_000
_STEPS_PER_BYTE: Final = 40
_STEPS_AT_LEAST: Final = 20_000_000


class Database:
    """An engine that speaks our errors."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._pid = os.getpid()
        self._thread = threading.get_ident()
        self._is_closed = False
        self.where = where
        """The path or URL, without its password, for people."""

    @classmethod
    def of_file(cls, path: Path, access: Access) -> "Database":
        """The SQLite file, which must exist; nothing is opened before the first use."""
        query = {"rw": "mode=rw", "ro": "mode=ro", "immutable": "mode=ro&immutable=1"}[access]
        uri = f"{path.absolute().as_uri()}?{query}"
        engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None),
            poolclass=StaticPool,
        )
        event.listen(engine, "connect", _writer_promises if access == "rw" else _reader_promises)
        event.listen(engine, "begin", _begin)
        return cls(engine, str(path))

    @classmethod
    def in_memory(cls) -> "Database":
        """A database that ends with its connection, for who reads where nothing is."""
        return cls(create_engine("sqlite://", poolclass=StaticPool), "memory")

    @classmethod
    def of_server(cls, url: URL) -> "Database":
        """A server's database; raises HostError where its driver is not installed."""
        where = url.render_as_string(hide_password=True)
        try:
            engine = create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True)
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise HostError(
                f"{where}: no driver for {url.drivername!r} is installed here; install one"
                " or give a folder (--archive DIR)"
            ) from error
        except (ArgumentError, TypeError) as error:
            raise HostError(f"{where} is not an address that {url.drivername!r} takes") from error
        if engine.dialect.name == "postgresql":
            event.listen(engine, "connect", _postgresql_promises)
        return cls(engine, where)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed before it is left; on any error nothing of it remains."""
        with (
            self._speaking_ours(),
            self._engine.connect() as connection,
            connection.execution_options(is_writing=True).begin(),
        ):
            yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view; rolled back."""
        with self._speaking_ours(), self._engine.connect() as connection:
            yield connection

    def found(self, tables: tuple[Table, ...]) -> None:
        """Make the tables and sign the file."""
        with self.writing() as connection:
            METADATA.create_all(connection, tables=tables)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")

    def grown(self, tables: tuple[Table, ...]) -> tuple[Table, ...]:
        """The tables a SQLite file holds, once those added since it was made stand in it too.

        A file that is not exactly an older one of ours is left as it is; so is one that may only
        be read.
        """
        older = tuple(table for table in tables if table not in ADDED_TABLES)
        with self.reading() as connection:
            if objects(connection) != expected_objects(older):
                return tables
        try:
            self.found(tables)
        except HostError:
            return older
        return tables

    def holds(self, tables: tuple[Table, ...]) -> bool:
        """Whether every one of the tables is there."""
        with self.reading() as connection:
            there = set(inspect(connection).get_table_names())
        return {table.name for table in tables} <= there

    def write_ahead(self) -> None:
        """From here on: WAL, and every commit synced."""
        self._switched("wal")
        self._pragma("synchronous", "FULL")

    def checkpoint(self) -> None:
        """Move every line into the main file; the `-wal` stays, empty."""
        with self._speaking_ours(), self._raw() as raw:
            is_busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise HostError(f"{self.where} is being read by another program; close it, try again")

    def keep_one_file(self) -> None:
        """Move every line into the one file and leave it without a `-wal`."""
        self.checkpoint()
        self._switched("delete")
        self._pragma("synchronous", "EXTRA")

    def _switched(self, mode: str) -> None:
        found = self._pragma("journal_mode", mode)
        if found != mode:
            raise HostError(
                f"{self.where} cannot be kept safely here (journal mode {found!r}, not {mode!r}):"
                " use a local disk"
            )

    def _pragma(self, name: str, value: str) -> Any:
        """Set outside any transaction, where SQLite wants it."""
        with self._speaking_ours(), self._raw() as raw:
            row = raw.execute(f"PRAGMA {name}={value}").fetchone()
        return row[0] if row else None

    @contextlib.contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        held = self._engine.raw_connection()
        try:
            driver = held.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            yield driver
        finally:
            held.close()

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        if not self._is_closed:
            with self._speaking_ours():
                self._engine.dispose()
        self._is_closed = True

    @contextlib.contextmanager
    def _speaking_ours(self) -> Iterator[None]:
        if self._is_closed:
            raise EngineError(f"{self.where} was closed; open it anew")
        if os.getpid() != self._pid:
            raise EngineError(f"{self.where} was opened before a fork; open it anew in the child")
        if threading.get_ident() != self._thread:
            raise EngineError(f"{self.where} was opened by another thread, which alone may use it")
        try:
            yield
        except SQLAlchemyError as error:
            raise fault(error, self.where) from error
        except sqlite3.Error as error:
            raise fault(_as_wrapped(error), self.where) from error
        except UnicodeDecodeError as error:  # SQLite's own sentence, quoting a damaged name
            raise JournalError(f"{self.where} is damaged (not a sound SQLite file)") from error


def _as_wrapped(error: sqlite3.Error) -> SQLAlchemyError:
    """A bare driver error in the form in which Core reports it."""
    return DBAPIError(None, None, error)


def _begin(connection: Connection) -> None:
    """A writer takes its place at once: waiting is done before anything was read or decided."""
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _promises(raw: sqlite3.Connection) -> None:
    """What reader and writer promise alike."""
    raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * LARGEST_BODY + 65_536)
    raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    raw.execute(f"PRAGMA busy_timeout={1000 * WAIT_S}")
    raw.execute("PRAGMA trusted_schema=OFF")
    raw.execute("PRAGMA cell_size_check=ON")
    raw.execute("PRAGMA foreign_keys=ON")


def _writer_promises(raw: sqlite3.Connection, _record: object) -> None:
    _promises(raw)
    raw.execute("PRAGMA secure_delete=ON")
    raw.execute("PRAGMA fullfsync=ON")
    raw.execute("PRAGMA checkpoint_fullfsync=ON")
    raw.execute("PRAGMA synchronous=EXTRA")


def _reader_promises(raw: sqlite3.Connection, _record: object) -> None:
    _promises(raw)
    raw.execute("PRAGMA query_only=ON")
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    size = pages * raw.execute("PRAGMA page_size").fetchone()[0]
    left = (_STEPS_AT_LEAST + _STEPS_PER_BYTE * size) // _STEPS_PER_CALL

    def spend() -> bool:
        """Stop a hostile file's endless reading; SQLite asks every hundred thousand steps."""
        nonlocal left
        left -= 1
        return bool(left < 0)

    raw.set_progress_handler(spend, _STEPS_PER_CALL)


def _postgresql_promises(raw: Any, _record: object) -> None:
    """An acknowledged commit is on disk there too."""
    cursor = raw.cursor()
    cursor.execute("SET synchronous_commit = on")
    cursor.close()
    raw.commit()
