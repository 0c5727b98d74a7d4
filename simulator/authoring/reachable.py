"""What is written and can come about in no variant: conditions, clues, actions, injects, remedies.

Rule 1: a thing is asked about in each variant it is there in; one variant in which it may come
about is enough.
Rule 2: "never" is said only of what the file itself decides: which faults can begin in a variant,
which actions and looks are there, which words a row of the state table can be.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from simulator.authoring.holding import Possible, why_never
from simulator.brief.checks_reached import effects
from simulator.brief.checks_scenario import TRUE_CONDITIONS
from simulator.brief.conditions import (
    AllOf,
    Among,
    Comparison,
    Condition,
    Known,
    Name,
    Negation,
    Quantity,
    Text,
    parse,
)
from simulator.brief.nodes import Node
from simulator.brief.pointing import spots
from simulator.brief.references import Path, at
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.gauges import Gauge
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Scope
from simulator.errors import Problem

_SCOPED: Final = ("alerts", "looks", "clues", "records", "logs", "actions", "injects")


def unreachable(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Everything of a scenario that no variant lets come about."""
    begins = {name: begins_in(scenario, name) for name in scenario.variants}
    worlds = {name: _possible(scenario, name, begins[name]) for name in scenario.variants}
    yield from _conditions(node, scenario, file, worlds, begins)
    yield from _injects(node, scenario, file, worlds)
    yield from _nowhere(node, scenario, file)
    yield from _fruitless(node, scenario, file, worlds)
    yield from _remedies(node, scenario, file)


def never_in(scenario: Scenario, condition: Condition, variant: str) -> str:
    """Why a condition can never hold in a variant; empty where it may, as far as one can tell."""
    possible = _possible(scenario, variant, begins_in(scenario, variant))
    return _never_in(condition, variant, possible)


def begins_in(scenario: Scenario, variant: str) -> frozenset[str]:
    """The faults that may begin in a variant: armed, started, spread to, or by a gauge."""
    effects_here = list(_effects(scenario, variant))
    moves = [move for effect in effects_here for move in effect.move]
    moved = {
        (move.gauge, sign) for move in moves for sign in (1, -1) if (move.by or sign) * sign > 0
    }
    reached = set(scenario.variants[variant].faults)
    reached |= {fault for effect in effects_here for fault in effect.start}
    before = -1
    while before < len(reached):
        before = len(reached)
        reached |= {other for fault in tuple(reached) for other in scenario.faults[fault].spreads}
        for name, gauge in scenario.system.gauges.items():
            for fault, sign in ((gauge.full, 1), (gauge.empty, -1)):
                if fault and (
                    (name, sign) in moved or _may_fill(scenario, variant, gauge, sign, reached)
                ):
                    reached.add(fault)
    return frozenset(reached)


def _may_fill(scenario: Scenario, variant: str, gauge: Gauge, sign: int, begins: set[str]) -> bool:
    """Whether anything moves a gauge towards its most (1) or its least (-1) in a variant."""
    if gauge.follows:
        return True
    possible = partial(
        _may_hold, scenario=scenario, variant=variant, begins=frozenset(begins), words={}
    )
    return any(
        flow.rate * sign > 0 and (flow.when is None or not _never_in(flow.when, variant, possible))
        for flow in gauge.flows
    )


def _conditions(
    node: Node,
    scenario: Scenario,
    file: str,
    worlds: dict[str, Possible],
    begins: dict[str, frozenset[str]],
) -> Iterator[Problem]:
    """Conditions that hold in none of the variants they are asked in."""
    for pattern in TRUE_CONDITIONS:
        for spot in spots(node, pattern):
            there = _where(scenario, spot.path, begins)
            condition = parse(spot.name)
            reasons = [_never_in(condition, name, worlds[name]) for name in there]
            if reasons and all(reasons):
                found = f"this never holds: {reasons[0]}"
                yield at(node, spot.path, file=file, code="W160", found=found)


def _injects(
    node: Node, scenario: Scenario, file: str, worlds: dict[str, Possible]
) -> Iterator[Problem]:
    """Injects whose `unless` always holds where their `when` does."""
    for name, inject in scenario.injects.items():
        if inject.unless is None:
            continue
        parts = (Negation(part=inject.unless), *(() if inject.when is None else (inject.when,)))
        wanted = parts[0] if len(parts) == 1 else AllOf(parts=parts)
        there = [one for one in scenario.variants if inject.covers(one)]
        alone = inject.when is not None and all(
            _never_in(inject.when, one, worlds[one]) for one in there
        )
        if there and not alone and all(_never_in(wanted, one, worlds[one]) for one in there):
            found = f"the inject {name} never comes: whenever it could, its `unless` holds"
            path: Path = ("injects", name, "unless")
            yield at(node, path, file=file, code="W160", found=found)


