"""The tables of the archive, the same in a drill's own file, in the index and on a server.

Rule 1: every table names the drill, so that many drills may share one database.
Rule 2: rows of `lines` are only ever added; a later edit breaks the chain they carry.
Rule 3: a database that holds any other object is not ours and is refused by name.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, Literal, Self

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
)
from sqlalchemy.pool import StaticPool

from simulator.errors import HostError
from simulator.journal.record import LARGEST_INT
from simulator.text import is_clean

State = Literal["live", "rested", "sealed"]
"""`live`: has a host, or its host was killed; `rested`: put down in order; `sealed`: over."""

APPLICATION_ID: Final = 0x47414D45
"""The four bytes `GAME` in the header of every SQLite file we make."""
VERSION: Final = 1
"""Of the tables; a file that says more was written by a newer gameday."""
DRILL_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{2,80}")
_LONGEST: Final = 200

METADATA: Final = MetaData()
_STRICT: Final[dict[str, Any]] = {"sqlite_strict": True}
_KEYED: Final[dict[str, Any]] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def _whole(name: str) -> Column[int]:
    """64 bits everywhere: SQLite's strict INTEGER is, a server's may be less."""
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _of_drill() -> Column[str]:
    return Column("drill_id", Text, ForeignKey("drills.drill_id"), primary_key=True)


def _numbered(name: str) -> Column[int]:
    whole = BigInteger().with_variant(Integer, "sqlite")
    return Column(name, whole, primary_key=True, autoincrement=False)


DRILLS: Final = Table(
    "drills",
    METADATA,
    Column("drill_id", Text, primary_key=True),
    *(_text(name) for name in ("scenario", "plan", "mode", "seed", "began", "engine", "parent")),
    *(_text(name) for name in ("ended", "state")),
    _whole("lines"),
    _text("head"),
    **_STRICT,
)
# One tree keyed by (drill, seq): a damaged page then costs the lines on it and no others.
LINES: Final = Table(
    "lines",
    METADATA,
    _of_drill(),
    _numbered("seq"),
    _whole("at"),
    _text("by"),
    _whole("cause"),
    *(_text(name) for name in ("kind", "body", "prev", "hash")),
    Column("op_id", Text),
    _whole("wall_ms"),
    **_KEYED,
)
Index(
    "lines_op_id",
    LINES.c.drill_id,
    LINES.c.by,
    LINES.c.op_id,
    unique=True,
    sqlite_where=LINES.c.op_id.is_not(None),
    postgresql_where=LINES.c.op_id.is_not(None),
)
SCORES: Final = Table(
    "scores",
    METADATA,
    _of_drill(),
    _numbered("number"),
    _text("rubric"),
    _text("status"),
    _whole("total_milli"),
    _text("card"),
    **_STRICT,
)
PEOPLE: Final = Table(
    "people", METADATA, Column("person_id", Text, primary_key=True), _text("name"), **_STRICT
)
SEALS: Final = Table("seals", METADATA, _of_drill(), _text("digest"), **_STRICT)

# What is said of a drill after it stands outside its sealed file: no key leads back to `drills`.
REVIEWS: Final = Table(
    "reviews",
    METADATA,
    Column("drill_id", Text, primary_key=True),
    _whole("acts"),
    _text("head"),
    **_STRICT,
)
ACTS: Final = Table(
    "acts",
    METADATA,
    Column("drill_id", Text, primary_key=True),
    _numbered("seq"),
    _whole("at"),
    _text("by"),
    _whole("cause"),
    *(_text(name) for name in ("kind", "body", "prev", "hash")),
    **_KEYED,
)
WORDS: Final = Table(
    "words",
    METADATA,
    Column("drill_id", Text, primary_key=True),
    _numbered("seq"),
    _text("salt"),
    _text("text"),
    **_KEYED,
)

DRILL_TABLES: Final = (DRILLS, LINES)
REVIEW_TABLES: Final = (REVIEWS, ACTS, WORDS)
INDEX_TABLES: Final = (DRILLS, SCORES, PEOPLE, SEALS, REVIEWS)
ALL_TABLES: Final = (DRILLS, LINES, SCORES, PEOPLE, SEALS, *REVIEW_TABLES)
ADDED_TABLES: Final = REVIEW_TABLES
"""Tables that an index or a database of the first days lacks; they are added where it is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillSummary:
    """One drill as a listing shows it; text fields are empty where unknown."""

    drill_id: str
    """Given by the caller, `[a-z0-9][a-z0-9-]{2,80}`; also the name of its file."""
    scenario: str
    plan: str
    mode: str
    seed: int
    """0 to 2^63 - 1, as every whole number of a journal."""
    began: str
    """A label for people, such as a date; nothing is computed from it."""
    engine: str
    """The version of gameday that recorded it."""
    parent: str = ""
    """The drill it was forked from."""
    ended: str = ""
    """Why it ended; empty until it is sealed."""
    state: State = "live"
    lines: int = 0
    """Lines recorded; in a listing, as of the last time the drill was put down."""
    head: str = ""
    """Hash of the last line."""

    def __post_init__(self) -> None:
        """Refuse what no listing could show or no file could be named after."""
        if not DRILL_ID.fullmatch(self.drill_id):
            raise HostError(
                f"{self.drill_id[:96]!r} cannot name a drill: 3 to 81 lower-case letters, digits"
                " and hyphens, beginning with a letter or digit"
            )
        if not 0 <= self.seed <= LARGEST_INT:
            raise HostError(f"the seed {self.seed} is not between 0 and 2^63 - 1")
        for name, value in asdict(self).items():
            if isinstance(value, str) and value and not is_short_line(value):
                raise HostError(f"the {name} of drill {self.drill_id} is not a short, plain text")

    def as_row(self) -> dict[str, Any]:
        """The row of `drills`; a seed may pass 63 bits, so it is kept as text."""
        return {**asdict(self), "seed": str(self.seed)}

    @classmethod
    def from_row(cls, row: Mapping[Any, Any]) -> Self:
        """The summary of a row; raises HostError where the row is not one of ours."""
        seed = str(row["seed"])
        if not (seed.isascii() and seed.isdigit() and len(seed) <= 20):
            raise HostError(f"the seed {seed[:24]!r} of drill {row['drill_id']} is no number")
        if row["state"] not in ("live", "rested", "sealed"):
            raise HostError(f"drill {row['drill_id']} is in no known state: {row['state']!r}")
        return cls(**{**row, "seed": int(seed)})


def is_short_line(text: str) -> bool:
    """Whether a listing can show a text as it is: something, on one line, at most 200 signs."""
    return 0 < len(text) <= _LONGEST and is_clean(text) and not re.search(r"[\n\t]", text)


def objects(connection: Connection) -> dict[str, str]:
    """Every object of a SQLite database: `table lines` -> its definition, spaces left out.

    Spaces and quotes are left out because they differ between versions of SQLAlchemy.
    """
    found = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema")
    return {f"{kind} {name}": re.sub(r'[\s"]', "", sql or "") for kind, name, sql in found}


@cache
def expected_objects(tables: tuple[Table, ...]) -> Mapping[str, str]:
    """What `objects` says of a database we have just made."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection, tables=tables)
            return objects(connection)
    finally:
        engine.dispose()
