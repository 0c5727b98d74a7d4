"""What a typed line comes to: what is printed, how long it takes, what it would change.

Rule 1: a line ends in one of four ways, never in "unknown command" (docs/model.md).
Rule 2: an act says what the person asked for; whether it happens is decided elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Way: TypeAlias = Literal["answered", "normal", "refused", "not_simulated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A change somebody asked a tool for, in the tool's own terms."""

    tool: str
    """`kubectl`, `aws`, `psql` ..."""
    verb: str
    """The tool's own words: `rollout restart`, `rds promote-read-replica`, `select`."""
    target: str
    """What it acts on: `deployment/fraiseql-api`, `fraiseql-db-b`."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Flags that change what happens, by their long name without dashes; presentation left out."""
    line: str = ""
    """The simple command as typed, without pipes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a line comes to."""

    way: Way
    out: str = ""
    """Standard output, newline-terminated unless empty."""
    err: str = ""
    """Standard error, in the tool's own words."""
    status: int = 0
    """The exit status a real shell would show in `$?`."""
    takes_s: tuple[int, int] = (1, 2)
    """Believable shortest and longest seconds the line occupies its terminal."""
    acts: tuple[Act, ...] = ()
    """In order; empty for a line that only looks."""
    reads: tuple[str, ...] = ()
    """The kinds of documents the answer was made of, sorted, each once."""
    nearest: tuple[str, ...] = ()
    """For a line that is not simulated: the nearest three that work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Whose terminal the line is typed at, as far as tools notice."""

    user: str
    host: str = "laptop"
    """Where the line runs: network paths begin here."""
    variables: Mapping[str, str] = field(default_factory=dict)
    history: tuple[str, ...] = ()
