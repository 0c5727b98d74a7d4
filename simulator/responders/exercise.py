"""Working through the items of an exercise: what is asked for, step by step, then the answer.

Rule 1: the sealed way an item is done well is opened once the item was asked for; steps that slip
somebody's mind are left out, drawn once for each (`misses` for what is to be done, `skips_gate`
for what a decision rests on).
Rule 2: whoever has seen something that speaks for an answer gives that one as surely as they read
(`reading`), else any answer is as likely as another; which is right no bot knows.
Rule 3: whose it is goes by role; the first asked for comes first.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from simulator.brief.conditions import holds
from simulator.brief.scenario.exercise import How, Item
from simulator.journal.commands.base import Command
from simulator.journal.commands.exercise import Decide
from simulator.journal.commands.talk import AskColleague, Note
from simulator.journal.commands.work import Look, Mitigate
from simulator.journal.situation import ItemState
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish

AGAIN_S: Final = 300
"""How long an answer is waited for before one asks again."""


def settling(mind: Mind) -> Iterator[Wish]:
    """The next step of every item this person owes and has not settled; the phone comes first."""
    pages = mind.picture.pages.values()
    if any(p.state == "triggered" and mind.person in dict(p.sent) for p in pages):
        return
    for name, state in mind.picture.items.items():
        item = mind.brief.scenario.items[name]
        if state.at is not None or _owner(mind, item) != mind.person:
            continue
        if wish := _next(mind, name, item, state):
            yield wish


def _owner(mind: Mind, item: Item) -> str:
    """Whose an item is: the first of its roles somebody holds, whoever is about."""
    holders = (mind.picture.holder(role) for role in item.owed_by)
    return next((holder for holder in holders if holder), "")


def _next(mind: Mind, name: str, item: Item, state: ItemState) -> Wish | None:
    due = state.opened + state.within_s
    for number, step in enumerate(item.how):
        if _slips(mind, name, number, item):
            continue
        order = _order(step)
        acted = _acted(mind, item.how[:number])
        if order is None or _is_done(mind, step, order, since=acted):
            continue
        if step.when is not None and not holds(step.when, mind.known):
            continue
        if mind.picture.busy(mind.person) is not None and isinstance(order, Look | Mitigate):
            return None
        return Wish(order=order, kind="duty", due=due, ready_at=_from(mind, order, acted))
    if not item.choices:
        return None
    choice = _choice(mind, name, item)
    order = Decide(item=name, choice=choice, because=_why(mind, item, choice))
    return Wish(order=order, kind="duty", due=due)


def _slips(mind: Mind, name: str, number: int, item: Item) -> bool:
    share = mind.habits.skips_gate if item.choices else mind.habits.misses
    return mind.skips("misses", share, f"item:{name}", n=number)


def _order(step: How) -> Command | None:
    if step.look is not None:
        return Look(look=step.look)
    if step.act is not None:
        return Mitigate(action=step.act)
    if step.ask is not None:
        return AskColleague(person=step.ask, text=step.about)
    return None if step.note is None else Note(text=step.note, decision=True)


def _acted(mind: Mind, before: Sequence[How]) -> int:
    """The second the last of these steps that changes something ended; -1 where none did."""
    acts = (step.act for step in before if step.act is not None)
    return max((mind.memory.finished.get(act, -1) for act in acts), default=-1)


def _from(mind: Mind, order: Command, acted: int) -> int:
    """From when on an order is worth giving: a question only once the last one had its time."""
    if isinstance(order, AskColleague):
        asked = [q.at for q in mind.picture.talk.questions.values() if q.text == order.text]
        return max((at + AGAIN_S for at in asked), default=0)
    given, last = mind.memory.given.get(Wish(order=order, kind="duty").key, (0, 0))
    return last + AGAIN_S if given and last >= acted else 0


def _is_done(mind: Mind, step: How, order: Command, *, since: int) -> bool:
    """Whether a step has been taken, a look after what it is to show, or cannot be taken."""
    memory, picture = mind.memory, mind.picture
    if Wish(order=order, kind="duty").key in memory.barred:
        return True
    if step.look is not None:
        return any(find.look == step.look and find.at >= since for find in memory.finds)
    if step.act is not None:
        return f"done:{step.act}" in picture.deeds
    if step.ask is not None:
        return any(
            question.text == step.about and question.answered
            for question in picture.talk.questions.values()
        )
    return bool(memory.times(Wish(order=order, kind="duty").key))


def _choice(mind: Mind, name: str, item: Item) -> str:
    """The answer given: what one has seen speaks for, where one understands it; else a guess."""
    found = mind.picture.known.clues
    told = [choice for clue, choice in item.evidence.items() if clue in found]
    key = (mind.person, name)
    if told and mind.chance.happens(mind.habits.reading, "understands", *key):
        return max(item.choices, key=told.count)
    return mind.chance.one_of(tuple(item.choices), "guesses", *key)


def _why(mind: Mind, item: Item, choice: str) -> str:
    """What one has seen that speaks for the answer, in the words of the find."""
    found, clues = mind.picture.known.clues, mind.brief.scenario.clues
    told = [clue for clue, one in item.evidence.items() if clue in found and one == choice]
    return "; ".join(clues[clue].shows.rstrip(".") for clue in told)
