"""Whether everything a scenario's texts leave open is filled by something.

Rule 1: texts and rows may hold `${name}` of what a condition may ask, `${n}`, and the moments
`time`, `clock`, `epoch`, `begins` and `since`, with an offset such as `:-5m`; `hex8:` before
a name writes its number so, in eight digits.
Rule 2: `{x}` and `{{x}}` are plain text; nothing of a text is ever evaluated.
"""

from collections.abc import Iterator
from typing import Final

from simulator.brief.nodes import Mapping as MappingNode
from simulator.brief.nodes import Node, Scalar
from simulator.brief.pointing import Words, spots
from simulator.brief.references import HEX, MOMENT, Path, at, placeholders
from simulator.clock import seconds_of
from simulator.errors import Problem

FILLED: Final = ("looks/*/shows/*/text", "logs/*/text")
"""Single texts that are filled."""


def check_texts(node: Node, words: Words, file: str) -> tuple[Problem, ...]:
    """A problem for each `${name}` that nothing fills."""
    texts = [(spot.name, spot.path) for pattern in FILLED for spot in spots(node, pattern)]
    texts += _rows(node)
    problems = []
    for text, path in texts:
        for name in placeholders(text):
            if complaint := _complaint(name, words):
                found = f"nothing fills the placeholder {'${' + name + '}'!a}"
                problems.append(at(node, path, file=file, code="E143", found=found, hint=complaint))
    return tuple(problems)


def _complaint(name: str, words: Words) -> str:
    """Why nothing fills a name, or nothing."""
    if name == "n":
        return ""
    moment = MOMENT.fullmatch(name)
    if moment is None:
        digits = HEX.fullmatch(name)
        told = words.complaint(digits[2] if digits else name)
        return "" if told is None else told[1] or told[0]
    amount = moment[3]
    if amount is None or words.complaint(amount) is None:
        return ""
    try:
        seconds_of(amount)
    except ValueError as error:
        return str(error)
    return ""


def _rows(node: Node) -> list[tuple[str, Path]]:
    """Every text of every record, however deep."""
    found: list[tuple[str, Path]] = []
    records = node.items.get("records") if isinstance(node, MappingNode) else None
    if records is not None and not isinstance(records, Scalar | MappingNode):
        for position, record in enumerate(records.items):
            found += _leaves(record, ("records", position))
    return found


def _leaves(node: Node, path: Path) -> Iterator[tuple[str, Path]]:
    match node:
        case Scalar():
            yield node.text, path
        case MappingNode():
            for key, part in node.items.items():
                yield from _leaves(part, (*path, key))
        case _:
            for position, part in enumerate(node.items):
                yield from _leaves(part, (*path, position))
