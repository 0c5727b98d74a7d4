"""The facts a severity asks about, as they truly are, with the exact cost of the incident.

Rule 1: told when they move by more than a person would notice, never on a tick.
Rule 2: harm is summed over the constant pieces between two changes of the signals, retries left
out; before impact nothing is counted.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.brief.vocabulary import RANKED
from simulator.clock import instant
from simulator.journal.events.talk import Voice
from simulator.journal.events.world import (
    FactsChanged,
    FaultBegan,
    FaultBent,
    FaultCured,
    GaugeMoved,
    ImpactCounted,
    SignalsChanged,
    StateSet,
)
from simulator.journal.units import PPM, journalled
from simulator.stage import Process
from simulator.world.impact import Entering, Harm, budget_burnt, money_lost
from simulator.world.surroundings import Surroundings

NOTICED = {"errors": 5_000, "traffic_share": 5_000, "user_share": 20_000, "saturation": 50_000,
           "budget": 20_000, "p95_ms": 20, "p95_ratio": 100, "users": 50,
           "revenue_per_h": 100, "tickets": 1}  # fmt: skip
"""By how much a fact moves before it is told again, in the journal's units."""
TOUCHING = (SignalsChanged, FaultBegan, FaultBent, FaultCured, StateSet, GaugeMoved, Voice)


@dataclass(slots=True)
class Ledger:
    """What is kept between two changes: harm so far, and the pieces running now."""

    at: int = 0
    harm: Harm = field(default_factory=Harm)
    pieces: tuple[Entering, ...] = ()
    baseline: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def play(around: Surroundings) -> None:
    """Keep the facts and the sums."""
    around.stage.play(_keep(around, Ledger()), of_world=True)


def entries_of(around: Surroundings) -> tuple[str, ...]:
    """The services where customers' requests enter."""
    services = around.scenario.system.services
    return tuple(n for n, s in services.items() if s.is_entry)


def _keep(around: Surroundings, ledger: Ledger) -> Process:
    stage = around.stage
    yield stage.pause(0)
    ledger.baseline = dict(stage.situation.world.signals)
    while True:
        _count(around, ledger)
        _tell(around, ledger)
        yield stage.when(*TOUCHING, until=_tickets_fade(around))
        # Whatever else this second brings is one change.
        yield stage.pause(0)
        yield stage.pause(0)


def _tickets_fade(around: Surroundings) -> int | None:
    """When the oldest customer report of the last five minutes leaves the window."""
    now = around.stage.now
    fresh = [at + 301 for at in around.stage.situation.talk.tickets if at + 301 > now]
    return min(fresh, default=None)


def _count(around: Surroundings, ledger: Ledger) -> None:
    """Close the piece that has run until now and open the next."""
    stage = around.stage
    lasting = stage.now - ledger.at
    services = around.scenario.system.services
    if lasting and "impact" in stage.situation.marks:
        entries = entries_of(around)
        users = sum(services[n].users or 0 for n in entries)
        rate = max((services[n].uses_per_min for n in entries), default=1.0)
        ledger.harm = ledger.harm.after(ledger.pieces, lasting, users=users, per_minute=rate)
    ledger.at = stage.now
    signals = stage.situation.world.signals
    ledger.pieces = tuple(
        Entering(
            # Retries are offered again, but a request that fails is one failure.
            requests_per_s=of_customers(signals[name])[0] / 60 / _repeats(around, name, signals),
            errors=signals[name]["errors"] / PPM,
        )
        for name in entries_of(around)
        if name in signals and name in ledger.baseline
    )


def of_customers(values: Mapping[str, int]) -> tuple[int, int]:
    """Of a service's requests a minute, those that are customers': offered, failed.

    What a client that loops, a backfill or a thief asks beside them fails alike, and is no harm.
    """
    offered, failed = values["offered"], values["offered"] - values["served"]
    own = offered - values.get("extra", 0)
    return (offered, failed) if own == offered else (own, round(failed * own / offered))


def _repeats(around: Surroundings, name: str, signals: Mapping[str, Mapping[str, int]]) -> float:
    """Tries per request at the present share of errors."""
    return 1 + around.scenario.system.services[name].retries * signals[name]["errors"] / PPM


def _tell(around: Surroundings, ledger: Ledger) -> None:
    stage = around.stage
    facts = true_facts(around, ledger)
    known = stage.situation.world.facts
    changed = {
        name: value
        for name, value in facts.items()
        if name not in known or _moved(name, known[name], value)
    }
    if not changed:
        return
    stage.emit(FactsChanged(facts=changed))
    if "impact" in stage.situation.marks:
        harm = ledger.harm
        stage.emit(
            ImpactCounted(
                failed=round(harm.failed),
                users=round(harm.users_hit),
                budget=journalled("budget", _burnt(around, harm)),
                money=round(money_lost(harm.failed, _value(around)) or 0),
            )
        )


