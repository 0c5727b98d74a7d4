"""Moments, lengths of time, shares and numbers as people write them in a report.

Rule 1: None for what cannot be read; the caller names the place.
Rule 2: every amount knows how coarse it was written: `14:23` is good to a minute, `0.8 %` to half a
tenth of a percent, and `~` or "about" to a tenth of the figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from simulator.clock import DAY, HOUR, MINUTE

ABOUT: Final = 0.1
"""How far an approximate figure may be off, as a share of it (assumed)."""
_MOMENT: Final = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)[ T])?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<zone>Z|UTC|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_SHORT_DAY: Final = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})", re.ASCII)
_PART: Final = re.compile(
    r"(?P<much>\d+(?:\.\d+)?)\s*(?P<unit>d|days?|h|hours?|hr|m|min|minutes?|s|sec|seconds?)\b",
    re.ASCII | re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?P<much>-?\d[\d,]*(?:\.\d+)?)", re.ASCII)
_SHARE: Final = re.compile(r"(?P<much>\d[\d,]*(?:\.\d+)?)\s*%", re.ASCII)
_APPROXIMATE: Final = re.compile(r"~|\babout\b|\baround\b|\best(?:imated)?\b", re.IGNORECASE)
_UNITS: Final = {"d": DAY, "h": HOUR, "m": MINUTE, "s": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment; `at` in seconds of the common calendar, `grain` how coarse it was written."""

    at: int
    grain: int
    dated: bool = True

    def __sub__(self, other: "Moment") -> int:
        """Seconds from the other to this."""
        return self.at - other.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure and how far it may be off."""

    value: float
    off: float = 0.0

    def agrees(self, other: float, *, within: float = 0.0) -> bool:
        """Whether it can be the other figure, `within` a share of the larger besides."""
        return abs(self.value - other) <= self.off + within * max(abs(self.value), abs(other))


def moment(text: str, day: date | None = None) -> Moment | None:
    """A moment such as `2026-03-10 14:23 UTC` or `14:23`; without a day it is of `day`."""
    found = _MOMENT.search(text)
    if found is None:
        return None
    own = calendar_day(found["day"] or "")
    if found["day"] and own is None:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour >= 24 or minute >= MINUTE or second >= MINUTE:
        return None
    base = own or day
    ordinal = base.toordinal() if base else 0
    at = ordinal * DAY + hour * HOUR + minute * MINUTE + second - _ahead(found["zone"] or "")
    return Moment(at=at, grain=1 if found["second"] else MINUTE, dated=own is not None)


def _ahead(zone: str) -> int:
    """By how many seconds a zone's clock is ahead of UTC."""
    if zone[:1] not in ("+", "-"):
        return 0
    seconds = int(zone[1:3]) * HOUR + int(zone[4:6]) * MINUTE
    return seconds if zone[0] == "+" else -seconds


def calendar_day(text: str, year: int | None = None) -> date | None:
    """A day such as `2026-03-17`, or `3/17` of a known year (month first)."""
    found = _DAY.search(text) or (_SHORT_DAY.search(text) if year else None)
    if found is None:
        return None
    parts = found.groupdict()
    try:
        return date(int(parts.get("year") or year or 0), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None


def said_at(when: Moment) -> str:
    """A moment as a finding writes it: `14:35`, with its day where it had one."""
    minutes, second = divmod(when.at % DAY, MINUTE)
    clock = f"{minutes // MINUTE:02d}:{minutes % MINUTE:02d}"
    clock += f":{second:02d}" if when.grain < MINUTE else ""
    if not when.dated or when.at < DAY:
        return clock
    return f"{datetime.fromordinal(when.at // DAY).replace(tzinfo=UTC):%Y-%m-%d} {clock}"


def length(text: str) -> Amount | None:
    """A length of time in seconds: `24 minutes`, `2 hours 15 minutes`, `37 min 10 s`."""
    parts = [(float(p["much"]), _UNITS[p["unit"][0].lower()]) for p in _PART.finditer(text)]
    if not parts:
        return None
    total = sum(much * unit for much, unit in parts)
    unit = min(unit for _, unit in parts)
    # Minutes are often cut off, hours and days rounded.
    return Amount(value=total, off=_slack(text, total, unit if unit <= MINUTE else unit / 2))


def share(text: str) -> Amount | None:
    """A share from the first percentage: `~0.8 % of traffic` is 0.008."""
    found = _SHARE.search(text)
    if found is None:
        return None
    value = _plain(found["much"]) / 100
    return Amount(value=value, off=_slack(text, value, _step(found["much"]) / 200))


def number(text: str) -> Amount | None:
    """The first number: `~5,000 users` is 5,000; a fraction such as `45%` is 0.45."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    value = _plain(found["much"])
    scale = 0.01 if text[found.end() :].lstrip().startswith("%") else 1.0
    value, step = value * scale, _step(found["much"]) * scale
    return Amount(value=value, off=_slack(text, value, step / 2))


def numbers(text: str) -> Iterator[float]:
    """Every number of a text, in order."""
    return (_plain(found["much"]) for found in _NUMBER.finditer(text))


def _plain(digits: str) -> float:
    return float(digits.replace(",", ""))


def _step(digits: str) -> float:
    """The weight of the last digit written."""
    _, dot, decimals = digits.partition(".")
    return 10.0 ** -len(decimals) if dot else 1.0


def _slack(text: str, value: float, coarse: float) -> float:
    return coarse + (ABOUT * abs(value) if _APPROXIMATE.search(text) else 0.0)
