"""The archive: every drill that was played, found by name, read, scored, carried and verified.

Rule 1: a folder by default: `drills/<id>.db`, one file a drill, and `index.db` over them; by URL
the same tables in one database.
Rule 2: the record is the drill's; the index repeats it and is made again from it (`reindex`).
Rule 3: one archive belongs to one thread; close it, or use it in a `with`.
"""

import contextlib
import dataclasses
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import BinaryIO, Self

from simulator.archive.claims import same_past
from simulator.archive.drill_record import DrillRecord
from simulator.archive.drill_writer import DrillWriter
from simulator.archive.exchange import Arrival, Parcel, received, written
from simulator.archive.index import Index, ScoreStatus, StoredScore
from simulator.archive.places import place
from simulator.archive.review_record import Review, Said
from simulator.archive.reviews import Reviews
from simulator.archive.schema import DrillSummary
from simulator.archive.shelf import Shelf
from simulator.archive.verdict import Verdict
from simulator.errors import GamedayError, HostError, JournalError, UnknownNameError
from simulator.journal.record import Line
from simulator.journal.review.acts import ReviewOpened, What
from simulator.journal.review.finality import Finality
from simulator.text import did_you_mean


class Archive:
    """The drill history at one place. Make it with `at`."""

    def __init__(self, where: str, shelf: Shelf, index: Index, reviews: Reviews) -> None:
        self.where = where
        """The folder or the URL (without its password), for people."""
        self._shelf = shelf
        self._index = index
        self._reviews = reviews

    @classmethod
    def at(
        cls, location: str | None, environment: Mapping[str, str], *, only_reading: bool = False
    ) -> Self:
        """The archive at `--archive DIR|URL`, else `GAMEDAY_ARCHIVE`, else the platform's folder.

        `only_reading` makes nothing: a place that is not there is an empty archive. Raises
        HostError where the place cannot be used, naming what to do.
        """
        found = place(location, environment, only_reading=only_reading)
        return cls(found.where, found.shelf, found.index, found.reviews)

    def new_drill(
        self, about: DrillSummary, lines: Sequence[Line] = (), *, wall_ms: int = 0
    ) -> DrillWriter:
        """A new drill that holds its first lines from the moment it can be seen.

        Raises JournalError where its id is taken. Without lines it cannot be taken up once it is
        put down: a host that may be stopped gives those of the first second.
        """
        new = dataclasses.replace(about, state="live", lines=0, head="", ended="")
        if new.drill_id in self._shelf.ids():
            raise JournalError(f"a drill {new.drill_id} is already in the archive")
        writer = self._shelf.create(new, lines, wall_ms)
        try:
            self._index.enter(writer.about)
        except GamedayError:
            with contextlib.suppress(GamedayError):  # closing tells the index once more
                writer.close()  # its file stays, and the next listing takes it in
            raise
        return writer

    def resume(self, drill_id: str) -> DrillWriter:
        """A drill that was put down or killed, at its last recorded line.

        Raises UnknownNameError, JournalError (sealed or damaged), or HostError naming its host.
        """
        return self._shelf.resume(self.find(drill_id).drill_id)

    def host_of(self, drill_id: str) -> str:
        """Who is writing the drill (`process 4711 on laptop`), or nothing."""
        return self._shelf.holder(drill_id)

    def list(self) -> tuple[DrillSummary, ...]:
        """Every drill by id; files that came in by other ways are taken into the index first."""
        known = {about.drill_id: about for about in self._index.drills()}
        sealed = {drill_id for drill_id, about in known.items() if about.state == "sealed"}
        for drill_id in sorted(self._shelf.ids() - sealed):
            self._taken_in(drill_id, known.get(drill_id))
        return self._index.drills()

    def find(self, word: str) -> DrillSummary:
        """The drill of this id, or the only one whose id begins so; else UnknownNameError."""
        drills = {about.drill_id: about for about in self.list()}
        if word in drills:
            return drills[word]
        fitting = [drill_id for drill_id in drills if word and drill_id.startswith(word)]
        if len(fitting) == 1:
            return drills[fitting[0]]
        if fitting:
            some = ", ".join(fitting[:4]) + (" ..." if len(fitting) > 4 else "")
            raise UnknownNameError(f"{word!r} begins the ids of {len(fitting)} drills: {some}")
        raise UnknownNameError(f"no drill {word!r} in {self.where}; {did_you_mean(word, drills)}")

    def read(self, drill_id: str) -> tuple[Line, ...]:
        """Every line of the drill, verified; JournalError naming the first wrong one."""
        with self._record(drill_id) as record:
            return record.lines()

    def store_score(
        self, drill_id: str, *, rubric: str, status: ScoreStatus, total_milli: int, card: str
    ) -> StoredScore:
        """Keep a scorecard (canonical JSON) beside the earlier ones; the same one is kept once."""
        return self._index.store_score(
            drill_id, rubric=rubric, status=status, total_milli=total_milli, card=card
        )

    def scores(self, drill_id: str) -> tuple[StoredScore, ...]:
        """The drill's stored scores, oldest first."""
        return self._index.scores(drill_id)

    def review(self, drill_id: str) -> Review:
        """What was said of the drill after it, verified; JournalError naming the first wrong act.

        A drill nobody has said anything of has a review of no acts.
        """
        return self._reviews.read(self._summary(drill_id))

    def reviews(self) -> dict[str, Finality | None]:
        """How final each listed drill's score is; None where its review does not verify."""
        found: dict[str, Finality | None] = {}
        for about in self.list():
            try:
                found[about.drill_id] = self._reviews.read(about).now
            except GamedayError:
                found[about.drill_id] = None
        return found

    def say(
        self, drill_id: str, what: What, *, by: str, words: str, at: int, opening: ReviewOpened
    ) -> Said:
        """Record an act of review, committed and synced, or say why it may not follow.

        `at` is real time in seconds since 1970; `opening` begins the review where there is none.
        """
        about = self._summary(drill_id)
        return self._reviews.say(about, what, by=by, words=words, at=at, opening=opening)

    def verify_review(self, drill_id: str) -> Verdict:
        """The verdict on the drill's review, its acts as lines; the journal's own is `verify`."""
        try:
            return self._reviews.verify(self._summary(drill_id))
        except GamedayError as error:
            return Verdict(drill_id=drill_id, intact=False, lines=0, head="", found=str(error))

    def erase_words(self, person_id: str) -> int:
        """Take away what a person said in their own words in every review; how many acts."""
        return sum(self._reviews.erase(about, person_id) for about in self.list())

    def name_person(self, person_id: str, name: str) -> None:
        """Say what a person is called; journals hold seat ids only."""
        self._index.name_person(person_id, name)

    def people(self) -> dict[str, str]:
        """Every person's name by id."""
        return self._index.people()

    def forget_person(self, person_id: str) -> None:
        """Take a person's name out of the index's file for good."""
        self._index.forget_person(person_id)

    def export(self, drill_id: str, stream: BinaryIO) -> None:
        """Write the drill as JSON lines, verified; the first line is a heading with the head."""
        with self._record(drill_id) as record:
            lines, labels, about = record.lines(), record.labels(), record.summary()
        if about.state == "live":
            about = dataclasses.replace(about, state="rested")
        review = self._reviews.read(about)
        parcel = Parcel(about=about, lines=lines, labels=labels, review=review)
        written(parcel, stream)

    def import_(self, stream: BinaryIO) -> Arrival:
        """Take in an exported drill, whole or not at all; the same drill again changes nothing.

        Raises JournalError for a stream that is not a sound drill, or where another drill of
        this id with another head is here already.
        """
        parcel = received(stream)
        about = parcel.about
        here = {one.drill_id: one for one in self.list() if one.drill_id in self._shelf.ids()}
        if about.drill_id in self._shelf.ids():
            with self._shelf.record(about.drill_id) as record:
                here[about.drill_id] = record.summary()
        if twin := self._twin(about, here):
            added = self._reviews.take(twin, parcel.review)
            return Arrival(about=twin, is_new=False, acts_added=added)
        if about.drill_id in here:
            raise JournalError(
                f"another drill {about.drill_id} is here already (head"
                f" {here[about.drill_id].head[:12]}, not {about.head[:12]})"
            )
        self._refuse_other_past(parcel, here)
        digest = self._shelf.restore(parcel)
        self._index.enter(about, digest=digest)
        added = self._reviews.take(about, parcel.review)
        return Arrival(about=about, is_new=True, acts_added=added)

    def _twin(self, about: DrillSummary, here: Mapping[str, DrillSummary]) -> DrillSummary | None:
        """The sound drill here that ends in the same hash, one of the same name first.

        Raises JournalError where the one of the same name is it, but damaged.
        """
        same = [known for known in here.values() if known.head == about.head]
        for known in sorted(same, key=lambda one: one.drill_id != about.drill_id):
            verdict = self._verified(known.drill_id)
            if verdict.intact:
                return known
            if known.drill_id == about.drill_id:
                raise JournalError(
                    f"{about.drill_id} is here already, but damaged ({verdict.found}): take its"
                    " file away, then import it"
                )
        return None

    def _refuse_other_past(self, parcel: Parcel, here: Mapping[str, DrillSummary]) -> None:
        """Raise JournalError where the parent an import names is here and tells otherwise."""
        about = parcel.about
        if about.parent not in here:
            return
        if not same_past(parcel.lines, self.read(about.parent), parcel.switched):
            raise JournalError(
                f"the import of {about.drill_id} is refused: it says that it was forked from"
                f" {about.parent}, which is here and began otherwise"
            )

    def damaged(self) -> dict[str, str]:
        """What is wrong with each drill that does not verify, by id.

        A sealed file is held against the digest it was sealed with, which is quick; only where
        they differ, or there is none, every line is looked at.
        """
        found = {}
        for about in self.list():
            if self._is_as_sealed(about):
                continue
            verdict = self._verified(about.drill_id)
            if not verdict.intact:
                found[about.drill_id] = verdict.found
        return found

    def sound_part(self, drill_id: str) -> tuple[tuple[Line, ...], Verdict]:
        """The lines that verify, up to the first that does not, and the verdict on all of them.

        Raises HostError while another process writes the drill or where its file is gone,
        JournalError where nothing of it can be read.
        """
        verdict = self._verified(drill_id)
        with self._record(drill_id) as record:
            return record.sound_lines(verdict.lines), verdict

    def verify(self, drill_id: str | None = None) -> tuple[Verdict, ...]:
        """The verdict on one drill or on all: the first wrong line by its seq, or the file."""
        if drill_id is not None:
            return (self._verified(drill_id),)
        known = {about.drill_id for about in self._index.drills()}
        return tuple(self._verified(each) for each in sorted(known | self._shelf.ids()))

    def reindex(self) -> tuple[str, ...]:
        """Make the index's rows again from the drills; a sentence for each that cannot be read."""
        told = (self._taken_in(drill_id) for drill_id in sorted(self._shelf.ids()))
        return tuple(sentence for sentence in told if sentence)

    def close(self) -> None:
        """Close the index; writers are closed by who asked for them."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _summary(self, drill_id: str) -> DrillSummary:
        """The drill's own row; raises as `read` does, but for its lines."""
        with self._record(drill_id) as record:
            return record.summary()

    def _is_as_sealed(self, about: DrillSummary) -> bool:
        remembered = self._index.digest(about.drill_id) if about.state == "sealed" else ""
        try:
            return bool(remembered) and self._shelf.digest(about.drill_id) == remembered
        except OSError:
            return False

    def _record(self, drill_id: str) -> DrillRecord:
        """The drill opened for reading; HostError where it was here and its file is gone."""
        try:
            return self._shelf.record(drill_id)
        except UnknownNameError as error:
            if drill_id not in {known.drill_id for known in self._index.drills()}:
                raise
            raise HostError(f"{error}; put it back, or import the drill again") from error

    def _taken_in(self, drill_id: str, known: DrillSummary | None = None) -> str:
        """Renew the index's row from the drill's own where they differ; why not, or nothing."""
        try:
            with self._record(drill_id) as record:
                about = record.summary()
                if about.drill_id != drill_id:
                    return f"the file of {drill_id} holds drill {about.drill_id}"
                digest = self._seal_of(about, record)
            if about != known:
                self._index.enter(about, digest=digest)
        except GamedayError as error:
            return str(error)
        return ""

    def _renewed(self, about: DrillSummary) -> None:
        """Make the index's row of a verified drill again where it says otherwise (Rule 2)."""
        if about not in self._index.drills():
            self._index.enter(about)

    def _seal_of(self, about: DrillSummary, record: DrillRecord) -> str:
        """The digest to remember: one known already stays, whatever the file is now."""
        if about.state != "sealed":
            return ""
        if known := self._index.digest(about.drill_id):
            return known
        return self._shelf.finish_seal(about.drill_id) if record.verify().intact else ""

    def _verified(self, drill_id: str) -> Verdict:
        try:
            with self._record(drill_id) as record:
                verdict = record.verify()
                if verdict.intact and (about := record.summary()).state == "sealed":
                    self._renewed(about)
            remembered = self._index.digest(drill_id)
            if verdict.intact and remembered and self._shelf.digest(drill_id) != remembered:
                found = "its file was changed after it was sealed, though every line verifies"
                return dataclasses.replace(verdict, intact=False, head="", found=found)
        except (UnknownNameError, JournalError) as error:
            return Verdict(drill_id=drill_id, intact=False, lines=0, head="", found=str(error))
        except HostError as error:
            busy = bool(self._shelf.holder(drill_id))
            return Verdict(
                drill_id=drill_id,
                intact=busy,
                is_checked=not busy,
                lines=0,
                head="",
                found=str(error),
            )
        return verdict
