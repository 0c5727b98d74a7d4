"""The picture that grows entry by entry, and who may see which entry."""

from dataclasses import dataclass
from typing import Self, cast

from simulator.journal.entry import Entry
from simulator.journal.events.base import ENGINE, EVERYONE, FACILITATOR, Event
from simulator.journal.situation.anew import anew
from simulator.journal.situation.folds import folded
from simulator.journal.situation.picture import Picture


@dataclass(frozen=True, kw_only=True)
class Situation(Picture):
    """Everything folded from the entries one may see; immutable."""

    def after(self, entry: Entry) -> Self:
        """The picture once this entry is read; entries come in order."""
        now = anew(self, at=entry.at, seq=entry.seq)
        return cast("Self", folded(now, entry)) if isinstance(entry.what, Event) else now


def visible_to(entry: Entry, seat: str) -> bool:
    """Whether this seat is told of this entry. Orders are seen by whoever gave them."""
    if not isinstance(entry.what, Event):
        return entry.by == seat or seat in (ENGINE, FACILITATOR)
    if EVERYONE in entry.what.told:
        return True
    told = entry.what.audience()
    if seat == ENGINE:
        return True
    if seat == FACILITATOR:
        return told != (ENGINE,)
    return EVERYONE in told or seat in told
