r"""Regular expressions as grep, sed, awk and jq read them: the POSIX dialect over one engine.

Rule 1: reads extended syntax only; `basic_to_extended` turns plain grep's and sed's into it.
Rule 2: classes, groups, counts, anchors, and GNU's `\w \d \s \b \< \>` beside them.
Rule 3: length and nesting are bounded; a fault is told in the words grep has for it.
"""

import re
from typing import Final

from simulator.shell.pattern_tree import (
    Chain,
    Choice,
    Group,
    Place,
    Repeat,
    Sign,
    Test,
    TooLargeError,
    Tree,
    between,
    exactly,
    one_of,
)
from simulator.shell.patterns import Pattern
from simulator.shell.syntax import Unreadable

IN_BRACKETS: Final = "dwstn\\]-/.["
"""What awk, jq and `grep -P` let a backslash stand before within square brackets."""
LONGEST_PATTERN: Final = 300
"""Characters."""
_MOST_COPIES: Final = 200
_DEEPEST: Final = 25
_SIMPLE: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_BRACKET: Final = re.compile(r"\[\^?\]?(?:\[:\w*:\]|[^\]])*\]")

_NAMED: Final[dict[str, Test]] = {
    "d": str.isdigit,
    "w": lambda sign: sign.isalnum() or sign == "_",
    "s": str.isspace,
}
_POSIX: Final[dict[str, Test]] = {
    "alpha": str.isalpha,
    "digit": str.isdigit,
    "alnum": str.isalnum,
    "upper": str.isupper,
    "lower": str.islower,
    "space": str.isspace,
    "blank": lambda sign: sign in " \t",
    "punct": lambda sign: sign.isprintable() and not sign.isalnum() and not sign.isspace(),
    "xdigit": lambda sign: sign in "0123456789abcdefABCDEF",
    "word": _NAMED["w"],
}


def posix_pattern(source: str, *, ignore_case: bool = False, escapes: str = "") -> Pattern:
    """The pattern of an extended regular expression.

    `escapes` are the signs that a backslash may stand before within square brackets: none for
    grep, to which a backslash there is a sign like any other.

    Raises:
        Unreadable: with the words of the fault; not simulated where grep would have read it.
    """
    if len(source) > LONGEST_PATTERN:
        raise Unreadable("a very long regular expression", simulated=False)
    try:
        return Pattern(_Reader(source, ignore_case=ignore_case, escapes=escapes).whole())
    except TooLargeError:
        raise Unreadable("Regular expression too big") from None


def fixed_pattern(text: str, *, ignore_case: bool = False) -> Pattern:
    """The pattern of a text in which every sign means itself, as `grep -F` takes it.

    Raises:
        Unreadable: for a text that is too long.
    """
    if len(text) > LONGEST_PATTERN:
        raise Unreadable("a very long regular expression", simulated=False)
    return Pattern(Chain(tuple(exactly(sign, fold=ignore_case) for sign in text)))


def basic_to_extended(source: str) -> str:
    r"""A pattern of plain grep or sed, where `\|`, `\(`, `\+` are the operators, as extended."""
    out: list[str] = []
    at = 0
    while at < len(source):
        bracket = _BRACKET.match(source, at)
        sign = source[at]
        if bracket:
            out.append(bracket.group())
            at = bracket.end()
            continue
        if sign == "\\" and at + 1 < len(source):
            following = source[at + 1]
            out.append(following if following in "|(){}+?" else sign + following)
            at += 1
        elif sign in "|(){}+?" or (sign == "*" and not out):
            out.append("\\" + sign)
        else:
            out.append(sign)
        at += 1
    return "".join(out)


