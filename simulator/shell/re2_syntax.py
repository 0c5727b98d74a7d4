"""The grammar of a regular expression: its text becomes a small tree.

Rule 1: choice | chain of pieces | piece with `* + ? {m,n}` | group, class, escape, sign.
Rule 2: lazy marks (`*?`) are read and mean nothing: only whether a text matches is ever asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

LONGEST: Final = 500
DEEPEST: Final = 30
MOST_REPEATS: Final = 1000

_CLASSES: Final[dict[str, Callable[[str], bool]]] = {
    "d": lambda sign: sign in "0123456789",
    "w": lambda sign: sign == "_" or (sign.isascii() and sign.isalnum()),
    "s": lambda sign: sign in " \t\n\r\f\v",
}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}


class PatternError(ValueError):
    """A pattern that cannot be read; the text says why, in RE2's manner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A piece of a pattern."""

    kind: Literal["sign", "place", "chain", "choice", "repeat"]
    parts: tuple["Node", ...] = ()
    least: int = 0
    most: int | None = None
    place: str = ""
    negated: bool = False
    ranges: tuple[tuple[str, str], ...] = ()
    classes: str = ""
    """Class letters, capital for the complement; `.` for any sign but a newline."""

    def test(self, *, fold: bool) -> Callable[[str], bool]:
        """Whether one sign of the text fits; `fold` says that the text is in lower case."""
        ranges = list(self.ranges)
        if fold:
            ranges += [(low.lower(), high.lower()) for low, high in self.ranges]

        def fits(sign: str) -> bool:
            if any(low <= sign <= high for low, high in ranges):
                return not self.negated
            for letter in self.classes:
                if letter == ".":
                    hit = sign != "\n"
                else:
                    hit = _CLASSES[letter.lower()](sign) == letter.islower()
                if hit:
                    return not self.negated
            return self.negated

        return fits


def read(source: str) -> tuple[Node, bool]:
    """The tree of a pattern and whether it says `(?i)`; raises `PatternError`."""
    if len(source) > LONGEST:
        raise PatternError("expression too large")
    ignore_case = source.startswith("(?i)")
    reader = _Reader(source[4:] if ignore_case else source)
    tree = reader.choice(0)
    if not reader.ended:
        raise PatternError(f"unexpected ): `{source}`")
    return tree, ignore_case


class _Reader:
    """A place in a pattern's text, and what stands there."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at >= len(self._source)

    def choice(self, depth: int) -> Node:
        """Alternatives up to a closing parenthesis or the end."""
        if depth > DEEPEST:
            raise PatternError("expression nests too deeply")
        branches = [self._chain(depth)]
        while self._take("|"):
            branches.append(self._chain(depth))
        return branches[0] if len(branches) == 1 else Node(kind="choice", parts=tuple(branches))

    def _take(self, text: str) -> bool:
        if not self._source.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def _next(self) -> str:
        if self.ended:
            raise PatternError(f"unexpected end of pattern: `{self._source}`")
        self._at += 1
        return self._source[self._at - 1]

    def _chain(self, depth: int) -> Node:
        parts: list[Node] = []
        while not self.ended and self._source[self._at] not in "|)":
            parts.append(self._repeated(self._piece(depth)))
        return Node(kind="chain", parts=tuple(parts))

    def _repeated(self, piece: Node) -> Node:
        if self._take("*"):
            least, most = 0, None
        elif self._take("+"):
            least, most = 1, None
        elif self._take("?"):
            least, most = 0, 1
        elif (bounds := self._bounds()) is not None:
            least, most = bounds
        else:
            return piece
        self._take("?")
        if not self.ended and self._source[self._at] in "*+?":
            raise PatternError(f"invalid nested repetition operator: `{self._source}`")
        return Node(kind="repeat", parts=(piece,), least=least, most=most)

    def _bounds(self) -> tuple[int, int | None] | None:
        """`{m}`, `{m,}` or `{m,n}`; any other brace is an ordinary sign."""
        end = self._source.find("}", self._at)
        if end < 0 or not self._source.startswith("{", self._at):
            return None
        low, comma, high = self._source[self._at + 1 : end].partition(",")
        if not (low.isascii() and low.isdigit()) or (
            high and not (high.isascii() and high.isdigit())
        ):
            return None
        self._at = end + 1
        least = int(low[:5])
        most = int(high[:5]) if high else (None if comma else least)
        if least > MOST_REPEATS or (most is not None and not least <= most <= MOST_REPEATS):
            raise PatternError(f"invalid repeat count: `{{{low}{comma}{high}}}`")
        return least, most

    def _piece(self, depth: int) -> Node:
        sign = self._next()
        match sign:
            case "^" | "$":
                return Node(kind="place", place=sign)
            case ".":
                return Node(kind="sign", classes=".")
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "(":
                if self._take("?") and not self._take(":"):
                    raise PatternError("invalid or unsupported Perl syntax: `(?`")
                inner = self.choice(depth + 1)
                if not self._take(")"):
                    raise PatternError(f"missing closing ): `{self._source}`")
                return inner
            case "*" | "+" | "?":
                raise PatternError(f"missing argument to repetition operator: `{sign}`")
            case _:
                return Node(kind="sign", ranges=((sign, sign),))

    def _escape(self) -> Node:
        sign = self._next()
        if sign in "bB":
            return Node(kind="place", place=sign)
        if sign in "Az":
            return Node(kind="place", place="^" if sign == "A" else "$")
        if sign in "dDwWsS":
            return Node(kind="sign", classes=sign)
        return self._literal(sign)

    def _literal(self, sign: str) -> Node:
        if sign.isalnum() and sign not in _ESCAPES:
            raise PatternError(f"invalid escape sequence: `\\{sign}`")
        sign = _ESCAPES.get(sign, sign)
        return Node(kind="sign", ranges=((sign, sign),))

    def _class(self) -> Node:
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        classes = ""
        first = True
        while first or not self._take("]"):
            first = False
            low = self._next()
            if low == "\\":
                node = self._escape()
                classes += node.classes
                if node.classes:
                    continue
                low = node.ranges[0][0] if node.ranges else "\b"
            high = low
            if self._source[self._at : self._at + 1] == "-" and self._source[
                self._at + 1 : self._at + 2
            ] not in ("", "]"):
                self._at += 1
                high = self._next()
                high = self._next() if high == "\\" else high
                if high < low:
                    raise PatternError(f"invalid character class range: `{low}-{high}`")
            ranges.append((low, high))
        return Node(kind="sign", negated=negated, ranges=tuple(ranges), classes=classes)
