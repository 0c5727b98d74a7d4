"""Where a document names something, as a table, and whether anything goes by that name.

Rule 1: a place is a pattern such as `variants/*/faults/*`; `*` stands for any key or position,
and a last step `@` means the keys of the mapping there.
Rule 2: what is known is the caller's knowledge; a kind nobody knows about is not checked.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from simulator.brief.conditions import Quantity, comparisons, names, parse
from simulator.brief.nodes import Mapping as MappingNode
from simulator.brief.nodes import Node, Scalar
from simulator.brief.nodes import Sequence as SequenceNode
from simulator.brief.references import Path, at, unknown
from simulator.errors import Problem
from simulator.text import did_you_mean

ANY, KEYS = "*", "@"
Known = Mapping[str, Collection[str]]
"""What is named ("fault") -> the names there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place that names something."""

    name: str
    path: Path
    is_key: bool


def pointers(table: Mapping[str, Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """(pattern, what) for every pattern of a table written `what: patterns`."""
    return tuple((pattern, what) for what, patterns in table.items() for pattern in patterns)


def spots(node: Node, pattern: str) -> Iterator[Spot]:
    """Every text, or key, the pattern leads to; what is not there is passed over."""
    yield from _walked(node, tuple(pattern.split("/")), ())


def _walked(node: Node, steps: tuple[str, ...], path: Path) -> Iterator[Spot]:
    if not steps:
        if isinstance(node, Scalar):
            yield Spot(name=node.text, path=path, is_key=False)
        return
    step, rest = steps[0], steps[1:]
    match node:
        case MappingNode() if step == KEYS:
            for key in node.items:
                yield Spot(name=key, path=(*path, key), is_key=True)
        case MappingNode() if step == ANY:
            for key, part in node.items.items():
                yield from _walked(part, rest, (*path, key))
        case MappingNode() if step in node.items:
            yield from _walked(node.items[step], rest, (*path, step))
        case SequenceNode() if step == ANY:
            for position, item in enumerate(node.items):
                yield from _walked(item, rest, (*path, position))
        case _:
            return


def dangling(
    node: Node, table: Mapping[str, Iterable[str]], known: Known, *, file: str
) -> list[Problem]:
    """A problem for each place of the table that names what is not known, with the nearest."""
    problems: list[Problem] = []
    for pattern, what in pointers(table):
        there = known[what]
        problems += [
            unknown(node, s.path, file=file, what=what, name=s.name, known=there, key=s.is_key)
            for s in spots(node, pattern)
            if s.name not in there
        ]
    return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The names a condition may use: whole ones, and those after a head such as `fault.`."""

    whole: Collection[str]
    headed: Known
    """Head -> what may follow it."""
    free: Collection[str] = ()
    """Heads behind which anything may stand."""

    def complaint(self, name: str) -> tuple[str, str] | None:
        """What is wrong with a name, and a hint; None where somebody knows it."""
        head, _, item = name.partition(".")
        if name in self.whole or (item and head in self.free):
            return None
        if item and head in self.headed:
            if item in self.headed[head]:
                return None
            return f"no {head} is called {item!a}", did_you_mean(item, self.headed[head])
        return f"nothing is called {name!a}, so this never holds", did_you_mean(name, self.whole)


def strange_words(node: Node, patterns: Iterable[str], words: Words, *, file: str) -> list[Problem]:
    """A problem for each name in a condition at these places that nobody knows."""
    return [
        problem
        for pattern in patterns
        for spot in spots(node, pattern)
        for name in names(parse(spot.name))
        for problem in _strange(node, spot, name.text, words, file)
    ]


def strange_names(node: Node, patterns: Iterable[str], words: Words, *, file: str) -> list[Problem]:
    """A problem for each of these places that reads something nobody knows."""
    return [
        problem
        for pattern in patterns
        for spot in spots(node, pattern)
        for problem in _strange(node, spot, spot.name, words, file)
    ]


def _strange(node: Node, spot: Spot, name: str, words: Words, file: str) -> Iterator[Problem]:
    if complaint := words.complaint(name):
        found, hint = complaint
        yield at(node, spot.path, file=file, code="E141", found=found, hint=hint)


def shares_beyond(
    node: Node, patterns: Iterable[str], is_share: Callable[[str], bool], *, file: str
) -> list[Problem]:
    """A problem for each condition that holds a share against what no share can be.

    It holds always or never, and was meant otherwise.
    """
    problems: list[Problem] = []
    for pattern in patterns:
        for spot in spots(node, pattern):
            for test in comparisons(parse(spot.name)):
                value = test.value
                if not isinstance(value, Quantity) or not is_share(test.name.text):
                    continue
                if value.measure in ("number", "share") and not 0 <= value.amount <= 1:
                    found = f"{test.name.text} is a share, and {value.text} is outside 0% to 100%"
                    is_plain = value.measure == "number" and 1 < value.amount <= 100
                    hint = f"did you mean {value.text}%?" if is_plain else ""
                    problems.append(
                        at(node, spot.path, file=file, code="E125", found=found, hint=hint)
                    )
    return problems
