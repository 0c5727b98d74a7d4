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
from simulator.responders.wish import Pace, Wish

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
    "status_page_restated": ("status_page",),
    "customer_notice": ("customer_notice", "customer_resolution"),
    "customer_updates": ("customer_notice",),
    "customer_resolution": ("customer_resolution",),
    "resolution_message": ("resolution",),
}
_CHANNELS: Final = {"open_channel": "channel", "open_bridge": "bridge"}
_FIRST_WORDS: Final = ("first_update", "status_page", "status_page_restated", "customer_notice")
_TO_CUSTOMERS: Final = ("status_page", "customer_notice")
_ROOMS: Final = ("open_channel", "open_bridge", "assign")
UNPRACTISED: Final = 0.2
"""Who misses such a share of duties puts nothing early, and takes back no level."""
REGRADE_DOWN_S: Final = 180
AVERAGED_S: Final = 300
"""Panels and logs tell the mean of so long."""
SETTLES_S: Final = 10
"""Nobody tries it in the very second something ended."""


def declaring(mind: Mind) -> Iterator[Wish]:
    """Opening the incident, and keeping its level with the facts."""
    incident = mind.picture.incident
    plan = mind.brief.plan
    if incident is None:
        yield from _opening(mind, severity_of(plan, mind.known))
        return
    if incident.resolved_at is not None:
        return
    is_fresh = _is_fresh(mind)
    if not is_fresh and mind.habits.misses < UNPRACTISED:
        yield from _looking_anew(mind)
    if not mind.owes(_graders(mind)):
        return
    by_facts = severity_of(plan, mind.known)
    if not by_facts or by_facts == incident.level or not is_fresh:
        return
    is_higher = higher(plan, by_facts, incident.level) == by_facts
    if is_higher or (plan.levels[by_facts].pages == "page" and _eased(mind)):
        said, wait = ("As measured", GRACE_S) if is_higher else ("Eased", REGRADE_DOWN_S)
        order = Regrade(level=by_facts, reason=f"{said}: {impact(mind.picture)}")
        since = max(at for at, _ in incident.levels) + wait
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
        if wish is None or _too_soon(mind, target, wish) or _is_theirs(mind, target, wish):
            continue
        if shaped := _shaped(mind, target, wish):
            yield shaped


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


def _is_fresh(mind: Mind) -> bool:
    """Whether the failing share was measured since the last change, by no average over before."""
    changed = mind.cured_at
    if changed < 0:
        return True
    for find in reversed(mind.memory.finds):
        if find.at <= changed:
            return False
        if "errors" in find.facts:
            averaged = 0 if "reproduce" in find.views else AVERAGED_S
            return find.at > changed + averaged
    return False


def _looking_anew(mind: Mind) -> Iterator[Wish]:
    """A try as a user tries it, once something was changed: what it did to them."""
    if not mind.memory.finished or not mind.looks:
        return
    names = [n for n, terms in mind.brief.scenario.looks.items() if "reproduce" in terms.views]
    name = max(names, key=lambda n: (mind.brief.scenario.looks[n].worth, n), default="")
    begun, _ = mind.memory.begun.get(name, (-1, ""))
    may = name and begun <= mind.cured_at and f"look:{name}" not in mind.memory.barred
    if may and not remedy_done(mind):
        yield Wish(order=Look(look=name), kind="look", ready_at=mind.cured_at + SETTLES_S)


def _eased(mind: Mind) -> bool:
    """Whether a level below the declared one is worth saying: something was done, all not well.

    What customers are owed at a level is said before the level is taken back.
    """
    if not mind.memory.finished or mind.habits.misses >= UNPRACTISED or remedy_done(mind):
        return False
    owed = mind.owed(lambda does, _: does in _TO_CUSTOMERS, undone=True)
    return all(target.opens > mind.now or target.advisory for target in owed)


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
    calls = target.does == "notify" and not target.duty.startswith("notify.")
    wish = Wish(order=order, kind="duty")
    if target.does in _ROOMS or calls:
        wish = _early(mind, order)
    return None if mind.memory.times(wish.key) else wish


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
            return Note(text=f"Ticket: {impact(mind.picture)}")
        case "notify":
            if mind.holds(target.role):
                return None
            if mind.memory.times(f"page:{target.role}"):
                return None
            here = mind.picture.holder(target.role) in mind.here
            pages = _rule(mind, target).how == "page" and not _is_watched(mind)
            if pages and not here:
                return Page(role=target.role, text=impact(mind.picture))
            return Notify(role=target.role, text=impact(mind.picture))
        case "escalate":
            if mind.picture.holder(target.role) in mind.here or _is_watched(mind):
                return None
            return Page(role=target.role, text=impact(mind.picture))
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
        order: Command = Page(role=role, text=impact(mind.picture))
        if holder in mind.picture.joined:
            order = Assign(role=role, person=holder)
        wish = _early(mind, order)
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
    if stands.state == "ask":
        request = AskApproval(
            action=name,
            reason=f"{template.via}: {impact(mind.picture)}",
            risk="It says only what was measured",
            way_back="A correction can follow",
            of=stands.of,
        )
        return Wish(order=request, kind="message")
    has_leave = stands.state in ("free", "given")
    granted = stands.request if has_leave else ""
    return Wish(
        order=SendMessage(template=name, authorised_by=granted),
        draft=lambda then: message(then, name, authorised_by=granted),
        kind="message",
        ready_at=0 if has_leave else urgent_from,
    )
