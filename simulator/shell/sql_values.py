"""PostgreSQL's values as we keep them, and as psql shows them.

Rule 1: times are whole microseconds since 1970, spans whole microseconds, truth is 0 or 1: SQL can
    then compare and subtract them as numbers, and only showing needs their kind.
Rule 2: everything is shown as a server in UTC with the default DateStyle would.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from simulator.shell.lookback import moment_of

Kind: TypeAlias = Literal[
    "int",
    "float",
    "numeric",
    "text",
    "bool",
    "timestamptz",
    "timestamp",
    "date",
    "interval",
    "json",
]
Stored: TypeAlias = str | int | float | None

TYPE_NAMES: Final[Mapping[str, str]] = {
    "int": "bigint",
    "float": "double precision",
    "bool": "boolean",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "json": "jsonb",
}
"""Kinds as PostgreSQL names their types, where it does so otherwise."""
SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
RIGHT_ALIGNED: Final = frozenset({"int", "float", "numeric"})
MOMENTS: Final = frozenset({"timestamptz", "timestamp", "date"})
EARLIEST: Final = -62_135_596_800 * SECOND
LATEST: Final = 253_402_300_799 * SECOND
"""The years 1 to 9999."""
SPANS_LONGEST: Final = 400 * 365 * DAY

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*", re.DOTALL)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK: Final = re.compile(r"-?(?:\d+ days? )?-?\d+:\d\d:\d\d(?:\.\d+)?")
_LOOKS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (_ISO, "timestamptz"),
    (_DATE, "date"),
    (_CLOCK, "interval"),
)
_SPAN: Final = re.compile(r"\s*([+-]?\d{1,12}(?:\.\d{1,6})?)\s*([a-z]+)\s*,?", re.IGNORECASE)
_TIME: Final = re.compile(r"\s*([+-]?)(\d{1,7}):(\d\d)(?::(\d\d(?:\.\d{1,6})?))?\s*")
_UNITS: Final[dict[str, int]] = {
    "microsecond": 1,
    "us": 1,
    "millisecond": 1000,
    "ms": 1000,
    "second": SECOND,
    "sec": SECOND,
    "s": SECOND,
    "minute": 60 * SECOND,
    "min": 60 * SECOND,
    "m": 60 * SECOND,
    "hour": 3600 * SECOND,
    "hr": 3600 * SECOND,
    "h": 3600 * SECOND,
    "day": DAY,
    "d": DAY,
    "week": 7 * DAY,
    "w": 7 * DAY,
    "month": 30 * DAY,
    "mon": 30 * DAY,
    "year": 365 * DAY,
    "y": 365 * DAY,
}


def kind_of(type_name: str) -> Kind:
    """The kind of a PostgreSQL type by any of its names; text where it is unknown."""
    name = type_name.lower().partition("(")[0].strip()
    if name in ("timestamp with time zone", "timestamptz"):
        return "timestamptz"
    if name.startswith("timestamp"):
        return "timestamp"
    if name in ("int", "integer", "bigint", "smallint", "int2", "int4", "int8", "oid", "xid"):
        return "int"
    if name in ("double precision", "double", "real", "float", "float4", "float8"):
        return "float"
    if name in ("numeric", "decimal"):
        return "numeric"
    if name in ("boolean", "bool"):
        return "bool"
    if name in ("date", "interval"):
        return "date" if name == "date" else "interval"
    return "json" if name in ("json", "jsonb") else "text"


def kind_among(column: str, values: Iterable[Any]) -> Kind:
    """The kind that fits all values of an undeclared column."""
    held = [value for value in values if value is not None]
    if not held:
        return "text"
    if all(isinstance(value, bool) for value in held):
        return "bool"
    timely = column.endswith(("_at", "_time", "_start", "timestamp"))
    if timely and all(_is_moment(value) for value in held):
        return "timestamptz"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in held):
        return "int" if all(isinstance(value, int) for value in held) else "float"
    if all(isinstance(value, str) for value in held):
        return next((kind for pattern, kind in _LOOKS if all(map(pattern.fullmatch, held))), "text")
    return "json" if any(isinstance(value, dict) for value in held) else "text"


def _is_moment(value: Any) -> bool:
    """Whether a value of a column named like a time is one: epoch seconds or ISO text."""
    if isinstance(value, str):
        return _ISO.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 1e9


def stored(value: Any, kind: Kind) -> Stored:
    """A document's value as the engine keeps it."""
    if value is None or isinstance(value, bool):
        return None if value is None else (int(value) if kind == "bool" else str(value).lower())
    if kind in ("timestamptz", "timestamp", "date"):
        at = float(value) if isinstance(value, int | float) else moment_of(str(value))
        return None if at is None else round(at * SECOND)
    if kind == "interval":
        return round(value * SECOND) if isinstance(value, int | float) else span_of(str(value))
    if isinstance(value, int):
        return value if abs(value) < 2**63 else float(value)
    if isinstance(value, float | str):
        return value
    if isinstance(value, list | tuple) and kind != "json":
        return "{" + ",".join(str(one) for one in value) + "}"
    return json.dumps(value, ensure_ascii=False)


