"""Showing others what one found, where it tells something the channel has not.

Rule 1: a find is news for a clue or a figure nobody was shown, or shown otherwise, or too long ago.
"""

from collections.abc import Iterator, Sequence

from simulator.journal.commands.talk import PostFind
from simulator.journal.situation import Find
from simulator.responders.impact import FRESH_S
from simulator.responders.mind import Mind
from simulator.responders.wish import Wish


def posting(mind: Mind) -> Iterator[Wish]:
    """Showing others what one found, where it tells something they have not been shown."""
    if mind.alone or mind.picture.incident is None:
        return
    own = [find for find in mind.memory.finds if find.by == mind.person]
    shown = [one for one in mind.memory.finds if one.seq in mind.memory.posted]
    known = frozenset(clue for one in shown for clue in one.clues)
    for n, find in enumerate(own):
        tells = not known.issuperset(find.clues)  # a clue stays true when its figures are past
        if (find.at < mind.cured_at and not tells) or mind.memory.times(f"post_find:{find.seq}"):
            continue
        if not is_told_anew(find, own[n + 1 :]) and (tells or _is_news(shown, find)):
            yield Wish(order=PostFind(found=find.seq), kind="post", pace="quick")
            return


def is_told_anew(find: Find, later: Sequence[Find]) -> bool:
    """Whether later finds of one's own tell all of it, as it is now."""
    facts = {name for one in later for name in one.facts}
    clues = {clue for one in later for clue in one.clues}
    return bool(later) and find.facts.keys() <= facts and clues.issuperset(find.clues)


def _is_news(shown: Sequence[Find], find: Find) -> bool:
    """Whether a find holds a figure the channel has not, and nothing newer shown has it.

    How many fail is news again once the channel's figure is too old to be told as the present.
    """
    for name, value in find.facts.items():
        newest = max((one for one in shown if name in one.facts), key=_seq, default=None)
        if newest is None:
            return True
        is_old = name == "errors" and find.at - newest.at > FRESH_S
        if newest.seq < find.seq and (is_old or _differs(newest.facts[name], value)):
            return True
    return False


def _seq(find: Find) -> int:
    return find.seq


def _differs(before: object, now: object) -> bool:
    """Whether a figure is worth telling again: a fifth more or less, or another word."""
    if isinstance(before, int) and isinstance(now, int):
        return abs(before - now) > max(before, now) / 5
    return before != now
