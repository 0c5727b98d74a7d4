"""Communication: first update, status page, customers told, and nobody left in silence.

Rule 1: a message earns the share of its required fields that hold something, and nothing where it
says more than its sender had seen or keeps known harm back.
Rule 2: of several messages that fulfil a duty the best counts: sending one more never costs.
Rule 3: the clock of the second update runs from the limit of the first, so that an early first
word is never held against anyone.
"""

from itertools import pairwise
from typing import Final

from simulator.debrief.levels import level_at
from simulator.debrief.marks_detection import Parts
from simulator.debrief.rubric import FULL
from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import graded, settled, timed, unfinished
from simulator.journal.entry import Entry
from simulator.journal.events.incident import StatusSet
from simulator.journal.events.talk import MessageSent
from simulator.journal.gaps import cadence_of
from simulator.journal.situation import Deed
from simulator.journal.target import Target

UPDATES: Final = ("update", "declaration", "resolution")
USES: Final = {
    "first_update": UPDATES,
    "status_page": ("status_page",),
    "customer_notice": ("customer_notice", "customer_resolution"),
}


def first_update(told: Timeline) -> Parts:
    """The first honest word to the organisation."""
    return _message(told, "first_update")


def status_page(told: Timeline) -> Parts:
    """The first honest word on the public page."""
    return _message(told, "status_page")


def customer_notice(told: Timeline) -> Parts:
    """The first honest word to customers."""
    return _message(told, "customer_notice")


def cadence(told: Timeline) -> Parts:
    """Share of declared..resolved in which the last honest update was recent enough."""
    roles = _roles(told)
    if not cadence_of(told.plan) or (not told.declared and not told.owed("declare")):
        return None
    if not told.declared:
        is_due = any(target.overdue(told.end) for target in told.owed("declare"))
        return (Part(name="cadence", outcome=unfinished(told, is_due=is_due), grade=0,
                     roles=roles),)  # fmt: skip
    start = told.marks["declared"]
    end = told.marks.get("resolved", told.end)
    owed = [(one, other, gap) for one, other, gap in _owed(told, start, end) if gap]
    total = sum(other - one for one, other, _ in owed)
    if not total:
        return () if told.ended else None
    updates = [e for e, sent in told.told(MessageSent) if _keeps_posted(sent) and start <= e.at]
    updates = [e for e in updates if e.at <= end]
    heard = _covered(updates, owed, start)
    grade = heard * FULL // total
    part = Part(name="cadence", outcome=graded(grade), grade=grade, roles=roles,
                cites=tuple(e.seq for e in updates))  # fmt: skip
    return (settled(told, part),)


def _keeps_posted(sent: MessageSent) -> bool:
    return sent.use in UPDATES and sent.honest


def _covered(updates: list[Entry], owed: list[tuple[int, int, int]], start: int) -> int:
    """Seconds of the owed time in which people had heard recently enough."""
    first = min((entry.at for entry in updates), default=None)
    limit = start + owed[0][2]
    in_time = [limit] if first is not None and first <= limit else []
    words = sorted([start, *in_time, *(entry.at for entry in updates)])
    covered = 0
    for one, other, gap in owed:
        for said, next_said in pairwise([*words, other + gap]):
            covered += max(0, min(said + gap, next_said, other) - max(said, one))
    return covered


def _owed(told: Timeline, start: int, end: int) -> list[tuple[int, int, int]]:
    """(from, to, longest silence): the owed time, cut where the level or the pace changes."""
    statuses = [(e.at, said.status) for e, said in told.told(StatusSet)]
    changes = (*(at for at, _ in told.grading), *(at for at, _ in statuses))
    cuts = sorted({start, end, *(at for at in changes if start < at < end)})
    gaps = cadence_of(told.plan)
    slower = {
        level: every
        for rule in told.plan.duties.values()
        if rule.does == "updates" and not rule.advisory
        for level, every in rule.every_watching.items()
    }
    found = []
    for one, other in pairwise(cuts):
        level = level_at(told.grading, one)
        is_watching = level_at(statuses, one) == "monitoring"
        gap = slower.get(level, gaps.get(level, 0)) if is_watching else gaps.get(level, 0)
        found.append((one, other, gap))
    return found


def _message(told: Timeline, verb: str) -> Parts:
    parts = [_best(told, target, verb) for target in told.owed(verb)]
    return tuple(parts) or None


def _best(told: Timeline, target: Target, verb: str) -> Part:
    """The message that earns most for this duty; the first of equals."""
    sent = [(e, m) for e, m in told.told(MessageSent) if m.use in USES[verb]]
    if not sent:
        return timed(told, target)
    parts = []
    for entry, message in sent:
        done = Deed(at=entry.at, seq=entry.seq, by=message.by)
        guard, why = _content(message)
        parts.append(timed(told, target, done=done, guard=guard, why=why))
    return max(parts, key=lambda part: (part.earned, -part.cites[0]))


def _content(message: MessageSent) -> tuple[int, str]:
    """(guard, why): nothing for a dishonest message, else the share of its fields that say."""
    if not message.honest:
        return 0, ", ".join((*message.overclaims, *message.omits)) or "not what was seen"
    if not message.required:
        return FULL, ""
    share = min(FULL, message.filled * FULL // message.required)
    return share, "" if share == FULL else "fields without content"


def _roles(told: Timeline) -> tuple[str, ...]:
    rules = [r for r in told.plan.duties.values() if r.does == "updates" and not r.advisory]
    return rules[0].owed_by if rules else ("commander", "on_call")
