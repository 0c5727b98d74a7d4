"""Collected log lines: the author's, and those any service writes on any day.

Rule 1: a line is a function of the history, the seed and its own second alone: whoever reads it,
whenever, reads the same; lines arrive a little later than they are written.
Rule 2: ordinary lines follow the signals of their second: as many say `failed` as requests failed.
Rule 3: fewer are kept than are written (a sample), and fewer still of those older than the drill.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
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
from simulator.world.texts import Values, as_counted, fill

BLOCK_S: Final = 10
MOST_PER_S: Final = 1.2
"""So many ordinary lines a second are kept of however many are written (assumed)."""
THIN_BEFORE_S: Final = HOUR
THINNER: Final = 120
"""Of lines older than that before second 0 one in so many is kept, of the author's one in 30."""
KEPT_S: Final = 3 * DAY
"""Lines older than this are gone (assumed)."""
BURST_MS: Final = 2000
_BYTES: Final = 6
_WRITTEN: Final = 3
"""Bytes of luck an ordinary line needs, and one of the author's."""
_ROWS: Final = ("ready", "replicas", "rollout", "restart", "revision")
_REMEMBERED: Final = 20_000


@dataclass(slots=True, kw_only=True)
class Collector:
    """The collected logs of a drill."""

    around: Surroundings
    begins: int
    lag_s: int
    texts: tuple[LogText, ...]
    _pods: dict[tuple[str, tuple[int, ...]], tuple[Pod, ...]] = field(default_factory=dict)
    _at: dict[tuple[str, int], tuple[Pod, ...]] = field(default_factory=dict)
    _past: dict[tuple[str, int, int], tuple[LogLine, ...]] = field(default_factory=dict)
    """Lines of stretches that are over, and so never change."""

    def lines(self, start: int, end: int, now: int) -> list[LogLine]:
        """The lines written between two epoch seconds that have arrived by `now`, oldest first."""
        first = max(start - self.begins, -KEPT_S)
        last = min(end - self.begins, now - self.lag_s)
        if first > last:
            return []
        low, high = (self.begins + first) * 1000, (self.begins + last) * 1000 + 999
        found = [line for line in self._all(first, last) if low <= line.at_ms <= high]
        found.sort(key=lambda line: line.at_ms)
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
            yield from self._kept(
                (name, block, thinner),
                (block + 1) * length,
                partial(self._block, name, rate, block, length),
            )

    def _kept(
        self, key: tuple[str, int, int], over: int, write: Callable[[], Iterable[LogLine]]
    ) -> tuple[LogLine, ...]:
        """The lines of a stretch, remembered once the second it is over has passed."""
        lines = self._past.get(key)
        if lines is None:
            lines = tuple(write())
            if over < self.around.stage.now:
                if len(self._past) > _REMEMBERED:
                    self._past.clear()
                self._past[key] = lines
        return lines

    def _block(self, name: str, rate: float, block: int, length: int) -> Iterator[LogLine]:
        chance, history = self.around.stage.chance, self.around.history
        start = block * length
        first = history.signal_at(name, start)
        is_steady = first is history.signal_at(name, start + length - 1)
        normal = history.signals[name][0][1]["offered"] or 1
        pods = self._pods_at(name, start)
        writers: list[Pod | None] = [pod for pod in pods if pod.ready]
        writers = writers or [*pods] or [None]
        luck = marks(chance, "log", name, str(block), "0")
        count = int(rate * BLOCK_S * min(2.0, first["offered"] / normal) + luck[31] / 256)
        for number in range(count):
            page, place = divmod(number, 31 // _BYTES)
            if number and place == 0:
                luck = marks(chance, "log", name, str(block), str(page))
            own = luck[place * _BYTES : place * _BYTES + _BYTES]
            ms = start * 1000 + ((own[0] << 8 | own[1]) * length * 1000 >> 16)
            signals = first if is_steady else history.signal_at(name, ms // 1000)
            level, text = _request(self.around.scenario.system.services[name], signals, own)
            fields = self._fields(name, writers[own[5] % len(writers)], level)
            yield LogLine(at_ms=self.begins * 1000 + ms, fields=fields, text=text)

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
        zero = self.begins * 1000
        for start, end in spans:
            low, high = zero + start * 1000, zero + end * 1000
            for minute in range(start // 60, (end - 1) // 60 + 1):
                if minute * 60 < -THIN_BEFORE_S and minute % 30:
                    continue
                lines = self._kept(
                    (text.service, minute, -1 - number),
                    (minute + 1) * 60,
                    partial(self._minute, number, text, minute),
                )
                yield from (line for line in lines if low <= line.at_ms < high)

    def _minute(self, number: int, text: LogText, minute: int) -> Iterator[LogLine]:
        """What an author's paced line would say in a minute if its condition held throughout."""
        chance = self.around.stage.chance
        luck = marks(chance, "paced", str(number), str(minute))
        for n in range(int((text.per_min or 0.0) + luck[31] / 256)):
            page, place = divmod(n, 30 // _WRITTEN)
            if n and place == 0:
                luck = marks(chance, "paced", str(number), str(minute), str(page))
            high, low, which = luck[place * _WRITTEN : place * _WRITTEN + _WRITTEN]
            yield self._written(
                text, minute * 60_000 + ((high << 8 | low) * 60_000 >> 16), n, which
            )

    def _written(self, text: LogText, ms: int, n: int, luck: int) -> LogLine:
        second = ms // 1000
        said = text.text
        if "${" in said:
            gauges = self.around.scenario.system.gauges
            look = as_counted(lookup_at(self.around, second), gauges)
            said = fill(said, Values(look=look, at=second, begins=self.begins, n=n))
        pod = self._one_of(text.service, second, luck)
        fields = {**self._fields(text.service, pod, text.level), **text.fields}
        return LogLine(at_ms=self.begins * 1000 + ms, fields=fields, text=said)

    def _fields(self, service: str, pod: Pod | None, level: str) -> dict[str, str]:
        if pod is None:
            return {"service": service, "level": level}
        workload = self.around.scenario.system.services[service].workload
        assert workload is not None, "a pod has a workload"
        space = workload.namespace
        return {"service": service, "level": level, "pod": pod.name, "namespace": space}

    def _one_of(self, service: str, second: int, luck: int) -> Pod | None:
        if service not in self.around.scenario.system.services:
            return None
        pods = self._pods_at(service, second)
        return pods[luck % len(pods)] if pods else None

    def _pods_at(self, service: str, second: int) -> tuple[Pod, ...]:
        """The pods at the beginning of a second's block: who writes in it."""
        start = second - second % BLOCK_S
        found = self._at.get((service, start))
        if found is None:
            # The same until one of the rows that make them changes.
            states = self.around.history.states
            stamp = tuple(
                bisect_left(states.get(f"{service}.{row}", ()), (start + 1,)) for row in _ROWS
            )
            if (service, stamp) not in self._pods:
                self._pods[service, stamp] = pods_at(self.around, service, start)
            found = self._pods[service, stamp]
            if len(self._at) > _REMEMBERED:
                self._at.clear()
            self._at[service, start] = found
        return found


def _request(service: Service, signals: Mapping[str, int], luck: bytes) -> tuple[str, str]:
    """Level and text of the line an ordinary request leaves behind."""
    failed = (luck[2] << 8 | luck[3]) / 65536 < signals["errors"] / PPM
    mean_ms = signals["p95"] / P95_OVER_MEAN
    shown = signals["latency"] if failed else mean_ms * (0.4 + 1.2 * luck[4] / 255)
    kinds = tuple(service.classes)
    path = f"path=/{kinds[luck[4] % len(kinds)]} " if kinds else ""
    took = f"duration_ms={max(1, round(shown))}"
    if not failed:
        return "info", f"request done {path}status=200 {took}"
    status = 504 if signals["latency"] >= service.tau * 950 else 503
    return "error", f"request failed {path}status={status} {took}"
