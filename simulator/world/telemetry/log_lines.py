"""Collected log lines: the author's, and those any service writes on any day.

Rule 1: a line is a function of the history, the seed and its own second alone: whoever reads it,
whenever, reads the same; lines arrive a little later than they are written.
Rule 2: fewer are kept than are written (a sample), and fewer still of those older than the drill.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from simulator.brief.scenario.sight import LogText
from simulator.clock import DAY
from simulator.shell.documents import LogLine
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.author_lines import AuthorLines
from simulator.world.telemetry.log_writers import Writers
from simulator.world.telemetry.ordinary_lines import OrdinaryLines

MOST_PER_S: Final = 1.2
"""So many ordinary lines a second are kept of however many are written (assumed)."""
KEPT_S: Final = 3 * DAY
"""Lines older than this are gone (assumed)."""
_WRITTEN_AT: Final = attrgetter("at_ms")


@dataclass(slots=True, kw_only=True)
class Collector:
    """The collected logs of a drill."""

    around: Surroundings
    begins: int
    lag_s: int
    texts: tuple[LogText, ...]
    _writers: Writers = field(init=False)
    _author: AuthorLines = field(init=False)
    _ordinary: dict[str, OrdinaryLines] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._writers = Writers(around=self.around)
        self._author = AuthorLines(
            around=self.around, begins=self.begins, texts=self.texts, writers=self._writers
        )

    def lines(self, start: int, end: int, now: int) -> list[LogLine]:
        """The lines written between two epoch seconds that have arrived by `now`, oldest first."""
        first = max(start - self.begins, -KEPT_S)
        last = min(end - self.begins, now - self.lag_s)
        if first > last:
            return []
        self._writers.reread()
        found = self._author.lines(first, last)
        for name, rate in self._rates():
            found += self._of(name).lines(rate, first, last)
        found.sort(key=_WRITTEN_AT)
        low, high = (self.begins + first) * 1000, (self.begins + last) * 1000 + 999
        return found[
            bisect_left(found, low, key=_WRITTEN_AT) : bisect_right(found, high, key=_WRITTEN_AT)
        ]

    def _rates(self) -> list[tuple[str, float]]:
        """Ordinary lines a second of each service that writes any."""
        system = self.around.scenario.system
        total = min(system.logs_per_s, MOST_PER_S)
        history = self.around.history
        weights = {
            name: history.signals[name][0][1]["offered"] ** 0.5
            for name, service in system.services.items()
            if name in history.signals and (service.workload or service.traffic)
        }
        whole = sum(weights.values())
        return [(name, total * weight / whole) for name, weight in weights.items()] if whole else []

    def _of(self, service: str) -> OrdinaryLines:
        if service not in self._ordinary:
            self._ordinary[service] = OrdinaryLines(
                around=self.around,
                service=service,
                writers=self._writers,
                zero_ms=self.begins * 1000,
            )
        return self._ordinary[service]
