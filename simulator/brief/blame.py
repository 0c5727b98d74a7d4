"""Pydantic's complaints as problems an author can act on: place, code, sentence, hint.

Rule 1: a complaint about a key stands at the key, one about a value at the value, one about a
missing key at the mapping that lacks it.
Rule 2: of the alternatives of a union only the ones that came closest are told, in one problem.
"""

from typing import Any, Final, assert_never

from pydantic import ValidationError

from simulator.brief.kinds import fields_at
from simulator.brief.nodes import Mapping, Node, Scalar, Sequence
from simulator.brief.written import Unreadable
from simulator.errors import Problem
from simulator.text import clean_line, did_you_mean, nearest

_KINDS: Final = {
    "dataclass_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
    "frozen_set_type": "a list",
    "set_type": "a list",
    "string_type": "a text",
    "none_required": "nothing",
    "not_a_text": "a text",
}
"""Pydantic's type mismatches -> what was expected, in an author's words."""
_UNKNOWN: Final = ("unexpected_keyword_argument", "extra_forbidden")
_MISSING: Final = ("missing", "missing_argument", "missing_keyword_only_argument")
_CHOICES: Final = ("literal_error", "enum")
_KEY_MARK: Final = "[key]"
_SHOWN: Final = 60
MOST_TOLD: Final = 100
"""Problems told of one document; who has more mends these first."""


def problems_of(error: ValidationError, kind: Any, node: Node, file: str) -> list[Problem]:
    """The problems behind a failed binding, in the order of the file, each place once."""
    errors = error.errors(include_url=False, include_input=False)
    complaints = [_Complaint(dict(each), node) for each in errors]
    merged: dict[tuple[str, int, int, str], list[_Complaint]] = {}
    for one in _closest(_furthest(complaints)):
        merged.setdefault((one.file or file, *one.place, one.key), []).append(one)
    assert merged, "a failed binding has something to say"
    places = sorted(merged, key=lambda place: (place[0] != file, place))
    told = [
        _joined([one.problem(kind, place[0]) for one in merged[place]])
        for place in places[:MOST_TOLD]
    ]
    if untold := places[MOST_TOLD:]:
        file, line, column, _ = untold[0]
        found = f"{len(untold):,} more problems from here on"
        hint = "mend those above first"
        told.append(
            Problem(file=file, line=line, column=column, code="E139", found=found, hint=hint)
        )
    return told


def _furthest(complaints: list["_Complaint"]) -> list["_Complaint"]:
    """Without mismatches of kind where another alternative of a union came further."""
    reached_inside: set[tuple[str | int, ...]] = set()
    for one in complaints:
        came_in = one.type not in _KINDS and not one.is_about_key
        steps = range(len(one.path) + came_in)
        reached_inside.update(one.path[:step] for step in steps)
    return [one for one in complaints if one.type not in _KINDS or one.path not in reached_inside]


def _closest(complaints: list["_Complaint"]) -> list["_Complaint"]:
    """Without those of a union's alternatives whose keys fit the document less than another's."""
    misfits: dict[tuple[Any, ...], dict[str, int]] = {}
    for one in complaints:
        for union, alternative in one.branches:
            counts = misfits.setdefault(union, {})
            is_misfit = one.type in (*_UNKNOWN, *_MISSING, *_CHOICES, *_KINDS)
            counts[alternative] = counts.get(alternative, 0) + is_misfit
    fewest = {union: min(counts.values()) for union, counts in misfits.items()}
    return [
        one
        for one in complaints
        if all(misfits[union][mine] == fewest[union] for union, mine in one.branches)
    ]


