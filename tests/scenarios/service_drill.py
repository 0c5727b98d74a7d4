"""What the stories about the service drill share: its brief, its clock, and Alice's hands."""

from hands import Hands as AnyHands
from hands import brief_of as any_brief_of

from simulator.brief.brief import Brief

SCENARIO = "fraiseql-service-down"
MINUTE = 60
VARIANTS = ("half-open-redis", "bad-limits-file", "poison-schema", "key-unusable")
CRASHING = ("bad-limits-file", "poison-schema")
IMPACT = 600
"""I of the casebook: 14:02:00."""
T0 = 665
"""T0 of the casebook: 14:03:05; drawn deaths and phases move it by some twenty seconds."""


def brief_of(plan: str = "fraiseql") -> Brief:
    """The drill under a plan, with the people of drill 1."""
    return any_brief_of(SCENARIO, plan)


class Hands(AnyHands):
    """Alice alone at her terminal; everybody else sits still."""

    login = "pods"
    impact = IMPACT - 60

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        super().__init__(SCENARIO, variant, seed=seed)
