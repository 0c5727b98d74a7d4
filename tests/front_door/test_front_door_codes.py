"""Every way a command can end has its code, and none ends in a traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_drill import write

from simulator.archive.archive import Archive
from simulator.debrief.replay import followed
from simulator.journal.record import LARGEST_INT
from tui.options import LARGEST_SEED

ROOT = Path(__file__).parents[2]


def spawned(*arguments, **settings):
    """A command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, **settings,
    )  # fmt: skip


def test_bare_gameday_shows_what_there_is(gameday):
    """Who types only the name is told the commands."""
    answer = gameday()

    assert (answer.code, "rerun" in answer.out, answer.err) == (0, True, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scenaros"], "did you mean 'scenarios'?"),
        (["run"], "give a SCENARIO, or --resume DRILL"),
        (["run", "x", "--colour"], "No such option"),
        (["run", "x", "--seed", "abc"], "'abc' is not a valid integer range"),
        (["run", "x", "--seed", "-1"], "-1 is not in the range"),
        (["run", "x", "--seed", str(2**64)], "is not in the range"),
        (["run", "x", "--fail-under", "101"], "101.0 is not in the range"),
        (["run", "x", "--fail-under", "nan"], "'nan' is no number from 0 to 100"),
        (["run", "x", "--fail-under", "inf"], "inf is not in the range"),
        (["run", "x", "--seed", str(2**63)], "is not in the range"),
        (["run", "x", "--mode", "easy"], "'easy' is not one of"),
        (["run", "--resume", "x", "--seed", "1"], "--seed does not go with --resume"),
        (
            [
                "run",
                "--resume",
                "x",
                "--plan",
                "code",
                "--roster",
                "r",
                "--responder",
                "idle",
                "--variant",
                "v",
                "--mode",
                "guided",
            ],
            "--plan, --roster, --responder, --variant, --mode do not go with --resume",
        ),
        (["run", "small-shop"], "no scenario is called 'small-shop'"),
        (["plans", "show", "fraisql"], "did you mean 'fraiseql'?"),
        (["plans", "show", "fraiseql", "--severity", "HIGHEST"], "did you mean 'HIGH'?"),
        (["plans", "show", "fraiseql", "--severity", "critical"], "did you mean 'CRITICAL'?"),
        (["replay", "nothing"], "no drill 'nothing'"),
        (["fork", "nothing", "--at", "noon"], "'noon' is not a duration"),
        (["schema", "rota"], "'rota' is not one of"),
    ],
)
def test_a_wrong_word_is_a_matter_of_usage(gameday, arguments, said):
    """Exit 2, one sentence, and the nearest word where there is one."""
    answer = gameday(*arguments)

    assert (answer.code, said in answer.err, "Traceback" in answer.err) == (2, True, False)


def test_a_wrong_responder_is_a_matter_of_usage(gameday, tmp_path):
    """A policy, a role and two wishes for one person are told before anything is played."""
    file = write(tmp_path)
    answers = [
        gameday("run", file, "--responder", wish)
        for wish in (
            "experts", "on_cal=expert", "manager=novice,commander=expert",
            "on_call=novice,on_call=expert", "novice,expert",
        )
    ]  # fmt: skip

    assert [(one.code, one.out) for one in answers] == [(2, "")] * 5
    assert "did you mean 'expert'?" in answers[0].err
    assert "did you mean 'on_call'?" in answers[1].err
    assert "charlie holds several roles" in answers[2].err
    assert "'on_call' is named twice, as novice and as expert" in answers[3].err
    assert "everybody is named twice" in answers[4].err


