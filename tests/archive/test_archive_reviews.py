"""What is said of a drill after it: a second chain beside the first, which nobody rewrites."""

import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from drills_to_keep import WALL_MS, about, chain
from reviews_to_keep import DAY, MONDAY, NAME, say

from simulator.archive import review_record as record
from simulator.archive.archive import Archive
from simulator.archive.database import Database
from simulator.archive.schema import ADDED_TABLES, REVIEW_TABLES
from simulator.errors import HostError, JournalError
from simulator.journal.review.acts import (
    Annotated,
    Answered,
    Contested,
    DepartureAccepted,
    MarkAmended,
    Rescored,
    ReviewOpened,
    Sealed,
    Signed,
    TimelineAmended,
    Voided,
)
from simulator.journal.review.finality import finality

SIGNED = Signed(assessed_alone=False)


@pytest.fixture
def reviewed(archive, sealed):
    """A drill that erin signed, alice objected to, and erin answered."""
    assert sealed
    say(archive, SIGNED, words="")
    say(archive, Contested(mark="acknowledge"), by="alice", words="I rang at 14:02", days=1)
    say(archive, Answered(to=2, accepted=True), words="the phone's log says so too", days=2)
    return archive


def test_the_first_act_names_the_sealed_head(reviewed, sealed):
    """The chain begins with the journal it is about, and each act stays."""
    review = reviewed.review(NAME)

    assert review.now.acts[0].what.head == sealed[-1].hash
    assert [line.kind for line in review.lines] == [
        "review_opened",
        "review_signed",
        "mark_contested",
        "contest_answered",
    ]
    assert review.now.acts[2].words == "I rang at 14:02"
    assert (review.now.state, review.now.unanswered) == ("reviewed", ())


def test_the_drills_own_file_is_not_touched(archive, sealed, folder):
    """A review stands beside the sealed file, which stays as it was, byte for byte."""
    assert sealed
    file = folder / "drills" / f"{NAME}.db"
    before = file.read_bytes()
    say(archive, SIGNED)
    beside = folder / "drills" / f"{NAME}.review"

    assert file.read_bytes() == before
    assert archive.verify(NAME)[0].intact
    assert oct(beside.stat().st_mode & 0o777) == "0o600"
    assert archive.damaged() == {}


def test_what_the_rules_refuse_is_not_recorded(reviewed):
    """The sentence comes back and the chain is as long as before."""
    said = say(reviewed, Answered(to=2, accepted=False), days=3)

    assert "has its answer" in said.refused
    assert len(reviewed.review(NAME).lines) == 4


def test_a_drill_that_has_not_ended_is_not_reviewed(archive, folder):
    """Nothing is written beside it either."""
    archive.new_drill(about("still-playing-1"), chain(5), wall_ms=WALL_MS).close()
    said = say(archive, SIGNED, drill="still-playing-1")

    assert "has not ended" in said.refused
    assert not (folder / "drills" / "still-playing-1.review").exists()


def test_who_only_reads_makes_no_review(archive, sealed, folder):
    """A drill nobody spoke of has a review of no acts, and no file."""
    assert sealed
    review = archive.review(NAME)

    assert (review.now.state, review.lines) == ("provisional", ())
    assert archive.verify_review(NAME).intact
    assert not (folder / "drills" / f"{NAME}.review").exists()


def test_two_machines_whose_clocks_differ_by_minutes_go_on(archive, sealed):
    """An act some minutes early stands at the moment of the last; one a day early is refused."""
    assert sealed
    say(archive, SIGNED, days=1)
    near = say(archive, Annotated(mark="cause"), days=1 - 0.005)
    far = say(archive, Annotated(mark="cause"), days=0)

    assert near.refused == ""
    assert near.review.lines[-1].at == near.review.lines[-2].at
    assert "clock" in far.refused


