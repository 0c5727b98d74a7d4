"""The brief: scenario, plan and roster, agreed before the drill, with who sits where.

Rule 1: a brief is a value: the same three documents make the same brief, from files or from the
first entry of a journal.
Rule 2: a role the plan lacks falls to the next; a role without a person is played by a bot named
after it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from simulator.brief.binding import bind, from_plain, plain
from simulator.brief.nodes import Node
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Scope
from simulator.brief.vocabulary import ROLES
from simulator.chance import Chance

FALLS_TO: Final[Mapping[str, str]] = {
    "backup": "on_call",
    "manager": "on_call",
    "commander": "on_call",
    "tech_lead": "on_call",
    "comms_lead": "manager",
    "scribe": "commander",
    "sme": "on_call",
    "security_lead": "sme",
    "support_lead": "comms_lead",
    "product_manager": "manager",
    "service_owner": "manager",
    "director": "manager",
    "executive": "director",
    "legal": "manager",
    "vendor": "on_call",
}
"""Where a role's duties go when the plan names no road of its own; it ends at on_call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What was agreed."""

    scenario: Scenario
    plan: Plan
    roster: Roster
    documents: Mapping[str, str]
    """`scenario`, `plan`, `roster`, each as one text that keeps its order: what a journal keeps;
    and `script`, where somebody plays a list."""

    def chairs(self) -> dict[str, str]:
        """Role -> person for every role there is, after falling and filling."""
        return {role: self._sits(role) for role in ROLES}

    def people(self) -> tuple[str, ...]:
        """Everybody with a chair, in the order of the roles, each once."""
        return tuple(dict.fromkeys(self.chairs().values()))

    def variant(self, chance: Chance, asked: str = "") -> str:
        """The variant asked for, or the one this seed draws by weight."""
        if asked:
            return asked
        weights = {name: terms.weight for name, terms in self.scenario.variants.items()}
        return chance.pick(weights, "variant", self.scenario.id)

    def playing(self, variant: str) -> "Brief":
        """The brief as one variant plays it: on that variant's own clock, where it has one.

        What exists only in variants that no seed draws is no part of a drill that plays none of
        them: nobody is offered it. What some drawn variant has stays, whichever is played: its
        absence would tell which one is.
        """
        scenario = _offered(self.scenario, variant)
        terms = scenario.variants.get(variant)
        if terms is not None and terms.begins is not None:
            scenario = replace(scenario, begins=terms.begins)
        return self if scenario is self.scenario else replace(self, scenario=scenario)

    def _sits(self, role: str) -> str:
        while (holder := self.roster.holder(role)) is None:
            if role == "on_call" or role in self.plan.roles:
                return _bot(role)
            role = FALLS_TO[role]
        return holder


def _bot(role: str) -> str:
    return role.replace("_", "-")


def _offered(scenario: Scenario, variant: str) -> Scenario:
    """The scenario without what only variants that are never drawn have, but for the one played."""
    possible = {name for name, v in scenario.variants.items() if v.weight > 0 or name == variant}
    if possible == scenario.variants.keys():
        return scenario

    def there(terms: Scope) -> bool:
        return any(terms.covers(name) for name in possible)

    return replace(
        scenario,
        variants={n: terms for n, terms in scenario.variants.items() if n in possible},
        looks={n: terms for n, terms in scenario.looks.items() if there(terms)},
        actions={n: terms for n, terms in scenario.actions.items() if there(terms)},
    )


def agreed(scenario: Node, plan: Node, roster: Node, files: tuple[str, str, str]) -> Brief:
    """The brief of three composed documents; raises BriefError with every problem of each."""
    return Brief(
        scenario=bind(Scenario, scenario, files[0]),
        plan=bind(Plan, plan, files[1]),
        roster=bind(Roster, roster, files[2]),
        documents=documents_of(scenario, plan, roster),
    )


def documents_of(scenario: Node, plan: Node, roster: Node) -> dict[str, str]:
    """What a journal keeps of three documents, so that they can be read again."""
    return {"scenario": _kept(scenario), "plan": _kept(plan), "roster": _kept(roster)}


def reread(documents: Mapping[str, str]) -> Brief:
    """The brief a journal's first entry holds.

    Raises BriefError, KeyError, TypeError or ValueError for what was never three documents.
    """
    nodes = [_reread(documents[name]) for name in ("scenario", "plan", "roster")]
    brief = agreed(nodes[0], nodes[1], nodes[2], ("scenario", "plan", "roster"))
    if "script" not in documents:
        return brief
    return replace(brief, documents={**brief.documents, "script": documents["script"]})


def _kept(node: Node) -> str:
    """A document in one line. Its order is kept: the levels of a plan stand highest first."""
    return json.dumps(plain(node), ensure_ascii=False, separators=(",", ":"))


def _reread(text: str) -> Node:
    try:
        return from_plain(json.loads(text))
    except RecursionError as error:
        raise ValueError("nested too deep to be a document") from error