@pytest.mark.parametrize("command", [["run"], ["scenarios", "check"], ["plans", "check"]])
@pytest.mark.parametrize("what", ["missing", "folder", "fifo", "/dev/zero", "nul"])
def test_what_is_no_file_is_the_environments_fault(gameday, tmp_path, command, what):
    """Exit 4 for a path that leads to no regular file, read never begun."""
    paths = {"missing": tmp_path / "none.yaml", "folder": tmp_path / "sub.yaml",
             "fifo": tmp_path / "pipe.yaml", "/dev/zero": Path("/dev/zero"),
             "nul": f"{tmp_path}/a\0b.yaml"}  # fmt: skip
    (tmp_path / "sub.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    answer = gameday(*command, paths[what])

    assert (answer.code, answer.err.startswith("error: "), answer.out) == (4, True, "")


def test_a_bad_document_is_told_at_its_places(gameday, tmp_path):
    """Exit 3, each problem on a line that an editor can jump to, nothing recorded."""
    text = write(tmp_path).read_text(encoding="utf-8")
    file = write(tmp_path, scenario=text.replace("title: A small shop", "titel: A small shop"))
    answer = gameday("run", file, "--archive", tmp_path / "none")

    assert answer.code == 3
    assert answer.out == ""
    assert answer.err.splitlines()[0].startswith("small-shop.yaml:1:1: error[E121]")
    assert "small-shop.yaml:2:1: error[E120]: unknown key 'titel'; did you mean 'title'?" in (
        answer.err
    )


def test_an_archive_that_cannot_be_used_is_the_environments_fault(gameday, tmp_path):
    """Exit 4 naming the place and what to do."""
    (tmp_path / "file").write_text("no archive")
    answer = gameday("archive", "list", "--archive", tmp_path / "file")

    assert (answer.code, "is not a folder" in answer.err) == (4, True)


def test_a_total_below_the_bar_is_one(gameday, tmp_path):
    """`--fail-under` turns a low total into exit 1; the drill is kept all the same."""
    file = write(tmp_path)
    answer = gameday("run", file, "--responder", "idle", "--fail-under", "99", "--no-report")
    listed = json.loads(gameday("archive", "list", "--json").out)

    assert answer.code == 1
    assert [drill["drill_id"] for drill in listed] == ["small-shop-s1"]


def test_a_folder_with_something_in_it_is_never_overwritten(gameday, tmp_path):
    """`--out` names a new folder; what is there stays, and nothing is played."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("mine")
    answer = gameday("run", write(tmp_path), "--out", tmp_path / "mine")

    assert (answer.code, "nothing is overwritten" in answer.err, answer.out) == (4, True, "")


def read_by_nobody(*arguments):
    """The code and the talk of a command whose reader has gone before it says anything."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdout.close()
    talk = process.stderr.read()
    process.stderr.close()
    return process.wait(timeout=120), talk


@pytest.mark.parametrize("command", [["--help"], ["plans", "show", "fraiseql"], ["schema"]])
def test_who_reads_only_the_beginning_gets_no_complaint(command):
    """`gameday plans show fraiseql | head -1` ends quietly, and help does."""
    assert read_by_nobody(*command) == (0, "")


def test_an_export_nobody_reads_ends_quietly(played):
    """`gameday archive export DRILL | head -1` is no fault of the archive's."""
    assert read_by_nobody("archive", "export", "small", "--archive", played) == (0, "")


def test_a_bar_holds_though_nobody_reads_the_card(tmp_path):
    """A closed pipe ends the telling, not the command: its code is its own, its drill is kept."""
    history = tmp_path / "history"
    code, talk = read_by_nobody(
        "run", write(tmp_path), "--responder", "idle", "--fail-under", "99", "--no-report",
        "--archive", history,
    )  # fmt: skip

    assert (code, "is below 99" in talk) == (1, True)
    assert (history / "drills" / "small-shop-s1.db").exists()


def test_a_listing_makes_no_archive(gameday, tmp_path):
    """Who looks where nothing is, is told so; nothing is there afterwards."""
    before = set(tmp_path.iterdir())
    answers = [
        gameday(*command, "--archive", place)
        for place in (f"sqlite:///{tmp_path}/foo", tmp_path / "none")
        for command in (["archive", "list"], ["archive", "verify"], ["replay", "x"], ["doctor"])
    ]

    assert [one.code for one in answers] == [0, 0, 2, 0] * 2
    assert f"no drill is recorded yet in {tmp_path}/foo" in answers[0].err
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
def test_a_drill_that_is_stopped_is_put_down_and_taken_up(tmp_path, number, code):
    """Ctrl-C and a polite end leave a record that `--resume` plays to the same last byte."""
    file, history = write(tmp_path), tmp_path / "history"
    common = ["--archive", history, "--no-report"]
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW, "run", str(file), *map(str, common)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    drill = history / "drills" / "small-shop-s1.db"
    deadline = time.monotonic() + 120
    while not drill.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    _, talk = process.communicate(timeout=60)
    resumed = spawned("run", "--resume", "small-shop-s1", *common, "--json")
    whole = spawned("run", file, *common, "--json")

    assert process.returncode == code
    assert [line for line in talk.splitlines() if line][-2:] == [
        "drill small-shop-s1 is kept; go on with: gameday run --resume small-shop-s1",
        "stopped",
    ]
    assert json.loads(resumed.stdout)["head"] == json.loads(whole.stdout)["head"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whenever_a_drill_is_stopped_what_is_left_can_be_taken_up(tmp_path, number):
    """At any moment of its beginning: there is no drill yet, or one that `--resume` plays on."""
    file = write(tmp_path)
    left = []
    for awaited, pause in (("index.db", 0), ("index.db", 0.5), ("drills/small-shop-s1.db", 0)):
        history = tmp_path / f"history-{awaited[:5]}-{pause}"
        process = subprocess.Popen(
            [sys.executable, "-c", _SLOW, "run", str(file), "--archive", history, "--no-report"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not (history / awaited).exists() and process.poll() is None:
            time.sleep(0.005)
        time.sleep(pause)
        process.send_signal(number)
        process.wait(timeout=60)
        with Archive.at(str(history), {}) as archive:
            left += [
                len(followed(archive.read(drill.drill_id)).entries) for drill in archive.list()
            ]

    assert left
    assert all(entries >= 2 for entries in left)


_SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from simulator.stage import Stage
quick = Stage.record
def slow(self, by, what, cause):
    time.sleep(0.02)
    return quick(self, by, what, cause)
Stage.record = slow
from tui.command_line import main
sys.exit(main(sys.argv[1:]))
"""
"""A machine so slow that a drill can be stopped in its middle."""


def test_the_largest_seed_is_what_a_journal_can_hold():
    """The front door says the bound again, so as to load no journal for `--help`."""
    assert LARGEST_SEED == LARGEST_INT
