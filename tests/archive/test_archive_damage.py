"""What comes of a record that was damaged, doubled or is in somebody else's hands."""

import sqlite3
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from drills_to_keep import about, chain
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from simulator.archive.archive import Archive
from simulator.archive.database import Database
from simulator.archive.drill_file import DrillFile, found_drill
from simulator.archive.drill_reader import DrillReader
from simulator.archive.drill_record import DrillRecord
from simulator.archive.drill_writer import DrillWriter
from simulator.archive.faults import LARGEST_FILE, fault
from simulator.archive.lock import HostLock, holder
from simulator.archive.places import of_server
from simulator.archive.private import named_when_whole
from simulator.archive.schema import ALL_TABLES
from simulator.archive.verdict import line_of
from simulator.errors import EngineError, HostError, JournalError, UnknownNameError
from simulator.journal.record import LARGEST_INT

DRILL = "fraiseql-database-7"
STRANGERS = """INSERT INTO lines SELECT 'other', seq, at, by, cause, kind, body, prev, hash, op_id,
wall_ms FROM lines WHERE seq < 3"""
TWIN = """INSERT INTO drills SELECT 'another', scenario, plan, mode, seed, began, engine, parent,
ended, state, lines, head FROM drills"""


@pytest.fixture
def file(archive, sealed, folder) -> Path:
    """A sealed drill's file in an archive, writable so that a test may spoil it."""
    assert archive.read(DRILL) == tuple(sealed)
    path = folder / "drills" / f"{DRILL}.db"
    path.chmod(0o600)
    return path


def spoilt(path: Path, *statements: str) -> None:
    """Change a file with SQL, as another program would."""
    raw = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE drills SET began = 'never'", "its file was changed after it was sealed"),
        ("UPDATE drills SET ended = 'won'", "its row was changed: it says ended 'won'; line 39"),
        ("UPDATE drills SET plan = 'code'", "it says plan 'code'; line 1 (briefed) says 'fraise"),
        ("UPDATE drills SET mode = 'assessed'", "it says mode 'assessed'; line 0 (drill_opened)"),
        ("UPDATE drills SET seed = '-1'", "the row of drill 'fraiseql-database-7' is damaged"),
        ("UPDATE drills SET state = 'lost'", "is in no known state: 'lost'"),
        ("UPDATE drills SET head = prev FROM lines WHERE seq = 9", "line 39 is not the last one"),
        ("UPDATE lines SET body = CAST(x'ff' AS TEXT) WHERE seq = 12", "line 12 cannot be read"),
        (STRANGERS, "the file holds 3 lines of another drill"),
    ],
)
def test_damage_is_told_for_what_it_is(archive, file, statement, found):
    """A row, a head, a line, a stranger: each has its sentence, and no verdict is sound."""
    spoilt(file, "PRAGMA foreign_keys = 0", statement)
    (verdict,) = archive.verify(DRILL)

    assert (verdict.intact, verdict.is_checked) == (False, True)
    assert found in verdict.found


@pytest.mark.parametrize(
    ("statement", "count"),
    [("DELETE FROM drills", 0), (TWIN, 2)],
)
def test_a_drills_file_holds_one_drill(file, statement, count):
    """None or two is damage, and whoever opens it gives the lock back."""
    file.with_suffix(".lock").touch()
    spoilt(file, "PRAGMA foreign_keys = 0", statement)

    with pytest.raises(JournalError, match=f"holds {count} drills; a drill's file holds one"):
        DrillReader.of(file)
    assert holder(file) == ""


def test_a_row_that_is_gone_while_the_file_is_open_is_damage(file):
    """It was there when the file was opened."""
    with DrillReader.of(file) as drill:
        spoilt(file, "PRAGMA foreign_keys = 0", "DELETE FROM drills")

        with pytest.raises(JournalError, match="is damaged: its drill cannot be found"):
            drill.summary()


def test_a_line_of_other_types_is_no_line():
    """What a damaged page, or a server with looser tables, might hand out."""
    (line,) = chain(1)

    assert line_of(asdict(line)) == line
    with pytest.raises(JournalError, match="values of another type"):
        line_of(asdict(line) | {"body": b"{}"})
    with pytest.raises(JournalError, match="values of another type"):
        line_of(asdict(line) | {"at": None})