def changed(folder: Path, statement: str) -> None:
    """Somebody edits the review's file behind our back."""
    with sqlite3.connect(folder / "drills" / f"{NAME}.review") as raw:
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(
    ("statement", "seq", "found"),
    [
        ("UPDATE acts SET by = 'mallory' WHERE seq = 2", 2, "line 2 .mark_contested. was changed"),
        ("UPDATE acts SET at = at - 9000000 WHERE seq = 3", 3, "line 3 runs backwards"),
        ("DELETE FROM acts WHERE seq = 2", 2, "line 2 is missing"),
        ("DELETE FROM acts WHERE seq = 3", 3, "line 3 and what followed were cut off"),
        ("UPDATE reviews SET head = 'x'", 3, "line 3 is not the last one"),
        ("UPDATE words SET text = 'never' WHERE seq = 2", 2, "the words of act 2"),
        ("INSERT INTO words VALUES ('fraiseql-database-7', 9, 's', 't')", 4, "words of act 9"),
    ],
)
def test_a_changed_review_is_named_and_the_journal_stands(reviewed, folder, statement, seq, found):
    """The first wrong act is told; the verdict on the first chain is what it was."""
    changed(folder, statement)
    verdict = reviewed.verify_review(NAME)

    assert (verdict.intact, verdict.seq) == (False, seq)
    assert re.search(found, verdict.found)
    assert reviewed.verify(NAME)[0].intact
    with pytest.raises(JournalError, match="the review of drill"):
        reviewed.review(NAME)
    with pytest.raises(JournalError, match="the review of drill"):
        say(reviewed, Sealed(total_milli=1), days=3)


def test_a_tail_that_was_cut_with_its_count_is_found_by_the_index(reviewed, folder):
    """An older copy of the file verifies by itself; the index remembers how far it had come."""
    older = folder / "older"
    shutil.copy(folder / "drills" / f"{NAME}.review", older)
    say(reviewed, Sealed(total_milli=81_000), days=3)
    shutil.copy(older, folder / "drills" / f"{NAME}.review")
    verdict = reviewed.verify_review(NAME)

    assert (verdict.intact, verdict.found) == (
        False,
        "act 4 and what followed were cut off; 5 were recorded",
    )


def test_a_review_that_is_gone_is_told(reviewed, folder):
    """Its file taken away, the drill is not provisional again."""
    (folder / "drills" / f"{NAME}.review").unlink()

    assert "act 0 and what followed were cut off" in reviewed.verify_review(NAME).found


def test_a_review_of_another_drill_proves_nothing(reviewed, folder):
    """Put beside a drill it does not name, it is found by the head."""
    other = about("another-drill-1")
    with reviewed.new_drill(other, wall_ms=WALL_MS) as writer:
        writer.append(chain(9, text="another", ended="closed"))
        writer.seal("closed")
    target = folder / "drills" / "another-drill-1.review"
    shutil.copy(folder / "drills" / f"{NAME}.review", target)
    with sqlite3.connect(target) as raw:
        for table in ("acts", "words", "reviews"):
            raw.execute(f"UPDATE {table} SET drill_id = 'another-drill-1'")
    raw.close()

    assert "act 0 is about another journal" in reviewed.verify_review("another-drill-1").found


def test_a_file_that_is_no_review_is_refused_by_name(archive, sealed, folder):
    """A foreign file is not believed, and does not spoil the drill's own verdict."""
    assert sealed
    (folder / "drills" / f"{NAME}.review").write_text("hello")
    (folder / "drills" / f"{NAME}.review").chmod(0o600)

    assert "is not a drill" in archive.verify_review(NAME).found
    assert archive.verify(NAME)[0].intact
    with pytest.raises(HostError):
        say(archive, SIGNED)


def parcel(archive: Archive) -> bytes:
    """The drill as it is sent."""
    stream = io.BytesIO()
    archive.export(NAME, stream)
    return stream.getvalue()


@pytest.fixture
def elsewhere(tmp_path):
    """Another archive."""
    with Archive.at(str(tmp_path / "elsewhere"), {}) as opened:
        yield opened


def test_a_review_travels_with_its_drill(reviewed, elsewhere):
    """Acts, words and state arrive; sent on, it is the same to the byte."""
    sent = parcel(reviewed)
    came = elsewhere.import_(io.BytesIO(sent))

    assert (came.is_new, came.acts_added) == (True, 4)
    assert elsewhere.review(NAME).now == reviewed.review(NAME).now
    assert elsewhere.verify_review(NAME).intact
    assert parcel(elsewhere) == sent


