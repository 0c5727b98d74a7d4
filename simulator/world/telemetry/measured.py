"""What monitoring knows: the facts a look shows, each as late and as smooth as its source.

Rule 1: truth is sampled on the scrape grid and averaged over a window; a step is a ramp.
Rule 2: facts stand in the journal's whole units; what has no data is left out, never nought.
Rule 3: `errors` is never known from reproducing: one user's request is no share.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from simulator.journal.units import PPM
from simulator.world.facts import entries_of
from simulator.world.monitoring import STALE_S, gaps
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import fact_at
from simulator.world.telemetry.records import lag_s
from simulator.world.windows import Counted, Grid, Rates, Scraper

Facts: TypeAlias = dict[str, Any]
WINDOW_S: Final = 300
"""What panels average over (assumed; docs/model.md)."""
TICKETS_S: Final = 300
DOWN_PPM: Final = 995_000
"""A service that fails so many of its requests answers nothing worth the name."""


def facts_of(around: Surroundings, views: Iterable[str], also: Iterable[str]) -> tuple[Facts, int]:
    """The facts views of these kinds show now, those asked for besides, and the sample's second."""
    now = around.stage.now
    found: Facts = {}
    sampled: list[int] = []
    for view in views:
        if view in _BY_VIEW:
            facts, at = _BY_VIEW[view](around, now)
            found.update(facts)
            sampled.append(at)
    for name in also:
        if name not in found:
            value = _asked(around, name, now)
            if value is not None:
                found[name] = value
    return found, max(sampled, default=now)


def scraper(around: Surroundings) -> Scraper:
    """Who samples the customers' side: a grid with a phase of this drill."""
    every = max(1, int(around.scenario.system.clock.scrape))
    phase = around.stage.chance.span(0, every - 1, "scrape phase", "panels").seconds
    return Scraper(grid=Grid(every_s=every, phase_s=phase), down=gaps(around))


def sampled_at(around: Surroundings, now: int) -> int | None:
    """The second of the newest sample; None where it is too old to be shown."""
    seen = scraper(around).last_sample(now)
    return seen if now - seen < STALE_S else None


def down_at(around: Surroundings, at: int) -> tuple[str, ...]:
    """Services that answered nothing at a second although somebody asked, in the file's order."""
    history = around.history
    found = []
    for name in around.scenario.system.services:
        if name not in history.signals:
            continue
        values = history.signal_at(name, at)
        if values["ready"] == 0 or (values["errors"] >= DOWN_PPM and values["offered"] > 0):
            found.append(name)
    return tuple(found)


def _metrics(around: Surroundings, now: int) -> tuple[Facts, int]:
    seen = scraper(around).last_sample(now)
    if now - seen >= STALE_S:
        return {}, seen
    facts: Facts = {}
    errors = _errors(around, now, scraper(around))
    if errors is not None:
        facts["errors"] = round(errors * PPM)
        normal = _normal_errors(around)
        facts["traffic_share"] = max(0, round((errors - normal) * PPM))
    slow = [took for name in _entries(around) if (took := _slowness(around, name, seen))]
    if slow:
        facts["p95_ms"] = max(ms for ms, _ in slow)
        facts["p95_ratio"] = max(ratio for _, ratio in slow)
    if _entries(around):
        facts["saturation"] = max(
            around.history.signal_at(name, seen)["saturation"] for name in _entries(around)
        )
    return facts, seen


def _logs(around: Surroundings, now: int) -> tuple[Facts, int]:
    behind = lag_s(around, "log")
    # Logs come another way: they know on when nobody takes samples.
    errors = _errors(around, now - behind, replace(scraper(around), down=()))
    return {} if errors is None else {"errors": round(errors * PPM)}, now - behind


def _reproduce(around: Surroundings, now: int) -> tuple[Facts, int]:
    """A few tries as a user, side by side: what they meet at this second, no window over it."""
    entries = _entries(around)
    signals = {name: around.history.signal_at(name, now) for name in entries}
    offered = sum(values["offered"] for values in signals.values())
    served = sum(values["served"] for values in signals.values())
    facts: Facts = {"service_down": tuple(n for n in down_at(around, now) if n in entries)}
    if offered:
        facts["errors"] = round(PPM * (offered - served) / offered)
        normal = {name: around.history.signals[name][0][1]["p95"] for name in entries}
        facts["p95_ms"] = max(values["p95"] for values in signals.values())
        facts["p95_ratio"] = max(
            round(1000 * values["p95"] / max(1, normal[name])) for name, values in signals.items()
        )
    return facts, now


