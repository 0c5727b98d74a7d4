"""Who there is in a plan: roles and their words, who may do what, who is called together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.brief.conditions import When
from simulator.brief.plan.levels import STRICT, LevelName
from simulator.brief.units import Count, Prose, Truth, WholeSeconds, Word
from simulator.brief.vocabulary import ActionKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerms:
    """One role as this organisation knows it."""

    __pydantic_config__ = STRICT

    word: Word
    falls_to: Role | None = None
    """Who takes the role's duties where nobody holds it; chains end at on_call."""
    called: Prose = ""
    """When the role is called."""
    owes: tuple[Prose, ...] = ()
    """Its checklist, in the plan's words."""
    skills: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """How far a role may go with one kind of action."""

    __pydantic_config__ = STRICT

    inside: Literal["anywhere", "runbook"] = "anywhere"
    """`runbook`: only as a step of a runbook the plan knows."""
    up_to: Count | None = None
    """For amounts such as replicas."""
    up_to_on: Mapping[Word, Count] = field(default_factory=dict)
    """Services whose amount has a limit of its own, instead of `up_to`."""
    irreversible: Truth = False
    """Whether what cannot be undone is permitted too; otherwise it asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What a role may do alone, and whom it asks for the rest."""

    __pydantic_config__ = STRICT

    can: Mapping[ActionKind, Permission] = field(default_factory=dict)
    asks: Mapping[ActionKind, tuple[Role, ...]] = field(default_factory=dict)
    """Approvers in order: the next is asked where one is absent."""
    can_everything: Truth = False
    """A commander who "may override any decision"."""
    otherwise: tuple[Role, ...] = ()
    """Whom to ask for a kind that stands in neither table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mobilisation:
    """Who is called together at a level."""

    __pydantic_config__ = STRICT

    roles: Mapping[LevelName, tuple[Role, ...]]
    within: Mapping[LevelName, WholeSeconds] = field(default_factory=dict)
    later: tuple["Joining", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A role that joins only after a while, or only if."""

    __pydantic_config__ = STRICT

    role: Role
    after: Mapping[LevelName, WholeSeconds] = field(default_factory=dict)
    only_if: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runbook:
    """A runbook the plan knows: what it is called there, and what stands in it."""

    __pydantic_config__ = STRICT

    title: Prose
    covers: tuple[Word, ...] = ()
    """Ids of runbooks in scenarios that this one is."""
    limit: WholeSeconds | None = None
    steps: tuple[Prose, ...] = ()
    note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The on-call calendar in words and times; a staffing study computes with it."""

    __pydantic_config__ = STRICT

    rotation: Literal["weekly", "daily", "follow_the_sun"]
    starts: Prose = ""
    """Day, time of day and zone of the handover."""
    overlap: WholeSeconds | None = None
    handover_meeting: WholeSeconds | None = None
    tiers: tuple[Role, ...] = ("on_call",)
    at_most: Prose = ""
    """How often one person serves."""
    shifts: Mapping[Word, Prose] = field(default_factory=dict)
    relief: tuple[Prose, ...] = ()
    rest: tuple[Prose, ...] = ()
    pay: tuple[Prose, ...] = ()
    people: tuple[Prose, ...] = ()
