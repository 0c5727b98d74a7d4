"""Access: whatever opens a door, who holds it, who uses it, and how an effect changes that.

Rule 1: a credential is a fact of the system; that an intruder uses it too is sealed.
Rule 2: what a use does follows from its door: nobody writes how a theft ends, only how fast a
door shuts (docs/model.md, access).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from simulator.brief.conditions import When
from simulator.brief.scenario.kinds import STRICT, ServiceId
from simulator.brief.scenario.sight import Scope
from simulator.brief.units import (
    Count,
    Identifier,
    Instant,
    Line,
    PositiveCount,
    Prose,
    Ratio,
    Span,
    Truth,
    Word,
)

CredentialId: TypeAlias = Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Scope):
    """Somebody's use of a credential."""

    __pydantic_config__ = STRICT

    by: Literal["owner", "intruder"]
    from_: Annotated[Line, Field(alias="from")] = ""
    """The addresses it comes from, as people read them."""
    agent: Line = ""
    operation: Line = ""
    per_min: Count
    """Uses a minute, tried; 0 for one that only holds it. An effect's `paces` may set another."""
    rows: Ratio = 0.0
    """What one use takes away (records, documents), counted in `rows_per_min`."""
    on: ServiceId | None = None
    """The service its uses ask, beside that service's own traffic; nobody's where absent."""
    while_: Annotated[When | None, Field(alias="while")] = None
    """Over the truth: while this does not hold nobody uses it so; an intruder has not got it."""
    shut_while: When | None = None
    """Over the truth: while this holds no use of it gets through (a blocked address)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Scope):
    """Whatever opens a door: it is accepted there, or not."""

    __pydantic_config__ = STRICT

    title: Prose = ""
    kind: Literal[
        "key", "session", "token", "role_session", "password", "certificate", "key_copy"
    ] = "key"
    holder: Word
    """Whose it is."""
    count: PositiveCount = 1
    """So many alike, that live and die together (a partner's keys): each is a foothold."""
    scopes: tuple[Line, ...] = ()
    created: Instant | None = None
    """When it was made, for one that is older than the drill."""
    opened_with: CredentialId | None = None
    """What it was opened or minted with: a session's key, a child's parent."""
    outlives: Truth = True
    """Whether it goes on when what opened it is dead; a `cascade` ends it all the same."""
    at_rest: Literal["live", "absent"] = "live"
    bites: Span = field(default_factory=lambda: Span(low_s=60.0, high_s=300.0))
    """How long its door still accepts it once deactivated or deleted: caches (assumed)."""
    bites_purged: Span = field(default_factory=lambda: Span(low_s=0.0, high_s=30.0))
    """The same from a purge of the caches on (assumed)."""
    reopens_in: Span | None = None
    """For what can be closed: opened again so soon while what opened it is accepted; never where
    absent."""
    uses: Mapping[Identifier, Use] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One use of a credential made faster, slower, or stopped."""

    __pydantic_config__ = STRICT

    credential: CredentialId
    use: Identifier
    per_min: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A limit on all uses of a credential together, shared in proportion to what is tried."""

    __pydantic_config__ = STRICT

    credential: CredentialId
    per_min: Count | None = None
    """No limit any more where absent."""
