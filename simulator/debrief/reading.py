"""The one pass over a journal: the engine's picture, each seat's knowledge, levels over time.

Rule 1: a seat is folded from what it was told, as it was told then; only what carries facts or
clues is folded, because nothing else of a seat's picture is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.debrief.levels import LevelWatch
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentClosed, IncidentResolved
from simulator.journal.events.paging import Paged
from simulator.journal.events.talk import QuestionAnswered
from simulator.journal.events.work import FindPosted, Found
from simulator.journal.events.world import AlertFired, FactsChanged
from simulator.journal.facts import known_by, true_in
from simulator.journal.holding import Timekeeper, held_since
from simulator.journal.situation import Situation, visible_to
from simulator.journal.situation.anew import anew

TEACHING = (Paged, AlertFired, Found, FindPosted, QuestionAnswered)
"""Events that carry facts or clues."""
SICK_PPM = 10_000
"""A service with this share of errors is affected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one pass leaves."""

    final: Situation
    seen: tuple[tuple[int, str], ...]
    """(second, level) by the newest facts of the judging seat."""
    true: tuple[tuple[int, str], ...]
    page_level: str
    held_since: Mapping[str, int]
    clues: Mapping[str, Mapping[str, int]]
    """Person -> clue -> the seq that first showed it."""
    relevant: tuple[tuple[int, int], ...]
    """(second, seq) of relevant looks."""
    over: Mapping[int, Situation] = field(default_factory=dict)
    """Seq of each `resolved` and `closed` -> the engine's picture just then."""


def read(entries: Sequence[Entry], plan: Plan, scenario: Scenario) -> Reading:
    """Everything the marks ask about; entries come in order."""
    reader = _Reader(plan, scenario)
    for entry in entries:
        reader.take(entry)
    return reader.reading()


class _Reader:
    """Lives for one pass."""

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        self.plan, self.scenario = plan, scenario
        self.picture = Situation()
        self.seats: dict[str, Situation] = {}
        self.watches: dict[str, LevelWatch] = {}
        self.truth = LevelWatch(plan)
        self.judge = ""
        self.seen: list[tuple[int, str]] = []
        self.true: list[tuple[int, str]] = []
        self.page_level = ""
        self.held: Mapping[str, int] = {}
        self.keeper = Timekeeper(plan)
        self.relevant: list[tuple[int, int]] = []
        self.over: dict[int, Situation] = {}
        self.listed = {check.by for check in plan.checks.values()}
        self.listed |= {gate.by for gate in plan.gates.values()}
        self.evidence = {clue for item in scenario.items.values() for clue in item.evidence}

    def take(self, entry: Entry) -> None:
        """One entry."""
        before = self.picture
        self._pass_time(entry.at)
        self.picture = before.after(entry)
        self.keeper.told(self.picture)
        if isinstance(entry.what, TEACHING):
            self._teach(entry)
        if isinstance(entry.what, FactsChanged):
            self.true.append((entry.at, self.truth.told(entry.at, true_in(self.picture))))
        if isinstance(entry.what, IncidentResolved | IncidentClosed):
            self.over[entry.seq] = self.picture
        if isinstance(entry.what, Found):
            self._look(entry, entry.what)
        if "fired" in self.picture.marks:
            self._judge(entry.at)
            self._hold(self.picture)

    def reading(self) -> Reading:
        """What is left once all is read."""
        return Reading(
            final=self.picture,
            seen=tuple(self.seen),
            true=tuple(self.true),
            page_level=self.page_level,
            held_since=self.held,
            clues={person: seat.known.clues for person, seat in self.seats.items()},
            relevant=tuple(self.relevant),
            over=self.over,
        )

    def _hold(self, picture: Situation) -> None:
        """Note what the plan's conditions ask for from this second on, as the pager counts it."""
        lasts = self.keeper.held_for(picture.at)
        self.held = held_since(self.plan, self.held, picture, held_for=lasts)

    def _pass_time(self, at: int) -> None:
        """What comes true by time alone before this second: the end of a `for 5m`, a level."""
        turn = self.keeper.next_turn(self.picture.at)
        while turn is not None and turn < at and "fired" in self.picture.marks:
            self._hold(anew(self.picture, at=turn))
            turn = self.keeper.next_turn(turn)
        self.true += self.truth.passed(at)
        for person, watch in self.watches.items():
            reached = watch.passed(at)
            if person == self.judge:
                self.seen += reached

    def _teach(self, entry: Entry) -> None:
        if isinstance(entry.what, Paged) and entry.what.why == "alert" and not self._has_begun():
            self.page_level = entry.what.level
        for person in self._people(entry):
            seat = self.seats.get(person, Situation()).after(entry)
            self.seats[person] = seat
            watch = self.watches.setdefault(person, LevelWatch(self.plan))
            level = watch.told(entry.at, known_by(seat))
            if person == self.judge:
                self.seen.append((entry.at, level))

    def _has_begun(self) -> bool:
        """Whether T0 was before this second: a page in it may still be the first."""
        return bool(self.page_level) and self.picture.marks.get("fired", -1) < self.picture.at

    def _people(self, entry: Entry) -> list[str]:
        people = dict.fromkeys((*self.picture.chairs.values(), *self.picture.joined))
        incident = self.picture.incident
        if incident is not None:
            people |= dict.fromkeys(incident.roles.values())
        return [person for person in people if visible_to(entry, person)]

    def _judge(self, at: int) -> None:
        """The commander's seat once one is engaged, the on-call's before."""
        deeds = self.picture.deeds
        engaged = any(
            f"{how}:commander" in deeds for how in ("assign", "joined", "hand_over", "take_over")
        )
        judge = self.picture.holder("commander" if engaged else "on_call")
        if judge != self.judge:
            self.judge = judge
            watch = self.watches.get(judge)
            if watch is not None and watch.level:
                self.seen.append((at, watch.level))

    def _look(self, entry: Entry, found: Found) -> None:
        telling = not self.evidence.isdisjoint(found.clues)
        if telling or found.of in self._affected() or self.listed & set(found.views):
            self.relevant.append((entry.at, entry.seq))

    def _affected(self) -> set[str]:
        world = self.picture.world
        bent = {
            bend.on
            for name in world.faults
            if name in self.scenario.faults
            for bend in self.scenario.faults[name].bends
        }
        sick = {
            service
            for service, signals in world.signals.items()
            if signals.get("errors", 0) >= SICK_PPM
        }
        return bent | sick
