"""Whether a scenario, a plan and a roster can be played together.

Rule 1: each document is sound by itself before it comes here.
Rule 2: a role nobody holds is a warning: a bot plays it; what cannot be played is an error, and so
is an empty chair where no bot may sit, or from which duties fall to nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from simulator.brief.authority import known_runbook
from simulator.brief.brief import FALLS_TO, Brief
from simulator.brief.nodes import Node
from simulator.brief.references import Path, at
from simulator.brief.showing import Hidden, hidden_gates
from simulator.errors import Problem
from simulator.text import did_you_mean

RESERVED: Final = ("engine", "facilitator", "host", "channel")
"""Names a journal gives to no person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One of the documents: its tree and the name problems give."""

    node: Node
    file: str

    def at(self, path: Path, code: str, found: str, hint: str = "") -> Problem:
        """A problem at the key of a path of this document."""
        return at(self.node, path, file=self.file, code=code, found=found, hint=hint, key=True)


def check_brief(
    brief: Brief, scenario: Sheet, plan: Sheet, roster: Sheet, *, no_bots: bool = False
) -> tuple[Problem, ...]:
    """Every problem and warning of how the three documents fit together.

    `no_bots`: only people will play, so that every role the plan needs wants a person.
    """
    return (
        *_people(brief, roster),
        *_empty_chairs(brief, roster, no_bots=no_bots),
        *_ladder(brief, plan),
        *_limit(brief, scenario),
        *_runbooks(brief, scenario),
        *(_gate(brief, one, scenario) for one in hidden_gates(brief.plan, brief.scenario)),
    )


def _people(brief: Brief, roster: Sheet) -> list[Problem]:
    return [
        roster.at(("people", person), "E140", f"{person!a} is a name the journal keeps for itself")
        for person in brief.roster.people
        if person in RESERVED
    ]


def needed_roles(brief: Brief) -> tuple[str, ...]:
    """The roles the plan gives something to do: it pages, mobilises, or asks them."""
    plan = brief.plan
    called: list[str] = [role for step in plan.escalation.no_ack for role in step.page]
    called += [role for step in plan.escalation.unresolved for role in step.to]
    called += [role for roles in plan.mobilisation.roles.values() for role in roles]
    called += [role for terms in plan.authority.values() for r in terms.asks.values() for role in r]
    called += [duty.owed_by[0] for duty in plan.duties.values() if duty.owed_by]
    return tuple(dict.fromkeys(role for role in called if role in plan.roles))


def _empty_chairs(brief: Brief, roster: Sheet, *, no_bots: bool) -> list[Problem]:
    chairs, people = brief.chairs(), brief.roster.people
    empty = [role for role in needed_roles(brief) if chairs[role] not in people]
    # Who is on call has nobody to fall to: with people seated, one of them must be.
    lost = [role for role in empty if people and not _falls(brief, role)]
    wanted = empty if no_bots else lost
    problems = []
    if wanted:
        why = "no bot may play" if no_bots else "its duties fall to nobody"
        found = f"nobody holds {', '.join(wanted)}, and {why}"
        hint = "write the role behind a person's `roles`"
        problems.append(roster.at(("people",), "E146", found, hint))
    if filled := [role for role in empty if role not in wanted]:
        bots = _these(chairs[role] for role in filled)
        found = f"nobody holds {', '.join(filled)}; bots play {bots}"
        problems.append(roster.at(("people",), "W104", found))
    return problems


def _falls(brief: Brief, role: str) -> bool:
    """Whether somebody else takes this role's duties: by the plan's word, or by ours."""
    terms = {str(name): one.falls_to for name, one in brief.plan.roles.items()}
    return role in FALLS_TO or terms.get(role) is not None


def _ladder(brief: Brief, plan: Sheet) -> list[Problem]:
    """Rungs that page again the only person the rung before has paged in vain."""
    chairs, problems = brief.chairs(), []
    for level in brief.plan.levels:
        before: frozenset[str] = frozenset()
        for position, step in enumerate(brief.plan.escalation.no_ack):
            if level not in step.after:
                continue
            paged = frozenset(chairs[role] for role in step.page)
            if paged and paged == before:
                who = _these(sorted(paged))
                found = f"at {level} this rung pages {who} again, whom the rung before has paged"
                path: Path = ("escalation", "no_ack", position, "after", level)
                hint = "let somebody else hold the role, or let the rung page one more"
                problems.append(plan.at(path, "W105", found, hint))
            before = paged
    return problems


def _limit(brief: Brief, scenario: Sheet) -> list[Problem]:
    """A drill that ends before anybody could have finished."""
    limit, expected = brief.scenario.limit, brief.scenario.expected.restore
    if limit is None or limit >= expected:
        return []
    found = f"the drill ends at {limit} s, before the {expected} s it expects to be restored in"
    return [scenario.at(("limit",), "E129", found)]


def _runbooks(brief: Brief, scenario: Sheet) -> list[Problem]:
    """Runbooks of the scenario that the plan does not know, each told once, at its first place."""
    first: dict[str, Path] = {name: ("runbooks", name) for name in brief.scenario.runbooks}
    for name, action in brief.scenario.actions.items():
        if action.runbook:
            first.setdefault(action.runbook, ("actions", name, "runbook"))
    plan, problems = brief.plan, []
    known = {*plan.runbooks, *(word for one in plan.runbooks.values() for word in one.covers)}
    for runbook, path in first.items():
        if not known_runbook(plan, runbook):
            found = (
                f"{plan.id} knows no runbook {runbook!a}: nobody may take its steps because a"
                " runbook says so"
            )
            problems.append(scenario.at(path, "W106", found, did_you_mean(runbook, known)))
    return problems


def _gate(brief: Brief, hidden: Hidden, scenario: Sheet) -> Problem:
    """A gate that every drill of this scenario would miss, however well it is played."""
    is_everywhere = len(hidden.variants) == len(brief.scenario.variants)
    where = "" if is_everywhere else f" in {', '.join(hidden.variants)}"
    found = f"the gate {hidden.gate} of {brief.plan.id} is out of reach{where}: {hidden.why}"
    return scenario.at(("looks",), "W167", found, hidden.hint)


def _these(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
