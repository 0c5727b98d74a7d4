"""What a look of a scenario can show, and which of a plan's gates no look could ever pass.

Rule 1: what each kind of view can show stands in the tables of this file, as the world measures
it; what a look shows besides its author lists under `facts`. A screen may show less at a time: who
answers nobody is seen at a service's own door and its pods only.
Rule 2: figures of customers are seen where customers come in, or by a look about no one service.
Rule 3: a gate is passed by one look of its kind that shows a fact it asks about and by what it
shows makes the condition hold; a comparison with a fact it does not show is false.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from simulator.brief.conditions import (
    AllOf,
    Among,
    AnyOf,
    Comparison,
    Condition,
    Known,
    Lasting,
    Name,
    Negation,
    names,
    said,
)
from simulator.brief.plan.levels import Gate
from simulator.brief.plan.plan import Plan
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Look

ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "reproduce": ("service_down",),
    "alerts": ("alerts",),
    "tickets": ("tickets",),
    "dependency": ("vendor", "service_down"),
    "infrastructure": ("service_down",),
    "database": ("service_down",),
    "audit": ("breach", "vulnerability"),
    "vendor": ("vendor", "region"),
}
"""Kind of view -> the facts it shows, whatever service it is about."""
OF_CUSTOMERS: Final[Mapping[str, tuple[str, ...]]] = {
    "metrics": ("errors", "traffic_share", "p95_ms", "p95_ratio", "saturation"),
    "logs": ("errors",),
    "reproduce": ("errors", "p95_ms", "p95_ratio"),
}
"""Kind of view -> the facts it shows where customers come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A gate that no look could show to be passed."""

    gate: str
    variants: tuple[str, ...]
    """Where; in the order of the file."""
    why: str
    hint: str


def shown_by(
    scenario: Scenario, views: Iterable[str], of: str = "", also: Iterable[str] = ()
) -> frozenset[str]:
    """The facts a look of these kinds can show, `also` those listed besides.

    `of` is the one service it is about; none: about all of them.
    """
    entries = {name for name, service in scenario.system.services.items() if service.is_entry}
    shown = set(also)
    for view in views:
        shown.update(ALWAYS.get(view, ()))
        if of in entries or (entries and not of):
            shown.update(OF_CUSTOMERS.get(view, ()))
    return frozenset(shown)


def hidden_gates(plan: Plan, scenario: Scenario) -> tuple[Hidden, ...]:
    """The plan's gates that no look of some variant could show to be passed, in their order.

    An exercise that asks for items has no ending to prove.
    """
    if scenario.items:
        return ()
    found = []
    for name, gate in plan.gates.items():
        lost = tuple(
            variant
            for variant in scenario.variants
            if not any(could_show(gate.holds, shown) for shown in _ways(scenario, gate, variant))
        )
        if lost:
            why, hint = _why(scenario, gate, lost[0])
            found.append(Hidden(gate=name, variants=lost, why=why, hint=hint))
    return tuple(found)


def could_show(condition: Condition, shown: frozenset[str]) -> bool:
    """Whether a look that shows these facts, and no other, could ever prove the condition."""
    asked = {name.text for name in names(condition)}
    return bool(asked & shown) and True in _outcomes(condition, shown)


def _ways(scenario: Scenario, gate: Gate, variant: str) -> Iterator[frozenset[str]]:
    """What each look of the gate's kind shows in a variant; a kind without a look is plain."""
    of_kind = {name: look for name, look in scenario.looks.items() if gate.by in look.views}
    if not of_kind:
        yield shown_by(scenario, (gate.by,))
    for look in of_kind.values():
        if look.covers(variant):
            yield _shown(scenario, look)


def _shown(scenario: Scenario, look: Look) -> frozenset[str]:
    return shown_by(scenario, look.views, look.of or "", look.facts)


def _outcomes(condition: Condition, shown: frozenset[str]) -> frozenset[bool]:
    """What the condition could come to: true, false or, by what is shown, either."""
    match condition:
        case Comparison():
            asked = [condition.name, condition.value]
            return _either(n.text in shown for n in asked if isinstance(n, Name))
        case Known() | Among():
            return _either([condition.name.text in shown])
        case AllOf():
            parts = [_outcomes(part, shown) for part in condition.parts]
            lost = any(False in part for part in parts)
            return _of(true=all(True in part for part in parts), false=lost)
        case AnyOf():
            parts = [_outcomes(part, shown) for part in condition.parts]
            lost = all(False in part for part in parts)
            return _of(true=any(True in part for part in parts), false=lost)
        case Negation():
            return frozenset(not one for one in _outcomes(condition.part, shown))
        case Lasting():
            return frozenset((False,))  # a look is of one second
        case _:
            assert_never(condition)


def _either(known: Iterable[bool]) -> frozenset[bool]:
    return _of(true=all(known), false=True)


def _of(*, true: bool, false: bool) -> frozenset[bool]:
    return frozenset(one for one, there in ((True, true), (False, false)) if there)


def _why(scenario: Scenario, gate: Gate, variant: str) -> tuple[str, str]:
    """Why no look of a variant could show it, and what to write."""
    ways = list(_ways(scenario, gate, variant))
    if not ways:
        return f"no look by {gate.by} is there", "write one, or let one of those there be in it"
    asked = dict.fromkeys(name.text for name in names(gate.holds))
    missing = [name for name in asked if not any(name in shown for shown in ways)]
    if not missing:
        why = f"no one look by {gate.by} can show that {said(gate.holds)}"
        return why, "a look shows one second, and only its own facts"
    facts = " or ".join(missing)
    hint = f"list it under `facts` of a look by {gate.by}"
    entries = [name for name, service in scenario.system.services.items() if service.is_entry]
    if entries and not set(missing).isdisjoint(OF_CUSTOMERS.get(gate.by, ())):
        hint += f", or write such a look at where customers come in ({', '.join(entries)})"
    return f"no look by {gate.by} shows {facts}", hint
