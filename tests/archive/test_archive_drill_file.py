"""A drill's file: recorded before anyone is told, one writer, private, sealed for good."""

import multiprocessing
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from drills_to_keep import about, chain

from simulator.archive.drill_file import DrillFile
from simulator.archive.drill_reader import DrillReader
from simulator.errors import EngineError, HostError, JournalError
from simulator.journal.record import GENESIS, LARGEST_BODY, canonical, chained


@pytest.fixture
def drill(folder: Path) -> Path:
    """Where one drill's file is going to be."""
    return folder / "drills" / "fraiseql-database-7.db"


def modes(folder: Path) -> dict[str, str]:
    """Who may do what with each file of a folder."""
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}


def test_what_was_appended_is_there_after_a_seal(drill):
    """Lines come back in order, hash for hash, from a file that stands alone."""
    lines = chain(30)
    with DrillFile.create(drill, about()) as writer:
        writer.append(lines[:10])
        writer.append(lines[10:])
        writer.seal("resolved")

    with DrillReader.of(drill) as reader:
        assert reader.lines() == tuple(lines)
        assert reader.summary().ended == "resolved"
    assert [path.name for path in drill.parent.iterdir()] == [drill.name]


def test_the_connection_keeps_its_contract(drill):
    """A live drill is written ahead, synced in full, erased securely and trusts no schema."""
    with DrillFile.create(drill, about()) as writer, writer._database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "fullfsync",
                "foreign_keys",
                "secure_delete",
                "trusted_schema",
                "busy_timeout",
                "cell_size_check",
                "user_version",
            )
        }

    assert found == {
        "journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "foreign_keys": 1,
        "secure_delete": 1, "trusted_schema": 0, "busy_timeout": 5000, "cell_size_check": 1,
        "user_version": 1,
    }  # fmt: skip


def test_nobody_else_may_look_whatever_the_umask(drill):
    """Under umask 000 the folder is 0700 and every file beside the drill 0600."""
    before = os.umask(0)
    try:
        with DrillFile.create(drill, about()) as writer:
            writer.append(chain(1))
            live = modes(drill.parent)
            writer.seal("resolved")
    finally:
        os.umask(before)

    assert set(live.values()) == {"0o600"}
    assert set(live) == {f"{drill.stem}{end}" for end in (".db", ".db-wal", ".db-shm", ".lock")}
    assert modes(drill.parent) == {drill.name: "0o400"}
    assert stat.S_IMODE(drill.parent.stat().st_mode) == 0o700


def test_a_drill_open_to_others_is_not_taken_up(drill):
    """A file or folder that other users may read is refused with the command that closes it."""
    DrillFile.create(drill, about()).close()
    drill.chmod(0o644)

    with pytest.raises(HostError, match="chmod 600"):
        DrillFile.resume(drill)

    drill.parent.chmod(0o755)
    with pytest.raises(HostError, match="chmod 700"):
        DrillFile.create(drill.with_name("another.db"), about("another"))


def test_lines_that_do_not_continue_the_chain_are_refused(drill):
    """A gap, a repeat, a forged hash, an earlier second: nothing of the group is recorded."""
    lines = chain(5)
    odd = chained(seq=2, at=-1, by="alice", cause=0, kind="noted", body="{}", prev=lines[1].hash)
    half = {"seq": 2, "at": 9, "by": "\ud800", "cause": 0, "kind": "noted", "body": "{}"}
    broken = type(odd)(**half, prev=lines[1].hash, hash="0" * 64)
    with DrillFile.create(drill, about()) as writer:
        writer.append(lines[:2])
        for wrong in ([lines[3]], [lines[1]], [odd], [broken], [lines[2], lines[4]]):
            with pytest.raises(JournalError, match="NOT recorded"):
                writer.append(wrong)

        assert writer.lines() == tuple(lines[:2])
        writer.append(lines[2:])
        assert writer.verify().intact


def test_an_order_is_recorded_once(drill):
    """The same seat's order id is refused a second time, and its line is found again."""
    lines = chain(4)
    with DrillFile.create(drill, about()) as writer:
        writer.append(lines[:3], op_ids={2: "op-1"})
        with pytest.raises(JournalError, match="NOT recorded"):
            writer.append(lines[3:], op_ids={3: "op-1"})

        assert writer.recorded("alice", "op-1") == lines[2]
        assert writer.recorded("bob", "op-1") is None
        assert writer.about.lines == 3


def test_a_drill_put_down_is_taken_up_where_it_was(drill):
    """Closing leaves one file at rest; resuming goes on with the next line."""
    lines = chain(6)
    with DrillFile.create(drill, about()) as writer:
        writer.append(lines[:4])

    assert [path.name for path in drill.parent.iterdir()] == [drill.name]
    with DrillFile.resume(drill) as writer:
        writer.append(lines[4:])
        assert writer.lines() == tuple(lines)


def test_a_sealed_drill_takes_no_more_lines(drill):
    """Neither its last writer nor a new one can add to it."""
    with DrillFile.create(drill, about()) as writer:
        writer.append(chain(2))
        writer.seal("resolved")
        with pytest.raises(EngineError, match="closed"):
            writer.append(chain(3)[2:])

    with pytest.raises(JournalError, match="sealed; fork it"):
        DrillFile.resume(drill)


