"""What would make a sound scenario a better one: more to stray in, figures that say whence.

Rule 1: advice never refuses: a drill to grow from is small, and sound.
Rule 2: a figure without an origin behind it reads as if somebody had measured it.
"""

from collections.abc import Iterator
from typing import Final

from simulator.brief.nodes import Mapping, Node, Scalar
from simulator.brief.references import Path, at, standing
from simulator.brief.scenario.scenario import Scenario
from simulator.errors import Problem

LOOKS, ACTIONS, VARIANTS = 15, 10, 3
"""What a scenario offers at least (assumed)."""
_FIGURED: Final = (
    "system",
    "faults",
    "variants",
    "alerts",
    "looks",
    "actions",
    "expected",
    "limit",
)
"""Parts whose figures people would take for somebody's."""


_OURS: Final = frozenset({"worth", "weight", "least", "sets", "cured_sets", "state", "revision",
                          "before", "to", "amount", "count"})  # fmt: skip
"""Keys whose figures say nothing of anybody's system."""


def advice(node: Node, scenario: Scenario, file: str) -> Iterator[Problem]:
    """What to think about once everything else is in order."""
    drawn = [one for one in scenario.variants.values() if one.weight]
    for what, there, least in (
        ("looks", len(scenario.looks), LOOKS),
        ("actions", len(scenario.actions), ACTIONS),
        ("variants", len(drawn), VARIANTS),
    ):
        if there < least and not scenario.items:  # an exercise is as deep as what it asks for
            found = f"{there} {what}; a drill people can stray in has at least {least}"
            yield at(node, (what,), file=file, code="W163", found=found, key=True)
    if bare := _bare(node):
        first = standing(node, bare[0]).line
        where = ", ".join(".".join(str(step) for step in path) for path in bare[:3])
        found = (
            f"{len(bare)} figures say nowhere where they come from, from line {first} on: {where}"
        )
        hint = "write its source behind each, or `# assumed`"
        yield at(node, bare[0], file=file, code="W171", found=found, hint=hint)


def _bare(node: Node) -> list[Path]:
    """Where figures stand with no origin behind them."""
    assert isinstance(node, Mapping), "what is bound is a mapping"
    return [
        path
        for part in _FIGURED
        if part in node.items
        for path, scalar in _leaves(node.items[part], (part,))
        if _is_figure(scalar) and not scalar.comment and not _OURS.intersection(path)
    ]


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    match node:
        case Scalar():
            yield path, node
        case Mapping():
            for key, part in node.items.items():
                yield from _leaves(part, (*path, key))
        case _:
            for position, part in enumerate(node.items):
                yield from _leaves(part, (*path, position))


def _is_figure(scalar: Scalar) -> bool:
    """Whether a text is an amount: digits, maybe with a unit."""
    text = scalar.text
    return bool(text) and (text[0].isdigit() or text[0] == "-") and " " not in text
