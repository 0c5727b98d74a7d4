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
from simulator.brief.severity import higher, severity_of
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import (
    Assign,
    Declare,
    OpenChannel,
    Regrade,
)
from simulator.journal.commands.paging import Notify, Page
from simulator.journal.commands.talk import AskApproval, Note, SendMessage
from simulator.journal.commands.work import Look
from simulator.journal.targets import Target
from simulator.responders import checks
from simulator.responders.messages import impact, message, template_for
from simulator.responders.mind import Mind
from simulator.responders.permission import leave, readers
from simulator.responders.remedies import remedy_done
from simulator.responders.wish import Wish

LEAD_S: Final = 150
"""A duty is taken up so long before its limit at the latest: thinking, writing, an answer."""
ASKED_LEAD_S: Final = 420
"""The same where somebody must be asked first."""
WRITES_S: Final = 120
"""The same for what is said again and again: thinking and writing."""
GRACE_S: Final = 60
"""So long before its limit a message goes out without the answer that was asked for."""
AFTER: Final = ("report", "book_meeting", "hold_meeting", "actions", "close", "gates", "watch")
_FIRST: Final = ("acknowledge", "engage", "assess", "declare")
_NOT_HERE: Final = frozenset((*AFTER, *_FIRST))
"""Verbs that other wishes than those for due duties see to."""
_NEEDED: Final = ("declare", "acknowledge", "assess", "close", "report")
"""Duties nobody can forget for good: the incident would not go on."""
_MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    "first_update": ("declaration", "update"),
    "updates": ("update",),
    "status_page": ("status_page",),
    "status_page_updates": ("status_page",),
    "customer_notice": ("customer_notice", "customer_resolution"),
    "resolution_message": ("resolution",),
}
_CHANNELS: Final = {"open_channel": "channel", "open_bridge": "bridge"}
REGRADE_DOWN_S: Final = 180


def declaring(mind: Mind) -> Iterator[Wish]:
    """Opening the incident, and keeping its level with the facts."""
    incident = mind.picture.incident
    plan = mind.brief.plan
    by_facts = severity_of(plan, mind.known)
    if incident is None:
        yield from _opening(mind, by_facts)
        return
    if incident.resolved_at is not None or not mind.owes(_graders(mind)):
        return
    if by_facts and higher(plan, by_facts, incident.level) != incident.level:
        order = Regrade(level=by_facts, reason=f"As measured: {impact(mind.picture)}")
        since = max(at for at, _ in incident.levels) + GRACE_S
        yield Wish(order=order, kind="level", ready_at=since)
    elif by_facts not in ("", incident.level) and _eased(mind):
        order = Regrade(level=by_facts, reason=f"Eased: {impact(mind.picture)}")
        since = max(at for at, _ in incident.levels) + REGRADE_DOWN_S
        yield Wish(order=order, kind="level", ready_at=since)


def due(mind: Mind) -> Iterator[Wish]:
    """The orders that fulfil this person's due duties."""

    def may_be_mine(does: str, roles: Sequence[str]) -> bool:
        return does not in _NOT_HERE and mind.person in mind.owing(roles)

    for target in mind.owed(may_be_mine, undone=True):
        if target.done is not None:
            continue
        by = target.due - GRACE_S if target.does in _MESSAGES else None
        owner = mind.speaker if target.does != "diagnosis" else mind.owner
        if owner(target.owed_by, by) != mind.person:
            continue
        wish = _fulfils(mind, target)
        if wish is not None and (shaped := _shaped(mind, target, wish)):
            yield shaped


def _opening(mind: Mind, by_facts: str) -> Iterator[Wish]:
    """Declaring: after one look at it, or when the limit is near."""
    if not mind.level or not mind.owes(("on_call", "backup", "manager")):
        return
    level = higher(mind.brief.plan, by_facts, mind.level)
    summary = next(iter(page.summary for page in mind.picture.pages.values()), "")
    wish = Wish(order=Declare(level=level, title=summary), kind="declare")
    owed = mind.owed(lambda does, _: does in ("declare", "assess", "ticket"))
    latest = min((t.due for t in owed), default=mind.now)
    if mind.skips("misses", mind.habits.misses, "declare"):
        wish = replace(wish, ready_at=2 * latest - min((t.opens for t in owed), default=latest))
    elif not mind.memory.finds and mind.looks:
        wish = replace(wish, ready_at=max(mind.now, latest - 30))
    yield wish


def _graders(mind: Mind) -> tuple[str, ...]:
    rules = (rule for rule in mind.brief.plan.duties.values() if rule.does == "declare")
    return next((rule.owed_by for rule in rules), ("on_call",))


def _eased(mind: Mind) -> bool:
    """Whether a level below the declared one is worth saying: something was done, all not well."""
    return bool(mind.memory.finished) and mind.habits.misses < 0.2 and not remedy_done(mind)


