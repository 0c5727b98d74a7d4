"""What the stories about the database drill share: its brief, and one pair of hands to play it."""

from functools import cache
from pathlib import Path
from typing import Any

from simulator.brief.brief import Brief, agreed
from simulator.brief.nodes import Node, compose
from simulator.drill import Drill, Terms
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import Declare
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.events.world import AlertFired

FOLDER = Path(__file__).parents[2] / "scenarios"
SCENARIO = FOLDER / "incidents" / "fraiseql-database-recovery.yaml"
MINUTE = 60
DEAD = ("lost-primary", "stale-replica")
VARIANTS = (*DEAD, "full-disk", "cut-off")
IMPACT = 600
"""I of the casebook: 10:05:00."""
T0 = 665
"""T0 of the casebook: 10:06:05; drawn phases move it by some twenty seconds."""


def tree(file: Path) -> Node:
    """A shipped document as written."""
    return compose(file.read_text(encoding="utf-8"), file.name)


@cache
def brief_of(plan: str = "fraiseql") -> Brief:
    """The drill under a plan, with the people of drill 2."""
    files = (SCENARIO, FOLDER / "plans" / f"{plan}.yaml", FOLDER / "rosters/fraiseql-drill-2.yaml")
    nodes = [tree(file) for file in files]
    return agreed(nodes[0], nodes[1], nodes[2], (files[0].name, files[1].name, files[2].name))


class Hands:
    """Bob alone at his terminal; everybody else sits still."""

    def __init__(self, variant: str, *, seed: int = 3) -> None:
        self.drill = Drill(brief_of(), Terms(seed=seed, variant=variant))

    def at(self, second: int) -> "Hands":
        """Let everything up to and with this second happen."""
        self.drill.advance(second + 1)
        return self

    def declare(self) -> "Hands":
        """Open the incident, so that the drill goes on after the alerts have cleared."""
        self.drill.submit("bob", Declare(level="CRITICAL"))
        return self

    def log_in(self) -> "Hands":
        """Spend the login that the first command costs."""
        return self.look("psql-bastion")

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
        """Alerts that fired from impact on, in seconds from the first page."""
        start = self.drill.stage.situation.marks["fired"]
        return {
            e.what.alert: e.at - start
            for e in self.drill.entries
            if isinstance(e.what, AlertFired) and e.at >= IMPACT
        }

    def _do(self, order: Command, *ends: str) -> "Hands":
        known = len(self.drill.entries)
        self.drill.submit("bob", order)
        for _ in range(2400):
            if any(_is(e, kind) for e in self.drill.entries[known:] for kind in ends):
                return self
            self.drill.advance(self.drill.now + 1)
        raise AssertionError(f"{order} never came to an end")


def _is(entry: Any, kind: str) -> bool:
    return type(entry.what).__name__ == kind
