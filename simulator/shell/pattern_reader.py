"""A regular expression becomes states: the reader behind `patterns`.

Rule 1: reads extended syntax only; `basic_to_extended` turns plain grep's and sed's into it.
Rule 2: states and nesting are bounded; a fault is told in the words grep has for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from simulator.shell.syntax import Unreadable

_MOST_STATES: Final = 1500
_MOST_COPIES: Final = 200
_DEEPEST: Final = 25

Test: TypeAlias = Callable[[str], bool]
"""Whether a sign is one of those meant."""

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


@dataclass(slots=True)
class Node:
    """One state: a test of a sign, an assertion about a position, or a fork."""

    test: Test | None = None
    asserts: str = ""
    nexts: tuple[int, ...] = ()
    accepts: bool = False


def basic_to_extended(source: str) -> str:
    r"""A pattern of plain grep or sed, where `\|`, `\(`, `\+` are the operators, as extended."""
    out: list[str] = []
    at = 0
    bracket = False
    while at < len(source):
        sign = source[at]
        if bracket:
            out.append(sign)
            bracket = sign != "]" or source[at - 1] in "[^"
        elif sign == "\\" and at + 1 < len(source):
            following = source[at + 1]
            out.append(following if following in "|(){}+?" else sign + following)
            at += 1
        elif sign in "|(){}+?" or (sign == "*" and not out):
            out.append("\\" + sign)
        else:
            bracket = sign == "["
            out.append(sign)
        at += 1
    return "".join(out)


_Part: TypeAlias = tuple[int, int]
"""First and last state of a fragment; the last has no successor yet."""


class Builder:
    """Lives for one pattern: the place reached and the states made."""

    def __init__(self, source: str, *, ignore_case: bool) -> None:
        self.source = source
        self.ignore_case = ignore_case
        self.at = 0
        self.depth = 0
        self.nodes: list[Node] = []

    def whole(self) -> int:
        """The start state of the whole pattern."""
        first, last = self._either()
        if self.at < len(self.source):
            raise Unreadable("Unmatched ) or \\)")
        self.nodes[last].accepts = True
        return first

    def literal(self) -> int:
        """The start state where every sign means itself."""
        first = last = self._node()
        for sign in self.source:
            last = self._joined(last, self._sign(sign))
        self.nodes[last].accepts = True
        return first

    def _node(self, test: Test | None = None, asserts: str = "") -> int:
        if len(self.nodes) >= _MOST_STATES:
            raise Unreadable("Regular expression too big")
        self.nodes.append(Node(test=test, asserts=asserts))
        return len(self.nodes) - 1

    def _joined(self, last: int, part: _Part) -> int:
        self.nodes[last].nexts += (part[0],)
        return part[1]

    def _tested(self, test: Test, asserts: str = "") -> _Part:
        first, last = self._node(test, asserts), self._node()
        self.nodes[first].nexts = (last,)
        return first, last

    def _sign(self, wanted: str) -> _Part:
        if self.ignore_case:
            low = wanted.lower()
            return self._tested(lambda sign: sign.lower() == low)
        return self._tested(lambda sign: sign == wanted)

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _either(self) -> _Part:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("Regular expression too deep")
        parts = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence())
        self.depth -= 1
        if len(parts) == 1:
            return parts[0]
        first, last = self._node(), self._node()
        for part in parts:
            self.nodes[first].nexts += (part[0],)
            self.nodes[part[1]].nexts += (last,)
        return first, last

    def _sequence(self) -> _Part:
        first = last = self._node()
        while (sign := self._peek()) and sign not in "|)":
            last = self._joined(last, self._repeated())
        return first, last

    def _repeated(self) -> _Part:
        begins = self.at
        part = self._atom()
        while (bounds := self._bounds()) is not None:
            ends = self.at
            part = self._copies(part, begins, *bounds)
            self.at = ends
        return part

    def _bounds(self) -> tuple[int, int | None] | None:
        sign = self._peek()
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if sign in simple and sign:
            self.at += 1
            return simple[sign]
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

    def _copies(self, part: _Part, begins: int, least: int, most: int | None) -> _Part:
        first = last = self._node()
        for number in range(max(least, 1 if most is None else most)):
            copy = part if number == 0 else self._again(begins)
            skip = last
            last = self._joined(last, copy)
            if number >= least:
                end = self._node()
                self.nodes[last].nexts += (end,)
                self.nodes[skip].nexts += (end,)
                last = end
            if most is None and number == max(least, 1) - 1:
                self.nodes[copy[1]].nexts += (copy[0],)
        return first, last

    def _again(self, begins: int) -> _Part:
        self.at = begins
        return self._atom()

    def _atom(self) -> _Part:
        sign = self._peek()
        self.at += 1
        if sign == "(":
            if self.source.startswith("?:", self.at):
                self.at += 2
            part = self._either()
            if self._peek() != ")":
                raise Unreadable("Unmatched ( or \\(")
            self.at += 1
            return part
        if sign == "[":
            return self._tested(self._bracket())
        if sign == ".":
            return self._tested(lambda _: True)
        if sign in ("^", "$"):
            return self._assertion(sign)
        if sign == "\\":
            return self._escaped()
        return self._sign(sign)

    def _assertion(self, kind: str) -> _Part:
        first, last = self._node(asserts=kind), self._node()
        self.nodes[first].nexts = (last,)
        return first, last

    def _escaped(self) -> _Part:
        sign = self._peek()
        if not sign:
            raise Unreadable("Trailing backslash")
        self.at += 1
        if sign in "bB<>":
            return self._assertion(sign)
        if sign in _NAMED:
            return self._tested(_NAMED[sign])
        if sign.lower() in _NAMED:
            inner = _NAMED[sign.lower()]
            return self._tested(lambda other: not inner(other))
        if sign.isdigit():
            raise Unreadable("a back-reference in a pattern", simulated=False)
        return self._sign({"t": "\t", "n": "\n"}.get(sign, sign))

    def _bracket(self) -> Test:
        negated = self._peek() == "^"
        self.at += negated
        tests: list[Test] = []
        opened = self.at
        while (sign := self._peek()) != "]" or self.at == opened:
            if not sign:
                raise Unreadable("Unmatched [, [^, [:, [., or [=")
            tests.append(self._member(sign))
        self.at += 1
        folds = self.ignore_case

        def inside(sign: str) -> bool:
            signs = (sign, sign.lower(), sign.upper()) if folds else (sign,)
            return any(test(each) for test in tests for each in signs) != negated

        return inside

    def _member(self, sign: str) -> Test:
        if self.source.startswith("[:", self.at):
            end = self.source.find(":]", self.at)
            name = self.source[self.at + 2 : max(end, 0)]
            if name not in _POSIX:
                raise Unreadable("Invalid character class name")
            self.at = end + 2
            return _POSIX[name]
        self.at += 1
        if sign == "\\" and self._peek() in _NAMED:
            self.at += 1
            return _NAMED[self.source[self.at - 1]]
        if sign == "\\" and self._peek() in ("t", "n", "\\", "]", "-", "/", ".", "["):
            sign = {"t": "\t", "n": "\n"}.get(self._peek(), self._peek())
            self.at += 1
        high = self.source[self.at + 1 : self.at + 2]
        if self._peek() == "-" and high and high != "]":
            self.at += 2
            if high < sign:
                raise Unreadable("Invalid range end")
            return lambda other: sign <= other <= high
        return lambda other: other == sign
