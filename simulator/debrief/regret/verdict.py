"""What the replays of a drill's decisions say: the three most telling, and what is luck in them.

Rule 1: a figure is told only where its interval excludes zero and it is large enough to be said;
a decision only where a figure is.
Rule 2: how good a decision was is the expected difference; whether luck was good is where the
record lies among the futures of its own way: beyond the outer quarters, else neither.
Rule 3: times are whole seconds, positive where the other way was the worse one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from simulator.debrief.regret.arms import WAYS, Outcome, Way
from simulator.debrief.regret.decisions import Decision
from simulator.debrief.regret.estimate import Interval, paired
from simulator.journal.entry import TAGS

MOST_TOLD: Final = 3
QUARTER: Final = 4
SAID_FROM_S: Final = 30
"""A shorter time would be said as nothing (assumed)."""
SAID_FROM_SHARE: Final = 100
"""One part in so many of what the drill lost, likewise (assumed)."""
Measure: TypeAlias = Literal["restored", "failed", "users"]
MEASURES: Final[tuple[Measure, Measure, Measure]] = ("restored", "failed", "users")
"""What is compared, the first that tells deciding; seconds, requests, users."""
Sort: TypeAlias = Literal["good / good", "good / bad luck", "costly / lucky", "costly"]
Stopped: TypeAlias = Literal["", "interrupted", "worker_died"]
Futures: TypeAlias = Mapping[tuple[Way, int], Outcome]
"""(way, future) -> what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A decision with what its replays came to."""

    decision: Decision
    measures: Mapping[Measure, Interval]
    """Otherwise less as played, of every measure that could be compared."""
    futures: int
    """Pairs that were played to their end."""
    faulted: int
    """Pairs in which the engine broke; outside all figures."""
    beyond_limit: tuple[int, int]
    """Futures not restored by the limit, which count as the limit: as played, otherwise."""
    own: tuple[int, int, int]
    """Restored - T0 of the way as played, seconds: lower quartile, median, upper quartile."""
    least: Mapping[Measure, float]
    """The smallest difference of each measure that is worth saying."""
    luck: int = 0
    """1 where the record lies in the best quarter of its own futures, -1 in the worst, else 0."""
    sort: Sort | None = None
    """None where nothing tells."""

    @property
    def telling(self) -> tuple[Measure, ...]:
        """The measures whose interval excludes zero, by more than what would be said as nothing."""
        return tuple(
            name
            for name, one in self.measures.items()
            if one.excludes_zero and abs(one.mean) >= self.least[name]
        )

    @property
    def promising(self) -> bool:
        """Whether more futures may tell something: some mean lies beyond its own error."""
        return any(abs(one.mean) > one.error for one in self.measures.values())

    @property
    def weight(self) -> float:
        """How much it tells: the size of the first telling difference."""
        return abs(self.measures[self.telling[0]].mean) if self.telling else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """What the replays of one drill say."""

    head: str
    """Hash of the record's last line."""
    asked: int
    """Futures asked for, of each decision."""
    found: int
    """Decisions found in the record."""
    recorded: Outcome
    limit_s: int
    """From T0; what a drill that was not restored counts as."""
    replayed: tuple[Replayed, ...]
    """Every decision that was played twice, in the order of what hung on it."""
    not_open: tuple[tuple[Decision, str], ...] = ()
    """Decisions the seat could not have taken otherwise, and why."""
    stopped: Stopped = ""
    """Why it ended early; the figures are then of what was played until then."""

    @property
    def told(self) -> tuple[Replayed, ...]:
        """The most telling ones, at most three, by restored first, then by requests, then users.

        Of what one seat might have done in the same second only the one that tells most is told.
        """
        telling = [one for one in self.replayed if one.telling]
        ranked = sorted(
            telling, key=lambda one: (MEASURES.index(one.telling[0]), -one.weight, one.decision.at)
        )
        firsts: dict[tuple[str, int], Replayed] = {}
        for one in ranked:
            firsts.setdefault((one.decision.by, one.decision.at), one)
        return tuple(firsts.values())[:MOST_TOLD]

    def as_json(self) -> dict[str, Any]:
        """Plain values for a program; orders as their tag and fields."""
        return {
            "head": self.head,
            "futures": self.asked,
            "decisions_found": self.found,
            "recorded": asdict(self.recorded),
            "limit_s": self.limit_s,
            "stopped": self.stopped,
            "not_open": [{**_decided(one), "why_not": why} for one, why in self.not_open],
            "replayed": [_replayed(one) for one in self.replayed],
            "told": [self.replayed.index(one) for one in self.told],
        }


