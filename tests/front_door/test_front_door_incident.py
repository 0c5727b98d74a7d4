"""The post-incident report from the front door: drafted, edited, checked."""

import json
from pathlib import Path

DRILL = "small-shop-s7"


def test_a_draft_is_written_beside_the_report_and_checked(gameday, played):
    """Two files in the drill's folder; what the bots graded too high wants a word, and no more."""
    gameday("report", DRILL, "--archive", played)
    drafted = gameday("report", DRILL, "--incident", "--archive", played, "--json")
    page, text = map(Path, json.loads(drafted.out)["files"])
    checked = gameday("report", DRILL, "--incident", "--check", text, "--archive", played)
    ask = "**Graded so because:** "
    filled = text.read_text().replace(f"{ask}\\_\\_\\_\\_", f"{ask}The page said so")
    text.write_text(filled)
    again = gameday("report", DRILL, "--incident", "--check", text, "--archive", played)

    assert (page.name, text.name, page.parent) == (
        "incident.html", "incident.md", Path("gameday-out") / DRILL,
    )  # fmt: skip
    assert (checked.code, checked.out.split()[0]) == (1, "level_above_facts")
    assert (again.code, again.out) == (0, "nothing in it contradicts itself\n")
    assert "blanks are left for people to fill" in again.err


def test_an_edit_that_does_not_fit_exits_one(gameday, played, tmp_path):
    """The finding names its place, what was found, what would agree, and what to do."""
    gameday("report", DRILL, "--incident", "--out", tmp_path / "out", "--archive", played)
    path = tmp_path / "out" / "incident.md"
    lines = path.read_text().splitlines()
    edited = ["- **Duration:** 2 hours" if "**Duration:**" in line else line for line in lines]
    path.write_text("\n".join(edited))
    told = gameday("report", DRILL, "--incident", "--check", path, "--archive", played)
    plain = gameday("report", DRILL, "--incident", "--check", path, "--archive", played, "--json")

    assert (told.code, plain.code) == (1, 1)
    assert "duration is given as 2 hours" in told.out
    assert "duration_differs" in {one["code"] for one in json.loads(plain.out)["found"]}


def test_a_second_draft_stands_beside_the_first(gameday, played):
    """An edited draft is never lost."""
    first = gameday("report", DRILL, "--incident", "--archive", played, "--json")
    second = gameday("report", DRILL, "--incident", "--archive", played, "--json")
    (one, _), (other, _) = (json.loads(it.out)["files"] for it in (first, second))

    assert (Path(one).parent.name, Path(other).parent.name) == (DRILL, f"{DRILL}-2")


def test_a_check_says_what_it_cannot_do(gameday, played, tmp_path):
    """Without --incident, without a file, with a document that is wrong."""
    wrong = tmp_path / "claims.yaml"
    wrong.write_text("levle: HIGH\n")

    alone = gameday("report", DRILL, "--check", wrong, "--archive", played)
    none = gameday("report", DRILL, "--incident", "--check", "none.md", "--archive", played)
    bad = gameday("report", DRILL, "--incident", "--check", wrong, "--archive", played)
    assert (alone.code, none.code, bad.code) == (2, 4, 3)
    assert "--check goes with --incident" in alone.err
    assert "levle" in bad.err
