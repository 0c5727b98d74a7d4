"""ruamel.yaml's scanner with our guard in it, and quicker where documents spend their time.

Rule 1: what we refuse is refused at its first character, before anything is built from it.
Rule 2: the text was checked by `raw`: its only line break is a newline, it holds no NUL.
Rule 3: an override scans exactly what the original would; a test compares the two.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken

DEEPEST: Final = 32
"""Collections inside one another."""

_BLANK: Final = re.compile(r"[ \n]*")
_BLANK_IN_FLOW: Final = re.compile(r"[ \t\n]*")
_REST_OF_LINE: Final = re.compile(r"[^\n\0]*")
_SPACES: Final = re.compile(r" *")
_PLAIN: Final = re.compile(r"(?!#)(?:[^ \t\n\0:]|:(?![ \t\n\0]))+")
_PLAIN_IN_FLOW: Final = re.compile(r"(?!#)(?:[^ \t\n\0:,\[\]{}]|:(?![ \t\n\0]))+")
_BREAKS: Final = re.compile(r"(?:\n(?!(?:---|\.\.\.)[ \t\n\0]) *)*")
_QUOTED_RUN: Final = re.compile(r"[^ \n'\"\\\0\t]+")


class RefusedSyntax(Exception):  # noqa: N818 - it is not an error of YAML, only of ours
    """YAML that is valid and that no document of ours may use."""

    def __init__(self, code: str, found: str, line: int, column: int) -> None:
        super().__init__(found)
        self.code, self.found = code, found
        self.line, self.column = line, column
        """Counted from 0, as the scanner counts."""


class Mark(NamedTuple):
    """A place in the text, counted from 0."""

    line: int
    column: int


class _Text(Reader):
    """The whole text in one string; the original moves through it sign by sign."""

    def get_mark(self) -> Mark:
        return Mark(self.line, self.column)

    def peek(self, index: int = 0) -> str:
        return self.buffer[self.pointer + index]

    def prefix(self, length: int = 1) -> str:
        return self.buffer[self.pointer : self.pointer + length]

    def take(self, pattern: re.Pattern[str]) -> str:
        """Move past what the pattern matches here, and give it; nothing if it does not match."""
        found = pattern.match(self.buffer, self.pointer)
        taken = found.group() if found else ""
        if taken:
            self.forward(len(taken))
        return taken

    def forward(self, length: int = 1) -> None:
        start, end = self.pointer, self.pointer + length
        self.pointer = self.index = end
        if breaks := self.buffer.count("\n", start, end):
            self.line += breaks
            self.column = end - self.buffer.rfind("\n", start, end) - 1
        else:
            self.column += length


class _GuardedScanner(Scanner):
    """Refuses at the token, and remembers the comment at the end of each line."""

    reader: Any = None  # the original looks it up anew at every sign
    scanner_processing_version: Any = (1, 2)

    def __init__(self, loader: Any = None) -> None:
        self.comments: dict[int, str] = {}
        """Line, from 0 -> the text behind its `#`."""
        self.reader = loader.reader
        super().__init__(loader)

    # What no document may use.

    def fetch_alias(self) -> None:
        self._refuse("E109", "aliases (`*name`) are not supported; write the value out")

    def fetch_anchor(self) -> None:
        self._refuse("E109", "anchors (`&name`) are not supported; write the value out")

    def fetch_tag(self) -> None:
        self._refuse("E110", "tags (`!name`) are not supported; every value is plain text")

    def fetch_directive(self) -> None:
        self._refuse("E110", "directives (`%...`) are not supported")

    def fetch_key(self) -> None:
        self._refuse("E113", "a key marked `?` is not supported; write `key: value`")

    def fetch_flow_collection_start(self, *arguments: Any, **named: Any) -> None:
        self._check_depth()
        super().fetch_flow_collection_start(*arguments, **named)

    def add_indent(self, column: int) -> bool:
        if column > self.indent:
            self._check_depth()
        return bool(super().add_indent(column))

    def _check_depth(self) -> None:
        if len(self.flow_context) + len(self.indents) >= DEEPEST:
            self._refuse("E111", f"nested deeper than {DEEPEST} levels")

    def _refuse(self, code: str, found: str) -> None:
        raise RefusedSyntax(code, found, self.reader.line, self.reader.column)

    # What is scanned as before, only quicker.

    def need_more_tokens(self) -> bool:
        if self.done:
            return False
        if not self.tokens:
            return True
        if not self.possible_simple_keys:
            return False
        self.stale_possible_simple_keys()
        return bool(self.next_possible_simple_key() == self.tokens_taken)

    def fetch_more_tokens(self) -> None:
        self.scan_to_next_token()
        self.stale_possible_simple_keys()
        self.unwind_indent(self.reader.column)
        sign = self.reader.peek()
        if sign.isalnum():  # no other token begins with a letter or digit
            self.fetch_plain()
        elif sign == ":" and self.check_value():
            self.fetch_value()
        elif sign == ",":
            self.fetch_flow_entry()
        else:
            super().fetch_more_tokens()

    def check_token(self, *choices: Any) -> bool:
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def drop_token(self) -> None:
        """Take the token that was just peeked at."""
        self.tokens_taken += 1
        del self.tokens[0]

    def get_token(self) -> Any:
        token = self.peek_token()
        if token is not None:
            self.drop_token()
        return token

    def peek_token(self) -> Any:
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return self.tokens[0] if self.tokens else None

    def scan_to_next_token(self) -> None:
        text, blank = self.reader, _BLANK_IN_FLOW if self.flow_context else _BLANK
        while True:
            line = text.line
            text.take(blank)
            if text.line != line and not self.flow_context:
                self.allow_simple_key = True
            if text.peek() != "#":
                return
            self.comments[text.line] = text.take(_REST_OF_LINE)[1:].strip()

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> Any:
        line = self.reader.line
        comment = super().scan_block_scalar_ignored_line(start_mark)
        if comment is not None:
            self.comments[line] = comment.strip().removeprefix("#").strip()
        return comment

    def scan_plain(self) -> Any:
        text, word = self.reader, _PLAIN_IN_FLOW if self.flow_context else _PLAIN
        start = end = text.get_mark()
        indent = self.indent + 1
        parts: list[str] = []
        gap: list[str] | None = []
        while gap is not None and (taken := text.take(word)):
            self.allow_simple_key = False
            parts += [*gap, taken]
            end = text.get_mark()
            gap = self.scan_plain_spaces(indent, start)
            if not gap or (not self.flow_context and text.column < indent):
                break
        return ScalarToken("".join(parts), True, start, end)  # noqa: FBT003 - ruamel's `plain`

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:  # noqa: ARG002
        text = self.reader
        spaces = text.take(_SPACES)
        if text.peek() != "\n":
            return [spaces] if spaces else []
        self.allow_simple_key = True
        lines = text.take(_BREAKS).count("\n")
        if text.peek() == "\n":  # a line of three dashes or dots ends the document
            text.forward()
            return None
        return [" "] if lines == 1 else ["\n"] * (lines - 1)

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> list[str]:
        run = self.reader.take(_QUOTED_RUN)
        try:
            return [run, *super().scan_flow_scalar_non_spaces(double, start_mark)]
        except ValueError:  # chr() of `\\U00110000`
            self._refuse("E114", "an escape beyond U+10FFFF, where no character is")
            raise


class _GuardedParser(Parser):
    """Tokens to events; a scalar, the commonest by far, takes the short way."""

    scanner: Any = None  # the original looks both up anew at every token
    resolver: Any = None

    def __init__(self, loader: Any) -> None:
        self.scanner, self.resolver = loader.scanner, loader.resolver
        super().__init__(loader)

    def parse_node(self, *arguments: Any, **named: Any) -> Any:
        token = self.scanner.peek_token()
        if not isinstance(token, ScalarToken):
            return super().parse_node(*arguments, **named)
        self.scanner.drop_token()
        self.state = self.states.pop()
        implicit = (token.plain, not token.plain)
        return ScalarEvent(
            None, None, implicit, token.value, token.start_mark, token.end_mark, style=token.style
        )


def events(text: str, comments: dict[int, str]) -> Iterator[Any]:
    """The parse events of a checked text, as they come; `comments` is filled on the way.

    Raises RefusedSyntax, or ruamel's MarkedYAMLError.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = _Text, _GuardedScanner, _GuardedParser
    yaml.reader.stream = text
    yaml.scanner.comments = comments
    parser = yaml.parser
    while parser.check_event():
        yield parser.get_event()
