"""Collected log lines: the author's, and those any service writes on any day.

Rule 1: a line is a function of the history, the seed and its own second alone: whoever reads it,
whenever, reads the same; lines arrive a little later than they are written.
Rule 2: ordinary lines follow the signals of their second: as many say `failed` as requests failed.
Rule 3: fewer are kept than are written (a sample), and fewer still of those older than the drill.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from simulator.brief.scenario.sight import LogText
from simulator.brief.scenario.system import Service
from simulator.clock import DAY, HOUR
from simulator.journal.units import PPM
from simulator.shell.documents import LogLine
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.fronts import P95_OVER_MEAN
from simulator.world.telemetry.luck import marks
from simulator.world.telemetry.past import lookup_at, onsets, stretches
from simulator.world.telemetry.pods import Pod, pods_at
from simulator.world.telemetry.texts import Values, fill

BLOCK_S: Final = 10
MOST_PER_S: Final = 1.5
"""So many ordinary lines a second are kept of however many are written (assumed)."""
THIN_BEFORE_S: Final = 2 * HOUR
THINNER: Final = 30
KEPT_S: Final = 3 * DAY
"""Lines older than this are gone (assumed)."""
BURST_MS: Final = 2000
_BYTES: Final = 6
_ROWS: Final = ("ready", "replicas", "rollout", "restart", "revision")
_BLOCKS_MOST: Final = 4_000


@dataclass(slots=True, kw_only=True)
class Collector:
    """The collected logs of a drill."""

    around: Surroundings
    begins: int
    lag_s: int
    texts: tuple[LogText, ...]
    _pods: dict[tuple[str, tuple[int, ...]], tuple[Pod, ...]] = field(default_factory=dict)
    _blocks: dict[tuple[str, int, int], tuple[LogLine, ...]] = field(default_factory=dict)

    def lines(self, start: int, end: int, now: int) -> list[LogLine]:
        """The lines written between two epoch seconds that have arrived by `now`, oldest first."""
        first = max(start - self.begins, -KEPT_S)
        last = min(end - self.begins, now - self.lag_s)
        if first > last:
            return []
        low, high = (self.begins + first) * 1000, (self.begins + last) * 1000 + 999
        found = [line for line in self._all(first, last) if low <= line.at_ms <= high]
        found.sort(key=lambda line: (line.at_ms, line.fields.get("pod", ""), line.text))
        return found

    def _all(self, first: int, last: int) -> Iterator[LogLine]:
        for number, text in enumerate(self.texts):
            if text.once:
                yield from self._bursts(number, text)
            elif text.per_min:
                yield from self._paced(number, text, first, last)
        thin = -THIN_BEFORE_S
        for name, rate in self._rates():
            if first < thin:
                yield from self._ordinary(name, rate, (first, min(last, thin - 1)), THINNER)
            if last >= thin:
                yield from self._ordinary(name, rate, (max(first, thin), last), 1)

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

    def _ordinary(
        self, name: str, rate: float, window: tuple[int, int], thinner: int
    ) -> Iterator[LogLine]:
        length = BLOCK_S * thinner
        for block in range(window[0] // length, window[1] // length + 1):
            key = (name, block, thinner)
            lines = self._blocks.get(key)
            if lines is None:
                lines = tuple(self._block(name, rate, block, length))
                if (block + 1) * length < self.around.stage.now:
                    if len(self._blocks) > _BLOCKS_MOST:
                        self._blocks.clear()
                    self._blocks[key] = lines
            yield from lines

    def _block(self, name: str, rate: float, block: int, length: int) -> Iterator[LogLine]:
        chance, service = self.around.stage.chance, self.around.scenario.system.services[name]
        start = block * length
        offered = self.around.history.signal_at(name, start)["offered"]
        normal = self.around.history.signals[name][0][1]["offered"] or 1
        luck = marks(chance, "log", name, str(block), "0")
        count = int(rate * BLOCK_S * min(2.0, offered / normal) + luck[31] / 256)
        for number in range(count):
            page, place = divmod(number, 31 // _BYTES)
            if number and place == 0:
                luck = marks(chance, "log", name, str(block), str(page))
            yield self._line(name, service, start, length, luck[place * _BYTES :])

    def _line(self, name: str, service: Service, start: int, length: int, luck: bytes) -> LogLine:
        ms = (luck[0] << 8 | luck[1]) * length * 1000 >> 16
        second = start + ms // 1000
        signals = self.around.history.signal_at(name, second)
        mean_ms = signals["p95"] / P95_OVER_MEAN
        failed = (luck[2] << 8 | luck[3]) / 65536 < signals["errors"] / PPM
        shown = signals["latency"] if failed else mean_ms * (0.4 + 1.2 * luck[4] / 255)
        kinds = tuple(service.classes)
        path = f"path=/{kinds[luck[5] % len(kinds)]} " if kinds else ""
        took = f"duration_ms={max(1, round(shown))}"
        status = (504 if signals["latency"] >= service.tau * 950 else 503) if failed else 200
        word = "failed" if failed else "done"
        pod = self._one_of(name, second, luck[5], ready=True)
        return LogLine(
            at_ms=(self.begins + start) * 1000 + ms,
            fields=self._fields(name, pod, "error" if failed else "info"),
            text=f"request {word} {path}status={status} {took}",
        )

    def _bursts(self, number: int, text: LogText) -> Iterator[LogLine]:
        held = self.around.history.held
        begun = [0] if text.when is None else onsets(held, text.when)
        for onset in begun:
            for n in range(max(1, text.burst)):
                luck = marks(self.around.stage.chance, "burst", str(number), str(onset), str(n))
                ms = (luck[0] << 8 | luck[1]) * BURST_MS >> 16
                yield self._written(text, onset * 1000 + (ms if n else 0), n, luck[2])

    def _paced(self, number: int, text: LogText, first: int, last: int) -> Iterator[LogLine]:
        spans = [(first, last + 1)]
        if text.when is not None:
            spans = list(stretches(self.around.history.held, text.when, first, last + 1))
        chance, pace = self.around.stage.chance, text.per_min or 0.0
        for start, end in spans:
            for minute in range(start // 60, (end - 1) // 60 + 1):
                if minute * 60 < -THIN_BEFORE_S and minute % 5:
                    continue
                count = int(pace + marks(chance, "paced", str(number), str(minute))[0] / 256)
                for n in range(count):
                    luck = marks(chance, "paced", str(number), str(minute), str(n))
                    ms = minute * 60_000 + ((luck[0] << 8 | luck[1]) * 60_000 >> 16)
                    if start * 1000 <= ms < end * 1000:
                        yield self._written(text, ms, n, luck[2])

    def _written(self, text: LogText, ms: int, n: int, luck: int) -> LogLine:
        second = ms // 1000
        said = text.text
        if "${" in said:
            look = lookup_at(self.around, second)
            said = fill(said, Values(look=look, at=second, begins=self.begins, n=n))
        pod = self._one_of(text.service, second, luck, ready=False)
        fields = {**self._fields(text.service, pod, text.level), **text.fields}
        return LogLine(at_ms=self.begins * 1000 + ms, fields=fields, text=said)

    def _fields(self, service: str, pod: Pod | None, level: str) -> dict[str, str]:
        fields = {"service": service, "level": level}
        if pod is not None:
            workload = self.around.scenario.system.services[service].workload
            assert workload is not None, "a pod has a workload"
            fields |= {"pod": pod.name, "namespace": workload.namespace}
        return fields

    def _one_of(self, service: str, second: int, luck: int, *, ready: bool) -> Pod | None:
        if service not in self.around.scenario.system.services:
            return None
        pods = self._pods_at(service, second)
        fitting = [pod for pod in pods if pod.ready] if ready else list(pods)
        chosen = fitting or pods
        return chosen[luck % len(chosen)] if chosen else None

    def _pods_at(self, service: str, second: int) -> tuple[Pod, ...]:
        """The pods of a second; the same until one of the rows that make them changes."""
        states = self.around.history.states
        stamp = tuple(
            bisect_right(states.get(f"{service}.{row}", ()), second, key=lambda step: step[0])
            for row in _ROWS
        )
        if (service, stamp) not in self._pods:
            self._pods[service, stamp] = pods_at(self.around, service, second)
        return self._pods[service, stamp]
