"""Evaluates a parsed PromQL expression at one second over the metric series it is given.

Rule 1: windows are left-open, `(at - range, at]`, and a sample is stale after five minutes or when
    the series' newest sample is NaN (the stale marker), as in Prometheus 3.
Rule 2: parsing is promql-parser's; what it accepts and we do not answer raises `QueryError`.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Final

import promql_parser

from simulator.shell.documents import Documents, Series
from simulator.shell.promql_aggregate import aggregated
from simulator.shell.promql_binary import combined
from simulator.shell.promql_functions import (
    CLOCKS,
    ON_EACH,
    as_matrix,
    as_number,
    as_vector,
    on_each,
    other,
)
from simulator.shell.promql_values import (
    NAME,
    Allowance,
    Matrix,
    QueryError,
    Sample,
    Value,
    Vector,
    Window,
    in_order,
    key_of,
    label_text,
    nameless,
)
from simulator.shell.promql_windows import (
    KEEP_NAME,
    OVER_A_WINDOW,
    predict_linear,
    quantile,
)
from simulator.shell.re2 import PatternError, re2_pattern

LOOKBACK_S: Final = 300
DEEPEST: Final = 40
EXPRESSION_LONGEST: Final = 4000
SUBQUERY_STEP_S: Final = 15

_HUGE: Final = re.compile(r"\d{7,}[a-zA-Z]|\d{11}|[eE][+-]?\d{2}|(?i:0x[0-9a-f]{9})")


def parsed(expression: str) -> Any:
    """The parser's tree; raises `QueryError` in its words."""
    if len(expression) > EXPRESSION_LONGEST:
        raise QueryError("query is too long")
    nesting = deepest = 0
    for sign in expression:
        nesting += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, nesting)
    if deepest > DEEPEST:
        raise QueryError("parse error: expression nests too deeply")
    if _HUGE.search(expression):
        # The parser gives up for good on a duration that does not fit its integers.
        raise QueryError("parse error: duration out of range")
    try:
        return promql_parser.parse(expression)
    except ValueError as error:
        raise QueryError(f"parse error: {error}") from None


def value_at(tree: Any, allowance: Allowance, at: int) -> Value:
    """The expression's value at an epoch second, within the allowance."""
    try:
        return _Step(allowance, at).value(tree)
    except RecursionError:
        raise QueryError("an expression of so many parts is not simulated") from None


def evaluate(expression: str, documents: Documents, at: int) -> Vector:
    """The expression's instant vector at an epoch second; a number is one element without labels.

    Raises `QueryError` where Prometheus would answer an error.
    """
    found = value_at(parsed(expression), Allowance(documents, at, at), at)
    if isinstance(found, str):
        raise QueryError("invalid expression type: string")
    if isinstance(found, float):
        return (Sample(labels={}, value=found),)
    if any(isinstance(one, Window) for one in found):
        raise QueryError(
            'invalid expression type "range vector" for range query, must be Scalar or'
            " instant Vector"
        )
    return tuple(one for one in found if isinstance(one, Sample))


