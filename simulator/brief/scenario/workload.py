"""What a service is in the cluster, as its author writes it: pods, their boot, why they die.

Rule 1: a pod's condition is the group it is in; a fault strikes pods into a group, a new pod
belongs to the group of its image, else to one that has pods at rest.
Rule 2: whether a pod is Ready is never written: it follows from its life (docs/model.md, pods).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import Field

from simulator.brief.conditions import When
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.units import (
    Count,
    Fraction,
    Identifier,
    PositiveSeconds,
    Prose,
    Ratio,
    Seconds,
    Span,
    StateName,
    Truth,
    Word,
)

MOST_PODS: Final = 200
"""Pods of one service that a drill keeps lives of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catches:
    """A new pod may fall into this group, such as one that lands on a bad node."""

    __pydantic_config__ = STRICT

    while_: Annotated[When | None, Field(alias="while")] = None
    """Over the truth, at the second the pod is created; always where absent."""
    chance: Fraction = 1.0
    """Of each new pod."""
    most: Count = 1
    """Pods of the group beyond which none falls in."""
    after: Seconds = 0.0
    """How long after it was created."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PodGroup:
    """Some of a service's pods: a version, a zone, or what is wrong with them."""

    __pydantic_config__ = STRICT

    replicas: Count
    """At rest; 0 for a condition that pods fall into."""
    version: Word = ""
    """Pods whose image has this tag are in it."""
    zone: Word = ""
    draw: Ratio = 1.0
    """The traffic one attracts beside its peers: more than 1 where it fails fast."""
    ready: Truth = True
    """Whether its pods pass their readiness probe; `no` for pods that hang."""
    unready_in: Seconds = 0.0
    """How long the probe takes to find that out, where `ready: no`."""
    catches: Catches | None = None
    node: Word = ""
    """The node its pods run on; a strike takes those that run there first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who else sets this workload: nobody, git, or an autoscaler."""

    __pydantic_config__ = STRICT

    kind: Literal["manual", "gitops", "hpa"] = "manual"
    reconciles_every: PositiveSeconds = 180.0
    fields: tuple[StateName, ...] = ()
    """State the owner keeps as `git.<row>` has it, else as it was at first: rows of the service or
    any other."""
    heals: Truth = True
    """Whether a hand change is undone at the next reconcile, visibly; else only what is new in git
    is applied, over whatever stands there."""
    paused_by: StateName | None = None
    """A state that pauses the owner while it reads yes."""
    minimum: Count = 1
    maximum: Count = 1
    target: Fraction = 0.7
    """For an autoscaler: the utilisation it aims at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boot:
    """How a replica comes up, and when it is Ready."""

    __pydantic_config__ = STRICT

    takes: Span
    """From the start of its container to Ready; drawn for each pod."""
    waits_for: tuple[Identifier, ...] = ()
    """What must answer before it is Ready: a need of its own, wherever that leads, or a service."""
    cold: Seconds = 0.0
    """How long it stays slow after Ready."""
    cold_slow: Ratio = 1.0
    grace: Seconds = 30.0
    """How long a stopped replica lingers."""
    ready_while: When | None = None
    """What its readiness probe asks, over the truth; where absent a pod that is up is Ready."""
    unready_in: Seconds = 30.0
    """How long that must fail before its pods are taken out of the traffic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """Why containers of a service die, again and again, while a condition holds."""

    __pydantic_config__ = STRICT

    while_: Annotated[When, Field(alias="while")]
    """Over the truth."""
    dies_in: Span
    """From then on, or from its coming up, until a running container dies; drawn for each."""
    at_boot: Span | None = None
    """So long after its start a container dies instead of coming up; it comes up where absent."""
    exit: Count = 1
    reason: Literal["Error", "OOMKilled"] = "Error"
    pods: Identifier | None = None
    """Only those of this group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An earlier revision of a workload."""

    __pydantic_config__ = STRICT

    number: Count
    image: Word
    ago: Seconds
    cause: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What this service is in the cluster: the names people type."""

    __pydantic_config__ = STRICT

    deployment: Identifier
    namespace: Identifier
    image: Word
    revision: Count = 1
    previous_image: Word = ""
    history: tuple[Revision, ...] = ()
    pods: tuple[Word, ...] = ()
    """Names of the pods at rest; invented from the deployment's name where absent."""
    nodes: tuple[Word, ...] = ()
    """Where those run, in the same order; spread over all nodes where absent."""
    age: Seconds = 86400.0
    cpu: Word = "50m"
    memory: Word = "256Mi"
    limits: Mapping[Word, Word] = field(default_factory=dict)
    env: Mapping[Word, Word] = field(default_factory=dict)
    labels: Mapping[Word, Word] = field(default_factory=dict)
    room: Count | None = None
    """The most of its pods that fit into the cluster; further ones stay Pending."""
