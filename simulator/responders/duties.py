"""Which order fulfils a due duty, and from when on this person would give it.

Rule 1: a duty is taken up after a share of its limit that the manner sets, and always early enough
to be said in time; a forgotten one is drawn once for each thing and comes late or never.
Rule 2: whatever was ordered and not refused is not ordered again, even where its effect is out of
sight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from simulator.brief.plan.levels import NotifyRule
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import (
    Assign,
    OpenChannel,
)
from simulator.journal.commands.paging import Notify, Page
from simulator.journal.commands.talk import AskApproval, Note, SendMessage
from simulator.journal.commands.work import Look
from simulator.journal.target import Target
from simulator.responders import checks
from simulator.responders.grading import UNPRACTISED
from simulator.responders.messages import stated, template_for
from simulator.responders.mind import Mind
from simulator.responders.sending import GRACE_S, being_written, sending
from simulator.responders.standing import Standing
from simulator.responders.wish import Pace, Wish

LEAD_S: Final = 150
"""A duty is taken up so long before its limit at the latest: thinking, writing, an answer."""
ASKED_LEAD_S: Final = 420
"""The same where somebody must be asked first."""
WRITES_S: Final = 120
"""The same for what is said again and again: thinking and writing."""
AFTER: Final = ("report", "book_meeting", "hold_meeting", "actions", "close", "gates", "watch")
_FIRST: Final = ("acknowledge", "engage", "assess", "declare")
_NOT_HERE: Final = frozenset((*AFTER, *_FIRST))
"""Verbs that other wishes than those for due duties see to."""
_NEEDED: Final = ("declare", "acknowledge", "assess", "close", "report")
"""Duties nobody can forget for good: the incident would not go on."""
MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    "first_update": ("declaration", "update"),
    "updates": ("update",),
    "status_page": ("status_page",),
    "status_page_updates": ("status_page",),
    "status_page_restated": ("status_page",),
    "customer_notice": ("customer_notice", "customer_resolution"),
    "customer_updates": ("customer_notice",),
    "customer_resolution": ("customer_resolution",),
    "resolution_message": ("resolution",),
}
_CHANNELS: Final = {"open_channel": "channel", "open_bridge": "bridge"}
_FIRST_WORDS: Final = ("first_update", "status_page", "status_page_restated", "customer_notice")
_ROOMS: Final = ("open_channel", "open_bridge", "assign")


def due(mind: Mind) -> Iterator[Wish]:
    """The orders that fulfil this person's due duties."""
    for target in mind.owed(_may_be_mine, undone=True):
        if target.done is not None:
            continue
        by = target.due - GRACE_S if target.does in MESSAGES else None
        owner = mind.speaker if target.does != "diagnosis" else mind.owner
        if owner(target.owed_by, by) != mind.person:
            continue
        wish = fulfilling(mind, target)
        if wish is None or _too_soon(mind, target, wish) or _is_theirs(mind, target, wish):
            continue
        if shaped := _shaped(mind, target, wish):
            yield shaped


def fulfilling(mind: Mind, target: Target) -> Wish | None:
    """The order that does a duty; None where it is on its way or cannot be done from here."""
    if target.does in MESSAGES:
        return _message(mind, target)
    if target.does == "diagnosis":
        look = checks.diagnosing(mind)
        return Wish(order=Look(look=look), kind="duty") if look and mind.looks else None
    if target.does == "mobilise":
        return _mobilise(mind, target)
    order = _order(mind, target)
    if order is None:
        return None
    calls = target.does == "notify" and not target.duty.startswith("notify.")
    wish = Wish(order=order, kind="duty")
    if target.does in _ROOMS or calls:
        wish = _early(mind, order)
    return None if mind.memory.times(wish.key) else wish


def _may_be_mine(standing: Standing, does: str, owed_by: Sequence[str]) -> bool:
    """Whether a duty may fall to this person, and is not seen to by other wishes."""
    return does not in _NOT_HERE and standing.person in standing.owing(owed_by)


def _too_soon(mind: Mind, target: Target, wish: Wish) -> bool:
    """Whether it waits for the declaration, which calls people and makes room by itself."""
    if mind.picture.incident is not None:
        return False
    if isinstance(wish.order, Page | Notify):
        return target.due > mind.now + LEAD_S
    return isinstance(wish.order, AskApproval | Assign | OpenChannel)


def _is_theirs(mind: Mind, target: Target, wish: Wish) -> bool:
    """Whether who would be asked for leave owes the message as well, and is here to send it."""
    order = wish.order
    return isinstance(order, AskApproval) and order.of in mind.owing(target.owed_by)


