"""The documents of one second: the state table, the history and the author's rows, by kind.

Rule 1: a kind is projected when a tool first asks for it and kept for the rest of the second.
Rule 2: asking changes nothing; what is stated nowhere is drawn from a key named by the question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.brief.conditions import lastings
from simulator.clock import instant
from simulator.shell.documents import LogLine, Row, Series
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.cluster import BUILDERS, objects
from simulator.world.telemetry.fronts import Fronts, hosts_of
from simulator.world.telemetry.log_lines import Collector
from simulator.world.telemetry.objects import Cluster
from simulator.world.telemetry.past import keep_time
from simulator.world.telemetry.records import Shelf, lag_s, shelf
from simulator.world.telemetry.series import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is the same for all seconds of a drill: read from the scenario once."""

    around: Surroundings
    begins: int
    """Epoch second of the drill's second 0."""
    records: Shelf
    store: Store
    logs: Collector
    hosts: dict[str, str]
    """Host people may ask by http -> the service behind it."""


def sources(around: Surroundings) -> Sources:
    """Read the scenario for what every second's documents stand on."""
    begins = int(instant(around.scenario.begins, 0).timestamp())
    variant = around.stage.variant
    return Sources(
        around=around,
        begins=begins,
        records=shelf(around, begins),
        store=Store(around=around, begins=begins),
        logs=Collector(
            around=around,
            begins=begins,
            lag_s=lag_s(around, "log"),
            texts=tuple(text for text in around.scenario.logs if text.covers(variant)),
        ),
        hosts=hosts_of(around),
    )


def keep(of: Sources) -> None:
    """Keep time of every condition documents will be asked about."""
    around, variant = of.around, of.around.stage.variant
    looks = [look for look in around.scenario.looks.values() if look.covers(variant)]
    wanted = [
        *(text.when for text in of.logs.texts if text.when is not None),
        *of.records.onsets(),
    ]
    # The others are asked of the truth of a second, which cannot tell how long something lasted.
    waits = [
        *of.records.states(),
        *(probe.up for probe in around.scenario.system.probes.values()),
        *(metric.when for metric in around.scenario.system.metrics if metric.when is not None),
        *(clue.when for clue in around.scenario.clues.values() if clue.when is not None),
        *(shown.when for look in looks for shown in look.shows if shown.when is not None),
        *(when for look in looks for when in look.facts_when.values()),
    ]
    wanted += [condition for condition in waits if lastings(condition)]
    keep_time(around, wanted)


class Projection:
    """The documents of the second it was made in; a new second needs a new one."""

    def __init__(self, of: Sources) -> None:
        self._of = of
        self._at = of.around.stage.now
        self._world = of.around.stage.situation.world
        self._rows: dict[str, Sequence[Row]] = {}
        self._cluster = Cluster(around=of.around, at=self._at, begins=of.begins)
        self._fronts = Fronts(around=of.around, at=self._at, begins=of.begins, hosts=of.hosts)

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
            self._rows[kind] = tuple(self._projected(kind))
        return self._rows[kind]

    def kinds(self, prefix: str) -> Sequence[str]:
        """Every kind that begins so, sorted."""
        hosts = self._of.hosts
        servers = [f"sql/{host}" for host in self._servers()]
        implied = [*BUILDERS, *servers, *(f"{way}/{host}" for way in _WAYS for host in hosts)]
        known = {kind for kind in (*implied, *self._of.records.by_kind) if kind.startswith(prefix)}
        return sorted(kind for kind in known if self.rows(kind))

    def series(self, name: str, start: int, end: int) -> Sequence[Series]:
        """Samples of a metric between two epoch seconds, both included."""
        return self._of.store.series(name, start, end, self._at)

    def logs(self, start: int, end: int) -> Sequence[LogLine]:
        """Collected log lines between two epoch seconds, oldest first, as far as shipped."""
        return self._of.logs.lines(start, end, self._at)

    def _projected(self, kind: str) -> Sequence[Row]:
        written = self._of.records.rows(self._of.around, kind, self._at)
        source, _, rest = kind.partition("/")
        match source:
            case "k8s":
                return objects(self._cluster, kind, written)
            case "http":
                return self._fronts.http(rest, written)
            case "net":
                return self._fronts.reached(written)
            case "sql" if "/" not in rest:
                default = [{"ends": "ok", "seconds": 0.06}] if rest in self._servers() else []
                return self._fronts.reached(written) or default
            case "dns":
                return written or self._fronts.names(rest, self._servers())
            case "tls":
                return written or self._fronts.certificate(rest)
            case "git":
                return sorted(written, key=lambda row: -_moment(row.get("at")))
        return written

    def _servers(self) -> tuple[str, ...]:
        """Databases an author wrote tables of."""
        kinds = [kind.split("/") for kind in self._of.records.by_kind]
        return tuple(dict.fromkeys(part[1] for part in kinds if part[0] == "sql" and part[1:]))


_WAYS: Final = ("http", "dns", "tls")


def _moment(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
