"""What goes wrong: faults that bend the system, the seeded variants, and what would cure them.

Rule 1: everything here is sealed: facilitators and the engine see it, a seat never does.
Rule 2: a fault has a strength from 0 to 1 that follows a stated course; actions ease or cure it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.brief.conditions import When
from simulator.brief.scenario.gauges import Point
from simulator.brief.scenario.kinds import STRICT, ServiceId
from simulator.brief.scenario.workload import Revision
from simulator.brief.units import (
    Count,
    Fraction,
    Identifier,
    Instant,
    Latency,
    Number,
    Prose,
    RatePerSecond,
    Ratio,
    Seconds,
    Span,
    StateName,
    Truth,
    Value,
    WholeSeconds,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bend:
    """What a fault does at one place, at full strength."""

    __pydantic_config__ = STRICT

    on: ServiceId
    """The service it bends."""
    pods: Identifier | None = None
    """Only this group of pods."""
    of_class: Identifier | None = None
    """Only this class of requests."""
    need: Identifier | None = None
    """Only this need of `on`: the way to it is bent, not the service behind it."""
    capacity: Ratio = 1.0
    """Multiplies what its replicas can do."""
    slow: Ratio = 1.0
    """Multiplies the time everything takes."""
    errors: Fraction = 0.0
    """The share of its answers that fail."""
    extra: RatePerSecond = 0.0
    """Requests offered to the whole of `on` beside its traffic and no customer's: a client that
    loops, a backfill, a herd, a thief."""
    fails_in: Latency | None = None
    """How soon what fails is answered."""
    answers: Count | None = None
    """The HTTP status of what fails here; 500 unless written."""
    silent: Truth = False
    """Whether nothing is answered at all, so that callers wait."""
    cut: Literal["silent", "refused"] | None = None
    """For a need: whether packets vanish or are refused."""
    towards: ServiceId | None = None
    """For a need: only while it leads to this service, so that repointing it avoids the bend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """Ready pods that fall into a group when a fault begins."""

    __pydantic_config__ = STRICT

    service: ServiceId
    group: Identifier
    """What they become: one of the service's groups."""
    pods: Count
    """As many as there are, where this is more."""
    over: Seconds = 0.0
    """The first at once, the last so long after, evenly between."""
    lasts: Span | None = None
    """Each gets well by itself after its own drawn time; else when it is replaced or the fault
    is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A point of a fault's course."""

    __pydantic_config__ = STRICT

    after: Seconds
    strength: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is broken for a while."""

    __pydantic_config__ = STRICT

    title: Prose
    """What is wrong, for facilitators and the debrief; a seat never reads it."""
    at: WholeSeconds | None = None
    """Since the drill begins; absent for one that begins on a condition or by an effect."""
    when: When | None = None
    """Begins when this holds."""
    after: Span | None = None
    """Begins so long after `at`, or after `when` came to hold if it still holds then; drawn."""
    bends: tuple[Bend, ...] = ()
    """What it does, place by place."""
    strikes: tuple[Strike, ...] = ()
    course: tuple[Step, ...] = ()
    """Full strength at once unless written; a ramp is steps of at least 15 s."""
    lasts: Span | None = None
    """How long until it ends by itself; for ever unless written."""
    until: When | None = None
    """Ends by itself when this holds."""
    facts: Mapping[Word, Value] = field(default_factory=dict)
    """Categorical facts true while it is active (`data: at_risk`)."""
    sets: Mapping[StateName, Value] = field(default_factory=dict)
    """Rows of the state table it sets when it begins."""
    cured_sets: Mapping[StateName, Value] = field(default_factory=dict)
    """Rows of the state table that are set when it is cured."""
    impact: Truth = True
    """Whether it is the incident's own; false for a background nuisance."""
    spreads: Mapping[Identifier, Seconds] = field(default_factory=dict)
    """Faults it starts, and how long after."""
    relapses: Seconds | None = None
    """Comes back so long after an easing when its real cause stands."""
    unless_cured: Literal["worse", "steady", "heals"] = "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One truth behind the same first page."""

    __pydantic_config__ = STRICT

    title: Prose
    """The truth in two or three words, for facilitators."""
    weight: Ratio
    """Of the seeded draw; 0 is reached by name only."""
    cause: Word
    """Which of the nameable causes it is."""
    faults: tuple[Identifier, ...]
    """The faults that are armed in this variant; the others never begin by themselves."""
    state: Mapping[StateName, Value] = field(default_factory=dict)
    """Rows of the state table that differ from the first second on."""
    releases: Mapping[ServiceId, Revision] = field(default_factory=dict)
    """What a service's pods run from the beginning, where that is not what the system says."""
    gauges: Mapping[StateName, Number] = field(default_factory=dict)
    """Levels at the beginning that differ."""
    before: Mapping[StateName, tuple[Point, ...]] = field(default_factory=dict)
    """What gauges were before the drill begins, where that differs from their own `before`."""
    best: Mapping[StateName, Number] = field(default_factory=dict)
    """For each `loss` gauge, the least a perfect team loses."""
    remedy: tuple["RemedyStep", ...] = ()
    """What cures it, in order."""
    lead: tuple[Word, ...] = ()
    """Looks that tell it apart, for hints and the debrief."""
    begins: Instant | None = None
    """Its own clock, where it is a drill as it was executed."""
    expected: WholeSeconds | None = None
    """Its own time from T0 to restored; the scenario's where absent."""
    restored_when: When | None = None
    """What counts as restored here; the scenario's where absent."""
    restored_for: WholeSeconds | None = None
    """How long it must have held; the scenario's own `restored_for` where absent."""
    note: Prose = ""
    """For facilitators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyStep:
    """One step of what cures a cause, for bots and the debrief.

    The first undone one whose condition holds on found facts is next.
    """

    __pydantic_config__ = STRICT

    do: Word
    """An action."""
    when: When | None = None
    """Over found facts, `done.<action>`, `found.<clue>`, `named.<cause>`."""
    optional: Truth = False
    """Whether a perfect team may leave it out."""
