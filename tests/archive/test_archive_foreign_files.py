"""Every file that is not a sound drill gets one sentence, is refused, and stays as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from drills_to_keep import about, chain

from simulator.archive.archive import Archive
from simulator.archive.drill_file import DrillFile
from simulator.archive.drill_reader import DrillReader
from simulator.errors import HostError, JournalError


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A sealed drill's file, writable so that a test may spoil it."""
    path = tmp_path / "drills" / "fraiseql-database-7.db"
    with DrillFile.create(path, about()) as writer:
        writer.append(chain(30))
        writer.seal("resolved")
    path.chmod(0o600)
    return path


def spoilt(path: Path, *statements: str) -> None:
    """Change a file with SQL, as another program would."""
    with sqlite3.connect(path) as raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(
    ("content", "error", "sentence"),
    [
        (b"", JournalError, "is empty (0 bytes)"),
        (b"dear diary, today we drilled\n" * 50, HostError, "a text file beginning 'dear diary"),
        ("très cher journal\n".encode() * 50, HostError, "a text file beginning 'très"),
        (b"\x7fELF\x02\x01\x00\x00" * 50, HostError, "some other binary format"),
        (("é" * 49 + "aèè").encode() * 9, HostError, "a text file beginning 'ééé"),
        (b"caf\xe9 " * 50, HostError, "some other binary format"),
        (b'{"drill":{"began":"' + b" " * 200, HostError, "gameday archive import"),
        (b"SQLite format 3\x00\x10\x00", JournalError, "cut short after 18 bytes"),
        (b"SQL", JournalError, "cut short after 3 bytes"),
    ],
)
def test_a_strange_file_is_named_for_what_it_is(tmp_path, content, error, sentence):
    """Empty, text, binary, an export, a stump: each is told apart and left alone."""
    path = tmp_path / "strange.db"
    path.write_bytes(content)

    with pytest.raises(error) as told:
        DrillReader.of(path)

    assert sentence in str(told.value)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["strange.db"]


def test_only_regular_files_are_opened(tmp_path):
    """A missing path, a folder, a pipe and a device are refused at once."""
    os.mkfifo(tmp_path / "pipe.db")
    (tmp_path / "folder.db").mkdir()
    told = []
    for path in (tmp_path / "none.db", tmp_path / "folder.db", tmp_path / "pipe.db"):
        with pytest.raises(HostError) as error:
            DrillReader.of(path)
        told.append(str(error.value).removeprefix(str(tmp_path)))
    with pytest.raises(HostError, match="pipe or a device"):
        DrillReader.of(Path("/dev/zero"))

    assert told == [
        "/none.db: No such file or directory; is this the right archive?",
        "/folder.db is a folder; a drill is a single file",
        "/pipe.db is a pipe or a device; only regular files are read",
    ]


def test_a_file_cut_short_is_refused(whole):
    """Fewer bytes than its header counts."""
    os.truncate(whole, whole.stat().st_size - 100)

    with pytest.raises(JournalError, match="cut short"):
        DrillReader.of(whole)


def test_another_applications_database_is_refused(tmp_path):
    """A sound SQLite file that does not carry our sign."""
    path = tmp_path / "browser.db"
    spoilt(path, "CREATE TABLE cookies (name TEXT)")

    with pytest.raises(HostError, match="another application's database"):
        DrillReader.of(path)


def test_a_newer_file_is_left_untouched(whole):
    """The version it needs is named, reading or resuming, and no byte changes."""
    spoilt(whole, "PRAGMA user_version=2")
    before = whole.read_bytes()

    for opening in (DrillReader.of, DrillFile.resume):
        with pytest.raises(JournalError, match=r"newer gameday \(tables 2, known up to 1\)"):
            opening(whole)

    assert whole.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "CREATE TRIGGER grade AFTER INSERT ON lines BEGIN DELETE FROM lines; END",
            "trigger grade",
        ),
        ("CREATE VIEW better AS SELECT 100 AS total", "view better"),
        ("CREATE TABLE secrets (name TEXT)", "table secrets"),
        ("CREATE INDEX slow ON lines (randomblob(length(body)))", "index slow"),
        ("ALTER TABLE lines ADD COLUMN more TEXT", "table lines"),
        ("ALTER TABLE lines ADD COLUMN loud TEXT AS (upper(body))", "table lines"),
        ("DROP INDEX lines_op_id", "index lines_op_id"),
    ],
)
def test_objects_that_no_drill_holds_are_named(whole, statement, named):
    """Triggers, views, tables, indexes and columns of strangers are refused by name."""
    if "randomblob" in statement:
        statement = "CREATE INDEX slow ON lines (length(body))"
    spoilt(whole, statement)

    with pytest.raises(HostError) as told:
        DrillReader.of(whole)

    assert named in str(told.value)


