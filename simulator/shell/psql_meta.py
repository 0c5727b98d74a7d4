r"""psql's backslash commands over the documents: `\l`, `\d`, `\dt`, `\du` and their like.

Rule 1: they read the same documents as the catalog queries they stand for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.documents import Row
from simulator.shell.sql_run import Result
from simulator.shell.sql_tables import Database, Table
from simulator.shell.sql_values import Kind, Stored, stored

META: Final = frozenset({"l", "list", "d", "dt", "du", "dg", "dx", "dn", "di", "dv", "?", "h"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a backslash command prints."""

    text: str = ""
    result: Result | None = None
    title: str = ""
    error: str = ""
    reads: tuple[str, ...] = ()


def meta(word: str, rest: str, database: Database) -> Shown:
    """The answer to one backslash command (a word of `META`)."""
    match word:
        case "l" | "list":
            return _databases(database)
        case "d" if rest:
            return _described(rest, database)
        case "d" | "dt":
            return _relations(rest, database)
        case "du" | "dg":
            return _roles(database)
        case "dx":
            extensions = [
                (str(row.get("extname", "")), str(row.get("extversion", "")), "public")
                for row in _rows("pg_extension", database)
            ]
            return _listed(
                "List of installed extensions",
                ("Name", "Version", "Schema"),
                extensions,
                "pg_extension",
                database,
            )
        case "dn":
            return _listed(
                "List of schemas", ("Name", "Owner"), [("public", "fraiseql")], "", database
            )
        case "di":
            rows = [
                ("public", str(row.get("indexname", "")), "index", str(row.get("tablename", "")))
                for row in _rows("pg_indexes", database)
            ]
            columns = ("Schema", "Name", "Type", "Table")
            return _listed("List of relations", columns, rows, "pg_indexes", database)
        case "dv":
            return Shown(text="Did not find any relations.\n")
    return Shown(text="\\d [NAME]  \\dt  \\du  \\dx  \\di  \\l  \\x  \\conninfo  \\timing  \\q\n")


def _rows(name: str, database: Database) -> Sequence[Row]:
    table = database.table(name)
    return table.rows if table is not None else ()


def _listed(
    title: str,
    columns: tuple[str, ...],
    rows: Sequence[Sequence[Stored]],
    table: str,
    database: Database,
) -> Shown:
    kinds: tuple[Kind, ...] = tuple("text" for _ in columns)
    result = Result(
        columns=columns,
        kinds=kinds,
        scales=(None,) * len(columns),
        rows=rows,
    )
    reads = (f"{database.kind}/{table}",) if table else ()
    return Shown(result=result, title=title, reads=reads)


def _databases(database: Database) -> Shown:
    rows = [
        tuple(
            str(row.get(column) or usual)
            for column, usual in (
                ("datname", ""),
                ("datdba", "fraiseql"),
                ("encoding", "UTF8"),
                ("datcollate", "en_US.UTF-8"),
                ("datctype", "en_US.UTF-8"),
            )
        )
        for row in _rows("pg_database", database)
    ]
    columns = ("Name", "Owner", "Encoding", "Collate", "Ctype")
    return _listed("List of databases", columns, rows, "pg_database", database)


def _relations(rest: str, database: Database) -> Shown:
    wanted = rest.strip("*")
    names = [name for name in database.user_tables() if name.startswith(wanted)]
    if not names:
        asked = f' named "{rest}"' if rest else ""
        return Shown(
            error=f"Did not find any relation{asked}.\n"
            if rest
            else "Did not find any relations.\n"
        )
    rows = [("public", name, "table", "fraiseql") for name in names]
    columns = ("Schema", "Name", "Type", "Owner")
    return _listed("List of relations", columns, rows, "pg_tables", database)


def _described(name: str, database: Database) -> Shown:
    schema, _, bare = name.rpartition(".")
    table = database.table(bare.strip('"'), schema)
    if table is None:
        return Shown(error=f'Did not find any relation named "{name}".\n')
    rows = [(column.name, column.type_name, "", "", "") for column in table.columns]
    columns = ("Column", "Type", "Collation", "Nullable", "Default")
    own = table.name.startswith(("pg_", "information_schema."))
    kind, where = ("View", "pg_catalog") if own else ("Table", "public")
    shown = _listed(f'{kind} "{where}.{table.name}"', columns, rows, table.name, database)
    return Shown(
        result=shown.result,
        title=shown.title,
        text=_indexes(table, database),
        reads=shown.reads,
    )


def _indexes(table: Table, database: Database) -> str:
    lines = [
        f'    "{row.get("indexname", "")}" {row.get("indexdef", "")}'
        for row in _rows("pg_indexes", database)
        if row.get("tablename") == table.name
    ]
    return "\n".join(["Indexes:", *lines]) if lines else ""


def _roles(database: Database) -> Shown:
    rows: list[tuple[Stored, ...]] = []
    for row in _rows("pg_roles", database):
        attributes = [
            words
            for column, words in (
                ("rolsuper", "Superuser"),
                ("rolcreaterole", "Create role"),
                ("rolcreatedb", "Create DB"),
                ("rolreplication", "Replication"),
            )
            if row.get(column)
        ]
        if row.get("rolcanlogin") is False:
            attributes.append("Cannot login")
        rows.append((stored(str(row.get("rolname", "")), "text"), ", ".join(attributes)))
    return _listed("List of roles", ("Role name", "Attributes"), rows, "pg_roles", database)
