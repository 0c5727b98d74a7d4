"""YAML text as a tree of plain text, each piece with its line and column.

Rule 1: every scalar stays the text the author wrote; what it means is its reader's business
(`units`), so `no`, `010` and `12:30` never turn into something else.
Rule 2: the guard acts on the stream of parse events: nothing is built from what is refused, and
nothing here recurses.
Rule 3: a document is one tree: one document a file, no anchors, aliases, merges, tags or
directives, plain keys, no key twice.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from yaml.error import MarkedYAMLError

from simulator.brief import raw
from simulator.brief.scanning import END, MAPPING, SCALAR, Piece, RefusedSyntax, pieces
from simulator.brief.syntax import problems_of
from simulator.errors import BriefError, Problem

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What an escape such as `\\x1b` may smuggle into a text; elsewhere `raw` has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A text and where it stands; lines and columns from 1, 0 where there is no file."""

    text: str
    line: int = 0
    column: int = 0
    quoted: bool = False
    """Whether it stood in quotes or in a block; it never changes what the text means."""
    comment: str = ""
    """What stands behind `#` on the line where the text ends (a block: on its first line)."""
    file: str = field(default="", compare=False)
    """As problems name it; a tree may be grown from several (`foundation`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys and their values, in the author's order."""

    items: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    """Each key as it was written, for its place."""
    line: int = 0
    column: int = 0
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list, in the author's order."""

    items: tuple["Node", ...] = ()
    line: int = 0
    column: int = 0
    file: str = field(default="", compare=False)


Node = Scalar | Mapping | Sequence


def compose(text: str | bytes, file: str) -> Node:
    """The tree of a document; `file` is the name that problems give.

    Raises BriefError for a text that is not one guarded YAML document, naming every key that
    stands twice, otherwise the first offence.
    """
    decoded = raw.checked(text, file)
    comments: dict[int, str] = {}
    try:
        flat = list(pieces(decoded, comments))  # a comment stands behind what it speaks for
    except RefusedSyntax as refused:
        raise BriefError(_refusal(refused, file)) from None
    except MarkedYAMLError as error:
        raise BriefError(problems_of(error, decoded, file)) from None
    if not flat:
        found = "the document is empty; expected a mapping such as `scenario: ...`"
        raise BriefError([_problem(file, "E100", found, (0, 0))])
    build = _Build(file=file)
    root = build.grown(flat, comments)
    if build.problems:
        raise BriefError(build.problems)
    return root


class _Build:
    """A tree under construction."""

    def __init__(self, *, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file

    def grown(self, flat: Iterable[Piece], comments: dict[int, str]) -> Node:
        """The tree of these pieces; `problems` holds what there is to say against it."""
        here = ground = _Open(is_mapping=False, line=0, column=0)
        around: list[_Open] = []
        for what, line, column, text, style, speaks in flat:
            if what is SCALAR:
                scalar = Scalar(
                    text=text,
                    line=line + 1,
                    column=column + 1,
                    quoted=style != "",
                    comment=comments.get(speaks, ""),
                    file=self._file,
                )
                if style == '"' and (bad := _FORBIDDEN.search(text)):
                    found = f"the text holds U+{ord(bad.group()):04X}, which no document may hold"
                    self._report(scalar, "E114", found)
                if here.is_mapping and here.key is None:
                    self._begin(here, scalar)
                else:
                    self._place(here, scalar)
            elif what is END:
                node = here.closed(self._file)
                here = around.pop()
                self._place(here, node)
            else:
                if here.is_mapping and here.key is None:
                    self._report(Scalar(text="", line=line + 1, column=column + 1), "E113", _PLAIN)
                    here.key = _UNUSABLE
                around.append(here)
                here = _Open(is_mapping=what is MAPPING, line=line + 1, column=column + 1)
        return ground.items[0]

    def _begin(self, mapping: "_Open", key: Scalar) -> None:
        """A key: its value comes next."""
        if key.text == "<<" and not key.quoted:
            self._report(key, "E109", "merge keys (`<<`) are not supported")
        mapping.key = key

    def _place(self, parent: "_Open", node: Node) -> None:
        """Put a finished node where it belongs: under its key, or in its list."""
        if not parent.is_mapping:
            parent.items.append(node)
            return
        key, parent.key = parent.key, None
        assert key is not None, "a value has its key before it"
        if key is _UNUSABLE:
            parent.key = _IGNORED
        elif key is _IGNORED:
            return
        elif first := parent.keys.get(key.text):
            found = f"the key {key.text!r} stands twice: line {first.line} and line {key.line}"
            self._report(key, "E108", found, "keep one of them")
        else:
            parent.keys[key.text], parent.values[key.text] = key, node

    def _report(self, scalar: Scalar, code: str, found: str, hint: str = "") -> None:
        place = scalar.line - 1, scalar.column - 1
        self.problems.append(_problem(self._file, code, found, place, hint))


_PLAIN: Final = "a key must be plain text"
_UNUSABLE: Final = Scalar(text="")
"""Stands for a key that is a collection, until that has been read."""
_IGNORED: Final = Scalar(text="")
"""Stands for a key that was refused, until its value has been read."""


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("column", "is_mapping", "items", "key", "keys", "line", "values")

    def __init__(self, *, is_mapping: bool, line: int, column: int) -> None:
        self.is_mapping, self.line, self.column = is_mapping, line, column
        self.key: Scalar | None = None
        self.keys: dict[str, Scalar] = {}
        self.values: dict[str, Node] = {}
        self.items: list[Node] = []

    def closed(self, file: str) -> Node:
        here = {"line": self.line, "column": self.column}
        if self.is_mapping:
            return Mapping(items=self.values, keys=self.keys, file=file, **here)
        return Sequence(items=tuple(self.items), file=file, **here)


def _refusal(refused: RefusedSyntax, file: str) -> list[Problem]:
    """The problem of what was refused; a second one where the end of something was expected."""
    where = refused.line, refused.column
    told = [_problem(file, refused.code, refused.found, where, refused.hint)]
    if refused.end > where:
        opening = f"line {where[0] + 1}, column {where[1] + 1}"
        found = f"the end of the quote from {opening} was expected before this place"
        told.append(_problem(file, refused.code, found, refused.end))
    return told


def _problem(file: str, code: str, found: str, place: tuple[int, int], hint: str = "") -> Problem:
    """A problem at a place counted from 0, as the scanner counts."""
    return Problem(
        file=file, line=place[0] + 1, column=place[1] + 1, code=code, found=found, hint=hint
    )
