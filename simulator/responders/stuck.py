"""Not getting on: saying so to everybody, then calling somebody who may know.

Rule 1: it is said once after so many looks that led nowhere, by whoever has such moments.
Rule 2: whoever said it waits for no volunteer: the first colleague at a terminal who knows anything
is asked, one each time.
"""

from collections.abc import Iterator
from typing import Final

from simulator.journal.commands.base import Command
from simulator.journal.commands.paging import Page
from simulator.journal.commands.talk import AskColleague, Say
from simulator.responders.messages import stated
from simulator.responders.mind import Mind
from simulator.responders.sharing import has_seat, who_may_know
from simulator.responders.standing import LOOKERS
from simulator.responders.wish import Wish

LOOKS: Final = 5
"""So many looks of one's own without a cause are a moment to say so."""


def stuck(mind: Mind) -> Iterator[Wish]:
    """Saying that one does not get on, and asking somebody what they think, vaguely."""
    own = sum(1 for find in mind.memory.finds if find.by == mind.person)
    often = own // LOOKS
    if not often or not mind.acts or mind.named or mind.picture.incident is None:
        return
    if not mind.lapses("stray", mind.habits.strays, "stuck", n=often):
        return
    text = f"I am stuck: {often * LOOKS} looks, and I do not know what it is. Who can help?"
    if not mind.memory.times(f"say:{text}"):
        yield Wish(order=Say(text=text), kind="post", pace="quick")
    elif not _has_called(mind, since=mind.memory.given[f"say:{text}"][1]):
        yield from _calling(mind)


def _has_called(mind: Mind, since: int) -> bool:
    """Whether one has called or asked anybody since."""
    asks = ("page:", "ask_colleague:")
    return any(key.startswith(asks) and at > since for key, (_, at) in mind.memory.given.items())


def _calling(mind: Mind) -> Iterator[Wish]:
    """A question to the first who may know: at once where they are here, else by a page."""
    for name in who_may_know(mind):
        role = mind.brief.scenario.colleagues[name].role
        if role not in LOOKERS:
            continue
        order: Command = AskColleague(person=name, text=f"What do you think? {stated(mind)}")
        if name not in mind.here and has_seat(mind, name):
            order = Page(role=role, text=f"We do not get on: {stated(mind)}")
        wish = Wish(order=order, kind="post", pace="quick")
        if not mind.memory.times(wish.key) and mind.picture.busy(name) is None:
            yield wish
            return
