"""What is written in a scenario and can never come about: an inject, a fault, a moment too late.

Rule 1: a drill lasts 30 days at most; what asks for more is refused, what comes too late is told.
"""

from collections.abc import Iterator

from simulator.brief.nodes import Node
from simulator.brief.references import Path, at
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.clock import DAY, LONGEST_DRILL_S
from simulator.errors import Problem


def never(node: Node, scenario: Scenario, file: str) -> list[Problem]:
    """Warnings of what is written and can never come about."""
    problems = [*_injects(node, scenario, file), *_logs(node, scenario, file)]
    if scenario.limit is not None and scenario.limit > LONGEST_DRILL_S:
        found = (
            f"a limit of {scenario.limit} s: a drill lasts at most {LONGEST_DRILL_S // DAY} days"
        )
        problems.append(at(node, ("limit",), file=file, code="E125", found=found))
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


def _logs(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Log lines without a pace that do not come once either."""
    for place, text in enumerate(scenario.logs):
        if not text.once and not text.per_min:
            found = "this log line has no `per_min` and is not `once`: it is never written"
            yield at(node, ("logs", place), file=file, code="W103", found=found)


def effects(scenario: Scenario) -> list[Effect]:
    """What actions and injects do, whenever they do it."""
    found = [outcome.do for action in scenario.actions.values() for outcome in action.then]
    found += [midway.do for action in scenario.actions.values() for midway in action.during]
    return found + [inject.do for inject in scenario.injects.values() if inject.do]
