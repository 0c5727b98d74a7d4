"""Whether a scenario is a fair drill, beyond what its names and numbers say of each other.

Rule 1: nothing a trainee sees unasked names the cause; a wrong cause can be ruled out; what is
written can come about; no action is right and harmful at once.
Rule 2: each check says its place in the file; E refuses, W warns.
Rule 3: these checks read; `solve` plays.
"""

from collections.abc import Iterator
from math import prod
from typing import Final

from simulator.authoring.holding import Possible, why_never
from simulator.authoring.spoilers import giveaways, named_in
from simulator.brief.checks_scenario import NOT_KNOWN, TRUE_CONDITIONS
from simulator.brief.conditions import Among, Comparison, Known, Text, parse, said
from simulator.brief.nodes import Node
from simulator.brief.pointing import spots
from simulator.brief.references import Path, at
from simulator.brief.scenario.deeds import Action, Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Scope
from simulator.brief.scenario.trouble import Variant
from simulator.clock import said as duration
from simulator.errors import Problem

LOOKS, ACTIONS = 15, 10
"""What a scenario offers at least (assumed)."""
NEAR_ONSET_S: Final = 180
RULED_OUT: Final = 0.25
"""A wrong cause is out once two looks make it a quarter as likely as the right one (assumed)."""


def check(node: Node, scenario: Scenario, file: str) -> tuple[Problem, ...]:
    """Every problem and warning of a bound scenario as a drill, in the order of the file."""
    found = [
        *_spoilers(node, scenario, file),
        *_herrings(node, scenario, file),
        *_decoys(node, scenario, file),
        *_never(node, scenario, file),
        *_two_faced(node, scenario, file),
        *_endless(node, scenario, file),
        *_shallow(node, scenario, file),
        *_forewarned(node, scenario, file),
    ]
    return tuple(sorted(found, key=lambda one: (one.file, one.line, one.column, one.code)))


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


def _onset(scenario: Scenario, variant: Variant) -> int | None:
    """The second the incident's own fault begins, where a clock says it."""
    faults = [scenario.faults[name] for name in variant.faults]
    return min((f.at for f in faults if f.impact and f.at is not None), default=None)


def _herrings(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Nuisances that begin near the onset: none at difficulty 1, one more for each level."""
    allowed = max(0, scenario.difficulty - 1)
    for name, variant in scenario.variants.items():
        onset = _onset(scenario, variant)
        if onset is None:
            continue
        near = [
            fault
            for fault in variant.faults
            if not scenario.faults[fault].impact
            and (begins := scenario.faults[fault].at) is not None
            and abs(begins - onset) <= NEAR_ONSET_S
        ]
        if len(near) > allowed:
            found = (
                f"{', '.join(near)} begin within 3 min of the onset;"
                f" difficulty {scenario.difficulty} allows {allowed}"
            )
            path: Path = ("variants", name, "faults")
            yield at(node, path, file=file, code="W161", found=found, key=True)


def _decoys(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Each wrong cause must fall to the best two looks there are in a variant."""
    for name, variant in scenario.variants.items():
        if not variant.weight:
            continue
        odds = _odds(scenario, name, variant)
        standing = [
            cause
            for cause in scenario.causes
            if cause not in (variant.cause, NOT_KNOWN) and _left(odds, cause) > RULED_OUT
        ]
        if standing:
            found = f"no two looks rule out {', '.join(standing)}"
            hint = "a clue that reads below 1 for it, or more for the cause itself"
            path: Path = ("variants", name)
            yield at(node, path, file=file, code="W162", found=found, hint=hint, key=True)


def _odds(scenario: Scenario, name: str, variant: Variant) -> dict[str, dict[str, float]]:
    """Look -> cause -> how much likelier, beside the right one, what it shows makes it."""
    looks: dict[str, dict[str, float]] = {}
    for clue in scenario.clues.values():
        if not clue.covers(name) or (clue.when is not None and _is_elsewhere(clue.when, name)):
            continue
        right = max(clue.reads.get(variant.cause, 1.0), 1e-9)
        if right < 1:
            continue  # it speaks against what is true, so it is of another variant's making
        for look in clue.looks:
            mine = looks.setdefault(look, {})
            for cause in scenario.causes:
                mine[cause] = mine.get(cause, 1.0) * clue.reads.get(cause, 1.0) / right
    return looks


def _is_elsewhere(condition: object, variant: str) -> bool:
    """Whether a clue's condition names another variant."""
    match condition:
        case Comparison(name=name, operator="==", value=Text(text=text)):
            return name.text == "variant" and text != variant
        case _:
            return False


def _left(odds: dict[str, dict[str, float]], cause: str) -> float:
    """What is left of a cause after the two looks that speak most against it."""
    each = sorted(mine.get(cause, 1.0) for mine in odds.values())
    return prod(each[:2]) if each else 1.0


def _never(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Conditions that cannot hold: contradictory, or nothing in the file brings them about."""
    possible = _possible(scenario)
    for pattern in TRUE_CONDITIONS:
        for spot in spots(node, pattern):
            if reason := why_never(parse(spot.name), possible):
                found = f"this never holds: {reason}"
                yield at(node, spot.path, file=file, code="W160", found=found)


def _possible(scenario: Scenario) -> Possible:
    """Whether a word stands anywhere that could make a row of the state table that word."""
    values = _values(scenario)
    gauges, seen = scenario.system.gauges, {*scenario.clues}

    def possible(test: Comparison | Among | Known) -> bool:
        name = test.name.text
        head, _, item = name.partition(".")
        if isinstance(test, Known) and head == "found":
            return item in seen
        if not isinstance(test, Comparison) or not isinstance(test.value, Text):
            return True
        if name not in values or name in gauges or test.operator != "==":
            return True
        return test.value.text in values[name]

    return possible


def _values(scenario: Scenario) -> dict[str, set[str]]:
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


def effects(scenario: Scenario) -> Iterator[Effect]:
    """Everything this file does to the state."""
    for action in scenario.actions.values():
        yield from (outcome.do for outcome in action.then)
        yield from (midway.do for midway in action.during)
    yield from (inject.do for inject in scenario.injects.values() if inject.do)


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


def _shallow(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    for what, there, least in (
        ("looks", len(scenario.looks), LOOKS),
        ("actions", len(scenario.actions), ACTIONS),
    ):
        if there < least:
            found = f"{there} {what}; a drill people can stray in has at least {least}"
            yield at(node, (what,), file=file, code="W163", found=found, key=True)


def _forewarned(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """What is odd before the first page must not be the cause alone."""
    for name, variant in scenario.variants.items():
        onset = _onset(scenario, variant)
        odd = [
            (rule.unrelated, alert)
            for alert, rule in scenario.alerts.items()
            if rule.open_since is not None and rule.covers(name)
        ]
        if onset is not None:
            early = [(scenario.faults[fault], fault) for fault in variant.faults]
            odd += [
                (True, f) for t, f in early if not t.impact and t.at is not None and t.at < onset
            ]
        if odd and not any(unrelated for unrelated, _ in odd):
            found = f"before the first page only {', '.join(what for _, what in odd)} is odd"
            hint = "let something harmless be odd as well"
            path: Path = ("variants", name)
            yield at(node, path, file=file, code="W164", found=found, hint=hint, key=True)
