"""The story around it: people who know things, voices from outside, complications, teaching."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from simulator.brief.conditions import When
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.scenario.sight import Scope
from simulator.brief.units import (
    Fraction,
    Identifier,
    Prose,
    Span,
    Truth,
    WholeSeconds,
    Word,
)
from simulator.brief.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge(Scope):
    """One thing a person can say when asked about it."""

    __pydantic_config__ = STRICT

    about: tuple[Word, ...]
    """Words that bring it up; the best match of all one's knowledge is said."""
    says: Prose
    """Their answer."""
    when: When | None = None
    """Only while this holds."""
    sure: Fraction = 0.8
    """How sure they say they are."""
    clues: tuple[Identifier, ...] = ()
    """What this answer shows; every clue of `ask.<person>` that no answer names, where empty."""
    wrong: Truth = False
    """Said in error, about one time in five at `competent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who can be asked, whoever plays them."""

    __pydantic_config__ = STRICT

    role: Role
    """The chair they sit in."""
    title: Prose = ""
    """Who they are, in a few words."""
    knows: tuple[Knowledge, ...] = ()
    """What they can say."""
    asks_first: tuple[Prose, ...] = ()
    """As an approver: what they want to hear before they agree."""
    refuses_unless: Mapping[Word, When] = field(default_factory=dict)
    """As an approver: for an action, what must hold on the asker's found facts."""
    answers_in: Span | None = None
    """How long they take; drawn."""
    absent: When | None = None
    """While this holds they do not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject(Scope):
    """Something that happens in the story: a voice, a complication."""

    __pydantic_config__ = STRICT

    says: Prose = ""
    """Its words; without any nobody hears of it."""
    sender: Word = ""
    """Who says it: customers, executive, support ..."""
    to: tuple[Role, ...] = ()
    """Whom it reaches; the channel where empty."""
    at: WholeSeconds | None = None
    """Since T0."""
    when: When | None = None
    """When this first holds."""
    unless: When | None = None
    """Not if this holds at that second."""
    do: Effect | None = None
    """What it does to the state."""
    optional: Truth = False
    """Only where a facilitator, or the drill's own draw, asks for it."""
    chance: Fraction = 1.0
    """How likely it comes at all."""
    wants: Literal["nothing", "answer", "decision", "update", "notice"] = "nothing"
    """What whoever reads it is asked for."""
    ticket: Truth = False
    """Whether it is a customer report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Three hints for one stage, each plainer than the last."""

    __pydantic_config__ = STRICT

    stage: Word
    """Its name, for the facilitator."""
    while_: Annotated[When | None, Field(alias="while")] = None
    """Over the truth, when people are in this stage; without it they go by the claims made."""
    steps: tuple[Prose, ...]
    """The hints, each plainer than the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What the drill is for, judged from facts (docs/score.md, people and teams)."""

    __pydantic_config__ = STRICT

    competency: Word
    """Which competency it is of."""
    says: Prose
    """What is to be achieved."""
    met: When
    """Over marks, duties and losses at the end."""
    late: When | None = None
    """When it counts as achieved late."""
    met_means: Prose = ""
    """What the report says where it is met."""
    late_means: Prose = ""
    """What the report says where it is late."""
    missed_means: Prose = ""
    """What the report says where it is missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a facilitator asks in a phase."""

    __pydantic_config__ = STRICT

    phase: Word
    """When it is asked."""
    asks: Prose
    """The question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A time of the scenario's own (key revoked by 10 min)."""

    __pydantic_config__ = STRICT

    title: Prose
    """What is reached."""
    when: When
    """When it is reached, over the truth."""
    within: WholeSeconds
    """Since T0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """What goes with the drill for those who lead it."""

    __pydantic_config__ = STRICT

    hints: tuple[Hints, ...] = ()
    """Help for who is stuck, stage by stage."""
    objectives: Mapping[Identifier, Objective] = field(default_factory=dict)
    """What the drill is for."""
    questions: tuple[Question, ...] = ()
    """For the debrief."""
    mistakes: tuple[Prose, ...] = ()
    """What people often do wrong here."""
    lessons: tuple[Prose, ...] = ()
    """What to take home."""
    milestones: Mapping[Identifier, Milestone] = field(default_factory=dict)
    """Times of its own."""
    glossary: Mapping[Word, Prose] = field(default_factory=dict)
    """Words to explain."""
