"""YAML's parse events, guarded: what no document may use is refused where it begins.

Rule 1: libyaml scans, through PyYAML; its events come one by one, and nothing is built from what
is refused. An installation without it is refused too: one document has one meaning everywhere.
Rule 2: the text was checked by `raw`: its only line break is a newline, it holds no NUL.
Rule 3: a quoted text never goes on over a line that stands where the next entry would, and looks
like one: its quote was left open.
Rule 4: between two events stand only spaces, indicators and comments; inside a plain text stands
no tab. So whatever is asked of the text itself is asked there, and a quoted `#` is never a comment.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.parser import ParserError
from yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    DirectiveToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    TagToken,
)

from simulator.brief.libyaml import loader
from simulator.brief.quotes import QUOTES, Place, quote_before
from simulator.brief.raw import MOST_NODES, too_many

DEEPEST: Final = 32
"""Collections inside one another."""
_BOM: Final = "\ufeff"
_TELLING: Final = re.compile(f"[#?\t{_BOM}]")
"""Signs that matter where they stand between two events."""
_HEADER: Final = re.compile(r"[^#\n]*(?:#([^\n]*))?")
"""The first line of a block of text, as far as its comment."""

_BLOCKS: Final = ("|", ">")
_ENTRY: Final = re.compile(r"( *)(?:- |[\"']?[\w.-]+[\"']?:(?: |$))", re.ASCII)
"""A line that begins as an entry of a list or mapping does."""

_ALIAS: Final = ("E109", "aliases (`*name`) are not supported; write the value out")
_ANCHOR: Final = ("E109", "anchors (`&name`) are not supported; write the value out")
_TAG: Final = ("E110", "tags (`!name`) are not supported; every value is plain text")
_DIRECTIVE: Final = ("E110", "directives (`%...`) are not supported")
_KEY: Final = ("E113", "a key marked `?` is not supported; write `key: value`")
_TAB: Final = ("E104", "a tab where YAML wants spaces", "use spaces")
_DEEP: Final = ("E111", f"nested deeper than {DEEPEST} levels")
_SECOND: Final = ("E107", "a second document begins here")
_REFUSED: Final = {
    AliasToken: _ALIAS,
    AnchorToken: _ANCHOR,
    TagToken: _TAG,
    DirectiveToken: _DIRECTIVE,
    KeyToken: _KEY,
}
_BEGINS: Final = {"*": _ALIAS, "&": _ANCHOR, "!": _TAG, "%": _DIRECTIVE}
"""What begins with these signs, where a scanner takes them for more than text."""
_PROPERTY: Final = re.compile(r"\b(?:anchor|alias|tag|directive|simple key)\b")
_DEEPER: Final = (
    *(BlockMappingStartToken, BlockSequenceStartToken),
    *(FlowMappingStartToken, FlowSequenceStartToken),
)
_LESS_DEEP: Final = (BlockEndToken, FlowMappingEndToken, FlowSequenceEndToken)


class RefusedSyntax(Exception):  # noqa: N818 - it is not an error of YAML, only of ours
    """YAML that is valid and that no document of ours may use."""

    def __init__(
        self, mark: Any, code: str, found: str, hint: str = "", *, end: tuple[int, int] = (0, 0)
    ) -> None:
        super().__init__(found)
        self.code, self.found, self.hint = code, found, hint
        self.line, self.column = mark.line, mark.column
        """Counted from 0, as the scanner counts."""
        self.end = end
        """Line and column, counted likewise, where the end of what was left open was expected."""


SCALAR, MAPPING, SEQUENCE, END = "scalar", "mapping", "sequence", "end"
"""What a piece is: a text, the beginning of a collection, or the end of the innermost one."""


class Piece(NamedTuple):
    """One of the pieces a tree is built from, in the order of the text."""

    what: str
    line: int
    column: int
    """Both counted from 0."""
    text: str = ""
    style: str = ""
    """`'`, `"`, `|` or `>`; nothing for a plain text."""
    speaks: int = -1
    """The line whose comment speaks for the text."""


_ENDS: Final = Piece(END, 0, 0)
_BEGUN: Final = {MappingStartEvent: MAPPING, SequenceStartEvent: SEQUENCE}


def pieces(text: str, comments: dict[int, str]) -> Iterator[Piece]:
    """The pieces of a checked text, as they come.

    `comments` is filled on the way: line, from 0 -> the text behind its `#`. Raises RefusedSyntax,
    PyYAML's MarkedYAMLError, or HostError where PyYAML came without libyaml.
    """
    guard = _Guard(text, comments)
    try:
        for event in yaml.parse(text, Loader=loader()):
            if piece := guard.passed(event):
                yield piece
    except MarkedYAMLError as error:
        if quote_before(text, error) is None:
            _refuse_sooner(text, error)
        if guard.has_ended and "<document start>" in (error.problem or ""):
            raise RefusedSyntax(error.problem_mark, *_SECOND) from None
        raise


class _Guard:
    """Walks beside the events, through the text between them."""

    def __init__(self, text: str, comments: dict[int, str]) -> None:
        self.has_ended = False
        """Whether `...` has ended the document."""
        self._text = text
        self._comments = comments
        self._documents = self._nodes = self._depth = self._flow = 0
        self._columns: list[int] = []
        """Of each open collection: where its entries begin; one in brackets has its parent's."""
        self._line = self._counted = 0
        """Newlines before an index: counted on and on, never from the beginning."""
        self._telling = -1
        self._look_on(0)
        if text.startswith(_BOM):  # a second one: libyaml would not count it
            self._gap(1)

    def passed(self, event: Any) -> Piece | None:
        """What the event adds to a tree; raises RefusedSyntax for what no document may hold."""
        start = event.start_mark
        if self._telling < start.index:
            self._gap(start.index)
        kind = type(event)
        if kind is ScalarEvent:
            style = event.style or ""
            end = event.end_mark
            if style in QUOTES and end.line > start.line:
                self._left_open(start, end)
            if self._telling < end.index:
                self._inside(style, start, end.index)
            speaks = start.line if style in _BLOCKS else end.line
            piece = Piece(SCALAR, start.line, start.column, event.value, style, speaks)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self._depth += 1
            column = start.column
            if self._flow or event.flow_style:
                self._flow += 1
                column = self._columns[-1] if self._columns else -1
            self._columns.append(column)
            if self._depth > DEEPEST:
                raise RefusedSyntax(start, *_DEEP)
            piece = Piece(_BEGUN[kind], start.line, start.column)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._depth -= 1
            self._columns.pop()
            if self._flow:
                self._flow -= 1
            return _ENDS
        else:
            self._frame(event)
            return None
        if event.anchor is not None or event.tag is not None:
            raise RefusedSyntax(start, *_BEGINS[self._text[start.index]])
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise RefusedSyntax(start, *too_many())
        return piece

    def _frame(self, event: Any) -> None:
        """What is neither text nor collection: aliases, and the document's beginning and end."""
        match event:
            case AliasEvent():
                raise RefusedSyntax(event.start_mark, *_ALIAS)
            case DocumentStartEvent():
                if event.version is not None or event.tags:
                    raise RefusedSyntax(event.start_mark, *_DIRECTIVE)
                self._documents += 1
                if self._documents > 1:
                    raise RefusedSyntax(event.start_mark, *_SECOND)
            case DocumentEndEvent():
                self.has_ended = bool(event.explicit)
            case _:
                return

    def _look_on(self, index: int) -> None:
        """Find the next telling sign."""
        found = _TELLING.search(self._text, index)
        self._telling = found.start() if found else len(self._text)

    def _gap(self, end: int) -> None:
        """What stands between two events: comments are kept, the rest is refused."""
        while (index := self._telling) < end:
            sign = self._text[index]
            if sign == "#":
                line_end = self._text.find("\n", index)
                line_end = len(self._text) if line_end < 0 else line_end
                self._line += self._text.count("\n", self._counted, index)
                self._counted = index
                self._comments[self._line] = self._text[index + 1 : line_end].strip()
                index = line_end
            elif sign == "?":
                raise RefusedSyntax(Place(self._text, index), *_KEY)
            elif sign == _BOM:
                found = "the character U+FEFF is not allowed in a document"
                raise RefusedSyntax(Place(self._text, index), "E103", found, "remove it")
            elif not self._flow:
                raise RefusedSyntax(Place(self._text, index), *_TAB)
            self._look_on(index + 1)

    def _left_open(self, start: Any, end: Any) -> None:
        """Refuse a quoted text that has swallowed entries: it ends at some later quote sign."""
        lines = self._text[start.index : end.index].split("\n")[1:]
        deepest = self._columns[-1] if self._columns else -1
        for number, line in enumerate(lines, start.line + 2):
            entry = _ENTRY.match(line)
            if entry and len(entry[1]) <= deepest:
                found = (
                    f"the quote that opens here is not closed by line {number}, where the next"
                    f" entry begins; it ends only at line {end.line + 1}, column {end.column}"
                )
                hint, missed = "close it where its text ends", (number - 1, len(entry[1]))
                raise RefusedSyntax(start, "E105", found, hint, end=missed)

    def _inside(self, style: str, start: Any, end: int) -> None:
        """What stands in a text is text, but for tabs in a plain one and a block's first line."""
        if not style:
            tab = self._text.find("\t", start.index, end)
            if tab >= 0:
                raise RefusedSyntax(Place(self._text, tab), *_TAB)
        elif style in _BLOCKS and (header := _HEADER.match(self._text, start.index)) and header[1]:
            self._comments[start.line] = header[1].strip()
        self._look_on(end)


def _refuse_sooner(text: str, error: MarkedYAMLError) -> None:
    """Refuse what stands before an error: the parser looks ahead, and events lag behind.

    Raises RefusedSyntax, or nothing where the error itself is the first offence.
    """
    is_parsers = isinstance(error, ParserError)  # whose marks are where tokens begin
    mark = error.problem_mark if is_parsers else error.context_mark or error.problem_mark
    depth = 0
    try:
        for token in yaml.scan(text[: mark.index], Loader=loader()):
            kind = type(token)
            depth += (kind in _DEEPER) - (kind in _LESS_DEEP)
            if depth > DEEPEST:
                raise RefusedSyntax(token.start_mark, *_DEEP)
            takes_room = token.end_mark.index > token.start_mark.index
            if kind in _REFUSED and takes_room:  # the key of `key: value` takes none
                raise RefusedSyntax(token.start_mark, *_REFUSED[kind])
    except MarkedYAMLError:
        pass  # of what was cut off
    is_token = is_parsers or _PROPERTY.search(error.context or "")
    refused = _BEGINS.get(text[mark.index : mark.index + 1])
    if is_token and refused:
        raise RefusedSyntax(mark, *refused)
