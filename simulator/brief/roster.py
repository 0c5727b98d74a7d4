"""A roster: who sits in which chair, and how a bot would fill it.

Rule 1: a role belongs to the session, not to the person; one person may hold several.
Rule 2: a role without a person is played by a bot named after the role.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.brief.units import Fraction, Identifier, PositiveCount, Prose, Truth, Word
from simulator.brief.vocabulary import Role

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the team."""

    __pydantic_config__ = STRICT

    name: Word
    roles: tuple[Role, ...] = ()
    """Chairs held in this session; none for an observer."""
    skills: tuple[Word, ...] = ()
    policy: Literal["expert", "competent", "novice", "idle"] | None = None
    """How a bot plays this chair when no policy is asked for."""
    silent: Truth = False
    """Takes no page: the phone is off."""
    signed_off: Truth = True
    note: Prose = ""
    wrong_share: Fraction = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The people of one session."""

    __pydantic_config__ = STRICT

    schema: PositiveCount = 1
    """The edition of the format; the first where it is left out."""
    id: Identifier
    title: Prose
    organisation: Prose = ""
    people: Mapping[Identifier, Person] = field(default_factory=dict)

    def holder(self, role: str) -> str | None:
        """Who holds a role, the first named where several do; None where nobody."""
        for person, terms in self.people.items():
            if role in terms.roles:
                return person
        return None
