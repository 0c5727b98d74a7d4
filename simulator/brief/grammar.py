"""Reads a condition's text: one pass of tokens, one descent, no way back.

Rule 1: at most 500 signs and 12 levels of brackets, so reading is short and shallow.
Rule 2: an error names its place in the text and what could stand there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NoReturn, cast

from simulator.brief import amounts
from simulator.brief.terms import (
    KEYWORDS,
    AllOf,
    Among,
    AnyOf,
    Comparison,
    Condition,
    Known,
    Lasting,
    Measure,
    Name,
    Negation,
    Operator,
    Quantity,
    Text,
)
from simulator.brief.written import Unreadable

LONGEST: Final = 500
DEEPEST: Final = 12

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<operator>==|!=|>=|<=|>|<)
    |(?P<bracket>[()])
    |(?P<window>\[[^\[\]]*\])
    |(?P<amount>-?[0-9][0-9A-Za-z_.%]*(?:/[a-z]+)?)
    |(?P<name>[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)*)
    |(?P<other>.)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_MEASURES: Final[tuple[tuple[str, Measure, Callable[[str], float]], ...]] = (
    ("%", "share", amounts.ratio),
    ("/", "rate", amounts.signed_rate),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: str
    text: str
    at: int


@lru_cache(maxsize=4096)
def parsed(text: str) -> Condition:
    """The condition a text says; raises `Unreadable` (E128) with the offset of the trouble.

    Read once, however often it is asked for: trees are frozen, and binding, the checks and the
    reading of a journal all ask for the same texts.
    """
    if len(text) > LONGEST:
        found = f"the condition has {len(text):,} signs; max {LONGEST}"
        raise Unreadable(found, code="E126")
    reader = _Reader(text)
    condition = reader.condition(0)
    reader.expect_end()
    return condition


class _Reader:
    """Walks the tokens of one text, forwards only."""

    def __init__(self, text: str) -> None:
        tokens = (
            _Token(kind=str(found.lastgroup), text=found.group(), at=found.start())
            for found in _TOKEN.finditer(text)
        )
        self._tokens = [token for token in tokens if token.kind != "space"]
        self._tokens.append(_Token(kind="end", text="", at=len(text)))
        self._position = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._position]

    def _take(self) -> _Token:
        token = self._next
        self._position += 1
        return token

    def _took(self, *texts: str) -> bool:
        """Whether the next token is one of these words or signs; it is taken if so."""
        if self._next.kind in ("name", "bracket") and self._next.text in texts:
            self._position += 1
            return True
        return False

    def expect_end(self) -> None:
        if self._next.kind != "end":
            self._fail("expected `and`, `or`, `for 30s` or the end")

    def condition(self, depth: int) -> Condition:
        parts = [self._either(depth)]
        while self._took("or"):
            parts.append(self._either(depth))
        return parts[0] if len(parts) == 1 else AnyOf(parts=tuple(parts))

    def _either(self, depth: int) -> Condition:
        parts = [self._part(depth)]
        while self._took("and"):
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else AllOf(parts=tuple(parts))

    def _part(self, depth: int) -> Condition:
        if depth > DEEPEST:
            self._fail(f"nested deeper than {DEEPEST} levels")
        if self._took("not"):
            return Negation(part=self._part(depth + 1))
        if self._took("("):
            inner = self.condition(depth + 1)
            if not self._took(")"):
                self._fail("expected `)`")
        else:
            inner = self._test()
        if not self._took("for"):
            return inner
        return Lasting(part=inner, seconds=self._duration())

    def _duration(self) -> int:
        token = self._take()
        return int(self._read(amounts.positive_whole_seconds, token.text, token.at))

    def _test(self) -> Condition:
        token = self._next
        if token.kind == "text":
            self._take()
            return self._membership(token.text[1:-1])
        name = self._name()
        if self._next.kind == "operator":
            return self._comparison(name)
        if self._next.text == "in" and self._next.kind == "name":
            if "." in name.text or name.window_s is not None:
                self._fail("a single word stands before `in`", token)
            return self._membership(name.text)
        return Known(name=name)

    def _membership(self, word: str) -> Condition:
        if not self._took("in"):
            self._fail('expected `in`: a quoted text begins only `"text" in name`')
        return Among(word=word, name=self._name())

    def _comparison(self, name: Name) -> Condition:
        token = self._take()
        operator = cast("Operator", token.text)
        value = self._value()
        if isinstance(value, Text) and operator not in ("==", "!="):
            self._fail("words are equal (==) or not (!=), never more or less", token)
        return Comparison(name=name, operator=operator, value=value)

    def _value(self) -> Quantity | Text | Name:
        token = self._next
        if token.kind == "amount":
            self._take()
            return self._quantity(token)
        if token.kind == "text":
            self._take()
            return Text(text=token.text[1:-1])
        name = self._name()
        is_word = "." not in name.text and name.window_s is None
        return Text(text=name.text) if is_word else name

    def _quantity(self, token: _Token) -> Quantity:
        for sign, measure, read in _MEASURES:
            if sign in token.text:
                amount = self._read(read, token.text, token.at)
                return Quantity(text=token.text, amount=amount, measure=measure)
        if token.text[-1].isdigit():
            return Quantity(
                text=token.text, amount=self._read(amounts.number, token.text, token.at)
            )
        amount = self._read(amounts.seconds, token.text, token.at)
        return Quantity(text=token.text, amount=amount, measure="seconds")

    def _name(self) -> Name:
        token = self._take()
        if token.kind != "name" or token.text in KEYWORDS:
            self._fail("expected a name such as `api.errors`", token)
        if self._next.kind != "window":
            return Name(text=token.text)
        window = self._take()
        seconds = self._read(amounts.positive_whole_seconds, window.text[1:-1], window.at + 1)
        return Name(text=token.text, window_s=int(seconds))

    def _read(self, read: Callable[[str], float], text: str, at: int) -> float:
        """An amount; its own complaint, at its place in the condition."""
        try:
            return read(text)
        except Unreadable as error:
            raise Unreadable(error.found, error.hint, code="E128", offset=at) from None

    def _fail(self, expected: str, token: _Token | None = None) -> NoReturn:
        token = token or self._next
        found = "the condition ends here" if token.kind == "end" else f"found {token.text!a}"
        raise Unreadable(f"{found}; {expected}", code="E128", offset=token.at)
