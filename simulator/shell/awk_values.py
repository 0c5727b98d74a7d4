"""awk's values: texts that may be numbers, its plain functions, and what printf makes of them."""

import re
from collections.abc import Sequence
from typing import Final

from simulator.shell.patterns import Pattern

SHAPES: Final = r"%-?0?[0-9]{0,3}(\.[0-9]{1,2})?[dicsfeg%]"
"""What printf fills, as a pattern."""


_NUMBER: Final = re.compile(r"\s*([-+]?(?:\d{1,110}\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?)", re.ASCII)


def as_number(value: str) -> float:
    """The number a text begins with, as awk sees it; 0 for none."""
    found = _NUMBER.match(value)
    return float(found[1]) if found else 0.0


def as_text(number: float) -> str:
    """A number as awk prints it."""
    return str(int(number)) if number == int(number) else f"{number:.6g}"


def looks_numeric(text: str) -> bool:
    """Whether the whole text is a number."""
    return _NUMBER.fullmatch(text.rstrip()) is not None


def plain(name: str, values: Sequence[str]) -> str:
    """What a function that looks at its values alone makes of them."""
    first = values[0]
    match name:
        case "length":
            return str(len(first))
        case "substr":
            begins = int(as_number(values[1])) - 1 if len(values) > 1 else 0
            ends = begins + int(as_number(values[2])) if len(values) > 2 else len(first)
            return first[max(0, begins) : max(0, ends)]
        case "index":
            return str(first.find(values[1]) + 1 if len(values) > 1 else 0)
        case "int":
            return str(int(as_number(first)))
    return first.lower() if name == "tolower" else first.upper()


def formatted(values: Sequence[str], shapes: Pattern) -> str:
    """The first value with the others in place of its shapes, as printf fills them."""
    shape, *waiting = values
    out: list[str] = []
    at = 0
    for start, end in shapes.spans(shape):
        out.extend((shape[at:start], _filled(shape[start:end], waiting)))
        at = end
    return "".join([*out, shape[at:]])


def _filled(shape: str, waiting: list[str]) -> str:
    kind = shape[-1]
    if kind == "%":
        return "%"
    value = waiting.pop(0) if waiting else ""
    if kind == "c":
        return (shape[:-1] + "s") % _sign(value)
    if kind in "di":
        return (shape[:-1] + "d") % int(as_number(value))
    return shape % (as_number(value) if kind in "feg" else value)


def _sign(value: str) -> str:
    """The sign of a number, or a text's first."""
    return chr(int(as_number(value)) % 128) if looks_numeric(value) else value[:1]
