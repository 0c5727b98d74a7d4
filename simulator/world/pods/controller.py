"""The process that keeps a service's pods: it hears what is wanted, and wakes when time is due.

Rule 1: everything of one second that concerns a service is taken in together, in its order; what
the process itself has told is not an order.
Rule 2: conditions that pods hang on (a crash's, a probe's, a bad node's) are followed by the watch;
each turns at most once a second.
"""

from collections.abc import Iterator

from simulator.brief.conditions import Condition, holds
from simulator.brief.scenario.system import Service
from simulator.journal.entry import Entry
from simulator.journal.events.world import (
    FaultBegan,
    FaultBent,
    FaultCured,
    RolloutAsked,
    SignalsChanged,
    StateSet,
)
from simulator.stage import Process
from simulator.world.pods.deployment import obey, reconcile
from simulator.world.pods.fleet import BOOT, Fleet, at_rest, tell
from simulator.world.pods.kubelet import advance, next_due
from simulator.world.pods.revisions import written
from simulator.world.surroundings import Surroundings
from simulator.world.watch import Turned

_OBEYED = ("replicas", "restart", "image", "ready")
_MOVING = (SignalsChanged, StateSet, FaultBegan, FaultBent, FaultCured)
"""What may let a pod in that waits for what it needs."""


def play(around: Surroundings) -> None:
    """Keep the pods of every service that has any."""
    for name, service in around.scenario.system.services.items():
        if service.has_pods:
            keeper = _Keeper(around, name, service)
            around.stage.watchers.append(keeper.hear)
            around.stage.play(keeper.keeps(), of_world=True)


class _Keeper:
    """One service's pods and what has been heard about them; lives as long as the drill."""

    def __init__(self, around: Surroundings, name: str, service: Service) -> None:
        stage = around.stage
        revisions = written(service.workload)
        replicas = stage.state(f"{name}.replicas")
        self._fleet = Fleet(
            around=around,
            name=name,
            service=service,
            boot=service.boot or BOOT,
            revisions=revisions,
            replicas=int(replicas or 0),
        )
        self._stage = stage
        self._orders: list[Entry] = []
        self._is_telling = False
        self._rows = {f"{name}.{row}" for row in _OBEYED}
        self._rows |= {f"{name}.group.{group}.ready" for group in service.groups}
        self._faults = {
            fault
            for fault, terms in around.scenario.faults.items()
            if any(strike.service == name for strike in terms.strikes)
        }
        self._bell = stage.when()

    def hear(self, entry: Entry) -> None:
        """Take note of what concerns these pods; called as each entry is recorded."""
        if self._is_telling:
            return
        if self._concerns(entry.what):
            self._orders.append(entry)
        elif not (self._fleet.waits and isinstance(entry.what, _MOVING)):
            return
        self._ring(entry)

    def _concerns(self, what: object) -> bool:
        match what:
            case StateSet(name=name):
                return name in self._rows
            case RolloutAsked(service=service):
                return service == self._fleet.name
            case FaultBegan(fault=fault) | FaultCured(fault=fault):
                return fault in self._faults
        return False

    def _ring(self, entry: Entry | None = None) -> None:
        if not self._bell.triggered:
            self._bell.succeed(entry)

    def keeps(self) -> Process:
        """Tell the pods at rest, then everything that becomes of them."""
        fleet = self._fleet
        at_rest(fleet)
        self._take_in_first_rows()
        self._follow_conditions()
        while True:
            orders, self._orders = self._orders, []
            for entry in orders:
                obey(fleet, entry)
            advance(fleet)
            reconcile(fleet)
            self._is_telling = True
            tell(fleet)
            self._is_telling = False
            self._bell = self._stage.when(until=next_due(fleet))
            yield self._bell

    def _follow_conditions(self) -> None:
        fleet, look = self._fleet, self._stage.true()
        for name, group in fleet.service.groups.items():
            if group.catches is not None and group.catches.while_ is None:
                fleet.onsets[f"catches.{name}"] = 0
        for key, condition in _conditions(fleet.service):
            if key == _READY and not holds(condition, look):
                fleet.failing = 0
            fleet.around.watch.follow(condition, self._turns(key))

    def _take_in_first_rows(self) -> None:
        """What a variant says of second 0, beside the number of replicas, was never an order."""
        self._orders = [
            entry
            for entry in self._stage.happened(StateSet)
            if self._concerns(entry.what) and not _is_replicas(entry.what)
        ]

    def _turns(self, key: str) -> Turned:
        """Remember when a condition begins and ceases to hold."""

        def turned(since: int | None) -> None:
            fleet = self._fleet
            if key == _READY:
                fleet.failing = self._stage.now if since is None else None
            elif since is not None:
                fleet.onsets[key] = since
                fleet.turns[key] = fleet.turns.get(key, 0) + 1
            else:
                fleet.onsets.pop(key, None)
            self._ring()

        return turned


def _is_replicas(what: object) -> bool:
    return isinstance(what, StateSet) and what.name.endswith(".replicas")


_READY = "ready"


def _conditions(service: Service) -> Iterator[tuple[str, Condition]]:
    """Everything over the truth that the pods of a service hang on, by the name kept of it."""
    for name, crash in service.crashes.items():
        yield f"crash.{name}", crash.while_
    for name, group in service.groups.items():
        if group.catches is not None and group.catches.while_ is not None:
            yield f"catches.{name}", group.catches.while_
    if service.boot is not None and service.boot.ready_while is not None:
        yield _READY, service.boot.ready_while
