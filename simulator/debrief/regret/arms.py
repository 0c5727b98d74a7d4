"""One second of a drill played on: as it was, or otherwise; then the same hands, another future.

Rule 1: both ways follow the record to the second, held against it entry by entry; what was drawn
before it stands, and so does what is hidden.
Rule 2: then the same policy sits in every chair that had not stepped out, in both ways alike, and
both draw the same future; what differs between them is the one order.
Rule 3: a drill is played on until service has stood for a while, or to its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from simulator.brief.brief import Brief
from simulator.debrief.regret.decisions import WORTH_A_LOOK_S, Decision
from simulator.drill import Drill, terms_of
from simulator.errors import EngineError
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import Declare
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.commands.room import HandBack, TakeChair
from simulator.journal.commands.work import Look
from simulator.journal.entry import Entry
from simulator.journal.events.room import DrillOpened, Refused
from simulator.journal.events.work import WorkEnded
from simulator.journal.events.world import ImpactCounted
from simulator.journal.situation import Situation, visible_to
from simulator.responders import chairs
from simulator.responders.bot import Bot
from simulator.responders.duties import fulfilling
from simulator.responders.mind import Mind
from simulator.response.facilitation import limit_of

POLICY: Final = "competent"
"""Who plays on, in both ways."""
STANDS_S: Final = 600
"""Service that has stood so long is back for good (assumed)."""
STEP_S: Final = 60
TRIES: Final = 4
"""Seconds a late duty is tried in, its limit first."""
Way: TypeAlias = Literal["as_played", "otherwise"]
WAYS: Final[tuple[Way, Way]] = ("as_played", "otherwise")
_ORDERED: Final[Mapping[str, type[Command]]] = {
    "acknowledge": Acknowledge, "declare": Declare, "assess": Look,
}  # fmt: skip
"""Duties that other wishes than those for due duties see to, and what fulfils them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a drill, as far as it is compared."""

    restored_s: int
    """From T0; the limit where it was not restored by then."""
    in_time: bool
    """Whether it was restored by the limit."""
    failed: int | None
    """Requests that got no good answer until then; None where the world stopped before."""
    users: int | None
    """Users hit until then; None as above."""
    faulted: str = ""
    """What the engine said, where it broke; the figures then mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """Whether a decision was open to its seat."""

    decision: Decision
    """With its order and its owner, where they had to be found."""
    why_not: str = ""
    """Why it was not; empty where it was."""


def standing_before(entries: Sequence[Entry], brief: Brief, at: int) -> Drill:
    """The drill just before second `at`; EngineError where this version tells the past otherwise.

    It can be played on once.
    """
    opened = entries[0].what
    assert isinstance(opened, DrillOpened)
    drill = Drill(brief, terms_of(opened), branches=True)
    drill.follow(entries, until=at)
    return drill


def orders_at(entries: Sequence[Entry], decision: Decision, way: Way) -> tuple[Entry, ...]:
    """What is ordered in the second both ways part; who sits where is settled otherwise."""
    said = [
        entry
        for entry in entries
        if entry.at == decision.at
        and isinstance(entry.what, Command)
        and not isinstance(entry.what, TakeChair | HandBack)
    ]
    if way == "as_played":
        return tuple(said)
    kept = [entry for entry in said if entry.seq not in decision.without]
    if decision.order is None:
        return tuple(kept)
    added = Entry(seq=-1, at=decision.at, by=decision.by, what=decision.order)
    return (*kept, added)


def played_on(drill: Drill, orders: Sequence[Entry], future: int) -> Outcome:
    """The outcome of this future: these orders now, then the same hands in every chair."""
    left = drill.stage.situation.left
    people = [person for person in drill.stage.brief.people() if person not in left]
    limit = limit_of(drill.stage.brief, drill.stage.variant)
    try:
        drill.branch(future, dict.fromkeys(people, POLICY), orders)
        while not drill.ended and not _is_settled(drill):
            drill.advance(min(drill.now + STEP_S, limit + 1))
            if drill.now > limit:
                break
    except EngineError as fault:
        return Outcome(restored_s=0, in_time=False, failed=None, users=None, faulted=str(fault))
    return outcome(drill.entries, drill.stage.situation, limit)


