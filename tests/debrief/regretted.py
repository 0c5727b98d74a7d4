"""A drill of the shop on the corner with one order somebody comes to regret, as a record."""

from pathlib import Path

from simulator.brief.brief import reread
from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.commands.work import Mitigate
from simulator.journal.entry import to_line
from simulator.journal.record import GENESIS

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
PEOPLE = SHOP.with_name("corner_shop_people.yaml")
RESTARTED_AT = 330
"""Ann restarts the database; the release is what is wrong."""


def shop(limit="35m"):
    """The shop, its drills no longer than that."""
    found = load(str(SHOP), roster=str(PEOPLE)).brief
    assert '"limit":"2h"' in found.documents["scenario"]
    scenario = found.documents["scenario"].replace('"limit":"2h"', f'"limit":"{limit}"')
    return reread({**found.documents, "scenario": scenario})


def recorded(*orders, variant="release", policy="competent", seed=2):
    """The lines of a drill in which these (second, who, order) are given beside what bots do."""
    lines = []

    def hear(entry):
        lines.append(to_line(entry, lines[-1].hash if lines else GENESIS))

    brief = shop()
    policies = dict.fromkeys(brief.people(), policy)
    drill = Drill(brief, Terms(seed=seed, variant=variant, policies=policies), watcher=hear)
    for at, who, order in orders:
        drill.advance(at)
        drill.submit(who, order)
    drill.run()
    return tuple(lines)


def restarted():
    """The record in which the database is restarted, which takes its last session away."""
    return recorded((RESTARTED_AT, "ann", Mitigate(action="restart-db", anyway=True)))