def test_a_page_of_rubbish_is_told_by_the_line_it_holds(archive, file):
    """Bytes in the middle of the lines: damage, never a crash."""
    content = bytearray(file.read_bytes())
    middle = content.index(b"checked the pool 20") // 4096 * 4096
    content[middle : middle + 200] = b"\xa5" * 200
    file.write_bytes(bytes(content))
    (verdict,) = archive.verify(DRILL)

    assert not verdict.intact
    assert verdict.found


def test_a_file_under_another_name_is_not_that_drill(archive, file):
    """It is not listed by its new name, and cannot be taken up by it."""
    file.with_suffix(".lock").touch()
    with archive.new_drill(about("fraiseql-cache-8")) as other:
        other.append(chain(2))
    drills = file.parent
    (drills / "fraiseql-cache-8.db").rename(drills / "renamed-drill.db")
    told = archive.reindex()

    assert told == ("the file of renamed-drill holds drill fraiseql-cache-8",)
    with pytest.raises(JournalError, match="does not hold drill renamed-drill"):
        DrillFile.resume(drills / "renamed-drill.db")


def test_no_drill_is_larger_than_any_drill(tmp_path):
    """A file of four gigabytes is refused by its size, unread."""
    path = tmp_path / "huge.db"
    path.touch()
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)

    with pytest.raises(HostError, match="no drill is larger"):
        DrillReader.of(path)


def test_a_file_is_made_once(folder):
    """The second is refused, gives the lock back, and what a kill left half made is taken away."""
    drill = folder / "drills" / f"{DRILL}.db"
    DrillFile.create(drill, about()).close()
    stump = drill.with_suffix(".4711.new")
    stump.touch()

    with pytest.raises(JournalError, match="exists already; nothing is overwritten"):
        DrillFile.create(drill, about())
    assert holder(drill) == ""
    DrillFile.resume(drill).close()
    assert not stump.exists()


def test_a_drill_that_was_changed_is_not_sealed(folder, tmp_path):
    """In a file of its own or in one database: the first wrong line is told, the drill stays."""
    drill = folder / "drills" / f"{DRILL}.db"
    broke = "UPDATE lines SET body = '{}' WHERE seq = 1"
    with DrillFile.create(drill, about()) as writer:
        writer.append(chain(3))
        spoilt(drill, broke)
        with pytest.raises(JournalError, match="is not sealed: line 1"):
            writer.seal("resolved")
    with pytest.raises(JournalError, match="cannot go on: line 1"):
        DrillFile.resume(drill)

    with Archive.at(f"sqlite:///{tmp_path}/all.db", {}) as archive:
        other = archive.new_drill(about())
        other.append(chain(3))
        spoilt(tmp_path / "all.db", broke)
        with pytest.raises(JournalError, match="is not sealed: line 1"):
            other.seal("resolved")
        other.close()


def test_a_sealed_drill_of_a_database_is_closed_without_a_word(tmp_path):
    """It is over; closing puts nothing down."""
    with Archive.at(f"sqlite:///{tmp_path}/all.db", {}) as archive:
        with archive.new_drill(about()) as writer:
            writer.seal("resolved")

        assert archive.find(DRILL).state == "sealed"


@pytest.mark.parametrize(
    ("changes", "terms", "sentence"),
    [
        ({"hash": "0" * 64}, {}, "does not continue the chain"),
        ({"cause": 1 << 64}, {}, "the cause of line 0 does not fit 64 bits"),
        ({}, {"op_ids": {0: ""}}, "an order id is a text of 1 to 64 letters"),
        ({}, {"wall_ms": LARGEST_INT + 1}, "the wall clock's label does not fit 64 bits"),
    ],
)
def test_a_line_or_label_that_cannot_stand_is_not_recorded(folder, changes, terms, sentence):
    """Forged, too large or nameless."""
    (line,) = chain(1)
    with DrillFile.create(folder / "drills" / f"{DRILL}.db", about()) as writer:
        with pytest.raises(JournalError, match=f"NOT recorded: .*{sentence}"):
            writer.append([replace(line, **changes)], **terms)

        assert writer.lines() == ()


