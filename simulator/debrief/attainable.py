"""Whether a plan can be kept at all: the slack of each of its deadlines, level by level.

Rule 1: slack = limit - the earliest second it could be done; below 0 nobody could keep it, and a
strict limit is not kept at 0.
Rule 2: it is computed, not played: a drill shows one incident at one level, with one duty waiting
for another and a cause to find first, so its times are no limits; what is computed holds for every
level and every incident. Tests hold it against play: nothing kept in a drill is unattainable.
Rule 3: what is unattainable is shown and never scored against anyone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simulator.brief.conditions import Comparison, Lasting, Quantity, comparisons, lastings
from simulator.brief.plan.levels import DutyRule
from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import AlertRule
from simulator.clock import said
from simulator.debrief.earliest import Cost, earliest
from simulator.debrief.timeline import Owed

Kind: TypeAlias = Literal["duty", "repeats", "notify", "escalate", "restore", "detect"]
HEADER: Final = ("level", "duty", "limit", "earliest", "slack", "needs", "verdict")
GROUP_WAIT_S: Final = 30
"""Before a group of alerts goes out, where a scenario says nothing (assumed)."""
EXAMPLES: Final = (
    ("a probe that fails for 1 min", 0, 60),
    ("5xx > 5 % of 5 min for 5 min, in a total outage", 15, 300),
)
"""Rules a plan is tried with where no scenario writes its own: name, crossing s, `for` s."""
_DETECTS: Final = ("detect", "ttd", "mttd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """One deadline at one level."""

    level: str
    duty: str
    kind: Kind
    limit_s: int
    earliest_s: int
    whom: str = ""
    """Who is told or asked, where the duty goes by a number."""
    strict: bool = False
    advisory: bool = False
    needs: tuple[str, ...] = ()
    """What the earliest second is made of."""

    @property
    def slack_s(self) -> int:
        """Seconds left over; negative: nobody could keep it."""
        return self.limit_s - self.earliest_s

    @property
    def attainable(self) -> bool:
        """Whether somebody who needs no time to think could keep it."""
        return self.slack_s > 0 if self.strict else self.slack_s >= 0

    def row(self) -> tuple[str, ...]:
        """A line of the table under `HEADER`."""
        limit = f"{'<' if self.strict else '<='} {said(self.limit_s)}"
        verdict = "ok" if self.attainable else "UNATTAINABLE"
        if self.advisory:
            verdict += " (advisory)"
        needs = " + ".join(self.needs) or "nothing"
        duty = f"{self.duty} {self.whom}".rstrip()
        return (self.level, duty, limit, said(self.earliest_s), said(self.slack_s), needs,
                verdict)  # fmt: skip


def attainable(plan: Plan, scenario: Scenario | None = None) -> tuple[Slack, ...]:
    """The slack of every deadline of a plan at every level, highest level first.

    With a scenario its looks, logins, alert rules and expected minutes are used, else the engine's
    own assumptions.
    """
    found: list[Slack] = []
    for level in plan.ordered():
        for name, rule in plan.duties.items():
            found += _duty(plan, scenario, name, rule, level)
        found += _escalation(plan, level)
        found += _restore(plan, scenario, level)
    return (*found, *_detection(plan, scenario))


def unattainable(slacks: Iterable[Slack]) -> tuple[Owed, ...]:
    """What is scored and nobody could keep, as the score takes it: (duty, level) of each target."""
    lost = [(s.duty, s.level) for s in slacks if not s.attainable and not s.advisory]
    return tuple(dict.fromkeys(lost))


def _duty(
    plan: Plan, scenario: Scenario | None, name: str, rule: DutyRule, level: str
) -> Iterator[Slack]:
    limit = rule.every.get(level) if rule.every else rule.within.get(level)
    costs = earliest(plan, scenario, rule, level)
    if limit is None or costs is None:
        return
    if opens := rule.opens_after.get(level, 0):
        costs = (Cost(says="it is owed only then", seconds=opens), *costs)
    yield Slack(
        level=level,
        duty=name,
        kind="repeats" if rule.every else "duty",
        limit_s=limit,
        earliest_s=sum(cost.seconds for cost in costs),
        strict=rule.strict,
        advisory=rule.advisory,
        needs=_told(costs),
    )


def _escalation(plan: Plan, level: str) -> Iterator[Slack]:
    """Telling takes no time; what is owed only after a while leaves what is left of its limit."""
    for n, rule in enumerate(plan.escalation.notify):
        if level in rule.within:
            opens = rule.opens_after.get(level, 0)
            needs = (f"it is owed only then {said(opens)}",) if opens else ()
            yield Slack(level=level, duty=f"notify.{n}", whom=rule.tell, kind="notify",
                        limit_s=rule.within[level], earliest_s=opens, needs=needs)  # fmt: skip
    for n, step in enumerate(plan.escalation.unresolved):
        if level in step.after and step.how == "by_hand":
            yield Slack(level=level, duty=f"unresolved.{n}", whom=" ".join(step.to),
                        kind="escalate", limit_s=step.after[level], earliest_s=0)  # fmt: skip


def _restore(plan: Plan, scenario: Scenario | None, level: str) -> Iterator[Slack]:
    """The plan's own restore target against the expected minutes of the scenario."""
    limit = plan.levels[level].resolve_within
    if limit is None or scenario is None:
        return
    costs = [Cost(says="expected to restore", seconds=scenario.expected.restore)]
    if plan.ending.ttr_from == "impact":
        quickest = min(_rules(scenario), key=lambda rule: rule[1] + rule[2], default=None)
        if quickest is not None:
            costs.append(Cost(says=f"alert {quickest[0]}", seconds=quickest[1] + quickest[2]))
    yield Slack(level=level, duty="restore", kind="restore", limit_s=limit,
                earliest_s=sum(cost.seconds for cost in costs), needs=_told(costs))  # fmt: skip


