"""What the stories about CODE's lost database share: its clock, and Ines' hands."""

from hands import Hands as AnyHands
from hands import brief_of as any_brief_of

from simulator.brief.brief import Brief

SCENARIO = "code-database-inaccessible"
MINUTE = 60
VARIANTS = ("full-disk", "no-slots", "grey-storage", "closed-road")
AT_ONCE = ("full-disk", "grey-storage")
T0 = 1200
"""T0 of the casebook: 15:10:00; drawn phases move it by some forty seconds."""
BEGINS = {"full-disk": 1110, "no-slots": 1117, "grey-storage": 1110, "closed-road": 300}
"""I of the casebook: 15:08:30, the last slot at 15:08:37, 15:08:30, 14:55:00."""


def brief_of(plan: str = "code") -> Brief:
    """The drill under a plan, with those who answer on a weekday."""
    return any_brief_of(SCENARIO, plan)


class Hands(AnyHands):
    """Ines alone at her terminal; everybody else sits still."""

    login = "pods"
    impact = 1

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        super().__init__(SCENARIO, variant, seed=seed)

    def ready(self, after: int = 0) -> "Hands":
        """So long after T0: the incident is open and the login spent."""
        self.at(T0 + after).declare().log_in()
        return self

    def errors_shown(self) -> list[int]:
        """Failures in percent, now: at the balancer, of the workers."""
        names = ("claude-deployment-prod-alb", "claude-deployment-worker")
        return [round(100 * self.errors(name)) for name in names]

    def judged(self, action: str) -> str:
        """What an action turned out to be, once it has taken effect."""
        self.take(action)
        self.at(self.drill.now + 130)
        return str(self.last("EffectTook").judged)
