"""The items of an exercise: each asked for in its time, and done once its condition holds.

Rule 1: an item is opened once; a decision is heard from people, something done is seen here.
Rule 2: who completed an item is the last person of that second who did anything; of an answer
who asked for it.
"""

from simulator.brief.scenario.exercise import Item
from simulator.journal.events.exercise import ItemDone, ItemOpened
from simulator.journal.events.talk import QuestionAnswered
from simulator.stage import Process
from simulator.world.surroundings import Surroundings


def play(around: Surroundings) -> None:
    """Ask for every item of this variant when its time comes."""
    for name, item in around.scenario.items.items():
        if item.covers(around.stage.variant):
            around.stage.play(_asks(around, name, item), of_world=True)


def _asks(around: Surroundings, name: str, item: Item) -> Process:
    stage = around.stage
    if item.opens is not None:
        yield around.watch.until(item.opens)
    stage.emit(ItemOpened(item=name, within_s=item.within))
    if item.done is not None:
        yield around.watch.until(item.done)
        stage.emit(ItemDone(item=name, by=_doer(around)))


def _doer(around: Surroundings) -> str:
    people = around.stage.brief.people()
    for entry in reversed(around.stage.entries):
        if entry.at < around.stage.now:
            break
        answer = entry.what if isinstance(entry.what, QuestionAnswered) else None
        who = answer.to if answer else getattr(entry.what, "by", "") or entry.by
        if who in people:
            return str(who)
    return ""
