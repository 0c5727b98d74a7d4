"""Metric series: the truth as it was sampled on the scrape grid, under the author's names.

Rule 1: a counter is the exact integral of its rate, so `rate()` over steady load is the truth.
Rule 2: before second 0 lies a normal day: the hours' own traffic, a little unrest, and for gauges
the points their author wrote.
Rule 3: own samples are there at once; the cloud's come once a minute and minutes late.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from math import inf
from typing import Final, TypeAlias

from simulator.brief.scenario.gauges import Gauge
from simulator.brief.scenario.system import Metric
from simulator.clock import HOUR, instant
from simulator.journal.events.world import AlertFired, AlertResolved
from simulator.journal.situation.parts import State
from simulator.shell.documents import Series
from simulator.world.history import in_natural_units
from simulator.world.monitoring import is_sampled
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.luck import between
from simulator.world.telemetry.objects import container_name
from simulator.world.telemetry.past import before, held_at, knots, state_at
from simulator.world.telemetry.per_pod import PodSeries
from simulator.world.telemetry.pods import as_pod, life_at, revisions_at
from simulator.world.telemetry.wobble import Wobble, wobble
from simulator.world.windows import Grid

CLOUD_S: Final = 60
"""The cloud's own resolution."""
UNREST: Final = 0.04
"""How far a normal day's figures stray (assumed)."""
FADES_S: Final = 600
"""Unrest fades out over the last minutes before second 0: what follows is exact."""
THIN_BEFORE_S: Final = 26 * HOUR
THIN_S: Final = 120
"""Samples older than a day are kept at this distance (assumed)."""
RESTARTS: Final = "kube_pod_container_status_restarts_total"
_RATES: Final = ("offered", "served", "failed")
_TIMES: Final = ("p95", "latency")
Reading: TypeAlias = Callable[[int], float | None]


