"""How far the remedy of a cause has got: what is done, under way, open, or was all in vain.

Rule 1: a step is done once its action has ended well; one that failed three times is let go.
Rule 2: a step that slips somebody's mind is neither open nor waited for (`lapses`).
Rule 3: a cause is given up when all that cures it was tried, some time ago, and the newest looks
still show trouble that does not go down.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from simulator.brief.conditions import Found, Name, holds, names
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.trouble import RemedyStep
from simulator.journal.facts import Lookup
from simulator.journal.situation import Deed
from simulator.journal.units import PPM
from simulator.responders.memory import Memory

MOST_TRIES: Final = 3
PROOFS: Final = 3
"""So many looks after the last step must still show trouble."""
PATIENCE_S: Final = 300
FALLS: Final = 0.9
"""A share that is less than so much of the one before is going down."""
TROUBLE: Final = 0.01
"""A share of failing requests that nobody takes for noise."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What somebody sees of the work on remedies at one second."""

    scenario: Scenario
    memory: Memory
    deeds: Mapping[str, tuple[Deed, ...]]
    known: Lookup
    now: int
    left_out: Callable[[str], frozenset[str]]
    """Cause -> the steps of its remedy that slip one's mind now."""

    def remedy(self, cause: str) -> tuple[RemedyStep, ...]:
        """The steps of a cause's remedy one thinks of."""
        left = self.left_out(cause)
        found = steps(self.scenario, cause)
        return tuple(step for step in found if step.do not in left) if left else found

    def under_way(self, action: str) -> bool:
        """Whether somebody is at it."""
        started, _ = self.memory.started.get(action, (-1, ""))
        return started > self.memory.finished.get(action, -1)

    def is_open(self, step: RemedyStep) -> bool:
        """Whether a step is neither done nor failed too often."""
        if f"done:{step.do}" in self.deeds:
            return False
        return self.memory.failed.get(step.do, 0) < MOST_TRIES

    def may(self, step: RemedyStep, cause: str) -> bool:
        """Whether what is known lets a step be taken; what slipped one's mind holds nothing up."""
        if step.when is None or holds(step.when, self.known):
            return True
        left = self.left_out(cause)
        return bool(left & waits_for(step)) and holds(step.when, _taken(self.known, left))

    def next_step(self, cause: str) -> RemedyStep | None:
        """The first open step that may be taken; None while one under way is waited for."""
        for step in self.remedy(cause):
            if self.under_way(step.do):
                if step.optional:
                    continue
                return None
            if self.is_open(step) and self.may(step, cause) and not self._is_insurance(step):
                return step
        return None

    def _is_insurance(self, step: RemedyStep) -> bool:
        """Whether a step would only keep its starter from the steps that cure."""
        return step.optional and self.scenario.actions[step.do].holds_terminal

    def is_done(self, cause: str) -> bool:
        """Whether nothing of a cause's remedy is left to do or to wait for."""
        return not any(
            self.under_way(step.do)
            or (
                self.is_open(step)
                and (not step.optional or (self.may(step, cause) and not self._is_insurance(step)))
            )
            for step in self.remedy(cause)
        )

    def in_vain(self, cause: str, named_at: int) -> bool:
        """Whether a cause is given up."""
        if self.now <= named_at + PATIENCE_S or not self._still_fails(named_at):
            return False
        remedy = self.remedy(cause)
        ends = [self.memory.finished.get(step.do, named_at) for step in remedy]
        last = max([named_at, *ends])
        if self.now <= last + PATIENCE_S or not self._still_fails(last):
            return False
        return not any(
            self.under_way(step.do)
            or (self.is_open(step) and not step.optional and self.may(step, cause))
            for step in remedy
        )

    def _still_fails(self, since: int) -> bool:
        """Whether the newest figure, after enough panels, shows trouble that does not go down.

        A mean over some minutes falls for as long once it works again: that is no trouble.
        """
        later = [share for at, share in self._panels if at > since]
        bad = [share for share in later if share > TROUBLE]
        if len(bad) < PROOFS or self._newest_share <= TROUBLE:
            return False
        return not all(after < FALLS * before for before, after in pairwise(bad[-PROOFS:]))

    @cached_property
    def _newest_share(self) -> float:
        """The failing share the newest panel or log showed."""
        shown = (
            int(find.facts["errors"]) / PPM
            for find in reversed(self.memory.finds)
            if "errors" in find.facts and not {"metrics", "logs"}.isdisjoint(find.views)
        )
        return next(shown, 0.0)

    @cached_property
    def _panels(self) -> tuple[tuple[int, float], ...]:
        """(second, failing share) of every panel that shows one, oldest first."""
        return tuple(
            (find.at, int(find.facts["errors"]) / PPM)
            for find in self.memory.finds
            if "metrics" in find.views and "errors" in find.facts
        )


def steps(scenario: Scenario, cause: str) -> tuple[RemedyStep, ...]:
    """The remedy of a cause: of each variant it may be, each action once."""
    found: dict[str, RemedyStep] = {}
    for variant in scenario.variants.values():
        if variant.cause == cause:
            for step in variant.remedy:
                found.setdefault(step.do, step)
    return tuple(found.values())


def waits_for(step: RemedyStep) -> frozenset[str]:
    """The actions a step's condition wants done first."""
    if step.when is None:
        return frozenset()
    told = (name.text.partition(".") for name in names(step.when))
    return frozenset(item for kind, _, item in told if kind == "done")


def _taken(known: Lookup, done: frozenset[str]) -> Lookup:
    """What is known, with these actions taken for done."""

    def look(name: Name) -> Found | None:
        kind, _, item = name.text.partition(".")
        return True if kind == "done" and item in done else known(name)

    return look
