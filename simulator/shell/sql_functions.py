"""PostgreSQL's functions that the engine does not have, as pure functions of stored values.

Rule 1: a function returns nothing (NULL) where any argument is NULL, as strict functions do.
Rule 2: the server's own errors are raised as `SqlError` in its words.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from simulator.shell.re2 import PatternError, re2_pattern
from simulator.shell.sql_values import (
    DAY,
    SECOND,
    TYPE_NAMES,
    Kind,
    Stored,
    kind_of,
    shown,
    span_of,
)


class SqlError(Exception):
    """A statement the server refuses: its message, where it points, its hint."""

    def __init__(self, message: str, at: int | None = None, *, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        """Offset of the offending word in the statement."""
        self.detail = detail
        """Further lines: `DETAIL:  ...`, `HINT:  ...`."""


class NotSimulated(Exception):  # noqa: N818 - no fault of anybody: said to the person
    """Real SQL that this server does not play."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function with a fixed number of arguments, or -1 for any."""

    arguments: int
    run: Callable[..., Any]
    kind: Kind
    strict: bool = True


def size_pretty(size: float) -> str:
    """`pg_size_pretty`: the next unit from 10 kB, 10 MB ... on, halves rounded away from zero."""
    amount = float(size)
    unit, *larger = ("bytes", "kB", "MB", "GB", "TB", "PB")
    while abs(amount) >= 10240 and larger:
        unit = larger.pop(0)
        amount /= 1024
        # numeric.c and dbsize.c keep one bit and round at the end.
    whole = math.floor(abs(amount) + 0.5) if unit != "bytes" else abs(int(amount))
    return f"{'-' if amount < 0 and whole else ''}{whole} {unit}"


def lsn_bytes(text: str) -> int:
    """The byte position of a log sequence number such as `A1/2F000060`."""
    found = re.fullmatch(r"([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})", str(text))
    if found is None:
        raise SqlError(f'invalid input syntax for type pg_lsn: "{text}"')
    return (int(found[1], 16) << 32) + int(found[2], 16)


def truncated(unit: str, micros: int) -> int:
    """`date_trunc`, in UTC."""
    unit = str(unit).lower()
    simple = {"second": SECOND, "minute": 60 * SECOND, "hour": 3600 * SECOND, "day": DAY}
    if unit in simple:
        return int(micros - micros % simple[unit])
    if unit == "week":
        # 1 January 1970 was a Thursday; PostgreSQL's week begins on Monday.
        return int(micros - (micros + 3 * DAY) % (7 * DAY))
    at = _moment(micros)
    if unit not in ("month", "year"):
        raise SqlError(f'unit "{unit}" not recognized for type timestamp with time zone')
    first = at.replace(day=1, month=at.month if unit == "month" else 1)
    return truncated("day", int(first.timestamp()) * SECOND)


def extracted(unit: str, micros: int, kind: str) -> float | int:
    """`extract(unit from x)` of a time or a span."""
    unit = str(unit).lower()
    if unit == "epoch":
        return micros / SECOND
    if kind == "interval":
        spans = {
            "day": micros // DAY,
            "hour": micros % DAY // (3600 * SECOND),
            "minute": micros // (60 * SECOND) % 60,
            "second": micros % (60 * SECOND) / SECOND,
        }
        if unit in spans:
            return spans[unit]
    else:
        at = _moment(micros)
        parts = {
            "second": at.second + at.microsecond / SECOND,
            "minute": at.minute,
            "hour": at.hour,
            "day": at.day,
            "month": at.month,
            "year": at.year,
            "dow": at.isoweekday() % 7,
            "isodow": at.isoweekday(),
            "doy": at.timetuple().tm_yday,
        }
        if unit in parts:
            return parts[unit]
    fault = "not supported" if unit in ("dow", "doy", "isodow") else "not recognized"
    raise SqlError(f'unit "{unit}" {fault} for type {TYPE_NAMES.get(kind, kind)}')


def _moment(micros: int) -> datetime:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros))
    except OverflowError:
        raise SqlError("timestamp out of range") from None


def to_char(value: float, form: str, kind: str) -> str:
    """`to_char` of a time; the format is strftime's, as the parser has turned it."""
    if kind not in ("timestamptz", "timestamp", "date"):
        raise NotSimulated("to_char of numbers")
    return _moment(int(value)).strftime(str(form))


