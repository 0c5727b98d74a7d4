"""All that a process may do: look, wait, emit and draw.

Rule 1: with `drill`, the only importer of simpy for the drill; a process is a plain generator.
Rule 2: what is emitted is recorded and folded at once; whoever waits for it wakes in the same
second, in the order of emission, under an event budget.
Rule 3: an entry's cause is the entry that last woke the process that emitted it; nobody passes it.
"""

from collections.abc import Callable, Generator
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar

import simpy

from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.errors import EngineError
from simulator.journal.entry import Entry
from simulator.journal.events.base import ENGINE, Event
from simulator.journal.facts import Lookup
from simulator.journal.holding import Timekeeper
from simulator.journal.situation import Situation, visible_to
from simulator.journal.truth import truth

Process: TypeAlias = Generator[simpy.Event, Any, None]
Where: TypeAlias = Callable[[Any], bool]
"""Asked with the entry; its `what` is one of the kinds waited for, hence Any."""
E = TypeVar("E", bound=Event)

BUDGET: Final = 5_000
"""Entries in one second beyond which the engine is chasing its own tail."""


class Stage:
    """The place where world and response play; lives as long as its drill."""

    def __init__(self, brief: Brief, chance: Chance, variant: str) -> None:
        self.brief = brief
        self.chance = chance
        self.variant = variant
        self.env = simpy.Environment()
        self.entries: list[Entry] = []
        """The journal so far; appended by `record` alone."""
        self.situation = Situation()
        """The engine's picture: everything."""
        self.frozen = False
        """Whether the world has stopped, because the incident is closed."""
        self.watchers: list[Callable[[Entry], None]] = []
        """Told of every entry as it is recorded: the host's archive, seats, bots."""
        self.steps = 0
        """SimPy events processed, for benchmarks."""
        self.takes: dict[str, int] = {}
        """Person -> what the work they begin next takes, said beforehand instead of drawn."""
        self.keeper = Timekeeper(brief.plan)
        """Keeps the time of the plan's `for 5m`, by what responders know."""
        self._of_kind: dict[type, list[Entry]] = {}
        self._waiting: dict[type[Event], list[tuple[Where | None, simpy.Event]]] = {}
        self._cause = -1
        self._spent = (-1, 0)
        self._seats: dict[str, Situation] = {}
        self._counts: dict[str, int] = {}

    @property
    def now(self) -> int:
        """The second it is."""
        return int(self.env.now)

    def seat(self, person: str) -> Situation:
        """What this person knows now: the fold of the entries they were told."""
        picture = self._seats.get(person)
        if picture is None:
            picture = Situation()
            for entry in self.entries:
                if visible_to(entry, person):
                    picture = picture.after(entry)
            self._seats[person] = picture
        return picture

    def happened(self, *kinds: type[Event]) -> list[Entry]:
        """Every entry of these kinds, in order."""
        found = [entry for kind in kinds for entry in self._of_kind.get(kind, ())]
        return sorted(found, key=_seq) if len(kinds) > 1 else found

    def true(self) -> Lookup:
        """What names in the scenario's conditions stand for now."""
        return truth(self.situation, self.now)

    def state(self, name: str) -> str | int | bool | None:
        """A row of the state table."""
        return self.situation.world.state.get(name)

    def count(self, letter: str) -> str:
        """The next id of a kind: `w1`, `w2` ..."""
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"

    def emit(self, event: Event) -> Entry:
        """Record that something happened now, and wake whoever waits for it."""
        return self.record(ENGINE, event, self._cause)

    def record(self, by: str, what: Any, cause: int) -> Entry:
        """Append an entry; called by `emit`, and by the drill for orders."""
        self._spend()
        entry = Entry(seq=len(self.entries), at=self.now, by=by, what=what, cause=cause)
        self.entries.append(entry)
        self._of_kind.setdefault(type(what), []).append(entry)
        self.situation = self.situation.after(entry)
        self._tell_seats(entry)
        self.keeper.told(self.situation)
        for watcher in self.watchers:
            watcher(entry)
        self._wake(entry)
        return entry

    def because(self, entry: Entry) -> None:
        """From here on this step's emissions are caused by that entry; for the drill's handlers."""
        self._cause = entry.seq

    def play(self, process: Process, *, of_world: bool = False) -> None:
        """Start a process; one of the world ends when the world is frozen."""
        self.env.process(self._caused(process, self._cause, of_world=of_world))

    def until(self, at: int) -> simpy.Event:
        """Wait for a second; one that has passed is now."""
        return self.env.timeout(max(0, at - self.now))

    def pause(self, seconds: int) -> simpy.Event:
        """Wait so many seconds."""
        if seconds < 0:
            raise EngineError(f"a wait of {seconds} s")
        return self.env.timeout(seconds)

    def when(
        self, *kinds: type[Event], where: Where | None = None, until: int | None = None
    ) -> simpy.Event:
        """Wait for an entry of one of these kinds; its value is the entry.

        With `until`, the wait ends at that second at the latest, its value then None.
        """
        waits = self.env.event()
        for kind in kinds:
            self._waiting.setdefault(kind, []).append((where, waits))
        if until is not None:
            alarm = self.env.timeout(max(0, until - self.now))
            assert alarm.callbacks is not None
            alarm.callbacks.append(lambda _: _lapse(waits))
        return waits

    def _tell_seats(self, entry: Entry) -> None:
        """Fold it for everybody who is told."""
        for person, picture in self._seats.items():
            if visible_to(entry, person):
                self._seats[person] = picture.after(entry)

    def _wake(self, entry: Entry) -> None:
        what = entry.what
        if not isinstance(what, Event) or not (waiting := self._waiting.get(type(what))):
            return
        left: list[tuple[Where | None, simpy.Event]] = []
        for where, waits in waiting:
            if waits.triggered:
                continue
            if where is None or where(entry):
                waits.succeed(entry)
            else:
                left.append((where, waits))
        self._waiting[type(what)] = left

    def _caused(self, process: Process, cause: int, *, of_world: bool) -> Process:
        value = None
        while not (of_world and self.frozen):
            self._cause = cause
            try:
                waits = process.send(value)
            except StopIteration:
                return
            value = yield waits
            cause = value.seq if isinstance(value, Entry) else cause

    def _spend(self) -> None:
        second, spent = self._spent
        self._spent = (self.now, spent + 1 if second == self.now else 1)
        if self._spent[1] == BUDGET + 1:  # once: the fault itself, and the end, are still told
            raise EngineError(f"more than {BUDGET} entries in second {self.now}: a loop of causes")


_seq = attrgetter("seq")


def _lapse(waits: simpy.Event) -> None:
    """The deadline of a wait: it ends with nothing, unless it has ended already."""
    if not waits.triggered:
        waits.succeed(None)
