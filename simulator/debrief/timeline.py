"""The journal read once: everything the marks ask about, ready to be looked up.

Rule 1: one pass over the entries, one fold of the engine's picture and one of each seat's
knowledge; marks never fold again.
Rule 2: nothing here grades; it says what was known, owed and done, and when.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.trouble import Variant
from simulator.brief.showing import hidden_gates
from simulator.debrief.levels import History, in_force, merged, settled
from simulator.debrief.luck import Wait, others_luck, own_luck, waits_of
from simulator.debrief.reading import Reading, read
from simulator.journal.entry import Entry
from simulator.journal.events.base import Event
from simulator.journal.events.room import DrillOpened
from simulator.journal.events.work import FindPosted, WorkBegan
from simulator.journal.events.world import EffectRelieved, EffectTook
from simulator.journal.gaps import filled
from simulator.journal.situation import Situation
from simulator.journal.target import Target
from simulator.journal.targets import targets

E = TypeVar("E", bound=Event)
Owed: TypeAlias = tuple[str, str]
"""(duty, level): one target of the plan, as `Target.duty` and `Target.level` name it."""


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """One drill as the marks see it."""

    entries: Sequence[Entry]
    plan: Plan
    """With its gaps filled."""
    scenario: Scenario
    opened: DrillOpened | None
    reading: Reading
    unattainable: Collection[Owed] = ()
    """Targets no team could keep, as the plan's own check found."""
    accepted: Collection[str] = ()
    """Deviations a facilitator has accepted, by the journal or by whoever asks for the score."""

    @property
    def final(self) -> Situation:
        """The engine's picture at the end."""
        return self.reading.final

    @property
    def marks(self) -> Mapping[str, int]:
        """Marks and claims and their second."""
        return self.reading.final.marks

    @property
    def end(self) -> int:
        """The last second."""
        return self.reading.final.at

    @property
    def ended(self) -> str:
        """Why the drill ended; empty while it runs."""
        return self.reading.final.ended

    @property
    def t0(self) -> int | None:
        """The second times run from; None where nobody was ever paged."""
        return self.marks.get("fired")

    @cached_property
    def variant(self) -> Variant | None:
        """The truth of this drill."""
        name = self.opened.variant if self.opened else ""
        return self.scenario.variants.get(name)

    @cached_property
    def expected_s(self) -> int:
        """Expected seconds from T0 to restored."""
        own = self.variant.expected if self.variant else None
        return own or self.scenario.expected.restore

    @cached_property
    def declared(self) -> History:
        """Levels as declared and re-graded."""
        incident = self.final.incident
        return settled(incident.levels) if incident else ()

    @cached_property
    def seen(self) -> History:
        """The level the newest facts of the commander's seat amount to."""
        return settled((at, level) for at, level in self.reading.seen if level)

    @cached_property
    def expected(self) -> History:
        """The level to be expected, its 2 min of grace included."""
        if self.t0 is None:
            return ()
        return in_force(((self.t0, ""), *self.seen), base=self.reading.page_level)

    @cached_property
    def grading(self) -> History:
        """The higher of declared and expected."""
        return merged(self.plan, self.declared, self.expected)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every duty owed, by the grading of the score."""
        first = self._targets({})
        taken = self.marks.get("acknowledged")
        limits = [t.due for t in first if t.does == "acknowledge" and not t.advisory]
        if taken is None or not limits:
            return first
        # What follows an acknowledgement runs from its limit: an early one hurries nobody, and a
        # late one, being the team's own omission, delays nothing.
        return self._targets({"acknowledged": min(limits)})

    def _targets(self, starts: Mapping[str, int]) -> tuple[Target, ...]:
        if self.t0 is None or not self.grading:
            return ()
        owed = targets(
            self.plan,
            self.final,
            self.grading,
            omitted="fired",
            held_since=self.reading.held_since,
            starts=starts,
        )
        if not self.scenario.items:
            return owed
        # An exercise owes its items; of the plan's duties only those it says it can make due.
        return tuple(target for target in owed if target.does in self.scenario.marks)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Gates of the plan that no look of this drill could show to be passed."""
        variant = self.opened.variant if self.opened else ""
        lost = hidden_gates(self.plan, self.scenario)
        return frozenset(one.gate for one in lost if variant in one.variants)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Roles somebody owes a call: by a duty, an escalation or the mobilisation."""
        owed = {target.role for target in self.targets if target.role}
        together = self.plan.mobilisation
        owed |= {role for roles in together.roles.values() for role in roles}
        return frozenset(owed | {joining.role for joining in together.later})

    @cached_property
    def mattered(self) -> frozenset[str]:
        """Actions that changed something, for good or ill."""
        taken = self.told(EffectTook)
        relieved = {took.action for _, took in self.told(EffectRelieved)}
        changed = {t.action for _, t in taken if t.judged in ("right", "partial", "harmful")}
        return frozenset(changed | relieved)

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """Waits of one seat for another."""
        return waits_of(self.entries, self.opened)

    @cached_property
    def _by_kind(self) -> Mapping[type, tuple[Entry, ...]]:
        found: dict[type, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(type(entry.what), []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    def told(self, kind: type[E]) -> tuple[tuple[Entry, E], ...]:
        """The entries of one kind of event, in order, each with its event."""
        return tuple((e, e.what) for e in self._by_kind.get(kind, ()) if isinstance(e.what, kind))

    def owed(self, *verbs: str) -> tuple[Target, ...]:
        """Scored targets of these verbs."""
        return tuple(t for t in self.targets if t.does in verbs and not t.advisory)

    def knew(self, person: str, clue: str, *, before: int) -> bool:
        """Whether this seat had seen a clue before the entry `before`."""
        known = self.reading.clues.get(person, {})
        return clue in known and known[clue] < before

    def supports(self, person: str, cause: str, *, before: int) -> tuple[int, ...]:
        """The seqs of what this seat had found, before an entry, that speaks for a cause."""
        name = self.opened.variant if self.opened else ""
        found = [
            self.reading.clues[person][clue]
            for clue, terms in self.scenario.clues.items()
            if terms.covers(name)
            and terms.reads.get(cause, 1) > 1
            and self.knew(person, clue, before=before)
        ]
        return tuple(sorted(set(found)))

    def luck(self, person: str, start: int, until: int) -> int:
        """Drawn minus centre of what this person's time between two seconds hung on."""
        work = self.told(WorkBegan)
        own = own_luck(work, person, start, until)
        return own + others_luck(work, self.waits, person, start, until)

    def relevant_posts(self, start: int, until: int) -> tuple[int, ...]:
        """Seqs of posted finds that were relevant looks, both seconds included."""
        looks = {seq for _, seq in self.reading.relevant}
        return tuple(
            entry.seq
            for entry, posted in self.told(FindPosted)
            if start <= entry.at <= until and posted.found in looks
        )

    def relevant_looks(self, start: int, until: int) -> tuple[int, ...]:
        """Seqs of looks at an affected service or on the plan's list, both seconds included."""
        return tuple(seq for at, seq in self.reading.relevant if start <= at <= until)


def timeline(
    entries: Sequence[Entry],
    plan: Plan,
    scenario: Scenario,
    *,
    unattainable: Collection[Owed] = (),
    accepted: Collection[str] = (),
) -> Timeline:
    """The journal, read."""
    whole = filled(plan)
    opened = next((e.what for e in entries if isinstance(e.what, DrillOpened)), None)
    reading = read(entries, whole, scenario)
    return Timeline(
        entries=entries,
        plan=whole,
        scenario=scenario,
        opened=opened,
        reading=reading,
        unattainable=unattainable,
        accepted=frozenset((*accepted, *reading.final.accepted)),
    )
