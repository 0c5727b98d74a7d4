"""One typed SQL statement: queries are run, changes become acts with PostgreSQL's answer to them.

Rule 1: a change is counted against the documents, so that `UPDATE 3` is true at that second.
Rule 2: on a server in recovery every change is refused, as a standby refuses it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from simulator.shell.reply import Act
from simulator.shell.sql_functions import NotSimulated, SqlError
from simulator.shell.sql_resolve import read_query
from simulator.shell.sql_run import Result, run
from simulator.shell.sql_server import Call, setting
from simulator.shell.sql_tables import Database

DEEPEST: Final = 40

_QUERIES: Final = frozenset({"select", "with", "values", "table"})
_CHANGES: Final = frozenset({"insert", "update", "delete"})
_OBJECTS: Final = frozenset({"create", "alter", "drop"})
_OTHERS: Final = {
    "truncate": "TRUNCATE TABLE",
    "vacuum": "VACUUM",
    "analyze": "ANALYZE",
    "reindex": "REINDEX",
    "cluster": "CLUSTER",
    "checkpoint": "CHECKPOINT",
    "grant": "GRANT",
    "revoke": "REVOKE",
    "refresh": "REFRESH MATERIALIZED VIEW",
    "lock": "LOCK TABLE",
    "comment": "COMMENT",
    "reassign": "REASSIGN OWNED",
}
_SESSION: Final = {
    "begin": "BEGIN", "start": "START TRANSACTION", "commit": "COMMIT", "end": "COMMIT",
    "rollback": "ROLLBACK", "abort": "ROLLBACK", "set": "SET", "reset": "RESET",
    "discard": "DISCARD ALL", "savepoint": "SAVEPOINT", "release": "RELEASE", "listen": "LISTEN",
    "deallocate": "DEALLOCATE", "notify": "NOTIFY",
}  # fmt: skip
_NOT_PLAYED: Final = frozenset(
    {"explain", "copy", "do", "call", "prepare", "execute", "declare", "fetch", "merge", "import"}
)
_SKIPPED: Final = frozenset(
    {"if", "exists", "not", "only", "full", "freeze", "verbose", "analyze", "table", "concurrently",
     "or", "replace", "unique", "temp", "temporary", "materialized", "view", "on", "into", "from",
     "index", "system", "database"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a statement comes to: rows or a tag, and what it would change."""

    result: Result | None = None
    tag: str = ""
    acts: tuple[Act, ...] = ()
    tables: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def split(text: str) -> list[str]:
    """The statements of a text, at semicolons outside quotes, comments taken out."""
    parts, start, at = [], 0, 0
    kept: list[str] = []
    while at < len(text):
        if found := _QUOTED.match(text, at):
            comment = found[0].startswith(("--", "/*"))
            kept.append(text[start:at] + ("" if comment else found[0]))
            start = at = found.end()
        elif text[at] == ";":
            parts.append("".join(kept) + text[start:at])
            kept, start, at = [], at + 1, at + 1
        else:
            at += 1
    parts.append("".join(kept) + text[start:])
    return [part.strip() for part in parts if part.strip()]


_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\$\$.*?\$\$|--[^\n]*|/\*.*?\*/", re.DOTALL)


def executed(statement: str, database: Database, line: str) -> Outcome:
    """The statement's outcome; raises `SqlError` or `NotSimulated`."""
    _check_shape(statement)
    database = replace(database, query=statement)
    words = re.findall(r"[\w.\"*]+", statement.lower())
    first = words[0] if words else ""
    if first in _QUERIES:
        return _queried(statement, database, line)
    if first == "show":
        return _show(words[1] if len(words) > 1 else "", database)
    if first in _SESSION:
        return Outcome(tag=_SESSION[first])
    if first in _NOT_PLAYED:
        raise NotSimulated(first.upper())
    changes = first in _CHANGES or first in _OBJECTS or first in _OTHERS
    if not changes:
        shown = re.match(r"\w+|.", statement)
        raise SqlError(f'syntax error at or near "{shown[0] if shown else ""}"', 0)
    if database.functions().get("pg_is_in_recovery") and first not in ("checkpoint", "alter"):
        tag = f"{first} {words[1]}" if first in _OBJECTS and len(words) > 1 else first
        where = (
            "during recovery" if first in ("vacuum", "analyze") else "in a read-only transaction"
        )
        raise SqlError(f"cannot execute {tag.upper()} {where}")
    if first in _CHANGES:
        return _changed(first, statement, database, line)
    return _ordered(first, words, statement, database, line)


def _check_shape(statement: str) -> None:
    bare = _QUOTED.sub("", statement)
    for mark, what in (("'", "string"), ('"', "identifier")):
        if mark in bare:
            at = statement.rindex(mark)
            raise SqlError(f'unterminated quoted {what} at or near "{statement[at:]}"', at)
    depth = deepest = 0
    for sign in bare:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise SqlError("stack depth limit exceeded")


_STUMBLES: Final = (
    RecursionError, SqlglotError, ValueError, TypeError, AttributeError, KeyError, IndexError,
)  # fmt: skip
"""What the library raises on SQL beyond its grammar."""


def _parsed(statement: str) -> exp.Expr:
    try:
        return read_query(statement)
    except ParseError as error:
        raise _syntax(statement, error) from None
    except _STUMBLES:
        # The parser stumbles over some texts without saying where.
        raise NotSimulated("this statement") from None