def _down_now(around: Surroundings, now: int) -> tuple[Facts, int]:
    return {"service_down": down_at(around, now)}, now


def _dependency(around: Surroundings, now: int) -> tuple[Facts, int]:
    seen = scraper(around).last_sample(now)
    if now - seen >= STALE_S:
        return {}, seen
    return {**_stated(around, ("vendor",), seen), "service_down": down_at(around, seen)}, seen


def _alerts(around: Surroundings, now: int) -> tuple[Facts, int]:
    rules = around.scenario.alerts
    firing = [
        name
        for name, alert in around.stage.situation.alerts.items()
        if alert.firing and not (name in rules and rules[name].unrelated)
    ]
    return {"alerts": len(firing)}, now


def _tickets(around: Surroundings, now: int) -> tuple[Facts, int]:
    told = around.stage.situation.talk.tickets
    return {"tickets": sum(1 for at in told if now - TICKETS_S <= at <= now)}, now


def _database(around: Surroundings, now: int) -> tuple[Facts, int]:
    return {**_stated(around, ("data",), now), "service_down": down_at(around, now)}, now


def _audit(around: Surroundings, now: int) -> tuple[Facts, int]:
    seen = now - lag_s(around, "audit")
    return _stated(around, ("breach", "vulnerability"), seen), seen


def _vendor(around: Surroundings, now: int) -> tuple[Facts, int]:
    seen = now - lag_s(around, "vendor")
    return _stated(around, ("vendor", "region"), seen), seen


_BY_VIEW: Final[Mapping[str, Callable[[Surroundings, int], tuple[Facts, int]]]] = {
    "metrics": _metrics,
    "logs": _logs,
    "reproduce": _reproduce,
    "alerts": _alerts,
    "tickets": _tickets,
    "dependency": _dependency,
    "infrastructure": _down_now,
    "database": _database,
    "audit": _audit,
    "vendor": _vendor,
}


def _stated(around: Surroundings, names: Iterable[str], at: int) -> Facts:
    found = {name: fact_at(around.history, name, at) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _asked(around: Surroundings, name: str, now: int) -> Any:
    """A fact a look shows beyond its kinds: measured where it is measured at all."""
    for view in ("metrics", "alerts", "tickets", "infrastructure"):
        facts, _ = _BY_VIEW[view](around, now)
        if name in facts:
            return facts[name]
    return fact_at(around.history, name, now)


def _entries(around: Surroundings) -> tuple[str, ...]:
    return tuple(name for name in entries_of(around) if name in around.history.signals)


def _errors(around: Surroundings, at: int, sampler: Scraper) -> float | None:
    """The share of customers' requests that failed in the window; None without any request."""
    requests = failures = 0.0
    for name in _entries(around):
        counted = Counted(
            steps=tuple(
                Rates(
                    at_s=at,
                    requests_per_s=values["offered"] / 60,
                    failures_per_s=values["offered"] / 60 * values["errors"] / PPM,
                )
                for at, values in around.history.signals[name]
            ),
            scraper=sampler,
            window_s=WINDOW_S,
        )
        asked, failed = counted.counted(at)
        requests, failures = requests + asked, failures + failed
    return round(failures / requests, 9) if requests > 0 else None


def _normal_errors(around: Surroundings) -> float:
    first = [around.history.signals[name][0][1] for name in _entries(around)]
    offered = sum(values["offered"] for values in first)
    if not offered:
        return 0.0
    return sum(values["offered"] * values["errors"] for values in first) / offered / PPM


def _slowness(around: Surroundings, name: str, seen: int) -> tuple[int, int] | None:
    """A service's p95 over the window, ms, and its ratio to the baseline, thousandths.

    Only while somebody asked; None where nobody did.
    """
    steps = around.history.signals[name]
    total, asked, end = 0, 0, seen
    for at, values in reversed(steps):
        start = max(at, seen - WINDOW_S)
        if start < end:
            if values["offered"]:
                total, asked = total + values["p95"] * (end - start), asked + end - start
            end = start
        if at <= seen - WINDOW_S:
            break
    # Before the first step lies the normal day it begins with.
    normal = max(0, end - (seen - WINDOW_S))
    total, asked = total + steps[0][1]["p95"] * normal, asked + normal
    if not asked:
        return None
    mean = total / asked
    return round(mean), round(1000 * mean / max(1, steps[0][1]["p95"]))
