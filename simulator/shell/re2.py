"""Regular expressions as Prometheus, Loki and PostgreSQL users type them: RE2's everyday dialect.

Rule 1: choice | chain of pieces | piece with `* + ? {m,n}` | group, class, escape, sign.
Rule 2: lazy marks (`*?`) are read and mean nothing: only whether a text matches is ever asked.
Rule 3: length, nesting and repeats are bounded; a fault is told in RE2's manner.
"""

from typing import Final

from simulator.shell.pattern_tree import (
    Chain,
    Choice,
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

LONGEST: Final = 500
DEEPEST: Final = 30
MOST_REPEATS: Final = 1000

_CLASSES: Final[dict[str, Test]] = {
    "d": lambda sign: sign in "0123456789",
    "w": lambda sign: sign == "_" or (sign.isascii() and sign.isalnum()),
    "s": lambda sign: sign in " \t\n\r\f\v",
}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}


class PatternError(ValueError):
    """A pattern that cannot be read; the text says why, in RE2's manner."""


def re2_pattern(source: str, *, ignore_case: bool = False) -> Pattern:
    """The pattern of an expression; `(?i)` at its front ignores case too.

    Raises:
        PatternError: for one that cannot be read or is too large.
    """
    if len(source) > LONGEST:
        raise PatternError("expression too large")
    flagged = source.startswith("(?i)")
    reader = _Reader(source[4:] if flagged else source, fold=ignore_case or flagged)
    tree = reader.choice(0)
    if not reader.ended:
        raise PatternError(f"unexpected ): `{source}`")
    try:
        return Pattern(tree)
    except TooLargeError:
        raise PatternError("expression too large") from None


class _Reader:
    """A place in a pattern's text, and what stands there."""

    def __init__(self, source: str, *, fold: bool) -> None:
        self._source = source
        self._fold = fold
        self._at = 0

    @property
    def ended(self) -> bool:
        """Whether all of the text is read."""
        return self._at >= len(self._source)

    def choice(self, depth: int) -> Tree:
        """Alternatives up to a closing parenthesis or the end."""
        if depth > DEEPEST:
            raise PatternError("expression nests too deeply")
        branches = [self._chain(depth)]
        while self._take("|"):
            branches.append(self._chain(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

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

    def _chain(self, depth: int) -> Tree:
        parts: list[Tree] = []
        while not self.ended and self._source[self._at] not in "|)":
            parts.append(self._repeated(self._piece(depth)))
        return Chain(tuple(parts))

    def _repeated(self, piece: Tree) -> Tree:
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
        if (not self.ended and self._source[self._at] in "*+?") or self._bounds() is not None:
            raise PatternError(f"invalid nested repetition operator: `{self._source}`")
        return Repeat(piece, least, most)

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

    def _piece(self, depth: int) -> Tree:
        sign = self._next()
        match sign:
            case "^" | "$":
                return Place(sign)
            case ".":
                return Sign(lambda each: each != "\n")
            case "[":
                return self._members()
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
                return exactly(sign, fold=self._fold)

    def _escape(self) -> Tree:
        sign = self._next()
        if sign in "bB":
            return Place(sign)
        if sign in "Az":
            return Place("^" if sign == "A" else "$")
        if sign.lower() in _CLASSES:
            return Sign(_class(sign))
        return exactly(_meant(sign), fold=self._fold)

    def _members(self) -> Tree:
        """What stands between square brackets."""
        negated = self._take("^")
        tests: list[Test] = []
        while not tests or not self._take("]"):
            low = self._next()
            if low == "\\":
                low = self._next()
                if low.lower() in _CLASSES:
                    tests.append(_class(low))
                    continue
                low = _meant(low)
            tests.append(between(low, self._end_of_range(low)))
        return one_of(tests, negated=negated, fold=self._fold)

    def _end_of_range(self, low: str) -> str:
        following = self._source[self._at : self._at + 2]
        if not following.startswith("-") or following in ("-", "-]"):
            return low
        self._at += 1
        high = self._next()
        high = _meant(self._next()) if high == "\\" else high
        if high < low:
            raise PatternError(f"invalid character class range: `{low}-{high}`")
        return high


def _class(letter: str) -> Test:
    """The test of a class letter, or of everything else where it is a capital."""
    inner = _CLASSES[letter.lower()]
    return inner if letter.islower() else lambda sign: not inner(sign)


def _meant(sign: str) -> str:
    """The sign an escaped one stands for."""
    if sign.isalnum() and sign not in _ESCAPES:
        raise PatternError(f"invalid escape sequence: `\\{sign}`")
    return _ESCAPES.get(sign, sign)