def test_a_drill_without_a_review_travels_as_it_always_did(archive, sealed, elsewhere):
    """Its heading says version 1, which every gameday reads, and it arrives unreviewed."""
    assert sealed
    sent = parcel(archive)
    elsewhere.import_(io.BytesIO(sent))

    assert json.loads(sent.splitlines()[0])["version"] == 1
    assert elsewhere.review(NAME).now.state == "provisional"


def test_a_review_that_went_on_elsewhere_comes_home(reviewed, elsewhere):
    """The acts that are new are added behind those that are here, once."""
    elsewhere.import_(io.BytesIO(parcel(reviewed)))
    say(elsewhere, Sealed(total_milli=81_000), by="olga", days=3)
    home = parcel(elsewhere)
    first, second = (reviewed.import_(io.BytesIO(home)) for _ in range(2))

    assert (first.is_new, first.acts_added, second.acts_added) == (False, 1, 0)
    assert reviewed.review(NAME).now.state == "sealed"
    assert reviewed.import_(io.BytesIO(parcel(reviewed))).acts_added == 0


def test_two_reviews_that_part_are_not_mixed(reviewed, elsewhere):
    """Each machine went on by itself: the second is told and not added."""
    elsewhere.import_(io.BytesIO(parcel(reviewed)))
    say(elsewhere, Sealed(total_milli=81_000), by="olga", days=3)
    say(reviewed, Voided(ground="crash"), days=3)

    with pytest.raises(JournalError, match="another review of fraiseql-database-7 is here"):
        reviewed.import_(io.BytesIO(parcel(elsewhere)))
    assert reviewed.review(NAME).now.state == "void"


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        (b'"acts":4', b'"acts":5', "line 4 and what followed were cut off"),
        (b'"acts":4', b'"acts":true', "counts its acts as True"),
        (b'"acts":4', b'"acts":99999', "counts its acts as 99999"),
        (b"I rang at 14:02", b"I rang at 14:01", "the words of act 2"),
        (b'"by":"alice","cause":1,', b'"by":"bob","cause":1,', "line 2 .mark_contested. was"),
        (b'"said":{"salt":', b'"said":{"pepper":', "not a text with its salt"),
        (b'"said":{', b'"more":{},"said":{', "not the fields of a journal line"),
    ],
)
def test_a_review_that_was_changed_on_its_way_is_refused(reviewed, elsewhere, found, put, sentence):
    """The whole parcel is refused: a drill does not arrive with half of what was said of it."""
    sent = parcel(reviewed)
    assert found in sent
    with pytest.raises(JournalError, match=sentence):
        elsewhere.import_(io.BytesIO(put.join(sent.rsplit(found, 1))))

    assert elsewhere.list() == ()


def test_an_archive_of_the_first_days_takes_reviews(archive, sealed, folder):
    """An index without their tables gets them when it is opened, and loses nothing."""
    assert sealed
    archive.store_score(NAME, rubric="b" * 64, status="provisional", total_milli=1, card="{}")
    archive.close()
    with sqlite3.connect(folder / "index.db") as raw:
        raw.execute("DROP TABLE reviews")
    raw.close()

    with Archive.at(str(folder), {}) as opened:
        assert say(opened, SIGNED).refused == ""
        assert len(opened.scores(NAME)) == 1
        assert opened.verify_review(NAME).intact


def test_one_database_keeps_reviews_too(tmp_path, sealed, archive):
    """In a database for all, made before there were reviews, they stand beside the drills."""
    assert sealed
    url = f"sqlite:///{tmp_path}/all.db"
    with Archive.at(url, {}) as other:
        other.import_(io.BytesIO(parcel(archive)))
    with sqlite3.connect(tmp_path / "all.db") as raw:
        for table in ADDED_TABLES:
            raw.execute(f"DROP TABLE {table.name}")
    raw.close()

    with Archive.at(url, {}) as other:
        say(other, SIGNED)
        say(other, Annotated(mark="cause"), by="alice")
        assert other.review(NAME).now.state == "reviewed"
        assert other.verify_review(NAME).intact
        assert other.verify(NAME)[0].intact


