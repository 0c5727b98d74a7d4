"""What the stories about the security drill share: its brief, its clock, and Alice's hands."""

from hands import Hands as AnyHands
from hands import brief_of as any_brief_of

from simulator.brief.brief import Brief

SCENARIO = "fraiseql-security-incident"
MINUTE = 60
FAST = ("leaked-key", "minted-key", "key-behind")
VARIANTS = (*FAST, "loud-and-quiet")
IMPACT = 600
"""I of the casebook in the first three: 10:58:55."""
T0 = 845
"""T0 of the casebook: 11:03:00; drawn phases move it by some twenty seconds."""


def brief_of(plan: str = "fraiseql") -> Brief:
    """The drill under a plan, with the people of drill 3."""
    return any_brief_of(SCENARIO, plan)


class Hands(AnyHands):
    """Alice alone at her terminal; everybody else sits still."""

    login = "psql-bastion"
    impact = IMPACT

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        super().__init__(SCENARIO, variant, seed=seed)