def test_a_live_file_copied_without_its_newest_lines_is_refused(tmp_path, whole):
    """The `.db` alone of a live drill is an incomplete copy, with none or some lines in it."""
    copies = []
    live = whole.with_name("another.db")
    with DrillFile.create(live, about("another")) as writer:
        for number, lines in enumerate((chain(0), chain(800))):
            writer.append(lines)
            # Copied by another process: this one may not open the file beside its connection.
            copy = tmp_path / f"copy-{number}.db"
            subprocess.run(["cp", str(live), str(copy)], check=True)
            copies.append(copy)

    for copy in copies:
        with pytest.raises(HostError, match=r"incomplete copy.*archive export"):
            DrillReader.of(copy)
        with pytest.raises(HostError, match="incomplete copy"):
            DrillFile.resume(copy)


def test_a_sealed_file_opens_where_nothing_can_be_written(whole):
    """On a read-only medium, in a namespace of its own so that even root cannot write."""
    program = (
        "import sys; from pathlib import Path\n"
        "from simulator.archive.drill_reader import DrillReader\n"
        "with DrillReader.of(Path(sys.argv[1])) as drill: print(drill.verify().lines)\n"
    )
    whole.chmod(0o400)
    read_only = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    script = ["unshare", "-rm", "sh", "-c", read_only, "sh", str(whole.parent)]
    told = subprocess.run(
        [*script, sys.executable, "-c", program, str(whole)],
        check=False,
        capture_output=True,
        text=True,
    )
    if "unshare" in told.stderr or "mount" in told.stderr or "not permitted" in told.stderr:
        pytest.skip("this machine allows no namespaces")

    assert told.stdout == "30\n", told.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    """A file where a folder should be: one sentence with the way out."""
    blocked = tmp_path / "blocked"
    blocked.write_text("in the way")

    with pytest.raises(HostError, match="is not a folder"):
        Archive.at(str(blocked), {})
    with pytest.raises(HostError, match="--archive DIR"):
        Archive.at(str(blocked / "deeper"), {})


def test_a_hostile_query_plan_runs_out_of_steps(whole):
    """Reading is bounded: an endless statement is stopped, not waited for."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with (
        DrillReader.of(whole) as drill,
        pytest.raises(JournalError, match="longer to read than any drill"),
        drill._database.reading() as connection,
    ):
        connection.exec_driver_sql(endless)


def test_a_killed_drill_is_read_with_all_its_lines(tmp_path, whole):
    """The newest lines stand in the `-wal`; both files copied together are whole."""
    live = whole.with_name("another.db")
    program = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from drills_to_keep import about, chain\n"
        "from simulator.archive.drill_file import DrillFile\n"
        "writer = DrillFile.create(Path(sys.argv[1]), about('another'))\n"
        "writer.append(chain(12)); os.kill(os.getpid(), 9)\n"
    )
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", program, str(live), here], check=False)
    for end in ("", "-wal"):
        shutil.copy(f"{live}{end}", tmp_path / f"another.db{end}")

    with DrillReader.of(live) as drill:
        assert drill.lines() == tuple(chain(12))
    with DrillReader.of(tmp_path / "another.db") as drill:
        assert drill.verify().lines == 12
    with DrillFile.resume(live) as writer:
        assert writer.about.lines == 12


def test_a_change_that_a_kill_interrupted_is_undone(whole):
    """A hot journal beside the file puts every line back, for a reader and for the next host."""
    program = (
        "import os, sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "raw.execute('PRAGMA cache_size=2'); raw.execute('BEGIN')\n"
        "raw.execute('UPDATE lines SET body = body || hex(randomblob(4000))')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    rested = whole.with_name("another.db")
    with DrillFile.create(rested, about("another")) as writer:
        writer.append(chain(30))
    for path in (whole, rested):
        subprocess.run([sys.executable, "-c", program, str(path)], check=False)
        assert path.with_name(path.name + "-journal").exists()

    with DrillReader.of(whole) as drill:
        assert drill.lines() == tuple(chain(30))
    with DrillFile.resume(rested) as writer:
        assert writer.lines() == tuple(chain(30))
