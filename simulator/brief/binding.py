"""A tree of text as a typed value, or every problem with its line and column.

Rule 1: kinds are frozen stdlib dataclasses that forbid unknown keys and hold `units`: a bare
`int`, `float` or `bool` would let pydantic guess, so such a kind is refused as our own mistake.
Rule 2: all problems are collected; none is reported without a place in the file.
Rule 3: `plain` and `from_plain` are inverse up to places, so a journal can carry a document.
"""

from collections.abc import Mapping as AnyMapping
from functools import cache
from typing import Any, TypeAlias, TypeVar, assert_never

from pydantic import TypeAdapter, ValidationError

from simulator.brief.blame import problems_of
from simulator.brief.kinds import check_kind
from simulator.brief.nodes import Mapping, Node, Scalar, Sequence
from simulator.brief.scanning import DEEPEST
from simulator.brief.words import is_visible
from simulator.errors import BriefError, Problem

T = TypeVar("T")
Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str"
"""A document without places: dict, list and str only."""


def bind(kind: type[T], node: Node, file: str) -> T:
    """The value of `kind` that the tree describes.

    Raises BriefError with every problem, in the order of the file. Lists become the tuples, and
    texts the numbers and times, that the fields of `kind` name.
    """
    hashable: Any = kind  # every class is, though mypy doubts it of dataclasses
    try:
        value: T = _adapter(hashable).validate_python(plain(node))
    except ValidationError as error:
        raise BriefError(problems_of(error, kind, node, file)) from None
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Building a validator is dear, and a kind never changes."""
    check_kind(kind)
    return TypeAdapter(kind)


def plain(node: Node) -> Plain:
    """The tree without places: what a journal's first entry carries."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(item) for key, item in node.items.items()}
    assert_never(node)


def from_plain(tree: object) -> Node:
    """A tree without places, which binds to the same value as the one `plain` was made from.

    Raises TypeError for anything but dict, list and str, and ValueError for a tree nested deeper
    than documents may be: such a tree was never a document.
    """
    return _from_plain(tree, 0)


def _from_plain(tree: object, depth: int) -> Node:
    if depth > DEEPEST:
        raise ValueError(f"a plain document is nested at most {DEEPEST} levels deep")
    match tree:
        case str():
            return Scalar(text=tree)
        case list():
            return Sequence(items=tuple(_from_plain(item, depth + 1) for item in tree))
        case dict():
            return Mapping(
                items={key: _from_plain(item, depth + 1) for key, item in tree.items()},
                keys={key: Scalar(text=key) for key in tree},
            )
        case _:
            raise TypeError(f"a plain document holds dict, list and str, not {type(tree).__name__}")


def origins(node: Node) -> dict[str, str]:
    """Dotted key path -> the comment behind that leaf; leaves without a comment are left out.

    A comment speaks for every leaf that ends on its line; items of a list count from 0. Keys that
    hold dots themselves (`db.connections`) are taken as they are.
    """
    return dict(_commented(node, ()))


def _commented(node: Node, path: tuple[str, ...]) -> list[tuple[str, str]]:
    if isinstance(node, Scalar):
        return [(".".join(path), node.comment)] if node.comment else []
    parts: AnyMapping[Any, Node] = (
        node.items if isinstance(node, Mapping) else dict(enumerate(node.items))
    )
    return [pair for key, part in parts.items() for pair in _commented(part, (*path, str(key)))]


def warnings_of(node: Node, file: str) -> tuple[Problem, ...]:
    """A warning for each text that holds something invisible or unsafe, in the file's order.

    Prose is cleaned when it is bound; ids, labels and lines are refused there.
    """
    match node:
        case Scalar() if is_visible(node.text):
            return ()
        case Scalar():
            found = "the text holds invisible or unsafe characters; they are taken out"
            where = node.file or file
            return (
                Problem(file=where, line=node.line, column=node.column, code="W101", found=found),
            )
        case Sequence():
            return tuple(one for item in node.items for one in warnings_of(item, file))
        case Mapping():
            return tuple(one for item in node.items.values() for one in warnings_of(item, file))
    assert_never(node)
