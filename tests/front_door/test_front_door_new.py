import os
import pty
import subprocess
import sys
from pathlib import Path


def files(folder):
    """The names of the files in a folder, but for the drill history."""
    return sorted(path.name for path in Path(folder).iterdir() if path.is_file())


def test_a_new_drill_is_written_with_its_people_and_a_schema(gameday, tmp_path):
    """Its file is the result; what belongs to it is told beside it."""
    answer = gameday("scenarios", "new", "--title", "Tills stand still", "--kind", "disk")

    assert (answer.code, answer.out) == (0, "tills-stand-still.yaml\n")
    assert files(tmp_path) == [
        "scenario.json", "tills-stand-still-people.yaml", "tills-stand-still.yaml",
    ]  # fmt: skip
    assert "next: gameday scenarios check tills-stand-still.yaml" in answer.err


def test_a_new_drill_is_played_as_it_stands(gameday, tmp_path):
    """Written, and played by bots to its end."""
    gameday("scenarios", "new", "--out", tmp_path / "mine.yaml", "--kind", "overload")
    answer = gameday("run", tmp_path / "mine.yaml", "--no-report", "--fail-under", "80",
                     "--responder", "expert")  # fmt: skip

    assert answer.code == 0


def test_nothing_is_overwritten_and_nothing_is_left_half(gameday, tmp_path):
    """A file that is there stays as it is, and what was begun beside it is taken away."""
    (tmp_path / "orders-fail-people.yaml").write_text("mine")
    answer = gameday("scenarios", "new")

    assert answer.code == 4
    assert "orders-fail-people.yaml exists already; nothing is overwritten" in answer.err
    assert files(tmp_path) == ["orders-fail-people.yaml"]


def test_two_drills_share_a_schema(gameday, tmp_path):
    """The one that is there is left alone."""
    (tmp_path / "scenario.json").write_text("{}")
    answer = gameday("scenarios", "new")

    assert (answer.code, (tmp_path / "scenario.json").read_text()) == (0, "{}")


def test_what_cannot_be_used_ends_it_with_a_sentence(gameday, tmp_path):
    """An option, an id, a file's ending, a folder that is not there."""
    told = [
        (answer.code, answer.err.splitlines()[-1])
        for answer in (
            gameday("scenarios", "new", "--kind", "flood"),
            gameday("scenarios", "new", "--id", "No"),
            gameday("scenarios", "new", "--out", "drill.txt"),
            gameday("scenarios", "new", "--out", "nowhere/drill.yaml"),
        )
    ]

    assert [code for code, _ in told] == [2, 2, 2, 4]
    assert "no kind of trouble is called 'flood'" in told[0][1]
    assert "'No' is not an id" in told[1][1]
    assert "does not end in .yaml" in told[2][1]
    assert told[3][1].startswith("error: nowhere/drill.yaml cannot be written")
    assert files(tmp_path) == []


def test_on_a_terminal_what_is_not_given_is_asked_for(tmp_path):
    """A bad answer is asked again with the reason; an empty one takes what stands in."""
    ours, theirs = pty.openpty()
    root = Path(__file__).parents[2]
    asked = subprocess.Popen(
        [sys.executable, "-m", "tui", "scenarios", "new", "--kind", "key"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"Doors stay shut\nAn inn\nFront Door\nfrontdoor\n\n\n\n")
    out, _ = asked.communicate(timeout=120)
    talk = os.read(ours, 65536).decode()
    os.close(ours)

    assert (asked.returncode, out) == (0, b"doors-stay-shut.yaml\n")
    assert "'Front Door' is not an id" in talk
    assert "deployment/frontdoor" in (tmp_path / "doors-stay-shut.yaml").read_text()
