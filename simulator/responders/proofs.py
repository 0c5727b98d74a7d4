"""What has been seen of a plan's gates since the last cure, and which look would show more.

Rule 1: a gate is passed by a look of its kind, after the last cure, that showed what it asks.
Rule 2: what no look of the scenario shows cannot be proven here and is left to the report.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from simulator.brief.conditions import names
from simulator.brief.plan.levels import Gate
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.showing import shown_by
from simulator.journal.gates import shows
from simulator.journal.situation import Find

MOST_TRIES: Final = 3


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One gate, as somebody sees it at one second."""

    gate: Gate
    skipped: bool
    """Whether this person never looks at it."""
    scenario: Scenario
    barred: Collection[str]
    """Orders nobody gives again."""
    finds: Iterable[Find]
    """What was seen since the last cure, oldest first."""

    @cached_property
    def look(self) -> str:
        """The look that proves it best: of its kind, with its facts, wide, worth most a second.

        One that was taken and said nothing of it comes last: another screen may.
        """
        best, found = (False, -1, False, 0.0, ""), ""
        for name, terms in self.scenario.looks.items():
            if self.gate.by in terms.views and f"look:{name}" not in self.barred:
                tells = shown_by(self.scenario, terms.views, terms.of or "", terms.facts)
                shown = len(self._asked & tells)
                wide = is_wide(self.scenario, terms.of)
                rate = terms.worth / max(1.0, terms.takes.low_s)
                fit = (name not in self._mute, shown, wide, rate, name)
                if fit > best:
                    best, found = fit, name
        return found

    @cached_property
    def _mute(self) -> frozenset[str]:
        """Looks that showed nothing of what is asked when they were taken last."""
        last = {find.look: find for find in self._seen}
        return frozenset(n for n, find in last.items() if self._asked.isdisjoint(find.facts))

    @cached_property
    def passed(self) -> bool:
        """Whether the newest look of its kind showed what it asks, or none ever will."""
        if self.skipped or not self.look:
            return True
        telling = [one for one in self._seen if not self._asked.isdisjoint(one.facts)]
        if len(self._seen) >= MOST_TRIES and not telling:
            return True
        return bool(telling) and shows(self.gate.holds, telling[-1])

    @property
    def failing(self) -> bool:
        """Whether somebody looked, and it did not show what it asks."""
        return bool(self._seen) and not self.skipped and not self.passed

    @property
    def shown_at(self) -> int | None:
        """The first second at which a look showed what it asks; None where none did."""
        return min((one.at for one in self._seen if shows(self.gate.holds, one)), default=None)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The facts it is about."""
        return frozenset(name.text for name in names(self.gate.holds))

    @cached_property
    def is_looked_at(self) -> bool:
        """Whether anybody has looked since the last cure."""
        return bool(self._seen)

    @cached_property
    def _seen(self) -> tuple[Find, ...]:
        """Finds of its kind."""
        return tuple(one for one in self.finds if self.gate.by in one.views)


def is_wide(scenario: Scenario, of: str | None) -> bool:
    """Whether a look at this object shows the whole, or where customers come in."""
    service = scenario.system.services.get(of or "")
    return not of or (service is not None and service.is_entry)