def _detection(plan: Plan, scenario: Scenario | None) -> Iterator[Slack]:
    """A plan's time to detect against the rules that would have to keep it."""
    limits = {
        name: metric.at_most
        for name, metric in plan.metrics.items()
        if metric.at_most and any(word in name for word in _DETECTS)
    }
    rules = tuple(_rules(scenario)) if scenario else EXAMPLES
    for metric, limit in limits.items():
        for name, crossing, waits in rules:
            group = Cost(says="group wait", seconds=_group_wait(scenario, name))
            costs = (Cost(says="the window fills", seconds=crossing),
                     Cost(says="for", seconds=waits), group)  # fmt: skip
            yield Slack(level="any", duty=f"{metric}: {name}", kind="detect", limit_s=limit,
                        earliest_s=sum(cost.seconds for cost in costs), advisory=True,
                        needs=_told(costs))  # fmt: skip


def _rules(scenario: Scenario) -> Iterator[tuple[str, int, int]]:
    """(name, crossing s, `for` s) of each rule that pages, in an outage that is total at once."""
    for name, rule in scenario.alerts.items():
        if rule.page and not rule.unrelated:
            yield name, round(_crossing(rule)), _waits(rule)


def _crossing(rule: AlertRule) -> float:
    """How long a share of 1 must last until its mean over the window passes the threshold."""
    crossings = [
        test.name.window_s * test.value.amount
        for test in comparisons(rule.when)
        if _is_share(test) and test.name.window_s and isinstance(test.value, Quantity)
    ]
    return max(crossings, default=0.0)


def _is_share(test: Comparison) -> bool:
    is_up = test.operator in (">", ">=")
    return is_up and isinstance(test.value, Quantity) and test.value.measure == "share"


def _waits(rule: AlertRule) -> int:
    held: tuple[Lasting, ...] = lastings(rule.when)
    return max((part.seconds for part in held), default=0)


def _group_wait(scenario: Scenario | None, alert: str) -> int:
    if scenario is None or alert not in scenario.alerts:
        return GROUP_WAIT_S
    rank = scenario.alerts[alert].severity
    return round(scenario.system.clock.group_wait.get(rank, GROUP_WAIT_S))


def _told(costs: Iterable[Cost]) -> tuple[str, ...]:
    return tuple(f"{cost.says} {said(cost.seconds)}" for cost in costs)
