"""The plan itself: the parts of the other files, joined and checked against one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.brief.plan.afterwards import MetricTarget, PostIncident, Practice
from simulator.brief.plan.levels import (
    STRICT,
    Check,
    DutyRule,
    Escalation,
    Gate,
    Level,
    LevelName,
)
from simulator.brief.plan.people import Authority, Mobilisation, RoleTerms, Rota, Runbook
from simulator.brief.plan.words import (
    Channels,
    Ending,
    Language,
    Phase,
    Status,
    StatusKind,
    StatusPage,
    Template,
    Terms,
)
from simulator.brief.units import Count, Identifier, PositiveCount, Prose, Ratio, WholeSeconds, Word
from simulator.brief.vocabulary import ActionKind, AlertRank, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything an organisation has agreed about incidents. Levels stand highest first."""

    __pydantic_config__ = STRICT

    schema: PositiveCount = 1
    """The edition of the format; the first where it is left out."""
    id: Identifier
    organisation: Prose
    title: Prose
    version: Prose = ""
    notes: tuple[Prose, ...] = ()
    levels: Mapping[LevelName, Level]
    alert_levels: Mapping[AlertRank, LevelName]
    """Which level a page carries until somebody declares one."""
    is_incident: tuple[Prose, ...] = ()
    not_incident: tuple[Prose, ...] = ()
    duties: Mapping[Word, DutyRule]
    escalation: Escalation
    roles: Mapping[Role, RoleTerms]
    authority: Mapping[Role, Authority]
    mobilisation: Mobilisation
    runbooks: Mapping[Word, Runbook] = field(default_factory=dict)
    checks: Mapping[Word, Check]
    gates: Mapping[Word, Gate]
    mitigations: Mapping[ActionKind, Prose] = field(default_factory=dict)
    """What each kind of mitigation is for, and its expected time, in the plan's words."""
    mitigation_times: Mapping[ActionKind, tuple[WholeSeconds, WholeSeconds]] = field(
        default_factory=dict
    )
    """How long each kind of mitigation usually takes, from and to."""
    phases: Mapping[Word, Phase] = field(default_factory=dict)
    statuses: Mapping[StatusKind, Status]
    ending: Ending
    channels: Channels
    status_page: StatusPage
    templates: Mapping[Word, Template]
    language: Language = field(default_factory=Language)
    terms: Terms = field(default_factory=Terms)
    post_incident: PostIncident
    rota: Rota | None = None
    checklists: Mapping[Word, tuple[Prose, ...]] = field(default_factory=dict)
    """Shift, handover and access lists, by name."""
    practice: Practice = field(default_factory=Practice)
    metrics: Mapping[Word, MetricTarget] = field(default_factory=dict)
    tools: Mapping[Word, Prose] = field(default_factory=dict)
    access: tuple[Prose, ...] = ()
    dependencies: tuple[Prose, ...] = ()
    bands: Mapping[Word, Mapping[Word, Prose]] = field(default_factory=dict)
    """Impact bands (users, revenue, reputation) in the plan's words."""
    weights: Mapping[Word, Ratio] = field(default_factory=dict)
    """The plan's own weights of competencies; must sum to 100. Empty: the engine's."""
    decisions: Mapping[Word, tuple[Prose, ...]] = field(default_factory=dict)
    """Decision aids: the assessment's questions, trees, options."""
    contacts: Mapping[Role, Prose] = field(default_factory=dict)
    team_size: Count | None = None

    def ordered(self) -> tuple[LevelName, ...]:
        """The level names, highest first."""
        return tuple(self.levels)
