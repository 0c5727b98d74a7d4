"""The truth over time: every step of every signal, gauge and state, as telemetry samples it.

Rule 1: fed by the journal's own entries, so replay and engine remember the same.
Rule 2: before the first entry lies a normal day: the first value holds for all time before it,
but for gauges whose author wrote what was before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, TypeVar

from simulator.brief.conditions import Condition
from simulator.journal.entry import Entry
from simulator.journal.events import world
from simulator.journal.situation.parts import Gauge, State
from simulator.journal.units import PPM, signal_in_units
from simulator.world.windows import Rates

T = TypeVar("T")
_AT: Final = attrgetter("at")


class History:
    """Steps by name; asked by telemetry and alert rules."""

    def __init__(self) -> None:
        self.signals: dict[str, list[tuple[int, Mapping[str, int]]]] = {}
        self.rates: dict[str, list[Rates]] = {}
        """The same steps of the same services, as counters count them."""
        self.gauges: dict[str, list[Gauge]] = {}
        self.states: dict[str, list[tuple[int, State]]] = {}
        self.pods: dict[str, dict[int, list[tuple[int, world.PodChanged]]]] = {}
        """Service -> pod -> the turns of its life."""
        self.pod_turns: dict[str, list[int]] = {}
        """Service -> every second in which a pod's life took a turn."""
        self.faults: dict[str, list[tuple[int, int]]] = {}
        self.facts: dict[str, list[tuple[int, Any]]] = {}
        self.gaps: list[tuple[int, int | None]] = []
        """When nobody took samples: from, to; None while it lasts."""
        self.held: dict[Condition, list[tuple[int, bool]]] = {}
        """When conditions that telemetry keeps time of began and ceased to hold."""

    def hear(self, entry: Entry) -> None:
        """Remember an entry of the world's; a later one of the same second takes its place."""
        match entry.what:
            case world.SignalsChanged(services=services):
                for service, values in services.items():
                    _put(self.signals.setdefault(service, []), entry.at, values)
                    self._count(service, entry.at, values)
            case world.GaugeMoved(gauge=name, level=level, slope=slope):
                knots = self.gauges.setdefault(name, [])
                if knots and knots[-1].at == entry.at:
                    knots.pop()
                knots.append(Gauge(at=entry.at, level=level, slope=slope))
            case world.StateSet(name=name, value=value):
                _put(self.states.setdefault(name, []), entry.at, value)
            case world.PodChanged(service=service, pod=number) as pod:
                lives = self.pods.setdefault(service, {})
                _put(lives.setdefault(number, []), entry.at, pod)
                turns = self.pod_turns.setdefault(service, [])
                if not turns or turns[-1] != entry.at:
                    turns.append(entry.at)
            case world.FactsChanged(facts=facts):
                for name, value in facts.items():
                    _put(self.facts.setdefault(name, []), entry.at, value)
            case world.FaultBegan(fault=fault, strength=strength):
                _put(self.faults.setdefault(fault, []), entry.at, strength)
            case world.FaultBent(fault=fault, strength=strength):
                _put(self.faults.setdefault(fault, []), entry.at, strength)
            case world.FaultCured(fault=fault):
                _put(self.faults.setdefault(fault, []), entry.at, 0)

    def signal_at(self, service: str, at: int) -> Mapping[str, int]:
        """The signals of a service at a second."""
        return step_at(self.signals[service], at)

    def gauge_at(self, name: str, at: int) -> float:
        """The level of a gauge at a second, in the author's unit."""
        knots = self.gauges[name]
        knot = knots[-1]
        if knot.at > at:
            knot = knots[max(0, bisect_right(knots, at, key=_AT) - 1)]
        return knot.level_at(max(at, knot.at))

    def state_at(self, name: str, at: int) -> State:
        """A row of the state table at a second."""
        return step_at(self.states[name], at)

    def fault_at(self, name: str, at: int) -> int:
        """A fault's strength at a second, ppm; 0 before it began."""
        steps = self.faults.get(name)
        return step_at(steps, at) if steps and steps[0][0] <= at else 0

    def _count(self, service: str, at: int, values: Mapping[str, int]) -> None:
        steps, asked = self.rates.setdefault(service, []), values["offered"] / 60
        if steps and steps[-1].at_s == at:
            steps.pop()
        failed = asked * values["errors"] / PPM
        steps.append(Rates(at_s=at, requests_per_s=asked, failures_per_s=failed))


def _put(steps: list[tuple[int, T]], at: int, value: T) -> None:
    if steps and steps[-1][0] == at:
        steps.pop()
    steps.append((at, value))


def step_at(steps: Sequence[tuple[int, T]], at: int) -> T:
    """What stood at a second; the first of all before there was any."""
    if steps[-1][0] <= at:
        return steps[-1][1]
    # A second alone sorts before all that begins with it, whatever follows.
    return steps[max(0, bisect_left(steps, (at + 1,)) - 1)][1]


def in_natural_units(values: Any, item: str) -> float | None:
    """A journalled signal as conditions compare it."""
    if item == "failed":
        return float((values["offered"] - values["served"]) / 60)
    found = values.get(item, 0 if item == "extra" else None)
    return None if found is None else signal_in_units(item, found)
