"""Damage that hides behind sound lines, and a machine that will not do what was asked of it."""

import os
import resource
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from drills_to_keep import about, chain

from simulator.archive.archive import Archive
from simulator.archive.database import Database
from simulator.archive.drill_reader import DrillReader
from simulator.archive.lock import HostLock, holder
from simulator.errors import HostError, JournalError
from simulator.journal.record import GENESIS, LARGEST_INT, chained

DRILL = "fraiseql-database-7"


@pytest.fixture
def file(sealed, folder) -> Path:
    """A sealed drill's file, writable so that a test may spoil it."""
    assert sealed
    path = folder / "drills" / f"{DRILL}.db"
    path.chmod(0o600)
    return path


def opening(at: int, body: str = "{}"):
    """The line that opens a drill, at this second and in these words."""
    return chained(seq=0, at=at, by="engine", cause=-1, kind="drill_opened", body=body,
                   prev=GENESIS)  # fmt: skip


@contextmanager
def no_handle_left():
    """A process that may open nothing more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_only_what_is_unsound_is_called_damaged(archive, file):
    """A drill put down in order is not; one whose sealed file is gone is, with the way back."""
    with archive.new_drill(about("fraiseql-cache-8")) as writer:
        writer.append(chain(3))
    before = archive.damaged()
    file.unlink()
    found = archive.damaged()

    assert before == {}
    assert list(found) == [DRILL]
    assert found[DRILL].endswith(f"{file}; put it back, or import the drill again")


def test_a_file_cut_short_is_told_by_its_drills_name(archive, file):
    """It cannot even be opened: no line is sound, and nothing is raised."""
    os.truncate(file, file.stat().st_size - 100)
    (verdict,) = archive.verify()

    assert (verdict.drill_id, verdict.intact, verdict.lines) == (DRILL, False, 0)
    assert verdict.found.startswith(f"{file} is cut short: ")


def test_a_sentence_of_sqlites_own_that_is_not_text_is_damage(file):
    """A table's definition with a stray byte in it, which SQLite quotes and Python cannot read."""
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE lines", b"CREATE \xffABLE lines"))

    with pytest.raises(JournalError, match=f"{file} is damaged"):
        DrillReader.of(file)


def test_an_opening_that_says_nothing_readable_speaks_for_no_row(archive):
    """Its hash is right and its words are not JSON: every line is sound, the drill is not."""
    with archive.new_drill(about()) as writer:
        writer.append([opening(0, "mode: standard")])
    (verdict,) = archive.verify(DRILL)

    assert (verdict.intact, verdict.lines, verdict.head) == (False, 1, "")
    assert verdict.found.startswith("a body that is not readable: ")


def test_a_drill_cannot_begin_after_the_last_second_there_is(archive, folder):
    """A second beyond 64 bits is refused with the drill, of which no file stays."""
    with pytest.raises(JournalError, match=f"NOT recorded: line 0 at second {LARGEST_INT + 1}"):
        archive.new_drill(about(), [opening(LARGEST_INT + 1)])

    assert list((folder / "drills").iterdir()) == []


def test_a_database_that_no_disk_holds_keeps_nothing_safely():
    """It stays in the journal mode it is in, which is said with the one that was asked for."""
    database = Database.in_memory()
    with pytest.raises(HostError) as told:
        database.write_ahead()
    database.close()

    assert str(told.value) == (
        "memory cannot be kept safely here (journal mode 'memory', not 'wal'): use a local disk"
    )


def test_a_file_that_cannot_be_opened_is_named(file):
    """It is there and has a size, but this process may not read it."""
    with no_handle_left(), pytest.raises(HostError) as told:
        DrillReader.of(file)

    assert str(told.value) == f"{file}: Too many open files; check who may read it"


def test_whoever_waits_for_a_lock_that_is_given_back_gets_one_of_its_own(tmp_path):
    """The file it waited at is taken away with the old lock; the new one can be seen by others."""
    drill = tmp_path / f"{DRILL}.db"
    lock = drill.with_suffix(".lock")
    first = HostLock.beside(drill)
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(HostLock.beside, drill)
        while _handles(lock) < 2:
            assert not second.done()
        first.release()
        taken = second.result()
    held = holder(drill)
    taken.release()

    assert held.startswith(f"process {os.getpid()} ")
    assert not lock.exists()


def _handles(path: Path) -> int:
    """How often this process has a file open."""
    links = (link for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
    return sum(1 for link in links if os.path.realpath(link) == str(path))


def test_a_drill_of_a_place_nobody_made_is_nowhere(tmp_path):
    """A verdict on a name that no archive knows is a verdict, not an error."""
    with Archive.at(str(tmp_path / "none"), {}, only_reading=True) as archive:
        (verdict,) = archive.verify("nobody-here")

    assert (verdict.intact, verdict.is_checked) == (False, True)
    assert verdict.found.startswith("the file of drill nobody-here is no longer at ")
