"""What a drill's own entries say of it, held against what the row or heading about it claims.

Rule 1: of the entries only four are read, and of those only what a listing shows: the one that
opens, the one that briefs, the host's first hand-over and the last end.
Rule 2: where an entry speaks, a claim must agree; where none does, it stays a claim and says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from simulator.archive.schema import DrillSummary
from simulator.errors import JournalError
from simulator.journal.record import Line, parsed

BEGAN: Final = "%Y-%m-%d %H:%M UTC"
"""How a host writes the moment a drill began; elsewhere a label that nothing proves."""
CLAIMED: Final = " (claimed)"
"""Stands behind a label that nothing in the drill speaks for."""
_SLACK_S: Final = 600
"""The first line is recorded within seconds of the label; a laptop may sleep between."""
_OPENS: Final = ("mode", "seed", "engine")
_BRIEFS: Final = ("scenario", "plan")


@dataclass(slots=True, kw_only=True)
class Proofs:
    """What the entries said as they went by; built while a chain is being verified."""

    opened: Line | None = None
    briefed: Line | None = None
    switched: int = -1
    """The seq of the first order by which the host gave a chair away, as a fork does."""
    ended: Line | None = None

    def watching(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The same lines, noted on their way."""
        for line in lines:
            if line.seq == 0 and line.kind == "drill_opened":
                self.opened = line
            elif line.seq == 1 and line.kind == "briefed":
                self.briefed = line
            elif line.kind == "hand_back" and line.by == "host" and self.switched < 0:
                self.switched = line.seq
            elif line.kind == "drill_ended" and line.by == "engine":
                self.ended = line
            yield line

    def contradicted(self, about: DrillSummary) -> str:
        """The first claim that an entry contradicts, as a sentence; empty where none is."""
        claims = about.as_row()
        said = [
            *((name, self.opened) for name in _OPENS),
            *((name, self.briefed) for name in _BRIEFS),
        ]
        for name, line in said:
            if line is not None and (found := _field(line, name)) != claims[name]:
                return _differs(name, claims[name], found, line)
        if about.state != "sealed" and about.ended:
            return f"it says that it ended ({about.ended!r}), but also that it is not over"
        if about.state == "sealed" and self.ended is not None:
            found = _field(self.ended, "reason")
            if found != about.ended:
                return _differs("ended", about.ended, found, self.ended)
        return ""

    def missing(self, about: DrillSummary) -> str:
        """What an arriving drill must hold and does not, as a sentence; empty where it has all."""
        if not about.lines:
            return "it holds no line"
        if self.opened is None:
            return "line 0 does not open a drill"
        if self.briefed is None:
            return "line 1 does not say which scenario and plan it is of"
        if about.state == "sealed" and self.ended is None:
            return f"it says that it ended ({about.ended!r}), but none of its lines does"
        if about.parent and (self.switched < 0 or about.parent == about.drill_id):
            return f"it says that it was forked from {about.parent}, but no line of it hands over"
        return ""


def with_label(about: DrillSummary, wall_ms: int) -> DrillSummary:
    """The drill with its label `began` held against the wall clock beside its first line.

    Without a wall clock (0), or where the label is no date of ours, it is marked as a claim.
    Raises JournalError where the two differ.
    """
    if about.began.endswith(CLAIMED):
        return about
    try:
        began = datetime.strptime(about.began, BEGAN).replace(tzinfo=UTC).timestamp()
    except ValueError:
        began = None
    if not wall_ms or began is None:
        return replace(about, began=about.began + CLAIMED) if about.began else about
    if abs(began - wall_ms / 1000) > _SLACK_S:
        raise JournalError(
            f"it says that it began {about.began}; the clock beside its first line says"
            f" {_as_label(wall_ms)}"
        )
    return about


def same_past(lines: Sequence[Line], parent: Sequence[Line], switched: int) -> bool:
    """Whether a fork tells the same as its parent up to where other hands took over."""
    return [one.hash for one in lines[:switched]] == [one.hash for one in parent[:switched]]


def _as_label(wall_ms: int) -> str:
    try:
        return datetime.fromtimestamp(wall_ms / 1000, UTC).strftime(BEGAN)
    except (ValueError, OverflowError, OSError):
        return f"{wall_ms} ms"


def _field(line: Line, name: str) -> str:
    """One field of an entry, as text; empty where the entry lacks it."""
    body: Any = parsed(line.body)
    return str(body.get(name, "")) if isinstance(body, dict) else ""


def _differs(name: str, claimed: str, found: str, line: Line) -> str:
    return f"it says {name} {claimed!r}; line {line.seq} ({line.kind}) says {found[:200]!r}"
