"""A bot: reads what its seat is told, wants one thing at a time, and takes a person's time for it.

Rule 1: a pure fold: two bots told the same entries stand in the same place, intent included.
Rule 2: a second is weighed as a whole, when the next one begins or somebody asks; what was wanted
before it keeps its place in the queue as long as it is still wanted.
Rule 3: no order is ever due in the second it was formed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.journal.situation import Situation
from simulator.responders.habits import MANNERS, RANKS, Habits
from simulator.responders.memory import Memory
from simulator.responders.mind import Mind
from simulator.responders.responder import Intent
from simulator.responders.standing import standing
from simulator.responders.wish import Wish, first

Wants: TypeAlias = Callable[[Mind], Iterable[Wish]]
READS_S: Final = (10, 60)
ANSWERS_S: Final = (30, 240)
REPLIES_S: Final = (30, 120)
"""From a voice to the word it gets."""
QUICK: Final = 0.3
"""A post or a status line takes this share of a thought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is wanted, since when, and in which second it will be said."""

    key: str = ""
    since: int = -1
    due: int | None = None
    write: Callable[[], Command] | None = None
    """Writes the order out: long messages only when they are said."""


class Bot:
    """Plays one chair."""

    def __init__(
        self, person: str, habits: Habits, wants: Wants, brief: Brief, chance: Chance
    ) -> None:
        self.person = person
        self.habits = habits
        self._wants = wants
        self._brief = brief
        self._chance = chance
        self._ranks = RANKS | MANNERS[habits.style].ranks
        self._memory = Memory(me=person)
        self._picture = Situation()
        self._standing = standing(person, brief.plan, self._picture, self._memory.here)
        self._now = -1
        self._before = _Plan()
        """As it stood when the last second was over."""
        self._plan: _Plan | None = _Plan()
        """As of now; None until somebody asks."""

    def notice(self, entry: Entry, picture: Situation) -> None:
        """Read an entry of the seat's; `picture` is the seat's fold with it."""
        if entry.at > self._now:
            self._before = self._weighed()
            self._now = entry.at
        self._memory = self._memory.after(entry)
        self._picture = picture
        self._plan = None

    @property
    def due(self) -> int | None:
        """The second of the next order, or None while there is nothing to do."""
        return self._weighed().due

    @property
    def intent(self) -> Intent | None:
        """The next order, written out in full."""
        plan = self._weighed()
        if plan.due is None or plan.write is None:
            return None
        return Intent(at=plan.due, command=plan.write())

    def mind(self) -> Mind:
        """All it has at hand to decide with, as of the last entry it was told."""
        self._standing = self._standing.as_of(self._picture, self._memory.here)
        return Mind(
            person=self.person,
            brief=self._brief,
            habits=self.habits,
            chance=self._chance,
            picture=self._picture,
            memory=self._memory,
            standing=self._standing,
            now=self._now,
        )

    def _weighed(self) -> _Plan:
        if self._plan is None:
            self._plan = self._weigh()
        return self._plan

    def _weigh(self) -> _Plan:
        """What comes first now, and when it will be said."""
        mind = self.mind()
        barred = self._memory.barred if self.habits.minds_refusals else frozenset()
        wishes = [self._timed(wish) for wish in self._wants(mind) if wish.key not in barred]
        wish = first(wishes, self._ranks, self._now)
        if wish is None:
            return _Plan()
        kept = wish.key == self._before.key and self._before.since >= self._memory.last_order
        since = self._before.since if kept else self._now
        due = max(since + self._thought(wish), wish.ready_at, self._now + 1)
        return _Plan(key=wish.key, since=since, due=due, write=lambda: wish.written(mind.at(due)))

    def _timed(self, wish: Wish) -> Wish:
        """The wish with the second it is ripe: its own delay counted, refusals waited out."""
        refused = self._memory.free_from(wish.key) if self.habits.minds_refusals else 0
        ripe = max(wish.ready_at, refused)
        if wish.pace in ("think", "quick"):
            return wish if ripe == wish.ready_at else replace(wish, ready_at=ripe)
        n = self._memory.given.get(wish.key, (0, 0))[0]
        key = (self.person, wish.key)
        habits = self.habits
        match wish.pace:
            case "ack":
                drawn = self._chance.human(habits.ack_s, habits.ack_sigma, "ack", *key, n=n)
            case "approve":
                drawn = self._chance.span(*ANSWERS_S, "approve", *key, n=n)
            case "reply":
                drawn = self._chance.span(*REPLIES_S, "reply", self.person, n=wish.asked_at)
            case _:  # "read": the last pace there is
                drawn = self._chance.span(*READS_S, "read", *key, n=n)
        return replace(wish, ready_at=max(ripe, wish.asked_at + drawn.seconds))

    def _thought(self, wish: Wish) -> int:
        """How long a person of these habits takes from wanting it to saying it."""
        if wish.pace not in ("think", "quick"):
            return 0
        n = self._memory.given.get(wish.key, (0, 0))[0]
        think = self.habits.think_s * (QUICK if wish.pace == "quick" else 1)
        key = ("think", self.person, wish.key)
        return self._chance.human(think, self.habits.think_sigma, *key, n=n).seconds
