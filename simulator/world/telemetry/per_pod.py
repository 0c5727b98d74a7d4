"""Series that each pod of a service has of its own: its part of what its group does.

Rule 1: requests a second of a group are shared alike by its Ready pods; a pod that is not Ready
does nothing. Shares and times are those of its group, and so is what belongs to no service.
Rule 2: a pod has samples from its creation to its end, under its own name; it counts from nought.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from simulator.brief.scenario.system import Metric
from simulator.journal.events.world import PodChanged
from simulator.world.history import in_natural_units
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import state_at
from simulator.world.telemetry.pods import as_pod, life_at, revisions_at

Turns = list[tuple[int, PodChanged]]
_SHARED = ("offered", "served", "failed")


@dataclass(slots=True, kw_only=True)
class PodSeries:
    """What the pods of one service show under one metric."""

    around: Surroundings
    service: str
    metric: Metric
    _sums: dict[int, tuple[list[int], list[float], list[float]]] = field(default_factory=dict)
    """Pod -> (seconds, rates from then on, counts until then)."""

    def readings(self) -> Iterator[tuple[str, Callable[[int], float | None]]]:
        """Every pod there has been, by name, and what it reads at a second."""
        workload = self.around.scenario.system.services[self.service].workload
        if workload is None:
            return
        for number, turns in self.around.history.pods.get(self.service, {}).items():
            first = max(0, turns[0][0])
            revisions = revisions_at(self.around, self.service, workload, first)
            pod = as_pod(self.around, self.service, workload, turns[0][1], revisions)
            yield pod.name, self._reading(number, turns)

    def _reading(self, number: int, turns: Turns) -> Callable[[int], float | None]:
        scale = self.metric.scale

        def reads(at: int) -> float | None:
            life = life_at(turns, at)
            if life is None:
                return None
            if self.metric.kind == "counter":
                return round(scale * self._count(number, turns, at), 3)
            found = self._figure(life, at)
            return None if found is None else round(scale * found, 6)

        return reads

    def _figure(self, life: PodChanged, at: int) -> float | None:
        """What this pod does, or what its group is like, at a second."""
        history, reads = self.around.history, self.metric.reads
        if reads in history.gauges:
            return history.gauge_at(reads, max(0, at))
        if life.phase != "ready":
            return 0.0
        item = reads.removeprefix(f"{self.service}.")
        own = f"group.{life.group}.{item}" if life.group else item
        values = history.signal_at(self.service, max(0, at))
        found = in_natural_units(values, own if own in values or own == "failed" else item)
        if found is None:
            return None
        last = item.rpartition(".")[2]
        if last not in _SHARED and not last.isdecimal():
            return found
        row = f"{self.service}.group.{life.group}.ready" if life.group else f"{self.service}.ready"
        sharers = state_at(history, row, max(0, at))
        return found / sharers if isinstance(sharers, int) and sharers > 0 else 0.0

    def _count(self, number: int, turns: Turns, at: int) -> float:
        known = self._sums.get(number)
        if known is None:
            known = self._sums[number] = self._counted(turns)
        seconds, rates, sums = known
        if at < seconds[0]:
            return 1e6 + rates[0] * (at - seconds[0])
        place = bisect_right(seconds, at) - 1
        return 1e6 + sums[place] + rates[place] * (at - seconds[place])

    def _counted(self, turns: Turns) -> tuple[list[int], list[float], list[float]]:
        """The exact integral of the pod's rate over every change of it, of its group, of itself."""
        history, begins = self.around.history, max(0, turns[0][0])
        rows = [row for row in history.states if row.startswith(f"{self.service}.group.")]
        changes = {at for at, _ in history.signals[self.service]} | {at for at, _ in turns}
        changes |= {at for row in (*rows, f"{self.service}.ready") for at, _ in history.states[row]}
        seconds = sorted({begins, *(at for at in changes if at > begins)})
        rates, sums = [], [0.0]
        for place, at in enumerate(seconds):
            life = life_at(turns, at)
            rates.append((self._figure(life, at) or 0.0) if life is not None else 0.0)
            if place + 1 < len(seconds):
                sums.append(sums[-1] + rates[-1] * (seconds[place + 1] - at))
        return seconds, rates, sums
