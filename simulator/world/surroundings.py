"""What every process of the world is given."""

from dataclasses import dataclass

from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.trouble import Variant
from simulator.stage import Stage
from simulator.world.graph import Graph
from simulator.world.history import History
from simulator.world.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The stage, what is played on it, and how it remembers."""

    stage: Stage
    scenario: Scenario
    variant: Variant
    rest: Graph
    """The calibrated graph of a normal day."""
    history: History
    watch: Watch
