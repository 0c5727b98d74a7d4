"""A whole journal told to one reader: what they were told, each thing once.

Rule 1: a reader's sentences are made from what that reader was told, so titles leak nothing.
Rule 2: an order whose event follows in the same second is told by the event, and of two events of
one second that say the same the fuller one is told; the journal keeps both.
Rule 3: bookkeeping (work that ends, a page that runs out, what the story does in silence) is left
out. Rules 2 and 3 do not hold where everything is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from simulator.brief.brief import Brief
from simulator.clock import MINUTE
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events import incident, paging, room, talk, work, world
from simulator.journal.events.base import FACILITATOR
from simulator.journal.narration.events import happened
from simulator.journal.narration.letters import whole
from simulator.journal.narration.names import Names
from simulator.journal.narration.orders import asked
from simulator.journal.situation import Situation, visible_to

SILENT: Final = (work.WorkEnded, paging.PageResolved, room.InjectFired, world.FaultBent)
"""What follows from other lines, or is heard of by nobody."""
TOLD_BY_THEIR_END: Final = frozenset({"look", "typed", "action"})
"""Work whose beginning is not told: a find, or an action's own event, says it."""
DEEDS: Final = (work.Found, work.ActionStarted, work.HypothesisStated, talk.MessageSent)
"""What somebody may have been asked to do: each says itself that it is done."""
CONSEQUENCES: Final = (world.EffectTook, world.EffectRelieved, world.AccessCut, world.DebtOpened,
                       world.DebtSettled, world.FaultBegan, world.FaultCured)  # fmt: skip
"""What a deed that ends in the same second has brought about."""
LONG_LOOK_S: Final = MINUTE
"""From here on the beginning of a look is told as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One entry as it is told."""

    entry: Entry
    says: str
    whole: tuple[str, ...] = ()
    """All that was written, or was on the screen, line by line."""


def retold(
    journal: Sequence[Entry],
    brief: Brief | None = None,
    *,
    reader: str = FACILITATOR,
    everything: bool = False,
) -> Iterator[Telling]:
    """What a reader (the facilitator, or a person) is told, in order."""
    ear = _Ear(reader=reader, zero=first_page(journal), brief=brief)
    for _, second in groupby(journal, key=lambda entry: entry.at):
        heard = [entry for entry in second if visible_to(entry, reader)]
        told: list[Telling] = []
        for entry in heard:
            ear.hear(entry)
            if everything or ear.is_news(entry, heard):
                names = ear.names(entry)
                text = () if isinstance(entry.what, Command) else whole(entry.what, names)
                told.append(Telling(entry=entry, says=sentence(entry, names), whole=text))
        yield from told if everything else sorted(told, key=_comes_of_a_deed)


def sentence(entry: Entry, names: Names) -> str:
    """What the entry says, without its time."""
    what = entry.what
    return asked(entry.by, what, names) if isinstance(what, Command) else happened(what, names)


def first_page(journal: Sequence[Entry]) -> int:
    """T0: the second times are counted from; the drill's beginning where nobody was paged."""
    picture = Situation()
    for entry in journal:
        picture = picture.after(entry)
    return picture.marks.get("fired", 0)


class _Ear:
    """What one reader has heard so far."""

    def __init__(self, *, reader: str, zero: int, brief: Brief | None) -> None:
        self._sealed = reader == FACILITATOR
        self._zero, self._brief = zero, brief
        self._picture = Situation()
        self._orders: dict[int, Command] = {}
        self._finds: set[int] = set()
        self._refused: dict[str, room.Refused] = {}

    def hear(self, entry: Entry) -> None:
        self._picture = self._picture.after(entry)
        if isinstance(entry.what, Command):
            self._orders[entry.seq] = entry.what
        elif isinstance(entry.what, work.Found):
            self._finds.add(entry.seq)

    def names(self, entry: Entry) -> Names:
        return Names(
            brief=self._brief,
            picture=self._picture,
            zero=self._zero,
            order=self._orders.get(entry.cause),
            seen=frozenset(self._finds),
            sealed=self._sealed,
        )

    def is_news(self, entry: Entry, second: Sequence[Entry]) -> bool:
        """Whether it is worth a line beside the others of its second."""
        if isinstance(entry.what, room.Refused):
            before = self._refused.get(entry.what.to)
            self._refused[entry.what.to] = entry.what
            return entry.what != before
        return not (_is_silent(entry) or _is_told_by_another(entry, second))


def _comes_of_a_deed(told: Telling) -> bool:
    """Whether it is told after the others of its second: first the deed, then what it did."""
    return isinstance(told.entry.what, CONSEQUENCES)


def _is_silent(entry: Entry) -> bool:
    match entry.what:
        case work.WorkBegan(kind=kind, takes_s=takes):
            return kind in TOLD_BY_THEIR_END and (kind == "action" or takes < LONG_LOOK_S)
        case world.EffectTook() as took:
            return not (took.cured or took.eased or took.started or took.lost) and (
                took.judged not in ("useless", "harmful")
            )
    return isinstance(entry.what, SILENT)


def _is_told_by_another(entry: Entry, second: Sequence[Entry]) -> bool:
    what = entry.what
    others = [other.what for other in second if other is not entry]
    if isinstance(what, Command):
        return any(e.cause == entry.seq and not isinstance(e.what, Command) for e in second)
    match what:
        case world.FaultCured(fault=fault):
            return any(isinstance(o, world.EffectTook) and fault in o.cured for o in others)
        case world.FaultBegan(fault=fault):
            return any(isinstance(o, world.EffectTook) and fault in o.started for o in others)
        case work.ActionProgressed(action=action):
            return any(isinstance(o, work.ActionStarted) and o.action == action for o in others)
        case paging.PageJoined(alert=alert):
            return any(isinstance(o, world.AlertFired) and o.alert == alert for o in others)
        case incident.PageMerged(by=by):
            return any(isinstance(o, incident.IncidentDeclared) and o.by == by for o in others)
        case talk.TaskDone(by=by):
            return any(isinstance(o, DEEDS) and getattr(o, "by", "") == by for o in others)
        case incident.RoleAssigned(role=role, person=person):
            return paging.Joined in {
                type(o) for o in others if getattr(o, "person", "") == person
                and getattr(o, "role", "") == role
            }  # fmt: skip
    return False
