"""An awk program becomes a tree: the reader behind `awk`.

Rule 1: a node is a tuple whose first item says what it is; `awk` walks it.
Rule 2: what real awk has and this has not is `Unreadable(simulated=False)`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern (None: every line) and what to do (None: print the line)."""

    pattern: Tree | None
    action: Tree | None


def read_program(source: str) -> list[Rule]:
    """The rules of a program.

    Raises:
        Misused: in awk's words, for a syntax error.
        Unreadable: for awk that is not simulated.
    """
    return _Reader(source).rules()


def unescaped(text: str) -> str:
    """A string's text with its escapes resolved."""
    known = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
    return re.sub(r"\\(.)", lambda found: known.get(found[1], found[0]), text)


def _settable(tree: Tree) -> Tree:
    """The tree, if a value can be put where it stands."""
    if tree[0] not in ("name", "item", "field"):
        raise Misused("awk: cmd. line:1: syntax error")
    return tree


class _Reader:
    """Lives for one program: the place reached."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def rules(self) -> list[Rule]:
        """Every rule."""
        found: list[Rule] = []
        while True:
            self._newlines()
            if self._peek() == "":
                return found
            pattern = None if self._peek() == "{" else self._expression()
            if self._peek() == ",":
                raise Unreadable("awk's range pattern", simulated=False)
            action = self._block() if self._peek() == "{" else None
            found.append(Rule(pattern, action))

    def _match(self) -> re.Match[str] | None:
        return _TOKEN.match(self.source, self.at)

    def _peek(self) -> str:
        found = self._match()
        if found is None:
            if self.source[self.at :].strip(" \t") == "":
                return ""
            raise Misused(f"awk: cmd. line:1: {self.source}\nawk: cmd. line:1: syntax error")
        return found.group().strip(" \t")

    def _take(self, wanted: str = "") -> str:
        text = self._peek()
        if text == "" or (wanted and text != wanted):
            raise Misused(f"awk: cmd. line:1: {self.source}\nawk: cmd. line:1: syntax error")
        found = self._match()
        assert found is not None, "a peeked token is there"
        self.at = found.end()
        return text

    def _newlines(self) -> None:
        while self._peek() in ("\n", ";"):
            self._take()

    def _block(self) -> Tree:
        self._take("{")
        statements: list[Tree] = []
        self._newlines()
        while self._peek() != "}":
            statements.append(self._statement())
            self._newlines()
        self._take("}")
        return ("block", statements)

    def _deeper(self, read: Callable[[], Tree]) -> Tree:
        """What `read` finds one level down."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("so deep an awk program", simulated=False)
        tree = read()
        self.depth -= 1
        return tree

    def _statement(self) -> Tree:
        return self._deeper(self._statement_here)

    def _statement_here(self) -> Tree:
        word = self._peek()
        if word == "{":
            return self._block()
        if word in ("print", "printf"):
            return self._print(self._take())
        if word in ("next", "exit"):
            return (self._take(),)
        if word == "if":
            self._take()
            self._take("(")
            condition = self._expression()
            self._take(")")
            self._skip_newline()
            then = self._statement()
            before = self.at
            self._newlines()
            if self._peek() == "else":
                self._take()
                self._skip_newline()
                return ("if", condition, then, self._statement())
            self.at = before
            return ("if", condition, then, ("block", []))
        if word == "for":
            return self._for()
        if word in ("while", "do", "getline", "delete", "function", "return"):
            raise Unreadable(f"awk's `{word}'", simulated=False)
        return ("do", self._expression())

    def _skip_newline(self) -> None:
        while self._peek() == "\n":
            self._take()

    def _for(self) -> Tree:
        self._take()
        self._take("(")
        name = self._take()
        if self._peek() != "in":
            raise Unreadable("awk's counting loop", simulated=False)
        self._take()
        array = self._take()
        self._take(")")
        self._skip_newline()
        return ("for", name, array, self._statement())

    def _print(self, verb: str) -> Tree:
        parts: list[Tree] = []
        wrapped = self._peek() == "("
        if self._peek() not in ("", "\n", ";", "}"):
            parts.append(self._expression())
            if wrapped and parts[0][0] == "list":
                parts = list(parts[0][1])
            while self._peek() == ",":
                self._take()
                parts.append(self._expression())
        if verb == "printf" and not parts:
            raise Misused("awk: cmd. line:1: printf: no arguments")
        return (verb, parts)

    def _expression(self) -> Tree:
        return self._deeper(self._assignment)

    def _assignment(self) -> Tree:
        left = self._choice()
        if self._peek() in _ASSIGNMENTS:
            return ("assign", self._take(), _settable(left), self._expression())
        return left

    def _choice(self) -> Tree:
        condition = self._or()
        if self._peek() != "?":
            return condition
        self._take()
        first = self._expression()
        self._take(":")
        return ("choice", condition, first, self._expression())

    def _or(self) -> Tree:
        left = self._and()
        while self._peek() == "||":
            self._take()
            left = ("or", left, self._and())
        return left

    def _and(self) -> Tree:
        left = self._match_test()
        while self._peek() == "&&":
            self._take()
            left = ("and", left, self._match_test())
        return left

    def _match_test(self) -> Tree:
        left = self._comparison()
        while self._peek() in ("~", "!~", "in"):
            operator = self._take()
            if operator == "in":
                left = ("in", left, self._take())
            else:
                left = (operator, left, self._comparison())
        return left

    def _comparison(self) -> Tree:
        left = self._concatenation()
        if self._peek() in _COMPARISONS:
            return ("compare", self._take(), left, self._concatenation())
        return left

    def _concatenation(self) -> Tree:
        left = self._sum()
        while self._begins_operand():
            left = ("concat", left, self._sum())
        return left

    def _begins_operand(self) -> bool:
        found = self._match() if self._peek() else None
        if found is None:
            return False
        if found["name"]:
            return found["name"] not in ("in", "else")
        return bool(found["number"] or found["string"]) or found["op"] in ("$", "(", "!")

    def _sum(self) -> Tree:
        left = self._product()
        while self._peek() in ("+", "-"):
            left = ("math", self._take(), left, self._product())
        return left

    def _product(self) -> Tree:
        left = self._unary()
        while self._peek() in ("*", "/", "%"):
            left = ("math", self._take(), left, self._unary())
        return left

    def _unary(self) -> Tree:
        return self._deeper(self._signed)

    def _signed(self) -> Tree:
        word = self._peek()
        if word in ("!", "-", "+"):
            return ("unary", self._take(), self._unary())
        if word in ("++", "--"):
            return ("step", self._take(), _settable(self._unary()), False)
        operand = self._primary()
        if self._peek() in ("++", "--"):
            return ("step", self._take(), _settable(operand), True)
        return operand

    def _primary(self) -> Tree:
        if self._peek() == "/":
            return self._regex()
        found = self._match()
        word = self._take()
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
        inner = [self._expression()]
        while self._peek() == ",":
            self._take()
            inner.append(self._expression())
        self._take(")")
        return inner[0] if len(inner) == 1 else ("list", inner)

    def _regex(self) -> Tree:
        self._take("/")
        end = self.at
        while end < len(self.source) and self.source[end] != "/":
            end += 2 if self.source[end] == "\\" else 1
        if end >= len(self.source):
            raise Misused("awk: cmd. line:1: unterminated regexp")
        source = self.source[self.at : end].replace("\\/", "/")
        self.at = end + 1
        return ("regex", source)

    def _named(self, name: str) -> Tree:
        if self._peek() == "[":
            self._take()
            key = self._expression()
            self._take("]")
            return ("item", name, key)
        if name in FUNCTIONS:
            parts: list[Tree] = []
            if self._peek() == "(":
                self._take()
                while self._peek() != ")":
                    parts.append(self._expression())
                    if self._peek() == ",":
                        self._take()
                self._take(")")
            return ("call", name, parts)
        if self.source.startswith("(", self.at):
            raise Unreadable(f"awk's `{name}'", simulated=False)
        return ("name", name)
