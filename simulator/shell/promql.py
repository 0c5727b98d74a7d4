"""`promql '<expression>' [--range 15m] [--step 60s] [--time HH:MM:SS]`: asks the metrics store.

Rule 1: one line a series, as `promtool query instant` writes it; times of day are UTC.
Rule 2: a query Prometheus would refuse is refused in its words; what is not simulated says so.
"""

from typing import Final

from simulator.shell.documents import Documents
from simulator.shell.lookback import Clock, hours_text, seconds_of
from simulator.shell.promql_run import QueryError, evaluate, parsed, value_at
from simulator.shell.promql_values import (
    Allowance,
    Value,
    Window,
    label_text,
    nameless,
    number_text,
)
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

__all__ = ["QueryError", "answer", "evaluate"]

POINTS_MOST: Final = 240
_TAKES: Final = (10, 20)
_USAGE: Final = (
    "usage: promql [--range <duration>] [--step <duration>] [--time <HH:MM[:SS]>] <expression>\n"
    "example: promql 'sum(rate(http_requests_total{svc=\"api\"}[1m]))' --range 15m --step 60s\n"
)
_LIKE: Final = (
    "promql 'up'",
    "promql 'sum by (code) (rate(http_requests_total{svc=\"api\"}[1m]))'",
    "promql 'pg_up' --range 15m --step 60s",
)


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What the query prints; never raises."""
    del terminal, piped
    read = _read(command.words[1:], documents.now)
    if isinstance(read, str):
        help_asked = read == "help"
        return Reply(
            way="answered" if help_asked else "refused",
            out=_USAGE if help_asked else "",
            err="" if help_asked else f"promql: error: {read}\n{_USAGE}",
            status=0 if help_asked else 1,
        )
    expression, first, last, step = read
    allowance = Allowance(documents, first, last)
    try:
        tree = parsed(expression)
        if first == last:
            out = _instant(value_at(tree, allowance, last), last)
        else:
            out = _graph(tree, allowance, range(first, last + 1, step))
    except QueryError as error:
        return _refused(str(error), allowance)
    reads = tuple(sorted(f"metric/{name}" for name in allowance.names))
    return Reply(way="answered", out=out, takes_s=_TAKES, reads=reads)


def _refused(text: str, allowance: Allowance) -> Reply:
    reads = tuple(sorted(f"metric/{name}" for name in allowance.names))
    if text.endswith("is not simulated"):
        return Reply(way="not_simulated", err=f"promql: {text}\n", status=1, nearest=_LIKE)
    kind = "bad_data" if text.startswith("parse error") else "execution"
    err = f"query error: {kind}: {text}\n"
    return Reply(way="refused", err=err, status=1, takes_s=(2, 4), reads=reads)


def _read(words: tuple[str, ...], now: int) -> tuple[str, int, int, int] | str:
    """Expression, first and last second and step; or what is wrong; or `help`."""
    expression: list[str] = []
    given = {"--range": "", "--step": "", "--time": ""}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word in ("help", "--help", "-h"):
            return "help"
        if name in given and (equals or rest):
            given[name] = value if equals else rest.pop(0)
        elif name in given:
            return f"flag needs an argument: {name}"
        elif word.startswith("--"):
            return f"unknown flag: {name}"
        else:
            expression.append(word)
    if not expression:
        return "an expression is required"
    last = Clock(now).moment(given["--time"]) if given["--time"] else now
    length = seconds_of(given["--range"]) if given["--range"] else 0
    step = seconds_of(given["--step"]) if given["--step"] else 0
    if last is None or length is None or step is None or (given["--step"] and not step):
        return 'cannot parse time or duration: write "15m", "60s" or "10:05:30"'
    step = max(step or 60, -(-length // POINTS_MOST), 1)
    return " ".join(expression), last - length, last, step


def _instant(value: Value, at: int) -> str:
    stamp = f"@[{hours_text(at)}]"
    if isinstance(value, str):
        return f"string: {value!r} {stamp}\n"
    if isinstance(value, float):
        return f"scalar: {number_text(value)} {stamp}\n"
    lines: list[str] = []
    for one in value:
        if isinstance(one, Window):
            lines.append(f"{label_text(one.labels)} =>")
            lines += [f"{number_text(v)} @[{hours_text(int(t))}]" for t, v in one.samples]
        else:
            lines.append(f"{label_text(one.labels)} => {number_text(one.value)} {stamp}")
    return "".join(f"{line}\n" for line in lines) or "Empty query result\n"


def _graph(tree: object, allowance: Allowance, moments: range) -> str:
    """Each series with a line a step; steps without a value are left out, as on a graph."""
    lines: dict[str, list[str]] = {}
    for at in moments:
        value = value_at(tree, allowance, at)
        if isinstance(value, str):
            raise QueryError('invalid expression type "string" for range query')
        found: list[tuple[dict[str, str], float]] = (
            [({}, value)] if isinstance(value, float) else []
        )
        if isinstance(value, tuple):
            if any(isinstance(one, Window) for one in value):
                raise QueryError('invalid expression type "range vector" for range query')
            found = [(dict(one.labels), one.value) for one in value if not isinstance(one, Window)]
        for labels, number in found:
            text = label_text(labels) if labels else label_text(nameless(labels))
            lines.setdefault(text, []).append(f"{number_text(number)} @[{hours_text(at)}]")
    parts = [
        f"{series} =>\n" + "".join(f"{line}\n" for line in points)
        for series, points in sorted(lines.items())
    ]
    return "".join(parts) or "Empty query result\n"
