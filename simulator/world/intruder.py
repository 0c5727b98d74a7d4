"""An intruder's next steps: each some time after what brings it about, where that still stands.

Rule 1: a step that comes too late is not done, and waits for its moment to come again.
Rule 2: nobody at a seat is told; what a step changes is seen like any change.
"""

from simulator.brief.conditions import holds, lasted
from simulator.brief.scenario.intruder import IntruderStep
from simulator.brief.terms import Negation
from simulator.journal.events.world import IntruderActed
from simulator.stage import Process
from simulator.world import effects
from simulator.world.surroundings import Surroundings


def play(around: Surroundings) -> None:
    """Arm every step of this variant."""
    for name, step in around.scenario.intruder.steps.items():
        if step.covers(around.stage.variant):
            around.stage.play(_waits(around, name, step), of_world=True)


def _waits(around: Surroundings, name: str, step: IntruderStep) -> Process:
    stage, times = around.stage, 0
    low, high = step.after.low_s, step.after.high_s
    while True:
        yield around.watch.until(step.when)
        yield stage.pause(stage.chance.span(low, high, "intruder", name, n=times).seconds)
        times += 1
        if _is_due(around, step):
            stage.emit(IntruderActed(step=name, says=step.title))
            effects.apply(around, step.do, f"intruder:{name}")
            if not step.again:
                return
        yield around.watch.until(Negation(part=lasted(step.when)))
        yield stage.pause(1)


def _is_due(around: Surroundings, step: IntruderStep) -> bool:
    """Whether what brought it about still stands, and nothing speaks against it."""
    look = around.stage.true()
    if step.unless is not None and holds(lasted(step.unless), look):
        return False
    return step.anyway or holds(lasted(step.when), look)
