"""Where an archive is: a folder, a database file or a server's database, found or made.

Rule 1: who only reads makes nothing: a place that is not there is an empty archive.
Rule 2: whatever is there is looked at before it is believed, by readers too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from simulator.archive.database import Database
from simulator.archive.faults import examined, ours
from simulator.archive.index import Index
from simulator.archive.private import (
    archive_folder,
    named_when_whole,
    private_folder,
    refuse_public,
)
from simulator.archive.reviews import DatabaseReviews, FolderReviews, Reviews
from simulator.archive.schema import ADDED_TABLES, ALL_TABLES
from simulator.archive.shelf import DatabaseShelf, FolderShelf, Shelf
from simulator.errors import HostError

_FIRST_TABLES: Final = tuple(table for table in ALL_TABLES if table not in ADDED_TABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An archive's parts at one place."""

    where: str
    """The folder or the URL (without its password), for people."""
    shelf: Shelf
    index: Index
    reviews: Reviews


def place(location: str | None, environment: Mapping[str, str], *, only_reading: bool) -> Place:
    """The place at `--archive DIR|URL`, else `GAMEDAY_ARCHIVE`, else the platform's folder.

    Raises HostError where it cannot be used, naming what to do.
    """
    asked = location or environment.get("GAMEDAY_ARCHIVE") or ""
    if "://" not in asked:
        folder = Path(asked).expanduser() if asked else platformdirs.user_data_path("gameday")
        return of_folder(folder, only_reading=only_reading)
    try:
        url = make_url(asked)
    except (ArgumentError, ValueError) as error:
        raise HostError("the archive's URL is not one (scheme://user@host/database)") from error
    if url.get_backend_name() == "sqlite":
        return of_file_url(url, only_reading=only_reading)
    return of_server(url, only_reading=only_reading)


def of_folder(folder: Path, *, only_reading: bool) -> Place:
    """A folder: `drills/<id>.db`, and `index.db` over them."""
    drills, file = folder / "drills", folder / "index.db"
    if folder.exists() or not only_reading:
        archive_folder(folder)
    if drills.exists() or not only_reading:
        private_folder(drills)
    # A reader without an index makes one from the drills that are there, and forgets it again.
    is_kept = file.exists() or not only_reading
    index = Index.of_file(file) if is_kept else Index(_nothing())
    shelf = FolderShelf(drills, lambda about, digest: index.enter(about, digest=digest))
    reviews = Reviews(FolderReviews(drills), index)
    return Place(where=str(folder), shelf=shelf, index=index, reviews=reviews)


def of_file_url(url: URL, *, only_reading: bool) -> Place:
    """One SQLite file for everything."""
    if not url.database or url.database == ":memory:":
        raise HostError("an archive in memory keeps nothing; give sqlite:///FILE or a folder")
    path = Path(url.database)
    if not path.exists():
        if only_reading:
            return _of_database(_nothing(), str(path))
        archive_folder(path.parent)
        with named_when_whole(path) as building:
            new = Database.of_file(building, "rw")
            try:
                new.found(ALL_TABLES)
            finally:
                new.close()
    archive_folder(path.parent)
    examined(path)
    refuse_public(path)
    database = Database.of_file(path, "rw")
    tables = database.grown(ALL_TABLES)
    with database.reading() as connection:
        ours(connection, path, tables)
    return _of_database(database, str(path))


def of_server(url: URL, *, only_reading: bool) -> Place:
    """The same tables in a server's database."""
    database = Database.of_server(url)
    if not only_reading:
        database.found(ALL_TABLES)
    elif not database.holds(_FIRST_TABLES):
        where = database.where
        database.close()
        return _of_database(_nothing(), where)
    return _of_database(database, database.where)


def _of_database(database: Database, where: str) -> Place:
    index = Index(database, remembers_reviews=database.holds(ADDED_TABLES))
    reviews = Reviews(DatabaseReviews(database), index)
    return Place(where=where, shelf=DatabaseShelf(database), index=index, reviews=reviews)


def _nothing() -> Database:
    """The tables of an empty archive, which end with this process."""
    database = Database.in_memory()
    database.found(ALL_TABLES)
    return database