def span_of(text: str) -> int | None:
    """Microseconds of an interval's text (`2 hours`, `01:30:00`, `1 day 02:00`), or `None`."""
    total, at = Decimal(0), 0
    found_any = False
    text = text.strip().removesuffix(" ago")
    while at < len(text):
        if found := _TIME.match(text, at):
            seconds = int(found[2]) * 3600 + int(found[3]) * 60 + Decimal(found[4] or 0)
            total += (-seconds if found[1] == "-" else seconds) * SECOND
        elif found := _SPAN.match(text, at):
            unit = found[2].lower()
            size = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
            if size is None:
                return None
            total += Decimal(found[1]) * size
        else:
            return None
        found_any = True
        at = found.end()
    return int(total) if found_any and abs(total) <= SPANS_LONGEST else None


def shown(value: str | float, kind: Kind, scale: int | None = None) -> str:
    """The value as psql prints it."""
    if isinstance(value, str):
        return value
    match kind:
        case "bool":
            return "t" if value else "f"
        case "timestamptz" | "timestamp" | "date":
            return moment_text(int(value), kind)
        case "interval":
            return span_text(int(value))
        case "numeric":
            return numeric_text(value, scale)
    return str(value) if isinstance(value, int) else float_text(value)


def float_text(value: float) -> str:
    """A double precision number in its shortest form."""
    text = repr(value)
    return text.removesuffix(".0") if "e" not in text else text


def numeric_text(value: float, scale: int | None) -> str:
    """A numeric: with its scale, or with as many places as a mean or a quotient shows."""
    number = Decimal(repr(value))
    if scale is None:
        if isinstance(value, int):
            return str(value)
        # numeric.c, select_div_scale: sixteen significant digits in groups of four.
        groups = max(0, len(str(abs(int(number)))) - 1) // 4
        scale = max(0, 16 - 4 * groups)
    return f"{number:.{min(scale, 20)}f}"


def moment_text(micros: int, kind: Kind = "timestamptz") -> str:
    """`2026-03-13 10:04:56.2+00`, trailing zeros of the fraction left out."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    if kind == "date":
        return f"{at:%Y-%m-%d}"
    text = f"{at:%Y-%m-%d %H:%M:%S}"
    if at.microsecond:
        text += f".{at.microsecond:06}".rstrip("0")
    return text + ("+00" if kind == "timestamptz" else "")


def span_text(micros: int) -> str:
    """`3 days 01:02:03.5`, as IntervalStyle postgres writes it."""
    days, rest = divmod(abs(micros), DAY)
    seconds, fraction = divmod(rest, SECOND)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if fraction:
        clock += f".{fraction:06}".rstrip("0")
    sign = "-" if micros < 0 else ""
    parts = [f"{sign}{days} day{'' if days == 1 else 's'}"] if days else []
    if rest or not days:
        parts.append(sign + clock)
    return " ".join(parts)
