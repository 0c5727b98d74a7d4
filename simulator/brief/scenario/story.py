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
    when: When | None = None
    sure: Fraction = 0.8
    clues: tuple[Identifier, ...] = ()
    """What this answer shows; every clue of `ask.<person>` that no answer names, where empty."""
    wrong: Truth = False
    """Said in error, about one time in five at `competent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who can be asked, whoever plays them."""

    __pydantic_config__ = STRICT

    role: Role
    title: Prose = ""
    knows: tuple[Knowledge, ...] = ()
    asks_first: tuple[Prose, ...] = ()
    """As an approver: what they want to hear before they agree."""
    refuses_unless: Mapping[Word, When] = field(default_factory=dict)
    """As an approver: for an action, what must hold on the asker's found facts."""
    answers_in: Span | None = None
    absent: When | None = None
    """While this holds they do not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject(Scope):
    """Something that happens in the story: a voice, a complication."""

    __pydantic_config__ = STRICT

    says: Prose = ""
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
    optional: Truth = False
    """Only where a facilitator, or the drill's own draw, asks for it."""
    chance: Fraction = 1.0
    wants: Literal["nothing", "answer", "decision", "update", "notice"] = "nothing"
    ticket: Truth = False
    """Whether it is a customer report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Three hints for one stage, each plainer than the last."""

    __pydantic_config__ = STRICT

    stage: Word
    while_: Annotated[When | None, Field(alias="while")] = None
    """Over the truth, when people are in this stage; without it they go by the claims made."""
    steps: tuple[Prose, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What the drill is for, judged from facts (docs/score.md, people and teams)."""

    __pydantic_config__ = STRICT

    competency: Word
    says: Prose
    met: When
    """Over marks, duties and losses at the end."""
    late: When | None = None
    met_means: Prose = ""
    late_means: Prose = ""
    missed_means: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a facilitator asks in a phase."""

    __pydantic_config__ = STRICT

    phase: Word
    asks: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A time of the scenario's own (key revoked by 10 min)."""

    __pydantic_config__ = STRICT

    title: Prose
    when: When
    within: WholeSeconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """What goes with the drill for those who lead it."""

    __pydantic_config__ = STRICT

    hints: tuple[Hints, ...] = ()
    objectives: Mapping[Identifier, Objective] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    mistakes: tuple[Prose, ...] = ()
    lessons: tuple[Prose, ...] = ()
    milestones: Mapping[Identifier, Milestone] = field(default_factory=dict)
    glossary: Mapping[Word, Prose] = field(default_factory=dict)
