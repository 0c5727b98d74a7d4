"""The four golden signals of one group x class, and their traffic-weighted sums.

Rule 1: a group is requests split at random over replicas, each M/M/1: the time in it is
exponential with mean S/(1 - rho), its p95 is ln 20 = 2.996 means. That is exact for a service
without dependencies and an approximation along a chain (Kleinrock 1975, ch. 3.2).
Rule 2: `latency_served_s` is of requests served and is what the laws speak of; panels show
`latency_shown_s`, the mix `(1 - E) m + E m_fail`, so failing fast lowers what is shown.
Where nothing at all is served, the p95 is `m_fail` as well: that is all there is to show.
Over several flows both are weighted by what each serves, the mix by what each is asked.
Rule 3: `m_fail` is the failure-weighted mean of what each way to fail takes: shed and refused
5 ms, a fault its `fails_in` (the timeout where silent), a dry pool its acquire timeout, a failed
call what that call took (an open breaker's answer, a silent callee's timeout), a timeout tau.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from simulator.world.calls import Call
from simulator.world.graph import REFUSAL_S, REFUSED, TIMED_OUT
from simulator.world.strains import UNFAILED, Strain, Way, answered, meet

BUSIEST: Final = 0.98
"""Utilisation beyond which the queue's formula is held: the excess is shed, not queued."""
P95_MEANS: Final = 2.996
"""ln 20: the 95th percentile of an exponential time, in means."""


class Dry(NamedTuple):
    """What pools with nothing left do to a request."""

    ways: tuple[Way, ...] = ()
    degraded: tuple[float, ...] = ()
    wait_s: float = 0.0
    """For a free one, by those who get it: alike for all, no part of what is drawn."""


WET: Final = Dry()
"""Every pool has some left."""


class Flow(NamedTuple):
    """Signals of a service, a pod group or a request class."""

    offered_per_s: float
    failed_per_s: float
    errors: float
    """E, of offered requests."""
    latency_served_s: float
    """m: mean latency of requests served."""
    latency_failed_s: float
    """m_fail: mean latency of requests failed; 0 where none fails."""
    latency_shown_s: float
    """What a panel of mean latency shows."""
    p95_s: float
    saturation: float
    """Utilisation, 0..1."""
    degraded: float
    """The share of requests answered without a part they wanted."""
    hard: float
    """The share that fails because a dependency fails."""
    silent: float
    """The share that never gets an answer."""
    answers: tuple[tuple[int, float], ...] = ()
    """(HTTP status, share) of what fails."""

    @property
    def served_per_s(self) -> float:
        """Requests served."""
        return self.offered_per_s - self.failed_per_s


def mean_s(own_time_s: float, rho: float, strain: Strain, calls: Sequence[Call]) -> float:
    """m_u: own work in its queue and all waits, before the service's own timeout."""
    own_s = own_time_s * strain.slow / (1 - min(BUSIEST, rho))
    return math.fsum([own_s, *[call.wait_s for call in calls]]) if calls else own_s


def alive(
    offered: float,
    rho: float,
    mean: float,
    tau_s: float,
    *,
    strain: Strain,
    calls: Sequence[Call],
    dry: Dry,
) -> Flow:
    """Signals where there is capacity."""
    ways = [*strain.ways, *dry.ways]
    if rho > 1:
        ways.insert(0, (1 - 1 / rho, REFUSAL_S, False, REFUSED))
    ways.extend([(call.hard, call.failed_s, False, call.status) for call in calls if call.hard])
    # Beyond 40 timeouts to a mean the share is below the last bit of 1.
    left_s = max(0.0, tau_s - dry.wait_s)
    if mean * 40 > left_s:
        ways.append((math.exp(-left_s / mean), tau_s, False, TIMED_OUT))
    failure = meet(ways, tau_s) if ways else UNFAILED
    served_s = min(tau_s, dry.wait_s + mean)
    errors = failure.share
    return Flow(
        offered,
        offered * errors,
        errors,
        served_s,
        failure.cost_s,
        (1 - errors) * served_s + errors * failure.cost_s,
        min(tau_s, dry.wait_s + P95_MEANS * mean) if errors < 1 else failure.cost_s,
        rho if rho < 1 else 1.0,
        any_of([call.degraded for call in calls if call.degraded], dry.degraded),
        any_of([call.hard for call in calls if call.hard]),
        failure.silent,
        answered(ways) if ways else (),
    )


def dead(offered: float, tau_s: float, *, silent: bool) -> Flow:
    """Signals where there is no capacity: refused in 5 ms, or nothing until the timeout."""
    takes_s = tau_s if silent else min(tau_s, REFUSAL_S)
    return Flow(
        offered,
        offered,
        1.0,
        takes_s,
        takes_s,
        takes_s,
        takes_s,
        1.0 if offered else 0.0,
        0.0,
        0.0,
        1.0 if silent else 0.0,
        ((TIMED_OUT if silent else REFUSED, 1.0),),
    )


def together(parts: Sequence[tuple[float, Flow]]) -> Flow:
    """The weighted sum of some flows; weights are shares of traffic, in any scale.

    How long it takes to be served is weighted by what is served, where anything is.
    """
    if len(parts) == 1:
        return parts[0][1]
    flows = [flow for _, flow in parts]
    # Where nothing is drawn (all weights 0) the flows count alike.
    shares = _shares([weight for weight, _ in parts])
    served = [share * (1 - flow.errors) for share, flow in zip(shares, flows, strict=True)]
    serving = _shares(served) if any(served) else shares
    errors = _mean(shares, [flow.errors for flow in flows])
    failing_s = _mean(shares, [flow.errors * flow.latency_failed_s for flow in flows])
    return Flow(
        math.fsum(flow.offered_per_s for flow in flows),
        math.fsum(flow.failed_per_s for flow in flows),
        errors,
        _mean(serving, [flow.latency_served_s for flow in flows]),
        failing_s / errors if errors else 0.0,
        _mean(shares, [flow.latency_shown_s for flow in flows]),
        _mean(serving, [flow.p95_s for flow in flows]),
        _mean(shares, [flow.saturation for flow in flows]),
        _mean(shares, [flow.degraded for flow in flows]),
        _mean(shares, [flow.hard for flow in flows]),
        _mean(shares, [flow.silent for flow in flows]),
        _answers(shares, flows),
    )


def _shares(weights: Sequence[float]) -> list[float]:
    """The weights, adding up to 1; alike where all are 0."""
    total = math.fsum(weights)
    return [weight / total if total else 1 / len(weights) for weight in weights]


def _mean(shares: Sequence[float], figures: Sequence[float]) -> float:
    found = math.fsum(share * figure for share, figure in zip(shares, figures, strict=True))
    return min(found, max(figures))  # shares may add up to a last bit over 1


def _answers(shares: Sequence[float], flows: Sequence[Flow]) -> tuple[tuple[int, float], ...]:
    found: dict[int, float] = {}
    for share, flow in zip(shares, flows, strict=True):
        for status, failing in flow.answers:
            found[status] = found.get(status, 0.0) + share * failing
    return tuple(sorted(found.items()))


def any_of(shares: Sequence[float], further: Sequence[float] = ()) -> float:
    """The share of requests that meets at least one of these, met independently."""
    if not shares and not further:
        return 0.0
    return 1 - math.prod([1 - share for share in (*shares, *further)])
