"""What an incident cost, in exact sums over the pieces between two changes of the truth.

Rule 1: truth, not telemetry: failures are counted where requests enter, retries left out.
Rule 2: a piece has constant signals, so every sum here is exact, however pieces are cut.
Rule 3: what the scenario gives no figure for (users, money) is not shown, never 0.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

MONTH_S: Final = 30 * 86_400
"""The window of an error budget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """Requests entering at one service while nothing changes."""

    requests_per_s: float
    """x, without retries."""
    errors: float
    """E."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What has been lost so far."""

    requests: float = 0.0
    failed: float = 0.0
    users_hit: float = 0.0

    def after(
        self, pieces: Sequence[Entering], lasting_s: float, *, users: float, per_minute: float
    ) -> "Harm":
        """The harm once these have entered for so long, by `users` asking w times a minute each."""
        requests = math.fsum(piece.requests_per_s for piece in pieces) * lasting_s
        failed = failed_per_s(pieces) * lasting_s
        spared = users - self.users_hit
        hit = newly_hit(spared, failed / requests if requests else 0.0, lasting_s, per_minute)
        return replace(
            self,
            requests=self.requests + requests,
            failed=self.failed + failed,
            users_hit=self.users_hit + hit,
        )


def failed_per_s(pieces: Sequence[Entering]) -> float:
    """Requests failing a second over all entries: sum of x E."""
    return math.fsum(piece.requests_per_s * piece.errors for piece in pieces)


def newly_hit(spared: float, errors: float, lasting_s: float, per_minute: float) -> float:
    """Of users not yet hit, who meets a failure in this time: `U (1 - (1 - E)^(w dt_min))`."""
    return spared * (1 - math.pow(1 - errors, per_minute * lasting_s / 60))


def budget_burnt(failed: float, slo: float, baseline_per_s: float) -> float:
    """Failures as a share of a 30-day error budget; raises ValueError where there is none."""
    if not 0 <= slo < 1 or baseline_per_s <= 0:
        raise ValueError("an error budget needs an SLO below 100 % and traffic at baseline")
    return failed / ((1 - slo) * MONTH_S * baseline_per_s)


def money_lost(failed: float, value_per_request: float | None) -> float | None:
    """Failures in money; None where the scenario puts no value on a request."""
    return None if value_per_request is None else failed * value_per_request
