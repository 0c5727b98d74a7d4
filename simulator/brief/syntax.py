"""What libyaml says of a broken text, in an author's words.

Rule 1: something left open is named at its opening and at the place where its end was missed.
Rule 2: what stands right behind a quoted text is told with that text: its quote may be an
unclosed one that ended at the next sign of its kind, or a quote sign inside it may be at fault.
Rule 3: libyaml's own sentence is quoted only where we have none better.
"""

import re
from typing import Any, Final

from yaml.error import MarkedYAMLError

from simulator.brief.quotes import Quote, quote_before
from simulator.errors import Problem

_OPENED: Final = (
    ("while parsing a flow sequence", "the bracket `[`"),
    ("while parsing a flow mapping", "the brace `{`"),
    ("while scanning a quoted scalar", "the quote"),
)
_NEVER_CLOSED: Final = re.compile("unexpected end of stream|unexpected document|expected ','")
_REMEDIES: Final = (
    (
        re.compile("mapping values are not allowed"),
        "E106",
        "a `: ` stands where no key can be",
        "put the whole value in quotes, or check the indentation",
    ),
    (
        re.compile("could not find expected ':'"),
        "E106",
        "a line that is neither `key: value` nor the rest of a value",
        "is a colon missing, or the indentation wrong?",
    ),
    (
        re.compile("did not find expected (?:key|'-' indicator)"),
        "E106",
        "this line does not belong where its indentation puts it",
        "line it up with the keys above it",
    ),
    (
        re.compile("found unexpected ':'|did not find expected node content"),
        "E106",
        "a `:` or `,` stands where a value is expected",
        "put a space behind the `:`, or the whole value in quotes",
    ),
    (
        re.compile("character that cannot start any token"),
        "E106",
        "a value cannot begin with this sign",
        "put it in quotes",
    ),
    (
        re.compile("expected <document start>"),
        "E106",
        "something follows the end of the document",
        "one document a file",
    ),
    (
        re.compile("unknown escape character"),
        "E106",
        "this escape does not exist in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        re.compile("invalid Unicode character escape"),
        "E114",
        "an escape for something that is no character",
        "U+D800 to U+DFFF and all beyond U+10FFFF are none",
    ),
    (
        re.compile("while (?:scan|pars)ning a block scalar.*(?:indent|tab)"),
        "E106",
        "the first line of this block is indented less than a blank line before it",
        "take the spaces out of the blank line",
    ),
    (
        re.compile("scanning an? (?:anchor|alias)"),
        "E109",
        "anchors (`&name`) and aliases (`*name`) are not supported; write the value out",
        "",
    ),
    (
        re.compile("(?:scanning|parsing) a (?:tag|directive|%)|tag handle|%YAML|YAML document"),
        "E110",
        "tags (`!name`) and directives (`%...`) are not supported",
        "",
    ),
)
"""What libyaml's sentence holds -> code, sentence and hint of ours."""


def problems_of(error: MarkedYAMLError, text: str, file: str) -> list[Problem]:
    """The problems a syntax error stands for: one, or two where something was left open."""
    says = f"{error.context or ''} {error.problem or ''}".strip()
    here = _place(error.problem_mark or error.context_mark)
    line = text.split("\n")[here[0] - 1 : here[0]]
    if line and line[0].startswith("\ufeff"):  # libyaml counts it as indentation
        found = "the character U+FEFF is not allowed in a document"
        return [_at(file, (here[0], 1), "E103", found, "remove it")]
    if line and (line[0][here[1] - 1 : here[1]] == "\t" or line[0].lstrip(" ").startswith("\t")):
        return [_at(file, here, "E104", "a tab where YAML wants spaces", "use spaces")]
    if quote := quote_before(text, error):
        return _behind(file, quote)
    opened = next((name for context, name in _OPENED if context == error.context), "")
    if opened and error.context_mark is not None and _NEVER_CLOSED.search(error.problem or ""):
        opening = _place(error.context_mark)
        first = f"{opened} that opens here is not closed by {_said(here)}"
        last = f"the end of {opened} from {_said(opening)} was expected at or before this place"
        return [_at(file, opening, "E105", first, "close it"), _at(file, here, "E105", last)]
    for pattern, code, found, hint in _REMEDIES:
        if pattern.search(says):
            return [_at(file, here, code, found, hint + _or_closed(error, here))]
    return [_at(file, here, "E106", f"the text is not YAML: {says or 'unreadable'}")]


def _or_closed(error: MarkedYAMLError, here: tuple[int, int]) -> str:
    """The other remedy for trouble inside a quoted text that began on an earlier line."""
    if error.context != "while parsing a quoted scalar":
        return ""
    opening = _place(error.context_mark)
    return f"; or close the quote that opens at {_said(opening)}" if opening[0] < here[0] else ""


def _behind(file: str, quote: Quote) -> list[Problem]:
    """The problems of a quoted text and of what stands right behind it."""
    opening, ends, here = _place(quote.opens), _place(quote.ends), _place(quote.follows)
    inside = "twice" if quote.sign == "'" else 'as `\\"`'
    hint = f"a quote sign inside the text is written {inside}"
    if opening[0] == here[0]:
        found = f"this stands behind the quoted text of columns {opening[1]} to {ends[1]}"
        return [_at(file, here, "E106", found, hint)]
    first = f"the quote that opens here ends at {_said(ends)}, and more stands behind it"
    last = f"the end of the quote from {_said(opening)} was expected before this place"
    return [
        _at(file, opening, "E105", first, f"close it where its text ends; {hint}"),
        _at(file, here, "E105", last),
    ]


def _said(place: tuple[int, int]) -> str:
    return f"line {place[0]}, column {place[1]}"


def _place(mark: Any) -> tuple[int, int]:
    """Line and column, from 1."""
    return mark.line + 1, mark.column + 1


def _at(file: str, place: tuple[int, int], code: str, found: str, hint: str = "") -> Problem:
    return Problem(file=file, line=place[0], column=place[1], code=code, found=found, hint=hint)
