"""A regular expression as a small tree, and the tree as a program: what every dialect becomes.

Rule 1: a dialect's reader (`posix`, `re2`) makes the tree; `patterns` alone runs the program.
Rule 2: a test looks at one sign; case is folded in the test, so no text is ever changed.
Rule 3: every node becomes a step or more, and steps are counted: no nesting of repeats outgrows it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

LONGEST_PROGRAM: Final = 4000
"""Steps."""

Test: TypeAlias = Callable[[str], bool]
"""Whether a sign of the text is one of those meant."""


class TooLargeError(ValueError):
    """A tree whose program would be too long; its dialect's reader says so in its own words."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign that fits."""

    test: Test


@dataclass(frozen=True, slots=True)
class Place:
    r"""A position: `^`, `$`, `b` and `B` at a word's edge or not, `<` and `>` its begin and end."""

    name: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One part after another; none of them is the empty text."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One part or another; the earlier one is tried first where groups are asked for."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part so many times; as often as it can where `most` is None."""

    part: "Tree"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A part whose text a replacement may name; numbered from 0."""

    part: "Tree"
    number: int


Tree: TypeAlias = Sign | Place | Chain | Choice | Repeat | Group


class Step(NamedTuple):
    """One instruction: take a sign, stand at a place, mark a position, or go on elsewhere."""

    then: tuple[int, ...]
    test: Test | None = None
    place: str = ""
    mark: int = -1
    """Twice a group's number where it begins, one more where it ends."""


class Program:
    """The steps of a tree; `accept` is the last one taken, `begin` the first.

    Raises:
        TooLargeError: on construction.
    """

    def __init__(self, tree: Tree) -> None:
        self.steps: list[Step] = []
        self.groups = 0
        """How many groups the tree numbers."""
        self.accept = self._add(Step(()))
        self.begin = self._compiled(tree, self.accept)
        hunt = self._add(Step(()))
        self.hunt = self._add(Step((self.begin, hunt)))
        """Begins anywhere: the first step of the tree, or any sign and this step again."""
        self.steps[hunt] = Step((self.hunt,), test=lambda _: True)

    def _add(self, step: Step) -> int:
        if len(self.steps) >= LONGEST_PROGRAM:
            raise TooLargeError
        self.steps.append(step)
        return len(self.steps) - 1

    def _compiled(self, tree: Tree, then: int) -> int:
        """The step where the tree begins when it goes on at `then`."""
        match tree:
            case Sign():
                return self._add(Step((then,), test=tree.test))
            case Place():
                return self._add(Step((then,), place=tree.name))
            case Chain():
                for part in reversed(tree.parts):
                    then = self._compiled(part, then)
                return then if tree.parts else self._add(Step((then,)))
            case Choice():
                return self._add(Step(tuple(self._compiled(part, then) for part in tree.parts)))
            case Group():
                self.groups = max(self.groups, tree.number + 1)
                ends = self._add(Step((then,), mark=2 * tree.number + 1))
                return self._add(Step((self._compiled(tree.part, ends),), mark=2 * tree.number))
            case _:
                return self._repeated(tree, then)

    def _repeated(self, tree: Repeat, then: int) -> int:
        then = leave = self._add(Step((then,)))
        if tree.most is None:
            self.steps[leave] = Step(
                (self._compiled(tree.part, leave), *self.steps[leave].then),
            )
        else:
            for _ in range(tree.most - tree.least):
                then = self._add(Step((self._compiled(tree.part, then), leave)))
        for _ in range(tree.least):
            then = self._compiled(tree.part, then)
        return then


def one_of(tests: Sequence[Test], *, negated: bool = False, fold: bool = False) -> Sign:
    """A sign that passes any of the tests, or none if `negated`; in either case if `fold`."""
    fixed = tuple(tests)

    def fits(sign: str) -> bool:
        signs = (sign, sign.lower(), sign.upper()) if fold else (sign,)
        return any(test(each) for test in fixed for each in signs) != negated

    return Sign(fits)


def exactly(wanted: str, *, fold: bool = False) -> Sign:
    """The sign itself; in either case if `fold`."""
    if not fold:
        return Sign(wanted.__eq__)
    low = wanted.lower()
    return Sign(lambda sign: sign.lower() == low)


def between(low: str, high: str) -> Test:
    """Any sign from `low` to `high`, both included."""
    return lambda sign: low <= sign <= high
