"""A jq filter becomes a tree: the reader behind `jq`.

Rule 1: a node is a tuple whose first item says what it is; `jq` walks it.
Rule 2: what real jq has and this has not (`def`, `reduce`, `try`) is "not simulated".
"""

import json
import re
from typing import Any, Final, TypeAlias

from simulator.shell.streams import Misused
from simulator.shell.syntax import Unreadable

Tree: TypeAlias = tuple[Any, ...]
"""`("kind", child, ...)`."""

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>\")|(?P<field>\.[A-Za-z_]\w*)|"
    r"(?P<name>@?[A-Za-z_]\w*)|(?P<op>\.\.|\?//|//=|//|[-+*/|]=|==|!=|<=|>=|\||,|[-+*/%<>=.\[\](){}:?;$]))"
)
_DEEPEST: Final = 40
_REAL: Final = frozenset({"as", "$", "=", "|=", "+=", "-=", "*=", "/=", "//=", "?//"})
"""What real jq goes on with and this reader does not."""
_KEYWORDS: Final = frozenset({"def", "reduce", "foreach", "try", "label", "as", "import", "limit"})


def read_filter(source: str) -> Tree:
    """The tree of a filter.

    Raises:
        Misused: in jq's words, for a syntax error.
        Unreadable: for jq that is not simulated.
    """
    reader = _Reader(source)
    tree = reader.pipe()
    if reader.peek():
        reader.fault()
    return tree


