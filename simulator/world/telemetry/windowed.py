"""What a panel makes of five minutes: shares of counted requests, and a percentile of all of them.

Rule 1: a share is failures over requests, counted between two samples; no request is no figure.
Rule 2: a p95 is that of all requests served in the window, never a mean of p95s; where none was
served, that of all that failed.
Rule 3: a text beside a panel says what the panel shows, not what is true by now.
"""

import math
from collections.abc import Iterable
from typing import Final

from simulator.brief.conditions import Found, Name
from simulator.journal.facts import Lookup
from simulator.world.monitoring import STALE_S, gaps
from simulator.world.surroundings import Surroundings
from simulator.world.windows import Counted, Grid, Scraper

WINDOW_S: Final = 300
"""What panels average over (assumed; docs/model.md)."""
SLOWEST: Final = 0.05
"""The share of requests beyond the 95th percentile."""


def scraper(around: Surroundings) -> Scraper:
    """Who samples the customers' side: a grid with a phase of this drill."""
    every = max(1, int(around.scenario.system.clock.scrape))
    phase = around.stage.chance.span(0, every - 1, "scrape phase", "panels").seconds
    return Scraper(grid=Grid(every_s=every, phase_s=phase), down=gaps(around))


def sampled_at(around: Surroundings, now: int) -> int | None:
    """The second of the newest sample; None where it is too old to be shown."""
    seen = scraper(around).last_sample(now)
    return seen if now - seen < STALE_S else None


def as_measured(around: Surroundings, look: Lookup, now: int) -> Lookup:
    """The lookup of somebody before a panel now: a service's errors and p95 are the window's."""

    def shown(name: Name) -> Found | None:
        service, _, item = name.text.rpartition(".")
        if service in around.history.signals:
            if item == "errors":
                return failing(around, (service,), now, scraper(around))
            if item == "p95":
                took = p95_of(around, service, scraper(around).last_sample(now))
                return None if took is None else took / 1000
        return look(name)

    return shown


def failing(
    around: Surroundings, services: Iterable[str], at: int, sampler: Scraper
) -> float | None:
    """The share of these services' requests that failed in the window; None without any."""
    requests = failures = 0.0
    for name in services:
        counted = Counted(
            steps=tuple(around.history.rates[name]),
            scraper=sampler,
            window_s=WINDOW_S,
        )
        asked, failed = counted.counted(at)
        requests, failures = requests + asked, failures + failed
    return round(failures / requests, 9) if requests > 0 else None


def p95_of(around: Surroundings, name: str, seen: int) -> int | None:
    """A service's p95 over the window up to a sample, ms; None where nobody asked."""
    steps = around.history.signals[name]
    start, end = seen - WINDOW_S, seen
    pieces = []
    for at, values in reversed(steps):
        if at < end:
            pieces.append((end - max(at, start), values))
            end = max(at, start)
        if at <= start:
            break
    # Before the first step lies the normal day it begins with.
    pieces.append((end - start, steps[0][1]))
    served = [(lasting * values["served"], values["p95"]) for lasting, values in pieces]
    asked = [(lasting * values["offered"], values["p95"]) for lasting, values in pieces]
    return percentile(served) or percentile(asked)


def percentile(parts: Iterable[tuple[float, int]]) -> int | None:
    """The p95, ms, of exponential times mixed so: (requests, their p95); None for no request."""
    mixed = [(count, p95) for count, p95 in parts if count > 0]
    if not mixed:
        return None
    most = SLOWEST * math.fsum(count for count, _ in mixed) * (1 + 1e-9)
    low, high = min(p95 for _, p95 in mixed), max(p95 for _, p95 in mixed)
    while low < high:
        middle = (low + high) // 2
        beyond = math.fsum(count * SLOWEST ** (middle / p95) for count, p95 in mixed if p95)
        low, high = (middle + 1, high) if beyond > most else (low, middle)
    return low
