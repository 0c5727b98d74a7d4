"""All a bot has at hand when it decides: who it is, what it knows, what second it is.

Rule 1: a mind is a value, made anew for each decision; deciding reads it and changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.journal.facts import Lookup, known_by
from simulator.journal.situation import Situation
from simulator.journal.situation.anew import anew
from simulator.journal.target import Target
from simulator.journal.targets import targets
from simulator.responders import lapses
from simulator.responders.habits import MANNERS, Habits, Manner
from simulator.responders.memory import Memory
from simulator.responders.proofs import Proof
from simulator.responders.reading import NOT_KNOWN, belief
from simulator.responders.standing import Asks, Standing
from simulator.responders.steps import Progress, steps

OWN: Final = ("page", "declare")
"""What everybody misses for themselves: a phone that rings, an incident to be opened."""


def everything(_standing: Standing, _does: str, _owed_by: Sequence[str]) -> bool:
    """A question about every duty there is."""
    return True


@dataclass(frozen=True, kw_only=True)
class Mind:
    """One decision's worth of context."""

    person: str
    brief: Brief
    habits: Habits
    chance: Chance
    picture: Situation
    memory: Memory
    standing: Standing
    now: int

    @property
    def manner(self) -> Manner:
        """What this style puts first."""
        return MANNERS[self.habits.style]

    @property
    def here(self) -> frozenset[str]:
        """Everybody who is about: joined or seen at work, and not released."""
        return self.standing.here

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles this person holds now."""
        return self.standing.roles

    @cached_property
    def level(self) -> str:
        """The declared level; before that the highest a page of one's own carries."""
        if self.picture.incident:
            return self.picture.incident.level
        order = self.brief.plan.ordered()
        pages = [page.level for page in self.picture.pages.values() if page.level in order]
        return min(pages, key=order.index, default="")

    def owed(self, asks: Asks = everything, *, undone: bool = False) -> tuple[Target, ...]:
        """Every duty asked about that is owed so far, by what this person knows."""
        incident = self.picture.incident
        graded: Sequence[tuple[int, str]] = incident.levels if incident else ()
        if not graded and not self.level:
            return ()
        history = [*graded] if graded else [(0, self.level)]
        history[0] = (0, history[0][1])
        waived = self.picture.waived.keys() | self.picture.deviated.keys()
        rules = self.standing.rules(asks)
        found = targets(self.brief.plan, self._timed, history, rules=rules, undone=undone)
        return tuple(target for target in found if target.duty not in waived)

    @cached_property
    def _timed(self) -> Situation:
        """The picture with the starts of those who were not paged themselves.

        Whoever is called later saw neither the page nor its acknowledgement: for them it began
        with the first paging alert in the channel, and was taken when it was declared.
        """
        declared = self.picture.marks.get("declared")
        if declared is None or self.picture.marks.keys() >= {"fired", "acknowledged"}:
            return self.picture
        marks = dict(self.picture.marks)
        paging = [a.at for a in self.picture.alerts.values() if a.page and a.since >= 0]
        marks.setdefault("fired", min([declared, *paging]))
        marks.setdefault("acknowledged", declared)
        return anew(self.picture, marks=marks)

    @cached_property
    def known(self) -> Lookup:
        """What a name in a condition stands for, as far as this person knows."""
        return known_by(self.picture)

    @cached_property
    def named(self) -> str:
        """The cause people work with: the last one named, unless it was given up."""
        stated = self.picture.deeds.get("hypothesise", ())
        if not stated or stated[-1].item in (NOT_KNOWN, *self.given_up):
            return ""
        return stated[-1].item

    @cached_property
    def progress(self) -> Progress:
        """How far the remedies have got."""
        return Progress(
            scenario=self.brief.scenario,
            memory=self.memory,
            deeds=self.picture.deeds,
            known=self.known,
            now=self.now,
            left_out=self.left_out,
        )

    def left_out(self, cause: str) -> frozenset[str]:
        """The steps of a cause's remedy that slip the mind of whoever acts."""
        found = self._left_out.get(cause)
        if found is None:
            found = lapses.left_out(self, steps(self.brief.scenario, cause))
            self._left_out[cause] = found
        return found

    @cached_property
    def _left_out(self) -> dict[str, frozenset[str]]:
        """What `left_out` has answered."""
        return {}

    @cached_property
    def is_remedied(self) -> bool:
        """Whether nothing of the named cause's remedy is left to do or to wait for."""
        return self.progress.is_done(self.named)

    @cached_property
    def given_up(self) -> tuple[str, ...]:
        """Causes whose whole remedy was tried and did not help."""
        named = {deed.item: deed.at for deed in self.picture.deeds.get("hypothesise", ())}
        return tuple(
            cause
            for cause, at in named.items()
            if cause != NOT_KNOWN and self.progress.in_vain(cause, at)
        )

    @cached_property
    def beliefs(self) -> dict[str, float]:
        """How likely each cause is to this reader."""
        found = self.picture.known.clues
        scenario, reading = self.brief.scenario, self.habits.reading
        hunch = ""
        if 0 < reading < 1:
            hunch = self.chance.one_of(tuple(scenario.causes), "hunch", self.person)
        return belief(scenario, found, reading, without=self.given_up, hunch=hunch)

    def holds(self, role: str) -> bool:
        """Whether this person holds a role."""
        return self.picture.holder(role) == self.person

    def owing(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Everybody such a duty may fall to, the first asked first; at least one."""
        return self.standing.owing(roles)

    def owner(self, roles: Iterable[str], by: int | None = None) -> str:
        """Whose duty it is now: theirs who owe it and are about, else a stand-in's.

        With `by`, whoever is at work beyond that second is passed over where another one is free.
        """
        owing = self.owing(roles)
        if by is None:
            return owing[0]
        return next((who for who in owing if not self._tied_up(who, by)), owing[0])

    def owes(self, roles: Iterable[str], by: int | None = None) -> bool:
        """Whether such a duty is this person's now."""
        return self.owner(roles, by) == self.person

    @property
    def actor(self) -> str:
        """Who names causes and changes things: the first of those at a terminal."""
        return self.standing.actor

    def speaker(self, roles: Iterable[str], by: int | None = None) -> str:
        """Whose it is to write, call and assign: theirs who owe it, hands on the fix last."""
        owing = self.owing(roles)
        others = [who for who in owing if who != self.actor] or list(owing)
        if by is None:
            return others[0]
        return next((who for who in (*others, *owing) if not self._tied_up(who, by)), others[0])

    def _tied_up(self, person: str, until: int) -> bool:
        work = self.picture.busy(person)
        return work is not None and work.looks_until >= until

    @property
    def acts(self) -> bool:
        """Whether this person is the one who names causes and changes things."""
        return self.actor == self.person

    @property
    def terminals(self) -> frozenset[str]:
        """Everybody who opens a terminal in this plan."""
        return self.standing.terminals

    @property
    def looks(self) -> bool:
        """Whether this person opens a terminal at all."""
        return self.acts or self.person in self.terminals

    @property
    def began(self) -> int:
        """T0 as this person knows it."""
        return self._timed.marks.get("fired", self.now)

    @property
    def alone(self) -> bool:
        """Whether nobody else is about."""
        return not self.here - {self.person}

    @cached_property
    def cured_at(self) -> int:
        """The second the last action of anybody's ended; -1 where none did."""
        return max(self.memory.finished.values(), default=-1)

    @property
    def reopened(self) -> bool:
        """Whether it was called over once and was not: from then on nobody skips a look at it."""
        return "resolve_taken_back" in self.picture.deeds

    @cached_property
    def proofs(self) -> tuple[Proof, ...]:
        """The plan's gates, by what was seen since the last cure, one's own and what was shown."""
        finds = tuple(find for find in self.memory.finds if find.at > self.cured_at)
        return tuple(
            Proof(
                gate=gate,
                skipped=not self.reopened
                and self.skips("skips_gate", self.habits.skips_gate, name),
                scenario=self.brief.scenario,
                barred=self.memory.barred,
                finds=finds,
            )
            for name, gate in self.brief.plan.gates.items()
        )

    def skips(self, purpose: str, share: float, item: str, n: int = 0) -> bool:
        """Whether something is left out, drawn once for each thing.

        The draw is the thing's, the share is the person's: what is easily overlooked is overlooked
        by everybody of the same skill, so that four novices do not make one expert. Only `OWN`
        is drawn for each person: nobody sleeps because another one does.
        """
        if share <= 0:
            return False
        own = (self.person,) if item.partition(":")[0] in OWN else ()
        return self.chance.happens(share, purpose, item, *own, n=n)

    def lapses(self, purpose: str, share: float, item: str, n: int = 0) -> bool:
        """Whether whoever acts has a lapse about a thing: the same for all who watch them."""
        return share > 0 and self.chance.happens(share, purpose, self.actor, item, n=n)

    def at(self, second: int) -> "Mind":
        """The same mind at another second."""
        return replace(self, now=second)
