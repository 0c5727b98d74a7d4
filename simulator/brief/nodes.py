"""YAML text as a tree of plain text, each piece with its line and column.

Rule 1: every scalar stays the text the author wrote; what it means is its reader's business
(`units`), so `no`, `010` and `12:30` never turn into something else.
Rule 2: the guard acts on the stream of parse events: nothing is built from what is refused, and
nothing here recurses.
Rule 3: a document is one tree: one document a file, no anchors, aliases, merges, tags or
directives, plain keys, no key twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from simulator.brief import raw
from simulator.brief.scanning import DEEPEST, RefusedSyntax, events
from simulator.brief.syntax import problems_of
from simulator.errors import BriefError, Problem

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What an escape such as `\\x1b` or `\\ud800` may smuggle into a text."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys and their values, in the author's order."""

    items: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    """Each key as it was written, for its place."""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list, in the author's order."""

    items: tuple["Node", ...] = ()
    line: int = 0
    column: int = 0


Node = Scalar | Mapping | Sequence


def compose(text: str | bytes, file: str) -> Node:
    """The tree of a document; `file` is the name that problems give.

    Raises BriefError for a text that is not one guarded YAML document, naming every key that
    stands twice, otherwise the first offence.
    """
    decoded = raw.checked(text, file)
    build = _Build(file=file)
    comments: dict[int, str] = {}
    try:
        flat = list(_guarded(events(decoded, comments), file))
    except RefusedSyntax as refused:
        where = refused.line, refused.column
        raise BriefError([_problem(file, refused.code, refused.found, where)]) from None
    except MarkedYAMLError as error:
        raise BriefError(problems_of(error, decoded, file)) from None
    for event in flat:
        build.take(event, comments)
    if build.root is None:
        found = "the document is empty; expected a mapping such as `scenario: ...`"
        raise BriefError([_problem(file, "E100", found, (0, 0))])
    if build.problems:
        raise BriefError(build.problems)
    return build.root


def _guarded(stream: Iterator[Any], file: str) -> Iterator[Any]:
    """The events that build nodes; refuses a second document, depth and number as they come."""
    documents = nodes = depth = 0
    for event in stream:
        match event:
            case ScalarEvent():
                pass
            case MappingStartEvent() | SequenceStartEvent():
                depth += 1
            case MappingEndEvent() | SequenceEndEvent():
                depth -= 1
                yield event
                continue
            case DocumentStartEvent():
                documents += 1
                if documents > 1:
                    raise RefusedSyntax("E107", "a second document begins here", *_start(event))
                continue
            case _:
                continue
        nodes += 1
        line, column = _start(event)
        if depth > DEEPEST:
            raise RefusedSyntax("E111", f"nested deeper than {DEEPEST} levels", line, column)
        raw.check_count(nodes, file, line + 1, column + 1)
        yield event


class _Build:
    """A tree under construction: the open collections, innermost last."""

    def __init__(self, *, file: str) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._file = file
        self._open: list[_Open] = []

    def take(self, event: Any, comments: dict[int, str]) -> None:
        """Grow the tree by one event."""
        match event:
            case ScalarEvent():
                self._scalar(event, comments)
            case MappingStartEvent() | SequenceStartEvent():
                line, column = _start(event)
                is_mapping = isinstance(event, MappingStartEvent)
                if self._awaits_key():
                    self._report((line, column), "E113", "a key must be plain text")
                self._open.append(_Open(is_mapping=is_mapping, line=line + 1, column=column + 1))
            case _:
                self._place(self._open.pop().closed())

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._open[-1].key is None

    def _scalar(self, event: Any, comments: dict[int, str]) -> None:
        line, column = _start(event)
        is_nothing = not event.value and event.style is None
        if is_nothing and self._open and (key := self._open[-1].key):
            # The parser puts an empty value at the next token: its place is behind the colon.
            line, column = key.line - 1, key.column + len(key.text) + 2 * key.quoted
        block = event.style in ("|", ">")
        scalar = Scalar(
            text=event.value,
            line=line + 1,
            column=column + 1,
            quoted=event.style is not None,
            comment=comments.get(line if block else event.end_mark.line, ""),
        )
        if bad := _FORBIDDEN.search(scalar.text):
            found = f"the text holds U+{ord(bad.group()):04X}, which no document may hold"
            self._report((line, column), "E114", found)
        if not self._awaits_key():
            self._place(scalar)
            return
        if scalar.text == "<<" and not scalar.quoted:
            self._report((line, column), "E109", "merge keys (`<<`) are not supported")
        self._open[-1].key = scalar

    def _place(self, node: Node) -> None:
        """Put a finished node where it belongs: under its key, in its list, or at the root."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
            return
        key, parent.key = parent.key, None
        if key is None:  # a collection in the place of a key: reported when it began
            parent.key = _UNUSABLE
        elif key is _UNUSABLE:
            return
        elif first := parent.keys.get(key.text):
            found = f"the key {key.text!r} stands twice: line {first.line} and line {key.line}"
            self._report((key.line - 1, key.column - 1), "E108", found, "keep one of them")
        else:
            parent.keys[key.text], parent.values[key.text] = key, node

    def _report(self, place: tuple[int, int], code: str, found: str, hint: str = "") -> None:
        self.problems.append(_problem(self._file, code, found, place, hint))


_UNUSABLE: Final = Scalar(text="")
"""Stands for a key that was refused, until its value has been read."""


@dataclass(slots=True, kw_only=True)
class _Open:
    """A collection whose end has not come yet."""

    is_mapping: bool
    line: int
    column: int
    key: Scalar | None = None
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        if self.is_mapping:
            return Mapping(items=self.values, keys=self.keys, line=self.line, column=self.column)
        return Sequence(items=tuple(self.items), line=self.line, column=self.column)


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


def _problem(file: str, code: str, found: str, place: tuple[int, int], hint: str = "") -> Problem:
    """A problem at a place counted from 0, as the scanner counts."""
    return Problem(
        file=file, line=place[0] + 1, column=place[1] + 1, code=code, found=found, hint=hint
    )
