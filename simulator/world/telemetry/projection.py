"""The documents of one second: the state table, the history and the author's rows, by kind.

Rule 1: a kind is projected when a tool first asks for it and kept for the rest of the second.
Rule 2: asking changes nothing; what is stated nowhere is drawn from a key named by the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.clock import instant
from simulator.shell.documents import LogLine, Row, Series
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import keep_time
from simulator.world.telemetry.records import Shelf, shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is the same for all seconds of a drill: read from the scenario once."""

    around: Surroundings
    begins: int
    """Epoch second of the drill's second 0."""
    records: Shelf


def sources(around: Surroundings) -> Sources:
    """Read the scenario for what every second's documents stand on."""
    begins = int(instant(around.variant.begins or around.scenario.begins, 0).timestamp())
    return Sources(around=around, begins=begins, records=shelf(around, begins))


def keep(of: Sources) -> None:
    """Keep time of every condition documents will be asked about."""
    around, variant = of.around, of.around.stage.variant
    looks = [look for look in around.scenario.looks.values() if look.covers(variant)]
    wanted = [
        *of.records.conditions(),
        *(text.when for text in around.scenario.logs if text.when and text.covers(variant)),
        *(probe.up for probe in around.scenario.system.probes.values()),
        *(clue.when for clue in around.scenario.clues.values() if clue.when is not None),
        *(shown.when for look in looks for shown in look.shows if shown.when is not None),
    ]
    keep_time(around, wanted)


class Projection:
    """The documents of the second it was made in; a new second needs a new one."""

    def __init__(self, of: Sources) -> None:
        self._of = of
        self._at = of.around.stage.now
        self._world = of.around.stage.situation.world
        self._rows: dict[str, Sequence[Row]] = {}

    @property
    def now(self) -> int:
        """The labelled moment, epoch seconds."""
        return self._of.begins + self._at

    def is_of(self, around: Surroundings) -> bool:
        """Whether it tells the present: the same second, and nothing has become true since."""
        return around.stage.now == self._at and around.stage.situation.world is self._world

    def rows(self, kind: str) -> Sequence[Row]:
        """The rows of a kind; none where nothing of the kind exists."""
        if kind not in self._rows:
            self._rows[kind] = tuple(self._of.records.rows(self._of.around, kind, self._at))
        return self._rows[kind]

    def kinds(self, prefix: str) -> Sequence[str]:
        """Every kind that begins so, sorted."""
        known = [kind for kind in self._of.records.by_kind if kind.startswith(prefix)]
        return sorted(kind for kind in known if self.rows(kind))

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        """Samples of a metric between two epoch seconds, both included."""
        del name, start, end
        return ()

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        """Collected log lines between two epoch seconds, oldest first, as far as shipped."""
        del start, end
        return ()
