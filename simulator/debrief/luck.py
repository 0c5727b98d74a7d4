"""Luck: what the world drew, and what other seats drew while one seat waited for them.

Rule 1: a chair's own decisions and delays are never luck; its work's drawn durations are.
Rule 2: other seats' draws count only where a person played: among bots alone every chair is one's
own (docs/score.md).
Rule 3: only waits that held a seat up are looked at: leave asked for, a colleague called in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.chance import Chance
from simulator.journal.entry import Entry
from simulator.journal.events.paging import Joined, Paged
from simulator.journal.events.room import ChairTaken, DrillOpened
from simulator.journal.events.talk import ApprovalAsked, ApprovalGiven, ApprovalRefused
from simulator.journal.events.work import WorkBegan
from simulator.response.approvals import ANSWERS_S

ANSWER_CENTRE_S: Final = Chance(0).span(*ANSWERS_S, "approval").centre
"""The middle of what an approver nobody plays takes to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One seat held up by another."""

    by: str
    of: str
    asked: int
    heard: int
    luck_s: int | None = None
    """Drawn minus centre of the whole wait; None where it is the other seat's to fill."""


def own_luck(work: Sequence[tuple[Entry, WorkBegan]], person: str, start: int, until: int) -> int:
    """Drawn minus centre of one person's work that lay within two seconds."""
    return sum(
        began.luck_s
        for entry, began in work
        if began.by == person and start <= entry.at and entry.at + began.takes_s <= until
    )


def others_luck(
    work: Sequence[tuple[Entry, WorkBegan]],
    waits: Sequence[Wait],
    person: str,
    start: int,
    until: int,
) -> int:
    """Drawn minus centre of what others did while this person waited for them; each piece once."""
    mine = [one for one in waits if one.by == person and start <= one.asked and one.heard <= until]
    drawn = sum(one.luck_s for one in mine if one.luck_s is not None)
    pieces = {
        began.work: began.luck_s
        for one in mine
        if one.luck_s is None
        for entry, began in work
        if began.by == one.of and one.asked <= entry.at and entry.at + began.takes_s <= one.heard
    }
    return drawn + sum(pieces.values())


def waits_of(entries: Sequence[Entry], opened: DrillOpened | None) -> tuple[Wait, ...]:
    """Every wait of one seat for another that came to an end, in order of their ends."""
    if opened is None:
        return ()
    seats = set(opened.chairs.values())
    has_people = any(isinstance(entry.what, ChairTaken) for entry in entries) or any(
        person not in opened.policies for person in seats
    )
    leaves = [wait if wait.of in seats else _drawn(wait) for wait in _for_leave(entries)]
    found = [*leaves, *_for_arrival(entries)]
    return tuple(wait for wait in found if has_people or wait.luck_s is not None)


def _drawn(wait: Wait) -> Wait:
    """An approver nobody plays: the whole answer was drawn."""
    luck = wait.heard - wait.asked - ANSWER_CENTRE_S
    return Wait(by=wait.by, of=wait.of, asked=wait.asked, heard=wait.heard, luck_s=luck)


def _for_leave(entries: Sequence[Entry]) -> Iterator[Wait]:
    asked: dict[str, tuple[int, str]] = {}
    for entry in entries:
        match entry.what:
            case ApprovalAsked(request=request, of=of):
                asked[request] = entry.at, of
            case (
                ApprovalGiven(request=request, by=of, to=by)
                | ApprovalRefused(request=request, by=of, to=by)
            ) if request in asked:  # a foreign record may answer what nobody asked
                at, whom = asked[request]
                if of == whom:
                    yield Wait(by=by, of=of, asked=at, heard=entry.at)


def _for_arrival(entries: Sequence[Entry]) -> Iterator[Wait]:
    called: dict[str, tuple[int, str]] = {}
    for entry in entries:
        match entry.what:
            case Paged(to=to, by=by, why="called") if by:
                called.setdefault(to, (entry.at, by))
            case Joined(person=person) if person in called:
                at, by = called.pop(person)
                yield Wait(by=by, of=person, asked=at, heard=entry.at)
