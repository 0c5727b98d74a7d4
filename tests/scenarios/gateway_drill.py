"""What the stories about the gateway drill share: its brief, its clock, and Alice's hands."""

from hands import Hands as AnyHands
from hands import brief_of as any_brief_of

from simulator.brief.brief import Brief

SCENARIO = "platform-api-gateway-high-errors"
MINUTE = 60
T0 = 1386
"""T0 of the casebook, 14:23; drawn phases move it by half a minute."""
VARIANTS = ("release", "upstream", "capacity", "database", "limiter", "transient")


def brief_of(plan: str = "platform") -> Brief:
    """The drill under a plan, with the people of its own roster."""
    return any_brief_of(SCENARIO, plan)


class Hands(AnyHands):
    """Alice alone at her terminal; everybody else sits still."""

    login = "rollout-history"
    impact = 600

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        super().__init__(SCENARIO, variant, seed=seed)

    def ready(self) -> "Hands":
        """A minute after the page, the incident open and the login spent."""
        self.at(T0 + MINUTE).declare("SEV2")
        self.log_in()
        return self

    def after(self, seconds: int) -> "Hands":
        """Let so much time pass."""
        self.at(self.drill.now + seconds)
        return self

    def p95_ms(self) -> int:
        """The gateway's true p95 now."""
        return int(self.drill.stage.situation.world.signals["api-gateway"]["p95"])

    def judged(self, action: str) -> str:
        """How the world judged an action's effect."""
        took = [e.what for e in self.drill.entries if type(e.what).__name__ == "EffectTook"]
        return next(t.judged for t in reversed(took) if t.action == action)