def _nowhere(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Things that `not_in` takes out of every variant, and clues without a look beside them."""
    for section in _SCOPED:
        things = getattr(scenario, section)
        for key, thing in things.items() if hasattr(things, "items") else enumerate(things):
            if not any(thing.covers(name) for name in scenario.variants):
                found = "this is there in no variant"
                path: Path = (section, key)
                yield at(node, path, file=file, code="W169", found=found, key=True)
    for key, clue in scenario.clues.items():
        there = [name for name in scenario.variants if clue.covers(name)]
        if there and not any(_shown_in(scenario, key, name) for name in there):
            found = f"in no variant of this clue one of its looks is there: {', '.join(clue.looks)}"
            path = ("clues", key, "looks")
            yield at(node, path, file=file, code="W169", found=found)


def _fruitless(
    node: Node, scenario: Scenario, file: str, worlds: dict[str, Possible]
) -> Iterator[Problem]:
    """Actions none of whose outcomes can come about in any variant they are there in."""
    for name, action in scenario.actions.items():
        there = [one for one in scenario.variants if action.covers(one)]
        if not action.then or not there or any(outcome.when is None for outcome in action.then):
            continue
        if all(
            _never_in(outcome.when, one, worlds[one])
            for one in there
            for outcome in action.then
            if outcome.when is not None
        ):
            found = f"the action {name} never does anything: none of its outcomes can hold"
            path: Path = ("actions", name, "then")
            yield at(node, path, file=file, code="W169", found=found, key=True)


def _remedies(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Remedies whose action is not there in their variant, or that nobody wrote."""
    for name, variant in scenario.variants.items():
        for number, step in enumerate(variant.remedy):
            if not scenario.actions[step.do].covers(name):
                found = f"the remedy of {name} takes {step.do}, which is not there in {name}"
                hint = "let the action be there, or take another"
                path: Path = ("variants", name, "remedy", number, "do")
                yield at(node, path, file=file, code="E165", found=found, hint=hint)
        for number, look in enumerate(variant.lead):
            if not scenario.looks[look].covers(name):
                found = f"{look} leads to {name} and is not there in {name}"
                path = ("variants", name, "lead", number)
                yield at(node, path, file=file, code="W169", found=found)
        if not variant.remedy and scenario.kind == "incident":
            found = f"{name} has no remedy: no bot will ever cure it, and no debrief can say how"
            hint = "write the actions that cure it under `remedy`, in order"
            path = ("variants", name)
            yield at(node, path, file=file, code="W168", found=found, hint=hint, key=True)


def _never_in(condition: Condition, variant: str, possible: Possible) -> str:
    """Why a condition never holds in a variant; empty where it may."""
    here = Comparison(name=Name(text="variant"), operator="==", value=Text(text=variant))
    return why_never(AllOf(parts=(here, condition)), possible)


def _where(scenario: Scenario, path: Path, begins: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """The variants in which what stands at a path is there."""
    scope: Scope | None = None
    match path:
        case ("variants", str(name), *_):
            return (name,)
        case ("faults", str(name), *_):
            return tuple(v for v in scenario.variants if name in begins[v])
        case ("colleagues", str(person), "knows", int(number), *_):
            scope = scenario.colleagues[person].knows[number]
        case (str(section), key, *_) if section in _SCOPED:
            scope = getattr(scenario, section)[key]
        case _:
            pass
    return tuple(v for v in scenario.variants if scope is None or scope.covers(v))


def _possible(scenario: Scenario, variant: str, begins: frozenset[str]) -> Possible:
    """Whether anything of this variant could make a leaf of a condition true."""
    return partial(
        _may_hold,
        scenario=scenario,
        variant=variant,
        begins=begins,
        words=_words(scenario),
    )


def _may_hold(
    test: Comparison | Among | Known,
    *,
    scenario: Scenario,
    variant: str,
    begins: frozenset[str],
    words: dict[str, set[str]],
) -> bool:
    name = test.name.text
    head, _, item = name.partition(".")
    match head:
        case "fault" | "cured" if item and _asks_for_some(test):
            return item in begins
        case "done" if item and isinstance(test, Known):
            return item not in scenario.actions or scenario.actions[item].covers(variant)
        case "found" if item and isinstance(test, Known):
            return item in scenario.clues and _shown_in(scenario, item, variant)
    if not isinstance(test, Comparison) or not isinstance(test.value, Text):
        return True
    if name not in words or name in scenario.system.gauges or test.operator != "==":
        return True
    return test.value.text in words[name]


def _asks_for_some(test: Comparison | Among | Known) -> bool:
    """Whether it asks for a fault that is there, not for one that is gone or weak."""
    match test:
        case Known():
            return True
        case Comparison(operator=operator, value=Quantity(amount=amount)):
            return (operator == ">" and amount >= 0) or (operator in (">=", "==") and amount > 0)
        case _:
            return False


def _shown_in(scenario: Scenario, clue: str, variant: str) -> bool:
    """Whether a clue and one of the looks, or people, that show it are there in a variant."""
    terms = scenario.clues[clue]
    return terms.covers(variant) and any(
        look not in scenario.looks or scenario.looks[look].covers(variant) for look in terms.looks
    )


def _words(scenario: Scenario) -> dict[str, set[str]]:
    """Row of the state table -> every word this file could give it, for rows written here.

    Rows that tools and the world's own processes set (`db.status` by a reboot) may hold more; they
    are left out wherever a service goes by their first word.
    """
    values: dict[str, set[str]] = {}
    tables = [scenario.system.state, *(v.state for v in scenario.variants.values())]
    for fault in scenario.faults.values():
        tables += [fault.sets, fault.cured_sets]
    tables += [effect.sets for effect in effects(scenario)]
    for table in tables:
        for name, value in table.items():
            if name.partition(".")[0] not in scenario.system.services:
                values.setdefault(name, set()).add(_word(value))
    return values


def _word(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _effects(scenario: Scenario, variant: str) -> Iterator[Effect]:
    """Everything this file does to the state in a variant."""
    for action in scenario.actions.values():
        if action.covers(variant):
            yield from (outcome.do for outcome in action.then)
            yield from (midway.do for midway in action.during)
    for inject in scenario.injects.values():
        if inject.do is not None and inject.covers(variant):
            yield inject.do
