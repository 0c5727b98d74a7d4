r"""psql's backslash commands over the documents: `\l`, `\d`, `\dt`, `\du` and their like.

Rule 1: they read the same documents as the catalog queries they stand for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.documents import Row
from simulator.shell.log_query import glob
from simulator.shell.sql_run import Result
from simulator.shell.sql_tables import Database, Table
from simulator.shell.sql_values import Kind, Stored

META: Final = frozenset({"l", "list", "d", "dt", "du", "dg", "dx", "dn", "di", "dv", "?", "h"})
_OWNER: Final = "fraiseql"
_RELATIONS: Final = ("Schema", "Name", "Type", "Owner")
_NONE: Final = "Did not find any relations.\n"
_CATALOG_TABLES: Final = frozenset({"pg_database", "pg_extension", "pg_publication"})
"""Of the server's own relations those that are no views."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a backslash command prints."""

    text: str = ""
    result: Result | None = None
    title: str = ""
    footer: tuple[str, ...] | None = None
    """The lines under a table; the count of its rows where none are said."""
    error: str = ""
    status: int = 0
    reads: tuple[str, ...] = ()


def meta(word: str, rest: str, database: Database) -> tuple[Shown, ...]:
    """The answers to one backslash command (a word of `META`), one a relation described."""
    match word:
        case "l" | "list":
            return (_databases(database),)
        case "d" if rest:
            return _described(rest, database)
        case "d" | "dt":
            return (_relations(rest, database),)
        case "du" | "dg":
            return (_roles(database),)
        case "dx":
            columns = ("Name", "Version", "Schema", "Description")
            rows = [
                (str(row.get("extname", "")), str(row.get("extversion", "")), "public", "")
                for row in _rows("pg_extension", database)
            ]
            title = "List of installed extensions"
            return (_listed(title, columns, rows, "pg_extension", database),)
        case "dn":
            return (
                _listed("List of schemas", ("Name", "Owner"), [("public", _OWNER)], "", database),
            )
        case "di":
            return (_indexes(database),)
        case "dv":
            return (Shown(error=_NONE),)
    return (
        Shown(text="\\d [NAME]  \\dt  \\du  \\dx  \\di  \\l  \\x  \\conninfo  \\timing  \\q\n"),
    )


def _rows(name: str, database: Database) -> Sequence[Row]:
    table = database.table(name)
    assert table is not None, "a view of the server's own is there"
    return table.rows


def _listed(
    title: str,
    columns: tuple[str, ...],
    rows: Sequence[Sequence[Stored]],
    table: str,
    database: Database,
) -> Shown:
    kinds: tuple[Kind, ...] = tuple("text" for _ in columns)
    result = Result(columns=columns, kinds=kinds, scales=(None,) * len(columns), rows=rows)
    reads = (f"{database.kind}/{table}",) if table else ()
    return Shown(result=result, title=title, reads=reads)


def _databases(database: Database) -> Shown:
    usual = {
        "Name": ("datname", ""),
        "Owner": ("datdba", _OWNER),
        "Encoding": ("encoding", "UTF8"),
        "Locale Provider": ("datlocprovider", "libc"),
        "Collate": ("datcollate", "en_US.UTF-8"),
        "Ctype": ("datctype", "en_US.UTF-8"),
        "ICU Locale": ("daticulocale", ""),
        "ICU Rules": ("daticurules", ""),
        "Access privileges": ("datacl", ""),
    }
    rows = [
        tuple(str(row.get(column) or else_) for column, else_ in usual.values())
        for row in _rows("pg_database", database)
    ]
    return _listed("List of databases", tuple(usual), rows, "pg_database", database)


def _named(pattern: str, database: Database) -> list[str]:
    """The people's tables a pattern means; `*` stands for anything, no pattern for all."""
    wanted = pattern.rpartition(".")[2].strip('"') or "*"
    names = database.user_tables()
    return [name for name in names if (glob(wanted, name) if "*" in wanted else name == wanted)]


def _relations(rest: str, database: Database) -> Shown:
    names = _named(rest, database)
    if not names:
        named = f'Did not find any relation named "{rest}".\n'
        return Shown(error=named if rest else _NONE)
    rows = [("public", name, "table", _OWNER) for name in names]
    return _listed("List of relations", _RELATIONS, rows, "pg_tables", database)


def _indexes(database: Database) -> Shown:
    rows = [
        ("public", str(row.get("indexname", "")), "index", _OWNER, str(row.get("tablename", "")))
        for row in _rows("pg_indexes", database)
    ]
    if not rows:
        return Shown(error=_NONE)
    return _listed("List of relations", (*_RELATIONS, "Table"), rows, "pg_indexes", database)


def _described(name: str, database: Database) -> tuple[Shown, ...]:
    schema, _, bare = name.rpartition(".")
    own = database.table(bare.strip('"'), schema)
    tables = [own] if own else [database.table(each) for each in _named(name, database)]
    found = tuple(_columns(table, database) for table in tables if table is not None)
    error = f'Did not find any relation named "{name}".\n'
    return found or (Shown(error=error, status=1),)


def _columns(table: Table, database: Database) -> Shown:
    rows = [
        (each.name, each.type_name, "", "" if each.nullable else "not null", each.default)
        for each in table.columns
    ]
    columns = ("Column", "Type", "Collation", "Nullable", "Default")
    own = table.name.startswith(("pg_", "information_schema."))
    kind = "View" if own and table.name not in _CATALOG_TABLES else "Table"
    schema = "" if "." in table.name else "pg_catalog." if own else "public."
    shown = _listed(f'{kind} "{schema}{table.name}"', columns, rows, table.name, database)
    mine = [row for row in _rows("pg_indexes", database) if row.get("tablename") == table.name]
    names = sorted(((str(row.get("indexname", "")), row) for row in mine), key=_primary_first)
    lines = [f'    "{name}" {_index(row)}' for name, row in names]
    footer = ("Indexes:", *lines) if lines else ()
    return Shown(result=shown.result, title=shown.title, footer=footer, reads=shown.reads)


def _primary_first(named: tuple[str, Row]) -> tuple[bool, str]:
    return not named[0].endswith("_pkey"), named[0]


def _index(row: Row) -> str:
    r"""An index as `\d` tells it, from the statement that would make it."""
    made, using, rest = str(row.get("indexdef", "")).partition(" USING ")
    if not using:
        return made
    primary = str(row.get("indexname", "")).endswith("_pkey")
    unique = "UNIQUE, " if made.startswith("CREATE UNIQUE") else ""
    return f"{'PRIMARY KEY, ' if primary else unique}{rest}"


def _roles(database: Database) -> Shown:
    words = {
        "rolsuper": "Superuser",
        "rolcreaterole": "Create role",
        "rolcreatedb": "Create DB",
        "rolreplication": "Replication",
    }
    rows = [
        (
            str(row.get("rolname", "")),
            ", ".join(
                [text for column, text in words.items() if row.get(column)]
                + ["Cannot login"] * (row.get("rolcanlogin") is False)
            ),
        )
        for row in _rows("pg_roles", database)
    ]
    return _listed("List of roles", ("Role name", "Attributes"), rows, "pg_roles", database)
