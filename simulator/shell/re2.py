"""Regular expressions that cannot run away: time grows with the text, not with the pattern.

Rule 1: the dialect is RE2's everyday part, as Prometheus, Loki and PostgreSQL users type it, and
    so are its complaints; `patterns` speaks the POSIX dialect of grep and its kin.
Rule 2: a pattern is compiled to a small program whose state sets are remembered as they are met
    (Thompson 1968; Cox, "Regular Expression Matching Can Be Simple And Fast"), so no typed pattern
    can hang a drill.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from simulator.shell.re2_syntax import Node, PatternError, read

__all__ = ["Pattern", "PatternError"]

PROGRAM_LONGEST: Final = 4000
STATES_KEPT: Final = 2000

_Test: TypeAlias = Callable[[str], bool]


class _Step(NamedTuple):
    """One instruction: take a character, go on elsewhere, or stand at a place."""

    test: _Test | None
    place: str
    """`^`, `$`, `b`, `B` or nothing."""
    then: tuple[int, ...]


_States: TypeAlias = frozenset[int]


class Pattern:
    """A compiled pattern; raises `PatternError` for one that cannot be read or is too large."""

    def __init__(self, source: str, *, ignore_case: bool = False) -> None:
        tree, flagged = read(source)
        self._fold = ignore_case or flagged
        self._program: list[_Step] = []
        self._accept = self._add(_Step(None, "", ()))
        self._begin = self._compile(tree, self._accept)
        self._moves: dict[tuple[_States, str, str], _States] = {}
        self._ends: dict[tuple[_States, str, str], bool] = {}

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        return self._run(text, anywhere=False)

    def found_in(self, text: str) -> bool:
        """Whether some part of the text matches."""
        return self._run(text, anywhere=True)

    def _run(self, text: str, *, anywhere: bool) -> bool:
        if self._fold:
            text = text.lower()
        states: _States = frozenset([self._begin])
        before = "start"
        for sign in text:
            kind = "word" if sign.isalnum() or sign == "_" else "other"
            if anywhere and self._accepted(states, before, kind):
                return True
            key = (states, before, sign)
            if key not in self._moves:
                if len(self._moves) >= STATES_KEPT:
                    self._moves.clear()
                self._moves[key] = self._moved(states, before, sign, kind)
            states = self._moves[key]
            if anywhere:
                states |= {self._begin}
            elif not states:
                return False
            before = kind
        return self._accepted(states, before, "end")

    def _accepted(self, states: _States, before: str, after: str) -> bool:
        key = (states, before, after)
        if key not in self._ends:
            if len(self._ends) >= STATES_KEPT:
                self._ends.clear()
            self._ends[key] = self._accept in self._closed(states, before, after)
        return self._ends[key]

    def _moved(self, states: _States, before: str, sign: str, kind: str) -> _States:
        landed: set[int] = set()
        for place in self._closed(states, before, kind):
            step = self._program[place]
            if step.test is not None and step.test(sign):
                landed.update(step.then)
        return frozenset(landed)

    def _closed(self, states: _States, before: str, after: str) -> set[int]:
        """All places reachable without taking a character, between these two kinds of sign."""
        at_word = (before == "word") != (after == "word")
        holds = {
            "": True,
            "^": before == "start",
            "$": after == "end",
            "b": at_word,
            "B": not at_word,
        }
        seen = set(states)
        todo = list(states)
        while todo:
            step = self._program[todo.pop()]
            if step.test is not None or not holds[step.place]:
                continue
            fresh = [place for place in step.then if place not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        return seen

    def _add(self, step: _Step) -> int:
        if len(self._program) >= PROGRAM_LONGEST:
            raise PatternError("expression too large")
        self._program.append(step)
        return len(self._program) - 1

    def _compile(self, node: Node, then: int) -> int:
        """The place where the node's program begins when it goes on at `then`."""
        match node.kind:
            case "sign":
                return self._add(_Step(node.test(fold=self._fold), "", (then,)))
            case "place":
                return self._add(_Step(None, node.place, (then,)))
            case "chain":
                for part in reversed(node.parts):
                    then = self._compile(part, then)
                return then
            case "choice":
                starts = tuple(self._compile(part, then) for part in node.parts)
                return self._add(_Step(None, "", starts))
            case _:
                return self._repeated(node, then)

    def _repeated(self, node: Node, then: int) -> int:
        (body,) = node.parts
        if node.most is None:
            loop = self._add(_Step(None, "", ()))
            start = self._compile(body, loop)
            self._program[loop] = _Step(None, "", (start, then))
            then = loop
        else:
            leave = then
            for _ in range(node.most - node.least):
                start = self._compile(body, then)
                then = self._add(_Step(None, "", (start, leave)))
        for _ in range(node.least):
            then = self._compile(body, then)
        return then
