"""The scenario itself: the parts of the other files, joined."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.brief.conditions import When
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.exercise import Item
from simulator.brief.scenario.intruder import Intruder
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.scenario.sight import AlertRule, Clue, LogText, Look, Record
from simulator.brief.scenario.story import Colleague, Inject, Teaching
from simulator.brief.scenario.system import System
from simulator.brief.scenario.trouble import Fault, Variant
from simulator.brief.units import (
    Count,
    Identifier,
    Instant,
    Line,
    PositiveCount,
    Prose,
    Ratio,
    Truth,
    WholeSeconds,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Figures the drill is measured against."""

    __pydantic_config__ = STRICT

    restore: WholeSeconds
    """T0 to restored."""
    session: WholeSeconds | None = None
    """The box in people's calendars; it stops nothing."""
    data: WholeSeconds | None = None
    """How much data may be lost, counted in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One incident to practise."""

    __pydantic_config__ = STRICT

    schema: PositiveCount = 1
    """The edition of the format; the first where it is left out."""
    id: Identifier
    """Its name on the command line and in the history."""
    title: Prose
    """What people notice; it gives nothing away."""
    stands_on: Identifier | None = None
    """The system's document it is laid on: what stands there need not be written here."""
    organisation: Prose
    """Whose service it is."""
    kind: Literal["incident", "exercise"] = "incident"
    """`incident`: a world fails. `exercise`: people practise without that."""
    plan: Identifier
    """The plan it is played under unless another is asked for."""
    roster: Identifier
    """The people of the session, unless others are asked for."""
    begins: Instant
    """The labelled moment of second 0."""
    difficulty: Count = 2
    """1 to 5; `scenarios check` holds it against play."""
    competencies: tuple[Word, ...] = ()
    """What it practises, in the words of the score."""
    brief: tuple[Prose, ...]
    """What every seat is told before."""
    expected: Expected
    limit: WholeSeconds | None = None
    """The drill is over then, whatever happens."""
    causes: Mapping[Word, Prose]
    """Nameable by everybody from the briefing on; `not-known` is always one of them."""
    system: System
    """What stands before anything breaks."""
    faults: Mapping[Identifier, Fault]
    """What can be broken. Sealed."""
    variants: Mapping[Identifier, Variant]
    """The truths behind the same first page; the seed draws one. Sealed."""
    intruder: Intruder = field(default_factory=Intruder)
    """Sealed: what somebody who has got in does next."""
    alerts: Mapping[Identifier, AlertRule]
    """What the monitoring says by itself."""
    looks: Mapping[Word, Look]
    """What people can look at."""
    clues: Mapping[Identifier, Clue]
    """What looks let somebody conclude. Sealed."""
    records: tuple[Record, ...] = ()
    logs: tuple[LogText, ...] = ()
    actions: Mapping[Word, Action]
    """What people can do."""
    colleagues: Mapping[Identifier, Colleague] = field(default_factory=dict)
    """Who can be asked, whoever plays them."""
    injects: Mapping[Identifier, Inject] = field(default_factory=dict)
    """What happens in the story."""
    items: Mapping[Identifier, Item] = field(default_factory=dict)
    """What an exercise asks for; an incident has none."""
    teaching: Teaching = field(default_factory=Teaching)
    """What goes with it for those who lead it."""
    restored_when: When | None = None
    """Default: every entry service near its baseline and no impact fault active."""
    restored_for: WholeSeconds = 60
    """How long that must have held; restored is the second from which it did."""
    runbooks: Mapping[Word, tuple[Word, ...]] = field(default_factory=dict)
    """For each runbook id, its steps: looks and actions in order."""
    variables: Mapping[Word, Line] = field(default_factory=dict)
    """Shell variables of every seat, such as FQ_DB."""
    commits_to: Truth = True
    marks: Mapping[Word, Ratio] = field(default_factory=dict)
    """Marks this scenario cannot make due, weight 0, or weighs otherwise."""
    end_states: tuple[When, ...] = ()
    """Conditions under which leaving it unrestored is an accepted end."""
    hazards: Mapping[Word, When] = field(default_factory=dict)
    """Conditions that spoil an end state, each with its name."""

    def must_hold_s(self, variant: str) -> int:
        """For how many seconds `restored_when` must have held, in this variant."""
        own = self.variants[variant].restored_for if variant in self.variants else None
        return self.restored_for if own is None else own
