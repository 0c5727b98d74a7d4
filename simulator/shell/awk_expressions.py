"""awk's expressions become trees: from the loosest operator to a name, a field, a pattern.

Rule 1: a node is a tuple whose first item says what it is; `awk` walks it.
"""

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from simulator.shell.streams import Misused
from simulator.shell.syntax import Unreadable

Tree: TypeAlias = tuple[Any, ...]
"""`("kind", child, ...)`; children are trees, texts or numbers."""
FUNCTIONS: Final = frozenset({"length", "substr", "tolower", "toupper", "int", "index", "sprintf"})
_TOKEN: Final = re.compile(
    r"[ \t]*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?)|"
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*\")|"
    r"(?P<name>[A-Za-z_]\w*)|"
    r"(?P<op>\|\||&&|\+\+|--|==|!=|<=|>=|\+=|-=|\*=|/=|%=|!~|[-+*/%$!~<>=(){}\[\],;?:\n]))"
)
_DEEPEST: Final = 40
_COMPARISONS: Final = ("==", "!=", "<=", ">=", "<", ">")
_ASSIGNMENTS: Final = ("=", "+=", "-=", "*=", "/=", "%=")


def unescaped(text: str) -> str:
    """A string's text with its escapes resolved."""
    known = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
    return re.sub(r"\\(.)", lambda found: known.get(found[1], found[0]), text)


def _settable(tree: Tree) -> Tree:
    """The tree, if a value can be put where it stands."""
    if tree[0] not in ("name", "item", "field"):
        raise Misused("awk: cmd. line:1: syntax error")
    return tree


class Expressions:
    """Lives for one program: the place reached and how deep it nests."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def _match(self) -> re.Match[str] | None:
        return _TOKEN.match(self.source, self.at)

    def peek(self) -> str:
        """The next token; nothing at the end."""
        found = self._match()
        if found is None:
            if self.source[self.at :].strip(" \t") == "":
                return ""
            raise Misused(f"awk: cmd. line:1: {self.source}\nawk: cmd. line:1: syntax error")
        return found.group().strip(" \t")

    def take(self, wanted: str = "") -> str:
        """The next token, which must be there and be the one wanted."""
        text = self.peek()
        if text == "" or (wanted and text != wanted):
            raise Misused(f"awk: cmd. line:1: {self.source}\nawk: cmd. line:1: syntax error")
        found = self._match()
        assert found is not None, "a peeked token is there"
        self.at = found.end()
        return text

    def deeper(self, read: Callable[[], Tree]) -> Tree:
        """What `read` finds one level down."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("so deep an awk program", simulated=False)
        tree = read()
        self.depth -= 1
        return tree

    def expression(self) -> Tree:
        """An expression: the loosest operator first."""
        return self.deeper(self._assignment)

    def _assignment(self) -> Tree:
        left = self._choice()
        if self.peek() in _ASSIGNMENTS:
            return ("assign", self.take(), _settable(left), self.expression())
        return left

    def _choice(self) -> Tree:
        condition = self._or()
        if self.peek() != "?":
            return condition
        self.take()
        first = self.expression()
        self.take(":")
        return ("choice", condition, first, self.expression())

    def _or(self) -> Tree:
        left = self._and()
        while self.peek() == "||":
            self.take()
            left = ("or", left, self._and())
        return left

    def _and(self) -> Tree:
        left = self._match_test()
        while self.peek() == "&&":
            self.take()
            left = ("and", left, self._match_test())
        return left

    def _match_test(self) -> Tree:
        left = self._comparison()
        while self.peek() in ("~", "!~", "in"):
            operator = self.take()
            if operator == "in":
                left = ("in", left, self.take())
            else:
                left = (operator, left, self._comparison())
        return left

    def _comparison(self) -> Tree:
        left = self._concatenation()
        if self.peek() in _COMPARISONS:
            return ("compare", self.take(), left, self._concatenation())
        return left

    def _concatenation(self) -> Tree:
        left = self._sum()
        while self._begins_operand():
            left = ("concat", left, self._sum())
        return left

    def _begins_operand(self) -> bool:
        found = self._match() if self.peek() else None
        if found is None:
            return False
        if found["name"]:
            return found["name"] not in ("in", "else")
        return bool(found["number"] or found["string"]) or found["op"] in ("$", "(", "!")

    def _sum(self) -> Tree:
        left = self._product()
        while self.peek() in ("+", "-"):
            left = ("math", self.take(), left, self._product())
        return left

    def _product(self) -> Tree:
        left = self._unary()
        while self.peek() in ("*", "/", "%"):
            left = ("math", self.take(), left, self._unary())
        return left

    def _unary(self) -> Tree:
        return self.deeper(self._signed)

    def _signed(self) -> Tree:
        word = self.peek()
        if word in ("!", "-", "+"):
            return ("unary", self.take(), self._unary())
        if word in ("++", "--"):
            return ("step", self.take(), _settable(self._unary()), False)
        operand = self._primary()
        if self.peek() in ("++", "--"):
            return ("step", self.take(), _settable(operand), True)
        return operand

    def _primary(self) -> Tree:
        if self.peek() == "/":
            return self._regex()
        found = self._match()
        word = self.take()
        assert found is not None, "a taken token is there"
        if found["number"]:
            return ("number", float(word))
        if found["string"]:
            return ("string", unescaped(word[1:-1]))
        if word == "$":
            return ("field", self._unary())
        if word == "(":
            return self._bracketed()
        if found["name"]:
            return self._named(word)
        raise Misused(f"awk: cmd. line:1: {self.source}\nawk: cmd. line:1: syntax error")

    def _bracketed(self) -> Tree:
        inner = [self.expression()]
        while self.peek() == ",":
            self.take()
            inner.append(self.expression())
        self.take(")")
        return inner[0] if len(inner) == 1 else ("list", inner)

    def _regex(self) -> Tree:
        self.take("/")
        end = self.at
        while end < len(self.source) and self.source[end] != "/":
            end += 2 if self.source[end] == "\\" else 1
        if end >= len(self.source):
            raise Misused("awk: cmd. line:1: unterminated regexp")
        source = self.source[self.at : end].replace("\\/", "/")
        self.at = end + 1
        return ("regex", source)

    def _named(self, name: str) -> Tree:
        if self.peek() == "[":
            self.take()
            key = self.expression()
            self.take("]")
            return ("item", name, key)
        if name in FUNCTIONS:
            parts: list[Tree] = []
            if self.peek() == "(":
                self.take()
                while self.peek() != ")":
                    parts.append(self.expression())
                    if self.peek() == ",":
                        self.take()
                self.take(")")
            return ("call", name, parts)
        if self.source.startswith("(", self.at):
            raise Unreadable(f"awk's `{name}'", simulated=False)
        return ("name", name)
