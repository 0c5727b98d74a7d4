"""The system under drill: its state, its signals, its faults, its alerts.

Rule 1: whole numbers only: shares in ppm, latencies in ms, traffic in requests a minute, gauges
in thousandths of the author's unit, slopes in millionths of it a second.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from simulator.journal.events.base import ENGINE, EVERYONE, FACILITATOR, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSet(Event):
    """A row of the state table changed."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    name: str
    value: str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsChanged(Event):
    """The signals of the services that changed."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    services: Mapping[str, Mapping[str, int]]
    """Service -> `offered`, `served` (a minute), `errors`, `degraded`, `saturation` (ppm),
    `p95`, `latency` (ms, as panels show it), `ready` (replicas); `extra` (a minute), of what is
    offered, is nobody's who is a customer, and is left out where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodChanged(Event):
    """A pod's life took a turn: this is the pod from now on.

    `phase` is one of: `pending` (no room), `starting`, `ready`, `unready` (its container runs, its
    readiness probe fails), `backoff` (its container is dead), `stopping`, `gone`.
    """

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    service: str
    pod: int
    """Its number in its service, never used again; those at rest count from 0."""
    phase: str
    group: str = ""
    """What is the matter with it, or its version or zone; empty where no groups are written."""
    joined: int = 0
    """Since when it is in the group."""
    struck: str = ""
    """The fault that put it there."""
    template: int
    """The revision under which its template first came: its replica set."""
    image: str
    created: int
    """Second of the drill; negative for one that is older."""
    started: int
    """When its present container started, or its last one did."""
    up: int = 0
    """When that came up."""
    restarts: int = 0
    tries: int = 0
    """How often in a row it has died without having been well for long."""
    died: int | None = None
    """When its last container died; None for one that has had no other."""
    lived_from: int = 0
    """When that one had started."""
    exit: int = 0
    reason: str = ""
    crash: str = ""
    """What it died of."""
    node: str = ""
    """Where it runs, if its author says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutAsked(Event):
    """Somebody wants another revision of a workload; the world, hearing it, rolls it out."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    service: str
    image: str = ""
    undo: bool = False
    to_revision: int = 0
    cause: str = ""
    slow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GaugeMoved(Event):
    """A gauge stands here now and moves at this slope until told otherwise."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    gauge: str
    level: int
    """Thousandths."""
    slope: int
    """Millionths a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultInjected(Event):
    """A facilitator wants a fault to begin now; the world, hearing it, begins it."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    fault: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultBegan(Event):
    """A fault bends the world from now on."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    fault: str
    strength: int
    """ppm."""
    hurts: bool = True
    """Whether it is trouble, and no mere process of the world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultBent(Event):
    """A fault's strength changed: its course, an easing, or an easing undone."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    fault: str
    strength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultCured(Event):
    """Nothing of the fault is left."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    fault: str
    by_action: str = ""
    """The action that cured it; empty where it ended by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactBegan(Event):
    """A fault bends an entry service past tolerance, or set a categorical fact."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactEnded(Event):
    """`restored_when` has held for as long as it must; `since` is the second it began to hold."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactReturned(Event):
    """Impact again after it was restored."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsChanged(Event):
    """The true facts a level may ask about (brief.vocabulary.FACTS), those that changed."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactCounted(Event):
    """Exact sums so far: failed requests, users hit, budget burnt."""

    told: ClassVar[tuple[str, ...]] = (ENGINE,)
    failed: int
    users: int
    budget: int
    """ppm of the month's budget."""
    money: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFired(Event):
    """A rule of the monitoring holds."""

    told: ClassVar[tuple[str, ...]] = (EVERYONE,)
    alert: str
    severity: str
    summary: str
    page: bool
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Facts with the measured value."""
    measured_at: int = 0
    since: int = 0
    """When it began, for one that was open before the drill: negative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertResolved(Event):
    """The rule holds no more."""

    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectTook(Event):
    """The work of an action has come to its end and done what it does."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    action: str
    by: str
    cured: tuple[str, ...] = ()
    eased: tuple[str, ...] = ()
    started: tuple[str, ...] = ()
    lost: Mapping[str, int] = field(default_factory=dict)
    """Loss gauges it moved, by how many thousandths."""
    judged: str = "useless"
    """`right`, `partial`, `useless`, `harmful` or `neutral`: derived from the parts above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRelieved(Event):
    """Customers' errors fell soon after an effect that cured and eased no fault by name."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    action: str
    by: str
    before: int
    """ppm of customers' requests."""
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCut(Event):
    """An action took a credential from an intruder, or slowed what is done with it."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    action: str
    by: str
    credentials: tuple[str, ...] = ()
    """Those an intruder drew on that are good no more; each is accepted until it bites."""
    before: int = 0
    """An intruder's uses a minute that got through."""
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IntruderActed(Event):
    """An intruder took a step of their own."""

    told: ClassVar[tuple[str, ...]] = (FACILITATOR,)
    step: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtOpened(Event):
    """A temporary measure left something to be put right."""

    debt: str
    says: str
    undo: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtSettled(Event):
    """What it left is put right."""

    debt: str
