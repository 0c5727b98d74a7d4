"""What a bot remembers beyond the picture: what it asked for, what was refused, who is about.

Rule 1: a pure fold of its seat's entries; nothing is remembered that an entry did not say.
Rule 2: a refused order is not given again before its back-off is over, twice as long each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentDeclared, MeetingBooked
from simulator.journal.events.paging import Joined, PageAcknowledged
from simulator.journal.events.room import HintGiven, Refused
from simulator.journal.events.talk import MessageSent, Released, Said, SaidTo, Voice
from simulator.journal.events.work import (
    ActionFinished,
    ActionStarted,
    FindPosted,
    Found,
    WorkBegan,
    WorkCancelled,
)
from simulator.journal.events.world import AlertFired
from simulator.journal.situation import Find
from simulator.journal.situation.anew import anew
from simulator.responders.wish import key_of

Measure = tuple[int, Mapping[str, Any]]
"""(second it was measured, facts)."""

BACK_OFF_S: Final = 60
_ABOUT: Final = ("look", "action", "message", "typed", "report")


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What one remembers; immutable. No slots: see `journal.situation.anew`."""

    me: str
    given: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Key of an order -> (times given, second of the last)."""
    refused: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Key of an order -> (times refused, second of the last)."""
    barred: frozenset[str] = frozenset()
    """Orders about something there is not; never given again."""
    last_key: str = ""
    last_order: int = -1
    """The second of the last order of one's own."""
    here: frozenset[str] = frozenset()
    """People seen at work on it."""
    begun: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Look -> (second, who) of the last time anybody began it."""
    started: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Action -> (second, who) of its last start."""
    finished: Mapping[str, int] = field(default_factory=dict)
    """Action -> the second its last run ended, done or failed."""
    failed: Mapping[str, int] = field(default_factory=dict)
    """Action -> how often it failed."""
    finds: tuple[Find, ...] = ()
    """One's own, and those shown in the channel."""
    measures: tuple[Measure, ...] = ()
    """What looks and alerts measured, in the order it was told."""
    says: Mapping[str, str] = field(default_factory=dict)
    """Action -> what its terminal said in the end."""
    heard: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Seq of a voice that wants a word -> whom it spoke to."""
    said: tuple[tuple[int, str], ...] = ()
    """(second, who) of every word said that asks nothing: it may answer a voice."""
    posted: frozenset[int] = frozenset()
    """Finds shown to the channel."""
    writing: str = ""
    """Key of the message one wrote last."""
    laid_aside: Mapping[str, int] = field(default_factory=dict)
    """Key of a message -> the second its draft was laid aside."""
    alerts: tuple[tuple[int, str], ...] = ()
    """(second, alert) of every alert that fired."""
    hints: tuple[str, ...] = ()
    """Help that was given, in order."""
    meeting_at: int = 0
    declared_by: str = ""

    def after(self, entry: Entry) -> "Memory":
        """The memory once this entry is read."""
        what = entry.what
        if isinstance(what, Command):
            return self._ordered(entry, what) if entry.by == self.me else self
        return _folded(self, entry)

    def times(self, key: str) -> int:
        """How often an order was given and not refused."""
        return self.given.get(key, (0, 0))[0] - self.refused.get(key, (0, 0))[0]

    def free_from(self, key: str) -> int:
        """The second from which an order may be given after refusals; 0 where never refused."""
        count, at = self.refused.get(key, (0, 0))
        return at + BACK_OFF_S * 2 ** min(count - 1, 8) if count else 0

    def _ordered(self, entry: Entry, order: Command) -> "Memory":
        key = key_of(order)
        count = self.given.get(key, (0, 0))[0] + 1
        given = {**self.given, key: (count, entry.at)}
        return anew(self, given=given, last_key=key, last_order=entry.at)


def _folded(now: Memory, entry: Entry) -> Memory:
    match entry.what:
        case Refused() as refused if refused.to == now.me:
            return _refused(now, entry, refused)
        case PageAcknowledged(by=by) | MessageSent(by=by):
            return anew(now, here=now.here | {by})
        case Joined(person=person):
            return anew(now, here=now.here | {person})
        case Released(person=person):
            return anew(now, here=now.here - {person})
        case IncidentDeclared(by=by):
            return anew(now, here=now.here | {by}, declared_by=by)
        case WorkBegan() as began:
            return _began(now, entry, began)
        case WorkCancelled(by=by) if by == now.me:
            return _laid_aside(now, entry)
        case ActionStarted(by=by, action=action):
            return anew(now, started={**now.started, action: (entry.at, by)})
        case ActionFinished(action=action, failed=failed, says=says):
            wrong = {**now.failed, action: now.failed.get(action, 0) + 1} if failed else now.failed
            ended = {**now.finished, action: entry.at}
            return anew(now, finished=ended, failed=wrong, says={**now.says, action: says})
        case Found() as found:
            return _found(now, entry, found)
        case FindPosted() as posted:
            return _posted(now, posted)
        case AlertFired(alert=alert, facts=facts, measured_at=at):
            alerts = (*now.alerts, (entry.at, alert))
            return anew(now, alerts=alerts, measures=(*now.measures, (at, facts)))
        case Voice(to=to, wants=wants) if wants != "nothing":
            return anew(now, heard={**now.heard, entry.seq: to})
        case Said(by=by, text=text) | SaidTo(by=by, text=text) if not text.endswith("?"):
            return anew(now, said=(*now.said, (entry.at, by)))
        case HintGiven(to=to, text=text) if to == now.me:
            return anew(now, hints=(*now.hints, text))
        case MeetingBooked(at=at):
            return anew(now, meeting_at=at)
    return now


def _refused(now: Memory, entry: Entry, refused: Refused) -> Memory:
    """The refusal of the last order of that kind; one that cannot be told apart is let go."""
    key = now.last_key
    if key.partition(":")[0] != refused.order:
        return now
    if refused.code == "unknown":
        now = anew(now, barred=now.barred | {key})
    count = now.refused.get(key, (0, 0))[0] + 1
    return anew(now, refused={**now.refused, key: (count, entry.at)})


def _began(now: Memory, entry: Entry, began: WorkBegan) -> Memory:
    now = anew(now, here=now.here | {began.by}) if began.kind in _ABOUT else now
    if began.kind == "message" and began.by == now.me:
        return anew(now, writing=f"send_message:{began.item}")
    if began.kind != "look":
        return now
    return anew(now, begun={**now.begun, began.item: (entry.at, began.by)})


def _laid_aside(now: Memory, entry: Entry) -> Memory:
    """A draft that was stopped was not sent: it may be written again."""
    key = now.writing
    if key not in now.given:
        return now
    given = {**now.given, key: (now.given[key][0] - 1, -1)}
    return anew(now, given=given, laid_aside={**now.laid_aside, key: entry.at})


def _found(now: Memory, entry: Entry, found: Found) -> Memory:
    find = Find(
        seq=entry.seq,
        at=entry.at,
        by=found.by,
        look=found.look or found.line,
        views=found.views,
        of=found.of,
        facts=found.facts,
        clues=found.clues,
    )
    measures = (*now.measures, (found.measured_at, found.facts))
    return anew(now, finds=(*now.finds, find), measures=measures)


def _posted(now: Memory, posted: FindPosted) -> Memory:
    now = anew(now, posted=now.posted | {posted.found}, here=now.here | {posted.by})
    if posted.by == now.me:
        return now
    find = Find(
        seq=posted.found,
        at=posted.measured_at,
        by=posted.by,
        look=posted.look,
        views=posted.views,
        of=posted.of,
        facts=posted.facts,
        clues=posted.clues,
    )
    measures = (*now.measures, (posted.measured_at, posted.facts))
    return anew(now, finds=(*now.finds, find), measures=measures)