def _shaped(mind: Mind, target: Target, wish: Wish) -> Wish | None:
    """The wish with the second it is taken up; None where it was forgotten for good."""
    lead = ASKED_LEAD_S if isinstance(wish.order, AskApproval) else LEAD_S
    begins = target.opens + round(mind.manner.begins_at * (target.due - target.opens))
    if target.repeats_s:
        begins, lead = target.due, WRITES_S
    start = max(target.opens, min(begins, target.due - lead), wish.ready_at)
    n = target.opens if target.repeats_s else 0
    if mind.skips("misses", mind.habits.misses, target.duty, n=n):
        late = target.due + max(target.limit_s, 60)
        if not target.repeats_s and target.does not in _NEEDED:
            return None
        start = max(start, late)
    pressing = target.due - mind.now < LEAD_S and wish.kind == "message"
    return replace(wish, ready_at=start, due=target.due, kind="urgent" if pressing else wish.kind)


def _fulfils(mind: Mind, target: Target) -> Wish | None:
    """The order that does a duty; None where it is on its way or cannot be done from here."""
    if target.does in _MESSAGES:
        return _message(mind, target)
    if target.does == "diagnosis":
        look = checks.diagnosing(mind)
        return Wish(order=Look(look=look), kind="duty") if look and mind.looks else None
    if target.does == "mobilise":
        return _mobilise(mind, target)
    order = _order(mind, target)
    if order is None:
        return None
    wish = Wish(order=order, kind="duty")
    return None if mind.memory.times(wish.key) else wish


def _order(mind: Mind, target: Target) -> Command | None:
    match target.does:
        case "assign":
            return Assign(role=target.role, person=mind.picture.holder(target.role))
        case "open_channel" | "open_bridge":
            kind, incident = _CHANNELS[target.does], mind.picture.incident
            is_open = incident is None or kind in incident.channels
            return None if is_open else OpenChannel(kind=kind)
        case "ticket":
            return Note(text=f"Ticket: {impact(mind.picture)}")
        case "notify":
            if mind.holds(target.role):
                return None
            if mind.memory.times(f"page:{target.role}"):
                return None
            here = mind.picture.holder(target.role) in mind.here
            if _rule(mind, target).how == "page" and not here:
                return Page(role=target.role, text=impact(mind.picture))
            return Notify(role=target.role, text=impact(mind.picture))
        case "escalate":
            if mind.picture.holder(target.role) in mind.here:
                return None
            return Page(role=target.role, text=impact(mind.picture))
    return None


def _rule(mind: Mind, target: Target) -> NotifyRule:
    """The rule behind a notice, by the target's name: `notify.<n>` or `<path>.<n>`."""
    path, _, number = target.duty.rpartition(".")
    escalation = mind.brief.plan.escalation
    rules = escalation.notify if path == "notify" else escalation.special[path].steps
    return rules[int(number)]


def _mobilise(mind: Mind, target: Target) -> Wish | None:
    """The next role to be called together: assigned where its holder is here, else paged."""
    deeds = mind.picture.deeds
    for role in mind.brief.plan.mobilisation.roles.get(target.level, ()):
        if f"assign:{role}" in deeds or f"joined:{role}" in deeds:
            continue
        holder = mind.picture.holder(role)
        order: Command = Page(role=role, text=impact(mind.picture))
        if holder in mind.here:
            order = Assign(role=role, person=holder)
        wish = Wish(order=order, kind="duty")
        if not mind.memory.times(wish.key):
            return wish
    return None


def _message(mind: Mind, target: Target) -> Wish | None:
    """The plan's message, or the asking for leave to send it."""
    uses = _MESSAGES[target.does]
    name = template_for(mind, *uses)
    if not name or being_written(mind, uses):
        return None
    wish = sending(mind, name, urgent_from=target.due - GRACE_S)
    sent = mind.memory.given.get(f"send_message:{name}", (0, -1))[1]
    if isinstance(wish.order, SendMessage) and not target.repeats_s and sent >= target.opens:
        return None if mind.memory.times(wish.key) else wish
    return wish


def being_written(mind: Mind, uses: tuple[str, ...]) -> bool:
    """Whether somebody is writing one of these at this moment."""
    templates = mind.brief.plan.templates
    works = [work.item for work in mind.picture.work.values() if work.kind == "message"]
    return any(item in templates and templates[item].use in uses for item in works)


def sending(mind: Mind, name: str, *, urgent_from: int) -> Wish:
    """Sending a message: asking first where the plan wants leave, without it only when late."""
    template = mind.brief.plan.templates[name]
    stands = leave(mind, name, readers(mind, template))
    if stands.state in ("free", "given"):
        order: Command = message(mind, name, authorised_by=stands.request)
        return Wish(order=order, kind="message")
    if stands.state == "ask":
        order = AskApproval(
            action=name,
            reason=f"{template.via}: {impact(mind.picture)}",
            risk="It says only what was measured",
            way_back="A correction can follow",
            of=stands.of,
        )
        return Wish(order=order, kind="message")
    return Wish(order=message(mind, name), kind="message", ready_at=urgent_from)