class _Reader:
    """Lives for one pattern: the place reached and the groups met."""

    def __init__(self, source: str, *, ignore_case: bool, escapes: str) -> None:
        self.source = source
        self.fold = ignore_case
        self.escapes = escapes
        self.at = 0
        self.depth = 0
        self.groups = 0

    def whole(self) -> Tree:
        """The tree of the whole pattern."""
        tree = self._either()
        if self.at < len(self.source):
            raise Unreadable("Unmatched ) or \\)")
        return tree

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _either(self) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("Regular expression too deep")
        parts = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self) -> Tree:
        parts: list[Tree] = []
        while (sign := self._peek()) and sign not in "|)":
            parts.append(self._repeated())
        return Chain(tuple(parts))

    def _repeated(self) -> Tree:
        part = self._atom()
        while (bounds := self._bounds()) is not None:
            part = _again(part, *bounds)
        return part

    def _bounds(self) -> tuple[int, int | None] | None:
        sign = self._peek()
        if sign in _SIMPLE:
            self.at += 1
            return _SIMPLE[sign]
        if sign != "{":
            return None
        end = self.source.find("}", self.at)
        low, comma, high = self.source[self.at + 1 : max(end, self.at)].partition(",")
        if end < 0 or not (low or high) or not f"{low}{high}".isdecimal():
            return None
        self.at = end + 1
        least = int(low or 0)
        most = (int(high) if high else None) if comma else least
        if max(least, most or 0) > _MOST_COPIES or (most is not None and most < least):
            raise Unreadable("Invalid content of \\{\\}")
        return least, most

    def _atom(self) -> Tree:
        sign = self._peek()
        self.at += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._bracket()
        if sign == ".":
            return Sign(lambda _: True)
        if sign in ("^", "$"):
            return Place(sign)
        if sign == "\\":
            return self._escaped()
        return exactly(sign, fold=self.fold)

    def _group(self) -> Tree:
        number: int | None = None
        if self.source.startswith("?:", self.at):
            self.at += 2
        else:
            number, self.groups = self.groups, self.groups + 1
        part = self._either()
        if self._peek() != ")":
            raise Unreadable("Unmatched ( or \\(")
        self.at += 1
        return part if number is None else Group(part, number)

    def _escaped(self) -> Tree:
        sign = self._peek()
        if not sign:
            raise Unreadable("Trailing backslash")
        self.at += 1
        if sign in "bB<>":
            return Place(sign)
        if sign.lower() in _NAMED:
            return one_of([_NAMED[sign.lower()]], negated=sign.isupper())
        if sign.isdigit():
            raise Unreadable("a back-reference in a pattern", simulated=False)
        return exactly({"t": "\t", "n": "\n"}.get(sign, sign), fold=self.fold)

    def _bracket(self) -> Tree:
        negated = self._peek() == "^"
        self.at += negated
        tests: list[Test] = []
        opened = self.at
        while (sign := self._peek()) != "]" or self.at == opened:
            if not sign:
                raise Unreadable("Unmatched [, [^, [:, [., or [=")
            tests.append(self._member(sign))
        self.at += 1
        return one_of(tests, negated=negated, fold=self.fold)

    def _member(self, sign: str) -> Test:
        if self.source.startswith("[:", self.at):
            end = self.source.find(":]", self.at)
            name = self.source[self.at + 2 : max(end, 0)]
            if name not in _POSIX:
                raise Unreadable("Invalid character class name")
            self.at = end + 2
            return _POSIX[name]
        self.at += 1
        following = self._peek()
        if sign == "\\" and following and following in self.escapes:
            self.at += 1
            if following in _NAMED:
                return _NAMED[following]
            sign = {"t": "\t", "n": "\n"}.get(following, following)
        high = self.source[self.at + 1 : self.at + 2]
        if self._peek() == "-" and high and high != "]":
            self.at += 2
            if high < sign:
                raise Unreadable("Invalid range end")
            return between(sign, high)
        return exactly(sign).test


def _again(part: Tree, least: int, most: int | None) -> Tree:
    """A part repeated; `*`, `+` and `?` upon one another are one repeat, so `a****` stays flat."""
    simple = _SIMPLE.values()
    if isinstance(part, Repeat) and (least, most) in simple and (part.least, part.most) in simple:
        both = 1 if most == part.most == 1 else None
        return Repeat(part.part, least * part.least, both)
    return Repeat(part, least, most)
