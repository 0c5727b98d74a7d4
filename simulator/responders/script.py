"""A written list of orders as lines of a play: read strictly, each mistake at its place.

Rule 1: a file is a list of `{at, by, command, fields, takes}`; times say their unit, `by` is a role
or a person, `command` an order's name, `fields` what it carries.
Rule 2: every problem of a file is told at once, with line, column and the nearest valid word.
Rule 3: a journal keeps the list as its author wrote it, so that a drill explains itself.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final, get_type_hints

from simulator.brief.binding import bind, from_plain, plain
from simulator.brief.brief import Brief
from simulator.brief.nodes import Mapping as MappingNode
from simulator.brief.nodes import Node, Scalar, compose
from simulator.brief.nodes import Sequence as SequenceNode
from simulator.brief.references import Path, at, unknown
from simulator.brief.roster import STRICT
from simulator.brief.units import PositiveWholeSeconds, Tree, WholeSeconds, Word
from simulator.clock import seconds_of
from simulator.errors import BriefError, Problem
from simulator.journal.commands.base import Command
from simulator.journal.entry import KINDS

TAKES: Final = (
    "look", "mitigate", "run_step", "type", "send_message", "hand_over", "submit_report",
    "hold_meeting",
)  # fmt: skip
"""Orders whose work takes a drawn time of the one who gives them."""
_TRUTH: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list."""

    at: int
    """Seconds from T0; before T0 nothing is said."""
    by: str
    command: str
    """The order's wire tag."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    takes_s: int | None = None
    """What its work takes, instead of a drawn time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line as it is written."""

    __pydantic_config__ = STRICT

    at: WholeSeconds
    by: Word
    command: Word
    fields: Mapping[Word, Tree] = field(default_factory=dict)
    takes: PositiveWholeSeconds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    """The list."""

    __pydantic_config__ = STRICT

    lines: tuple[_Row, ...]


def read_script(text: bytes, file: str, brief: Brief) -> tuple[tuple[Line, ...], str]:
    """The lines of a file, and the text a journal keeps of them.

    Raises BriefError with every problem.
    """
    node = compose(text, file)
    lines = _lines(node, file, brief)
    return lines, json.dumps(plain(node), ensure_ascii=False, separators=(",", ":"))


def kept_lines(brief: Brief) -> tuple[Line, ...]:
    """The lines a brief carries; none where it carries no script."""
    kept = brief.documents.get("script")
    return _lines(from_plain(json.loads(kept)), "script", brief) if kept else ()


def _lines(node: Node, file: str, brief: Brief) -> tuple[Line, ...]:
    if not isinstance(node, SequenceNode):
        found = "a script is a list of lines such as `{at: 20s, by: on_call, command: declare}`"
        problem = Problem(file=file, line=node.line, column=node.column, code="E190", found=found)
        raise BriefError([problem])
    whole = MappingNode(
        items={"lines": node}, keys={"lines": Scalar(text="lines")}, line=1, column=1
    )
    script = bind(_Script, whole, file)
    reader = _Reader(whole, file, brief)
    lines = tuple(reader.line(n, row) for n, row in enumerate(script.lines))
    if reader.problems:
        raise BriefError(reader.problems)
    return lines


class _Reader:
    """Reads one list, and keeps what is wrong with it."""

    def __init__(self, node: Node, file: str, brief: Brief) -> None:
        self.node, self.file = node, file
        self.chairs = brief.chairs()
        self.problems: list[Problem] = []

    def line(self, n: int, row: _Row) -> Line:
        """One line; problems are kept."""
        path: Path = ("lines", n)
        person = self.chairs.get(row.by, row.by)
        people = tuple(dict.fromkeys(self.chairs.values()))
        if person not in people:
            self._unknown((*path, "by"), "person or role", row.by, (*people, *self.chairs))
        orders = {name: kind for name, kind in KINDS.items() if _may_be_said(kind)}
        kind = orders.get(row.command)
        if kind is None:
            self._unknown((*path, "command"), "order", row.command, orders)
        elif row.takes is not None and row.command not in TAKES:
            self._wrong((*path, "takes"), f"{row.command!a} has no work whose time is drawn")
        found = self._fields(path, row, kind) if kind is not None else {}
        return Line(at=row.at, by=person, command=row.command, fields=found, takes_s=row.takes)

    def _fields(self, path: Path, row: _Row, kind: type) -> dict[str, Any]:
        """What the order carries, in its own types."""
        hints = get_type_hints(kind)
        found: dict[str, Any] = {}
        for name, value in row.fields.items():
            spot = (*path, "fields", name)
            if name not in hints or name == "said_by":
                own = [one.name for one in fields(kind)]
                self._unknown(spot, f"field of {row.command}", name, own, key=True)
                continue
            try:
                found[name] = _typed(hints[name], name, value)
            except ValueError as error:
                self._wrong(spot, f"{name} of {row.command}: {error}")
        lacking = [
            one.name
            for one in fields(kind)
            if one.default is MISSING and one.default_factory is MISSING
        ]
        if missing := [name for name in lacking if name not in row.fields]:
            self._wrong((*path, "command"), f"{row.command} lacks {', '.join(missing)}")
        return found

    def _unknown(self, path: Path, what: str, name: str, known: Any, *, key: bool = False) -> None:
        self.problems.append(
            unknown(self.node, path, file=self.file, what=what, name=name, known=known, key=key)
        )

    def _wrong(self, path: Path, found: str) -> None:
        self.problems.append(at(self.node, path, file=self.file, code="E190", found=found))


def _may_be_said(kind: type) -> bool:
    return issubclass(kind, Command) and "seat" in kind.said_by


def _typed(hint: Any, name: str, value: Any) -> Any:
    """A written value as the field's type; raises ValueError with what it should be."""
    if hint is bool:
        if isinstance(value, bool) or value in _TRUTH:
            return _TRUTH.get(value, value)
        raise ValueError(f"{value!a} is neither yes nor no")
    if hint is int:
        return _whole(name, value)
    if hint is str:
        if isinstance(value, Mapping | Sequence) and not isinstance(value, str):
            raise ValueError("a text is wanted, not a list or a mapping")
        return str(value)
    if not isinstance(value, Mapping):
        raise ValueError("a mapping is wanted")  # noqa: TRY004 - said of a written text
    return dict(value)


def _whole(name: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and not name.endswith("_s"):
        return value
    if name.endswith("_s") and isinstance(value, str):
        return round(seconds_of(value))
    wanted = "a duration such as `5m`" if name.endswith("_s") else "a whole number"
    raise ValueError(f"{value!a} is not {wanted}")