def _syntax(statement: str, error: ParseError) -> SqlError:
    told = error.errors[0] if error.errors else {}
    word = str(told.get("highlight") or "")
    ends = not str(told.get("end_context") or "").strip()
    missing = str(told.get("description") or "").startswith(("Required", "Expected"))
    if not word or (ends and missing):
        return SqlError("syntax error at end of input", len(statement))
    lines = statement.split("\n")
    row, column = int(told.get("line") or 1), int(told.get("col") or 1)
    at = sum(len(one) + 1 for one in lines[: row - 1]) + column - len(word)
    return SqlError(f'syntax error at or near "{word}"', max(0, at))


def _ran(tree: exp.Expr, database: Database) -> Result:
    try:
        return run(tree, database)
    except _STUMBLES:
        # The resolver stumbles over queries beyond its grammar; the person hears that we do not
        # play them.
        raise NotSimulated("this query") from None


def _queried(statement: str, database: Database, line: str) -> Outcome:
    tree = _parsed(statement)
    if not isinstance(tree, exp.Query):
        raise NotSimulated("this query")
    if tree.find(exp.DML, exp.Into):
        raise NotSimulated("a query that writes")
    result = _ran(tree, database)
    return Outcome(
        result=result,
        acts=_acts(result.calls, database, line),
        tables=result.tables,
        notices=result.warnings,
    )


def _acts(calls: Sequence[Call], database: Database, line: str) -> tuple[Act, ...]:
    """One act a function, its target the first arguments it was called with, in order."""
    acts: list[Act] = []
    for name in dict.fromkeys(call.name for call in calls):
        mine = [call for call in calls if call.name == name]
        targets = [str(call.arguments[0]) for call in mine if call.arguments]
        options = {"host": database.host, "database": database.name}
        if name in ("pg_terminate_backend", "pg_cancel_backend"):
            options |= _backends(targets, database)
        acts.append(
            Act(tool="psql", verb=name, target=",".join(targets), options=options, line=line)
        )
    return tuple(acts)


def _backends(pids: Sequence[str], database: Database) -> dict[str, str]:
    """Whose connections these are: distinct users, applications and databases."""
    table = database.table("pg_stat_activity")
    rows = [row for row in (table.rows if table else ()) if str(row.get("pid")) in set(pids)]
    found: dict[str, str] = {}
    for column in ("usename", "application_name", "state"):
        values = dict.fromkeys(str(row[column]) for row in rows if row.get(column))
        if values:
            found[column] = ",".join(values)
    return found


def _show(name: str, database: Database) -> Outcome:
    value = setting(name, database)
    result = Result(columns=(name,), kinds=("text",), scales=(None,), rows=[(value,)])
    return Outcome(result=result, tables=("pg_settings",))


def _changed(first: str, statement: str, database: Database, line: str) -> Outcome:
    tree = _parsed(statement)
    table = tree.find(exp.Table)
    if table is None or not isinstance(tree, exp.Insert | exp.Update | exp.Delete):
        raise NotSimulated(f"this {first.upper()}")
    if isinstance(tree, exp.Update) and not tree.expressions:
        raise SqlError("syntax error at end of input", len(statement))
    name = table.name
    where = tree.args.get("where")
    if isinstance(tree, exp.Insert):
        source = tree.expression
        if database.table(name, table.db) is None:
            begins = table.this.meta.get("start")
            raise SqlError(f'relation "{name}" does not exist', begins)
        if source is None:
            raise SqlError("syntax error at end of input", len(statement))
        values = isinstance(source, exp.Values)
        count = len(source.expressions if values else _ran(source.copy(), database).rows)
    else:
        counting = exp.select(exp.alias_(exp.Count(this=exp.Star()), "n")).from_(table.copy())
        if where is not None:
            counting = counting.where(where.this.copy())
        count = int(str(_ran(counting, database).rows[0][0]))
    options = {"host": database.host, "database": database.name, "rows": str(count)}
    if where is not None:
        options["where"] = where.this.sql("postgres")
    act = Act(tool="psql", verb=first, target=name, options=options, line=line)
    tag = f"INSERT 0 {count}" if first == "insert" else f"{first.upper()} {count}"
    return Outcome(tag=tag, acts=(act,), tables=(name,))


def _ordered(
    first: str, words: Sequence[str], statement: str, database: Database, line: str
) -> Outcome:
    """A command that changes the server or its objects."""
    verb, rest = first, list(words[1:])
    if first in _OBJECTS:
        kinds = [
            word for word in rest if word not in ("or", "replace", "unique", "temp", "temporary")
        ]
        if not kinds:
            raise SqlError("syntax error at end of input", len(statement))
        verb = f"{first} {kinds[0]}"
        rest = rest[rest.index(kinds[0]) + 1 :]
    target = next((word for word in rest if word not in _SKIPPED), "")
    if verb == "alter system":
        target = next((word for word in rest if word not in ("set", "reset")), "")
    if first in ("grant", "revoke"):
        target = " ".join(rest)
    target = target.strip('"')
    on_a_table = verb in ("alter table", "drop table") or first in ("truncate", "vacuum", "analyze")
    if on_a_table and target and database.table(target) is None and "exists" not in words:
        place = statement.lower().find(target)
        kind = "table" if verb == "drop table" else "relation"
        raise SqlError(f'{kind} "{target}" does not exist', None if "drop" in verb else place)
    options = {"host": database.host, "database": database.name}
    if found := re.search(r"(?:=|\bto\b)\s*('[^']*'|\S+)\s*$", statement, re.IGNORECASE):
        options["value"] = found[1].strip("'")
    if "password" in words:
        options["password"] = "***"  # noqa: S105 - never the real one
        options.pop("value", None)
    act = Act(tool="psql", verb=verb, target=target, options=options, line=line)
    return Outcome(tag=_OTHERS.get(first, verb.upper()), acts=(act,))
