"""What one part of a document says of another, told at its place in the file.

Rule 1: a path is a tuple of keys and list positions, because keys may hold dots.
Rule 2: names are compared as people see them: NFKC, casefolded, trimmed.
Rule 3: these functions report; whether a name exists is the caller's knowledge.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from simulator.brief.nodes import Mapping as MappingNode
from simulator.brief.nodes import Node
from simulator.brief.nodes import Sequence as SequenceNode
from simulator.errors import Problem
from simulator.text import did_you_mean

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the root, as `("services", "web", "needs", 0)`."""

_PLACEHOLDER: Final = re.compile(r"\$\{([^{}\s]{0,64})\}")
MOMENT: Final = re.compile(
    r"(time|clock|epoch|begins|since)(?::([+-])([A-Za-z0-9_.-]+?)(\*n)?)?", re.ASCII
)
"""A second, as `${clock:-10m}`: which, sign, amount, and `*n` where it counts rows."""
HEX: Final = re.compile(r"hex([1-9]):(.+)")
"""A figure in hexadecimal digits, as `${hex8:lsn}`: how many, and the name."""


def standing(node: Node, path: Path, *, key: bool = False) -> Node:
    """The value at a path, or its key; the last step that exists."""
    found = here = node
    for position, step in enumerate(path):
        match here:
            case MappingNode() if isinstance(step, str) and step in here.items:
                name, here = here.keys[step], here.items[step]
                found = name if key and position == len(path) - 1 else here
            case SequenceNode() if isinstance(step, int) and step < len(here.items):
                found = here = here.items[step]
            case _:
                return found
    return found


def at(
    node: Node, path: Path, *, file: str, code: str, found: str, hint: str = "", key: bool = False
) -> Problem:
    """A problem at the value a path leads to, or at its key."""
    where = standing(node, path, key=key)
    return Problem(
        file=where.file or file,
        line=where.line,
        column=where.column,
        code=code,
        found=found,
        hint=hint,
    )


def unknown(
    node: Node,
    path: Path,
    *,
    file: str,
    what: str,
    name: str,
    known: Iterable[str],
    key: bool = False,
) -> Problem:
    """A reference to something nothing goes by, with the nearest name; `what` is "service"."""
    found = f"no {what} is called {name!a}"
    hint = did_you_mean(name, known)
    return at(node, path, file=file, code="E141", found=found, hint=hint, key=key)


def same_to_people(name: str) -> str:
    """What two names share exactly when people would take them for the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def duplicates(
    node: Node, named: Iterable[tuple[str, Path]], *, file: str, what: str, key: bool = False
) -> tuple[Problem, ...]:
    """A problem for each name that is, or looks like, an earlier one; both lines are told."""
    first: dict[str, tuple[str, Path]] = {}
    problems: list[Problem] = []
    for name, path in named:
        earlier = first.setdefault(same_to_people(name), (name, path))
        if earlier[1] == path:
            continue
        one, other = standing(node, earlier[1], key=key), standing(node, path, key=key)
        found = f"two {what} called {name!a}: {_line_of(one, other)} and line {other.line}"
        if name != earlier[0]:
            found += f" (the first is written {earlier[0]!a}, which looks the same)"
        problems.append(at(node, path, file=file, code="E140", found=found, key=key))
    return tuple(problems)


def cycles(
    node: Node, edges: Mapping[str, Mapping[str, Path]], *, file: str, what: str
) -> tuple[Problem, ...]:
    """A problem for each cycle, told once: `a (line 3) -> b (line 5) -> a`.

    `edges[a][b]` is the path of the place where `a` says it leads to `b`. The walk keeps its own
    stack, so a long chain cannot exhaust Python's.
    """
    problems: list[Problem] = []
    done: set[str] = set()
    for start in edges:
        trail: dict[str, None] = {}  # in order, and quick to ask
        waiting = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            while len(trail) > depth:
                trail.popitem()
            if name in trail:
                ring = list(trail)[list(trail).index(name) :]
                problems.append(_cycle(node, edges, ring, file=file, what=what))
            elif name not in done:
                trail[name] = None
                done.add(name)
                waiting += [(other, depth + 1) for other in reversed([*edges.get(name, ())])]
    return tuple(problems)


def _cycle(
    node: Node,
    edges: Mapping[str, Mapping[str, Path]],
    ring: Sequence[str],
    *,
    file: str,
    what: str,
) -> Problem:
    """The ring as one problem, at the place where its first member leads on."""
    steps = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    begins = standing(node, edges[steps[0][0]][steps[0][1]])
    told = " -> ".join(
        f"{one} ({_line_of(standing(node, edges[one][to]), begins)})" for one, to in steps
    )
    found = f"{what} form a cycle: {told} -> {ring[0]}"
    return at(node, edges[steps[0][0]][steps[0][1]], file=file, code="E142", found=found)


def _line_of(node: Node, beside: Node) -> str:
    """Where a node stands, said beside a problem at another; its file only where that differs."""
    return f"line {node.line}" + ("" if node.file == beside.file else f" of {node.file}")


def unfilled(
    node: Node, path: Path, text: str, *, file: str, known: Iterable[str]
) -> tuple[Problem, ...]:
    """A problem for each `${name}` of the text, which stands at the path, that nothing fills."""
    names = frozenset(known)
    strangers = [name for name in placeholders(text) if name not in names]
    return tuple(
        at(
            node,
            path,
            file=file,
            code="E143",
            found=f"nothing fills the placeholder {'${' + name + '}'!a}",
            hint=did_you_mean(name, names),
        )
        for name in strangers
    )


def placeholders(text: str) -> tuple[str, ...]:
    """The names in `${name}`, in order, each once; `{x}` and `{{x}}` are plain text."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def shares(
    node: Node, path: Path, *, file: str, parts: Iterable[float], total: float = 1.0
) -> tuple[Problem, ...]:
    """A problem where shares do not add up to the total (within one in a million)."""
    given = [round(part * 1_000_000) for part in parts]
    wanted = round(total * 1_000_000)
    if given and abs(sum(given) - wanted) <= len(given):
        return ()
    found = f"the shares add up to {sum(given) / 1_000_000:g}; {total:g} is expected"
    return (at(node, path, file=file, code="E144", found=found, key=True),)
