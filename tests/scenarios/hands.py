"""One pair of hands to play any shipped scenario: look, act, and read what is true."""

from functools import cache
from typing import Any

from simulator.brief.brief import Brief
from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import Declare
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.events.world import AlertFired

MINUTE = 60


@cache
def brief_of(scenario: str, plan: str = "") -> Brief:
    """A shipped scenario under a plan, its own unless another is named."""
    return load(scenario, plan=plan).brief


class Hands:
    """One person alone at a terminal, whoever is on call; everybody else sits still."""

    login = ""
    """A look that spends the login the first command costs."""
    impact = 0
    """From when on alerts are the incident's own."""

    def __init__(self, scenario: str, variant: str, *, plan: str = "", seed: int = 3) -> None:
        brief = brief_of(scenario, plan)
        self.who = brief.chairs()["on_call"]
        self.drill = Drill(brief, Terms(seed=seed, variant=variant))

    def at(self, second: int) -> "Hands":
        """Let everything up to and with this second happen."""
        self.drill.advance(second + 1)
        return self

    def declare(self, level: str = "") -> "Hands":
        """Open the incident, so that the drill goes on after the alerts have cleared."""
        highest = next(iter(self.drill.stage.brief.plan.levels))
        self.drill.submit(self.who, Declare(level=level or highest))
        return self

    def log_in(self) -> "Hands":
        """Spend the login that the first command costs."""
        return self.look(self.login)

    def look(self, name: str) -> "Hands":
        """Look, and wait for the answer."""
        return self._do(Look(look=name), "Found")

    def found(self, name: str) -> str:
        """What a look shows now."""
        self.look(name)
        return str(self.last("Found").content)

    def facts(self, name: str) -> dict[str, Any]:
        """The facts a look shows now."""
        return dict(self.look(name).last("Found").facts)

    def take(self, *names: str) -> "Hands":
        """Take actions one after another, whatever the plan says, and wait for each."""
        for name in names:
            self._do(Mitigate(action=name, anyway=True), "ActionFinished", "Refused")
        return self

    def level(self, gauge: str) -> float:
        """A gauge, now."""
        return self.drill.stage.situation.world.gauges[gauge].level_at(self.drill.now)

    def state(self, row: str) -> Any:
        """A row of the state table, now."""
        return self.drill.stage.situation.world.state[row]

    def errors(self, service: str) -> float:
        """The share of a service's requests that fails now."""
        return self.drill.stage.situation.world.signals[service]["errors"] / 1_000_000

    def last(self, kind: str) -> Any:
        """The newest event of a kind."""
        return next(e.what for e in reversed(self.drill.entries) if _is(e, kind))

    def fired(self) -> dict[str, int]:
        """Alerts that fired from the impact on, in seconds from the first page."""
        start = self.drill.stage.situation.marks["fired"]
        return {
            e.what.alert: e.at - start
            for e in self.drill.entries
            if isinstance(e.what, AlertFired) and e.at >= self.impact
        }

    def _do(self, order: Command, *ends: str) -> "Hands":
        known = len(self.drill.entries)
        self.drill.submit(self.who, order)
        for _ in range(2400):
            if any(_is(e, kind) for e in self.drill.entries[known:] for kind in ends):
                return self
            self.drill.advance(self.drill.now + 1)
        raise AssertionError(f"{order} never came to an end")


def _is(entry: Any, kind: str) -> bool:
    return type(entry.what).__name__ == kind
