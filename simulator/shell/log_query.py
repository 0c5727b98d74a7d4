"""A KQL query becomes a test of one log line, as Kibana reads it.

Rule 1: words side by side are all wanted, as if `and` stood between them; case does not matter.
Rule 2: free text looks in the message; `field:value` compares whole values, `*` stands for any
    text; `message:` looks for words inside.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from simulator.shell.documents import LogLine

Test: TypeAlias = Callable[[LogLine], bool]

DEEPEST: Final = 30
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<sign>[()]|<=|>=|[:<>])|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>(?:\\.|[^\s()":<>\\])+))""",
    re.DOTALL,
)
_MESSAGE: Final = frozenset({"message", "msg", "text", "_source"})
_ALIAS: Final = {"_index": "index", "log.level": "level", "kubernetes.pod.name": "pod"}


class LogQueryError(ValueError):
    """A query that cannot be read; the text is the product's own message."""


def field_of(line: LogLine, name: str) -> str | None:
    """A field's value by any of its usual names."""
    name = _ALIAS.get(name, name)
    if name in _MESSAGE:
        return line.text
    return line.fields.get(name)


class Kql:
    """A cursor over the tokens of a KQL query."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str, int]] = []
        """(sign | quoted | word, text, column)"""
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                column = len(text) - len(text[at:].lstrip())
                raise self._error(f'"{text[column]}"', column)
            begins = found.start(found.lastgroup)
            self._tokens.append((found.lastgroup, found[found.lastgroup], begins))
            at = found.end()
        self._at = 0

    def test(self) -> Test:
        """The test of the whole query; raises `LogQueryError`."""
        test = self._either(0)
        if self._at < len(self._tokens):
            _, text, column = self._tokens[self._at]
            raise self._error(f'"{text}"', column)
        return test

    def _error(self, found: str, column: int) -> LogQueryError:
        shown = self._text.replace("\n", " ")
        return LogQueryError(
            f"Expected AND, OR, end of input, value but {found} found.\n"
            f"{shown}\n{'-' * min(column, 200)}^"
        )

    def _peek(self) -> tuple[str, str]:
        if self._at < len(self._tokens):
            return self._tokens[self._at][:2]
        return "end", ""

    def _take_word(self, word: str) -> bool:
        kind, text = self._peek()
        if kind == "word" and text.lower() == word:
            self._at += 1
            return True
        return False

    def _take_sign(self, sign: str) -> bool:
        if self._peek() == ("sign", sign):
            self._at += 1
            return True
        return False

    def _either(self, depth: int) -> Test:
        tests = [self._both(depth)]
        while self._take_word("or"):
            tests.append(self._both(depth))
        return tests[0] if len(tests) == 1 else lambda line: any(test(line) for test in tests)

    def _both(self, depth: int) -> Test:
        tests = [self._one(depth)]
        while True:
            kind, text = self._peek()
            if kind == "end" or text == ")" or (kind == "word" and text.lower() == "or"):
                break
            self._take_word("and")
            tests.append(self._one(depth))
        return tests[0] if len(tests) == 1 else lambda line: all(test(line) for test in tests)

    def _one(self, depth: int) -> Test:
        if self._take_word("not"):
            return _denied(self._one(_deeper(depth)))
        if self._take_sign("("):
            inner = self._either(_deeper(depth))
            self._close()
            return inner
        kind, text = self._peek()
        if kind not in ("word", "quoted"):
            column = self._tokens[self._at][2] if kind != "end" else len(self._text)
            raise self._error("end of input" if kind == "end" else f'"{text}"', column)
        self._at += 1
        for sign in ("<=", ">=", "<", ">"):
            if self._take_sign(sign):
                return _compared(plain(text), sign, self._value())
        if self._take_sign(":"):
            return self._values(plain(text), depth)
        return _free(text, quoted=kind == "quoted")

    def _close(self) -> None:
        if not self._take_sign(")"):
            raise self._error("end of input", len(self._text))

    def _value(self) -> str:
        kind, text = self._peek()
        if kind not in ("word", "quoted"):
            raise self._error("end of input" if kind == "end" else f'"{text}"', len(self._text))
        self._at += 1
        return plain(text)

    def _values(self, field: str, depth: int) -> Test:
        """What follows `field:`: one value, or a group of them with and, or, not."""
        for sign in ("<=", ">=", "<", ">"):
            if self._take_sign(sign):
                return _compared(field, sign, self._value())
        if not self._take_sign("("):
            kind, text = self._peek()
            self._value()
            # A value such as 10.20.65.21:5432 or 14:02 goes on behind its own colon.
            while self._take_sign(":"):
                text += ":" + self._value()
            return _has(field, text, quoted=kind == "quoted")
        tests: list[Test] = []
        every = False
        while self._peek()[0] != "end" and self._peek()[1] != ")":
            if self._take_word("or"):
                continue
            if self._take_word("and"):
                every = True
                continue
            denied = self._take_word("not")
            test = self._values(field, _deeper(depth))
            tests.append(_denied(test) if denied else test)
        self._close()
        joined = all if every else any
        return lambda line: joined(test(line) for test in tests)


def _deeper(depth: int) -> int:
    if depth > DEEPEST:
        raise LogQueryError("query nests too deeply")
    return depth + 1


def _denied(test: Test) -> Test:
    return lambda line: not test(line)


def plain(text: str) -> str:
    """A text without the backslashes before its signs."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _free(text: str, *, quoted: bool) -> Test:
    wanted = plain(text).lower()
    if quoted or "*" not in wanted:
        return lambda line: wanted in line.text.lower()
    return lambda line: glob(f"*{wanted}*", line.text.lower())


def _has(field: str, text: str, *, quoted: bool) -> Test:
    wanted = plain(text).lower()
    if field in _MESSAGE:
        return _free(text, quoted=quoted)
    wild = not quoted and "*" in wanted

    def test(line: LogLine) -> bool:
        value = field_of(line, field)
        if value is None:
            return False
        return glob(wanted, value.lower()) if wild else value.lower() == wanted

    return test


def _compared(field: str, sign: str, wanted: str) -> Test:
    def test(line: LogLine) -> bool:
        value = field_of(line, field)
        if value is None:
            return False
        try:
            left, right = float(value), float(wanted)
        except ValueError:
            return False
        return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[
            sign
        ]

    return test


def glob(wanted: str, text: str) -> bool:
    """Whether the whole text fits a pattern in which each `*`, one at least, is anything."""
    first, *rest, last = wanted.split("*")
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in rest:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(last)
