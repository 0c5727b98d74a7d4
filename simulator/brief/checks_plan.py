"""Whether the parts of a response plan fit together: levels, ladders, chains, weights.

Rule 1: a plan is bound before it comes here; every problem carries its place in the file.
Rule 2: what a plan leaves out is its own decision; only what contradicts itself is told.
"""

from collections.abc import Mapping
from typing import Final, get_args

from simulator.brief.nodes import Node
from simulator.brief.plan.plan import Plan
from simulator.brief.pointing import Words, dangling, shares_beyond, spots, strange_words
from simulator.brief.references import Path, at, cycles, unfilled
from simulator.brief.vocabulary import (
    ALERT_RANKS,
    FACTS,
    ROLES,
    SHARES,
    MarkName,
    MessageUse,
)
from simulator.errors import Problem

_STEPS: Final = ("escalation/notify/*", "escalation/special/*/steps/*")

NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "level": (
        "alert_levels/*",
        *(f"duties/*/{key}/@" for key in ("within", "opens_after", "every", "every_watching")),
        "escalation/no_ack/*/after/@",
        "escalation/unresolved/*/after/@",
        *(f"{step}/{key}/@" for step in _STEPS for key in ("within", "opens_after")),
        "mobilisation/roles/@",
        "mobilisation/within/@",
        "mobilisation/later/*/after/@",
        "phases/*/advisory_at/*",
        "ending/watch/@",
        *(f"channels/{key}/@" for key in ("by_level", "war_room", "bridge_after")),
        "channels/recorded_at/*",
        "status_page/required_at/*",
        "status_page/optional_at/*",
        "templates/*/levels/*",
        "post_incident/report_within/@",
        "post_incident/required_at/*",
        "post_incident/optional_at/*",
        "post_incident/meeting/held_within/@",
        "post_incident/meeting/booked_within/@",
        "metrics/*/by_level/@",
    ),
    # Page texts and templates may name any status the public knows; a lifecycle only its own.
    "status": ("statuses/*/next/*",),
}
"""What is named -> the places that name it."""

CONDITIONS: Final = (
    "levels/*/when/*",
    "duties/*/only_if",
    "escalation/unresolved/*/only_if",
    *(f"{step}/only_if" for step in _STEPS),
    "escalation/special/*/only_if",
    "mobilisation/later/*/only_if",
    "gates/*/holds",
)
"""Conditions over what people have found."""
_WORDS: Final = Words(
    whole=(*FACTS, *get_args(MarkName), "unresolved", "elapsed", "level", "status"),
    headed={"role": ROLES, "said": get_args(MessageUse)},
    free=("done", "found", "named"),
)
_CHANNEL: Final = ("date", "number", "time", "id", "yyyymmdd", "yyyy", "mmdd", "hhmm", "hhmmss")


def check_plan(node: Node, plan: Plan, file: str) -> tuple[Problem, ...]:
    """Every problem and warning of how the parts of a plan fit together."""
    known = {"level": tuple(plan.levels), "status": tuple(plan.statuses)}
    return (
        *dangling(node, NAMED, known, file=file),
        *strange_words(node, CONDITIONS, _WORDS, file=file),
        *shares_beyond(node, CONDITIONS, SHARES.__contains__, file=file),
        *_falling(node, file),
        *_weights(node, plan, file),
        *_levels(node, plan, file),
        *_duties(node, plan, file),
        *_times(node, plan, file),
        *unfilled(
            node, ("channels", "incident"), plan.channels.incident, file=file, known=_CHANNEL
        ),
    )


def _falling(node: Node, file: str) -> tuple[Problem, ...]:
    """Roles whose duties would fall for ever."""
    edges: dict[str, dict[str, Path]] = {}
    for spot in spots(node, "roles/*/falls_to"):
        edges[str(spot.path[1])] = {spot.name: spot.path}
    return cycles(node, edges, file=file, what="roles that fall to one another")


def _weights(node: Node, plan: Plan, file: str) -> list[Problem]:
    total = sum(plan.weights.values())
    if not plan.weights or abs(total - 100) < 1e-6:
        return []
    found = f"the weights add up to {total:g}; 100 is expected"
    return [at(node, ("weights",), file=file, code="E144", found=found, key=True)]


def _levels(node: Node, plan: Plan, file: str) -> list[Problem]:
    problems = []
    missing = [rank for rank in ALERT_RANKS if rank not in plan.alert_levels]
    if missing:
        found = f"`alert_levels` gives no level to alerts ranked {', '.join(missing)}"
        path: Path = ("alert_levels",)
        problems.append(at(node, path, file=file, code="E121", found=found, key=True))
    for name, level in plan.levels.items():
        if level.opens == "provisional" and not level.confirmed_by:
            found = f"{name} opens provisional, and nobody can confirm it"
            hint = "write `confirmed_by`"
            path = ("levels", name, "opens")
            problems.append(at(node, path, file=file, code="E129", found=found, hint=hint))
        if not level.when:
            found = f"no fact ever amounts to {name}: `when` is empty"
            path = ("levels", name, "when")
            problems.append(at(node, path, file=file, code="W103", found=found, key=True))
    return problems


def _duties(node: Node, plan: Plan, file: str) -> list[Problem]:
    problems = []
    for name, duty in plan.duties.items():
        path: Path = ("duties", name)
        if not (duty.within or duty.every):
            found = f"the duty {name} is owed at no level: `within` and `every` are empty"
            problems.append(at(node, path, file=file, code="W103", found=found, key=True))
        if duty.does == "assign" and duty.role is None:
            found = f"the duty {name} assigns somebody and does not say which `role`"
            problems.append(at(node, path, file=file, code="E121", found=found, key=True))
        if not duty.owed_by:
            found = f"nobody owes the duty {name}: `owed_by` is empty"
            path = (*path, "owed_by")
            problems.append(at(node, path, file=file, code="E130", found=found, key=True))
    return problems


def _times(node: Node, plan: Plan, file: str) -> list[Problem]:
    """Ranges that run downwards and ladders that climb down."""
    problems = []
    for kind, (least, most) in plan.mitigation_times.items():
        if least > most:
            found = f"the range runs downwards: {least} s to {most} s"
            path: Path = ("mitigation_times", kind)
            problems.append(at(node, path, file=file, code="E129", found=found, key=True))
    latest: dict[str, int] = {}
    for position, step in enumerate(plan.escalation.no_ack):
        for level, seconds in step.after.items():
            if seconds < latest.get(level, 0):
                found = f"this rung comes at {seconds} s, before the rung above it"
                path = ("escalation", "no_ack", position, "after", level)
                problems.append(at(node, path, file=file, code="E129", found=found))
            latest[level] = seconds
    return problems
