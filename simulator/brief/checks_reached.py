"""What is written in a scenario and can never come about: an inject, a fault, a moment too late.

Rule 1: a drill ends before 30 days are over; what asks for more is refused, what comes too late
is told.
Rule 2: a state table is set in one second, of which the engine bears only so many entries.
"""

from collections.abc import Iterator
from typing import Final

from simulator.brief.nodes import Node
from simulator.brief.references import Path, at
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.clock import DAY, LONGEST_DRILL_S
from simulator.errors import Problem

MOST_ROWS: Final = 1000
"""Rows of the state table that a scenario may write."""


def never(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Warnings of what is written and can never come about."""
    problems = [*_injects(node, scenario, file), *_logs(node, scenario, file)]
    problems += _bends(node, scenario, file)
    if scenario.limit is not None and scenario.limit >= LONGEST_DRILL_S:
        days = LONGEST_DRILL_S // DAY
        found = f"a limit of {scenario.limit} s: a drill lasts less than {days} days"
        problems.append(at(node, ("limit",), file=file, code="E125", found=found))
    quiet_s = max(map(scenario.must_hold_s, scenario.variants), default=0)
    if scenario.limit is not None and quiet_s >= scenario.limit:
        found = f"restored must hold for {quiet_s} s, and the drill ends after {scenario.limit} s"
        problems.append(at(node, ("limit",), file=file, code="W103", found=found))
    if len(scenario.system.state) > MOST_ROWS:
        found = f"{len(scenario.system.state)} rows of state; at most {MOST_ROWS} are expected"
        problems.append(at(node, ("system", "state"), file=file, code="E130", found=found))
    armed = {fault for variant in scenario.variants.values() for fault in variant.faults}
    reached = {s for fault in scenario.faults.values() for s in fault.spreads}
    reached |= {name for effect in effects(scenario) for name in effect.start}
    for gauge in scenario.system.gauges.values():
        reached |= {name for name in (gauge.full, gauge.empty) if name}
    for name in scenario.faults:
        if name not in armed | reached:
            found = f"no variant, fault, gauge or effect ever begins the fault {name}"
            path: Path = ("faults", name)
            problems.append(at(node, path, file=file, code="W103", found=found, key=True))
    return problems


def _injects(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Injects without a moment, and those that come when all is over."""
    for name, inject in scenario.injects.items():
        path: Path = ("injects", name)
        if inject.at is None and inject.when is None and not inject.optional:
            found = f"the inject {name} has no `at` and no `when`: only a facilitator can fire it"
            hint = "say so with `optional: yes`, or give it a moment"
            yield at(node, path, file=file, code="W103", found=found, hint=hint, key=True)
        if inject.at is not None and scenario.limit is not None and inject.at > scenario.limit:
            found = f"the inject {name} comes after the drill's limit of {scenario.limit} s"
            yield at(node, (*path, "at"), file=file, code="W103", found=found)


def _bends(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Bends of a part of a service by what only the whole of it has."""
    for name, fault in scenario.faults.items():
        for position, bend in enumerate(fault.bends):
            path: Path = ("faults", name, "bends", position)
            part = bend.need or bend.of_class
            if bend.capacity != 1 and part is not None:
                found = f"capacity is of replicas, and {part} of {bend.on} has none of its own"
                hint = "leave out `need` and `of_class`; `pods` names a group of replicas"
                yield at(node, path, file=file, code="E129", found=found, hint=hint)
            part = part or bend.pods
            if bend.extra and part is not None:
                found = f"extra requests are offered to all of {bend.on}, not to {part} alone"
                hint = "leave out `need`, `of_class` and `pods`"
                yield at(node, path, file=file, code="E129", found=found, hint=hint)


def _logs(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Log lines without a pace that do not come once either."""
    for place, text in enumerate(scenario.logs):
        if not text.once and not text.per_min and text.dying is None:
            found = "this log line has no `per_min` and is not `once`: it is never written"
            yield at(node, ("logs", place), file=file, code="W103", found=found)


def effects(scenario: Scenario) -> list[Effect]:
    """What actions, injects and an intruder do, whenever they do it."""
    found = [outcome.do for action in scenario.actions.values() for outcome in action.then]
    found += [midway.do for action in scenario.actions.values() for midway in action.during]
    found += [step.do for step in scenario.intruder.steps.values()]
    return found + [inject.do for inject in scenario.injects.values() if inject.do]