def outcome(entries: Sequence[Entry], final: Situation, limit: int) -> Outcome:
    """What these entries came to; `limit` is the second an unclosed drill is stopped."""
    marks = final.marks
    zero, restored = marks.get("fired", 0), marks.get("restored")
    over = limit if restored is None else restored
    counted = [e.what for e in entries if isinstance(e.what, ImpactCounted) and e.at <= over]
    last = counted[-1] if counted else ImpactCounted(failed=0, users=0, budget=0)
    # What the world would still have lost after it stopped nobody knows.
    is_cut = restored is None and (final.ended not in ("", "limit") or "closed" in marks)
    return Outcome(
        restored_s=max(0, over - zero),
        in_time=restored is not None,
        failed=None if is_cut else last.failed,
        users=None if is_cut else last.users,
    )


def possible(entries: Sequence[Entry], brief: Brief, decision: Decision) -> Possible:
    """Whether the seat could have decided otherwise then, by trying it.

    A duty nobody could do in its last second is tried when the next hands are free.
    """
    why_not = ""
    for second in _seconds(entries, decision):
        found = _tried(entries, brief, replace(decision, at=second))
        if not found.why_not:
            return found
        why_not = why_not or found.why_not
    return Possible(decision=decision, why_not=why_not)


def _seconds(entries: Sequence[Entry], decision: Decision) -> tuple[int, ...]:
    """When it may have been open: its own second; for a duty also the next ones hands are free."""
    if decision.kind != "in_time":
        return (decision.at,)
    until = entries[-1].at if decision.done_at is None else decision.done_at
    until -= WORTH_A_LOOK_S
    free = {entry.at + 1 for entry in entries if isinstance(entry.what, WorkEnded)}
    later = sorted(second for second in free if decision.at < second < until)
    return (decision.at, *later[: TRIES - 1])


def _tried(entries: Sequence[Entry], brief: Brief, decision: Decision) -> Possible:
    drill = standing_before(entries, brief, decision.at)
    if decision.kind == "in_time":
        found = _with_order(drill, decision)
        if found is None:
            return Possible(decision=decision, why_not="nobody who owes it could do it then")
        decision = found
    if decision.by in drill.stage.situation.left:
        return Possible(decision=decision, why_not="that seat had stepped out")
    if decision.order is None:
        return Possible(decision=decision)
    seq = drill.submit(decision.by, decision.order).seq
    refused = [
        e.what.reason
        for e in drill.entries[seq + 1 :]
        if isinstance(e.what, Refused) and e.cause == seq
    ]
    return Possible(decision=decision, why_not=refused[0] if refused else "")


def _is_settled(drill: Drill) -> bool:
    """Whether service has stood for a while, or the world has stopped and nothing comes back."""
    if drill.stage.frozen:
        return True
    restored = drill.stage.situation.marks.get("restored")
    return restored is not None and drill.now - restored >= STANDS_S


def _with_order(drill: Drill, decision: Decision) -> Decision | None:
    """The duty with whoever can do it now and the order that does it; None where nobody can."""
    left = drill.stage.situation.left
    for person in drill.stage.brief.people():
        if person in left or drill.stage.situation.busy(person) is not None:
            continue
        order = _order_for(_mind(drill, person), decision)
        if order is not None:
            return replace(decision, by=person, order=order)
    return None


def _mind(drill: Drill, person: str) -> Mind:
    """What somebody competent would have at hand in this chair now."""
    bot = chairs.seated(person, POLICY, drill.stage.brief, drill.stage.chance)
    assert isinstance(bot, Bot)
    picture = Situation()
    for entry in drill.entries:
        if visible_to(entry, person):
            picture = picture.after(entry)
            bot.notice(entry, picture)
    return bot.mind().at(drill.now)


def _order_for(mind: Mind, decision: Decision) -> Command | None:
    """What this person would order for the duty; None where it is not theirs or cannot be done."""
    if kind := _ORDERED.get(decision.does):
        wishes = chairs.responding(mind)
        return next((wish.order for wish in wishes if isinstance(wish.order, kind)), None)
    if mind.person not in mind.here:
        return None
    for target in mind.owed(undone=True):
        mine = target.duty == decision.item and target.done is None
        if mine and mind.speaker(target.owed_by) == mind.person:
            wish = fulfilling(mind, target)
            return wish.written(mind) if wish else None
    return None
