"""Whether a drill is the same however it is played: in steps, again, resumed, forked.

Rule 1: a drill is known by the hash of its last line; two drills are the same when every byte is.
Rule 2: nothing here repairs or tolerates: the first difference is told, with its entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.clock import LONGEST_DRILL_S
from simulator.drill import Drill, Terms
from simulator.errors import EngineError
from simulator.journal.entry import Entry, to_line
from simulator.journal.record import GENESIS

TICKS_S = (1, 7, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One way of playing a drill again, compared with the drill played at once."""

    seed: int
    way: str
    """`tick 7 s`, `rerun`, `resume at 512`, `fork at 512`."""
    same: bool
    found: str = ""
    """The first difference."""


def head(entries: Sequence[Entry]) -> str:
    """The hash a journal ends with."""
    prev = GENESIS
    for entry in entries:
        prev = to_line(entry, prev).hash
    return prev


def terms(brief: Brief, seed: int, *, random_chairs: int = 1, others: str = "competent") -> Terms:
    """A drill in which so many chairs, the first of them on call, do whatever comes to them."""
    people = brief.people()
    chairs: Mapping[str, str] = {
        person: "random" if number < random_chairs else others
        for number, person in enumerate(people)
    }
    return Terms(seed=seed, policies=chairs)


def trials(brief: Brief, asked: Terms, *, ticks: Sequence[int] = TICKS_S) -> Iterator[Trial]:
    """Every way of playing this drill again, one after the other."""
    whole = Drill(brief, asked).run()
    told = head(whole)
    for tick in ticks:
        yield _trial(asked.seed, f"tick {tick} s", whole, told, ticked(brief, asked, tick))
    yield _trial(asked.seed, "rerun", whole, told, followed(brief, asked, whole, None))
    second = switch_of(asked, whole)
    resumed = followed(brief, asked, whole[: _before(whole, second)], second)
    yield _trial(asked.seed, f"resume at {second}", whole, told, resumed)
    forked = followed(brief, asked, whole, second)
    yield _trial(asked.seed, f"fork at {second}", whole, told, forked)


def switch_of(asked: Terms, whole: Sequence[Entry]) -> int:
    """A second of the drill drawn by its seed, from 1 to its last."""
    return 1 + int(Chance(asked.seed).unit("sameness", "switch") * max(1, whole[-1].at))


def ticked(brief: Brief, asked: Terms, tick: int) -> Sequence[Entry]:
    """The journal of a drill advanced by so many seconds at a time."""
    drill = Drill(brief, asked)
    until = tick
    while not drill.ended and until < LONGEST_DRILL_S:
        drill.advance(until)
        until += tick
    return drill.entries


def followed(
    brief: Brief, asked: Terms, record: Sequence[Entry], until: int | None
) -> Sequence[Entry] | str:
    """The journal of a drill that follows a record up to a second and is then played on.

    Where an entry differs on the way, what the engine says of it.
    """
    drill = Drill(brief, asked)
    try:
        drill.follow(record, until=until)
        return drill.run()
    except EngineError as fault:
        return str(fault)


def _before(whole: Sequence[Entry], second: int) -> int:
    """How many entries a record holds that was stopped before this second."""
    return next((entry.seq for entry in whole if entry.at >= second), len(whole))


def _trial(
    seed: int, way: str, whole: Sequence[Entry], told: str, again: Sequence[Entry] | str
) -> Trial:
    if isinstance(again, str):
        return Trial(seed=seed, way=way, same=False, found=again)
    if head(again) == told:
        return Trial(seed=seed, way=way, same=True)
    for one, other in zip(whole, again, strict=False):
        if one != other:
            return Trial(seed=seed, way=way, same=False, found=f"{other} is not {one}")
    found = f"{len(again)} entries, not {len(whole)}"
    return Trial(seed=seed, way=way, same=False, found=found)
