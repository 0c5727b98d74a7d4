"""Scenario files made from a sound one by small changes by chance, the same for the same seed.

Rule 1: figures become nothing, tiny, huge or negative; conditions are swapped or denied; lines and
what stands under them go; values of one key change places; items are written twice.
Rule 2: what check lets through must be played to its end (`fate`); what it refuses is refused.
"""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeAlias

Lines: TypeAlias = list[str]
Change: TypeAlias = Callable[[Lines, Random], Lines]
FACTORS: Final = (0, 0.01, 0.5, 2, 7, 100, 10_000)
CONDITIONS: Final = (
    "now >= 0", "restored", "not restored", "impact", "declared for 30s", "elapsed > 1m",
    "not acknowledged", "resolved", "now > 5m and now < 6m",
)  # fmt: skip
"""What any scenario may ask."""
MOST_CHANGES: Final = 6
MOST_GONE: Final = 25
"""Lines that may go at once."""
_AMOUNT: Final = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)(ms|s|m|h|d|%|/s|/min|/h)?(?![\w.-])")
_WHEN: Final = re.compile(
    r"\b(?:when|until|unless|while|holds|restored_when|up): (?P<said>[^,}\n#]+)"
)
_VALUE: Final = re.compile(r"\s+([a-z_]+): (\S.*)$")


def fuzzed(text: str, seed: int) -> str:
    """The document with one to six small changes."""
    luck = Random(seed)  # noqa: S311 - changes to try, not a secret
    lines = text.splitlines()
    for _ in range(luck.randint(1, MOST_CHANGES)):
        lines = luck.choice(_CHANGES)(lines, luck)
    return "\n".join(lines) + "\n"


def _amount(lines: Lines, luck: Random) -> Lines:
    """One figure made nothing, tiny, huge, or negative."""
    spots = [(n, m) for n, line in enumerate(lines) for m in _AMOUNT.finditer(_code(line))]
    if not spots:
        return lines
    number, match = luck.choice(spots)
    value = f"{float(match[1]) * luck.choice(FACTORS):.6f}".rstrip("0").rstrip(".")
    sign = "-" if luck.random() < 0.05 else ""
    return _replaced(lines, number, match.span(), f"{sign}{value}{match[2] or ''}")


def _condition(lines: Lines, luck: Random) -> Lines:
    """One condition replaced by another, its own denial, or another place's."""
    spots = [(n, m) for n, line in enumerate(lines) for m in _WHEN.finditer(_code(line))]
    if not spots:
        return lines
    number, match = luck.choice(spots)
    own = match["said"].strip().strip("\"'")
    other = luck.choice(spots)[1]["said"].strip().strip("\"'")
    said = luck.choice((luck.choice(CONDITIONS), f"not ({own})", other, f"({own}) or ({other})"))
    return _replaced(lines, number, match.span("said"), f'"{said}"')


def _without(lines: Lines, luck: Random) -> Lines:
    """One line, with what stands under it, taken out."""
    number = luck.randrange(len(lines))
    end = number + 1
    while end < len(lines) and lines[end].strip() and _depth(lines[end]) > _depth(lines[number]):
        end += 1
    return [*lines[:number], *lines[end:]] if end - number < MOST_GONE else lines


def _swapped(lines: Lines, luck: Random) -> Lines:
    """Two values of the same key exchanged."""
    keyed: dict[str, list[tuple[int, tuple[int, int], str]]] = {}
    for number, line in enumerate(lines):
        if match := _VALUE.match(_code(line)):
            keyed.setdefault(match[1], []).append((number, match.span(2), match[2]))
    pairs = [spots for _, spots in sorted(keyed.items()) if len(spots) > 1]
    if not pairs:
        return lines
    (one, at_one, left), (other, at_other, right) = luck.sample(luck.choice(pairs), 2)
    return _replaced(_replaced(lines, one, at_one, right), other, at_other, left)


def _twice(lines: Lines, luck: Random) -> Lines:
    """One item of a list written twice."""
    items = [number for number, line in enumerate(lines) if line.lstrip().startswith("- {")]
    if not items:
        return lines
    number = luck.choice(items)
    return [*lines[: number + 1], *lines[number:]]


_CHANGES: Final[Sequence[Change]] = (
    _amount, _amount, _amount, _condition, _without, _swapped, _twice,
)  # fmt: skip


def _replaced(lines: Lines, number: int, span: tuple[int, int], told: str) -> Lines:
    line = lines[number]
    return [*lines[:number], line[: span[0]] + told + line[span[1] :], *lines[number + 1 :]]


def _code(line: str) -> str:
    """The line without its comment; nothing of a line that is one."""
    return "" if line.lstrip().startswith("#") else line.partition("  # ")[0]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
