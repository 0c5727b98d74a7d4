"""Two small moves every fold makes: note a deed, put an item into a mapping."""

from collections.abc import Mapping
from typing import TypeVar

from simulator.journal.entry import Entry
from simulator.journal.situation.anew import anew
from simulator.journal.situation.parts import Deed
from simulator.journal.situation.picture import Picture

K = TypeVar("K")
V = TypeVar("V")


def with_item(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    """The mapping with one item set."""
    return {**mapping, key: value}


def noted(now: Picture, entry: Entry, kind: str, item: str = "", *, by: str) -> Picture:
    """The picture with one more deed of this kind."""
    deed = Deed(at=entry.at, seq=entry.seq, by=by, item=item)
    return anew(now, deeds=with_item(now.deeds, kind, (*now.deeds.get(kind, ()), deed)))


def marked(now: Picture, mark: str, at: int) -> Picture:
    """The picture with a mark, unless it has it already."""
    if mark in now.marks:
        return now
    return anew(now, marks=with_item(now.marks, mark, at))
