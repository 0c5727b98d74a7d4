"""Columns and sums: awk as people type it behind a pipe.

Rule 1: a program is a tree from `awk_reader`; nothing of it is ever run as Python.
Rule 2: every node visited costs a step; a program over its budget is "not simulated".
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from simulator.shell.awk_expressions import Tree, unescaped
from simulator.shell.awk_reader import Rule, read_program
from simulator.shell.awk_values import (
    SHAPES,
    as_number,
    as_text,
    formatted,
    looks_numeric,
    plain,
)
from simulator.shell.flags import flag_table, read_flags
from simulator.shell.patterns import Pattern
from simulator.shell.posix import IN_BRACKETS, posix_pattern
from simulator.shell.streams import LONGEST_OUTPUT, Filtered, Misused, lines_of
from simulator.shell.syntax import Unreadable

_MOST_STEPS: Final = 400_000
_TABLE = flag_table("F|field-separator= v|assign=")


class _Next(Exception):  # noqa: N818 - awk's own word for going on to the next line
    """`next` was met."""


class _Exit(Exception):  # noqa: N818 - awk's own word for ending
    """`exit` was met."""


def awk(words: Sequence[str], text: str) -> Filtered:
    """What the program prints of the text."""
    given = read_flags(words, _TABLE, operands_first=True)
    if given.unknown:
        raise Misused(f"awk: unknown option {given.unknown} ignored")
    if not given.operands:
        raise Misused(
            "Usage: awk [POSIX or GNU style options] -f progfile [--] file ...\n"
            "Usage: awk [POSIX or GNU style options] [--] 'program' file ..."
        )
    program, *files = given.operands
    if files and files[0] != "-":
        raise Misused(
            f"awk: cmd. line:1: fatal: cannot open file `{files[0]}' for reading:"
            " No such file or directory"
        )
    machine = _Machine(unescaped(given.value("field-separator", " ")))
    for assigned in given.flags.get("assign", ()):
        name, _, value = assigned.partition("=")
        machine.names[name] = value
    machine.play(read_program(program), lines_of(text))
    return Filtered("".join(machine.out))


class _Machine:
    """Lives for one run: variables, arrays, the line in hand and what was printed."""

    def __init__(self, separator: str) -> None:
        self.names: dict[str, str] = {"FS": separator, "OFS": " ", "ORS": "\n"}
        self.arrays: dict[str, dict[str, str]] = {}
        self.fields: list[str] = []
        self.line = ""
        self.out: list[str] = []
        self.written = 0
        self.steps = 0
        self.patterns: dict[str, Pattern] = {}

    def play(self, rules: Sequence[Rule], lines: Sequence[str]) -> None:
        """Run BEGIN, every line, END."""
        edges = {("name", "BEGIN"), ("name", "END")}
        body = [rule for rule in rules if rule.pattern not in edges]
        with suppress(_Exit):
            self._edge(rules, "BEGIN")
            for number, line in enumerate(lines, start=1):
                self.names["NR"] = self.names["FNR"] = str(number)
                self._load(line)
                self._line(body)
        with suppress(_Exit):
            self._edge(rules, "END")

    def _edge(self, rules: Sequence[Rule], name: str) -> None:
        for rule in rules:
            if rule.pattern == ("name", name) and rule.action is not None:
                self._do(rule.action)

    def _line(self, rules: Sequence[Rule]) -> None:
        with suppress(_Next):
            for rule in rules:
                if rule.pattern is None or self._true(rule.pattern):
                    self._do(rule.action or ("print", []))

    def _load(self, line: str) -> None:
        self.line = line
        separator = self.names["FS"]
        if separator == " ":
            self.fields = line.split()
        elif len(separator) == 1:
            self.fields = line.split(separator) if line else []
        else:
            spans = self._pattern(separator).spans(line)
            edges = [0, *(at for span in spans if span[1] > span[0] for at in span), len(line)]
            self.fields = [
                line[low:high] for low, high in zip(edges[::2], edges[1::2], strict=True)
            ]
        self.names["NF"] = str(len(self.fields))

    def _pattern(self, source: str) -> Pattern:
        if source not in self.patterns:
            self.patterns[source] = posix_pattern(source, escapes=IN_BRACKETS)
        return self.patterns[source]

    def _write(self, text: str) -> None:
        self.written += len(text)
        if self.written > LONGEST_OUTPUT:
            raise Unreadable("so much output of awk", simulated=False)
        self.out.append(text)

    def _do(self, tree: Tree) -> None:
        self._step()
        match tree:
            case ("block", statements):
                for statement in statements:
                    self._do(statement)
            case ("print", parts):
                values = [self._text(part) for part in parts] or [self.line]
                self._write(self.names["OFS"].join(values) + self.names["ORS"])
            case ("printf", parts):
                values = [self._text(part) for part in parts]
                self._write(formatted(values, self._pattern(SHAPES)))
            case ("if", condition, then, otherwise):
                self._do(then if self._true(condition) else otherwise)
            case ("for", name, array, body):
                for key in list(self.arrays.get(array, {})):
                    self.names[name] = key
                    self._do(body)
            case ("next",):
                raise _Next
            case ("exit",):
                raise _Exit
            case _:
                self._text(tree[1])

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise Unreadable("so long an awk program", simulated=False)

    def _true(self, tree: Tree) -> bool:
        if tree[0] == "regex":
            return self._pattern(tree[1]).found(self.line)
        value = self._text(tree)
        if tree[0] == "string" or not looks_numeric(value):
            return value != ""
        return as_number(value) != 0

    def _number(self, tree: Tree) -> float:
        return as_number(self._text(tree))

    def _text(self, tree: Tree) -> str:
        self._step()
        match tree:
            case ("number", value):
                return as_text(value)
            case ("string", text):
                return str(text)
            case ("regex", source):
                return "1" if self._pattern(source).found(self.line) else "0"
            case ("name", name):
                return self.names.get(name, "")
            case ("item", name, key):
                return self.arrays.setdefault(name, {}).setdefault(self._text(key), "")
            case ("field", index):
                return self._field(int(self._number(index)))
            case ("assign", operator, target, value):
                return self._assigned(operator, target, value)
            case ("step", operator, target, after):
                old = self._number(target)
                new = as_text(old + (1 if operator == "++" else -1))
                self._store(target, new)
                return as_text(old) if after else new
            case ("concat", left, right):
                joined = self._text(left) + self._text(right)
                self.steps += len(joined) // 200
                if len(joined) > LONGEST_OUTPUT:
                    raise Unreadable("so long a text in awk", simulated=False)
                return joined
            case ("call", name, parts):
                return self._called(name, parts)
            case _:
                return self._computed(tree)

    def _computed(self, tree: Tree) -> str:
        match tree:
            case ("or", left, right):
                return str(int(self._true(left) or self._true(right)))
            case ("and", left, right):
                return str(int(self._true(left) and self._true(right)))
            case ("choice", condition, first, second):
                return self._text(first if self._true(condition) else second)
            case ("in", key, name):
                return str(int(self._text(key) in self.arrays.get(name, {})))
            case (("~" | "!~") as operator, left, right):
                source = right[1] if right[0] == "regex" else self._text(right)
                return str(int(self._pattern(source).found(self._text(left)) == (operator == "~")))
            case ("compare", operator, left, right):
                return str(int(self._compared(operator, left, right)))
            case ("math", operator, left, right):
                return self._calculated(operator, self._number(left), self._number(right))
            case ("unary", "!", operand):
                return str(int(not self._true(operand)))
            case ("unary", operator, operand):
                number = self._number(operand)
                return as_text(-number if operator == "-" else number)
            case _:
                raise Misused("awk: cmd. line:1: syntax error")

    def _field(self, index: int) -> str:
        if index == 0:
            return self.line
        if index < 0:
            raise Misused(f"awk: cmd. line:1: fatal: attempt to access field {index}")
        return self.fields[index - 1] if index <= len(self.fields) else ""

    def _assigned(self, operator: str, target: Tree, value: Tree) -> str:
        new = self._text(value)
        if operator != "=":
            new = self._calculated(operator[0], self._number(target), as_number(new))
        self._store(target, new)
        return new

    def _store(self, target: Tree, value: str) -> None:
        match target:
            case ("name", name):
                self.names[name] = value
            case ("item", name, key):
                self.arrays.setdefault(name, {})[self._text(key)] = value
            case _:
                self._store_field(int(self._number(target[1])), value)

    def _store_field(self, index: int, value: str) -> None:
        if index == 0:
            self._load(value)
            return
        if not 0 < index <= 1000:
            raise Unreadable("so wide a line in awk", simulated=False)
        self.fields.extend([""] * (index - len(self.fields)))
        self.fields[index - 1] = value
        self.line = self.names["OFS"].join(self.fields)
        self.names["NF"] = str(len(self.fields))

    def _compared(self, operator: str, left: Tree, right: Tree) -> bool:
        first, second = self._text(left), self._text(right)
        texts = "string" in (left[0], right[0])
        if not texts and looks_numeric(first) and looks_numeric(second):
            low, high = as_number(first), as_number(second)
            order = (low > high) - (low < high)
        else:
            order = (first > second) - (first < second)
        return {
            "==": order == 0,
            "!=": order != 0,
            "<": order < 0,
            "<=": order <= 0,
            ">": order > 0,
            ">=": order >= 0,
        }[operator]

    def _calculated(self, operator: str, left: float, right: float) -> str:
        if operator in "/%" and right == 0:
            raise Misused("awk: cmd. line:1: fatal: division by zero attempted")
        if max(abs(left), abs(right)) > 1e100:
            raise Unreadable("so large a number in awk", simulated=False)
        results = {
            "+": lambda: left + right,
            "-": lambda: left - right,
            "*": lambda: left * right,
            "/": lambda: left / right,
            "%": lambda: left - right * int(left / right),
        }
        return as_text(results[operator]())

    def _called(self, name: str, parts: Sequence[Tree]) -> str:
        values = [self._text(part) for part in parts]
        if name == "sprintf":
            return formatted(values, self._pattern(SHAPES))
        if name == "length" and self._is_array(parts):
            return str(len(self.arrays[parts[0][1]]))
        return plain(name, values or [self.line])

    def _is_array(self, parts: Sequence[Tree]) -> bool:
        return bool(parts) and parts[0][0] == "name" and parts[0][1] in self.arrays
