"""Who is about and who holds what: whose duty is whose, as one person sees it.

Rule 1: a duty belongs to the first of its roles whose holder is about, else to whoever is.
Rule 2: a standing is kept until somebody comes, goes or takes a role: what it has answered it
answers again at once. It knows nothing of the clock, nor of who is at work.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import ROLES
from simulator.journal.rules import Rules, rules_of
from simulator.journal.situation import Situation

LOOKERS: Final = ("on_call", "backup", "tech_lead", "sme", "security_lead", "service_owner")
"""Roles that open a terminal; the first present one acts."""
STAND_INS: Final = ("on_call", "backup", "manager", "commander", "service_owner", "director")
"""Who takes what nobody who owes it is there to do."""
Asks: TypeAlias = Callable[["Standing", str, Sequence[str]], bool]
"""Asked with a duty's verb and the roles that owe it: whether a question is about it."""
_NOBODY: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who is about, in which roles; immutable."""

    person: str
    """Whose view it is."""
    plan: Plan
    chairs: Mapping[str, str]
    assigned: Mapping[str, str]
    """Role -> who has it in the incident."""
    joined: Mapping[str, int]
    seen: frozenset[str]
    """People seen at work on it, and not released."""

    def as_of(self, picture: Situation, seen: frozenset[str]) -> "Standing":
        """The standing by this picture: itself, while nobody came, went or took a role."""
        assigned = picture.incident.roles if picture.incident else _NOBODY
        if (
            assigned is self.assigned
            and picture.joined is self.joined
            and picture.chairs is self.chairs
            and seen == self.seen
        ):
            return self
        return standing(self.person, self.plan, picture, seen)

    @cached_property
    def here(self) -> frozenset[str]:
        """Everybody who is about: joined or seen at work, and not released."""
        return frozenset(self.joined) | self.seen

    @cached_property
    def holders(self) -> Mapping[str, str]:
        """Role -> its holder; empty for nobody."""
        return {role: self.assigned.get(role, self.chairs.get(role, "")) for role in ROLES}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles this person holds now."""
        return tuple(role for role in ROLES if self.holders[role] == self.person)

    def owing(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Everybody such a duty may fall to, the first asked first; at least one."""
        roles = tuple(roles)
        owing = self._owing.get(roles)
        if owing is None:
            owing = self._about(roles) or self._about(STAND_INS) or (self.person,)
            self._owing[roles] = owing
        return owing

    def rules(self, asks: Asks) -> Rules:
        """The plan's rules a question is about; `asks` looks at this standing and nothing else."""
        found = self._rules.get(asks)
        if found is None:
            found = rules_of(self.plan, lambda does, owed_by: asks(self, does, owed_by))
            self._rules[asks] = found
        return found

    @cached_property
    def actor(self) -> str:
        """Who names causes and changes things: the first of those at a terminal."""
        return self.owing(self._terminals)[0]

    @cached_property
    def terminals(self) -> frozenset[str]:
        """Everybody who opens a terminal in this plan."""
        return frozenset(self.holders[role] for role in self._terminals)

    @cached_property
    def _terminals(self) -> tuple[str, ...]:
        """Roles at a terminal that this plan knows as roles of their own."""
        return tuple(role for role in LOOKERS if role == "on_call" or role in self.plan.roles)

    def _about(self, roles: Iterable[str]) -> tuple[str, ...]:
        """The holders of these roles who are about, in order."""
        present = self._present
        return tuple(dict.fromkeys(present[role] for role in roles if role in present))

    @cached_property
    def _present(self) -> Mapping[str, str]:
        """Role -> its holder, where that one is about."""
        return {role: holder for role, holder in self.holders.items() if holder in self.here}

    @cached_property
    def _owing(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What `owing` has answered."""
        return {}

    @cached_property
    def _rules(self) -> dict[Asks, Rules]:
        """What `rules` has answered."""
        return {}


def standing(person: str, plan: Plan, picture: Situation, seen: frozenset[str]) -> Standing:
    """Who is about and who holds what, by what a person was told."""
    return Standing(
        person=person,
        plan=plan,
        chairs=picture.chairs,
        assigned=picture.incident.roles if picture.incident else _NOBODY,
        joined=picture.joined,
        seen=seen,
    )
