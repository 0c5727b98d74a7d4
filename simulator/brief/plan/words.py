"""How a plan speaks: lifecycle, channels, status page, templates with typed fields, language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from simulator.brief.plan.levels import STRICT, LevelName
from simulator.brief.units import Fraction, Prose, Truth, WholeSeconds, Word
from simulator.brief.vocabulary import FieldType, MarkName, MessageUse, Role

StatusKind: TypeAlias = Literal[
    "investigating", "identified", "mitigating", "monitoring", "resolved", "post_incident", "closed"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the response with its window."""

    __pydantic_config__ = STRICT

    title: Prose
    opens: WholeSeconds | None = None
    closes: WholeSeconds | None = None
    advisory_at: tuple[LevelName, ...] = ()
    """Levels at which the window is shown, never scored."""
    does: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A status of the incident, what the public reads for it, and what may follow."""

    __pydantic_config__ = STRICT

    word: Word
    public: Word = ""
    next: tuple[StatusKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """When it may be said to be over (docs/response.md, how it ends)."""

    __pydantic_config__ = STRICT

    watch: Mapping[LevelName, WholeSeconds]
    """How long it is watched after the fix."""
    watch_is: Literal["before_resolved", "after_resolved"]
    gates_first: Truth = True
    """Whether all gates must be passed before `resolved`."""
    closed_is: Literal["resolved", "later"] = "later"
    closing: tuple[Prose, ...] = ()
    """Closure items that stand between resolved and closed."""
    closing_needs: tuple[Literal["watch", "status_page", "stakeholders", "customers", "ticket",
                                 "meeting_booked", "documentation"], ...] = ()  # fmt: skip
    """Those of them the engine can see done."""
    announce_after: WholeSeconds | None = None
    """How long numbers are watched before saying "resolved" aloud."""
    ttr_from: MarkName = "fired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Where it is talked about."""

    __pydantic_config__ = STRICT

    incident: Word
    """Name pattern with ${date} ${number} ${time} ${id}, as 2026-03-12, 001, 14:23 and the id of
    the incident; ${yyyymmdd} ${yyyy} ${mmdd} ${hhmm} ${hhmmss} are their parts without signs."""
    announce: Word
    by_level: Mapping[LevelName, Word] = field(default_factory=dict)
    alerts: Word = ""
    security: Word = ""
    others: Mapping[Word, Prose] = field(default_factory=dict)
    war_room: Mapping[LevelName, Literal["required", "optional", "none"]] = field(
        default_factory=dict
    )
    bridge: Prose = ""
    bridge_after: Mapping[LevelName, WholeSeconds] = field(default_factory=dict)
    recorded_at: tuple[LevelName, ...] = ()
    incident_id: Word = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """The public page: where it is, its parts and its texts."""

    __pydantic_config__ = STRICT

    product: Prose
    components: tuple[Prose, ...] = ()
    states: tuple[Prose, ...] = ()
    texts: Mapping[StatusKind, Prose] = field(default_factory=dict)
    posted_by: tuple[Role, ...] = ("comms_lead",)
    required_at: tuple[LevelName, ...] = ()
    optional_at: tuple[LevelName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateField:
    """One part of a message."""

    __pydantic_config__ = STRICT

    holds: FieldType
    required: Truth = True
    asks: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A message of this plan."""

    __pydantic_config__ = STRICT

    use: MessageUse
    via: Prose
    audience: Literal["internal", "customers", "public", "executives", "support", "vendor"]
    subject: Prose = ""
    levels: tuple[LevelName, ...] = ()
    """Only at these levels; all where empty."""
    statuses: tuple[StatusKind, ...] = ()
    """Only while the incident has one of these statuses; any where empty."""
    needs_approval_of: tuple[Role, ...] = ()
    fields: Mapping[Word, TemplateField] = field(default_factory=dict)
    tone: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How this organisation wants to sound."""

    __pydantic_config__ = STRICT

    do: tuple[Prose, ...] = ()
    avoid: tuple[Prose, ...] = ()
    banned: tuple[Word, ...] = ()
    """Words a message to the outside never holds; a short list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Promises to customers."""

    __pydantic_config__ = STRICT

    slo: Fraction | None = None
    sla: Fraction | None = None
    credits: tuple[Prose, ...] = ()
