"""A LogQL query becomes a test of one log line, as Loki reads it.

Rule 1: label matchers compare whole values, filters look inside the message; both respect case.
Rule 2: behind a pipe a label may be held against a number: `| json | status >= 500`.
"""

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Final

from simulator.shell.documents import LogLine
from simulator.shell.log_query import LogQueryError, Test, field_of, plain
from simulator.shell.patterns import Pattern
from simulator.shell.re2 import PatternError, re2_pattern

_MATCHER: Final = re.compile(
    r'\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)'
)


_COMMA: Final = re.compile(r"\s*,")


_CLOSING: Final = re.compile(r"\s*\}")


_FILTER: Final = re.compile(r'\s*(\|=|!=|\|~|!~)\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)')


_STAGE: Final = re.compile(r"\s*\|\s*(json|logfmt)\b")


_LABEL: Final = re.compile(r"\s*\|\s*(?=[A-Za-z_])")


_NUMBER: Final = re.compile(r"\s*([A-Za-z_]\w*)\s*(>=|<=|==|!=|>|<)\s*(\d{1,12}(?:\.\d{1,6})?)\b")
_COMPARES: Final[dict[str, Callable[[float, float], bool]]] = {
    ">=": ge, "<=": le, "==": eq, "!=": ne, ">": gt, "<": lt,
}  # fmt: skip


class LogQl:
    """A cursor over `{label="value"} |= "text" ...`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = text.index("{") + 1

    def test(self) -> Test:
        """The test of the whole query; raises `LogQueryError`."""
        tests = [self._matcher()]
        while self._take(_COMMA):
            tests.append(self._matcher())
        if not self._take(_CLOSING):
            raise self._error()
        while self._text[self._at :].strip():
            if (found := self._take(_FILTER)) is not None:
                tests.append(_filtered(found[1], _either(found)))
            elif self._take(_STAGE) is None:
                if self._take(_LABEL) is None:
                    raise self._error()
                tests.append(self._amount() or self._matcher())
        return lambda line: all(test(line) for test in tests)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _amount(self) -> Test | None:
        """A label held against a number; a line whose label is none does not pass."""
        found = self._take(_NUMBER)
        if found is None:
            return None
        name, compares, wanted = found[1], _COMPARES[found[2]], float(found[3])

        def passes(line: LogLine) -> bool:
            value = field_of(line, name) or ""
            return value.isascii() and value.isdecimal() and compares(int(value), wanted)

        return passes

    def _matcher(self) -> Test:
        found = self._take(_MATCHER)
        if found is None:
            raise self._error()
        name, op = found[1], found[2]
        wanted = plain(found[3]) if found[3] is not None else found[4]
        if op in ("=", "!="):
            return lambda line: ((field_of(line, name) or "") == wanted) == (op == "=")
        pattern = _pattern(wanted)
        return lambda line: pattern.whole(field_of(line, name) or "") == (op == "=~")

    def _error(self) -> LogQueryError:
        column = self._at + 1
        rest = self._text[self._at :].strip()[:1] or "$end"
        return LogQueryError(
            f"parse error at line 1, col {column}: syntax error: unexpected {rest}"
        )


def _either(found: re.Match[str]) -> str:
    return plain(found[2]) if found[2] is not None else found[3]


def _filtered(op: str, wanted: str) -> Test:
    if op in ("|=", "!="):
        return lambda line: (wanted in line.text) == (op == "|=")
    pattern = _pattern(wanted)
    return lambda line: pattern.found(line.text) == (op == "|~")


def _pattern(wanted: str) -> Pattern:
    try:
        return re2_pattern(wanted)
    except PatternError as error:
        raise LogQueryError(f"parse error: error parsing regexp: {error}") from None