def _shaped(mind: Mind, target: Target, wish: Wish) -> Wish | None:
    """The wish with the second it is taken up; None where it was forgotten for good."""
    lead = ASKED_LEAD_S if isinstance(wish.order, AskApproval) else LEAD_S
    writes_early = _writes_early(mind, target)
    share = 0.0 if writes_early or wish.kind == "room" else mind.manner.begins_at
    begins = target.opens + round(share * (target.due - target.opens))
    if target.repeats_s:
        begins, lead = target.due, WRITES_S
    start = max(target.opens, min(begins, target.due - lead), wish.ready_at)
    n = target.opens if target.repeats_s else 0
    if mind.skips("misses", mind.habits.misses, target.duty, n=n):
        late = target.due + max(target.limit_s, 60)
        if not target.repeats_s and target.does not in _NEEDED:
            return None
        start = max(start, late)
    pressing = target.due - mind.now < LEAD_S and not isinstance(wish.order, Look)
    kind = "urgent" if pressing else wish.kind
    pace: Pace = "quick" if writes_early else wish.pace
    return replace(wish, ready_at=start, due=target.due, kind=kind, pace=pace)


def _writes_early(mind: Mind, target: Target) -> bool:
    """Whether somebody practised whose hands are free writes as soon as a word is owed."""
    is_free = not mind.acts and mind.habits.misses < UNPRACTISED
    return is_free and target.does in _FIRST_WORDS


def _early(mind: Mind, order: Command) -> Wish:
    """Rooms and people come first for whoever is practised: a click each, and others can help."""
    if mind.habits.misses >= UNPRACTISED:
        return Wish(order=order, kind="duty")
    return Wish(order=order, kind="room", pace="quick")


def _order(mind: Mind, target: Target) -> Command | None:
    match target.does:
        case "assign":
            holder = mind.picture.holder(target.role)
            is_called = _is_called(mind, target.role, holder)
            return None if is_called else Assign(role=target.role, person=holder)
        case "open_channel" | "open_bridge":
            kind, incident = _CHANNELS[target.does], mind.picture.incident
            is_open = incident is None or kind in incident.channels
            return None if is_open else OpenChannel(kind=kind)
        case "ticket":
            return Note(text=f"Ticket: {stated(mind)}")
        case "notify":
            if mind.holds(target.role):
                return None
            if mind.memory.times(f"page:{target.role}"):
                return None
            here = mind.picture.holder(target.role) in mind.here
            pages = _rule(mind, target).how == "page" and not _is_watched(mind)
            if pages and not here:
                return Page(role=target.role, text=stated(mind))
            return Notify(role=target.role, text=stated(mind))
        case "escalate":
            if mind.picture.holder(target.role) in mind.here or _is_watched(mind):
                return None
            return Page(role=target.role, text=stated(mind))
    return None


def _is_watched(mind: Mind) -> bool:
    """Whether it works again and is only watched: nobody is woken for that any more."""
    incident = mind.picture.incident
    return incident is not None and incident.status in ("monitoring", "resolved")


def _rule(mind: Mind, target: Target) -> NotifyRule:
    """The rule behind a notice, by the target's name: `notify.<n>` or `<path>.<n>`."""
    path, _, number = target.duty.rpartition(".")
    escalation = mind.brief.plan.escalation
    rules = escalation.notify if path == "notify" else escalation.special[path].steps
    return rules[int(number)]


def _is_called(mind: Mind, role: str, holder: str) -> bool:
    """Whether they are on their way for this role already, and take it when they come."""
    if holder in mind.picture.joined:
        return False
    return any(
        page.role == role and any(person == holder for person, _ in page.sent)
        for page in mind.picture.pages.values()
        if page.state in ("triggered", "acknowledged")
    )


def _mobilise(mind: Mind, target: Target) -> Wish | None:
    """The next role to be called together: assigned where its holder is here, else paged."""
    deeds = mind.picture.deeds
    for role in mind.brief.plan.mobilisation.roles.get(target.level, ()):
        if f"assign:{role}" in deeds or f"joined:{role}" in deeds:
            continue
        holder = mind.picture.holder(role)
        if _is_called(mind, role, holder):
            continue
        order: Command = Page(role=role, text=stated(mind))
        if holder in mind.picture.joined:
            order = Assign(role=role, person=holder)
        wish = _early(mind, order)
        if not mind.memory.times(wish.key):
            return wish
    return None


def _message(mind: Mind, target: Target) -> Wish | None:
    """The plan's message, or the asking for leave to send it."""
    uses = MESSAGES[target.does]
    name = template_for(mind, *uses)
    if not name or being_written(mind, uses):
        return None
    wish = sending(mind, name, urgent_from=target.due - GRACE_S)
    sent = mind.memory.given.get(f"send_message:{name}", (0, -1))[1]
    if isinstance(wish.order, SendMessage) and not target.repeats_s and sent >= target.opens:
        return None if mind.memory.times(wish.key) else wish
    return wish
