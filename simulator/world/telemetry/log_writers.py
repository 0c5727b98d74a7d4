"""Who writes log lines: the pods of a service at a second, and the fields each puts on a line.

Rule 1: whoever writes in a stretch of ten seconds is whoever was there when it began.
Rule 2: only a container that runs writes; of a service whose pods are all dead nobody does.
Rule 3: pods are the same from one turn of their lives to the next; they are worked out once for
all lines between two turns.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.pods import Pod, pods_at

BLOCK_S: Final = 10
Fields: TypeAlias = Mapping[str, str]


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
        """Who runs at the beginning of a second's stretch; none of a service without a workload."""
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

        The Ready pods, as no other is asked anything; the service itself where it has no pods.
        """
        key = (service, self._turned(service, second - second % BLOCK_S))
        pairs = self._ready.get(key)
        if pairs is None:
            pods = self.at(service, second)
            whole: tuple[Pod | None, ...] = () if self.has_pods(service) else (None,)
            writers = tuple(pod for pod in pods if pod.ready) or whole
            pairs = tuple(
                (self.fields(service, pod, "info"), self.fields(service, pod, "error"))
                for pod in writers
            )
            if key in self._pods:
                self._ready[key] = pairs
        return pairs

    def has_pods(self, service: str) -> bool:
        """Whether a service's lines are its pods'; an author may collect those of no service."""
        written = self.around.scenario.system.services.get(service)
        return written is not None and written.workload is not None

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
        if not self.has_pods(service):
            return ()
        return tuple(pod for pod in pods_at(self.around, service, second) if pod.is_running)

    def _changes(self, service: str) -> list[int]:
        """The seconds in which the life of one of its pods took a turn."""
        return list(self.around.history.pod_turns.get(service, ()))
