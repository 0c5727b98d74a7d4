"""How far back a tool looks: `15m`, `1h30m`, `10:05`, `2026-03-13T10:05Z` become epoch seconds.

Rule 1: times of day are UTC and mean the latest such moment that is not in the future.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

DAY_S: Final = 86_400
LONGEST_S: Final = 366 * DAY_S

_UNITS: Final = {"ms": 0, "s": 1, "m": 60, "h": 3600, "d": DAY_S, "w": 7 * DAY_S}
_PART: Final = re.compile(r"(\d{1,9})(ms|[smhdw])", re.ASCII)
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)


def seconds_of(text: str) -> int | None:
    """A duration in seconds, `None` where it is not one; a bare number is seconds."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return min(int(text), LONGEST_S)
    if not text or _PART.sub("", text[:40]) or len(text) > 40:
        return None
    total = sum(int(count) * _UNITS[unit] for count, unit in _PART.findall(text))
    return min(total, LONGEST_S)


def hours_text(at: int) -> str:
    """An epoch second as `HH:MM:SS` UTC."""
    rest = at % DAY_S
    return f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"


def moment_of(text: str) -> float | None:
    """Epoch seconds of an ISO date or date and time, or of a plain number; `None` for neither."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if 0 <= number < 1e11:
        return number
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.timestamp() if 1970 < found.year < 3000 else None


@dataclass(frozen=True, slots=True)
class Clock:
    """The labelled moment a tool is used at."""

    now: int

    def moment(self, text: str) -> int | None:
        """The epoch second a person means: a time of day, an ISO time, `now`, or an age."""
        if text == "now":
            return self.now
        if found := _TIME.fullmatch(text):
            hour, minute, second = (int(part or 0) for part in found.groups())
            at = self.now - self.now % DAY_S + hour * 3600 + minute * 60 + second
            return at - DAY_S if at > self.now else at
        if (age := seconds_of(text.removesuffix(" ago").removeprefix("-"))) is not None and not (
            text.isdigit() and age >= 1e9
        ):
            return self.now - age
        exact = moment_of(text)
        return None if exact is None else int(exact)
