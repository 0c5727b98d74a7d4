"""Where reviews are kept: a file beside each drill's own, or tables of the same database.

Rule 1: a sealed drill's file is never written again; its review stands beside it, under the same
name with another ending, and travels with it in an export.
Rule 2: the index remembers how far a review had come, so that a cut tail or a lost file is found.
Rule 3: who only reads makes nothing.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from simulator.archive.database import Database
from simulator.archive.faults import examined, hot_journal, ours
from simulator.archive.index import Index
from simulator.archive.private import named_when_whole, private_folder, refuse_public
from simulator.archive.review_record import (
    Review,
    Said,
    add,
    erase_words,
    read_review,
    recorded,
    review_verdict,
    say,
    told_review,
)
from simulator.archive.schema import REVIEW_TABLES, DrillSummary, objects
from simulator.archive.verdict import Verdict
from simulator.errors import HostError, JournalError
from simulator.journal.review.acts import ReviewOpened, What
from simulator.journal.review.finality import finality

SUFFIX: Final = ".review"


class ReviewShelf(Protocol):
    """What reviews ask of the place where they are kept."""

    def reading(self, drill_id: str) -> contextlib.AbstractContextManager[Database | None]:
        """The database that holds the drill's review; None where nobody has begun one."""

    def writing(self, drill_id: str) -> contextlib.AbstractContextManager[Database]:
        """The same, made where there is none."""


class FolderReviews:
    """One file a review, beside the drill's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def reading(self, drill_id: str) -> Iterator[Database | None]:
        """The file, looked at before it is believed."""
        path = self._path(drill_id)
        if not path.exists():
            yield None
            return
        if hot_journal(path).exists() and os.access(path, os.W_OK):
            _undone(path)
        examined(path)
        can_change = os.access(path, os.W_OK)
        with _opened(Database.of_file(path, "ro" if can_change else "immutable"), path) as found:
            yield found

    @contextlib.contextmanager
    def writing(self, drill_id: str) -> Iterator[Database]:
        """The file; a kill while it is made leaves none, or one without an act."""
        path = self._path(drill_id)
        private_folder(self._folder)
        if not path.exists():
            with contextlib.suppress(JournalError), named_when_whole(path) as building:
                new = Database.of_file(building, "rw")
                try:
                    new.found(REVIEW_TABLES)
                finally:
                    new.close()
        examined(path)
        refuse_public(path)
        with _opened(Database.of_file(path, "rw"), path) as found:
            yield found

    def _path(self, drill_id: str) -> Path:
        return self._folder / f"{drill_id}{SUFFIX}"


class DatabaseReviews:
    """Tables beside those of the drills."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextlib.contextmanager
    def reading(self, _drill_id: str) -> Iterator[Database | None]:
        """The database, where it has the tables already."""
        yield self._database if self._database.holds(REVIEW_TABLES) else None

    @contextlib.contextmanager
    def writing(self, _drill_id: str) -> Iterator[Database]:
        """The database."""
        yield self._database


class Reviews:
    """The reviews of an archive: read, written, verified, carried; errors are the archive's."""

    def __init__(self, shelf: ReviewShelf, index: Index) -> None:
        self._shelf = shelf
        self._index = index

    def read(self, about: DrillSummary) -> Review:
        """The drill's review, verified; JournalError naming the first act that is not sound."""
        with self._shelf.reading(about.drill_id) as database:
            if database is None:
                review = Review(now=finality((), ended=about.ended))
            else:
                with database.reading() as connection:
                    review = read_review(connection, about)
        if found := self._forgotten(about.drill_id, review):
            raise JournalError(f"the review of drill {about.drill_id}: {found}")
        return review

    def say(
        self, about: DrillSummary, what: What, *, by: str, words: str, at: int,
        opening: ReviewOpened,
    ) -> Said:  # fmt: skip
        """Record one act of a drill that is over, or say why it may not follow."""
        review = self.read(about)
        if about.state != "sealed":
            return Said(
                review=review,
                refused=f"drill {about.drill_id} has not ended; it is reviewed when it is over",
            )
        with self._shelf.writing(about.drill_id) as database:
            said = say(database, about, what, by=by, words=words, at=at, opening=opening)
        if not said.refused:
            self._index.note_review(about.drill_id, len(said.review.lines), said.review.head)
        return said

    def verify(self, about: DrillSummary) -> Verdict:
        """The verdict on the review's chain alone; damage is told, never raised."""
        try:
            with self._shelf.reading(about.drill_id) as database:
                review, verdict = Review(), Verdict(
                    drill_id=about.drill_id, intact=True, lines=0, head=""
                )  # fmt: skip
                if database is not None:
                    with database.reading() as connection:
                        lines, words = told_review(connection, about.drill_id)
                        count, head = recorded(connection, about.drill_id)
                    verdict, _ = review_verdict(about, lines, words, count=count, head=head)
                    review = Review(lines=lines)
            if verdict.intact and (found := self._forgotten(about.drill_id, review)):
                seq = verdict.lines
                return replace(verdict, intact=False, head="", seq=seq, found=found)
        except (HostError, JournalError) as error:
            return Verdict(
                drill_id=about.drill_id, intact=False, lines=0, head="", found=str(error)
            )
        return verdict

    def take(self, about: DrillSummary, arrived: Review) -> int:
        """Take in a review that came with its drill, verified; how many of its acts are new here.

        Raises JournalError where another review of this drill is here already.
        """
        here = self.read(about)
        common = min(len(here.lines), len(arrived.lines))
        if here.lines[:common] != arrived.lines[:common]:
            raise JournalError(
                f"another review of {about.drill_id} is here already (head {here.head[:12]}, not"
                f" {arrived.head[:12]}); the drill itself is the same, and nothing was added"
            )
        new = arrived.lines[common:]
        if new:
            with self._shelf.writing(about.drill_id) as database, database.writing() as connection:
                if recorded(connection, about.drill_id) != (len(here.lines), here.head):
                    raise JournalError(f"the review of {about.drill_id} went on meanwhile; again")
                words = {seq: one for seq, one in arrived.words.items() if seq >= common}
                add(connection, about, new[-1], new, words)
            self._index.note_review(about.drill_id, len(arrived.lines), arrived.head)
        return len(new)

    def erase(self, about: DrillSummary, by: str) -> int:
        """Take away what a person said in their own words; how many acts lost theirs."""
        with self._shelf.reading(about.drill_id) as database:
            if database is None:
                return 0
        with self._shelf.writing(about.drill_id) as database, database.writing() as connection:
            return erase_words(connection, about.drill_id, by)

    def _forgotten(self, drill_id: str, review: Review) -> str:
        """What the index remembers of a review and the review no longer says."""
        count, head = self._index.reviewed(drill_id)
        if count > len(review.lines):
            cut = f"act {len(review.lines)} and what followed were cut off"
            return f"{cut}; {count} were recorded"
        if count and review.lines[count - 1].hash != head:
            return f"act {count - 1} is not the one that was recorded"
        return ""


@contextlib.contextmanager
def _opened(database: Database, path: Path) -> Iterator[Database]:
    try:
        with database.reading() as connection:
            ours(connection, path, REVIEW_TABLES)
        yield database
    finally:
        database.close()


def _undone(path: Path) -> None:
    """Let SQLite undo what a kill interrupted, which who only reads may not."""
    database = Database.of_file(path, "rw")
    try:
        with database.reading() as connection:
            objects(connection)
    finally:
        database.close()
