"""`logs '<query>' [--since 15m] [--tail 50] [--count [--by field]]`: searches the collected logs.

Rule 1: a line is `HH:MM:SS.mmm service/pod LEVEL text`, oldest first, times in UTC.
Rule 2: it finds what has been shipped, not what has happened: the newest lines come seconds later.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.documents import Documents, LogLine
from simulator.shell.log_query import Kql, LogQueryError, Test, field_of
from simulator.shell.logql import LogQl
from simulator.shell.lookback import DAY_S, Clock, hours_text, seconds_of
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

LINES_MOST: Final = 50_000
SHOWN_MOST: Final = 10_000
OUT_LONGEST: Final = 200_000
_TAKES: Final = (20, 35)
_USAGE: Final = (
    "usage: logs [<query>] [--since 15m] [--until 10:07] [--tail 50] [--count [--by <field>]]"
    " [--index <name>] [--json]\n"
    "examples: logs 'service:api and level:error' --since 15m\n"
    '          logs \'{service="api"} |= "timed out"\' --tail 20\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A typed search."""

    test: Test
    start: int
    end: int
    tail: int
    count: bool
    by: str
    as_json: bool


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What the search prints; never raises."""
    del terminal, piped
    if {"--help", "-h", "help"} & set(command.words[1:2]):
        return Reply(way="answered", out=_USAGE)
    try:
        asked = _read(command.words[1:], documents.now)
    except LogQueryError as error:
        return Reply(way="refused", err=f"logs: {error}\n", status=1, takes_s=(2, 4))
    if isinstance(asked, str):
        return Reply(way="refused", err=f"logs: {asked}\n{_USAGE}", status=2)
    lines = documents.logs(asked.start, asked.end)[-LINES_MOST:]
    hits = [line for line in lines if asked.test(line)]
    shown = hits[max(0, len(hits) - asked.tail) :]
    services = sorted({line.fields.get("service", "") for line in shown} - {""})
    err = ""
    if not hits:
        out = "0\n" if asked.count and not asked.by else ""
        err = "" if asked.count else f"no lines since {hours_text(asked.start)}\n"
    elif asked.count:
        out = _counted(hits, asked.by)
    else:
        written = _as_json if asked.as_json else _as_text
        out = _within("".join(written(line) for line in shown))
        if len(hits) > len(shown):
            err = f"{len(hits)} lines, the newest {len(shown)} shown (--tail)\n"
    reads = tuple(f"logs/{service}" for service in services) or ("logs",)
    return Reply(way="answered", out=out, err=err, takes_s=_TAKES, reads=reads)


def _within(out: str) -> str:
    if len(out) <= OUT_LONGEST:
        return out
    return out[-OUT_LONGEST:].split("\n", 1)[-1]


_WITH_VALUE: Final = {
    "-n": "--tail",
    "-s": "--since",
    "--limit": "--tail",
    "--tail": "--tail",
    "--since": "--since",
    "--until": "--until",
    "--by": "--by",
    "--index": "--index",
}


def _read(words: Sequence[str], now: int) -> _Asked | str:
    """The search, or what is wrong with it; raises `LogQueryError` for the query itself."""
    given = {"--tail": "50", "--since": "15m", "--until": "now", "--by": "", "--index": ""}
    flags: set[str] = set()
    query: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in _WITH_VALUE and not name.isalpha():
            if not equals and not rest:
                return f"flag needs an argument: {word}"
            given[_WITH_VALUE[name]] = value if equals else rest.pop(0)
        elif word in ("--count", "-c", "--json", "-f", "--follow"):
            flags.add({"-c": "--count", "-f": "--follow"}.get(word, word))
        elif word.startswith("--"):
            return f"unknown flag: {name}"
        else:
            query.append(word)
    clock = Clock(now)
    age = seconds_of(given["--since"])
    end = clock.moment(given["--until"])
    start = clock.moment(given["--since"]) if age is None else now - age
    tail = given["--tail"]
    if start is None or end is None or start > end:
        return f'invalid time "{given["--since"]}": write "15m", "10:05" or "2026-03-13T10:05Z"'
    if not (tail.isascii() and tail.isdigit()) or len(tail) > 9:
        return f'invalid argument "{tail}" for "--tail"'
    test = _read_query(" ".join(query))
    if given["--index"]:
        test = _and(_read_query(f"index:{given['--index']}"), test)
    return _Asked(
        test=test,
        start=max(start, now - 7 * DAY_S),
        end=min(end, now),
        tail=min(int(tail), SHOWN_MOST),
        count="--count" in flags or bool(given["--by"]),
        by=given["--by"],
        as_json="--json" in flags,
    )


def _read_query(text: str) -> Test:
    """The test a query states; raises `LogQueryError`. An empty query takes every line."""
    if text.lstrip().startswith("{"):
        return LogQl(text).test()
    if text.strip() in ("", "*"):
        return lambda _: True
    return Kql(text).test()


def _and(first: Test, second: Test) -> Test:
    return lambda line: first(line) and second(line)


def _counted(hits: Sequence[LogLine], by: str) -> str:
    if not by:
        return f"{len(hits)}\n"
    if by in ("minute", "time"):
        minutes = Counter(hours_text(line.at_ms // 60_000 * 60)[:5] for line in hits)
        return "".join(f"{count:7} {minute}\n" for minute, count in sorted(minutes.items()))
    values = Counter(field_of(line, by) or "-" for line in hits)
    ordered = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return _within("".join(f"{count:7} {value}\n" for value, count in ordered[:SHOWN_MOST]))


def _as_text(line: LogLine) -> str:
    stamp = f"{hours_text(line.at_ms // 1000)}.{line.at_ms % 1000:03}"
    fields = line.fields
    origin = "/".join(part for part in (fields.get("service"), fields.get("pod")) if part) or "-"
    return f"{stamp} {origin} {fields.get('level', '-').upper()} {line.text}\n"


def _as_json(line: LogLine) -> str:
    stamp = f"{hours_text(line.at_ms // 1000)}.{line.at_ms % 1000:03}"
    body = {"time": stamp, **line.fields, "message": line.text}
    return json.dumps(body, ensure_ascii=False) + "\n"
