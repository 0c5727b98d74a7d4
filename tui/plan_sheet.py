"""A response plan on one sheet: what a level means, who is paged when, who owes what by when.

Rule 1: times are the plan's own words of when; no deadline is computed here (`journal.targets`).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulator.brief.plan.plan import Plan
from simulator.brief.terms import said as condition_said
from simulator.clock import said
from tui import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One line of the sheet."""

    kind: str
    """`page`, `duty`, `unresolved`, `notify` or `mobilise`."""
    after_s: int
    since: str
    every_s: int | None
    what: str
    who: tuple[str, ...]
    advisory: bool = False

    def as_json(self) -> dict[str, Any]:
        """The line for a program."""
        return asdict(self)


def owed_at(plan: Plan, level: str) -> tuple[Owed, ...]:
    """Everything a level brings with a time, the ladder first, each part by time."""
    parts = (_ladder, _duties, _handed_up, _notices, _called)
    return tuple(
        row for part in parts for row in sorted(part(plan, level), key=lambda one: one.after_s)
    )


def print_plan(plan: Plan, levels: Sequence[str]) -> None:
    """The sheet of these levels."""
    show.result(f"{plan.title} ({plan.organisation}{', version ' if plan.version else ''}"
                f"{plan.version})")  # fmt: skip
    show.heading("Levels")
    for name in plan.levels:
        level = plan.levels[name]
        show.result(f"{level.word}: {level.means.strip()}")
        show.result(f"    when {' or '.join(condition_said(one) for one in level.when)}")
    for name in levels:
        show.heading(f"At {plan.levels[name].word}")
        rows = owed_at(plan, name)
        show.table(
            ("", "by", "since", "what", "who"),
            [(row.kind, _when(row), row.since, _what(row), _people(plan, row.who)) for row in rows],
        )
        if watch := plan.ending.watch.get(name):
            when = "before" if plan.ending.watch_is == "before_resolved" else "after"
            show.result(f"watched for {said(watch)} {when} it is called resolved")
    show.heading("Proofs before it is over")
    for gate in plan.gates.values():
        show.result(f"- {gate.says.strip()} ({condition_said(gate.holds)})")


def _ladder(plan: Plan, level: str) -> list[Owed]:
    return [
        Owed(kind="page", after_s=step.after[level], since="fired", every_s=None,
             what="paged while nobody takes it", who=step.page)
        for step in plan.escalation.no_ack
        if level in step.after
    ]  # fmt: skip


def _duties(plan: Plan, level: str) -> list[Owed]:
    found = []
    for name, duty in plan.duties.items():
        if level not in duty.within and level not in duty.every:
            continue
        every = duty.every.get(level)
        after = duty.within.get(level, every or 0)
        what = duty.says.strip() or name
        found.append(
            Owed(kind="duty", after_s=after, since=duty.since, every_s=every, what=what,
                 who=duty.owed_by, advisory=duty.advisory)
        )  # fmt: skip
    return found


def _handed_up(plan: Plan, level: str) -> list[Owed]:
    return [
        Owed(kind="unresolved", after_s=step.after[level], since="fired", every_s=None,
             what=step.says.strip() or "comes in because it lasts", who=step.to)
        for step in plan.escalation.unresolved
        if level in step.after
    ]  # fmt: skip


def _notices(plan: Plan, level: str) -> list[Owed]:
    return [
        Owed(kind="notify", after_s=rule.within[level], since=rule.since, every_s=None,
             what=rule.says.strip() or f"told by {rule.how}", who=(rule.tell,))
        for rule in plan.escalation.notify
        if level in rule.within
    ]  # fmt: skip


def _called(plan: Plan, level: str) -> list[Owed]:
    roles = plan.mobilisation.roles.get(level, ())
    if not roles:
        return []
    within = plan.mobilisation.within.get(level, 0)
    return [Owed(kind="mobilise", after_s=within, since="declared", every_s=None,
                 what="called together", who=roles)]  # fmt: skip


def _when(row: Owed) -> str:
    if row.every_s is not None:
        return f"{said(row.after_s)}, then every {said(row.every_s)}"
    return said(row.after_s) if row.after_s else "at once"


def _what(row: Owed) -> str:
    return f"{row.what} (advice)" if row.advisory else row.what


def _people(plan: Plan, roles: Sequence[str]) -> str:
    words = {str(role): terms.word for role, terms in plan.roles.items()}
    return ", ".join(words.get(role, role) for role in roles)