class _Reader:
    """Lives for one filter: the place reached."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def fault(self) -> Misused:
        """Refuse the token in hand, as jq does, unless jq would have gone on."""
        if self.peek() in _REAL:
            raise Unreadable(f"jq's `{self.peek()}'", simulated=False)
        found = self.peek() or "end of file"
        raise Misused(
            f"jq: error: syntax error, unexpected {found} (Unix shell quoting issues?) "
            f"at <top-level>, line 1:\n{self.source}\njq: 1 compile error"
        )

    def _match(self) -> re.Match[str] | None:
        return _TOKEN.match(self.source, self.at)

    def peek(self) -> str:
        """The next token; nothing at the end."""
        found = self._match()
        if found:
            return found.group().strip()
        return self.source[self.at :].strip()[:1]

    def _take(self, wanted: str = "") -> str:
        found = self._match()
        if found is None or (wanted and found.group().strip() != wanted):
            raise self.fault()
        self.at = found.end()
        return found.group().strip()

    def pipe(self) -> Tree:
        """`a | b`, loosest of all."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable("so deep a jq filter", simulated=False)
        left = self._comma()
        while self.peek() == "|":
            self._take()
            left = ("pipe", left, self._comma())
        self.depth -= 1
        return left

    def _comma(self) -> Tree:
        left = self._alternative()
        while self.peek() == ",":
            self._take()
            left = ("comma", left, self._alternative())
        return left

    def _alternative(self) -> Tree:
        left = self._or()
        if self.peek() == "//":
            self._take()
            return ("alternative", left, self._alternative())
        return left

    def _or(self) -> Tree:
        left = self._and()
        while self.peek() == "or":
            self._take()
            left = ("or", left, self._and())
        return left

    def _and(self) -> Tree:
        left = self._comparison()
        while self.peek() == "and":
            self._take()
            left = ("and", left, self._comparison())
        return left

    def _comparison(self) -> Tree:
        left = self._sum()
        if self.peek() in ("==", "!=", "<", "<=", ">", ">="):
            return ("math", self._take(), left, self._sum())
        return left

    def _sum(self) -> Tree:
        left = self._product()
        while self.peek() in ("+", "-"):
            left = ("math", self._take(), left, self._product())
        return left

    def _product(self) -> Tree:
        left = self._postfix()
        while self.peek() in ("*", "/", "%"):
            left = ("math", self._take(), left, self._postfix())
        return left

    def _postfix(self) -> Tree:
        tree = self._term()
        while True:
            word = self.peek()
            if word == "?":
                self._take()
                tree = ("try", tree)
            elif word.startswith(".") and len(word) > 1 and word != "..":
                tree = ("pipe", tree, ("field", self._take()[1:]))
            elif word == "." and self.source[self.at :].lstrip().startswith(('."', ".[")):
                self._take()
                tree = self._dotted(tree)
            elif word == "[":
                tree = self._index(tree)
            else:
                return tree

    def _dotted(self, tree: Tree) -> Tree:
        if self.peek() == '"':
            return ("index", tree, self._string())
        return self._index(tree)

    def _index(self, tree: Tree) -> Tree:
        self._take("[")
        if self.peek() == "]":
            self._take()
            return ("each", tree)
        if self.peek() == ":":
            self._take()
            ends = self.pipe()
            self._take("]")
            return ("slice", tree, ("value", None), ends)
        first = self.pipe()
        if self.peek() == ":":
            self._take()
            ends = ("value", None) if self.peek() == "]" else self.pipe()
            self._take("]")
            return ("slice", tree, first, ends)
        self._take("]")
        return ("index", tree, first)

    def _term(self) -> Tree:
        found = self._match()
        if found is None:
            raise self.fault()
        word = found.group().strip()
        if found["string"]:
            return self._string()
        self._take()
        if found["number"]:
            number = float(word)
            return ("value", int(number) if number == int(number) and "." not in word else number)
        if found["field"]:
            return ("field", word[1:])
        if word == ".":
            return self._dotted(("self",)) if self.peek() in ('"', "[") else ("self",)
        if word == "..":
            return ("recurse",)
        if word == "(":
            inner = self.pipe()
            self._take(")")
            return inner
        if word == "[":
            inner = ("empty",) if self.peek() == "]" else self.pipe()
            self._take("]")
            return ("array", inner)
        if word == "{":
            return self._object()
        if word == "-":
            return ("math", "-", ("value", 0), self._postfix())
        if found["name"]:
            return self._named(word)
        self.at = found.start()
        raise self.fault()

    def _named(self, name: str) -> Tree:
        constants = {"null": None, "true": True, "false": False}
        if name in constants:
            return ("value", constants[name])
        if name == "if":
            return self._if()
        if name in _KEYWORDS:
            raise Unreadable(f"jq's `{name}'", simulated=False)
        if name.startswith("@") and self.peek() == '"':
            raise Unreadable(f"jq's `{name} \"...\"'", simulated=False)
        parts: list[Tree] = []
        if self.peek() == "(":
            self._take()
            parts.append(self.pipe())
            while self.peek() == ";":
                self._take()
                parts.append(self.pipe())
            self._take(")")
        return ("call", name, parts)

    def _if(self) -> Tree:
        condition = self.pipe()
        self._take("then")
        then = self.pipe()
        if self.peek() == "elif":
            self._take()
            return ("if", condition, then, self._if())
        otherwise: Tree = ("self",)
        if self.peek() == "else":
            self._take()
            otherwise = self.pipe()
        self._take("end")
        return ("if", condition, then, otherwise)

    def _object(self) -> Tree:
        pairs: list[tuple[Tree, Tree]] = []
        while self.peek() != "}":
            key = self._key()
            if self.peek() == ":":
                self._take()
                value = self._alternative()
            else:
                value = ("index", ("self",), key)
            pairs.append((key, value))
            if self.peek() == ",":
                self._take()
            elif self.peek() != "}":
                raise self.fault()
        self._take("}")
        return ("object", pairs)

    def _key(self) -> Tree:
        if self.peek() == '"':
            return self._string()
        if self.peek() == "(":
            self._take()
            inner = self.pipe()
            self._take(")")
            return inner
        found = self._match()
        if found is None or not found["name"]:
            raise self.fault()
        return ("value", self._take())

    def _string(self) -> Tree:
        self._take('"')
        parts: list[Tree] = []
        text = ""
        while (sign := self.source[self.at : self.at + 1]) != '"':
            if not sign:
                raise self.fault()
            if self.source.startswith("\\(", self.at):
                parts.append(("value", text))
                text = ""
                self.at += 2
                parts.append(self.pipe())
                self._take(")")
                continue
            width = 6 if self.source.startswith("\\u", self.at) else 2 if sign == "\\" else 1
            text += self._sign(self.source[self.at : self.at + width])
            self.at += width
        self.at += 1
        return ("string", [*parts, ("value", text)]) if parts else ("value", text)

    def _sign(self, text: str) -> str:
        if len(text) == 1:
            return max(text, " ")
        try:
            return str(json.loads(f'"{text}"'))
        except ValueError:
            raise self.fault() from None
