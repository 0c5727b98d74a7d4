"""Runs one SQL query over the documents' tables, in an engine that lives for that query alone.

Rule 1: the engine is an in-memory SQLite that may only read what was loaded into it: it opens no
    file, attaches nothing, and stops after a bounded number of steps, rows and characters.
Rule 2: a function that would change the server is noted, with the arguments it really got, row by
    row; whether it happens is decided elsewhere.
"""

import math
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlglot import exp

from simulator.shell.sql_functions import (
    FUNCTIONS,
    Joined,
    NotSimulated,
    SqlError,
)
from simulator.shell.sql_headers import headers
from simulator.shell.sql_resolve import kind_in, resolved
from simulator.shell.sql_rewrite import for_the_engine
from simulator.shell.sql_server import (
    ACTING,
    VERSION,
    Call,
    Session,
    acting,
    check_functions,
    fact,
    function_kinds,
)
from simulator.shell.sql_tables import Database, Table
from simulator.shell.sql_values import EARLIEST, LATEST, MOMENTS, Kind, Stored, stored

ROWS_MOST: Final = 10_000
STEPS_MOST: Final = 400
"""Times 50,000 engine instructions: about a second of work."""
VALUE_LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A query's rows."""

    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    scales: tuple[int | None, ...]
    """Places behind the point of a numeric column, where the query fixes them."""
    rows: Sequence[Sequence[Stored]]
    calls: tuple[Call, ...] = ()
    warnings: tuple[str, ...] = ()
    lost: Literal["", "canceled", "terminated"] = ""
    """What the query did to the session it ran in, beside its calls."""
    tables: tuple[str, ...] = ()
    """Documents read: table names, and `functions`."""


def run(tree: exp.Expr, database: Database) -> Result:
    """The rows of a parsed query; raises `SqlError` or `NotSimulated`."""
    facts = database.functions()
    tables = _tables(tree, database)
    columns, scales = headers(tree)
    kinds = function_kinds(facts)
    check_functions(tree, kinds, facts)
    query = resolved(_without_settings(tree, database, facts), tables, kinds)
    selects = [one.unalias() for one in query.selects]
    sql = for_the_engine(query.copy(), database.documents.now)
    session = Session()
    engine = sqlite3.connect(":memory:", cached_statements=0, isolation_level=None)
    try:
        _load(engine, tables)
        _arm(engine, session, database, facts)
        rows = engine.execute(sql).fetchmany(ROWS_MOST)
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        raise session.failure or _engine_error(str(error)) from None
    finally:
        engine.close()
    if len(columns) != len(selects):
        columns = tuple(one.alias_or_name for one in query.selects)
        scales = (None,) * len(columns)
    read = {*tables} | ({"functions"} if _calls_facts(tree, kinds) else set())
    shown_as: tuple[Kind, ...] = tuple(
        "numeric" if scale is not None else kind_in(one)
        for one, scale in zip(selects, scales, strict=True)
    )
    _check_values(rows, shown_as)
    return Result(
        columns=columns,
        kinds=shown_as,
        scales=scales,
        rows=rows,
        calls=tuple(session.calls),
        warnings=tuple(session.warnings),
        lost=session.lost,
        tables=tuple(sorted(read)),
    )


def _check_values(rows: Sequence[Sequence[Any]], kinds: Sequence[Kind]) -> None:
    """Refuse what the engine can hold and the server cannot, or not so."""
    for value, kind in ((v, kind) for row in rows for v, kind in zip(row, kinds, strict=True)):
        if isinstance(value, bytes):
            raise NotSimulated("a bit string")
        if isinstance(value, float) and not math.isfinite(value):
            raise SqlError("value out of range: overflow")
        if kind in MOMENTS and value is not None and not EARLIEST <= value <= LATEST:
            raise SqlError("timestamp out of range")


def _engine_error(text: str) -> Exception:
    if "interrupted" in text:
        return SqlError("canceling statement due to statement timeout")
    return NotSimulated("this query")


