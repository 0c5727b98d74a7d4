"""What ruamel.yaml says of a broken text, in an author's words.

Rule 1: something left open is named at its opening and at the place where its end was missed.
Rule 2: ruamel's own sentence is quoted only where we have none better.
"""

import re
from typing import Final

from ruamel.yaml.error import MarkedYAMLError

from simulator.brief.scanning import Mark
from simulator.errors import Problem

_OPENED: Final = (
    ("while parsing a flow sequence", "the bracket `[`"),
    ("while parsing a flow mapping", "the brace `{`"),
    ("while scanning a quoted scalar", "the quote"),
    ("while scanning a double-quoted scalar", "the quote"),
)
_NEVER_CLOSED: Final = re.compile(r"unexpected end of stream|unexpected document|expected ','")
_REMEDIES: Final = (
    (
        re.compile("mapping values are not allowed"),
        "a `: ` stands where no key can be",
        "put the whole value in quotes, or check the indentation",
    ),
    (
        re.compile("could not find expected ':'"),
        "a line that is neither `key: value` nor the rest of a value",
        "is a colon missing, or the indentation wrong?",
    ),
    (
        re.compile("expected <block end>"),
        "this line does not belong where its indentation puts it",
        "line it up with the keys above it",
    ),
    (
        re.compile(r"found character '(%|@|`)'"),
        "a value cannot begin with this sign",
        "put it in quotes",
    ),
    (
        re.compile("expected <document start>"),
        "something follows the end of the document",
        "one document a file",
    ),
    (
        re.compile("unknown escape character"),
        "this escape does not exist in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        re.compile("more indented follow up line"),
        "the first line of this block is indented less than a blank line before it",
        "take the spaces out of the blank line",
    ),
)
_TAB: Final = r"'\t'"


def problems_of(error: MarkedYAMLError, text: str, file: str) -> list[Problem]:
    """The problems a syntax error stands for: one, or two where something was left open."""
    says = f"{error.context or ''} {error.problem or ''}".strip()
    here = _place(error.problem_mark or error.context_mark)
    if _is_tab(says, text, here):
        return [_at(file, here, "E104", "a tab where YAML wants spaces", "use spaces")]
    opened = next((name for context, name in _OPENED if context == error.context), "")
    if opened and error.context_mark is not None and _NEVER_CLOSED.search(error.problem or ""):
        opening = _place(error.context_mark)
        missed = f"line {here[0]}, column {here[1]}"
        began = f"line {opening[0]}, column {opening[1]}"
        first = f"{opened} that opens here is not closed by {missed}"
        last = f"the end of {opened} from {began} was expected at or before this place"
        return [_at(file, opening, "E105", first, "close it"), _at(file, here, "E105", last)]
    for pattern, found, hint in _REMEDIES:
        if pattern.search(says):
            return [_at(file, here, "E106", found, hint)]
    return [_at(file, here, "E106", f"the text is not YAML: {says or 'unreadable'}")]


def _is_tab(says: str, text: str, here: tuple[int, int]) -> bool:
    """Whether a tab is to blame: named by the scanner, or indenting the line of the error."""
    lines = text.split("\n")
    line = lines[here[0] - 1] if here[0] <= len(lines) else ""
    return _TAB in says or line.lstrip(" ").startswith("\t")


def _place(mark: Mark | None) -> tuple[int, int]:
    """Line and column, from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _at(file: str, place: tuple[int, int], code: str, found: str, hint: str = "") -> Problem:
    return Problem(file=file, line=place[0], column=place[1], code=code, found=found, hint=hint)
