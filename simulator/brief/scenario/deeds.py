"""What can be done, and what it truly does.

Rule 1: an author's action changes state only; whether it was right, partial, useless or harmful
is derived from what it did, never written.
Rule 2: conditions are read at the end of the work, when the effect comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.brief.conditions import When
from simulator.brief.scenario.access import Cap, CredentialId, Pace
from simulator.brief.scenario.kinds import STRICT, ServiceId
from simulator.brief.scenario.sight import Scope
from simulator.brief.units import (
    Count,
    Fraction,
    Identifier,
    Line,
    Number,
    Prose,
    Seconds,
    Span,
    StateName,
    Truth,
    Value,
    Word,
)
from simulator.brief.vocabulary import ActionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Ease:
    """A fault made weaker: its strength is multiplied by `to`."""

    __pydantic_config__ = STRICT

    fault: Identifier
    """Which one."""
    to: Fraction
    """What is left of its strength."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A gauge moved: by an amount, to a level, or by another gauge's level."""

    __pydantic_config__ = STRICT

    gauge: StateName
    """Which one."""
    by: Number | None = None
    """So much up or down."""
    to: Number | None = None
    """To this level."""
    by_gauge: StateName | None = None
    """By the level of another gauge."""
    times: Number = 1.0
    """Multiplies `by_gauge`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repoint:
    """A need answered by another service from now on."""

    __pydantic_config__ = STRICT

    service: ServiceId
    """Whose need."""
    need: Identifier
    """Which need."""
    to: ServiceId
    """The service that answers it from now on."""
    of_class: Identifier | None = None
    """Only for this class of requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doomed:
    """Pods of a group to be deleted; new ones come up at once."""

    __pydantic_config__ = STRICT

    group: Identifier
    count: Count | None = None
    """All of the group where absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicas:
    """A service's replicas set, restarted or deleted."""

    __pydantic_config__ = STRICT

    service: ServiceId
    """Whose."""
    to: Count | None = None
    """How many from now on."""
    rolling_restart: Truth = False
    """In waves, as a new revision."""
    restart_all: Truth = False
    """All deleted at once, so that new ones come up."""
    restart_one: Truth = False
    """One deleted: the youngest that is not Ready, else the last."""
    delete: Doomed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """Another revision of a workload, rolled out in waves: exactly one of the three ways."""

    __pydantic_config__ = STRICT

    service: ServiceId
    image: Word = ""
    undo: Truth = False
    """Back to the revision before this one."""
    to_revision: Count | None = None
    cause: Prose = ""
    """What the history of revisions says of it."""
    slow: Truth = False
    """One pod at a time, none taken away before another is Ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What a temporary measure leaves behind."""

    __pydantic_config__ = STRICT

    id: Identifier
    """Its name, for what settles it."""
    says: Prose
    """What is left to be done."""
    undo: Line = ""
    """The action that undoes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What is done to the state; all parts written are done, in this order."""

    __pydantic_config__ = STRICT

    cure: tuple[Identifier, ...] = ()
    """Faults it ends."""
    ease: tuple[Ease, ...] = ()
    """Faults it makes weaker."""
    start: tuple[Identifier, ...] = ()
    """Faults it begins: harm, where people do it."""
    sets: Mapping[StateName, Value] = field(default_factory=dict)
    """Rows of the state table it sets."""
    move: tuple[Move, ...] = ()
    """Gauges it moves."""
    repoint: tuple[Repoint, ...] = ()
    """Needs it leads to another service."""
    replicas: tuple[Replicas, ...] = ()
    """Replicas it changes or restarts."""
    rollout: tuple[Rollout, ...] = ()
    debt: tuple[Debt, ...] = ()
    """What it leaves to be put right."""
    settles: tuple[Identifier, ...] = ()
    """Debts that are paid by this."""
    create: tuple[CredentialId, ...] = ()
    """Credentials that exist from now on."""
    reactivate: tuple[CredentialId, ...] = ()
    """Accepted again at once; a deleted one never is."""
    deactivate: tuple[CredentialId, ...] = ()
    """No longer accepted once this has reached the door (`bites`); can be taken back."""
    delete: tuple[CredentialId, ...] = ()
    """As `deactivate`, for good; what told of them is lost unless `evidence_kept` is yes."""
    close: tuple[CredentialId, ...] = ()
    """Sessions closed now; they open again where they can (`reopens_in`)."""
    cascade: Truth = False
    """Whether what was opened with those deactivated, deleted, closed or purged goes with them."""
    purge: tuple[CredentialId, ...] = ()
    """Caches emptied: what is no longer live bites within `bites_purged` from now."""
    paces: tuple[Pace, ...] = ()
    caps: tuple[Cap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An effect under a condition; every one that holds is done."""

    __pydantic_config__ = STRICT

    do: Effect
    """What it does."""
    when: When | None = None
    """Only if this holds at the end of the work."""
    says: Prose = ""
    """What the terminal shows at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Midway:
    """An effect while the work is under way."""

    __pydantic_config__ = STRICT

    do: Effect
    """What it does then."""
    after: Seconds | None = None
    """So long after the start."""
    before_end: Seconds | None = None
    """So long before the end."""
    when: When | None = None
    """Only if this holds then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A condition that must hold, with the words the tool refuses with."""

    __pydantic_config__ = STRICT

    holds: When
    """What must hold when it starts."""
    otherwise: Prose
    """The words it is refused with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Scope):
    """Something that can be done to the system."""

    __pydantic_config__ = STRICT

    title: Prose
    """What people read in the list of actions."""
    kind: ActionKind
    """The plan says who may do this kind alone, and whom they ask."""
    lines: tuple[Line, ...] = ()
    """Command lines that are this action; `{word}` stands for anything."""
    takes: Span
    """How long it occupies who does it; drawn."""
    until: When | None = None
    """Goes on until this holds, over the truth; `takes` is then the least it takes."""
    needs: tuple[Refusal, ...] = ()
    """Read when it starts."""
    runbook: Word = ""
    """The plan's runbook it is a step of."""
    irreversible: Truth = False
    """Whether there is no way back; it then asks for leave."""
    amount: Count | None = None
    """How many, where the plan allows only so many."""
    on: tuple[ServiceId, ...] = ()
    """What it touches; "wider than the fault" and "relevant look" read it."""
    during: tuple[Midway, ...] = ()
    """What it does on its way."""
    then: tuple[Outcome, ...] = ()
    """What it does at its end: every outcome whose condition holds."""
    undo: Word = ""
    """The action that undoes it."""
    holds_terminal: Truth = False
    """Whether it goes on by itself once started, so that its starter is free."""
    object: Word = ""
    """A second action on the same object waits or is refused."""
    probe: Truth = False
    """Whether trying it rules a cause out."""
    says: Prose = ""
    """What the terminal shows when it starts."""
    once: Truth = False
    """Whether it can be done a single time."""
    again: Prose = ""
    """The refusal of a second time, where `once`."""