class _Step:
    """One evaluation second of one query."""

    def __init__(self, allowance: Allowance, at: int) -> None:
        self._allowance = allowance
        self._at = at

    def value(self, node: Any) -> Value:
        self._allowance.visit(1)
        match node:
            case promql_parser.NumberLiteral() | promql_parser.StringLiteral():
                return node.val if isinstance(node.val, str) else float(node.val)
            case promql_parser.ParenExpr():
                return self.value(node.expr)
            case promql_parser.UnaryExpr():
                inner = self.value(node.expr)
                return -inner if isinstance(inner, float) else on_each(as_vector(inner), _negated)
            case promql_parser.VectorSelector():
                return self._instant(node)
            case promql_parser.MatrixSelector():
                return self._range(node.vector_selector, node.range.total_seconds())
            case promql_parser.SubqueryExpr():
                return self._subquery(node)
            case promql_parser.BinaryExpr():
                left, right = self.value(node.lhs), self.value(node.rhs)
                return combined(str(node.op), _operand(left), _operand(right), node.modifier)
            case promql_parser.AggregateExpr():
                param = None if node.param is None else self.value(node.param)
                held = param if isinstance(param, float | str) else None
                vector = as_vector(self.value(node.expr))
                return aggregated(str(node.op), vector, node.modifier, held)
            case _:
                return self._call(node.func.name, node.args)

    def _moment(self, node: Any) -> int:
        at = self._at
        if node.at is not None:
            when = getattr(node.at, "at", None)
            at = int(when.timestamp()) if when is not None else self._at
        shift = node.offset.total_seconds() if node.offset is not None else 0.0
        return int(at - shift)

    def _series(self, node: Any, start: float, end: int) -> list[Series]:
        if node.matchers.or_matchers:
            raise QueryError(
                'parse error: unexpected <op:or> in label matching, expected "," or "}"'
            )
        matchers = list(node.matchers.matchers)
        name = node.name or next(
            (m.value for m in matchers if m.name == NAME and str(m.op).endswith(".Equal")), ""
        )
        if not name:
            raise QueryError("a selector without a metric name is not simulated")
        tests = [_test(matcher) for matcher in matchers if matcher.name != NAME]
        found = self._allowance.series(name, math.floor(start), end, self._at)
        return [one for one in found if all(test(one.labels) for test in tests)]

    def _instant(self, node: Any) -> Vector:
        at = self._moment(node)
        out: list[Sample] = []
        for one in self._series(node, at - LOOKBACK_S, at):
            self._allowance.visit(1)
            place = bisect_right(one.samples, (at, math.inf)) - 1
            if place < 0:
                continue
            when, value = one.samples[place]
            if when > at - LOOKBACK_S and not math.isnan(value):
                out.append(Sample(labels={**one.labels, NAME: one.name}, value=float(value)))
        return in_order(out)

    def _range(self, node: Any, length_s: float) -> Matrix:
        end = self._moment(node)
        start = end - length_s
        out: list[Window] = []
        for one in self._series(node, start, end):
            low = bisect_right(one.samples, (start, math.inf))
            high = bisect_right(one.samples, (end, math.inf))
            self._allowance.visit(high - low)
            points = [(float(t), float(v)) for t, v in one.samples[low:high] if not math.isnan(v)]
            if points:
                labels = {**one.labels, NAME: one.name}
                out.append(Window(labels=labels, samples=points, start=start, end=end))
        return tuple(sorted(out, key=lambda window: key_of(window.labels)))

    def _subquery(self, node: Any) -> Matrix:
        end = self._moment(node)
        length_s = node.range.total_seconds()
        step = int(node.step.total_seconds()) if node.step is not None else SUBQUERY_STEP_S
        step = max(1, step)
        start = end - length_s
        self._allowance.visit(int(length_s // step))
        lines: dict[tuple[tuple[str, str], ...], list[tuple[float, float]]] = {}
        at = (math.floor(start) // step + 1) * step
        while at <= end:
            for sample in as_vector(_Step(self._allowance, at).value(node.expr)):
                lines.setdefault(key_of(sample.labels), []).append((float(at), sample.value))
            at += step
        return tuple(
            Window(labels=dict(key), samples=points, start=start, end=end)
            for key, points in sorted(lines.items())
        )

    def _call(self, name: str, arguments: Sequence[Any]) -> Value:
        if name == "time":
            return float(self._at)
        if name in ("absent", "absent_over_time"):
            return self._absent(arguments[0])
        values = [self.value(argument) for argument in arguments]
        if name in OVER_A_WINDOW:
            return self._over(name, as_matrix(values[0]))
        if name in ("quantile_over_time", "predict_linear"):
            return self._over_with(name, values)
        if name in CLOCKS and not values:
            values = [(Sample(labels={}, value=float(self._at)),)]
        if name in ON_EACH:
            return on_each(as_vector(values[0]), ON_EACH[name])
        return other(name, values)

    def _over(self, name: str, matrix: Matrix) -> Vector:
        out: list[Sample] = []
        for window in matrix:
            value = OVER_A_WINDOW[name](window)
            if value is not None:
                labels = window.labels if name in KEEP_NAME else nameless(window.labels)
                out.append(Sample(labels=labels, value=value))
        return in_order(out)

    def _over_with(self, name: str, values: Sequence[Value]) -> Vector:
        out: list[Sample] = []
        windows, number = (values[1], values[0]) if name[0] == "q" else (values[0], values[1])
        for window in as_matrix(windows):
            if name == "predict_linear":
                found = predict_linear(window, self._at, as_number(number))
            else:
                found = quantile(as_number(number), [value for _, value in window.samples])
            if found is not None:
                out.append(Sample(labels=nameless(window.labels), value=found))
        return in_order(out)

    def _absent(self, node: Any) -> Vector:
        if self.value(node):
            return ()
        selector = getattr(node, "vector_selector", node)
        matchers = getattr(getattr(selector, "matchers", None), "matchers", [])
        labels = {
            m.name: m.value for m in matchers if m.name != NAME and str(m.op).endswith(".Equal")
        }
        return (Sample(labels=labels, value=1.0),)


def _negated(value: float) -> float:
    return -value


def _test(matcher: Any) -> Any:
    name, wanted = matcher.name, matcher.value
    op = str(matcher.op).rsplit(".", 1)[-1]
    if op in ("Equal", "NotEqual"):
        return lambda labels: (labels.get(name, "") == wanted) == (op == "Equal")
    try:
        pattern = re2_pattern(wanted)
    except PatternError as error:
        raise QueryError(f"parse error: error parsing regexp: {error}") from None

    def holds(labels: Mapping[str, str]) -> bool:
        return pattern.whole(labels.get(name, "")) == (op == "Re")

    return holds


def _operand(value: Value) -> float | Vector:
    return value if isinstance(value, float) else as_vector(value)


__all__ = ["QueryError", "evaluate", "label_text", "parsed", "value_at"]
