"""Which rules of a plan a question about deadlines weighs.

Rule 1: rules keep the plan's order: duties, notices, special paths, what is still unresolved.
Rule 2: choosing looks at nothing but a rule's verb and the roles that owe it, so that a choice
stays good for as long as nobody comes, goes or hands a role over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from simulator.brief.conditions import Condition
from simulator.brief.plan.levels import DutyRule, NotifyRule, UnresolvedStep
from simulator.brief.plan.plan import Plan

Of: TypeAlias = Callable[[str, Sequence[str]], bool]
"""Asked with a duty's verb and the roles that owe it: whether somebody wants to know about it."""


@dataclass(frozen=True, slots=True)
class Path:
    """A special path: its name, when it is open, and its steps by name."""

    name: str
    only_if: Condition | None
    steps: tuple[tuple[str, NotifyRule], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of one plan by the names their targets have."""

    duties: tuple[tuple[str, DutyRule], ...]
    notices: tuple[tuple[str, NotifyRule], ...]
    paths: tuple[Path, ...]
    unresolved: tuple[tuple[str, UnresolvedStep], ...]


def rules_of(plan: Plan, of: Of = lambda _does, _owed_by: True) -> Rules:
    """The rules of a plan that somebody wants to know about; all, unless told otherwise."""
    escalation = plan.escalation
    paths = (
        Path(
            name,
            path.only_if,
            tuple(
                (f"{name}.{n}", rule)
                for n, rule in enumerate(path.steps)
                if of("notify", rule.owed_by)
            ),
        )
        for name, path in escalation.special.items()
    )
    return Rules(
        duties=tuple((n, rule) for n, rule in plan.duties.items() if of(rule.does, rule.owed_by)),
        notices=tuple(
            (f"notify.{n}", rule)
            for n, rule in enumerate(escalation.notify)
            if of("notify", rule.owed_by)
        ),
        paths=tuple(path for path in paths if path.steps),
        unresolved=tuple(
            (f"unresolved.{n}", step)
            for n, step in enumerate(escalation.unresolved)
            if step.how == "by_hand" and of("escalate", step.owed_by)
        ),
    )
