"""Two small moves every fold makes: note a deed, put an item into a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from simulator.journal.entry import Entry
from simulator.journal.situation.parts import Deed

if TYPE_CHECKING:
    from simulator.journal.situation.situation import Situation

K = TypeVar("K")
V = TypeVar("V")


def with_item(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    """The mapping with one item set."""
    return {**mapping, key: value}


def noted(now: Situation, entry: Entry, kind: str, item: str = "", *, by: str) -> Situation:
    """The picture with one more deed of this kind."""
    deed = Deed(at=entry.at, seq=entry.seq, by=by, item=item)
    return replace(now, deeds=with_item(now.deeds, kind, (*now.deeds.get(kind, ()), deed)))


def marked(now: Situation, mark: str, at: int) -> Situation:
    """The picture with a mark, unless it has it already."""
    if mark in now.marks:
        return now
    return replace(now, marks=with_item(now.marks, mark, at))
