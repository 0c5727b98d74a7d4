"""Whether a scenario is a fair drill, beyond what its names and numbers say of each other.

Rule 1: nothing a trainee sees unasked names the cause; a wrong cause can be ruled out; what is
written can come about; no action is right and harmful at once.
Rule 2: each check says its place in the file; E refuses, W warns.
Rule 3: these checks read; `solve` plays.
"""

from collections.abc import Iterator

from simulator.authoring.advice import advice
from simulator.authoring.reachable import unreachable
from simulator.authoring.spoilers import giveaways, named_in
from simulator.authoring.unfair import unfair
from simulator.brief.conditions import said
from simulator.brief.nodes import Node
from simulator.brief.references import Path, at
from simulator.brief.scenario.deeds import Action, Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Scope
from simulator.brief.scenario.trouble import Variant
from simulator.clock import said as duration
from simulator.errors import Problem
from simulator.world.system import at_rest


def check(node: Node, scenario: Scenario, file: str) -> tuple[Problem, ...]:
    """Every problem and warning of a bound scenario as a drill, in the order of the file."""
    found = [
        *_unsteady(node, scenario, file),
        *_spoilers(node, scenario, file),
        *unfair(node, scenario, file),
        *unreachable(node, scenario, file),
        *_two_faced(node, scenario, file),
        *_endless(node, scenario, file),
        *advice(node, scenario, file),
    ]
    return tuple(sorted(found, key=lambda one: (one.file, one.line, one.column, one.code)))


def _unsteady(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Figures of a normal day that cannot all be true: no system can begin so."""
    try:
        at_rest(scenario.system)
    except ValueError as error:
        words = [word.strip(":,;") for word in str(error).split()]
        service = next((word for word in words if word in scenario.system.services), "")
        path: Path = ("system", "services", service)
        hint = "change one of its figures, or what needs it"
        yield at(node, path, file=file, code="E147", found=str(error), hint=hint, key=True)


def _spoilers(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Pages, error lines, labels and the briefing, against each variant they are shown in."""
    told: set[Path] = set()
    for name in scenario.variants:
        ways = giveaways(scenario, name)
        for path, code, text, scope in _shown(scenario):
            if path in told or (scope is not None and not scope.covers(name)):
                continue
            if way := named_in(text, ways):
                told.add(path)
                found = f"it names what is wrong in {name}: {way!a}"
                hint = "name a symptom; the cause is a join of at least two sources"
                yield at(node, path, file=file, code=code, found=found, hint=hint)


def _shown(scenario: Scenario) -> Iterator[tuple[Path, str, str, Scope | None]]:
    """(place, code, text, where it is there) of all that is told to people who did not ask."""
    for name, rule in scenario.alerts.items():
        code = "E160" if rule.page else "E161"
        yield ("alerts", name, "summary"), code, rule.summary, rule
    for number, line in enumerate(scenario.logs):
        if line.level == "error":
            yield ("logs", number, "text"), "E160", line.text, line
    yield ("title",), "E161", scenario.title, None
    for number, text in enumerate(scenario.brief):
        yield ("brief", number), "E161", text, None
    for name, look in scenario.looks.items():
        yield ("looks", name, "title"), "E161", look.title, look
    for name, inject in scenario.injects.items():
        yield ("injects", name, "says"), "E161", inject.says, inject


def _two_faced(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """An action that, under one condition, cures and harms in the same variant."""
    for name, action in scenario.actions.items():
        for variant, terms in scenario.variants.items():
            if not action.covers(variant):
                continue
            condition = _both(scenario, action, terms)
            if condition is not None:
                found = f"in {variant} it is right and harmful at once{condition}"
                hint = "give the two outcomes conditions that exclude one another"
                path: Path = ("actions", name)
                yield at(node, path, file=file, code="E163", found=found, hint=hint, key=True)
                break


def _both(scenario: Scenario, action: Action, variant: Variant) -> str | None:
    """Under which condition it does both, as the end of a sentence; None where it never does."""
    outcomes = [(outcome.when, outcome.do) for outcome in action.then]
    faces: dict[str, set[str]] = {}
    for when, do in outcomes:
        key = "" if when is None else said(when)
        faces.setdefault(key, set()).update(_faces(scenario, do, variant))
    always = faces.get("", set())
    for key, mine in faces.items():
        if {"right", "harmful"} <= mine | always:
            return f" when {key}" if key else ", whatever holds"
    return None


def _faces(scenario: Scenario, do: Effect, variant: Variant) -> set[str]:
    """A cure that costs data is a choice people weigh, not a contradiction: only faults count."""
    found = set()
    armed = {name for name in variant.faults if scenario.faults[name].impact}
    if armed & {*do.cure, *(ease.fault for ease in do.ease)}:
        found.add("right")
    if any(scenario.faults[name].impact for name in do.start):
        found.add("harmful")
    return found


def _endless(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """A change so long before the end of an action whose end no clock knows."""
    for name, action in scenario.actions.items():
        for number, midway in enumerate(action.during):
            if action.until is not None and midway.before_end is not None:
                found = (
                    f"{name} goes on until {said(action.until)}, so nothing can come"
                    f" {duration(round(midway.before_end))} before its end"
                )
                hint = "count it from the start with `after`, or leave `until` out"
                path: Path = ("actions", name, "during", number, "before_end")
                yield at(node, path, file=file, code="E164", found=found, hint=hint, key=True)
