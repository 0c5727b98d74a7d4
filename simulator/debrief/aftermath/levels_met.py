"""Which rows of the plan's table the facts of an incident met, which facts, and when first.

Rule 1: by the truth, from impact until it was restored: a report is written when it is known.
Rule 2: a row that holds "for 5m" holds once it has lasted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.brief.conditions import Condition, holds, lastings, names, said
from simulator.brief.plan.plan import Plan
from simulator.brief.vocabulary import FACTS
from simulator.journal.entry import Entry
from simulator.journal.events.world import FactsChanged
from simulator.journal.facts import true_in
from simulator.journal.situation import Situation
from simulator.journal.units import natural


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMet:
    """One row of the plan's table that held."""

    level: str
    row: str
    """The condition, as the plan writes it."""
    at: int
    """The first second it held."""
    facts: Mapping[str, Any]
    """The facts it asks about, as they were then, in natural units."""


def rows_met(entries: Sequence[Entry], plan: Plan, marks: Mapping[str, int]) -> tuple[RowMet, ...]:
    """Every row that ever held while the incident lasted, the highest level first."""
    if "impact" not in marks:
        return ()
    watch = _Rows(plan)
    ends = marks.get("restored")
    picture = Situation()
    for entry in entries:
        picture = picture.after(entry)
        if ends is not None and entry.at > ends:
            break
        if isinstance(entry.what, FactsChanged) and entry.at >= marks["impact"]:
            watch.told(entry.at, picture)
    order = plan.ordered()
    return tuple(sorted(watch.met.values(), key=lambda row: (order.index(row.level), row.at)))


def reached(rows: Sequence[RowMet]) -> str:
    """The highest level any row reached; empty for none."""
    return rows[0].level if rows else ""


class _Rows:
    """Lives for one pass: which rows held first when, and since when their lasting parts do."""

    def __init__(self, plan: Plan) -> None:
        self.rows = [(name, row) for name, level in plan.levels.items() for row in level.when]
        self.lasting = [part for _, row in self.rows for part in lastings(row)]
        self.since: dict[Condition, int] = {}
        self.met: dict[tuple[str, str], RowMet] = {}

    def told(self, at: int, picture: Situation) -> None:
        """The rows that hold by what is true at this second."""
        look = true_in(picture)
        for one in self.lasting:
            if holds(one.part, look):
                self.since.setdefault(one.part, at)
            else:
                self.since.pop(one.part, None)
        for level, row in self.rows:
            key = (level, said(row))
            if key not in self.met and holds(row, look, lambda p: at - self.since.get(p, at + 1)):
                self.met[key] = RowMet(
                    level=level, row=said(row), at=at, facts=dict(_asked(row, picture))
                )


def _asked(row: Condition, picture: Situation) -> Iterator[tuple[str, Any]]:
    for name in dict.fromkeys(one.text for one in names(row)):
        if name in FACTS and name in picture.world.facts:
            yield name, natural(name, picture.world.facts[name])