def test_a_second_host_is_told_who_the_first_is(drill):
    """Another process, and another place in this one, are refused by the first's number."""
    program = (
        "import sys; from pathlib import Path\n"
        "from simulator.archive.drill_file import DrillFile\n"
        "try: DrillFile.resume(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    with DrillFile.create(drill, about()) as writer:
        told = subprocess.run(
            [sys.executable, "-c", program, str(drill)], capture_output=True, text=True, check=True
        ).stdout
        with pytest.raises(HostError, match=f"process {os.getpid()} "):
            DrillFile.resume(drill)
        with pytest.raises(HostError, match=f"process {os.getpid()} "):
            DrillReader.of(drill)
        writer.append(chain(1))

    assert told.startswith("HostError drill fraiseql-database-7 is open in process")
    assert str(os.getpid()) in told


def test_a_full_disk_is_told_and_survived(drill):
    """Nothing of the group is recorded; once there is room the same lines are."""
    lines = chain(3)
    large = chained(
        seq=3, at=9, by="alice", cause=0, kind="noted",
        body=canonical({"text": "x" * 200_000}), prev=lines[-1].hash,
    )  # fmt: skip
    with DrillFile.create(drill, about()) as writer:
        writer.append(lines)
        pages = writer._database._pragma("max_page_count", "12")
        with pytest.raises(HostError, match=r"NOT recorded: the disk is full"):
            writer.append([large])

        assert pages == 12
        assert writer.lines() == tuple(lines)
        writer._database._pragma("max_page_count", "100000")
        writer.append([large])
        assert writer.verify().lines == 4


def test_a_lock_of_another_program_is_waited_for_and_named(drill):
    """After five seconds the append says so, keeps nothing, and works when the lock is gone."""
    lines = chain(2)
    with DrillFile.create(drill, about()) as writer:
        other = sqlite3.connect(drill, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HostError, match="NOT recorded: locked by another program for 5 s"):
            writer.append(lines)
        other.execute("ROLLBACK")
        other.close()
        writer.append(lines)

        assert writer.lines() == tuple(lines)


def test_one_thread_owns_the_connection(drill):
    """An append from another thread is our own mistake and says so."""
    told: list[BaseException] = []

    def elsewhere() -> None:
        try:
            writer.append(chain(1))
        except EngineError as error:
            told.append(error)

    with DrillFile.create(drill, about()) as writer:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()

        assert "thread" in str(told[0])
        assert writer.lines() == ()


def test_a_forked_child_may_not_write(drill):
    """The parent's connection refuses to work in a child."""

    def append() -> None:
        try:
            writer.append(chain(1))
        except EngineError:
            sys.exit(7)

    with DrillFile.create(drill, about()) as writer:
        child = multiprocessing.get_context("fork").Process(target=append)
        child.start()
        child.join()

        assert child.exitcode == 7
        writer.append(chain(1))
        assert writer.verify().intact


def test_a_disk_that_really_fills_up_loses_nothing_acknowledged(tmp_path):
    """On a disk of 700 KB: told, nothing doubled, and once freed the same drill goes on."""
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from drills_to_keep import about, chain\n"
        "from simulator.archive.drill_file import DrillFile\n"
        "from simulator.errors import HostError\n"
        "disk = Path(sys.argv[1]); acked = 0; lines = chain(4000)\n"
        "(disk / 'ballast').write_bytes(bytes(300_000))\n"
        "writer = DrillFile.create(disk / 'drills' / 'fraiseql-database-7.db', about())\n"
        "try:\n"
        "    while acked < 4000: writer.append(lines[acked:acked + 5]); acked += 5\n"
        "except HostError as error: print(str(error).partition('.db: ')[2])\n"
        "print(writer.lines() == tuple(lines[:acked]), 0 < acked < 4000)\n"
        "(disk / 'ballast').unlink(); writer.append(lines[acked:acked + 5]); writer.seal('over')\n"
    )
    small = 'mount -t tmpfs -o size=700k none "$1" && shift && exec "$@"'
    unshare = ["unshare", "-rm", "sh", "-c", small, "sh", str(tmp_path)]
    told = subprocess.run(
        [*unshare, sys.executable, "-c", program, str(tmp_path), str(Path(__file__).parent)],
        check=False,
        capture_output=True,
        text=True,
    )
    if "unshare" in told.stderr or "mount" in told.stderr:
        pytest.skip("this machine allows no namespaces")

    assert told.stdout.splitlines() == [
        "NOT recorded: the disk is full; free space and try again",
        "True True",
    ], told.stderr
    assert told.stderr == ""


def test_the_largest_body_is_kept_and_a_larger_one_refused(drill):
    """Four million characters of four bytes each fit; one more does not."""
    largest = canonical("\U0001f6a8" * (LARGEST_BODY - 2))
    lines = []
    for body in (largest, canonical("x" * LARGEST_BODY)):
        prev = lines[-1].hash if lines else GENESIS
        seq = len(lines)
        lines.append(
            chained(seq=seq, at=0, by="alice", cause=-1, kind="noted", body=body, prev=prev)
        )
    with DrillFile.create(drill, about()) as writer:
        writer.append(lines[:1])
        with pytest.raises(JournalError, match="NOT recorded: line 1 has 4000002 characters"):
            writer.append(lines[1:])

        assert writer.lines() == (lines[0],)


def test_a_reader_is_named_to_the_host_it_keeps_waiting(drill):
    """While a drill that was put down is being read it can be resumed; then one killed cannot."""
    DrillFile.create(drill, about()).close()
    with DrillReader.of(drill), DrillFile.resume(drill) as writer:
        writer.append(chain(1))
    lock = drill.with_suffix(".lock")
    lock.touch()  # what a killed host leaves
    with (
        DrillReader.of(drill),
        pytest.raises(HostError, match=f"is open in process {os.getpid()} "),
    ):
        DrillFile.resume(drill)

    assert not lock.exists()
