"""A recorded drill again: told, proved by running it again, or played on from any second.

Rule 1: a replay folds and tells; nothing is drawn, nothing is decided.
Rule 2: a rerun gives the recorded orders to a new drill and compares every line's bytes.
Rule 3: until the switch of a fork the record alone speaks; the new policies take their chairs at
that second, as recorded orders of the host, so a fork can be run again like any drill.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator import __version__
from simulator.brief.brief import Brief, reread
from simulator.clock import said, t_plus
from simulator.drill import HOST, Drill, terms_of
from simulator.errors import BriefError, EngineError, JournalError, UnknownNameError
from simulator.journal.commands.room import HandBack
from simulator.journal.entry import Entry, from_line, to_line
from simulator.journal.events.base import ENGINE, FACILITATOR
from simulator.journal.events.room import DrillOpened
from simulator.journal.narration import first_page, retold
from simulator.journal.record import GENESIS, Line, verify
from simulator.text import did_you_mean

Watcher = Callable[[Entry], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of a replay, in a sentence."""

    seq: int
    at: int
    """Seconds since the drill began."""
    moment: str
    """Relative to the first page where there was one: `T+03:10`."""
    by: str
    says: str
    whole: tuple[str, ...] = ()
    """All that was written, or was on the screen, line by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What running a drill again came to."""

    same: bool
    lines: int
    """Lines recorded."""
    head: str
    """Hash of the last recorded line."""
    again: str
    """Hash of the last line of the rerun; equal exactly when every byte is."""
    differs_at: int = -1
    """The seq of the first line that differs; -1 where none does."""
    found: str = ""
    """What differs, as a sentence."""


def entries_of(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """The entries of a record; JournalError where the chain is broken or a line is not ours."""
    verify(lines)
    return tuple(from_line(line) for line in lines)


def opened_of(lines: Sequence[Line]) -> DrillOpened:
    """How the drill was opened; JournalError where the first line does not say."""
    if not lines:
        raise JournalError("the drill has no entries; it was stopped before it began")
    opened = from_line(lines[0]).what
    if not isinstance(opened, DrillOpened):
        raise JournalError("line 0 does not open a drill")
    return opened


def brief_of(lines: Sequence[Line]) -> Brief:
    """The brief the first line holds; JournalError where this version cannot read it."""
    opened = opened_of(lines)
    try:
        return reread(opened.brief).playing(opened.variant)
    except (BriefError, KeyError, TypeError, ValueError) as error:
        raise JournalError(
            f"the brief of this drill is not one gameday {__version__} reads; it was recorded by"
            f" gameday {opened.engine}: {str(error).splitlines()[0]}"
        ) from error


def t_zero(entries: Sequence[Entry]) -> int:
    """The second of the first page, or 0 where nobody was paged."""
    return first_page(entries)


def replay(lines: Sequence[Line], *, seat: str = "", everything: bool = False) -> tuple[Told, ...]:
    """What a seat was told, in sentences; the facilitator's view unless a seat is named.

    A seat is a person or a role. `everything` tells orders beside what came of them, and
    bookkeeping. Raises UnknownNameError for any other word.
    """
    entries = entries_of(lines)
    brief = brief_of(lines)
    reader = _viewer(seat, opened_of(lines).chairs) if seat else FACILITATOR
    zero = t_zero(entries)
    return tuple(
        Told(
            seq=one.entry.seq,
            at=one.entry.at,
            moment=t_plus(one.entry.at - zero),
            by=one.entry.by,
            says=one.says,
            whole=one.whole,
        )
        for one in retold(entries, brief, reader=reader, everything=everything)
    )


def rerun(lines: Sequence[Line]) -> Proof:
    """Give the recorded orders to a new drill and compare every line's bytes."""
    entries = entries_of(lines)
    again: list[Line] = []

    def hear(entry: Entry) -> None:
        again.append(to_line(entry, again[-1].hash if again else GENESIS))

    fault = ""
    try:
        drill = Drill(brief_of(lines), terms_of(opened_of(lines)), watcher=hear)
        drill.follow(entries)
    except EngineError as error:
        fault = str(error)
    differs = _first_difference(lines, again)
    head, last = lines[-1].hash, again[-1].hash if again else GENESIS
    found = "" if differs < 0 else _difference(lines, again, differs, fault)
    return Proof(
        same=differs < 0, lines=len(lines), head=head, again=last, differs_at=differs, found=found
    )


def followed(lines: Sequence[Line], *, watcher: Watcher | None = None) -> Drill:
    """The drill as it stands at its last recorded line, ready to go on.

    Raises EngineError at the first line this version would tell otherwise.
    """
    drill = Drill(brief_of(lines), terms_of(opened_of(lines)), watcher=watcher)
    drill.follow(entries_of(lines))
    return drill


def fork(
    lines: Sequence[Line],
    at: int,
    policies: Mapping[str, str],
    *,
    watcher: Watcher | None = None,
) -> Drill:
    """The drill as it stood before second `at`, other policies in some chairs, ready to go on.

    `policies` is person -> policy. Raises UnknownNameError where the second lies beyond the drill,
    EngineError where this version would tell the past otherwise.
    """
    last = lines[-1].at if lines else 0
    if not 0 <= at <= last:
        raise UnknownNameError(f"second {at} is not within the drill, which lasted {said(last)}")
    drill = Drill(brief_of(lines), terms_of(opened_of(lines)), watcher=watcher)
    drill.follow(entries_of(lines), until=at)
    for person in sorted(policies):
        drill.submit(HOST, HandBack(person=person, policy=policies[person]))
    return drill


def _viewer(seat: str, chairs: Mapping[str, str]) -> str:
    if seat in (FACILITATOR, ENGINE) or seat in chairs.values():
        return seat
    if seat in chairs:
        return chairs[seat]
    known = sorted({*chairs, *chairs.values(), FACILITATOR})
    raise UnknownNameError(f"no seat is called {seat!r}; {did_you_mean(seat, known)}")


def _first_difference(lines: Sequence[Line], again: Sequence[Line]) -> int:
    for recorded, new in zip(lines, again, strict=False):
        if recorded != new:
            return recorded.seq
    return -1 if len(lines) == len(again) else min(len(lines), len(again))


def _difference(lines: Sequence[Line], again: Sequence[Line], seq: int, fault: str) -> str:
    if seq >= len(again):
        return fault or f"the rerun ends after {len(again)} lines; {len(lines)} are recorded"
    if seq >= len(lines):
        return f"the rerun goes on after line {len(lines) - 1} with a {again[seq].kind}"
    recorded, new = lines[seq], again[seq]
    if (recorded.kind, recorded.at) != (new.kind, new.at):
        return (
            f"line {seq} is a {recorded.kind} at second {recorded.at}; the rerun tells a"
            f" {new.kind} at second {new.at}"
        )
    return f"line {seq} ({recorded.kind}) has another body in the rerun"
