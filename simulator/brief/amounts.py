"""Readers of amounts: an author's text to seconds, shares, rates and numbers.

Rule 1: a reader raises `Unreadable`, showing how the amount is written.
Rule 2: the decimal an author wrote is scaled as a decimal, so `99.9%` is 0.999 and not nearly so.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from simulator.brief.written import Unreadable, Written
from simulator.clock import HOUR, seconds_of

LARGEST: Final = 10**12
"""No amount is larger: far beyond any fleet or bill, and exact in a float."""

_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?")
_RATE: Final = re.compile(r"(.+?) ?/ ?(s|min|h|d)")
_PADDING: Final = re.compile(r"(?<![0-9.])0+(?=[0-9])")
"""Noughts before a number's first digit: some readers take such a number for an octal one."""
_PER_S: Final = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
_DURATIONS: Final = "write 30s, 5m, 1h30m, 2d or 250ms (units: ms, s, m, h, d, w)"
_NUMBERS: Final = "digits 0-9, at most one `.`, no leading zero, no `_`, exponent or `0x`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the shortest to the longest time something takes; equal for a fixed time."""

    low_s: float
    high_s: float

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A document writes a span as one text; `span` reads it."""
        return _SPAN.__get_pydantic_core_schema__(source, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The text an author writes."""
        return _SPAN.__get_pydantic_json_schema__(schema, handler)


def number(text: str) -> float:
    """A number of either sign; -0 is 0."""
    return float(_decimal(text, "a number")) or 0.0


def count(text: str) -> int:
    """A whole number from 0 to 10^12."""
    value = _decimal(text, "a whole number")
    if "." in text:
        raise Unreadable(f"{_shown(text)} is not a whole number", "write it without a `.`")
    _check_sign(text, value, "a whole number")
    return int(value)


def positive_count(text: str) -> int:
    """A whole number from 1 to 10^12."""
    if not (value := count(text)):
        raise Unreadable("found 0; a whole number from 1 on is expected", code="E125")
    return value


def fraction(text: str) -> float:
    """A share from 0 to 1, written `45%` or `0.45`."""
    value = _share(text)
    if not 0 <= value <= 1:
        found = f"{_shown(text)} is outside 0 to 1 (0% to 100%)"
        hint = f"did you mean {text}%?" if 1 < value <= 100 and "%" not in text else ""
        raise Unreadable(found, hint, code="E125")
    return float(value) or 0.0


def ratio(text: str) -> float:
    """A factor from 0 on, written `1.5` or `150%`."""
    value = _share(text)
    _check_sign(text, value, "a ratio")
    return float(value) or 0.0


def signed_rate(text: str) -> float:
    """Something per second, written per second, minute, hour or day."""
    written = _RATE.fullmatch(text) if len(text) <= 40 else None
    if not written:
        raise Unreadable(f"{_shown(text)} is not a rate", "write 40/s, 500/min, 3/h or 10/d")
    return (
        float(_decimal(written.group(1), "the amount of a rate")) / _PER_S[written.group(2)] or 0.0
    )


def rate(text: str) -> float:
    """As `signed_rate`, from 0 on."""
    value = signed_rate(text)
    _check_sign(text, Decimal(value), "a rate")
    return value


def seconds(text: str) -> float:
    """A duration in seconds, from 0 on."""
    if text.startswith("-") and _is_duration(text[1:]):
        raise Unreadable(f"{_shown(text)} is negative; a duration is 0s or more", code="E125")
    if _DECIMAL.fullmatch(text):
        raise Unreadable(f"{text!r} has no unit", _DURATIONS)
    if len(text) > 40 or not text.isascii():
        raise Unreadable(f"{_shown(text)} is not a duration", _DURATIONS)
    if _is_duration(text) and _PADDING.search(text):
        plain = _PADDING.sub("", text)
        raise Unreadable(f"{text!r} has a number with a leading zero", f"write {plain}")
    try:
        return seconds_of(text)
    except ValueError as error:
        code = "E125" if _is_duration(text) else "E124"
        raise Unreadable(
            str(error), "" if "write" in str(error) else _DURATIONS, code=code
        ) from None


def whole_seconds(text: str) -> int:
    """A duration of whole seconds, from 0 on: the engine's time is whole seconds."""
    value = seconds(text)
    if abs(value - round(value)) > 1e-9:
        raise Unreadable(f"{_shown(text)} is not whole seconds", "the engine counts whole seconds")
    return round(value)


def positive_seconds(text: str) -> float:
    """A duration longer than nothing: how often something comes round."""
    if not (value := seconds(text)):
        raise Unreadable(f"found {text}; a duration > 0 is expected", code="E125")
    return value


def positive_whole_seconds(text: str) -> int:
    """A duration of at least one whole second."""
    if not (value := whole_seconds(text)):
        raise Unreadable(f"found {text}; a duration > 0 is expected", code="E125")
    return value


def latency(text: str) -> float:
    """A service time in seconds, from 0 to an hour."""
    value = seconds(text)
    if value > HOUR:
        raise Unreadable(f"{_shown(text)} is longer than an hour", "write 60ms or 2s", code="E125")
    return value


def span(text: str) -> Span:
    """`30s..60s`, or one duration that stands for both ends."""
    low_text, dots, high_text = text.partition("..")
    low = seconds(low_text.strip())
    high = seconds(high_text.strip()) if dots else low
    if low > high:
        found = f"the span begins at {low_text.strip()} and ends earlier, at {high_text.strip()}"
        raise Unreadable(found, "write the shorter time first", code="E129")
    return Span(low_s=low, high_s=high)


_SPAN: Final = Written(
    name="a span of time",
    read=span,
    says="A span of time such as `30s..60s`, or one duration such as `45s`.",
    json={"type": "string", "pattern": r"^[0-9][0-9.a-z]* ?(\.\. ?[0-9][0-9.a-z]*)?$"},
)


def _share(text: str) -> Decimal:
    """A decimal, or a hundredth of one written with `%`."""
    if text.endswith("%"):
        return _decimal(text.removesuffix("%").rstrip(" "), "a share") / 100
    return _decimal(text, "a share")


def _decimal(text: str, name: str) -> Decimal:
    """The decimal number an author wrote, at most 10^12 in size."""
    if not _DECIMAL.fullmatch(text):
        digits = text.removeprefix("-").split(".", maxsplit=1)[0]
        if digits.isascii() and digits.isdigit() and len(digits) > 15:
            raise Unreadable(f"{_shown(text)} is too large; max 10^12", code="E125")
        raise Unreadable(f"{_shown(text)} is not {name}", f"{name} is written {_NUMBERS}")
    value = Decimal(text)
    if abs(value) > LARGEST:
        raise Unreadable(f"{_shown(text)} is too large; max 10^12", code="E125")
    return value


def _check_sign(text: str, value: Decimal, name: str) -> None:
    if value < 0:
        raise Unreadable(f"{_shown(text)} is negative; {name} is 0 or more", code="E125")


def _is_duration(text: str) -> bool:
    """Whether it is written as a duration, however long."""
    return bool(re.fullmatch(r"(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h|d|w))+", text))


def _shown(text: str) -> str:
    """The text as a problem shows it: quoted, cut when long."""
    return repr(text) if len(text) <= 40 else f"{text[:37]!r}..."