def test_a_drill_is_enrolled_once_in_a_database(tmp_path):
    """Of two programs that give the same name the second is refused."""
    Archive.at(f"sqlite:///{tmp_path}/all.db", {}).close()
    database = Database.of_file(tmp_path / "all.db", "rw")
    DrillWriter.enrolled(database, about())

    with pytest.raises(JournalError, match="is already in the archive"):
        DrillWriter.enrolled(database, about())
    database.close()


def test_a_drill_the_index_cannot_take_is_listed_later(archive, folder):
    """Another program holds the index for more than five seconds: told, and nothing is lost."""
    other = sqlite3.connect(folder / "index.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HostError, match="locked by another program"):
        archive.new_drill(about())
    other.execute("ROLLBACK")
    other.close()

    assert [(each.drill_id, each.state) for each in archive.list()] == [(DRILL, "rested")]


def test_a_reader_of_another_program_keeps_the_lines_from_one_file(folder):
    """The drill stays written ahead until that program lets go."""
    drill = folder / "drills" / f"{DRILL}.db"
    writer = DrillFile.create(drill, about())
    writer.append(chain(1))
    other = sqlite3.connect(drill, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM lines").fetchone()
    writer.append(chain(2)[1:])
    with pytest.raises(HostError, match="is being read by another program; close it"):
        writer.seal("resolved")
    other.close()

    writer.seal("resolved")
    with DrillReader.of(drill) as reader:
        assert reader.lines() == tuple(chain(2))


def test_a_file_without_its_newest_lines_is_told_from_one_put_down(folder):
    """Both say `written ahead` and have lost their `-wal`; only the row tells them apart."""
    drill = folder / "drills" / f"{DRILL}.db"
    with DrillFile.create(drill, about()) as writer:
        writer.append(chain(4))
    spoilt(drill, "PRAGMA journal_mode = WAL")
    with DrillReader.of(drill) as reader:
        assert reader.lines() == tuple(chain(4))

    spoilt(drill, "DROP TABLE lines", "DROP TABLE drills")
    with pytest.raises(HostError, match="is an incomplete copy"):
        DrillReader.of(drill)


def test_a_database_that_cannot_be_written_ahead_is_refused(tmp_path):
    """Whoever may only read it cannot promise anything."""
    path = tmp_path / f"{DRILL}.db"
    found_drill(path, about())
    database = Database.of_file(path, "ro")

    with pytest.raises(HostError):
        database.write_ahead()
    database.close()


def test_a_server_keeps_the_same_tables(tmp_path):
    """One pooled connection, whatever the server is; an address it cannot take is refused."""
    place = of_server(make_url(f"sqlite:///{tmp_path}/server.db"), only_reading=False)
    archive = Archive(place.where, place.shelf, place.index, place.reviews)
    with archive, archive.new_drill(about()) as writer:
        writer.append(chain(3))

        assert archive.read(DRILL) == tuple(chain(3))
    with pytest.raises(HostError, match="is not an address that 'sqlite' takes"):
        Database.of_server(make_url("sqlite://"))


class RefusedError(Exception):
    """What a server's driver raises."""


def of_sqlite(name: str, kind: type[sqlite3.Error] = sqlite3.OperationalError, says: str = "x"):
    """SQLite's own error as Core reports it."""
    error = kind(says)
    error.sqlite_errorname = name
    return DBAPIError(None, None, error)


@pytest.mark.parametrize(
    ("error", "kind", "sentence"),
    [
        (of_sqlite("SQLITE_IOERR_WRITE"), HostError, "the disk failed (SQLITE_IOERR_WRITE)"),
        (of_sqlite("SQLITE_READONLY"), HostError, "it may only be read; check its permissions"),
        (of_sqlite("SQLITE_CANTOPEN"), HostError, "check that its folder may be written"),
        (of_sqlite("SQLITE_CORRUPT"), JournalError, "is damaged (not a sound SQLite file)"),
        (of_sqlite("SQLITE_NOTADB"), HostError, "is not a drill: not a SQLite file"),
        (of_sqlite("SQLITE_TOOBIG"), JournalError, "holds a text larger than any line"),
        (of_sqlite("", says="Could not decode to UTF-8 column 'body'"), JournalError, "not UTF-8"),
        (of_sqlite("", sqlite3.ProgrammingError, "closed"), EngineError, "place: closed"),
        (of_sqlite("SQLITE_ERROR", says="no such table"), JournalError, "cannot be read: no such"),
        (
            DBAPIError(None, None, RefusedError("no room")),
            HostError,
            "NOT recorded: RefusedError",
        ),
        (InvalidRequestError("a slip"), EngineError, "InvalidRequestError: a slip"),
    ],
)
def test_a_databases_error_says_whose_fault_it_is(error, kind, sentence):
    """The disk's, the file's, a server's or ours: one sentence with the place."""
    told = fault(error, "place")

    assert type(told) is kind
    assert str(told).startswith("place")
    assert sentence in str(told)


def test_a_lock_is_given_back_once_and_a_killed_hosts_counts_for_nothing(tmp_path):
    """Releasing twice does nothing; a folder that is not there is named."""
    drill = tmp_path / f"{DRILL}.db"
    drill.with_suffix(".lock").write_text("process 4711 on nowhere")
    lock = HostLock.beside(drill)
    mine = holder(drill)
    lock.release()
    lock.release()
    drill.with_suffix(".lock").write_text("process 4711 on nowhere")

    assert mine.startswith("process ")
    assert holder(drill) == ""
    with pytest.raises(HostError, match="No such file or directory; choose a folder"):
        HostLock.beside(tmp_path / "none" / "x.db")
    with pytest.raises(HostError, match="No such file or directory; choose a folder"):
        found_drill(tmp_path / "none" / "x.db", about())


def test_a_name_that_is_taken_meanwhile_stays_taken(tmp_path):
    """Whoever was quicker keeps it, byte for byte."""
    path = tmp_path / "taken.db"
    with pytest.raises(JournalError, match="exists already"), named_when_whole(path):
        path.write_text("mine")

    assert path.read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["taken.db"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seed": -1}, "is not between 0 and 2"),
        ({"seed": 1 << 64}, "is not between 0 and 2"),
        ({"scenario": "x" * 201}, "the scenario of drill"),
        ({"plan": "a\nb"}, "the plan of drill"),
    ],
)
def test_a_drill_no_listing_could_show_is_refused(changes, sentence):
    """A seed of 64 bits, and short plain texts."""
    with pytest.raises(HostError, match=sentence):
        about(**changes)


@pytest.mark.usefixtures("sealed")
def test_scores_and_names_are_plain(archive):
    """No made-up status, no name with a line break, nobody forgotten who was never known."""
    given = {"rubric": "r", "total_milli": 1, "card": "{}"}

    with pytest.raises(JournalError, match="no score is 'splendid'"):
        archive.store_score(DRILL, status="splendid", **given)
    with pytest.raises(HostError, match="short, plain texts"):
        archive.name_person("p-1", "Ann\nBob")
    with pytest.raises(UnknownNameError, match="nobody goes by 'p-2'"):
        archive.forget_person("p-2")


def test_a_sealed_drill_keeps_the_digest_it_was_sealed_with(archive, file):
    """Making the index again does not whitewash a file that was changed since."""
    spoilt(file, "UPDATE drills SET began = 'never'")
    told = archive.reindex()
    (verdict,) = archive.verify()

    assert told == ()
    assert "changed after it was sealed" in verdict.found


def test_tables_of_a_database_are_only_looked_at_through_it(tmp_path):
    """A record of a drill that is not there says so."""
    Archive.at(f"sqlite:///{tmp_path}/all.db", {}).close()
    database = Database.of_file(tmp_path / "all.db", "rw")
    database.found(ALL_TABLES)

    with DrillRecord(database, "nobody-here") as record, pytest.raises(UnknownNameError):
        record.summary()