def _tables(tree: exp.Expr, database: Database) -> dict[str, Table]:
    named = {cte.alias for cte in tree.find_all(exp.CTE)}
    found: dict[str, Table] = {}
    for source in tree.find_all(exp.Table):
        if not isinstance(source.this, exp.Identifier):
            raise NotSimulated("a function in FROM")
        if source.name in named and not source.db:
            continue
        name = source.name if source.this.quoted else source.name.lower()
        table = database.table(name, source.db.lower())
        if table is None:
            shown = f"{source.db}.{name}" if source.db else name
            where = source.args.get("db") or source.this
            raise SqlError(f'relation "{shown}" does not exist', where.meta.get("start"))
        if source.db:
            if not source.alias:
                source.set("alias", exp.TableAlias(this=exp.to_identifier(name)))
            source.set("db", None)
            source.set("this", exp.to_identifier(table.name, quoted="." in table.name))
        found[table.name] = table
    return found


def _without_settings(tree: exp.Expr, database: Database, facts: Mapping[str, Any]) -> exp.Expr:
    """`current_user` and its like, which the parser keeps as words of their own, become text."""
    words: dict[type[exp.Expr], str] = {
        exp.CurrentUser: database.user,
        exp.SessionUser: database.user,
        exp.CurrentDatabase: str(facts.get("current_database", database.name)),
        exp.CurrentSchema: "public",
    }

    def plain(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.CurrentVersion):
            return exp.Literal.string(str(facts.get("version", VERSION)))
        if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous):
            return node.expression
        return exp.Literal.string(words[type(node)]) if type(node) in words else node

    return tree.transform(plain)


def _calls_facts(tree: exp.Expr, kinds: Mapping[str, Kind]) -> bool:
    named = {node.name.lower() for node in tree.find_all(exp.Anonymous)}
    return bool(named & (kinds.keys() - ACTING.keys()))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _load(engine: sqlite3.Connection, tables: Mapping[str, Table]) -> None:
    for table in tables.values():
        names = ", ".join(_quoted(column.name) for column in table.columns)
        engine.execute(f"create table {_quoted(table.name)} ({names})")
        marks = ", ".join("?" * len(table.columns))
        engine.executemany(
            f"insert into {_quoted(table.name)} values ({marks})",  # noqa: S608 - names quoted
            (
                [stored(row.get(column.name), column.kind) for column in table.columns]
                for row in table.rows[:ROWS_MOST]
            ),
        )


def _arm(
    engine: sqlite3.Connection,
    session: Session,
    database: Database,
    facts: Mapping[str, Any],
) -> None:
    """Give the engine its functions and take everything dangerous away."""
    for name, function in FUNCTIONS.items():
        engine.create_function(
            name,
            function.arguments,
            _guarded(function.run, session, strict=function.strict),
            deterministic=True,
        )
    # The stub of `create_aggregate` knows aggregates of whole numbers only.
    joined: Any = Joined
    engine.create_aggregate("fq_joined", -1, joined)
    for name, kind in function_kinds(facts).items():
        if name in ACTING:
            run_it = acting(name, session, database)
        else:
            run_it = fact(name, kind, database, facts)
        engine.create_function(name, -1, _guarded(run_it, session, strict=False))
    engine.execute("pragma case_sensitive_like = on")
    engine.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_LONGEST)
    engine.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200)
    steps = iter(range(STEPS_MOST))
    engine.set_progress_handler(lambda: next(steps, None) is None, 50_000)
    allowed = {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
    engine.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY
    )


def _guarded(function: Callable[..., Any], session: Session, *, strict: bool) -> Callable[..., Any]:
    def call(*arguments: Stored) -> Any:
        if strict and any(argument is None for argument in arguments):
            return None
        try:
            return function(*arguments)
        except (SqlError, NotSimulated) as error:
            session.failure = session.failure or error
            raise
        except (TypeError, ValueError, OverflowError, ArithmeticError):
            session.failure = session.failure or NotSimulated("a function of such arguments")
            raise

    return call
