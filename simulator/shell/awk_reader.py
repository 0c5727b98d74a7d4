"""An awk program becomes a tree: the reader behind `awk`.

Rule 1: a node is a tuple whose first item says what it is; `awk` walks it.
Rule 2: what real awk has and this has not is `Unreadable(simulated=False)`.
"""

from dataclasses import dataclass

from simulator.shell.awk_expressions import Expressions, Tree
from simulator.shell.streams import Misused
from simulator.shell.syntax import Unreadable


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


class _Reader(Expressions):
    """Lives for one program: the statements over its expressions."""

    def rules(self) -> list[Rule]:
        """Every rule."""
        found: list[Rule] = []
        while True:
            self._newlines()
            if self.peek() == "":
                return found
            pattern = None if self.peek() == "{" else self.expression()
            if self.peek() == ",":
                raise Unreadable("awk's range pattern", simulated=False)
            action = self._block() if self.peek() == "{" else None
            found.append(Rule(pattern, action))

    def _newlines(self) -> None:
        while self.peek() in ("\n", ";"):
            self.take()

    def _block(self) -> Tree:
        self.take("{")
        statements: list[Tree] = []
        self._newlines()
        while self.peek() != "}":
            statements.append(self._statement())
            self._newlines()
        self.take("}")
        return ("block", statements)

    def _statement(self) -> Tree:
        return self.deeper(self._statement_here)

    def _statement_here(self) -> Tree:
        word = self.peek()
        if word == "{":
            return self._block()
        if word in ("print", "printf"):
            return self._print(self.take())
        if word in ("next", "exit"):
            return (self.take(),)
        if word == "if":
            self.take()
            self.take("(")
            condition = self.expression()
            self.take(")")
            self._skip_newline()
            then = self._statement()
            before = self.at
            self._newlines()
            if self.peek() == "else":
                self.take()
                self._skip_newline()
                return ("if", condition, then, self._statement())
            self.at = before
            return ("if", condition, then, ("block", []))
        if word == "for":
            return self._for()
        if word in ("while", "do", "getline", "delete", "function", "return"):
            raise Unreadable(f"awk's `{word}'", simulated=False)
        return ("do", self.expression())

    def _skip_newline(self) -> None:
        while self.peek() == "\n":
            self.take()

    def _for(self) -> Tree:
        self.take()
        self.take("(")
        name = self.take()
        if self.peek() != "in":
            raise Unreadable("awk's counting loop", simulated=False)
        self.take()
        array = self.take()
        self.take(")")
        self._skip_newline()
        return ("for", name, array, self._statement())

    def _print(self, verb: str) -> Tree:
        parts: list[Tree] = []
        wrapped = self.peek() == "("
        if self.peek() not in ("", "\n", ";", "}"):
            parts.append(self.expression())
            if wrapped and parts[0][0] == "list":
                parts = list(parts[0][1])
            while self.peek() == ",":
                self.take()
                parts.append(self.expression())
        if verb == "printf" and not parts:
            raise Misused("awk: cmd. line:1: printf: no arguments")
        return (verb, parts)
