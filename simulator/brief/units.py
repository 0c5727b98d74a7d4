"""The kinds of value an author writes: durations, spans, shares, rates, counts and texts.

Rule 1: ASCII digits only; no sign but `-`, no underscore, no octal, no exponent, no infinity.
Rule 2: a number without its unit is refused wherever a unit has a meaning.
Rule 3: every refusal shows how the value is written instead.
"""

from datetime import date
from typing import Annotated, Any, Final, TypeAlias

from simulator.brief import amounts, words
from simulator.brief.amounts import Span
from simulator.brief.written import Written

__all__ = ["Span"]

_DURATION: Final = r"^((0|[1-9][0-9]*)(\.[0-9]+)?(ms|s|m|h|d|w))+$"
_NUMERIC: Final = ["number", "string"]


def _text(pattern: str) -> dict[str, object]:
    return {"type": "string", "pattern": pattern}


Seconds: TypeAlias = Annotated[
    float,
    Written(
        name="a duration",
        read=amounts.seconds,
        says="A duration such as `5m`, `90s`, `1h30m` or `250ms`.",
        json=_text(_DURATION),
    ),
]
"""A duration, in seconds, from 0 on."""
PositiveSeconds: TypeAlias = Annotated[
    float,
    Written(
        name="a duration above 0",
        read=amounts.positive_seconds,
        says="A duration above 0 such as `15s` or `250ms`.",
        json=_text(_DURATION),
    ),
]
"""A duration, in seconds, above 0: how often something comes round."""
WholeSeconds: TypeAlias = Annotated[
    int,
    Written(
        name="a duration of whole seconds",
        read=amounts.whole_seconds,
        says="A duration of whole seconds, such as `5m` or `90s`.",
        json=_text(_DURATION),
    ),
]
"""A duration, in whole seconds, from 0 on."""
PositiveWholeSeconds: TypeAlias = Annotated[
    int,
    Written(
        name="a duration of whole seconds above 0",
        read=amounts.positive_whole_seconds,
        says="A duration of at least one second, such as `5m` or `90s`.",
        json=_text(_DURATION),
    ),
]
Latency: TypeAlias = Annotated[
    float,
    Written(
        name="a latency",
        read=amounts.latency,
        says="A latency such as `60ms` or `2s`, at most an hour.",
        json=_text(r"^(0|[1-9][0-9]*)(\.[0-9]+)?(ms|s|m)$"),
    ),
]
"""A service time, timeout or percentile, in seconds."""
Fraction: TypeAlias = Annotated[
    float,
    Written(
        name="a share",
        read=amounts.fraction,
        says="A share from 0 to 1, such as `45%` or `0.45`.",
        json={"type": _NUMERIC, "pattern": r"^-?[0-9.]+%?$", "minimum": 0, "maximum": 1},
    ),
]
"""A share from 0 to 1."""
Ratio: TypeAlias = Annotated[
    float,
    Written(
        name="a ratio",
        read=amounts.ratio,
        says="A ratio from 0 on, such as `1.5` or `150%`.",
        json={"type": _NUMERIC, "pattern": r"^-?[0-9.]+%?$", "minimum": 0},
    ),
]
"""A factor from 0 on."""
RatePerSecond: TypeAlias = Annotated[
    float,
    Written(
        name="a rate",
        read=amounts.rate,
        says="A rate such as `40/s`, `500/min` or `3/h`.",
        json=_text(r"^[0-9.]+ ?/ ?(s|min|h|d)$"),
    ),
]
"""Events, or units of a gauge, per second; from 0 on."""
SignedRate: TypeAlias = Annotated[
    float,
    Written(
        name="a rate, which may be negative",
        read=amounts.signed_rate,
        says="A rate such as `40/s` or `-0.48/s`.",
        json=_text(r"^-?[0-9.]+ ?/ ?(s|min|h|d)$"),
    ),
]
"""As RatePerSecond, of either sign."""
Count: TypeAlias = Annotated[
    int,
    Written(
        name="a whole number",
        read=amounts.count,
        says="A whole number from 0 on, such as `6`.",
        json={"type": ["integer", "string"], "pattern": r"^[0-9]+$", "minimum": 0},
    ),
]
"""A whole number from 0 to 10^12."""
PositiveCount: TypeAlias = Annotated[
    int,
    Written(
        name="a whole number from 1 on",
        read=amounts.positive_count,
        says="A whole number from 1 on, such as `6`.",
        json={"type": ["integer", "string"], "pattern": r"^[0-9]+$", "minimum": 1},
    ),
]
Number: TypeAlias = Annotated[
    float,
    Written(
        name="a number",
        read=amounts.number,
        says="A number such as `38`, `-2` or `0.25`.",
        json={"type": _NUMERIC, "pattern": r"^-?[0-9.]+$"},
    ),
]
"""A number of either sign, at most 10^12 in size."""
Truth: TypeAlias = Annotated[
    bool,
    Written(
        name="yes or no",
        read=words.truth,
        says="`yes` or `no`.",
        json={"type": "string", "enum": ["yes", "no"]},
    ),
]
Value: TypeAlias = Annotated[
    str | int | bool,
    Written(
        name="a value",
        read=words.value,
        says="A value of the state table: a whole number, `yes` or `no`, or a text of one line.",
        json={"type": ["number", "string"]},
    ),
]
"""A value of the state table; `1.5` and `010` stay text."""
Tree: TypeAlias = Annotated[
    Any,
    Written(
        name="a document",
        read=words.tree,
        says="A document as a tool would hold it: mappings, lists and values, freely nested.",
        json={},
        any_shape=True,
    ),
]
"""JSON as dict, list, str, int, bool or None; whole numbers, true, false and null are read."""
Identifier: TypeAlias = Annotated[
    str,
    Written(
        name="an id",
        read=words.identifier,
        says="An id: a small letter, then small letters, digits, `-` or `_`; at most 48 signs.",
        json=_text(r"^[a-z][a-z0-9_-]{0,47}$"),
    ),
]
StateName: TypeAlias = Annotated[
    str,
    Written(
        name="the name of a state",
        read=words.state_name,
        says="A name such as `db.role`: a small letter, then small letters, digits, `.`, `-`, `_`.",
        json=_text(r"^[a-z][a-z0-9_.-]{0,63}$"),
    ),
]
"""`db.role`, `mode`, `deployment.api.revision`: a row of the state table, or a gauge."""
MetricName: TypeAlias = Annotated[
    str,
    Written(
        name="the name of a metric",
        read=words.metric_name,
        says="A name such as `http_requests_total`: a letter, then letters, digits, `_` or `:`.",
        json=_text(r"^[a-zA-Z_:][a-zA-Z0-9_:]*$"),
    ),
]
Word: TypeAlias = Annotated[
    str,
    Written(
        name="a word or two",
        read=words.word,
        says="One to forty printable signs.",
        json={"type": _NUMERIC, "minLength": 1, "maxLength": words.WORD_LENGTH},
    ),
]
"""A short label: the words of a plan for a level, a role, a status."""
Line: TypeAlias = Annotated[
    str,
    Written(
        name="one line of text",
        read=words.line,
        says="One line, such as a command; at most 1,000 signs.",
        json={"type": _NUMERIC, "minLength": 1, "maxLength": words.LINE_LENGTH},
    ),
]
Prose: TypeAlias = Annotated[
    str,
    Written(
        name="a text",
        read=words.prose,
        says="A text of at most 4,000 signs; `${name}` stands for a value filled in later.",
        json={"type": _NUMERIC, "maxLength": words.PROSE_LENGTH},
    ),
]
"""A text to show; what could act on a terminal is taken out of it."""
Instant: TypeAlias = Annotated[
    str,
    Written(
        name="a moment in UTC",
        read=words.instant,
        says="A moment in UTC such as `2026-03-13T09:55:00Z`.",
        json=_text(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z$"),
    ),
]
"""A moment, as ISO 8601 text in UTC with seconds."""
Day: TypeAlias = Annotated[
    date,
    Written(
        name="a day",
        read=words.day,
        says="A day such as `2026-03-13`.",
        json=_text(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    ),
]
