"""Which order fulfils a due duty, and from when on this person would give it.

Rule 1: a duty is taken up after a share of its limit that the manner sets, and always early enough
to be said in time; a forgotten one is drawn once for each thing and comes late or never.
Rule 2: whatever was ordered and not refused is not ordered again, even where its effect is out of
sight.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.brief.plan.levels import NotifyRule
from simulator.brief.severity import higher, severity_of
from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import (
    AddAction,
    Assign,
    BookMeeting,
    Close,
    Declare,
    HoldMeeting,
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
from simulator.responders.report import report
from simulator.responders.wish import Wish

LEAD_S: Final = 150
"""A duty is taken up so long before its limit at the latest: thinking, writing, an answer."""
ASKED_LEAD_S: Final = 420
"""The same where somebody must be asked first."""
GRACE_S: Final = 60
"""So long before its limit a message goes out without the answer that was asked for."""
AFTER: Final = ("report", "book_meeting", "hold_meeting", "actions", "close", "gates", "watch")
_FIRST: Final = ("acknowledge", "engage", "assess", "declare")
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
ANSWERED_S: Final = 600
"""After so long a last word goes out without the leave that was asked for."""
PATIENCE_S: Final = 900
"""Closing waits so long for last words somebody else owes."""


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
    for target in mind.owed:
        by = target.due - GRACE_S if target.does in _MESSAGES else None
        if target.done is not None or target.does in (*AFTER, *_FIRST):
            continue
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
    owed = [t for t in mind.owed if t.does in ("declare", "assess", "ticket")]
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
    text = impact(mind.picture)
    match target.does:
        case "assign":
            return Assign(role=target.role, person=mind.picture.holder(target.role))
        case "open_channel" | "open_bridge":
            return OpenChannel(kind=_CHANNELS[target.does])
        case "ticket":
            return Note(text=f"Ticket: {text}")
        case "notify":
            if mind.holds(target.role):
                return None
            here = mind.picture.holder(target.role) in mind.here
            if _rule(mind, target).how == "page" and not here:
                return Page(role=target.role, text=text)
            return Notify(role=target.role, text=text)
        case "escalate":
            if mind.picture.holder(target.role) in mind.here:
                return None
            return Page(role=target.role, text=text)
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
    if not name or _being_written(mind, uses):
        return None
    wish = sending(mind, name, urgent_from=target.due - GRACE_S)
    sent = mind.memory.given.get(f"send_message:{name}", (0, -1))[1]
    if isinstance(wish.order, SendMessage) and not target.repeats_s and sent >= target.opens:
        return None if mind.memory.times(wish.key) else wish
    return wish


def _being_written(mind: Mind, uses: tuple[str, ...]) -> bool:
    """Whether somebody is writing one of these at this moment."""
    templates = mind.brief.plan.templates
    works = [work.item for work in mind.picture.work.values() if work.kind == "message"]
    return any(item in templates and templates[item].use in uses for item in works)


def sending(mind: Mind, name: str, *, urgent_from: int) -> Wish:
    """Sending a message, asking first where the plan wants leave; without it only when it is late."""
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


def afterwards(mind: Mind) -> Iterator[Wish]:
    """What is left once people say that it is over: words, closing, debts, review, report."""
    incident = mind.picture.incident
    if incident is None or incident.resolved_at is None:
        return
    yield from _last(mind, incident.resolved_at)
    if incident.closed_at is None:
        yield from _closing(mind, incident.resolved_at)
    yield from _owning(mind)
    if incident.closed_at is not None:
        yield from _reviewing(mind, incident.closed_at)


def _last(mind: Mind, resolved_at: int) -> Iterator[Wish]:
    """The last words to everybody who was told."""
    for name, roles in _unsaid(mind, resolved_at):
        uses = (mind.brief.plan.templates[name].use,)
        if mind.speaker(roles) == mind.person and not _being_written(mind, uses):
            wish = sending(mind, name, urgent_from=resolved_at + ANSWERED_S)
            yield replace(wish, kind="message")


def _unsaid(mind: Mind, resolved_at: int) -> list[tuple[str, tuple[str, ...]]]:
    """(template, who owes it) of the last words that are still to be said."""
    left = []
    for use, roles in _last_words(mind):
        name = template_for(mind, use)
        said = any(m.use == use and m.at >= resolved_at for m in mind.picture.talk.messages)
        if name and not said and not mind.skips("misses", mind.habits.misses, f"last:{use}"):
            left.append((name, roles))
    return left


def _closing(mind: Mind, resolved_at: int) -> Iterator[Wish]:
    """Closing, once its items are done or have taken too long."""
    ending = mind.brief.plan.ending
    unsaid = len(_unsaid(mind, resolved_at))
    if "meeting_booked" in ending.closing_needs and "book_meeting" not in mind.picture.deeds:
        unsaid += 1
        if mind.speaker(_owners(mind, "book_meeting")) == mind.person:
            yield Wish(order=BookMeeting(after_s=_meeting_in(mind)), kind="after")
    if mind.speaker(_owners(mind, "close")) == mind.person:
        watch = ending.watch.get(mind.level, 0) if ending.watch_is == "after_resolved" else 0
        patience = PATIENCE_S if unsaid else 0
        yield Wish(order=Close(), kind="after", ready_at=resolved_at + max(watch, patience))


def _last_words(mind: Mind) -> tuple[tuple[str, tuple[str, ...]], ...]:
    needs = mind.brief.plan.ending.closing_needs
    wrote = any(m.use == "customer_notice" for m in mind.picture.talk.messages)
    words = [("resolution", _owners(mind, "resolution_message"))]
    if any(m.use == "status_page" for m in mind.picture.talk.messages):
        words.append(("status_page", _owners(mind, "status_page")))
    if wrote or "customers" in needs:
        use = "customer_resolution" if wrote else "customer_notice"
        words.append((use, _owners(mind, "customer_notice")))
    return tuple(words)


def _owning(mind: Mind) -> Iterator[Wish]:
    """An owner and a date for whatever a temporary measure left behind."""
    if mind.speaker(_owners(mind, "actions")) != mind.person:
        return
    for debt, terms in mind.picture.debts.items():
        if not terms.settled and not terms.owner:
            order = AddAction(
                text=f"Put right: {terms.says}", owner=mind.person, due_in_s=7 * 86_400, debt=debt
            )
            if not mind.memory.times(f"add_action:{order.text}"):
                yield Wish(order=order, kind="after")


def _reviewing(mind: Mind, closed_at: int) -> Iterator[Wish]:
    """Actions, meeting, report, in this order: the report ends it."""
    deeds = mind.picture.deeds
    plan = mind.brief.plan
    level = mind.level
    waits = False
    if "action_item" not in deeds and not mind.skips("misses", mind.habits.misses, "actions"):
        waits = closed_at + 3600 > mind.now
        if mind.speaker(_owners(mind, "actions")) == mind.person:
            cause = mind.brief.scenario.causes.get(mind.named, mind.named)
            text = f"Keep it from coming back: {cause or 'find out why'}"
            order = AddAction(text=text, owner=mind.person, due_in_s=14 * 86_400)
            yield Wish(order=order, kind="after")
    holds = [t for t in plan.duties.values() if t.does == "hold_meeting" and level in t.within]
    left_out = mind.skips("misses", mind.habits.misses, "meeting")
    if holds and "hold_meeting" not in deeds and not left_out:
        waits = True
        yield from _meeting(mind, closed_at)
    assert mind.picture.incident is not None
    resolved_at = mind.picture.incident.resolved_at or closed_at
    late = mind.now > closed_at + PATIENCE_S
    if waits or "report" in deeds or (_unsaid(mind, resolved_at) and not late):
        return
    if mind.speaker(_owners(mind, "report")) == mind.person:
        yield Wish(order=report(mind), kind="after")


def _meeting(mind: Mind, closed_at: int) -> Iterator[Wish]:
    if "book_meeting" not in mind.picture.deeds:
        if mind.speaker(_owners(mind, "book_meeting")) == mind.person:
            yield Wish(order=BookMeeting(after_s=_meeting_in(mind)), kind="after")
    elif mind.speaker(_owners(mind, "hold_meeting")) == mind.person:
        ready = max(closed_at, mind.memory.meeting_at)
        yield Wish(order=HoldMeeting(), kind="after", ready_at=ready)


def _meeting_in(mind: Mind) -> int:
    """Soon, while it is fresh, and inside the plan's limit."""
    held = mind.brief.plan.post_incident.meeting.held_within.get(mind.level, 86_400)
    return min(4 * 3600, max(1800, held // 4))


def _owners(mind: Mind, verb: str) -> tuple[str, ...]:
    rules = [rule for rule in mind.brief.plan.duties.values() if rule.does == verb]
    rules.sort(key=lambda rule: mind.level not in rule.within)
    return rules[0].owed_by if rules else ("commander", "on_call")