def _moved(name: str, before: Any, after: Any) -> bool:
    step = NOTICED.get(name)
    if step is None or not isinstance(after, int) or not isinstance(before, int):
        return bool(before != after)
    # Zero and the ends of a share are worth telling however small the step.
    return abs(after - before) >= step or (after == 0) != (before == 0)


def true_facts(around: Surroundings, ledger: Ledger) -> dict[str, Any]:
    """Every fact of brief.vocabulary.FACTS the world can derive, in the journal's units.

    What the state table says under `fact.<name>` beats what is derived.
    """
    situation, now = around.stage.situation, around.stage.now
    signals, baseline = situation.world.signals, ledger.baseline
    entries = [n for n in entries_of(around) if n in signals and n in baseline]
    asked = {n: of_customers(signals[n]) for n in entries}
    offered = sum(own for own, _ in asked.values()) or 1
    failed = sum(lost for _, lost in asked.values())
    normal = sum(asked[n][0] * baseline[n]["errors"] / PPM for n in entries)
    users = sum(around.scenario.system.services[n].users or 0 for n in entries)
    value = _value(around)
    harm = ledger.harm
    facts: dict[str, Any] = {
        "errors": round(PPM * failed / offered),
        "traffic_share": max(0, round(PPM * (failed - normal) / offered)),
        "p95_ms": max((signals[n]["p95"] for n in entries), default=0),
        "p95_ratio": max(
            (round(1000 * signals[n]["p95"] / max(1, baseline[n]["p95"])) for n in entries),
            default=1000,
        ),
        "users": round(harm.users_hit),
        "user_share": round(PPM * harm.users_hit / users) if users else 0,
        "saturation": max((signals[n]["saturation"] for n in entries), default=0),
        "budget": PPM - min(PPM, journalled("budget", _burnt(around, harm))),
        "revenue_per_h": round((failed - normal) * 60 * value) if value else 0,
        "service_down": _down(around),
        "tickets": sum(1 for at in situation.talk.tickets if now - 300 <= at <= now),
        "customers": _customers(PPM * failed // offered),
    }
    return {**_categorical(around), **facts, **_written(around)}


def _customers(errors_ppm: int) -> str:
    """All: practically nobody is served; several: more than one customer's worth fails."""
    if errors_ppm >= 990_000:
        return "all"
    return "several" if errors_ppm >= 10_000 else "none"


def _down(around: Surroundings) -> tuple[str, ...]:
    """Services that answer nothing although somebody asks them."""
    signals = around.stage.situation.world.signals
    return tuple(
        name
        for name, values in signals.items()
        if (values["errors"] >= 995_000 and values["offered"] > 0) or values["ready"] == 0
    )


_REST = {"data": "ok", "breach": "none", "vulnerability": "none", "payment": "ok", "login": "ok",
         "region": "ok", "vendor": "ok", "core": True, "cosmetic": False}  # fmt: skip


def _categorical(around: Surroundings) -> dict[str, Any]:
    """What active faults state, the worst where several do."""
    world = around.stage.situation.world
    found: dict[str, Any] = dict(_REST)
    for name in world.faults:
        for fact, value in around.scenario.faults[name].facts.items():
            order = RANKED.get(fact)
            if order is None or order.index(str(value)) > order.index(str(found[fact])):
                found[fact] = value
    return found


def _written(around: Surroundings) -> dict[str, Any]:
    """What the state table says of facts."""
    state = around.stage.situation.world.state
    return {
        row.removeprefix("fact."): value for row, value in state.items() if row.startswith("fact.")
    }


def _burnt(around: Surroundings, harm: Harm) -> float:
    services = around.scenario.system.services
    found = [services[n] for n in entries_of(around)]
    promised = [s for s in found if s.slo is not None]
    if not promised:
        return 0.0
    baseline = sum((s.traffic or 0.0) * _mean_of_day(around, s.shape) for s in promised)
    slo = min(s.slo or 0.0 for s in promised)
    return budget_burnt(harm.failed, slo, baseline) if baseline and slo < 1 else 0.0


def _mean_of_day(around: Surroundings, shape: tuple[float, ...]) -> float:
    """The day's mean traffic over that of the hour the drill begins in."""
    begins = around.scenario.begins
    now = shape[instant(begins, 0).hour] if shape else 0.0
    return math.fsum(shape) / len(shape) / now if now else 1.0


def _value(around: Surroundings) -> float | None:
    services = around.scenario.system.services
    return next((services[n].value_per_request for n in entries_of(around)
                 if services[n].value_per_request is not None), None)  # fmt: skip
