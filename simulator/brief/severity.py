"""Which level some facts amount to: the highest one of whose conditions holds.

Rule 1: one function for paging, bots, quiz and score; whoever asks brings the facts it knows.
"""

from simulator.brief.conditions import HeldFor, Look, holds
from simulator.brief.plan.plan import Plan


def severity_of(plan: Plan, look: Look, held_for: HeldFor | None = None) -> str:
    """The highest level that holds by what `look` knows; empty where none does.

    `held_for` keeps the time of conditions such as `p95_ms > 500 for 5m`; without it they do not
    hold.
    """
    for name, level in plan.levels.items():
        if any(holds(condition, look, held_for) for condition in level.when):
            return name
    return ""


def higher(plan: Plan, one: str, other: str) -> str:
    """The higher of two levels; an empty one is below all."""
    order = plan.ordered()
    known = [name for name in (one, other) if name in order]
    return min(known, key=order.index, default="")


def steps_above(plan: Plan, level: str, base: str) -> int:
    """By how many levels `level` stands above `base`; negative below."""
    order = plan.ordered()
    return order.index(base) - order.index(level)
