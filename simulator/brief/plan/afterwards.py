"""What a plan asks once it is over, and how it keeps its people able."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from simulator.brief.plan.levels import STRICT, ByLevel, LevelName
from simulator.brief.units import Count, Fraction, Number, Prose, Truth, WholeSeconds, Word
from simulator.brief.vocabulary import FieldType, MarkName, Role

ReportFigure: TypeAlias = Literal[
    "id", "title", "level", "date", "status", "authors", "facilitator", "attendees", "services",
    "impact", "cause", "detected_by",
    "times.began", "times.detected", "times.acknowledged", "times.declared", "times.identified",
    "times.mitigated", "times.restored", "times.verified", "times.resolved", "times.closed",
    "spans.incident", "spans.impact", "spans.degraded", "spans.detect", "spans.acknowledge",
    "spans.mitigate", "spans.restore",
    "impact.users", "impact.requests", "impact.errors", "impact.peak", "impact.money",
    "impact.budget", "impact.complaints", "impact.losses", "impact.regions", "impact.reputation",
]  # fmt: skip
"""What one named line of a report says: who and what, a moment, a length of time, a loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One named line of a section."""

    __pydantic_config__ = STRICT

    title: Prose
    """What the form calls it."""
    shows: ReportFigure
    """What fills it; what no drill can know is left for people to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the post-incident report."""

    __pydantic_config__ = STRICT

    title: Prose
    holds: Literal[
        "id", "title", "level", "start", "end", "duration", "impact", "timeline", "cause",
        "factors", "detection", "response", "resolution", "went_well", "went_poorly",
        "prevention", "actions", "lessons", "evidence", "approvals", "summary", "people", "text",
        "safeguards", "verification", "services",
    ]  # fmt: skip
    asks: tuple[Prose, ...] = ()
    """What it has to answer; where only people can, the draft leaves each as a blank."""
    under: Prose = ""
    """The heading it shares with its neighbours; absent: it stands by itself."""
    lines: Mapping[Word, ReportLine] = field(default_factory=dict)
    """Named lines it consists of, in the form's order; in a timeline, the moments it names."""
    groups: tuple[Prose, ...] = ()
    """Headings people sort its items under."""
    form: Literal["table", "list"] = "table"
    """How a timeline is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The review meeting."""

    __pydantic_config__ = STRICT

    title: Prose
    held_within: ByLevel = field(default_factory=dict)
    booked_within: ByLevel = field(default_factory=dict)
    since: MarkName = "resolved"
    agenda: Mapping[Word, WholeSeconds] = field(default_factory=dict)
    who: tuple[Role, ...] = ()
    rules: tuple[Prose, ...] = ()
    business_days: Truth = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostIncident:
    """Report, meeting, actions and what follows them."""

    __pydantic_config__ = STRICT

    report_title: Prose
    report_id: Word
    report_within: ByLevel
    report_since: MarkName = "resolved"
    required_at: tuple[LevelName, ...]
    optional_at: tuple[LevelName, ...] = ()
    sections: Mapping[Word, Section]
    meeting: Meeting
    action_fields: Mapping[Word, FieldType] = field(default_factory=dict)
    action_priorities: Mapping[Word, WholeSeconds] = field(default_factory=dict)
    approvals: tuple[Prose, ...] = ()
    publish: tuple[Prose, ...] = ()
    follow_up: Mapping[Word, Prose] = field(default_factory=dict)
    documentation: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course of training."""

    __pydantic_config__ = STRICT

    title: Prose
    takes: Prose = ""
    parts: tuple[Prose, ...] = ()
    before_first_shift: Truth = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What somebody shows before being trusted with the pager."""

    __pydantic_config__ = STRICT

    criteria: tuple[Prose, ...] = ()
    pass_at: Fraction | None = None
    signed_by: tuple[Role, ...] = ()
    valid_for: WholeSeconds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A kind of drill this organisation holds."""

    __pydantic_config__ = STRICT

    title: Prose
    risk: Count | None = None
    """1 is the safest; absent where the plan grades none."""
    takes: Prose = ""
    people: Prose = ""
    rules: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Training, sign-off, exercises and their calendar."""

    __pydantic_config__ = STRICT

    courses: Mapping[Word, Course] = field(default_factory=dict)
    sign_off: SignOff = field(default_factory=SignOff)
    exercises: Mapping[Word, Exercise] = field(default_factory=dict)
    calendar: tuple[Prose, ...] = ()
    reviews: Mapping[Word, Prose] = field(default_factory=dict)
    guidelines: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricTarget:
    """A figure this organisation holds itself to."""

    __pydantic_config__ = STRICT

    means: Prose
    """The formula in words."""
    at_most: WholeSeconds | None = None
    at_least: Number | None = None
    below: Number | None = None
    by_level: ByLevel = field(default_factory=dict)
    per: Prose = ""
    due: Prose = ""
