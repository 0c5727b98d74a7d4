"""What an edge does to a request: how often it fails, how long it waits, what it holds.

Rule 1: `E' = 1 - ((1 - E)(1 - exp(-t/m)))^c` and `w = q c min(m, t)`, fallback included.
Rule 2: an open breaker or a cut passes no load on; an open breaker answers by itself.
Rule 3: a silent cut takes the edge's timeout, a refused one 5 ms.
"""

import math
from typing import Final, NamedTuple

from simulator.world.graph import REFUSAL_S, REFUSED, TIMED_OUT, Edge
from simulator.world.strains import UNFAILED, Strain, meet

LATE: Final = 0.95
"""A failure that takes so much of the timeout was a wait for an answer."""


class Callee(NamedTuple):
    """What a caller sees of a service."""

    errors: float
    served_s: float
    """m: mean latency of requests served."""
    failed_s: float
    """Mean latency of requests failed."""
    silent: float
    """The share of requests that never gets an answer."""
    tau_s: float


class Call(NamedTuple):
    """One edge's effect on a request; shares are of all requests of the caller."""

    hard: float
    """q E' where a failed call fails the request."""
    degraded: float
    """q E' where it only degrades."""
    wait_s: float
    """w, averaged over requests that call and those that do not."""
    failed_s: float
    """How long a call that fails takes."""
    would_fail: float
    """E' were the breaker closed: what a probe meets."""
    held: float
    """Connections held per request a second: rate times hold time (Little's law)."""
    made: float
    """Calls attempted per request."""
    status: int = REFUSED
    """What a request is answered that fails by this call."""


def reaches(edge: Edge, strain: Strain, *, is_open: bool) -> float:
    """Calls per request that reach the callee: q c, or none."""
    return 0.0 if is_open or strain.cut else edge.share * edge.calls


def call_over(edge: Edge, callee: Callee, strain: Strain, *, is_open: bool) -> Call:
    """The effect of this edge, given what the callee is like and what bends the edge."""
    q, c = edge.share, edge.calls
    timeout_s = callee.tau_s if edge.timeout_s is None else edge.timeout_s
    if strain.cut:
        silent, latency_s = (1.0, timeout_s) if strain.cut == "silent" else (0.0, REFUSAL_S)
        fails, failed_s = 1.0, min(latency_s, timeout_s)
    else:
        silent = 1 - (1 - callee.silent) ** c if callee.silent else 0.0
        latency_s = callee.served_s * strain.slow
        ways = list(strain.ways)
        if callee.errors:
            ways.insert(0, (callee.errors, callee.failed_s, False, REFUSED))
        # Beyond 40 timeouts to a mean the share is below the last bit of 1.
        if latency_s * 40 > timeout_s:
            ways.append((math.exp(-timeout_s / latency_s), timeout_s, False, TIMED_OUT))
        one = meet(ways, timeout_s) if ways else UNFAILED
        fails, failed_s = 1 - (1 - one.share) ** c, one.cost_s
    hold_s = min(timeout_s, latency_s)
    status = edge.answers or (TIMED_OUT if failed_s >= LATE * timeout_s else REFUSED)
    if is_open:
        answer_s = edge.breaker.answers_in_s if edge.breaker else REFUSAL_S
        hard, degraded = (q, 0.0) if edge.mode == "fails" else (0.0, q)
        return Call(
            hard, degraded, q * answer_s, answer_s, fails, 0.0, 0.0, edge.answers or REFUSED
        )
    if edge.mode == "fails":
        held = q * c * hold_s
        return Call(q * fails, 0.0, held, failed_s, fails, held, q * c, status)
    patience_s = hold_s if edge.fallback_s is None else min(hold_s, edge.fallback_s)
    if edge.if_silent == "degrades":
        held = q * c * patience_s
        return Call(0.0, q * fails, held, failed_s, fails, held, q * c)
    # No fallback covers silence: that share waits out the timeout and fails the request.
    held = q * c * ((1 - silent) * patience_s + silent * timeout_s)
    return Call(
        q * silent, q * max(0.0, fails - silent), held, timeout_s, fails, held, q * c, TIMED_OUT
    )