@dataclass(slots=True, kw_only=True)
class Store:
    """The metric store of a drill."""

    around: Surroundings
    begins: int
    _unrest: dict[str, Wobble] = field(default_factory=dict)
    _hours: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    def series(self, name: str, start: int, end: int, now: int) -> list[Series]:
        """Every series of a name between two epoch seconds, as far as collected at `now`."""
        found: list[Series] = []
        written = [m for m in self.around.scenario.system.metrics if m.name == name]
        if name == "ALERTS" and not written:
            return firing(self.around, self.begins, start, end)
        if name == RESTARTS and not written:
            return self._restarts(start - self.begins, end - self.begins, now)
        for metric in written or self._implied(name):
            if metric.each_pod_of is not None:
                found += self._of_pods(metric, start, end, now)
            elif (reading := self._reading(metric)) is not None:
                samples = self._samples(metric, reading, start, end, now)
                found.append(Series(name=name, labels=dict(metric.labels), samples=samples))
        return found

    def _restarts(self, start: int, end: int, now: int) -> list[Series]:
        """How often each pod's container was started again, as long as the pod is there."""
        around, found = self.around, []
        for service, terms in around.scenario.system.services.items():
            if (workload := terms.workload) is None:
                continue
            moments = Metric(name=RESTARTS, reads=f"{service}.restarts")
            revisions = revisions_at(around, service, workload, now)
            for steps in around.history.pods.get(service, {}).values():
                pod = as_pod(around, service, workload, steps[-1][1], revisions)
                samples = [
                    (at + self.begins, float(life.restarts))
                    for at in self._moments(moments, start, end, now)
                    if (life := life_at(steps, at)) is not None
                ]
                labels = {"namespace": workload.namespace, "pod": pod.name,
                          "container": container_name(workload)}  # fmt: skip
                found.append(Series(name=RESTARTS, labels=labels, samples=samples))
        return [series for series in found if series.samples]

    def _samples(
        self, metric: Metric, reading: Reading, start: int, end: int, now: int
    ) -> list[tuple[int, float]]:
        return [
            (at + self.begins, value)
            for at in self._moments(metric, start - self.begins, end - self.begins, now)
            if (metric.when is None or held_at(self.around, metric.when, at))
            and (value := reading(at)) is not None
        ]

    def _of_pods(self, metric: Metric, start: int, end: int, now: int) -> Iterator[Series]:
        """A series for each pod that was there in that time."""
        assert metric.each_pod_of is not None, "asked only of metrics of each pod"
        pods = PodSeries(around=self.around, service=metric.each_pod_of, metric=metric)
        for pod, reading in pods.readings():
            if samples := self._samples(metric, reading, start, end, now):
                labels = {**metric.labels, "pod": pod}
                yield Series(name=metric.name, labels=labels, samples=samples)

    def _implied(self, name: str) -> list[Metric]:
        """Metrics any cluster has, about the services that have a workload."""
        row = _OF_THE_CLUSTER.get(name)
        return [
            Metric(
                name=name,
                labels={"namespace": workload.namespace, "deployment": workload.deployment},
                reads=f"{service}.{row}",
            )
            for service, terms in self.around.scenario.system.services.items()
            if row is not None and (workload := terms.workload) is not None
        ]

    def _moments(self, metric: Metric, start: int, end: int, now: int) -> Iterator[int]:
        """The seconds of the drill at which samples were taken and have arrived."""
        clock, chance = self.around.scenario.system.clock, self.around.stage.chance
        every, lag, target = max(1, int(clock.scrape)), 0, metric.reads.partition(".")[0]
        if metric.source == "cloud":
            every = CLOUD_S
            span = clock.cloud_lag
            lag = chance.span(span.low_s, span.high_s, "cloud lag", metric.name).seconds
        phase = chance.span(0, every - 1, "scrape phase", target).seconds
        grid = Grid(every_s=every, phase_s=phase)
        at, last = grid.next(start), min(end, now - lag)
        while at <= last:
            if metric.source == "own" and not is_sampled(self.around, at):
                at += every
            elif at < -THIN_BEFORE_S:
                yield at
                at = grid.next(at + max(every, THIN_S))
            else:
                yield at
                at += every

    def _reading(self, metric: Metric) -> Reading | None:
        reads, scale = metric.reads, metric.scale
        head, _, item = reads.partition(".")
        history = self.around.history
        if head == "probe" and item in self.around.scenario.system.probes:
            up = self.around.scenario.system.probes[item].up
            return lambda at: scale * held_at(self.around, up, at)
        if reads in history.states:
            most = 1.0 if metric.name == "up" else inf
            return lambda at: _number(state_at(history, reads, at), scale, most)
        if reads in history.gauges:
            gauge = self.around.scenario.system.gauges[reads]
            return self._leveled(reads, gauge, scale)
        known = (*history.signals[head][0][1], "failed", "extra") if head in history.signals else ()
        if item not in known:
            return None
        if metric.kind == "counter":
            return self._counter(head, item, scale)
        return partial(self._scaled, head, item, scale)

    def _scaled(self, service: str, item: str, scale: float, at: int) -> float | None:
        found = self._signal(service, item, at)
        return None if found is None else round(scale * found, 9)

    def _signal(self, service: str, item: str, at: int) -> float | None:
        values = self.around.history.signal_at(service, at)
        last = item.rpartition(".")[2]
        if last in _TIMES and not values["offered"]:
            return None  # nobody asked, so nothing took any time
        found = in_natural_units(values, item) or 0.0
        if at >= 0 or item == "ready":
            return found
        if last in (*_RATES, "saturation") or last.isdecimal():
            found *= self._factor(service, at)
        return found * (1 + UNREST * self._curve(f"{service}.{item}").at(at) * _fading(at))

    def _leveled(self, name: str, gauge: Gauge, scale: float) -> Reading:
        """The level of a gauge: exact from second 0 on, but for its author's own unrest."""
        points = knots(self.around.variant.before.get(name, gauge.before))
        history, curve = self.around.history, self._curve(name)

        def level_at(at: int) -> float:
            level = history.gauge_at(name, max(0, at))
            if at < 0:
                level = before(points, at, level)
            share = gauge.wobble or (UNREST / 4 * _fading(at) if at < 0 else 0.0)
            level = level * (1 + share * curve.at(at)) if share else level
            return round(scale * (round(level) if gauge.whole else level), 6)

        return level_at

    def _counter(self, service: str, item: str, scale: float) -> Reading:
        """The count since the process began, long before: exact from second 0 on."""
        steps = self.around.history.signals[service]
        seconds = [at for at, _ in steps]
        rates = [in_natural_units(values, item) or 0.0 for _, values in steps]
        sums = [0.0]
        for number in range(1, len(steps)):
            sums.append(sums[-1] + rates[number - 1] * (seconds[number] - seconds[number - 1]))
        key = f"{service}.{item}"
        days = between(self.around.stage.chance, 9, 30, "counter", key)
        start = round(rates[0] * days * 24 * HOUR)

        def count(at: int) -> float:
            if at < 0:
                return round(scale * (start + rates[0] * self._before(service, key, at)), 3)
            number = max(0, bisect_right(seconds, at) - 1)
            return round(scale * (start + sums[number] + rates[number] * (at - seconds[number])), 3)

        return count

    def _before(self, service: str, key: str, at: int) -> float:
        """Seconds' worth of second 0's rate between 0 and an earlier second; negative."""
        if self.around.scenario.system.services[service].shape:
            passed = self._shaped(service, at)
        else:
            passed = float(at)
        faded = min(at + FADES_S, 0)
        return passed + UNREST * self._curve(key).integral(faded)

    def _shaped(self, service: str, at: int) -> float:
        """The integral of the day's shape from 0 to an earlier second, by its hours."""
        hours = self._hours.setdefault(service, [(0, 0.0)])
        while hours[-1][0] > at:
            second, total = hours[-1]
            moment = instant(self._begins_text(), second)
            into = (moment.minute * 60 + moment.second) or HOUR
            hours.append((second - into, total - into * self._factor(service, second - 1)))
        number = max(0, bisect_left(hours, -at, key=lambda hour: -hour[0]) - 1)
        second, total = hours[number]
        return total + (at - second) * self._factor(service, min(at, second - 1))

    def _factor(self, service: str, at: int) -> float:
        """The hour's traffic over that of the hour the drill begins in."""
        shape = self.around.scenario.system.services[service].shape
        if not shape:
            return 1.0
        first = shape[instant(self._begins_text(), 0).hour]
        return shape[instant(self._begins_text(), at).hour] / first if first else 1.0

    def _begins_text(self) -> str:
        return self.around.scenario.begins

    def _curve(self, key: str) -> Wobble:
        if key not in self._unrest:
            self._unrest[key] = wobble(self.around.stage.chance, key)
        return self._unrest[key]