def test_a_persons_words_are_erased_and_the_chain_still_verifies(reviewed, folder):
    """No byte of them is left in the file; that they said something, and when, is."""
    erased = reviewed.erase_words("alice")
    review = reviewed.review(NAME)

    assert erased == 1
    assert reviewed.verify_review(NAME).intact
    assert review.now.acts[2].words is None
    assert review.now.acts[3].words == "the phone's log says so too"
    assert b"I rang" not in (folder / "drills" / f"{NAME}.review").read_bytes()
    assert reviewed.erase_words("alice") == 0


def some_act(luck: random.Random, now):
    """Any act at all, sensible or not; amendments name what is, mostly."""
    mark = luck.choice(["acknowledge", "cause", "report"])
    was = now.amended.get(mark, 500) if luck.random() < 0.8 else 1
    total = luck.choice([None, luck.randrange(100_001)])
    return luck.choice(
        [
            SIGNED,
            Annotated(mark=mark),
            Contested(mark=mark),
            Answered(to=luck.randrange(8), accepted=luck.random() < 0.5),
            DepartureAccepted(duty=luck.choice(["page", "notice"]), total_milli=total),
            MarkAmended(mark=mark, was=was, now=luck.choice([None, 0, 900]), total_milli=total),
            TimelineAmended(entry=3, was_s=now.moved.get(3, 1), now_s=luck.randrange(5)),
            Rescored(rubric=luck.choice("cde") * 64, total_milli=total),
            *([Sealed(total_milli=total)] if luck.random() < 0.3 else []),
            *([Voided(ground="crash")] if luck.random() < 0.1 else []),
        ]
    )


def test_no_sequence_of_acts_breaks_a_chain_or_loses_a_total():
    """Two hundred random reviews: each verifies, and every total there ever was is still there."""
    about_it = about(state="sealed", ended="closed", lines=40, head="a" * 64)
    opening = ReviewOpened(head="a" * 64, lines=40, ended="closed", rubric="b" * 64, total_milli=9)
    for seed in range(200):
        luck, database = random.Random(seed), Database.in_memory()
        database.found(REVIEW_TABLES)
        totals, recorded, now = (), 0, finality(())
        for _ in range(luck.randrange(2, 20)):
            what = SIGNED if not now.acts and luck.random() < 0.7 else some_act(luck, now)
            at = MONDAY + luck.choice([0, 0, 1, 8]) * DAY
            by = luck.choice(["alice", "bob", "erin"])
            said = record.say(
                database, about_it, what, by=by, words="so it was", at=at, opening=opening
            )
            now = said.review.now

            assert now.totals[: len(totals)] == totals
            assert len(said.review.lines) >= recorded
            totals, recorded = now.totals, len(said.review.lines)
        with database.reading() as connection:
            review = record.read_review(connection, about_it)
        database.close()

        assert (len(review.lines), review.now) == (recorded, now), seed


SPEAKER = """
import itertools, sys
sys.path[:0] = sys.argv[2:]
from reviews_to_keep import say
from simulator.archive.archive import Archive
from simulator.journal.review.acts import Annotated, Signed

with Archive.at(sys.argv[1], {}) as archive:
    say(archive, Signed(assessed_alone=False))
    for number in itertools.count():
        say(archive, Annotated(mark="cause"), words=f"note {number}")
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [0, 3, 11])
def test_a_process_killed_between_acts_leaves_a_chain_that_verifies(archive, sealed, folder, after):
    """Every act that was acknowledged is there, and the review goes on."""
    assert sealed
    root, here = Path(__file__).parents[2], Path(__file__).parent
    speaker = subprocess.Popen(
        [sys.executable, "-c", SPEAKER, str(folder), str(here), str(root)],
        stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ,
    )  # fmt: skip
    assert speaker.stdout is not None
    heard = [int(speaker.stdout.readline()) for _ in range(after + 1)]
    speaker.kill()
    speaker.wait()
    verdict = archive.verify_review(NAME)
    notes = [act.words for act in archive.review(NAME).now.notes]

    assert verdict.intact, verdict.found
    assert notes[: after + 1] == [f"note {number}" for number in heard]
    assert say(archive, Annotated(mark="cause"), words="and on").refused == ""


def test_the_moment_of_an_act_is_real_time(reviewed):
    """Seconds since 1970, as the front door passed them in."""
    assert reviewed.review(NAME).lines[0].at == MONDAY
