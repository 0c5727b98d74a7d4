"""One entry of the journal, and its two ways over the wire.

Rule 1: a tag is the class's name in snake case and never changes once a journal holds it.
Rule 2: decoding is strict: an unknown tag or field means a newer version or a damaged record.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from simulator.errors import JournalError
from simulator.journal.commands import COMMANDS
from simulator.journal.commands.base import Command
from simulator.journal.events import EVENTS
from simulator.journal.events.base import Event
from simulator.journal.record import Line, canonical, chained, parsed

What: TypeAlias = Command | Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was asked or happened, when, by whom, and because of what."""

    seq: int
    at: int
    """Seconds since the drill began."""
    by: str
    """The seat that gave the order; `engine` for what happened."""
    what: What
    cause: int = -1
    """The entry that led to it; -1 where nothing did."""


def tag(kind: type[What]) -> str:
    """The wire tag: `IncidentDeclared` -> `incident_declared`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


_ALL: Final[tuple[type[What], ...]] = (*COMMANDS, *EVENTS)
KINDS: Final[Mapping[str, type[What]]] = {tag(kind): kind for kind in _ALL}
TAGS: Final[Mapping[type[What], str]] = {kind: name for name, kind in KINDS.items()}
_FIELDS: Final = {kind: tuple(f.name for f in dataclasses.fields(kind)) for kind in TAGS}


def body_of(what: What) -> str:
    """The fields as canonical JSON."""
    return canonical({name: getattr(what, name) for name in _FIELDS[type(what)]})


def fields_of(what: What) -> dict[str, Any]:
    """The fields as plain values."""
    return {name: getattr(what, name) for name in _FIELDS[type(what)]}


def build(kind: str, fields: Mapping[str, Any]) -> What:
    """The command or event of this tag; raises JournalError where it is none of ours."""
    found = KINDS.get(kind)
    if found is None:
        raise JournalError(f"an entry of kind {kind!r}, which this version does not know")
    if unknown := sorted(set(fields) - set(_FIELDS[found])):
        raise JournalError(f"a {kind} with the unknown fields {unknown}")
    try:
        return found(**{name: _frozen(value) for name, value in fields.items()})
    except TypeError as error:
        raise JournalError(f"a {kind} that lacks a field: {error}") from error


def to_line(entry: Entry, prev: str) -> Line:
    """The entry as a chained line after the hash `prev`."""
    return chained(
        seq=entry.seq,
        at=entry.at,
        by=entry.by,
        cause=entry.cause,
        kind=TAGS[type(entry.what)],
        body=body_of(entry.what),
        prev=prev,
    )


def from_line(line: Line) -> Entry:
    """The entry of a line."""
    fields = parsed(line.body)
    if not isinstance(fields, dict):
        raise JournalError(f"line {line.seq}: a body that is not a mapping")
    what = build(line.kind, fields)
    return Entry(seq=line.seq, at=line.at, by=line.by, what=what, cause=line.cause)


def _frozen(value: Any) -> Any:
    """Lists come back as tuples, as they were."""
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return value
