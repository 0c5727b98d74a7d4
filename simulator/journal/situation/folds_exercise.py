"""How the items of an exercise change the picture."""

from dataclasses import replace

from simulator.journal.entry import Entry
from simulator.journal.events import exercise
from simulator.journal.situation.anew import anew
from simulator.journal.situation.notes import noted, with_item
from simulator.journal.situation.parts import ItemState
from simulator.journal.situation.picture import Picture


def fold_exercise(now: Picture, entry: Entry) -> Picture:
    """Items opened, decided and done; of several answers the last one stands."""
    match entry.what:
        case exercise.ItemOpened(item=item, within_s=within):
            opened = ItemState(opened=entry.at, within_s=within)
            return anew(now, items=with_item(now.items, item, opened))
        case exercise.ItemDecided(item=item, choice=choice, by=by):
            now = noted(now, entry, f"decide:{item}", choice, by=by)
            return _settled(now, entry, item, by, choice)
        case exercise.ItemDone(item=item, by=by):
            return _settled(now, entry, item, by, "")
    return now


def _settled(now: Picture, entry: Entry, item: str, by: str, choice: str) -> Picture:
    state = now.items.get(item)
    if state is None:
        return now
    settled = replace(state, choice=choice, by=by, at=entry.at, seq=entry.seq)
    return anew(now, items=with_item(now.items, item, settled))
