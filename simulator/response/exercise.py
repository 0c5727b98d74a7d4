"""Answers to the items of an exercise, and the end of one: everything asked for is settled.

Rule 1: an answer is taken whether right or wrong, and may be changed until the drill ends.
Rule 2: an exercise is over once each item that was asked for is decided or done, or twice its
limit has passed, and none is still to come.
"""

from typing import Final

from simulator.journal.commands.exercise import Decide
from simulator.journal.entry import Entry
from simulator.journal.events.exercise import ItemDecided, ItemDone, ItemOpened
from simulator.journal.events.room import DrillEnded
from simulator.response.orders import refuse, unknown
from simulator.stage import Process, Stage
from simulator.text import clean

SETTLES_S: Final = 60
"""So long after the last answer it may still be changed (assumed)."""


def decide(stage: Stage, entry: Entry) -> None:
    """Answer an item."""
    order = entry.what
    assert isinstance(order, Decide)
    asked = stage.situation.items
    if order.item not in asked:
        titles = {name: stage.brief.scenario.items[name] for name in asked}
        refuse(stage, entry, "unknown", unknown("item", order.item, titles))
        return
    choices = stage.brief.scenario.items[order.item].choices
    if not choices:
        refuse(stage, entry, "needs", "this item is no decision: it is done, not answered")
    elif order.choice not in choices:
        refuse(stage, entry, "unknown", unknown("answer", order.choice, choices))
    else:
        because = clean(order.because).strip()
        stage.emit(ItemDecided(item=order.item, choice=order.choice, by=entry.by, because=because))


def play(stage: Stage) -> None:
    """Wait for the end of an exercise; an incident has none of this kind."""
    scenario = stage.brief.scenario
    mine = {name for name, item in scenario.items.items() if item.covers(stage.variant)}
    if mine:
        stage.play(_ends(stage, mine))


def _ends(stage: Stage, mine: set[str]) -> Process:
    while True:
        over = _over_at(stage, mine)
        if over is not None and stage.now >= over:
            break
        yield stage.when(ItemOpened, ItemDecided, ItemDone, until=over)
        yield stage.pause(0)
    if not stage.situation.ended:
        stage.emit(DrillEnded(reason="exercise_over"))


def _over_at(stage: Stage, mine: set[str]) -> int | None:
    """The second it is over if nothing else happens; None while an item is still to come."""
    asked = stage.situation.items
    if mine - asked.keys():
        return None
    ends = [
        item.opened + 2 * item.within_s if item.at is None else item.at + SETTLES_S
        for item in asked.values()
    ]
    return max(ends)
