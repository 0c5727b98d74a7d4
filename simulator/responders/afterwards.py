"""What is left once people say that it is over: last words, closing, debts, review, report.

Rule 1: the report comes last, because it ends the drill; whatever is owed before is done before.
Rule 2: somebody else's last word is waited for, but not for ever.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from simulator.journal.commands.incident import AddAction, BookMeeting, Close, HoldMeeting
from simulator.responders.items import debt_items, lesson_items
from simulator.responders.messages import template_for
from simulator.responders.mind import Mind
from simulator.responders.report import report
from simulator.responders.sending import being_written, sending
from simulator.responders.wish import Wish

ANSWERED_S: Final = 600
"""After so long a last word goes out without the leave that was asked for."""
PATIENCE_S: Final = 900
"""Closing waits so long for last words somebody else owes."""


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
        if mind.speaker(roles) == mind.person and not being_written(mind, uses):
            wish = sending(mind, name, urgent_from=resolved_at + ANSWERED_S)
            yield replace(wish, kind="message")


def _unsaid(mind: Mind, resolved_at: int) -> list[tuple[str, tuple[str, ...]]]:
    """(template, who owes it) of the last words that are still to be said."""
    left = []
    for use, roles in _last_words(mind):
        name = template_for(mind, use)
        # Customers may hear the end from restored on; the page says resolved only when it is.
        since = resolved_at if use == "status_page" else min(resolved_at, mind.cured_at)
        said = any(m.use == use and m.at >= since for m in mind.picture.talk.messages)
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
    words = []
    if not any(m.use == "resolution" for m in mind.picture.talk.messages):
        words.append(("resolution", _owners(mind, "resolution_message")))
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
    for order in debt_items(mind):
        if not mind.picture.debts[order.debt].owner:
            yield from _adding(mind, order)


def _learning(mind: Mind) -> Iterator[Wish]:
    """An owner and a date for the cause, and for each alert nobody had taken before."""
    if not mind.skips("misses", mind.habits.misses, "actions"):
        for order in lesson_items(mind):
            yield from _adding(mind, order)


def _adding(mind: Mind, order: AddAction) -> Iterator[Wish]:
    wish = Wish(order=order, kind="after")
    if not mind.memory.times(wish.key):
        yield wish


def _reviewing(mind: Mind, closed_at: int) -> Iterator[Wish]:
    """Actions, meeting, report, in this order: the report ends it."""
    deeds = mind.picture.deeds
    plan = mind.brief.plan
    level = mind.level
    waits = False
    if mind.speaker(_owners(mind, "actions")) == mind.person:
        adding = tuple(_learning(mind))
        waits = bool(adding) and closed_at + 3600 > mind.now
        yield from adding
    elif "action_item" not in deeds and not mind.skips("misses", mind.habits.misses, "actions"):
        waits = closed_at + 3600 > mind.now
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
