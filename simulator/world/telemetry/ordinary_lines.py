"""The lines a service writes on any day, one for some of the requests it answers.

Rule 1: they follow the signals of their second: as many say `failed` as requests failed, and where
metrics tell apart which class failed with which status, so do the lines.
Rule 2: drawn ten seconds at a time, two minutes' worth of hours where lines are thin; a stretch
that is over never changes and is written once.
Rule 3: what a line says is one of few texts between two changes of the signals; each is put into
words once.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from simulator.brief.scenario.system import Service
from simulator.clock import HOUR
from simulator.journal.units import PPM
from simulator.shell.documents import LogLine
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.fronts import P95_OVER_MEAN
from simulator.world.telemetry.log_writers import BLOCK_S, Writers
from simulator.world.telemetry.luck import stem

THIN_BEFORE_S: Final = HOUR
THINNER: Final = 120
"""Of lines older than that before second 0 one in so many is kept, of the author's one in 30."""
_BYTES: Final = 6
"""Bytes of luck a line needs."""
_A_PAGE: Final = 31 // _BYTES
"""Lines one digest serves; its last byte rounds their number."""


@dataclass(slots=True, kw_only=True)
class OrdinaryLines:
    """One service's ordinary lines; lives as long as the drill."""

    around: Surroundings
    service: str
    writers: Writers
    zero_ms: int
    """Epoch milliseconds of the drill's second 0."""
    _past: dict[tuple[int, int], tuple[LogLine, ...]] = field(default_factory=dict)
    """(how thin, stretch) -> the lines of a stretch that is over."""

    def lines(self, rate: float, first: int, last: int) -> list[LogLine]:
        """Those of the stretches these seconds lie in, `rate` a second on a normal day."""
        thin = -THIN_BEFORE_S
        found = self._thinned(rate, first, min(last, thin - 1), THINNER) if first < thin else []
        return found + (self._thinned(rate, max(first, thin), last, 1) if last >= thin else [])

    def _thinned(self, rate: float, first: int, last: int, thinner: int) -> list[LogLine]:
        length, now, past = BLOCK_S * thinner, self.around.stage.now, self._past
        pen = _Pen(self, rate, length)
        found: list[LogLine] = []
        for number in range(first // length, last // length + 1):
            lines = past.get((thinner, number))
            if lines is None:
                lines = pen.stretch(number)
                if (number + 1) * length < now:
                    past[thinner, number] = lines
            found += lines
        return found


class _Pen:
    """What stays the same from line to line while one question is answered."""

    def __init__(self, of: OrdinaryLines, rate: float, length: int) -> None:
        around = of.around
        steps = around.history.signals[of.service]
        self._of, self._length = of, length
        self._written = around.scenario.system.services[of.service]
        self._seconds = [at for at, _ in steps]
        self._signals = [values for _, values in steps]
        self._voices: list[_Voice | None] = [None] * len(steps)
        self._usual = rate * BLOCK_S
        self._normal = self._signals[0]["offered"] or 1
        self._stem = stem(around.stage.chance, "log", of.service)

    def stretch(self, number: int) -> tuple[LogLine, ...]:
        """All lines of a stretch, in the order they were drawn."""
        start = number * self._length
        luck = self._luck(number, 0)
        voice = self._voice(start)
        count = int(voice.usual + luck[31] / 256)
        writers = self._of.writers.ready(self._of.service, start)
        if not count or not writers:
            return ()
        is_steady = voice is self._voice(start + self._length - 1)
        zero, span = self._of.zero_ms + start * 1000, self._length * 1000
        lines = []
        for line in range(count):
            page, place = divmod(line, _A_PAGE)
            if page and not place:
                luck = self._luck(number, page)
            own = place * _BYTES
            ms = (luck[own] << 8 | luck[own + 1]) * span >> 16
            if not is_steady:
                voice = self._voice(start + ms // 1000)
            failed = (luck[own + 2] << 8 | luck[own + 3]) / 65536 < voice.failing
            fields = writers[luck[own + 5] % len(writers)][failed]
            which = luck[own + 4]
            text = voice.said[failed].get(which) or voice.says(which, failed=failed)
            lines.append(LogLine(at_ms=zero + ms, fields=fields, text=text))
        return tuple(lines)

    def _luck(self, number: int, page: int) -> bytes:
        return hashlib.sha256(f"{self._stem}|{number}|{page}".encode()).digest()

    def _voice(self, second: int) -> "_Voice":
        place = max(0, bisect_right(self._seconds, second) - 1)
        voice = self._voices[place]
        if voice is None:
            signals = self._signals[place]
            usual = self._usual * min(2.0, signals["offered"] / self._normal)
            voice = self._voices[place] = _Voice(self._written, signals, usual)
        return voice


class _Voice:
    """How a service's lines read between two changes of its signals."""

    def __init__(self, service: Service, signals: Mapping[str, int], usual: float) -> None:
        self.usual = usual
        """Lines in ten seconds."""
        self.failing = signals["errors"] / PPM
        self._mean_ms = signals["p95"] / P95_OVER_MEAN
        self._fails_ms = signals["latency"]
        self._status = 504 if signals["latency"] >= service.tau * 950 else 503
        self._kinds = tuple(service.classes)
        self._failures = _failures(signals)
        self.said: tuple[dict[int, str], dict[int, str]] = ({}, {})
        """Texts of requests done and of requests failed that have been put into words, by luck."""

    def says(self, luck: int, *, failed: bool) -> str:
        """Put a text into words, by a byte of luck: which request it was, how long it took."""
        shown = self._fails_ms if failed else self._mean_ms * (0.4 + 1.2 * luck / 255)
        path = f"path=/{self._kinds[luck % len(self._kinds)]} " if self._kinds else ""
        took = f"duration_ms={max(1, round(shown))}"
        text = f"request done {path}status=200 {took}"
        if failed:
            of, status = self._failure(luck)
            path = f"path=/{of} " if of else path
            text = f"request failed {path}status={status} {took}"
        self.said[failed][luck] = text
        return text

    def _failure(self, luck: int) -> tuple[str, int]:
        """Which class a failed line is of, empty for any, and what was answered."""
        whole = self._failures[-1][0] if self._failures else 0
        for upto, of, status in self._failures:
            if luck * whole < upto * 256:
                return of, status
        return "", self._status


def _failures(signals: Mapping[str, int]) -> list[tuple[int, str, int]]:
    """(failures a minute up to and with this one, class, status) of those told apart."""
    found: list[tuple[int, str, int]] = []
    upto = 0
    for name, failed in signals.items():
        match name.split("."):
            case ["class", of, "answered", status] if failed:
                upto += failed
                found.append((upto, of, int(status)))
    return found