def regexp(pattern: str, text: str, ignore_case: int = 0) -> int:
    """`text ~ pattern`."""
    try:
        return int(re2_pattern(str(pattern), ignore_case=bool(ignore_case)).found(str(text)))
    except PatternError as error:
        raise SqlError(f"invalid regular expression: {error}") from None


def divided(left: float, right: float) -> float | int:
    """`/`: whole numbers stay whole, towards zero."""
    if right == 0:
        raise SqlError("division by zero")
    if isinstance(left, int) and isinstance(right, int):
        return int(math.copysign(abs(left) // abs(right), left * right)) if left else 0
    return left / right


def as_int(value: Stored) -> int:
    """`::int`: numbers to the nearest, halves to even as the server rounds doubles."""
    if isinstance(value, int | float):
        return round(value)
    try:
        return int(str(value).strip())
    except ValueError:
        raise SqlError(f'invalid input syntax for type integer: "{value}"') from None


def as_span(value: Stored) -> int:
    """`::interval` of a text."""
    micros = span_of(str(value))
    if micros is None:
        raise SqlError(f'invalid input syntax for type interval: "{value}"')
    return micros


def _rounded(value: float, places: int = 0) -> float:
    scale = 10.0 ** max(-20, min(20, int(places)))
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


def _left(text: str, count: int) -> str:
    return str(text)[: int(count)]


def _right(text: str, count: int) -> str:
    count, text = int(count), str(text)
    return text[max(0, len(text) - count) :] if count >= 0 else text[-count:]


def _split_part(text: str, separator: str, place: int) -> str:
    parts = str(text).split(str(separator)) if separator else [str(text)]
    return parts[int(place) - 1] if 1 <= int(place) <= len(parts) else ""


def _concat(*values: Stored) -> str:
    return "".join("" if value is None else str(value) for value in values)


def _lsn_diff(left: str, right: str) -> int:
    return lsn_bytes(left) - lsn_bytes(right)


def _shown(value: str | float, kind: str) -> str:
    if kind == "bool":
        return "true" if value else "false"
    return shown(value, kind_of(kind))


FUNCTIONS: Final[Mapping[str, Function]] = {
    "pg_size_pretty": Function(arguments=1, run=size_pretty, kind="text"),
    "pg_wal_lsn_diff": Function(arguments=2, run=_lsn_diff, kind="numeric"),
    "fq_trunc": Function(arguments=2, run=truncated, kind="timestamptz"),
    "fq_extract": Function(arguments=3, run=extracted, kind="numeric"),
    "fq_to_char": Function(arguments=3, run=to_char, kind="text"),
    "fq_regexp": Function(arguments=3, run=regexp, kind="bool"),
    "fq_div": Function(arguments=2, run=divided, kind="numeric"),
    "fq_int": Function(arguments=1, run=as_int, kind="int"),
    "fq_span": Function(arguments=1, run=as_span, kind="interval"),
    "fq_shown": Function(arguments=2, run=_shown, kind="text"),
    "fq_round": Function(arguments=-1, run=_rounded, kind="numeric"),
    "fq_left": Function(arguments=2, run=_left, kind="text"),
    "fq_right": Function(arguments=2, run=_right, kind="text"),
    "fq_concat": Function(arguments=-1, run=_concat, kind="text", strict=False),
    "split_part": Function(arguments=3, run=_split_part, kind="text"),
    "reverse": Function(arguments=1, run=lambda text: str(text)[::-1], kind="text"),
}


class Joined:
    """`string_agg` and `array_agg`, as aggregates of the engine, in the order of the rows."""

    def __init__(self) -> None:
        self._values: list[str] = []
        self._separator: str | None = None

    def step(self, value: Stored, separator: str | None = None) -> None:
        """Take one more row's value."""
        self._separator = separator
        if value is not None or separator is None:
            self._values.append("NULL" if value is None else str(value))

    def finalize(self) -> str | None:
        """The text of all of them; nothing for no rows."""
        if not self._values:
            return None
        if self._separator is None:
            return "{" + ",".join(self._values) + "}"
        return str(self._separator).join(self._values)