def weighed(decision: Decision, futures: Futures, recorded: Outcome) -> Replayed:
    """What the futures of one decision say; those played in one way alone are left out."""
    numbers = sorted({number for _, number in futures})
    whole = [n for n in numbers if all((way, n) in futures for way in WAYS)]
    sound = [n for n in whole if not any(futures[way, n].faulted for way in WAYS)]
    played, other = ([futures[way, n] for n in sound] for way in WAYS)
    measures = {
        name: interval
        for name in MEASURES
        if (interval := _compared(name, played, other)) is not None
    }
    own = _quartiles([one.restored_s for one in played])
    found = Replayed(
        decision=decision,
        measures=measures,
        futures=len(sound),
        faulted=len(whole) - len(sound),
        beyond_limit=(_beyond(played), _beyond(other)),
        own=own,
        least={name: _least(name, recorded, played) for name in MEASURES},
    )
    if not found.telling:
        return found
    name = found.telling[0]
    is_costly = measures[name].mean < 0
    luck = _luck(name, recorded, played)
    return replace(found, luck=luck, sort=_SORTS[is_costly, luck])


_SORTS: Final[Mapping[tuple[bool, int], Sort]] = {
    (False, 1): "good / good", (False, 0): "good / good", (False, -1): "good / bad luck",
    (True, 1): "costly / lucky", (True, 0): "costly", (True, -1): "costly",
}  # fmt: skip
"""(costly, luck) -> its sort."""


def value(name: Measure, one: Outcome) -> int | None:
    """A measure of an outcome."""
    match name:
        case "restored":
            return one.restored_s
        case "failed":
            return one.failed
        case "users":
            return one.users


def _compared(
    name: Measure, played: Sequence[Outcome], other: Sequence[Outcome]
) -> Interval | None:
    """Otherwise less as played; None where some future's figure is not known."""
    pairs = [(value(name, a), value(name, b)) for a, b in zip(played, other, strict=True)]
    known = [b - a for a, b in pairs if a is not None and b is not None]
    return paired(known) if len(known) == len(pairs) else None


def _least(name: Measure, recorded: Outcome, played: Sequence[Outcome]) -> float:
    if name == "restored":
        return SAID_FROM_S
    known = [value(name, one) or 0 for one in (recorded, *played)]
    return max(1, max(known) / SAID_FROM_SHARE)


def _luck(name: Measure, recorded: Outcome, played: Sequence[Outcome]) -> int:
    """1 where the record lies in the best quarter of its own futures, -1 in the worst, else 0."""
    mine, theirs = value(name, recorded), [value(name, one) for one in played]
    known = [one for one in theirs if one is not None]
    if mine is None or not known:
        return 0
    if QUARTER * sum(one > mine for one in known) >= (QUARTER - 1) * len(known):
        return 1
    if QUARTER * sum(one < mine for one in known) >= (QUARTER - 1) * len(known):
        return -1
    return 0


def _quartiles(values: Sequence[int]) -> tuple[int, int, int]:
    ranked = sorted(values) or [0]
    last = len(ranked) - 1
    return ranked[last // QUARTER], ranked[last // 2], ranked[last - last // QUARTER]


def _beyond(outcomes: Sequence[Outcome]) -> int:
    return sum(1 for one in outcomes if not one.in_time)


def _decided(one: Decision) -> dict[str, Any]:
    plain = {
        "kind": one.kind, "at": one.at, "by": one.by, "item": one.item, "judged": one.judged,
        "stake_s": one.stake_s, "done_at": one.done_at, "cites": list(one.cites),
        "without": list(one.without),
    }  # fmt: skip
    return plain | {"order": TAGS[type(one.order)] if one.order is not None else None}


def _replayed(one: Replayed) -> dict[str, Any]:
    return {
        **_decided(one.decision),
        "futures": one.futures,
        "faulted": one.faulted,
        "beyond_limit": {"as_played": one.beyond_limit[0], "otherwise": one.beyond_limit[1]},
        "own_restored_quartiles_s": list(one.own),
        "sort": one.sort,
        "differences": {
            name: {
                "mean": round(interval.mean, 1),
                "low": round(interval.low, 1),
                "high": round(interval.high, 1),
                "told": name in one.telling,
            }
            for name, interval in one.measures.items()
        },
    }
