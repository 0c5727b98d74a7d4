"""What a post-incident report claims, word for word, slot by slot: ours, edited, or anybody's.

Rule 1: every value is the text people wrote; `amounts` reads it, and says so where it cannot.
Rule 2: an absent claim is empty: nobody is told a contradiction of what they never said.
Rule 3: strict: a misspelt slot is an error, never a claim that is silently lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from simulator.brief.units import Prose, Word

STRICT = {"extra": "forbid"}

TimeName: TypeAlias = Literal[
    "began", "detected", "acknowledged", "declared", "identified", "mitigated", "restored",
    "verified", "resolved", "closed", "ended",
]  # fmt: skip
"""A moment of an incident: `began` is the impact's, `ended` the report's own end."""
SpanName: TypeAlias = Literal[
    "incident", "impact", "degraded", "detect", "acknowledge", "mitigate", "restore", "identify",
]  # fmt: skip
"""A length of time between two of them (see `check_times.SPANS`)."""
LossName: TypeAlias = Literal[
    "requests", "offered", "errors", "peak", "rate", "users", "money", "money_per_h", "budget",
    "allowed", "budget_minutes", "budget_of_minutes", "slo", "availability", "period", "down",
    "complaints", "complete", "said",
]  # fmt: skip
"""A figure of the impact: requests that failed, of how many offered, the mean and highest share of
errors, requests a minute, users hit, money, the share of the error budget, the failures a month of
it allows and its minutes, the month's availability, how long down; `complete` is yes for a total
outage, `said` the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line of the timeline."""

    __pydantic_config__ = STRICT

    at: Prose
    says: Prose = ""
    marks: tuple[TimeName, ...] = ()
    """Which moments of the incident this line is."""
    outside: Literal["", "before", "after"] = ""
    """Said to lie before or after the incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCause:
    """The cause, as named."""

    __pydantic_config__ = STRICT

    says: Prose = ""
    confidence: Prose = ""
    """How sure, `80 %`."""
    confirmed: Prose = ""
    """`yes` where the report calls it confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAction:
    """One action."""

    __pydantic_config__ = STRICT

    action: Prose
    id: Prose = ""
    owner: Prose = ""
    due: Prose = ""
    priority: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDeadline:
    """A duty or notice with its limit."""

    __pydantic_config__ = STRICT

    duty: Prose
    due: Prose = ""
    done: Prose = ""
    outcome: Prose = ""
    """`met`, `kept`, `late`, `missed` ...: the targets table's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Expected against actual, as results are announced."""

    __pydantic_config__ = STRICT

    name: Prose
    expected: Prose
    actual: Prose
    faster: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """The rule that spoke first."""

    __pydantic_config__ = STRICT

    needs: Prose = ""
    """How long its condition must hold before it speaks."""
    spoke_after: Prose = ""
    """How soon after the impact the report says it spoke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A moment or loss that the report states in a further place."""

    __pydantic_config__ = STRICT

    of: Word
    """`times.began`, `impact.requests` ..."""
    says: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A report as its claims."""

    __pydantic_config__ = STRICT

    id: Prose = ""
    ids: tuple[Prose, ...] = ()
    """Further places that name this incident by an id."""
    title: Prose = ""
    level: Prose = ""
    """The highest it was given."""
    level_at_last: Prose = ""
    """What it was graded down to, if it was: the watch is that level's."""
    level_because: Prose = ""
    """Why it was graded otherwise than by the facts, if it was."""
    date: Prose = ""
    """The day that times without one belong to."""
    times: Mapping[TimeName, Prose] = field(default_factory=dict)
    spans: Mapping[SpanName, tuple[Prose, ...]] = field(default_factory=dict)
    """Each as often as the report states it."""
    impact: Mapping[LossName, Prose] = field(default_factory=dict)
    facts: Mapping[Word, Prose] = field(default_factory=dict)
    """Facts the level rests on, by the names of the plan's conditions."""
    timeline: tuple[ToldLine, ...] = ()
    cause: ToldCause = field(default_factory=ToldCause)
    factors: tuple[Prose, ...] = ()
    went_well: tuple[Prose, ...] = ()
    went_badly: tuple[Prose, ...] = ()
    actions: tuple[ToldAction, ...] = ()
    deadlines: tuple[ToldDeadline, ...] = ()
    notices: tuple[ToldDeadline, ...] = ()
    shares: Mapping[Word, tuple[Prose, ...]] = field(default_factory=dict)
    """Parts that make up a whole, by what they divide."""
    compared: tuple[Compared, ...] = ()
    alert: AlertRule = field(default_factory=AlertRule)
    again: tuple[Again, ...] = ()
    """What is said a second time."""
