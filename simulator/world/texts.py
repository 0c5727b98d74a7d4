"""Templates over the truth: `${name}` in a text or row becomes what the name stood for then.

Rule 1: a number is written in the state table alone; texts only read it.
Rule 2: `${time:-5m}`, `${clock}`, `${epoch:+2m}` are moments relative to the second that is read,
`${begins:-3h}` relative to second 0, `${since:+30s}` to the second a record first held; an offset
may be a gauge in seconds (`${time:-repl_lag_s}`) and may repeat (`${time:-30s*n}`).
Rule 3: `${hex8:name}` is a whole number as files of a log are named, in so many digits: `0000002F`.
Rule 4: `${cred.<id>.since}` is a second of the drill and reads as a time of day; as ISO text it is
written `${begins:+cred.<id>.since}`.
Rule 5: a row's text that is one template and nothing else keeps the number's own type.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.brief.conditions import Found, Name
from simulator.brief.references import HEX, MOMENT
from simulator.brief.scenario.gauges import Gauge
from simulator.clock import seconds_of
from simulator.journal.facts import Lookup

_TEMPLATE: Final = re.compile(r"\$\{([^{}]+)\}")
_SHARES: Final = ("errors", "degraded", "saturation", "traffic_share", "user_share", "budget")
_TIMES: Final = ("p95", "latency")
_RATES: Final = ("offered", "served", "failed", "extra")
UNKNOWN: Final = "n/a"
_IS_MOMENT: Final = re.compile(r"cred\.[^.]+\.(?:since|bites_at)")
"""Rows of the state table that hold a second of the drill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What templates are filled from: a lookup of one second, and that second."""

    look: Lookup
    at: int
    begins: int
    """Epoch second of the drill's second 0."""
    since: int | None = None
    n: int = 0


def as_counted(look: Lookup, gauges: Mapping[str, Gauge]) -> Lookup:
    """The lookup as it is shown: a gauge that counts whole things has no fraction."""
    whole = {name for name, gauge in gauges.items() if gauge.whole}

    def shown(name: Name) -> Found | None:
        found = look(name)
        return round(found) if name.text in whole and isinstance(found, float) else found

    return shown if whole else look


def fill(text: str, values: Values) -> str:
    """The text with every template in words people read."""
    if "${" not in text:
        return text
    return _TEMPLATE.sub(lambda found: _said(found[1].strip(), values), text)


def fill_row(tree: Any, values: Values) -> Any:
    """A row with every template filled; one that is the whole text keeps its type."""
    if isinstance(tree, dict):
        return {key: fill_row(value, values) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [fill_row(value, values) for value in tree]
    if not isinstance(tree, str) or "${" not in tree:
        return tree
    whole = _TEMPLATE.fullmatch(tree)
    if whole is None:
        return fill(tree, values)
    name = whole[1].strip()
    if name == "n":
        return values.n
    if MOMENT.fullmatch(name):
        return int(_moment(name, values)) if name.startswith("epoch") else _said(name, values)
    if HEX.fullmatch(name):
        return _said(name, values)
    return _raw(values.look(Name(text=name)))


def _said(name: str, values: Values) -> str:
    if name == "n":
        return str(values.n)
    if MOMENT.fullmatch(name):
        moment = _moment(name, values)
        if name.startswith("epoch"):
            return str(int(moment))
        return clock_text(moment) if name.startswith("clock") else iso(moment)
    digits = HEX.fullmatch(name)
    found = values.look(Name(text=digits[2] if digits else name))
    if digits and isinstance(found, int | float):
        return f"{max(0, round(found)):0{digits[1]}X}"
    if _IS_MOMENT.fullmatch(name) and isinstance(found, int):
        return clock_text(values.begins + found)
    return UNKNOWN if found is None else said(name, found)


def _moment(text: str, values: Values) -> float:
    found = MOMENT.fullmatch(text)
    assert found is not None, "asked only of moments"
    base, sign, amount, repeats = found.groups()
    start = {"begins": 0, "since": values.at if values.since is None else values.since}
    at: float = values.begins + start.get(base, values.at)
    if not amount:
        return at
    offset = _offset(amount, values) * (values.n if repeats else 1)
    return at + offset if sign == "+" else at - offset


def _offset(amount: str, values: Values) -> float:
    found = values.look(Name(text=amount))
    if isinstance(found, int | float):
        return float(found)
    try:
        return seconds_of(amount)
    except ValueError:
        return 0.0


def said(name: str, found: Found) -> str:
    """A value as people read it: 12.3 %, 310 ms, 8.3/s, 53, yes."""
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, str):
        return found
    if isinstance(found, Collection):
        return ", ".join(found) or "none"
    head, _, item = name.rpartition(".")
    kind = item if head else name
    if kind in _SHARES:
        return f"{found * 100:.3g} %"
    if head and kind in _TIMES:
        return f"{found * 1000:.0f} ms" if found < 1 else f"{found:.3g} s"
    if head and kind in _RATES:
        return f"{found:.3g}/s"
    return plain(found)


def plain(number: float) -> str:
    """A number without needless digits: 0.6, 4.2, 53, 1560."""
    if abs(number) >= 10 or number == int(number):
        return str(round(number))
    return f"{number:.2g}" if abs(number) < 1 else f"{number:.1f}".removesuffix(".0")


def _raw(found: Found | None) -> Any:
    if found is None or isinstance(found, bool | int | str):
        return found
    if isinstance(found, float):
        return int(found) if found == int(found) else round(found, 3)
    return list(found)


def iso(epoch: float) -> str:
    """An epoch second as ISO 8601 in UTC; parts of a second only where there are some."""
    from datetime import UTC, datetime  # noqa: PLC0415 - labels only; nothing reads the wall clock

    whole = int(epoch // 1)
    ms = round((epoch - whole) * 1000)
    text = f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}"
    return f"{text}.{ms:03d}Z" if 0 < ms < 1000 else f"{text}Z"


def clock_text(epoch: float) -> str:
    """An epoch second as a time of day in UTC."""
    return iso(int(epoch))[11:19]
