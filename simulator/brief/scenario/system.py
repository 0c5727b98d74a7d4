"""The system under drill as its author writes it: services, needs, pools, probes, metrics.

Rule 1: figures are those of a normal day; the engine derives the hidden ones (docs/model.md).
Rule 2: whatever a tool would show of a thing is projected from here and from the state table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.brief.conditions import When
from simulator.brief.scenario.access import Credential, CredentialId
from simulator.brief.scenario.gauges import Gauge
from simulator.brief.scenario.kinds import STRICT, ServiceId
from simulator.brief.scenario.workload import Boot, Crash, Owner, PodGroup, Workload
from simulator.brief.units import (
    Count,
    Fraction,
    Identifier,
    Latency,
    MetricName,
    Number,
    PositiveSeconds,
    Prose,
    RatePerSecond,
    Ratio,
    Seconds,
    Span,
    StateName,
    Truth,
    Value,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """A circuit breaker in front of a need."""

    __pydantic_config__ = STRICT

    after: Seconds
    """Opens once the need has failed wholly for so long."""
    answers_in: Latency
    probe: PositiveSeconds
    """How often one request is let through while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One service leaning on another."""

    __pydantic_config__ = STRICT

    share: Fraction = 1.0
    """Of the caller's requests."""
    calls: Ratio = 1.0
    """For each such request."""
    mode: Literal["fails", "degrades"] = "fails"
    if_silent: Literal["fails", "degrades"] | None = None
    """Where a silent callee hurts more than one that refuses."""
    timeout: Latency | None = None
    """How long the caller waits; the callee's own patience where absent."""
    fallback: Latency = 0.0
    """What the detour of a degrading need costs."""
    breaker: Breaker | None = None
    answers: Count | None = None
    """The HTTP status a request is answered with that fails by this need; by how it fails unless
    written."""
    to: ServiceId | None = None
    """The callee, where the need's name is not its id (an address that can be repointed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestClass:
    """A kind of request (an endpoint, a customer) with a share of the traffic."""

    __pydantic_config__ = STRICT

    share: Fraction
    needs: Mapping[Identifier, Need] | None = None
    """Its own needs; the service's where absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingUp:
    """Clients lose patience in a long outage."""

    __pydantic_config__ = STRICT

    after: Seconds
    to: Fraction
    """The share of normal traffic that goes on trying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service; one group of pods and one class of requests unless written."""

    __pydantic_config__ = STRICT

    title: Prose = ""
    """What it is, in a few words."""
    traffic: RatePerSecond | None = None
    """Requests from outside; absent for a service only others call."""
    customer_facing: Truth | None = None
    """Whether its requests count as customers'; an entry service's do unless written."""
    p95: Latency | None = None
    """The whole p95 on a normal day; exactly one of `p95` and `adds` is written."""
    adds: Latency | None = None
    """Its own part of the p95."""
    used: Fraction
    """Utilisation on a normal day."""
    replicas: Count = 1
    """How many run."""
    tau: Latency = 30.0
    """Its patience: how long anything may take before it is given up."""
    errors: Fraction = 0.0
    """Failing on a normal day."""
    retries: Ratio = 0.0
    """Further attempts per failed request from outside."""
    gives_up: GivingUp | None = None
    slo: Fraction | None = None
    """The share of good answers it promises."""
    value_per_request: Number | None = None
    users: Count | None = None
    """How many people use it."""
    uses_per_min: Number = 1.0
    """Requests a minute of one user."""
    needs: Mapping[Identifier, Need] = field(default_factory=dict)
    """The services it leans on."""
    classes: Mapping[Identifier, RequestClass] = field(default_factory=dict)
    """Kinds of requests that differ; one unless written."""
    groups: Mapping[Identifier, PodGroup] = field(default_factory=dict)
    """Groups of replicas that differ; one unless written."""
    pools: Mapping[Identifier, "Pool"] = field(default_factory=dict)
    """Connections it holds."""
    owner: Owner = field(default_factory=Owner)
    boot: Boot | None = None
    crashes: Mapping[Identifier, Crash] = field(default_factory=dict)
    """Why its containers die."""
    workload: Workload | None = None
    shape: tuple[Ratio, ...] = ()
    """Traffic by hour of day (UTC), 24 factors; flat where absent."""

    @property
    def has_pods(self) -> bool:
        """Whether its replicas have lives of their own."""
        return self.workload is not None or self.boot is not None

    @property
    def is_entry(self) -> bool:
        """Whether customers' requests enter here."""
        return self.traffic is not None if self.customer_facing is None else self.customer_facing


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Connections (threads, slots) a service holds, possibly out of a limit others share."""

    __pydantic_config__ = STRICT

    to: Identifier
    """The need whose calls hold them."""
    per_replica: Count
    least: Count = 0
    """Kept open by each replica however idle."""
    limit: Identifier | None = None
    """The shared limit they come out of."""
    keeps: Seconds = 60.0
    """How long a peak stays open."""
    hold: Latency | None = None
    """How long a call holds one; the callee's latency where absent."""
    acquires_in: Latency | None = None
    """How long a request waits for a free one before it fails; 5 ms unless written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A check from outside, once a scrape: up or down."""

    __pydantic_config__ = STRICT

    up: When
    """Over the truth, at the second of the scrape."""
    title: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What a signal, gauge or probe is called in the metric store."""

    __pydantic_config__ = STRICT

    name: MetricName
    labels: Mapping[Word, Word] = field(default_factory=dict)
    reads: StateName
    """`api.served`, `api.failed`, `api.p95`, a gauge, `probe.health`, a state."""
    kind: Literal["gauge", "counter"] = "gauge"
    scale: Number = 1.0
    source: Literal["own", "cloud"] = "own"
    when: When | None = None
    """Sampled only while this holds, over the truth; otherwise there is no data."""
    each_pod_of: ServiceId | None = None
    """One series for each pod of this service, labelled `pod`: of what the service does a second
    the pod's part, of everything else what is so of its group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How monitoring looks and how late it is (docs/model.md; assumed unless written)."""

    __pydantic_config__ = STRICT

    scrape: PositiveSeconds = 15.0
    samples_while: When | None = None
    """Own monitoring takes samples only while this holds, over the truth; always where absent."""
    evaluation: PositiveSeconds = 30.0
    group_wait: Mapping[Literal["critical", "high", "medium", "low"], Seconds] = field(
        default_factory=dict
    )
    group_interval: PositiveSeconds = 300.0
    log_lag: Span = field(default_factory=lambda: Span(low_s=5.0, high_s=20.0))
    cloud_lag: Span = field(default_factory=lambda: Span(low_s=60.0, high_s=180.0))
    audit_lag: Span = field(default_factory=lambda: Span(low_s=300.0, high_s=900.0))
    vendor_lag: Span = field(default_factory=lambda: Span(low_s=900.0, high_s=2400.0))
    login: Span = field(default_factory=lambda: Span(low_s=60.0, high_s=180.0))
    """VPN and second factor, the first time somebody runs a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Everything that stands before anything breaks."""

    __pydantic_config__ = STRICT

    services: Mapping[ServiceId, Service]
    """Everything that answers requests."""
    limits: Mapping[Identifier, Count] = field(default_factory=dict)
    """Shared limits pools come out of, such as a database's connection slots."""
    gauges: Mapping[StateName, Gauge] = field(default_factory=dict)
    """Levels that fill and drain."""
    state: Mapping[StateName, Value] = field(default_factory=dict)
    """The state table at rest, beyond what services imply."""
    credentials: Mapping[CredentialId, Credential] = field(default_factory=dict)
    """Whatever opens a door: keys, sessions, tokens, passwords, certificates."""
    probes: Mapping[Identifier, Probe] = field(default_factory=dict)
    """Checks from outside: up or down."""
    metrics: tuple[Metric, ...] = ()
    """What signals and gauges are called where people query metrics."""
    clock: Clock = field(default_factory=Clock)
    """How monitoring looks and how late it is."""
    logs_per_s: Number = 0.0
    """Ordinary log lines a second, of all services together."""
