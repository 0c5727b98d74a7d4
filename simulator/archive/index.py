"""The index: which drills there are, the scores stored of them, and who people are.

Rule 1: transactions are short: many programs share it, and a host must not wait for a reader.
Rule 2: a row of `drills` repeats what the drill's own record says and is made again from it.
Rule 3: a stored score is never replaced; a re-score stands beside it under the next number.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from sqlalchemy import delete, func, insert, select, update

from simulator.archive.database import Database
from simulator.archive.drill_record import summary, summary_of
from simulator.archive.faults import examined, ours
from simulator.archive.private import named_when_whole, refuse_public
from simulator.archive.schema import (
    DRILLS,
    INDEX_TABLES,
    PEOPLE,
    REVIEWS,
    SCORES,
    SEALS,
    DrillSummary,
    is_short_line,
)
from simulator.errors import HostError, JournalError, UnknownNameError
from simulator.journal.record import LARGEST_INT, canonical, parsed

ScoreStatus = Literal["provisional", "reviewed", "sealed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScore:
    """One scorecard as it was given; its numbers are the scorer's."""

    drill_id: str
    number: int
    """Counted from 1 within the drill, in the order of storing."""
    rubric: str
    """Hash of the rubric it was scored by."""
    status: ScoreStatus
    total_milli: int
    card: str
    """The scorecard as canonical JSON."""


class Index:
    """The index in its own file, or in a server's database."""

    def __init__(self, database: Database, *, remembers_reviews: bool = True) -> None:
        self._database = database
        self._remembers_reviews = remembers_reviews

    @classmethod
    def of_file(cls, path: Path) -> "Index":
        """The index file, made where there is none; raises HostError for a foreign file."""
        if not path.exists():
            _found(path)
        examined(path)
        refuse_public(path)
        database = Database.of_file(path, "rw")
        tables = database.grown(INDEX_TABLES)
        with database.reading() as connection:
            ours(connection, path, tables)
        return cls(database, remembers_reviews=REVIEWS in tables)

    def enter(self, about: DrillSummary, *, digest: str = "") -> None:
        """Add or renew the row of a drill; `digest` is its sealed file's, where it has one."""
        row = about.as_row()
        with self._database.writing() as connection:
            mine = DRILLS.c.drill_id == about.drill_id
            if connection.execute(update(DRILLS).where(mine).values(row)).rowcount == 0:
                connection.execute(insert(DRILLS), [row])
            if digest:
                connection.execute(delete(SEALS).where(SEALS.c.drill_id == about.drill_id))
                connection.execute(insert(SEALS), [{"drill_id": about.drill_id, "digest": digest}])

    def drills(self) -> tuple[DrillSummary, ...]:
        """Every drill, by id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(DRILLS).order_by(DRILLS.c.drill_id)).mappings().all()
        return tuple(summary_of(row) for row in rows)

    def digest(self, drill_id: str) -> str:
        """The SHA-256 of the drill's file as it was sealed; empty where unknown."""
        wanted = select(SEALS.c.digest).where(SEALS.c.drill_id == drill_id)
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one_or_none() or ""

    def reviewed(self, drill_id: str) -> tuple[int, str]:
        """How many acts the drill's review held when last seen, and the hash of the last."""
        if not self._remembers_reviews:
            return 0, ""
        wanted = select(REVIEWS.c.acts, REVIEWS.c.head).where(REVIEWS.c.drill_id == drill_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return (0, "") if row is None else (row.acts, row.head)

    def note_review(self, drill_id: str, acts: int, head: str) -> None:
        """Remember how far the drill's review has come."""
        if not self._remembers_reviews:
            return
        row = {"drill_id": drill_id, "acts": acts, "head": head}
        with self._database.writing() as connection:
            mine = REVIEWS.c.drill_id == drill_id
            if connection.execute(update(REVIEWS).where(mine).values(row)).rowcount == 0:
                connection.execute(insert(REVIEWS), [row])

    def store_score(
        self, drill_id: str, *, rubric: str, status: ScoreStatus, total_milli: int, card: str
    ) -> StoredScore:
        """Keep a scorecard; the same one given again is kept once.

        Raises JournalError where the card is not canonical JSON, UnknownNameError for the drill.
        """
        if canonical(parsed(card)) != card:
            raise JournalError("a scorecard is stored as canonical JSON only")
        if status not in get_args(ScoreStatus) or abs(total_milli) > LARGEST_INT:
            raise JournalError(f"no score is {status!r} with {total_milli} milli-points")
        given = {"rubric": rubric, "status": status, "total_milli": total_milli, "card": card}
        with self._database.writing() as connection:
            summary(connection, drill_id)
            same = (SCORES.c[name] == value for name, value in given.items())
            mine = SCORES.c.drill_id == drill_id
            number = connection.execute(select(SCORES.c.number).where(mine, *same)).scalar()
            if number is None:
                last = connection.execute(select(func.max(SCORES.c.number)).where(mine)).scalar()
                number = (last or 0) + 1
                row = {**given, "drill_id": drill_id, "number": number}
                connection.execute(insert(SCORES), [row])
        return StoredScore(
            drill_id=drill_id,
            number=number,
            rubric=rubric,
            status=status,
            total_milli=total_milli,
            card=card,
        )

    def scores(self, drill_id: str) -> tuple[StoredScore, ...]:
        """The drill's scores in the order of storing."""
        wanted = select(SCORES).where(SCORES.c.drill_id == drill_id).order_by(SCORES.c.number)
        with self._database.reading() as connection:
            return tuple(StoredScore(**row) for row in connection.execute(wanted).mappings())

    def name_person(self, person_id: str, name: str) -> None:
        """Say what a person is called; a later name replaces it."""
        for text in (person_id, name):
            if not is_short_line(text):
                raise HostError("a person's id and name are short, plain texts")
        with self._database.writing() as connection:
            connection.execute(delete(PEOPLE).where(PEOPLE.c.person_id == person_id))
            connection.execute(insert(PEOPLE), [{"person_id": person_id, "name": name}])

    def forget_person(self, person_id: str) -> None:
        """Overwrite a person's name in the file; UnknownNameError where it holds none."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(PEOPLE).where(PEOPLE.c.person_id == person_id))
        if gone.rowcount == 0:
            raise UnknownNameError(f"nobody goes by {person_id!r} in this archive")

    def people(self) -> dict[str, str]:
        """Every person's name by id."""
        wanted = select(PEOPLE).order_by(PEOPLE.c.person_id)
        with self._database.reading() as connection:
            return {row.person_id: row.name for row in connection.execute(wanted)}

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._database.close()


def _found(path: Path) -> None:
    """Make the index; where another program was quicker, its index stands."""
    with contextlib.suppress(JournalError), named_when_whole(path) as building:
        database = Database.of_file(building, "rw")
        try:
            database.found(INDEX_TABLES)
        finally:
            database.close()
