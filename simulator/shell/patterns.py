r"""Regular expressions that cannot hang: matched by a set of states, in time linear in the text.

Rule 1: nothing a person types is given to a backtracking engine.
Rule 2: leftmost-longest, as POSIX tools match; classes, groups, counts, anchors, `\w \d \s \b`.
Rule 3: every pattern has a budget of steps; beyond it the line is "not simulated", never slow.
"""

from typing import Final, Literal, TypeAlias

from simulator.shell.pattern_reader import Builder, basic_to_extended
from simulator.shell.syntax import Unreadable

__all__ = ["Pattern", "basic_to_extended"]

LONGEST_PATTERN: Final = 300
_MOST_STEPS: Final = 1_500_000
_MOST_CACHED: Final = 20_000

_Edge: TypeAlias = Literal["", "word", "other"]
"""What stands beside a position: nothing, a word character, or another."""


class Pattern:
    """A compiled pattern and its cache; lives for one line typed.

    Raises:
        Unreadable: on construction with the words of the fault; later when the budget is spent.
    """

    def __init__(self, source: str, *, ignore_case: bool = False, fixed: bool = False) -> None:
        if len(source) > LONGEST_PATTERN:
            raise Unreadable("a very long regular expression", simulated=False)
        builder = Builder(source, ignore_case=ignore_case)
        self._start = builder.literal() if fixed else builder.whole()
        self._nodes = builder.nodes
        self._steps = 0
        self._cache: dict[tuple[frozenset[int], _Edge, str], tuple[frozenset[int], bool]] = {}

    def found(self, text: str) -> bool:
        """Whether the pattern matches anywhere in a line."""
        first = frozenset({self._start})
        states = first
        before: _Edge = ""
        for sign in text:
            states, accepted = self._step(states, before, sign)
            if accepted:
                return True
            states |= first
            before = _edge(sign)
        return self._step(states, before, "")[1]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Every match from left to right, the longest at each place, none overlapping."""
        spans: list[tuple[int, int]] = []
        at = 0
        while at <= len(text):
            end = self._longest(text, at)
            if end is None:
                if not spans and at == 0 and not self.found(text):
                    return []
                at += 1
                continue
            if end > at or not spans or spans[-1][1] != at:
                spans.append((at, end))
            at = end if end > at else at + 1
        return spans

    def whole(self, text: str) -> bool:
        """Whether the pattern matches the text from end to end."""
        return self._longest(text, 0) == len(text)

    def _longest(self, text: str, start: int) -> int | None:
        states = frozenset({self._start})
        before: _Edge = _edge(text[start - 1]) if start else ""
        best: int | None = None
        for at in range(start, len(text) + 1):
            sign = text[at : at + 1]
            following, accepted = self._step(states, before, sign)
            if accepted:
                best = at
            if not following:
                break
            states, before = following, _edge(sign)
        return best

    def _step(
        self, states: frozenset[int], before: _Edge, sign: str
    ) -> tuple[frozenset[int], bool]:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unreadable("a regular expression over so much text", simulated=False)
        key = (states, before, sign)
        known = self._cache.get(key)
        if known is not None:
            return known
        closed = self._closure(states, before, _edge(sign))
        self._steps += len(closed)
        accepted = any(self._nodes[state].accepts for state in closed)
        following = frozenset(
            target
            for state in closed
            for target in self._nodes[state].nexts
            if sign and (test := self._nodes[state].test) is not None and test(sign)
        )
        if len(self._cache) >= _MOST_CACHED:
            self._cache.clear()
        self._cache[key] = (following, accepted)
        return following, accepted

    def _closure(self, states: frozenset[int], before: _Edge, after: _Edge) -> set[int]:
        seen: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            node = self._nodes[state]
            if node.test is None and _holds(node.asserts, before, after):
                waiting.extend(node.nexts)
        return seen


def _edge(sign: str) -> _Edge:
    if not sign:
        return ""
    return "word" if sign.isalnum() or sign == "_" else "other"


def _holds(asserts: str, before: _Edge, after: _Edge) -> bool:
    starts = before != "word" and after == "word"
    ends = before == "word" and after != "word"
    match asserts:
        case "^":
            return before == ""
        case "$":
            return after == ""
        case "b":
            return starts or ends
        case "B":
            return not (starts or ends)
        case "<":
            return starts
        case ">":
            return ends
        case _:
            return True
