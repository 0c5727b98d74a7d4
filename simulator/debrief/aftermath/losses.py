"""What an incident cost, counted from the journal: requests, users, budget, money, minutes.

Rule 1: the sums are the world's own (docs/model.md, impact); requests offered are summed over the
constant pieces between two changes of the signals, retries left out, as those sums are.
Rule 2: counted until it was restored; never restored, until the last count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.brief.scenario.scenario import Scenario
from simulator.clock import MINUTE
from simulator.journal.entry import Entry
from simulator.journal.events.world import FactsChanged, ImpactCounted, SignalsChanged
from simulator.journal.units import PPM

TOTAL_PPM = 990_000
"""From this share of errors on nothing is served (assumed)."""
FELT_PPM = 10_000
"""From this share on customers feel it: where a service counts as affected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What was lost between impact and restored."""

    failed: int
    offered: int
    peak_ppm: int
    """The highest share of customers' requests that failed at once."""
    users: int
    budget_ppm: int
    """Of the month's error budget."""
    money: int
    allowed: int | None
    """How many failures the month's error budget allows; None without one."""
    outage_s: int
    """Seconds in which nothing was served."""
    degraded_s: int
    """Seconds in which part of it failed."""
    slo: float | None
    services: tuple[str, ...]
    """Entry services that were hit."""

    @property
    def mean_ppm(self) -> int:
        """The mean share of requests that failed."""
        return round(PPM * self.failed / self.offered) if self.offered else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Some seconds in which nothing changed at the door."""

    lasting_s: int
    per_minute: float
    errors_ppm: float
    hit: tuple[str, ...]


def losses_of(
    entries: Sequence[Entry], scenario: Scenario, marks: Mapping[str, int]
) -> Losses | None:
    """The losses of a drill; None where nobody was ever hit."""
    if "impact" not in marks:
        return None
    start = marks["impact"]
    counts = [(e.at, e.what) for e in entries if isinstance(e.what, ImpactCounted)]
    last = counts[-1][0] if counts else start
    until = max(start, marks.get("restored", last))
    sums = next((sums for at, sums in counts if at >= until), counts[-1][1] if counts else None)
    until = max(until, next((at for at, _ in counts if at >= until), until))
    pieces = tuple(_pieces(entries, scenario, start, until))
    slos = [
        service.slo
        for service in scenario.system.services.values()
        if service.slo and service.is_entry
    ]
    return Losses(
        failed=sums.failed if sums else 0,
        offered=max(round(sum(p.per_minute * p.lasting_s for p in pieces) / MINUTE),
                    sums.failed if sums else 0),
        peak_ppm=max(
            round(max((p.errors_ppm for p in pieces), default=0)), *_told(entries, start, until)
        ),
        users=sums.users if sums else 0,
        budget_ppm=sums.budget if sums else 0,
        money=sums.money if sums else 0,
        allowed=round(sums.failed * PPM / sums.budget) if sums and sums.budget else None,
        outage_s=sum(p.lasting_s for p in pieces if p.errors_ppm >= TOTAL_PPM),
        degraded_s=sum(p.lasting_s for p in pieces if FELT_PPM <= p.errors_ppm < TOTAL_PPM),
        slo=min(slos, default=None),
        services=tuple(dict.fromkeys(name for piece in pieces for name in piece.hit)),
    )  # fmt: skip


def _told(entries: Sequence[Entry], start: int, until: int) -> tuple[int, ...]:
    """The shares of errors the facts told between two seconds, 0 beside them."""
    told = (e.what.facts.get("errors", 0) for e in entries
            if start <= e.at < until and isinstance(e.what, FactsChanged))  # fmt: skip
    return (0, *map(int, told))


def _pieces(
    entries: Sequence[Entry], scenario: Scenario, start: int, until: int
) -> Iterator[_Piece]:
    """The time between two seconds, cut where the signals of an entry service changed."""
    doors = {n: s for n, s in scenario.system.services.items() if s.is_entry}
    now: dict[str, Mapping[str, int]] = {}
    since = start
    for entry in entries:
        if not isinstance(entry.what, SignalsChanged):
            continue
        if entry.at > since and now:
            yield _piece(now, scenario, min(entry.at, until) - since)
            since = min(entry.at, until)
        if entry.at >= until:
            break
        now |= {n: signals for n, signals in entry.what.services.items() if n in doors}
    if until > since and now:
        yield _piece(now, scenario, until - since)


def _piece(now: Mapping[str, Mapping[str, int]], scenario: Scenario, lasting_s: int) -> _Piece:
    asked = {
        name: signals.get("offered", 0)
        / (1 + scenario.system.services[name].retries * signals.get("errors", 0) / PPM)
        for name, signals in now.items()
    }
    whole = sum(asked.values())
    failing = sum(asked[name] * signals.get("errors", 0) for name, signals in now.items())
    return _Piece(
        lasting_s=lasting_s,
        per_minute=whole,
        errors_ppm=failing / whole if whole else 0.0,
        hit=tuple(name for name, s in now.items() if s.get("errors", 0) >= FELT_PPM),
    )
