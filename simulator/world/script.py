"""The story's own events: voices from outside and complications, each when it is due.

Rule 1: a time is counted from T0; a condition from the second it first holds; `unless` is read at
that second.
Rule 2: an optional one comes only when a facilitator fires it, or when the drill's own draw says.
"""

from simulator.brief.conditions import holds
from simulator.brief.scenario.story import Inject
from simulator.journal.events.base import EVERYONE
from simulator.journal.events.paging import Paged
from simulator.journal.events.room import InjectAsked, InjectFired
from simulator.journal.events.talk import Voice
from simulator.stage import Process
from simulator.world import effects
from simulator.world.surroundings import Surroundings


def play(around: Surroundings) -> None:
    """Arm every inject of this variant."""
    for name, inject in around.scenario.injects.items():
        if inject.covers(around.stage.variant):
            around.stage.play(_waits(around, name, inject), of_world=True)
    around.stage.play(_hears(around), of_world=True)


def fire(around: Surroundings, name: str, inject: Inject) -> None:
    """Let it happen now."""
    stage = around.stage
    stage.emit(InjectFired(inject=name))
    if inject.says:
        persons = tuple(
            dict.fromkeys(p for role in inject.to if (p := stage.situation.holder(role)))
        )
        stage.emit(
            Voice(
                sender=inject.sender or "somebody",
                text=inject.says,
                to=persons or (EVERYONE,),
                wants=inject.wants,
                ticket=inject.ticket,
                inject=name,
            )
        )
    if inject.do is not None:
        effects.apply(around, inject.do, f"inject:{name}")


def _hears(around: Surroundings) -> Process:
    """A facilitator may let anything happen, now, as often as they like."""
    while True:
        asked = yield around.stage.when(InjectAsked)
        fire(around, asked.what.inject, around.scenario.injects[asked.what.inject])


def _waits(around: Surroundings, name: str, inject: Inject) -> Process:
    stage = around.stage
    asked = stage.when(InjectFired, where=lambda e: e.what.inject == name)
    if inject.optional or not stage.chance.happens(inject.chance, "inject", name):
        return
    if inject.at is not None:
        yield stage.when(Paged)
        yield stage.until(stage.situation.marks.get("fired", stage.now) + inject.at)
    if inject.when is not None:
        yield around.watch.until(inject.when)
    if asked.triggered:
        return
    if inject.unless is None or not holds(inject.unless, stage.true()):
        fire(around, name, inject)
