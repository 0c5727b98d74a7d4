"""A resolved PostgreSQL query is rewritten for the engine that runs it.

Rule 1: times and spans are numbers there (see `sql_values`), so most operators stay as they are.
"""

from typing import Any

from sqlglot import ErrorLevel, exp
from sqlglot.errors import UnsupportedError

from simulator.shell.lookback import moment_of
from simulator.shell.sql_functions import NotSimulated, SqlError
from simulator.shell.sql_resolve import NOW_NAMES, TEMPORAL, TYPES, kind_in
from simulator.shell.sql_values import DAY, SECOND, Kind, kind_of, span_of


def for_the_engine(tree: exp.Expr, now_s: int) -> str:
    """The annotated query in the engine's SQL; raises `SqlError` or `NotSimulated`."""
    _convert_literals(tree)
    # Children first: a parent that is rewritten takes its rewritten children with it.
    for node in reversed(list(tree.bfs())):
        new = _rewritten(node, now_s * SECOND)
        if new is not node:
            held = node.type
            node.replace(new)
            new.type = held
    try:
        return str(tree.sql("sqlite", unsupported_level=ErrorLevel.RAISE, identify=True))
    except UnsupportedError:
        raise NotSimulated("this query") from None


def _convert_literals(tree: exp.Expr) -> None:
    """A quoted literal beside a time, a span or a truth is meant as one."""
    for node in tree.find_all(exp.Binary, exp.Between, exp.In, exp.Coalesce):
        parts = [one for one in node.iter_expressions() if isinstance(one, exp.Expr)]
        kinds = [kind_in(one) for one in parts]
        wanted = next((k for k in kinds if k in TEMPORAL or k == "bool"), None)
        if wanted is None or isinstance(node, exp.Connector | exp.DPipe | exp.Interval):
            continue
        for one in parts:
            if isinstance(one, exp.Literal) and one.is_string:
                new = _number(_constant(one.name, wanted, one.meta.get("start")))
                one.replace(new)
                new.type = TYPES[wanted]


def _number(value: int) -> exp.Expr:
    # A bare negative number would read as a subtraction beside another minus sign.
    return (
        exp.Paren(this=exp.Literal.number(str(value))) if value < 0 else exp.Literal.number(value)
    )


def _constant(text: str, kind: Kind, at: int | None) -> int:
    if kind == "bool":
        if text.lower() in ("t", "true", "yes", "on", "1"):
            return 1
        if text.lower() in ("f", "false", "no", "off", "0"):
            return 0
        raise SqlError(f'invalid input syntax for type boolean: "{text}"', at)
    if kind == "interval":
        span = span_of(text)
        if span is None:
            raise SqlError(f'invalid input syntax for type interval: "{text}"', at)
        return span
    moment = moment_of(text)
    if moment is None:
        names = {"timestamptz": "timestamp with time zone", "timestamp": "timestamp"}
        raise SqlError(f'invalid input syntax for type {names.get(kind, kind)}: "{text}"', at)
    return round(moment * SECOND)


def _call(name: str, *arguments: Any) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[exp.convert(one) for one in arguments])