def _fading(at: int) -> float:
    """1 on a normal day, falling to 0 over its last minutes."""
    return min(1.0, max(0.0, -at / FADES_S))


def _number(value: State | None, scale: float, most: float) -> float | None:
    if value is None:
        return None
    try:
        return min(most, float(value) * scale)
    except ValueError:
        return None


_OF_THE_CLUSTER: Final = {
    "kube_deployment_spec_replicas": "replicas",
    "kube_deployment_status_replicas_available": "ready",
    "kube_deployment_status_replicas_ready": "ready",
    "up": "ready",
}
"""Metric of the cluster -> the row of the state table behind it."""


def firing(around: Surroundings, begins: int, start: int, end: int) -> list[Series]:
    """`ALERTS`: 1 at each evaluation while a rule fires."""
    every = max(1, int(around.scenario.system.clock.evaluation))
    spans: dict[str, list[tuple[int, int]]] = {}
    for entry in around.stage.entries:
        what = entry.what
        if isinstance(what, AlertFired):
            since = min(what.since, entry.at)
            spans.setdefault(what.alert, []).append((since, around.stage.now))
        elif isinstance(what, AlertResolved) and spans.get(what.alert):
            since, _ = spans[what.alert].pop()
            spans[what.alert].append((since, entry.at - 1))
    first, last = start - begins, min(end - begins, around.stage.now)
    grid = Grid(every_s=every)
    found = []
    for name, stretches in spans.items():
        severity = around.scenario.alerts[name].severity
        labels = {"alertname": name, "alertstate": "firing", "severity": severity}
        samples = [
            (begins + at, 1.0)
            for since, until in stretches
            for at in range(grid.next(max(since, first)), min(until, last) + 1, every)
            if is_sampled(around, at)
        ]
        found.append(Series(name="ALERTS", labels=labels, samples=samples))
    return found
