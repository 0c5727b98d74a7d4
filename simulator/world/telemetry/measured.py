"""What monitoring knows: the facts a look shows, each as late and as smooth as its source.

Rule 1: truth is sampled on the scrape grid and averaged over a window; a step is a ramp.
Rule 2: facts stand in the journal's whole units; what has no data is left out, never nought.
Rule 3: a look tells of its own service only: customers' figures where that service is one of
their entries, `service_down` where it is that one; what it shows beyond that its author lists.
Rule 4: a figure that is a mean over a window is named as one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from simulator.brief.showing import OF_CUSTOMERS
from simulator.journal.units import PPM
from simulator.world.facts import entries_of
from simulator.world.monitoring import STALE_S
from simulator.world.surroundings import Surroundings
from simulator.world.telemetry.past import fact_at
from simulator.world.telemetry.records import lag_s
from simulator.world.telemetry.windowed import WINDOW_S, failing, p95_of, scraper

Facts: TypeAlias = dict[str, Any]
TICKETS_S: Final = 300
DOWN_PPM: Final = 995_000
"""A service that fails so many of its requests answers nothing worth the name."""


def facts_of(
    around: Surroundings, views: Iterable[str], also: Iterable[str] = (), *, of: str = ""
) -> tuple[Facts, int]:
    """The facts views of these kinds show now, those asked for besides, and the sample's second.

    `of` is the one service they are about; none: about all of them.
    """
    now = around.stage.now
    found: Facts = {}
    sampled: list[int] = []
    for view in views:
        if view in _BY_VIEW:
            facts, at = _BY_VIEW[view](around, now, of)
            found.update(facts)
            sampled.append(at)
    for name in also:
        if name not in found:
            value = _asked(around, name, now, of)
            if value is not None:
                found[name] = value
    return found, max(sampled, default=now)


def averaged(views: Iterable[str], facts: Iterable[str]) -> dict[str, int]:
    """Which of the facts a look shows are means, and over how many seconds."""
    if "reproduce" in views:
        return {}  # tries of this second, which a panel beside them does not blur
    return {name: WINDOW_S for name in facts if name in _WINDOWED}


def down_at(around: Surroundings, at: int) -> tuple[str, ...]:
    """Services that answered nothing at a second although somebody asked, in the file's order."""
    history = around.history
    found = []
    for name in around.scenario.system.services:
        values = history.signal_at(name, at)
        if values["ready"] == 0 or (values["errors"] >= DOWN_PPM and values["offered"] > 0):
            found.append(name)
    return tuple(found)


def _is_of_customers(around: Surroundings, of: str) -> bool:
    """Whether a look at this service shows the customers' side."""
    return not of or of in _entries(around)


def _own(around: Surroundings, of: str, at: int) -> tuple[str, ...]:
    """What of the services a look is about answers nothing."""
    return tuple(name for name in down_at(around, at) if of in ("", name))


def _metrics(around: Surroundings, now: int, of: str) -> tuple[Facts, int]:
    seen = scraper(around).last_sample(now)
    if now - seen >= STALE_S or not _is_of_customers(around, of):
        return {}, seen
    facts: Facts = {}
    errors = failing(around, _entries(around), now, scraper(around))
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


def _logs(around: Surroundings, now: int, of: str) -> tuple[Facts, int]:
    behind = lag_s(around, "log")
    if not _is_of_customers(around, of):
        return {}, now - behind
    # Logs come another way: they know on when nobody takes samples.
    always = replace(scraper(around), down=())
    errors = failing(around, _entries(around), now - behind, always)
    return {} if errors is None else {"errors": round(errors * PPM)}, now - behind


def _reproduce(around: Surroundings, now: int, of: str) -> tuple[Facts, int]:
    """A few tries as a user, side by side: what they meet at this second, no window over it."""
    entries = tuple(name for name in _entries(around) if of in ("", name))
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


