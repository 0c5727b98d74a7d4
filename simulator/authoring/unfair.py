"""Whether people can tell what is true from what only looks like it: herrings, decoys, omens.

Rule 1: red herrings near the onset are counted against the difficulty, and each is one that two
looks rule out; so is every cause that is not the true one.
Rule 2: before the first page something is odd that has nothing to do with the cause.
"""

from collections.abc import Iterator
from math import prod
from typing import Final

from simulator.brief.conditions import Comparison, Text, names
from simulator.brief.nodes import Node
from simulator.brief.references import Path, at
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.sight import Clue
from simulator.brief.scenario.trouble import Variant
from simulator.brief.scenario_words import NOT_KNOWN
from simulator.errors import Problem

NEAR_ONSET_S: Final = 180
RULED_OUT: Final = 0.25
"""A wrong cause is out once two looks make it a quarter as likely as the right one (assumed)."""


def unfair(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """Every way in which a variant cheats those who play it."""
    yield from _herrings(node, scenario, file)
    yield from _misleading(node, scenario, file)
    yield from _decoys(node, scenario, file)
    yield from _forewarned(node, scenario, file)


def onset(scenario: Scenario, variant: Variant) -> int | None:
    """The second the incident's own fault begins, where a clock says it."""
    faults = [scenario.faults[name] for name in variant.faults]
    return min((f.at for f in faults if f.impact and f.at is not None), default=None)


def herrings(scenario: Scenario, variant: Variant) -> tuple[str, ...]:
    """The nuisances of a variant that begin near its onset, where a clock says both."""
    begins = onset(scenario, variant)
    if begins is None:
        return ()
    return tuple(
        fault
        for fault in variant.faults
        if not scenario.faults[fault].impact
        and (second := scenario.faults[fault].at) is not None
        and abs(second - begins) <= NEAR_ONSET_S
    )


def _herrings(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """None at difficulty 1, one more for each level."""
    allowed = max(0, scenario.difficulty - 1)
    for name, variant in scenario.variants.items():
        near = herrings(scenario, variant)
        if len(near) > allowed:
            found = (
                f"{', '.join(near)} begin within 3 min of the onset;"
                f" difficulty {scenario.difficulty} allows {allowed}"
            )
            hint = "let one begin earlier, or say a higher difficulty"
            path: Path = ("variants", name, "faults")
            yield at(node, path, file=file, code="W161", found=found, hint=hint, key=True)


def _misleading(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """What a herring suggests must fall to two looks other than the one that suggests it."""
    for name, variant in scenario.variants.items():
        for fault in herrings(scenario, variant) if variant.weight else ():
            for clue, terms in scenario.clues.items():
                if not _speaks_of(terms, fault, name):
                    continue
                odds = _odds(scenario, name, variant, without=clue)
                right = terms.reads.get(variant.cause, 1.0) or 1.0
                standing = [
                    cause
                    for cause, weight in terms.reads.items()
                    if cause not in (variant.cause, NOT_KNOWN)
                    and weight > right
                    and weight / right * _left(odds, cause) > RULED_OUT
                ]
                if standing:
                    found = (
                        f"in {name} {fault} lets people take {', '.join(standing)} for the cause,"
                        " and no two looks rule it out"
                    )
                    hint = "a clue that speaks against it, or less weight here"
                    path: Path = ("clues", clue, "reads")
                    yield at(node, path, file=file, code="W170", found=found, hint=hint, key=True)


def _speaks_of(clue: Clue, fault: str, variant: str) -> bool:
    if clue.when is None or not clue.covers(variant):
        return False
    return any(name.text == f"fault.{fault}" for name in names(clue.when))


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


def _odds(
    scenario: Scenario, name: str, variant: Variant, *, without: str = ""
) -> dict[str, dict[str, float]]:
    """Look -> cause -> how much likelier, beside the right one, what it shows makes it."""
    looks: dict[str, dict[str, float]] = {}
    for id_, clue in scenario.clues.items():
        is_elsewhere = clue.when is not None and _is_elsewhere(clue.when, name)
        if id_ == without or not clue.covers(name) or is_elsewhere:
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


def _forewarned(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """What is odd before the first page must not be the cause alone."""
    for name, variant in scenario.variants.items():
        begins = onset(scenario, variant)
        odd = [
            (rule.unrelated, alert)
            for alert, rule in scenario.alerts.items()
            if rule.open_since is not None and rule.covers(name)
        ]
        if begins is not None:
            early = [(scenario.faults[fault], fault) for fault in variant.faults]
            odd += [
                (True, f) for t, f in early if not t.impact and t.at is not None and t.at < begins
            ]
        if odd and not any(unrelated for unrelated, _ in odd):
            found = f"before the first page only {', '.join(what for _, what in odd)} is odd"
            hint = "let something harmless be odd as well"
            path: Path = ("variants", name)
            yield at(node, path, file=file, code="W164", found=found, hint=hint, key=True)
