"""Players nobody should score well with: they test the score, not themselves.

Rule 1: idle does nothing; random says a uniform legal order every 60 s; spammer takes every action
in the order of the file at the top level with a message every 30 s, and looks at nothing; hinter
takes every hint.
Rule 2: none of them stands down, steps out or calls a real emergency.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

from simulator.brief.authority import may
from simulator.brief.plan.words import Status
from simulator.brief.scenario.sight import Scope
from simulator.journal.commands.base import Command
from simulator.journal.commands.exercise import Decide
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
from simulator.responders.checks import words
from simulator.responders.habits import Habits
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish

Maker: TypeAlias = Callable[[], Command]
"""Makes one order: only the one that is drawn is made."""

AT_ONCE: Final = Habits(
    name="probe", ack_s=1, ack_sigma=0.0, think_s=1, think_sigma=0.0,
    misses=0.0, reading=0.0, trust=1.0, skips_gate=1.0, minds_refusals=False,
)  # fmt: skip
EVERY_S: Final = 60
MESSAGE_EVERY_S: Final = 30
STUCK_EVERY_S: Final = 180
USED_UP_S: Final = 600
"""Until one asks again where the hints of a stage are used up."""
SHARED: Final = 2
"""A hint names a look by at least so many words of its title."""


def nothing(_: Mind) -> Iterator[Wish]:
    """No order at all."""
    return iter(())


def stuck(mind: Mind) -> Iterator[Wish]:
    """What the last hint names, and then the next hint.

    Only whoever acts asks, so that one hint is given once. Where the last was told twice, or none
    was to be had, people may be further later: one asks again, but seldom.
    """
    if not mind.acts or mind.person not in mind.here or mind.picture.busy(mind.person):
        return
    hints, memory = mind.memory.hints, mind.memory
    if hints and (look := _named_in(mind, hints[-1])):
        yield Wish(order=Look(look=look), kind="task")
        return
    if "resolved" in mind.picture.marks:
        return
    is_used_up = len(hints) > 1 and hints[-1] == hints[-2]
    _, last = memory.given.get("i_am_stuck", (0, mind.began))
    ready = last + (USED_UP_S if is_used_up else STUCK_EVERY_S)
    ready = max(ready, memory.free_from("i_am_stuck"))
    yield Wish(order=IAmStuck(), kind="task", ready_at=ready)


def _named_in(mind: Mind, hint: str) -> str:
    """The look nobody has taken yet whose title shares most words with a hint; empty for none."""
    said = words(hint)
    fit = {
        name: len(said & words(terms.title))
        for name, terms in mind.brief.scenario.looks.items()
        if name not in mind.memory.begun and f"look:{name}" not in mind.memory.barred
    }
    best = max(fit, key=lambda name: (fit[name], name), default="")
    return best if best and fit[best] >= SHARED else ""


def anything(mind: Mind) -> Iterator[Wish]:
    """One order of all that could be named, every minute, each as likely as the other."""
    if mind.person not in _paged(mind):
        return
    ready = mind.memory.last_order + EVERY_S if mind.memory.given else mind.now
    yield Wish(order=Note(text="anything"), draft=_drawn, kind="task", ready_at=ready)


def _drawn(mind: Mind) -> Command:
    """One of all orders that could be named, by chance."""
    n = sum(count for count, _ in mind.memory.given.values())
    could = tuple(_nameable(mind))
    return could[int(mind.chance.unit("random", mind.person, n=n) * len(could))]()


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
    for item, state in mind.picture.items.items():
        choices = scenario.items[item].choices
        if choices and not mind.memory.times(f"decide:{item}") and state.at is None:
            yield Wish(order=Decide(item=item, choice=next(iter(choices))), kind="act")
    if mind.picture.busy(mind.person):
        return
    for action in scenario.actions:
        if f"mitigate:{action}" not in mind.memory.given:
            yield Wish(order=Mitigate(action=action, anyway=True), kind="act")
            return


def _paged(mind: Mind) -> frozenset[str]:
    """Whoever was paged, or is about, or owes something an exercise asks for."""
    sent = {to for page in mind.picture.pages.values() for to, _ in page.sent}
    items = mind.brief.scenario.items
    owing = {
        mind.picture.holder(role) for name in mind.picture.items for role in items[name].owed_by
    }
    return mind.here | sent | owing


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


def _nameable(mind: Mind) -> Iterator[Maker]:
    """Every order that is legal for a seat now, as a maker of it.

    What there is in some variants only cannot be named by a seat that does not know which it is.
    """
    yield from _deeds(mind)
    yield from _words(mind)


def _deeds(mind: Mind) -> Iterator[Maker]:
    """Pages, looks, actions, and what may be said at any time."""
    plan, scenario = mind.brief.plan, mind.brief.scenario
    yield partial(Note, text="Noted.")
    yield from (partial(Hypothesise, cause=cause, confidence=50) for cause in scenario.causes)
    for name, page in mind.picture.pages.items():
        if page.state == "triggered":
            yield partial(Acknowledge, page=name)
    for item in mind.picture.items:
        choices = scenario.items[item].choices
        yield from (partial(Decide, item=item, choice=choice) for choice in choices)
    others = [role for role in plan.roles if not mind.holds(role)]
    yield from (partial(Page, role=role) for role in others)
    yield from (partial(Notify, role=role) for role in others)
    if mind.picture.busy(mind.person):
        return
    yield from (
        partial(Look, look=look) for look, terms in scenario.looks.items() if everywhere(terms)
    )
    for name, action in scenario.actions.items():
        if everywhere(action) and may(plan, mind.roles, action):
            yield partial(Mitigate, action=name)


def everywhere(terms: Scope) -> bool:
    """Whether something is there in every variant."""
    return not (terms.only_in or terms.not_in)


def _words(mind: Mind) -> Iterator[Maker]:
    """The incident's life: opened once, then led as its lifecycle allows."""
    plan, incident = mind.brief.plan, mind.picture.incident
    if incident is None:
        yield from (partial(Declare, level=level) for level in plan.levels)
        return
    if incident.closed_at is not None:
        if "report" not in mind.picture.deeds:
            yield SubmitReport
        return
    yield from (partial(Regrade, level=level) for level in plan.levels if level != incident.level)
    statuses: Mapping[Any, Status] = plan.statuses
    terms = statuses.get(incident.status)
    following = terms.next if terms else ()
    yield from (partial(SetStatus, status=s) for s in following if s not in ("resolved", "closed"))
    yield from (partial(Assign, role=role, person=mind.person) for role in plan.roles)
    for kind in ("channel", "bridge", "war_room"):
        if kind not in incident.channels:
            yield partial(OpenChannel, kind=kind)
    if not mind.picture.busy(mind.person):
        yield from (partial(_first_choices, mind, name) for name in plan.templates)
    if incident.resolved_at is None and "resolved" in following:
        yield Resolve
    elif incident.resolved_at is not None:
        yield Close
