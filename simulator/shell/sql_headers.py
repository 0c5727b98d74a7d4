"""Names of a query's columns, as PostgreSQL gives them where nobody named them.

Rule 1: follows FigureColname of PostgreSQL's parse_target.c for what people type.
"""

from typing import Final

from sqlglot import exp


def headers(tree: exp.Expr) -> tuple[tuple[str, ...], tuple[int | None, ...]]:
    """Column names as PostgreSQL gives them, and the scales of rounded columns."""
    names: list[str] = []
    scales: list[int | None] = []
    for one in getattr(tree, "selects", []):
        inner = one.unalias()
        names.append(one.alias or _figured(inner))
        decimals = inner.args.get("decimals") if isinstance(inner, exp.Round) else None
        places = decimals.name if isinstance(decimals, exp.Literal) else ""
        if isinstance(inner, exp.Cast) and len(inner.to.expressions) > 1:
            places = inner.to.expressions[1].name
        if isinstance(inner, exp.Round) and decimals is None:
            places = "0"
        if isinstance(inner, exp.Extract):
            places = "6" if inner.name.lower() in ("epoch", "second") else "0"
        if isinstance(inner, exp.Literal) and not inner.is_string and "." in inner.name:
            places = str(len(inner.name.partition(".")[2]))
        scales.append(int(places) if places.isdigit() else None)
    return tuple(names), tuple(scales)


_NAMES: Final = {
    exp.GroupConcat: "string_agg",
    exp.CurrentTimestamp: "now",
    exp.TimestampTrunc: "date_trunc",
    exp.TimeToStr: "to_char",
    exp.LogicalOr: "bool_or",
    exp.LogicalAnd: "bool_and",
    exp.UnixToTime: "to_timestamp",
    exp.Case: "case",
    exp.If: "case",
    exp.StrPosition: "position",
    exp.Boolean: "bool",
    exp.Exists: "exists",
    exp.Interval: "interval",
    exp.CurrentDatabase: "current_database",
    exp.CurrentVersion: "version",
}


def _figured(node: exp.Expr) -> str:
    """The name PostgreSQL gives a column nobody named (FigureColname)."""
    match node:
        case exp.Column():
            return node.name
        case exp.Paren():
            return _figured(node.this)
        case exp.Cast():
            inner = _figured(node.this)
            return inner if inner != "?column?" else _cast_name(node)
        case exp.Anonymous():
            return node.name.lower()
        case exp.Dot():
            return _figured(node.expression)
        case exp.Filter() | exp.Window():
            return _figured(node.this)
        case exp.Subquery():
            first = node.this.selects[0]
            return first.alias or _figured(first.unalias())
    if type(node) in _NAMES:
        return _NAMES[type(node)]
    if isinstance(node, exp.Func) and not isinstance(node, exp.Binary | exp.Connector):
        return node.sql_name().lower()
    return "?column?"


def _cast_name(node: exp.Cast) -> str:
    name = node.to.sql("postgres").lower().partition("(")[0]
    return {"int": "int4", "bigint": "int8", "double precision": "float8", "boolean": "bool",
            "decimal": "numeric"}.get(name, name)  # fmt: skip
