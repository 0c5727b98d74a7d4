"""The one place that knows a deadline: what is owed, by whom, until when, and whether it is done.

Rule 1: paging, countdowns, bots and score call `targets`; nothing else computes a deadline.
Rule 2: people, bots and paging pass the declared level (before it the page's); the score passes
the higher of declared and expected, so a countdown never tells the answer.
Rule 3: a limit runs from the later of its mark and the second its level (or one above it) first
came into force, so that changing levels to and fro buys no time; what has fallen due stays due
after a re-grade down, what has not takes the new limit.
Rule 4: a question may name the rules it is about (`journal.rules`); nothing else is weighed.
Rule 5: what runs from service restored runs, for whoever cannot see the truth, from the second
people said that it only needs watching.
Rule 6: an omitted start counts as T0 for the score, where it was left out: service restored is no
word anybody keeps back, and "it is over" is none before it.
Rule 7: a duty under a condition runs from the second the condition first held, where the caller
kept count of it (`journal.holding`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from simulator.brief.conditions import Condition, holds
from simulator.brief.plan.levels import ByLevel, DutyRule, NotifyRule, UnresolvedStep
from simulator.brief.plan.plan import Plan
from simulator.journal.facts import Lookup, known_by
from simulator.journal.fulfilled import CALLED, REPEATS, TELLS_ITS_MARK, TOLD, done_by, first, last
from simulator.journal.rules import Rules, rules_of
from simulator.journal.situation import Deed, Situation
from simulator.journal.target import Target

Grading = Sequence[tuple[int, str]]
"""(second, level) from which each level was in force, oldest first."""


def targets(
    plan: Plan,
    situation: Situation,
    level: str | Grading,
    *,
    look: Lookup | None = None,
    omitted: str = "",
    held_since: Mapping[str, int] | None = None,
    starts: Mapping[str, int] | None = None,
    rules: Rules | None = None,
    undone: bool = False,
) -> tuple[Target, ...]:
    """Every duty owed so far at a level, done or not, in the plan's order.

    `level` is one level, in force since ever, or the history of levels. `look` answers the plan's
    conditions (what this situation knows, unless given). `omitted` names the mark that stands in
    where a starting mark is missing: the score passes `fired`, because a start that one's own
    omission prevented counts as T0; nobody else passes anything (what is no omission: rule 6).
    `rules` are those to weigh, all of the plan's unless given; `undone` leaves out what is done.
    """
    grading = ((0, level),) if isinstance(level, str) else level
    asked = _Asked(
        plan,
        situation,
        grading,
        look or known_by(situation),
        omitted,
        held_since,
        starts or {},
        undone,
    )
    rules = rules or rules_of(plan)
    owed = [asked.duty(name, rule) for name, rule in rules.duties]
    owed += [asked.notify(name, rule) for name, rule in rules.notices]
    for path in rules.paths:
        since = asked.opened(path.name, path.only_if)
        if since is not None:
            owed += [asked.notify(name, rule, since) for name, rule in path.steps]
    owed += [asked.unresolved(name, step) for name, step in rules.unresolved]
    return tuple(target for target in owed if target is not None)


_OVER = ("restored", "resolved")
_WATCHED = ("monitoring", "resolved", "post_incident", "closed")
"""Statuses in which people hold that service is back."""
_seq = attrgetter("seq")


@dataclass(frozen=True)
class _Asked:
    """What `targets` was asked about, carried along, and what all its duties share."""

    plan: Plan
    situation: Situation
    grading: Grading
    look: Lookup
    omitted: str
    held_since: Mapping[str, int] | None
    starts: Mapping[str, int]
    undone: bool

    @cached_property
    def spans(self) -> tuple[tuple[str, int, int | None], ...]:
        """(level, second from which it or one above it first held, second it ended; None: now)."""
        ends = (*(start for start, _ in self.grading[1:]), None)
        return tuple(
            (level, self._in_force(level), end)
            for (_, level), end in zip(self.grading, ends, strict=False)
        )

    @cached_property
    def brought(self) -> Mapping[str, Deed]:
        """Person -> the first deed that brought them into the response, in any role."""
        brought: dict[str, Deed] = {}
        for kind, deeds in self.situation.deeds.items():
            if kind.startswith(("assign:", "joined:")):
                for deed in deeds:
                    before = brought.get(deed.item)
                    if before is None or deed.seq < before.seq:
                        brought[deed.item] = deed
        return brought

    def opened(self, name: str, only_if: Condition | None) -> int | None:
        """The second from which a conditional duty is owed; None where it is not."""
        if only_if is None:
            return 0
        if self.held_since is not None:
            return self.held_since.get(name)
        return 0 if holds(only_if, self.look) else None

    def duty(self, name: str, rule: DutyRule) -> Target | None:
        if rule.every:
            return self._repeating(name, rule)
        if not rule.within or self._mark(rule.since) is None or self._untrue(rule):
            return None
        if self.undone and rule.does != "mobilise" and self._done(rule, "") is not None:
            return None  # who is called together depends on the level; nothing else does
        opened = self.opened(name, rule.only_if)
        if opened is None:
            return None
        due = self._due(rule.since, rule.within, rule.opens_after, opened)
        if due is None:
            return None
        level, opens, limit, at = due
        return Target(
            duty=name,
            does=rule.does,
            owed_by=rule.owed_by,
            level=level,
            opens=opens,
            due=at,
            limit_s=limit,
            strict=rule.strict,
            done=self._done(rule, level),
            role=rule.role or "",
            advisory=rule.advisory,
        )

    def _done(self, rule: DutyRule, level: str) -> Deed | None:
        """The deed that fulfils a duty at a level."""
        since, role = self._mark(rule.since) or 0, rule.role or ""
        return done_by(
            self.plan,
            self.situation,
            rule.does,
            role=role,
            level=level,
            mark=rule.since,
            since=since,
        )

    def notify(self, name: str, rule: NotifyRule, path_since: int | None = None) -> Target | None:
        opened = self.opened(name, rule.only_if) if self._mark(rule.since) is not None else None
        if opened is None:
            return None
        since = max(opened, path_since or 0)
        due = self._due(rule.since, rule.within, rule.opens_after, since)
        # Service restored ends no breach and brings no data back: a special path outlives it.
        ends = _OVER if path_since is None else ("resolved",)
        if due is None or self._over_by(due[1], ends):
            return None
        level, opens, limit, at = due
        return Target(
            duty=name, does="notify", owed_by=rule.owed_by, level=level, opens=opens, due=at,
            limit_s=limit, strict=False, role=rule.tell,
            done=self._told(rule.tell),
        )  # fmt: skip

    def unresolved(self, name: str, step: UnresolvedStep) -> Target | None:
        # Its time is absolute: `unresolved` says that it is still owed, not since when.
        if self.opened(name, step.only_if) is None:
            return None
        due = self._due("fired", step.after, {}, 0)
        if due is None or self._over_by(due[3]):
            return None
        level, opens, limit, at = due
        return Target(
            duty=name, does="escalate", owed_by=step.owed_by, level=level, opens=opens, due=at,
            limit_s=limit, strict=False, role=step.to[0],
            done=self._called(step.to),
        )  # fmt: skip

    def _repeating(self, name: str, rule: DutyRule) -> Target | None:
        """The next one of what repeats: owed from the last one on, until it is resolved."""
        level = self.grading[-1][1]
        every = self._gap(rule, level)
        latest = last(self.situation, *REPEATS[rule.does])
        if not every or latest is None or self._is_over(rule):
            return None
        return Target(
            duty=name, does=rule.does, owed_by=rule.owed_by, level=level, opens=latest.at,
            due=latest.at + every, limit_s=every, strict=rule.strict, done=None,
            advisory=rule.advisory, repeats_s=every,
        )  # fmt: skip

    def _is_over(self, rule: DutyRule) -> bool:
        """Whether nobody waits for the next one: it was called over, or its last word is said."""
        told = (
            rule.does == "customer_updates"
            and "message:customer_resolution" in self.situation.deeds
        )
        return told or "resolved" in self.situation.marks

    def _gap(self, rule: DutyRule, level: str) -> int:
        incident = self.situation.incident
        watching = incident is not None and incident.status == "monitoring"
        slower = rule.every_watching if watching else {}
        return slower.get(level) or rule.every.get(level, 0)

    def _due(
        self, since: str, within: ByLevel, opens_after: ByLevel, opened: int
    ) -> tuple[str, int, int, int] | None:
        """(level, opens, limit, due): the first level in force whose limit passed, else the last.

        None where no level in force owes it, its mark is missing, or it was over before it opened.
        """
        begins = self._mark(since)
        if begins is None:
            return None
        begins = max(self.starts.get(since, begins), opened)
        found = None
        for level, in_force, end in self.spans:
            if level not in within:
                found = None
                continue
            runs_from = max(begins, in_force)
            opens = runs_from + opens_after.get(level, 0)
            due = runs_from + within[level]
            found = (level, opens, within[level], due)
            if end is not None and due < end:
                break
        if found is None or (_level_waits(opens_after, found[0]) and self._over_by(found[1])):
            return None
        return found

    def _mark(self, since: str) -> int | None:
        """The second a duty's clock starts; None: not owed yet, whatever its condition."""
        marks = self.situation.marks
        at = marks.get(since)
        if at is None and since == "restored":
            # No message leaves service unrestored: who sees the truth counts nothing from it.
            return None if self.omitted else self._watched_since()
        return marks.get(self.omitted) if at is None and self.omitted else at

    def _untrue(self, rule: DutyRule) -> bool:
        """Whether it would be untrue to say so: that it is over, while service never came back."""
        if not self.omitted or rule.since != "resolved" or rule.does not in TELLS_ITS_MARK:
            return False
        return not any(name in self.situation.marks for name in _OVER)

    def _watched_since(self) -> int | None:
        """For who cannot see that service is back: since when people say it only needs watching."""
        incident = self.situation.incident
        if incident is None or incident.status not in _WATCHED:
            return None
        watched = (at for at, status in incident.statuses if status == "monitoring")
        return max(watched, default=incident.resolved_at)

    def _in_force(self, level: str) -> int:
        """The second from which this level, or one above it, first held."""
        order = self.plan.ordered()
        if level not in order:
            return next(start for start, name in self.grading if name == level)
        high = order[: order.index(level) + 1]
        return min(start for start, name in self.grading if name in high)

    def _over_by(self, at: int, names: tuple[str, ...] = _OVER) -> bool:
        """Whether it was over before this second, by what this situation knows."""
        marks = self.situation.marks
        return any(name in marks and marks[name] < at for name in names)

    def _called(self, roles: Sequence[str]) -> Deed | None:
        """What brought one of these roles in: a call, or its holder being there for another."""
        called = first(self.situation, *(f"{how}:{to}" for to in roles for how in CALLED))
        here = (self.brought.get(self.situation.holder(to)) for to in roles)
        return min((deed for deed in (called, *here) if deed), key=_seq, default=None)

    def _told(self, role: str) -> Deed | None:
        """What let a role know: a word to it, or its holder being in the response otherwise."""
        holder = self.situation.holder(role)
        ways = (f"{how}:{role}" for how in TOLD)
        told = first(self.situation, f"answer:{holder}", *ways)
        here = self.brought.get(holder)
        return min((deed for deed in (told, here) if deed), key=_seq, default=None)


def _level_waits(opens_after: ByLevel, level: str) -> bool:
    """Whether a duty of this level is owed only after a while."""
    return bool(opens_after.get(level))
