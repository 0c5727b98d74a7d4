"""What the stories about VirtEngine's breach share: its clock, and Noa's hands."""

from hands import Hands as AnyHands
from hands import brief_of as any_brief_of

from simulator.brief.brief import Brief

SCENARIO = "virtengine-security-breach"
MINUTE = 60
VARIANTS = ("keys", "session", "validator")
T0 = 1200
"""T0 of the casebook: 02:30:00; drawn phases move it by some forty seconds."""
BEGINS = {"keys": 840, "session": 300, "validator": 1080}
"""I of the casebook: 02:24, 02:15, 02:28."""


def brief_of(plan: str = "virtengine") -> Brief:
    """The drill under a plan, with those who answer on a Sunday night."""
    return any_brief_of(SCENARIO, plan)


class Hands(AnyHands):
    """Noa alone at the terminal; everybody else sits still."""

    login = "pods"
    impact = 1

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        super().__init__(SCENARIO, variant, seed=seed)
        self.variant = variant

    def since(self, minute: float, *, and_s: int = 2) -> "Hands":
        """So many minutes after the intruder began."""
        return self.at(BEGINS[self.variant] + round(minute * MINUTE) + and_s)

    def judged(self, action: str) -> str:
        """What an action turned out to be, or that it was refused."""
        known = len(self.drill.entries)
        self.take(action)
        fresh = [entry.what for entry in self.drill.entries[known:]]
        if any(type(what).__name__ == "Refused" for what in fresh):
            return "refused"
        took = next(what for what in reversed(fresh) if type(what).__name__ == "EffectTook")
        return str(took.judged)

    def stolen_per_min(self) -> int:
        """Profiles or documents a minute that get through to the intruder now."""
        return int(self.state("intruder.rows_per_min"))

    def footholds(self) -> int:
        """Credentials the intruder has and a door accepts."""
        return int(self.state("intruder.footholds"))