def _rewritten(node: exp.Expr, now: int) -> exp.Expr:
    match node:
        case exp.CurrentTimestamp() | exp.Localtimestamp():
            return _number(now)
        case exp.CurrentDate():
            return _number(now - now % DAY)
        case exp.Interval():
            count = node.this.name if node.this is not None else ""
            text = f"{count} {node.text('unit').lower()}"
            return _number(_constant(text.strip(), "interval", None))
        case exp.Cast():
            return _cast(node)
        case exp.AtTimeZone():
            return _node(node.this)
        case exp.TimestampTrunc():
            return _call("fq_trunc", node.text("unit"), node.this)
        case exp.Extract():
            return _call("fq_extract", node.name, node.expression, kind_in(node.expression))
        case exp.TimeToStr():
            return _call("fq_to_char", node.this, node.text("format"), kind_in(node.this))
        case exp.RegexpLike() | exp.RegexpILike():
            folded = int(isinstance(node, exp.RegexpILike))
            return _call("fq_regexp", node.expression, node.this, folded)
        case exp.Left() | exp.Right():
            name = "fq_left" if isinstance(node, exp.Left) else "fq_right"
            return _call(name, node.this, node.expression)
        case exp.Round():
            decimals = node.args.get("decimals")
            return _call("fq_round", node.this, *([decimals] if decimals is not None else []))
        case exp.Div():
            return _call("fq_div", node.left, node.right)
        case exp.Sub() if kind_in(node) == "int" and kind_in(node.left) == "date":
            return _call(
                "fq_div", exp.Paren(this=exp.Sub(this=node.left, expression=node.right)), DAY
            )
        case exp.Add() | exp.Sub() if {kind_in(node.left), kind_in(node.right)} == {"date", "int"}:
            return _days(node)
        case exp.Concat():
            return _call("fq_concat", *(_as_text(one) for one in node.expressions))
        case exp.DPipe():
            return exp.DPipe(this=_as_text(node.left), expression=_as_text(node.right), safe=True)
        case exp.GroupConcat():
            inner = node.this.this if isinstance(node.this, exp.Order) else node.this
            return _call("fq_joined", inner, node.args.get("separator") or ",")
        case exp.ArrayAgg():
            inner = node.this.this if isinstance(node.this, exp.Order) else node.this
            return _call("fq_joined", _as_text(inner))
        case exp.SplitPart():
            return _call("split_part", node.this, node.args["delimiter"], node.args["part_index"])
        case exp.UnixToTime():
            return exp.Mul(this=exp.Paren(this=node.this), expression=_number(SECOND))
        case exp.EQ() if isinstance(node.expression, exp.Any):
            return _is_any(node)
        case exp.Anonymous():
            return _anonymous(node, now)
    return node


def _days(node: exp.Binary) -> exp.Expr:
    """A date and a whole number: the number counts days."""
    for part in (node.left, node.right):
        if kind_in(part) == "int":
            held = exp.Paren(this=part.copy())
            part.replace(exp.Paren(this=exp.Mul(this=held, expression=_number(DAY))))
    return node


def _node(node: Any) -> exp.Expr:
    """A child, which the library types loosely."""
    assert isinstance(node, exp.Expr)
    return node


def _is_any(node: exp.EQ) -> exp.Expr:
    held = node.expression.this.unnest()
    if not isinstance(held, exp.Array):
        raise NotSimulated("= ANY over something other than a written array")
    return exp.In(this=node.this, expressions=held.expressions)


def _as_text(node: exp.Expr) -> exp.Expr:
    kind = kind_in(node)
    if kind in TEMPORAL or kind == "bool":
        return _call("fq_shown", node, kind)
    return node


def _cast(node: exp.Cast) -> exp.Expr:
    wanted = kind_of(node.to.sql("postgres"))
    inner, held = node.this, kind_in(node.this)
    if (
        isinstance(inner, exp.Literal)
        and inner.is_string
        and (wanted in TEMPORAL or wanted == "bool")
    ):
        return _number(_constant(inner.name, wanted, inner.meta.get("start")))
    if wanted == "date" and held in TEMPORAL:
        return _call("fq_trunc", "day", inner)
    if wanted == "interval":
        return _node(inner) if held == "interval" else _call("fq_span", inner)
    if wanted in TEMPORAL:
        return _node(inner)
    if wanted == "text":
        return _as_text(inner) if held in TEMPORAL or held == "bool" else exp.cast(inner, "text")
    if wanted == "int":
        return _call("fq_int", inner)
    if wanted in ("float", "numeric"):
        scale = node.to.expressions[1].name if len(node.to.expressions) > 1 else ""
        real = exp.Cast(this=inner, to=exp.DataType.build("double"))
        return _call("fq_round", real, int(scale)) if scale.isdigit() else real
    return _node(inner)


def _anonymous(node: exp.Anonymous, now: int) -> exp.Expr:
    name = node.name.lower()
    if name in NOW_NAMES:
        return _number(now)
    if name == "age":
        first, *rest = node.expressions
        minus = rest[0] if rest else _number(now - now % DAY)
        left, right = (first, minus) if rest else (minus, first)
        return exp.Paren(this=exp.Sub(this=left, expression=exp.Paren(this=right)))
    return node
