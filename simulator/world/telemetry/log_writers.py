"""Who writes log lines: the pods of a service at a second, and the fields each puts on a line.

Rule 1: whoever writes in a stretch of ten seconds is whoever was there when it began.
Rule 2: pods are the same from one change of the rows that make them to the next; they are worked
out once for all lines between two changes.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.pods import Pod, pods_at

BLOCK_S: Final = 10
Fields: TypeAlias = Mapping[str, str]
_ROWS: Final = ("ready", "replicas", "rollout", "restart", "revision")


@dataclass(slots=True, kw_only=True)
class Writers:
    """The pods that write, by service and second; lives as long as the drill."""

    around: Surroundings
    _pods: dict[tuple[str, int], tuple[Pod, ...]] = field(default_factory=dict)
    """(service, how many changes it has seen) -> its pods from then to the next change."""
    _ready: dict[tuple[str, int], Sequence[tuple[Fields, Fields]]] = field(default_factory=dict)
    _turns: dict[str, list[int]] = field(default_factory=dict)
    _fields: dict[tuple[str, str, str], Fields] = field(default_factory=dict)

    def reread(self) -> None:
        """Take in what has changed since the last question."""
        self._turns.clear()

    def at(self, service: str, second: int) -> tuple[Pod, ...]:
        """The pods at the beginning of a second's stretch; none of a service without a workload."""
        start = second - second % BLOCK_S
        key = (service, self._turned(service, start))
        pods = self._pods.get(key)
        if pods is None:
            pods = self._found(service, start)
            # Of this very second more may become true.
            if start < self.around.stage.now:
                self._pods[key] = pods
        return pods

    def ready(self, service: str, second: int) -> Sequence[tuple[Fields, Fields]]:
        """Who writes ordinary lines, by the fields of a good and of a bad one of each.

        The Ready pods, else all of them, else the service itself.
        """
        key = (service, self._turned(service, second - second % BLOCK_S))
        pairs = self._ready.get(key)
        if pairs is None:
            pods = self.at(service, second)
            writers = tuple(pod for pod in pods if pod.ready) or pods or (None,)
            pairs = tuple(
                (self.fields(service, pod, "info"), self.fields(service, pod, "error"))
                for pod in writers
            )
            if key in self._pods:
                self._ready[key] = pairs
        return pairs

    def is_steady(self, service: str, first: int, last: int) -> bool:
        """Whether the same pods write all through these seconds."""
        return self._turned(service, first - first % BLOCK_S) == self._turned(service, last)

    def fields(self, service: str, pod: Pod | None, level: str) -> Fields:
        """What stands on each line of this level."""
        key = (service, "" if pod is None else pod.name, level)
        found = self._fields.get(key)
        if found is None:
            found = {"service": service, "level": level}
            if pod is not None:
                workload = self.around.scenario.system.services[service].workload
                assert workload is not None, "a pod has a workload"
                found |= {"pod": pod.name, "namespace": workload.namespace}
            self._fields[key] = found
        return found

    def _turned(self, service: str, second: int) -> int:
        """How many changes its pods have seen by a second."""
        turns = self._turns.get(service)
        if turns is None:
            turns = self._turns[service] = self._changes(service)
        return bisect_right(turns, second)

    def _found(self, service: str, second: int) -> tuple[Pod, ...]:
        # An author may collect lines of something that is no service.
        known = service in self.around.scenario.system.services
        return pods_at(self.around, service, second) if known else ()

    def _changes(self, service: str) -> list[int]:
        """The seconds at which any row that makes its pods changed."""
        states, written = self.around.history.states, self.around.scenario.system.services
        groups = written[service].groups if service in written else ()
        rows = (*_ROWS, *(f"group.{group}.ready" for group in groups))
        return sorted({at for row in rows for at, _ in states.get(f"{service}.{row}", ())})
