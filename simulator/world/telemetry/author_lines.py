"""The log lines an author wrote: so many a minute while a condition holds, or at its beginning.

Rule 1: a text is filled from what was true in its own second.
Rule 2: steady lines come at even steps; all others are drawn.
Rule 3: last words are written by the container that dies, within its last second.
Rule 4: drawn a minute at a time as if the condition held throughout; those outside the stretches
in which it held are left out. A minute that is over is written once.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from simulator.brief.scenario.sight import LogText
from simulator.journal.events.world import PodChanged
from simulator.shell.documents import LogLine
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.log_writers import Fields, Writers
from simulator.world.telemetry.luck import marks
from simulator.world.telemetry.ordinary_lines import THIN_BEFORE_S
from simulator.world.telemetry.past import lookup_at, onsets, stretches
from simulator.world.telemetry.pods import Pod, as_pod, revisions_at, turns
from simulator.world.texts import Values, as_counted, fill

BURST_MS: Final = 2000
_THINNED: Final = 30
"""Of the minutes of thin hours one in so many has lines."""
_BYTES: Final = 3
"""Bytes of luck a line needs."""


@dataclass(slots=True, kw_only=True)
class AuthorLines:
    """The author's lines of this variant; lives as long as the drill."""

    around: Surroundings
    begins: int
    """Epoch second of the drill's second 0."""
    texts: tuple[LogText, ...]
    writers: Writers
    _past: dict[tuple[int, int], tuple[LogLine, ...]] = field(default_factory=dict)
    """(text, minute) -> the lines of a minute that is over."""
    _fields: dict[tuple[int, str], Fields] = field(default_factory=dict)

    def lines(self, first: int, last: int) -> list[LogLine]:
        """Those of these seconds, both included, text by text; bursts of any time among them."""
        found: list[LogLine] = []
        for number, text in enumerate(self.texts):
            if text.dying is not None:
                found += self._last_words(number, text)
            elif text.once:
                found += self._bursts(number, text)
            else:
                for start, end in self._spans(text, first, last + 1):
                    found += self._paced(number, text, start, end)
        return found

    def _bursts(self, number: int, text: LogText) -> Iterator[LogLine]:
        begun = [0] if text.when is None else onsets(self.around.history.held, text.when)
        for onset in begun:
            for n in range(max(1, text.burst)):
                luck = marks(self.around.stage.chance, "burst", str(number), str(onset), str(n))
                ms = (luck[0] << 8 | luck[1]) * BURST_MS >> 16
                ms = onset * 1000 + (ms if n else 0)
                writers = self._writers(number, ms // 1000)
                if not writers:
                    continue
                yield LogLine(
                    at_ms=self.begins * 1000 + ms,
                    fields=writers[luck[2] % len(writers)],
                    text=self._filled(text, ms // 1000, n),
                )

    def _last_words(self, number: int, text: LogText) -> Iterator[LogLine]:
        """The line of each container of the service that died of this crash."""
        place = sum(other.dying == text.dying for other in self.texts[:number])
        for when, before, life in turns(self.around, text.service):
            is_death = life.died is not None and (before is None or before.died != life.died)
            if not is_death or life.crash != text.dying:
                continue
            # An author's lines of one death stand in the order written.
            ms = when * 1000 - 900 + min(890, 30 * place)
            yield LogLine(
                at_ms=self.begins * 1000 + ms,
                fields=self._fields_of(number, text, self._named(text.service, life)),
                text=self._filled(text, when, life.restarts),
            )

    def _named(self, service: str, life: PodChanged) -> Pod | None:
        workload = self.around.scenario.system.services[service].workload
        if workload is None:
            return None
        revisions = revisions_at(self.around, service, workload, self.around.stage.now)
        return as_pod(self.around, service, workload, life, revisions)

    def _spans(self, text: LogText, start: int, end: int) -> Iterable[tuple[int, int]]:
        if text.when is None:
            return [(start, end)]
        return stretches(self.around.history.held, text.when, start, end)

    def _paced(self, number: int, text: LogText, start: int, end: int) -> Iterator[LogLine]:
        low, high = (self.begins + start) * 1000, (self.begins + end) * 1000
        first, last = start // 60, (end - 1) // 60
        for minute in _minutes(first, last):
            lines = self._of_minute(number, text, minute)
            if first < minute < last:
                yield from lines
            else:
                yield from (line for line in lines if low <= line.at_ms < high)

    def _of_minute(self, number: int, text: LogText, minute: int) -> tuple[LogLine, ...]:
        lines = self._past.get((number, minute))
        if lines is None:
            draw = self._even if text.steady else self._minute
            lines = tuple(draw(number, text.per_min or 0.0, minute))
            if (minute + 1) * 60 < self.around.stage.now:
                self._past[number, minute] = lines
        return lines

    def _minute(self, number: int, per_min: float, minute: int) -> Iterator[LogLine]:
        text, drawn = self.texts[number], self.around.stage.chance
        luck = marks(drawn, "paced", str(number), str(minute))
        count = int(per_min + luck[31] / 256)
        if not count:
            return
        zero = minute * 60_000
        is_same = "${" not in text.text
        is_steady = self.writers.is_steady(text.service, minute * 60, minute * 60 + 59)
        writers = self._writers(number, minute * 60)
        for n in range(count):
            page, place = divmod(n, 30 // _BYTES)
            if n and place == 0:
                luck = marks(drawn, "paced", str(number), str(minute), str(page))
            high, low, which = luck[place * _BYTES : place * _BYTES + _BYTES]
            ms = zero + ((high << 8 | low) * 60_000 >> 16)
            if not is_steady:
                writers = self._writers(number, ms // 1000)
            if not writers:
                continue
            said = text.text if is_same else self._filled(text, ms // 1000, n)
            fields = writers[which % len(writers)]
            yield LogLine(at_ms=self.begins * 1000 + ms, fields=fields, text=said)

    def _even(self, number: int, per_min: float, minute: int) -> Iterator[LogLine]:
        """Lines of a machine's routine: each a step after the one before, over all minutes."""
        if not per_min:
            return
        text, drawn = self.texts[number], self.around.stage.chance
        step_s = 60 / per_min
        phase = marks(drawn, "steady", str(number))[0] / 256 * step_s
        n = math.ceil((minute * 60 - phase) / step_s)
        while (at := phase + n * step_s) < (minute + 1) * 60:
            if writers := self._writers(number, int(at)):
                yield LogLine(
                    at_ms=self.begins * 1000 + round(at * 1000),
                    fields=writers[n % len(writers)],
                    text=self._filled(text, math.floor(at), n),
                )
            n += 1

    def _filled(self, text: LogText, second: int, n: int) -> str:
        look = as_counted(lookup_at(self.around, second), self.around.scenario.system.gauges)
        return fill(text.text, Values(look=look, at=second, begins=self.begins, n=n))

    def _writers(self, number: int, second: int) -> Sequence[Fields]:
        """The fields of a text's line as each pod that runs writes it; a service's without pods."""
        text = self.texts[number]
        pods: Sequence[Pod | None] = self.writers.at(text.service, second)
        if not pods and not self.writers.has_pods(text.service):
            pods = (None,)
        if text.pods is not None:
            pods = [pod for pod in pods if pod is not None and pod.life.group == text.pods]
        return [self._fields_of(number, text, pod) for pod in pods]

    def _fields_of(self, number: int, text: LogText, pod: Pod | None) -> Fields:
        key = (number, "" if pod is None else pod.name)
        found = self._fields.get(key)
        if found is None:
            usual = self.writers.fields(text.service, pod, text.level)
            found = self._fields[key] = {**usual, **text.fields}
        return found


def _minutes(first: int, last: int) -> Iterable[int]:
    """The minutes that have lines: in thin hours one in thirty."""
    thin = -THIN_BEFORE_S // 60
    rare = range(first + -first % _THINNED, min(last + 1, thin), _THINNED)
    return chain(rare, range(max(first, thin), last + 1))
