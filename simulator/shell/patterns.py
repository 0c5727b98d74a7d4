"""Regular expressions that cannot hang: matched by a set of states, in time linear in the text.

Rule 1: nothing a person types is given to a backtracking engine; every dialect runs here.
Rule 2: sets of states are remembered as they are met (Thompson 1968; Cox, "Regular Expression
    Matching Can Be Simple And Fast").
Rule 3: every pattern has a budget of work; beyond it the line is "not simulated", never slow.
"""

from typing import Final, Literal, TypeAlias

from simulator.shell.pattern_tree import Program, Tree
from simulator.shell.syntax import Unreadable

_MOST_WORK: Final = 1_500_000
"""States looked at anew, and signs read again for the longest match."""
_MARKING: Final = 100
"""What one question for groups costs beside the states it looks at."""
_MOST_KEPT: Final = 20_000

_Edge: TypeAlias = Literal["", "word", "other"]
"""What stands beside a position: nothing, a word character, or another."""
_States: TypeAlias = frozenset[int]
_Move: TypeAlias = tuple[_States, bool, _Edge]
"""Where a sign leads, whether the text before it is a match, and the edge that the sign is."""
_Marks: TypeAlias = tuple[int, ...]


class Pattern:
    """A compiled pattern and what it remembers; lives for one line typed.

    Raises:
        TooLargeError: on construction.
        Unreadable: from every question, when the budget is spent.
    """

    def __init__(self, tree: Tree) -> None:
        program = Program(tree)
        self._steps = program.steps
        self._accept = program.accept
        self._first = program.begin
        self._begin = frozenset({program.begin})
        self._hunt = frozenset({program.hunt})
        self.group_count = program.groups
        """How many groups a replacement may name."""
        self._work = 0
        self._moves: dict[tuple[_States, _Edge, str], _Move] = {}

    def found(self, text: str) -> bool:
        """Whether the pattern matches anywhere in a text."""
        states = self._hunt
        before: _Edge = ""
        for sign in text:
            states, accepted, before = self._move(states, before, sign)
            if accepted:
                return True
        return self._move(states, before, "")[1]

    def whole(self, text: str) -> bool:
        """Whether the pattern matches the text from end to end."""
        states = self._begin
        before: _Edge = ""
        for sign in text:
            states, _, before = self._move(states, before, sign)
            if not states:
                return False
        return self._move(states, before, "")[1]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Every match from left to right, the longest at each place, none overlapping."""
        if not self.found(text):
            return []
        spans: list[tuple[int, int]] = []
        at = 0
        while at <= len(text):
            end = self._longest(text, at)
            if end is None:
                at += 1
                continue
            if end > at or not spans or spans[-1][1] != at:
                spans.append((at, end))
            at = end if end > at else at + 1
        return spans

    def groups(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """What each group stood for in a match of `spans`; empty for a group passed by.

        Threads in order of preference (Pike 1987): the earlier choice, the longer repeat.
        """
        self._spend(_MARKING)
        before = _edge(text[start - 1]) if start else ""
        threads: list[tuple[int, _Marks]] = [(self._first, (start,) * (2 * self.group_count))]
        for at in range(start, end):
            sign = text[at]
            reached = self._reached(threads, at, before, _edge(sign))
            threads = [
                (self._steps[place].then[0], marks)
                for place, marks in reached
                if (test := self._steps[place].test) is not None and test(sign)
            ]
            before = _edge(sign)
        reached = self._reached(threads, end, before, _edge(text[end : end + 1]))
        marks = next(marks for place, marks in reached if place == self._accept)
        pairs = zip(marks[::2], marks[1::2], strict=True)
        return tuple(text[opened:closed] for opened, closed in pairs)

    def _longest(self, text: str, start: int) -> int | None:
        states = self._begin
        before: _Edge = _edge(text[start - 1]) if start else ""
        best: int | None = None
        at = start
        while states:
            states, accepted, before = self._move(states, before, text[at : at + 1])
            if accepted:
                best = at
            at += 1
        self._spend(at - start)
        return best

    def _move(self, states: _States, before: _Edge, sign: str) -> _Move:
        key = (states, before, sign)
        known = self._moves.get(key)
        if known is None:
            if len(self._moves) >= _MOST_KEPT:
                self._moves.clear()
            known = self._moves[key] = self._moved(states, before, sign)
        return known

    def _moved(self, states: _States, before: _Edge, sign: str) -> _Move:
        after = _edge(sign)
        seen = set(states)
        waiting = list(states)
        landed: set[int] = set()
        while waiting:
            step = self._steps[waiting.pop()]
            if step.test is not None:
                if sign and step.test(sign):
                    landed.update(step.then)
            elif _holds(step.place, before, after):
                fresh = [place for place in step.then if place not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
        self._spend(len(seen))
        return frozenset(landed), self._accept in seen, after

    def _reached(
        self, threads: list[tuple[int, _Marks]], at: int, before: _Edge, after: _Edge
    ) -> list[tuple[int, _Marks]]:
        """The threads where they take a sign or end, the preferred first, one a step."""
        waiting = threads[::-1]
        seen: set[int] = set()
        reached: list[tuple[int, _Marks]] = []
        while waiting:
            place, marks = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            step = self._steps[place]
            if step.test is not None or place == self._accept:
                reached.append((place, marks))
            elif _holds(step.place, before, after):
                if step.mark >= 0:
                    marks = (*marks[: step.mark], at, *marks[step.mark + 1 :])
                waiting.extend((then, marks) for then in reversed(step.then))
        self._spend(len(seen))
        return reached

    def _spend(self, work: int) -> None:
        self._work += work
        if self._work > _MOST_WORK:
            raise Unreadable("a regular expression over so much text", simulated=False)


def _edge(sign: str) -> _Edge:
    if not sign:
        return ""
    return "word" if sign.isalnum() or sign == "_" else "other"


def _holds(place: str, before: _Edge, after: _Edge) -> bool:
    starts = before != "word" and after == "word"
    ends = before == "word" and after != "word"
    match place:
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
