"""A post-incident report before anybody decides how it looks: headings, and blocks below them.

Rule 1: headings and their order are the plan's; what the drill adds stands behind them, marked.
Rule 2: what only people can write is a blank with the plan's own question, never a guess.
Rule 3: the Markdown face of these blocks is read back (`incident_reading`): a block has one form.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A named line; an empty value is a blank for people."""

    title: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Named lines."""

    rows: tuple[Row, ...]
    kind: str = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    kind: str = "items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; empty cells are for people."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of the timeline."""

    time: str
    """`10:06`, or with its day where that is another."""
    mark: str
    """What the form calls this moment, where it is a key one."""
    who: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A timeline."""

    moments: tuple[Moment, ...]
    as_list: bool
    kind: str = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """Questions only people can answer."""

    asks: tuple[str, ...]
    kind: str = "blanks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody handed in, in their words."""

    who: str
    text: str
    kind: str = "quote"


Block: TypeAlias = Rows | Text | Items | Grid | Story | Blanks | Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One heading and what stands below it."""

    title: str
    """Empty for lines that stand below `under`, or at the very head."""
    under: str
    """The heading it shares with its neighbours."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """The whole report."""

    heading: str
    """What the plan calls such a report."""
    title: str
    """What the incident was called."""
    drill: str
    organisation: str
    plan: str
    head: str
    """The record's head, where it verified."""
    engine: str
    parts: tuple[Part, ...]
    """The plan's form."""
    record: tuple[Part, ...]
    """What the drill adds."""
    truth: tuple[Row, ...]
    """What was true: only a drill knows it."""
    rules: tuple[str, ...]
    """The plan's own rules for talking about it."""
