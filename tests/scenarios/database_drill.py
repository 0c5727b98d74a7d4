"""What the stories about the database drill share: its brief, its clock, and Bob's hands."""

from hands import Hands as AnyHands
from hands import brief_of as any_brief_of

from simulator.brief.brief import Brief

SCENARIO = "fraiseql-database-recovery"
MINUTE = 60
DEAD = ("lost-primary", "stale-replica")
VARIANTS = (*DEAD, "full-disk", "cut-off")
IMPACT = 600
"""I of the casebook: 10:05:00."""
T0 = 665
"""T0 of the casebook: 10:06:05; drawn phases move it by some twenty seconds."""


def brief_of(plan: str = "fraiseql") -> Brief:
    """The drill under a plan, with the people of drill 2."""
    return any_brief_of(SCENARIO, plan)


class Hands(AnyHands):
    """Bob alone at his terminal; everybody else sits still."""

    login = "psql-bastion"
    impact = IMPACT

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        super().__init__(SCENARIO, variant, seed=seed)
