"""A PostgreSQL query is read and its names and types resolved against the tables there are.

Rule 1: what does not exist is refused here, in PostgreSQL's words, pointing at the wrong word.
Rule 2: types follow PostgreSQL's rules where showing a value depends on them: a time minus a time
    is a span, a mean of whole numbers is a numeric.
"""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlglot import exp, parse_one
from sqlglot.dialects.postgres import Postgres
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from simulator.shell.sql_functions import FUNCTIONS, NotSimulated, SqlError
from simulator.shell.sql_tables import Table
from simulator.shell.sql_values import RIGHT_ALIGNED, TYPE_NAMES, Kind

# The parser's notes on exotic syntax belong to nobody's terminal.
logging.getLogger("sqlglot").addHandler(logging.NullHandler())

TEMPORAL: Final = frozenset({"timestamptz", "timestamp", "date", "interval"})
NOW_NAMES: Final = frozenset(
    {"now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "localtimestamp"}
)
TYPES: Final[Mapping[Kind, exp.DType]] = {
    "int": exp.DType.BIGINT,
    "float": exp.DType.DOUBLE,
    "numeric": exp.DType.DECIMAL,
    "text": exp.DType.TEXT,
    "bool": exp.DType.BOOLEAN,
    "timestamptz": exp.DType.TIMESTAMPTZ,
    "timestamp": exp.DType.TIMESTAMP,
    "date": exp.DType.DATE,
    "interval": exp.DType.INTERVAL,
    "json": exp.DType.JSONB,
}
_KINDS: Final[Mapping[str, Kind]] = {dtype.value: kind for kind, dtype in TYPES.items()} | {
    "INT": "int",
    "SMALLINT": "int",
    "FLOAT": "float",
    "VARCHAR": "text",
    "JSON": "json",
    "BIGDECIMAL": "numeric",
}


_NAMES: Final[Mapping[str, str]] = {**TYPE_NAMES, "int": "integer"}
"""Types as errors about written numbers name them."""


def kind_in(node: exp.Expr) -> Kind:
    """The kind of an annotated expression's values."""
    held = node.type
    name = held.this.value if isinstance(held, exp.DataType) else ""
    return _KINDS.get(name, "text")


def resolved(tree: exp.Expr, tables: Mapping[str, Table], kinds: Mapping[str, Kind]) -> exp.Query:
    """The query with every column's table known and every expression's type noted.

    `kinds` are the kinds of functions that are facts or acts. Raises `SqlError`.
    """
    schema: dict[str, object] = {
        name: {column.name: TYPES[column.kind].value for column in table.columns}
        for name, table in tables.items()
    }
    try:
        out = qualify(
            tree,
            schema=schema,
            dialect="postgres",
            quote_identifiers=False,
            validate_qualify_columns=False,
        )
    except OptimizeError as error:
        raise _unresolved(str(error), tree) from None
    _check_columns(out, tables)
    metadata = dict(Postgres.EXPRESSION_METADATA)
    metadata[exp.Sub] = metadata[exp.Add] = {"annotator": _arithmetic}
    metadata[exp.Div] = metadata[exp.Mul] = {"annotator": _product}
    metadata[exp.TimestampTrunc] = {"returns": exp.DType.TIMESTAMPTZ}
    metadata[exp.UnixToTime] = {"returns": exp.DType.TIMESTAMPTZ}
    metadata[exp.CurrentTimestamp] = {"returns": exp.DType.TIMESTAMPTZ}
    metadata[exp.Avg] = {"annotator": _mean}
    metadata[exp.Round] = {"annotator": _round}
    metadata[exp.Extract] = {"returns": exp.DType.DECIMAL}
    metadata[exp.Anonymous] = {"annotator": _called(kinds)}
    annotated = annotate_types(out, schema=schema, expression_metadata=metadata, dialect="postgres")
    assert isinstance(annotated, exp.Query), "a query stays one"
    return annotated


def _unresolved(text: str, tree: exp.Expr) -> Exception:
    if found := re.search(r"Unknown (?:output )?column: (\S+)", text):
        name = found[1].strip("\"'")
        if name.isdigit():
            return SqlError(f"ORDER BY position {name} is not in select list")
        column = next(one for one in tree.find_all(exp.Column) if one.name == name and one.table)
        begins = column.args["table"].meta.get("start")
        return SqlError(f"column {column.table}.{name} does not exist", begins)
    if found := re.search(r"Unknown table: '?\"?([\w.]+)", text):
        name = found[1]
        return SqlError(f'missing FROM-clause entry for table "{name}"', place_of(tree, name))
    if found := re.search(r"Alias already used: (\S+)", text):
        return SqlError(f'table name "{found[1]}" specified more than once')
    return NotSimulated(text.split("\n", maxsplit=1)[0].lower())


def place_of(tree: exp.Expr, name: str) -> int | None:
    """The offset of a name's first mention in the statement."""
    named = (node for node in tree.find_all(exp.Identifier, exp.Anonymous) if node.name == name)
    return next((int(node.meta["start"]) for node in named if "start" in node.meta), None)


def _check_columns(tree: exp.Expr, tables: Mapping[str, Table]) -> None:
    sources = [one for one in tree.find_all(exp.Table, exp.Subquery, exp.CTE) if one.alias_or_name]
    names = {one.alias_or_name for one in sources}
    for select in tree.find_all(exp.Select):
        named = {
            one.alias_or_name: one
            for one in sources
            if isinstance(one, exp.Table) and one.find_ancestor(exp.Select) is select
        }
        for column in select.find_all(exp.Column):
            if isinstance(column.this, exp.Star) or column.find_ancestor(exp.Select) is not select:
                continue
            begins = column.this.meta.get("start")
            outer = column.find_ancestor(exp.Order, exp.Distinct)
            if not column.table and not (outer and column.name in select.named_selects):
                holders = [one for one in named.values() if _holds(tables, one, column.name)]
                if len(holders) > 1:
                    raise SqlError(f'column reference "{column.name}" is ambiguous', begins)
                raise SqlError(f'column "{column.name}" does not exist', begins)
            if column.table and column.table not in names:
                table = column.args["table"].meta.get("start")
                raise SqlError(f'missing FROM-clause entry for table "{column.table}"', table)
        _check_grouping(select)


def _holds(tables: Mapping[str, Table], source: exp.Table, name: str) -> bool:
    return source.name in tables and name in {one.name for one in tables[source.name].columns}


def _check_grouping(select: exp.Select) -> None:
    """Refuse a column that is neither grouped nor aggregated, as PostgreSQL does."""
    group = select.args.get("group")
    grouped = {node.sql() for node in group.expressions} if group is not None else set()
    own = (
        found.find_ancestor(exp.Select) is select and not node.find(exp.Window)
        for node in select.expressions
        for found in node.find_all(exp.AggFunc)
    )
    if group is None and not any(own):
        return
    todo = [node.unalias() for node in select.expressions]
    while todo:
        node = todo.pop()
        if isinstance(node, exp.AggFunc | exp.Query | exp.Filter | exp.WithinGroup):
            continue
        if node.sql() in grouped:
            continue
        if isinstance(node, exp.Column):
            raise SqlError(
                f'column "{node.table}.{node.name}" must appear in the GROUP BY clause or be used'
                " in an aggregate function",
                node.this.meta.get("start"),
            )
        todo.extend(child for child in node.iter_expressions() if isinstance(child, exp.Expr))


def _arithmetic(annotator: Any, node: exp.Binary) -> exp.Expr:
    left, right = kind_in(node.left), kind_in(node.right)
    kind: Kind
    if left in TEMPORAL and right in TEMPORAL:
        kind = right if left == "interval" else left
        if left != "interval" and right != "interval":
            kind = "int" if left == right == "date" else "interval"
        elif kind == "date":
            kind = "timestamp"
    elif left in TEMPORAL or right in TEMPORAL:
        kind, other = (left, right) if left in TEMPORAL else (right, left)
        if kind != "date" and other in RIGHT_ALIGNED:
            sign = "-" if isinstance(node, exp.Sub) else "+"
            words = f"{_NAMES.get(left, left)} {sign} {_NAMES.get(right, right)}"
            hint = (
                "HINT:  No operator matches the given name and argument types. You might need to"
                " add explicit type casts."
            )
            raise SqlError(f"operator does not exist: {words}", detail=hint)
    else:
        return _product(annotator, node)
    annotator._set_type(node, TYPES[kind])  # noqa: SLF001 - the annotator's way to be extended
    return node


def _product(annotator: Any, node: exp.Binary) -> exp.Expr:
    kinds = [kind_in(node.left), kind_in(node.right)]
    order: tuple[Kind, ...] = ("interval", "float", "numeric", "int")
    kind: Kind = next((one for one in order if one in kinds), "numeric")
    annotator._set_type(node, TYPES[kind])  # noqa: SLF001 - see above
    return node


def _mean(annotator: Any, node: exp.Expr) -> exp.Expr:
    inner = kind_in(node.this)
    kind: Kind = inner if inner in ("interval", "float") else "numeric"
    annotator._set_type(node, TYPES[kind])  # noqa: SLF001 - see above
    return node


def _round(annotator: Any, node: exp.Expr) -> exp.Expr:
    exact = kind_in(node.this) != "float" or node.args.get("decimals") is not None
    kind: Kind = "numeric" if exact else "float"
    annotator._set_type(node, TYPES[kind])  # noqa: SLF001 - see above
    return node


def _called(kinds: Mapping[str, Kind]) -> Callable[[Any, exp.Expr], exp.Expr]:
    def annotate(annotator: Any, node: exp.Expr) -> exp.Expr:
        name = node.name.lower()
        kind: Kind
        if name in kinds:
            kind = kinds[name]
        elif name in NOW_NAMES or name == "age":
            kind = "interval" if name == "age" else "timestamptz"
        else:
            kind = FUNCTIONS[name].kind
        annotator._set_type(node, TYPES[kind])  # noqa: SLF001 - see above
        return node

    return annotate


def read_query(text: str) -> exp.Expr:
    """The tree of one query; raises sqlglot's own errors."""
    tree: exp.Expr = parse_one(text, read="postgres")
    return tree
