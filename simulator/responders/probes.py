"""Players nobody should score well with: they test the score, not themselves.

Rule 1: idle does nothing; random says a uniform legal order every 60 s; spammer takes every action
in the order of the file at the top level with a message every 30 s, and looks at nothing; hinter
takes every hint.
Rule 2: none of them stands down, steps out or calls a real emergency.
"""

from collections.abc import Callable, Iterator
from typing import Final

from simulator.journal.commands.base import Command
from simulator.journal.commands.incident import (
    Assign,
    Close,
    Declare,
    OpenChannel,
    Regrade,
    Resolve,
    SetStatus,
    SubmitReport,
)
from simulator.journal.commands.paging import Acknowledge, Notify, Page
from simulator.journal.commands.room import IAmStuck
from simulator.journal.commands.talk import Note, SendMessage
from simulator.journal.commands.work import Hypothesise, Look, Mitigate
from simulator.responders.habits import Habits
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish

AT_ONCE: Final = Habits(
    name="probe", ack_s=1, ack_sigma=0.0, think_s=1, think_sigma=0.0,
    misses=0.0, reading=0.0, trust=1.0, skips_gate=1.0, minds_refusals=False,
)  # fmt: skip
EVERY_S: Final = 60
MESSAGE_EVERY_S: Final = 30
STUCK_EVERY_S: Final = 180


def nothing(_: Mind) -> Iterator[Wish]:
    """No order at all."""
    return iter(())


def stuck(mind: Mind) -> Iterator[Wish]:
    """Asking for the next hint, once somebody is at work."""
    if mind.person in mind.here and "resolved" not in mind.picture.marks:
        _, last = mind.memory.given.get("i_am_stuck", (0, -STUCK_EVERY_S))
        yield Wish(order=IAmStuck(), kind="task", ready_at=last + STUCK_EVERY_S)


def anything(mind: Mind) -> Iterator[Wish]:
    """One order of all that could be named, every minute, each as likely as the other."""
    if mind.person not in _paged(mind):
        return
    n = sum(count for count, _ in mind.memory.given.values())
    ready = mind.memory.last_order + EVERY_S if n else mind.now
    could = tuple(_nameable(mind))
    drawn = int(mind.chance.unit("random", mind.person, n=n) * len(could))
    yield Wish(order=could[drawn](), kind="task", ready_at=ready)


def everything(mind: Mind) -> Iterator[Wish]:
    """Every action in file order, the top level, a message every 30 s, never a look."""
    if mind.person not in _paged(mind):
        return
    plan, scenario = mind.brief.plan, mind.brief.scenario
    for name, page in mind.picture.pages.items():
        if page.state == "triggered" and not mind.memory.times(f"acknowledge:{name}"):
            yield Wish(order=Acknowledge(page=name), kind="acknowledge")
    if mind.picture.incident is None:
        if not mind.memory.times("declare"):
            yield Wish(order=Declare(level=plan.ordered()[0]), kind="declare")
        return
    sent = [key for key in mind.memory.given if key.startswith("send_message:")]
    last = max((mind.memory.given[key][1] for key in sent), default=-MESSAGE_EVERY_S)
    count = sum(mind.memory.given[key][0] for key in sent)
    names = tuple(plan.templates)
    order = _first_choices(mind, names[count % len(names)])
    yield Wish(order=order, kind="urgent", ready_at=last + MESSAGE_EVERY_S)
    if mind.picture.busy(mind.person):
        return
    for action in scenario.actions:
        if f"mitigate:{action}" not in mind.memory.given:
            yield Wish(order=Mitigate(action=action, anyway=True), kind="act")
            return


def _paged(mind: Mind) -> frozenset[str]:
    """Whoever was paged, or is about."""
    sent = {to for page in mind.picture.pages.values() for to, _ in page.sent}
    return mind.here | sent


def _first_choices(mind: Mind, name: str) -> SendMessage:
    """A message with every field at its first choice."""
    plan, scenario = mind.brief.plan, mind.brief.scenario
    first = {
        "level": plan.ordered()[0],
        "status": next(iter(plan.statuses)),
        "cause": next(iter(scenario.causes)),
        "next_update": "300",
        "eta": "300",
    }
    fields = plan.templates[name].fields
    return SendMessage(
        template=name, fields={n: first.get(terms.holds, "1") for n, terms in fields.items()}
    )


def _nameable(mind: Mind) -> Iterator[Callable[[], Command]]:
    """Every order a seat could name, as a maker of it."""
    plan, scenario = mind.brief.plan, mind.brief.scenario
    orders: list[Command] = [Look(look=look) for look in scenario.looks]
    orders += [Mitigate(action=action) for action in scenario.actions]
    orders += [Hypothesise(cause=cause, confidence=50) for cause in scenario.causes]
    orders += [Declare(level=level) for level in plan.levels]
    orders += [Regrade(level=level) for level in plan.levels]
    orders += [SetStatus(status=status) for status in plan.statuses]
    orders += [Acknowledge(page=page) for page in mind.picture.pages]
    orders += [Page(role=role) for role in plan.roles]
    orders += [Notify(role=role) for role in plan.roles]
    orders += [Assign(role=role, person=mind.person) for role in plan.roles]
    orders += [OpenChannel(kind=kind) for kind in ("channel", "bridge", "war_room")]
    orders += [_first_choices(mind, name) for name in plan.templates]
    orders += [Note(text="Noted."), Resolve(), Close(), SubmitReport()]
    return iter([lambda order=order: order for order in orders])
