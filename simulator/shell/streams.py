"""Text in, text out: the nouns every filter behind a pipe is written in.

Rule 1: a filter sees text only; there are no files, so a file named is a file not found.
Rule 2: an option a filter does not know is refused in the filter's own words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from simulator.shell.flags import FlagTable, Given, read_flags

LONGEST_OUTPUT: Final = 200_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """What a filter wrote and how it ended."""

    out: str
    err: str = ""
    status: int = 0


Filter: TypeAlias = Callable[[Sequence[str], str], Filtered]
"""Words behind the filter's name, text on standard input."""


class Misused(ValueError):  # noqa: N818 - read aloud at the prompt
    """A filter used wrongly, in its own words; caught where filters are started."""


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends; none for no text."""
    return text.removesuffix("\n").split("\n") if text else []


def text_of(lines: Sequence[str]) -> str:
    """The text of lines, each with its end."""
    return "".join(f"{line}\n" for line in lines)


def options(name: str, words: Sequence[str], table: FlagTable, *, operands: int = 0) -> Given:
    """The flags given to a filter, or its refusal; operands beyond those meant are files."""
    given = read_flags(words, table)
    if given.unknown:
        raise Misused(
            f"{name}: unrecognized option '{given.unknown}'"
            if given.unknown.startswith("--")
            else f"{name}: invalid option -- '{given.unknown[1:]}'\n"
            f"Try '{name} --help' for more information."
        )
    if given.lacking:
        raise Misused(f"{name}: option requires an argument -- '{given.lacking.lstrip('-')}'")
    files = [file for file in (*given.operands, *given.rest)[operands:] if file != "-"]
    if files:
        raise Misused(f"{name}: {files[0]}: No such file or directory")
    return given


def aligned(rows: Sequence[Sequence[str]], *, gap: str) -> list[str]:
    """Rows as lines whose columns begin at the same place."""
    columns = max((len(row) for row in rows), default=0)
    widths = [
        max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(columns)
    ]
    return [
        gap.join(cell.ljust(widths[at]) for at, cell in enumerate(row)).rstrip() for row in rows
    ]