def _infrastructure(around: Surroundings, now: int, of: str) -> tuple[Facts, int]:
    """Machines and pods: a pod that is Ready looks well, whatever it answers."""
    services, history = around.scenario.system.services, around.history
    down = tuple(
        name
        for name in _own(around, of, now)
        if services[name].workload is None or history.signal_at(name, now)["ready"] == 0
    )
    return {"service_down": down}, now


def _dependency(around: Surroundings, now: int, of: str) -> tuple[Facts, int]:
    seen = scraper(around).last_sample(now)
    if now - seen >= STALE_S:
        return {}, seen
    return {**_stated(around, ("vendor",), seen), "service_down": _own(around, of, seen)}, seen


def _alerts(around: Surroundings, now: int, _of: str) -> tuple[Facts, int]:
    rules = around.scenario.alerts
    firing = [
        name
        for name, alert in around.stage.situation.alerts.items()
        if alert.firing and not (name in rules and rules[name].unrelated)
    ]
    return {"alerts": len(firing)}, now


def _tickets(around: Surroundings, now: int, _of: str) -> tuple[Facts, int]:
    told = around.stage.situation.talk.tickets
    return {"tickets": sum(1 for at in told if now - TICKETS_S <= at <= now)}, now


def _database(around: Surroundings, now: int, of: str) -> tuple[Facts, int]:
    """Whether it answers; how its data is only a look knows that is written to show it."""
    return {"service_down": _own(around, of, now)}, now


def _audit(around: Surroundings, now: int, _of: str) -> tuple[Facts, int]:
    seen = now - lag_s(around, "audit")
    return _stated(around, ("breach", "vulnerability"), seen), seen


def _vendor(around: Surroundings, now: int, _of: str) -> tuple[Facts, int]:
    seen = now - lag_s(around, "vendor")
    return _stated(around, ("vendor", "region"), seen), seen


_BY_VIEW: Final[Mapping[str, Callable[[Surroundings, int, str], tuple[Facts, int]]]] = {
    "metrics": _metrics,
    "logs": _logs,
    "reproduce": _reproduce,
    "alerts": _alerts,
    "tickets": _tickets,
    "dependency": _dependency,
    "infrastructure": _infrastructure,
    "database": _database,
    "audit": _audit,
    "vendor": _vendor,
}
_MEASURED_BY: Final = {
    **dict.fromkeys(OF_CUSTOMERS["metrics"], "metrics"),
    "alerts": "alerts",
    "tickets": "tickets",
}
"""Facts nobody knows but by a view of this kind."""
_WINDOWED: Final = ("errors", "traffic_share", "p95_ms", "p95_ratio")
"""Facts that panels and log counts show over a window."""


def _stated(around: Surroundings, names: Iterable[str], at: int) -> Facts:
    found = {name: fact_at(around.history, name, at) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _asked(around: Surroundings, name: str, now: int, of: str) -> Any:
    """A fact a look shows beyond its kinds; None where what measures it shows nothing now."""
    if name == "service_down":
        return _own(around, of, now)
    view = _MEASURED_BY.get(name)
    if view is None:
        return fact_at(around.history, name, now)
    facts, _ = _BY_VIEW[view](around, now, "")
    return facts.get(name)


def _entries(around: Surroundings) -> tuple[str, ...]:
    return tuple(name for name in entries_of(around) if name in around.history.signals)


def _normal_errors(around: Surroundings) -> float:
    first = [around.history.signals[name][0][1] for name in _entries(around)]
    offered = sum(values["offered"] for values in first)
    if not offered:
        return 0.0
    return sum(values["offered"] * values["errors"] for values in first) / offered / PPM


def _slowness(around: Surroundings, name: str, seen: int) -> tuple[int, int] | None:
    """A service's p95 over the window, ms, and its ratio to the baseline, thousandths."""
    took = p95_of(around, name, seen)
    normal = around.history.signals[name][0][1]["p95"]
    return None if took is None else (took, round(1000 * took / max(1, normal)))