class _Complaint:
    """One of pydantic's errors, with the node it is about."""

    def __init__(self, raw: dict[str, Any], root: Node) -> None:
        self.type: str = raw["type"]
        self.raw = raw
        location = tuple(raw["loc"])
        self.is_about_key = bool(location) and location[-1] == _KEY_MARK
        if self.is_about_key:
            location = location[:-1]
        self.key = ""
        """The key that is unknown or missing."""
        if self.type in (*_UNKNOWN, *_MISSING):
            self.key = str(location[-1])
            location = location[:-1]
        self.path = walked(root, location)
        self.branches = branches(location, self.path)
        """The unions on the way, and the alternative taken of each."""
        self.node = reached(root, self.path)
        self.parent = reached(root, self.path[:-1])

    def problem(self, kind: Any, file: str) -> Problem:
        """The complaint as a problem at its place."""
        line, column = self.place
        code, found, hint, offset = self._said(kind)
        if offset and isinstance(self.node, Scalar):
            column += offset + self.node.quoted
        found, hint = clean_line(found), clean_line(hint)
        return Problem(file=file, line=line, column=column, code=code, found=found, hint=hint)

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the key or value the complaint is about."""
        return self._blamed.line, self._blamed.column

    @property
    def file(self) -> str:
        """The file that key or value stands in; empty where it stands in none."""
        return self._blamed.file

    @property
    def _blamed(self) -> Node:
        node: Node = self.node
        if self.type in _UNKNOWN and isinstance(node, Mapping):
            return node.keys.get(self.key, node)
        if (self.is_about_key or self.type in _MISSING) and isinstance(self.parent, Mapping):
            return self.parent.keys.get(str(self.path[-1]), node) if self.path else node
        return node

    def _said(self, kind: Any) -> tuple[str, str, str, int]:
        """Code, what was found, a hint, and where in the text."""
        context = self.raw.get("ctx", {})
        cause = context.get("error")
        if isinstance(cause, Unreadable):
            return cause.code, cause.found, cause.hint, cause.offset
        if self.type in _UNKNOWN:
            return "E120", f"unknown key {_quoted(self.key)}", self._nearest_key(kind), 0
        if self.type in _MISSING:
            return "E121", f"{self._named()} lacks the required key `{self.key}`", "", 0
        if self.type in _CHOICES:
            return self._choice(str(context.get("expected", "")))
        if self.type in _KINDS:
            expected = context.get("name") or _KINDS[self.type]
            return "E122", f"found {described(self.node)}; expected {expected}", "", 0
        if self.type in ("union_tag_invalid", "union_tag_not_found"):
            return self._tag(context)
        if self.type in ("too_short", "too_long"):
            return "E130", str(self.raw["msg"]), "", 0
        return "E129", str(cause or self.raw["msg"]), "", 0  # of a dataclass's own check

    def _choice(self, expected: str) -> tuple[str, str, str, int]:
        words = [word.strip("' ") for word in expected.replace(" or ", ", ").split(", ")]
        text = self.node.text if isinstance(self.node, Scalar) else ""
        close = nearest(text, words) if text else ""
        hint = f"did you mean {close!r}?" if close else ""
        found = f"found {described(self.node)}; expected one of: {', '.join(words)}"
        return "E123", found, hint, 0

    def _tag(self, context: dict[str, Any]) -> tuple[str, str, str, int]:
        key = str(context.get("discriminator", "")).strip("'")
        if self.type == "union_tag_not_found":
            return "E121", f"{self._named()} lacks the required key `{key}`", "", 0
        expected = str(context.get("expected_tags", "")).replace("'", "")
        return "E123", f"unknown {key} {context.get('tag')!r}; expected one of: {expected}", "", 0

    def _nearest_key(self, kind: Any) -> str:
        """Of the dataclasses that may stand here, the field most like the unknown key."""
        return did_you_mean(self.key, fields_at(kind, self.path))

    def _named(self) -> str:
        if not self.path:
            return "the document"
        step = self.path[-1]
        return f"`{step}`" if isinstance(step, str) else "this item"


def walked(root: Node, location: tuple[Any, ...]) -> tuple[str | int, ...]:
    """The part of a pydantic location that is a path in the tree.

    Locations also hold the names of unions' alternatives. Where such a name is a key of the
    document too, the reading that leads further is taken.
    """
    if not location:
        return ()
    step, rest = location[0], location[1:]
    without = walked(root, rest)
    if (child := _child(root, step)) is None:
        return without
    within = (step, *walked(child, rest))
    return within if len(within) >= len(without) else without


def branches(
    location: tuple[Any, ...], path: tuple[str | int, ...]
) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """The steps of a location that are no steps of the tree, each with the path before it."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    depth = 0
    for step in location:
        if depth < len(path) and step == path[depth]:
            depth += 1
        else:
            found.append((path[:depth], str(step)))
    return tuple(found)


def reached(root: Node, path: tuple[str | int, ...]) -> Node:
    """The node at the end of a path that exists."""
    node = root
    for step in path:
        node = _child(node, step) or node
    return node


def _child(node: Node, step: Any) -> Node | None:
    match node:
        case Mapping():
            return node.items.get(step)
        case Sequence() if isinstance(step, int) and step < len(node.items):
            return node.items[step]
        case _:
            return None


def described(node: Node) -> str:
    """What stands here, in an author's words."""
    match node:
        case Mapping():
            return "a mapping"
        case Sequence():
            return "a list"
        case Scalar() if not node.text and not node.quoted:
            return "nothing"
        case Scalar():
            return f"the text {_quoted(node.text)}"
    assert_never(node)


def _quoted(text: str) -> str:
    return ascii(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")


def _joined(problems: list[Problem]) -> Problem:
    """The alternatives of one place as one problem."""
    first = problems[0]
    sentences = list(dict.fromkeys(problem.found for problem in problems))
    hints = list(dict.fromkeys(problem.hint for problem in problems if problem.hint))
    return Problem(
        file=first.file,
        line=first.line,
        column=first.column,
        code=first.code,
        found="; or ".join(sentences),
        hint=", or ".join(hints),
    )
