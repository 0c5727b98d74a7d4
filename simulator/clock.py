"""Simulated time: whole seconds, how people write them and how they are said.

Rule 1: inside the engine a time is an `int` of seconds since the drill `begins`.
Rule 2: a drawn delay rounds *up*, so nothing happens sooner than its draw.
Rule 3: nobody here reads the wall clock.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400
LONGEST_DRILL_S: Final = 30 * DAY
"""No drill goes on for longer, whatever its documents say."""
LONGEST_S: Final = 400 * DAY
"""No duration anybody writes is longer (a yearly review is 365 days)."""

_UNIT_S: Final = {"ms": 0.001, "s": 1, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|w)", re.ASCII)


def seconds_of(text: str) -> float:
    """How long a written duration lasts, in seconds: `90s`, `5m`, `1h30m`, `250ms`.

    Raises ValueError, naming the units, when the text is not such a duration or lasts too long.
    """
    total, end = 0.0, 0
    for part in _PART.finditer(text):
        if part.start() != end:
            break
        total += float(part.group(1)) * _UNIT_S[part.group(2)]
        end = part.end()
    if not text or end != len(text):
        raise ValueError(f"{text!r} is not a duration; write 30s, 5m, 1h30m, 2d or 250ms")
    if total > LONGEST_S:
        raise ValueError(f"{text!r} is longer than {LONGEST_S // DAY} days")
    return total


def said(seconds: int) -> str:
    """A duration as people say it: `45 s`, `5 min`, `1 h 30 min`, `2 d`; sign kept."""
    if seconds < 0:
        return f"-{said(-seconds)}"
    if seconds < MINUTE:
        return f"{seconds} s"
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, odd = divmod(rest, MINUTE)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (odd, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def t_plus(seconds: int) -> str:
    """A moment relative to T0: `T+03:10`, `T-00:45`, `T+1:02:00` from an hour on."""
    sign, distance = ("-", -seconds) if seconds < 0 else ("+", seconds)
    minutes, odd = divmod(distance, MINUTE)
    if minutes < MINUTE:
        return f"T{sign}{minutes:02d}:{odd:02d}"
    return f"T{sign}{minutes // MINUTE}:{minutes % MINUTE:02d}:{odd:02d}"


def instant(begins: str, at: int) -> datetime:
    """The labelled moment, in UTC, of second `at` of a drill that `begins` then (ISO 8601)."""
    return datetime.fromisoformat(begins).astimezone(UTC) + timedelta(seconds=at)


def wall(begins: str, at: int) -> str:
    """The labelled time of day of second `at`: `10:06:05`."""
    return instant(begins, at).strftime("%H:%M:%S")
