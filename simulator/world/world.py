"""What the world's processes share, and the one place that starts them."""

from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.trouble import Variant
from simulator.errors import BriefError, Problem
from simulator.journal.events.world import GaugeMoved, StateSet
from simulator.journal.situation.parts import State
from simulator.stage import Stage
from simulator.world import (
    access,
    alerts,
    deeds,
    exercise,
    facts,
    faults,
    impact_marks,
    intruder,
    monitoring,
    owners,
    physics,
    script,
    telemetry,
)
from simulator.world.graph import Graph
from simulator.world.history import History
from simulator.world.pods import controller
from simulator.world.releases import as_released
from simulator.world.surroundings import Surroundings
from simulator.world.system import at_rest, normal_state
from simulator.world.watch import Watch


def play(stage: Stage) -> None:
    """Set the world's first second and start everything that happens by itself."""
    variant = stage.brief.scenario.variants[stage.variant]
    scenario = as_released(stage.brief.scenario, variant)
    history = History()
    stage.watchers.append(history.hear)
    around = Surroundings(
        stage=stage,
        scenario=scenario,
        variant=variant,
        rest=_normal_day(scenario),
        history=history,
        watch=Watch(stage),
    )
    for name, value in first_state(scenario, variant, stage.variant).items():
        stage.emit(StateSet(name=name, value=value))
    for name, gauge in scenario.system.gauges.items():
        level = variant.gauges.get(name, gauge.start)
        stage.emit(GaugeMoved(gauge=name, level=round(level * 1000), slope=0))
    monitoring.play(around)
    physics.play(around)
    for room in (
        faults, access, deeds, facts, impact_marks, alerts, controller, owners, script, exercise
    ):  # fmt: skip
        room.play(around)
    intruder.play(around)
    telemetry.play(around)


def _normal_day(scenario: Scenario) -> Graph:
    """The system as it stands before anything happens.

    Raises BriefError where its figures contradict each other: `scenarios check` says at which line.
    """
    try:
        return at_rest(scenario.system)
    except ValueError as error:
        hint = "`gameday scenarios check` names the line"
        raise BriefError(
            [Problem(file=scenario.id, line=0, column=0, code="E147", found=str(error), hint=hint)]
        ) from error


def first_state(scenario: Scenario, variant: Variant, name: str) -> dict[str, State]:
    """The state table of second 0: what services imply, what is written, what the variant says."""
    implied = {**normal_state(scenario.system), **access.first_rows(scenario, name)}
    return {**implied, **scenario.system.state, **variant.state, "variant": name}
