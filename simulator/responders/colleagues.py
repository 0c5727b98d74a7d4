"""Being called: taking pages, and doing what one was asked to do.

Rule 1: a task is read first, then given as an order of one's own.
Rule 2: somebody whose phone is off takes no page.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from simulator.errors import JournalError
from simulator.journal.commands.base import Command
from simulator.journal.commands.paging import Acknowledge
from simulator.journal.entry import build
from simulator.journal.situation import Task
from simulator.responders.messages import as_of
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish, key_of

UNPAGED_S: Final = 60
"""How long an alert that woke nobody may stand: the pager, if it comes, comes first."""
SLOW_S: Final = 300
"""A page somebody missed is seen so much later."""


def answering(mind: Mind) -> Iterator[Wish]:
    """Pages of one's own that nobody has taken."""
    person = mind.brief.roster.people.get(mind.person)
    if person is not None and person.silent:
        return
    for name, page in mind.picture.pages.items():
        sent = [at for to, at in page.sent if to == mind.person]
        mine = any(by == mind.person for by, _ in page.acknowledged)
        taken = bool(page.acknowledged) and page.why in ("alert", "no_ack")
        if not sent or mine or taken or page.state in ("dismissed", "resolved"):
            continue
        missed = mind.skips("misses", mind.habits.misses, f"page:{name}", n=len(sent))
        asked = sent[-1] + (SLOW_S if missed else 0)
        order = Acknowledge(page=name)
        yield Wish(order=order, kind="acknowledge", pace="ack", asked_at=asked)


def taking_alerts(mind: Mind) -> Iterator[Wish]:
    """An alert that should page but wakes nobody at its level: taken by hand by who is on call."""
    if mind.picture.pages or not mind.holds("on_call"):
        return
    for name, alert in mind.picture.alerts.items():
        if alert.page and alert.firing and alert.since >= 0:
            asked = alert.at + UNPAGED_S
            yield Wish(order=Acknowledge(page=name), kind="acknowledge", pace="ack", asked_at=asked)


def helping(mind: Mind) -> Iterator[Wish]:
    """Orders somebody asked this person to give."""
    for task in mind.picture.talk.tasks.values():
        if task.to != mind.person or task.done:
            continue
        order = order_of(task)
        if order is None:
            continue
        last = mind.memory.given.get(key_of(order), (0, -1))[1]
        if last < task.at:
            draft = partial(as_of, order=order)
            yield Wish(order=order, draft=draft, kind="task", pace="read", asked_at=task.at)


def order_of(task: Task) -> Command | None:
    """The order somebody was asked to give; None where it is none."""
    try:
        order = build(task.what, task.order)
    except JournalError:
        return None
    return order if isinstance(order, Command) else None
