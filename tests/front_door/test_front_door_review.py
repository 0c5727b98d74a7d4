"""What people say of a drill after it, at the front door."""

import json
import shutil
import sqlite3

import pytest

from simulator.archive.archive import Archive
from simulator.debrief.rubric import rubric_hash
from tui.command_line import main

DRILL = "small-shop-s7"


@pytest.fixture
def past(gameday, played, tmp_path):
    """A command line whose archive holds one drill of the small shop, unreviewed."""
    shutil.copytree(played, tmp_path / "history")
    return gameday


def review(past, act, *arguments, by="erin"):
    """One act of review of that drill."""
    return past("review", act, DRILL, "--by", by, *arguments)


def state_of(past):
    """What `review show` tells a program."""
    return json.loads(past("review", "show", DRILL, "--json").out)


def test_a_score_is_signed_contested_answered_amended_and_sealed(past):
    """From provisional to sealed, every total kept and everything said to be read again."""
    first = state_of(past)
    for act, by, rest in (
        ("sign", "erin", ()),
        ("contest", "alice", ("--mark", "cause", "--text", "I said it in the channel")),
        ("answer", "erin", ("--to", "2", "--accept", "--text", "so it was")),
        ("amend", "erin", ("--mark", "cause", "--worth", "50%", "--text", "half of it")),
        ("annotate", "bob", ("--mark", "discipline", "--text", "the tool asked twice")),
        ("seal", "erin", ()),
    ):
        done = review(past, act, *rest, by=by)
        assert done.code == 0, done.err
    now = state_of(past)
    told = past("review", "show", DRILL).out

    assert (first["state"], first["acts"]) == ("provisional", [])
    assert now["state"] == "sealed"
    assert [total["why"] for total in now["totals"]] == ["engine", "amendment"]
    assert now["acts"][-1]["total_milli"] == now["totals"][-1]["total_milli"]
    assert "erin accepted objection 2" in told
    assert "I said it in the channel" in told


def test_an_amended_total_is_what_the_sums_say(past):
    """Every mark taken to nothing but one leaves less; taken back, what was is what is."""
    before = state_of_engine(past)
    review(past, "sign")
    review(past, "amend", "--mark", "restore", "--worth", "0%", "--text", "it was not us")
    less = state_of(past)["totals"][-1]["total_milli"]
    review(past, "amend", "--mark", "discipline", "--worth", "50%", "--text", "harm was done")
    half = state_of(past)["totals"][-1]["total_milli"]

    assert less < before
    assert abs(half - less // 2) <= 1


def state_of_engine(past):
    """The engine's total, as the list of drills has it."""
    return json.loads(past("archive", "list", "--json").out)[0]["total_milli"]


def test_what_may_not_be_said_is_refused_with_its_reason(past):
    """Exit 1 and a sentence; nothing is recorded."""
    early = review(past, "seal")
    review(past, "sign")
    twice = review(past, "sign")
    none = review(past, "answer", "--to", "5", "--decline", "--text", "no")

    assert (early.code, twice.code, none.code) == (1, 1, 1)
    assert "refused: nobody has signed this score yet" in early.err
    assert "erin has signed already" in twice.err
    assert "act 5 is no objection" in none.err
    assert len(state_of(past)["acts"]) == 2


@pytest.mark.parametrize(
    ("act", "rest", "sentence"),
    [
        ("contest", ("--mark", "cuase", "--text", "x"), "did you mean 'cause'"),
        ("accept", ("--duty", "report", "--text", "x"), "no unsettled departure"),
        ("amend", ("--mark", "caus", "--worth", "1%", "--text", "x"), "did you mean 'cause'"),
        ("amend", ("--entry", "99999", "--second", "1", "--text", "x"), "no entry 99999"),
        ("amend", ("--mark", "cause", "--text", "x"), "give --mark and --worth, or --entry"),
        ("amend", ("--mark", "cause", "--worth", "101%", "--text", "x"), "from 0% to 100%"),
        ("amend", ("--mark", "discipline", "--worth", "out", "--text", "x"), "cannot be taken out"),
        ("annotate", ("--mark", "cause"), "Missing option '--text'"),
        ("void", ("--ground", "boredom", "--text", "x"), "'boredom' is not one of"),
    ],
)
def test_a_name_nobody_knows_is_a_usage_error(past, act, rest, sentence):
    """Exit 2, with the nearest name or what was expected."""
    done = review(past, act, *rest, by="alice")

    assert (done.code, sentence in done.err) == (2, True), done.err


def test_only_who_sat_in_the_drill_objects(past):
    """Anybody else is told who may."""
    review(past, "sign")
    done = review(past, "contest", "--mark", "cause", "--text", "x", by="olga")

    assert done.code == 2
    assert "'olga' did not sit in this drill: alice" in done.err


def test_a_void_run_leaves_no_score_and_its_journal_stays(past, tmp_path):
    """The list, the report and the review say so; the record verifies."""
    review(past, "void", "--ground", "real_incident", "--text", "the real shop went down")
    listed = json.loads(past("archive", "list", "--json").out)[0]
    assert past("report", DRILL, "--out", tmp_path / "out").code == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    assert listed["review"] == "void"
    assert "it is void" in page
    assert "The numbers" not in page
    assert json.loads((tmp_path / "out" / "report.json").read_text())["card"] is None
    assert past("archive", "verify").code == 0
    assert "void" in review(past, "sign").err


def test_a_name_is_kept_in_the_index_and_told_only_when_asked(past, tmp_path):
    """`--called` says once who `erin` is; the report names roles unless `--names` is given."""
    review(past, "sign", "--called", "Erin Vale", "--text", "read with the team")
    review(past, "annotate", "--mark", "cause", "--text", "as said", by="Erin Vale")
    past("report", DRILL, "--out", tmp_path / "roles")
    past("report", DRILL, "--out", tmp_path / "names", "--names")
    roles, names = (
        (tmp_path / folder / "report.html").read_text(encoding="utf-8")
        for folder in ("roles", "names")
    )
    kept = b"".join(path.read_bytes() for path in (tmp_path / "history" / "drills").iterdir())

    assert [act["by"] for act in state_of(past)["acts"]] == ["erin", "erin", "erin"]
    assert "Erin" not in roles
    assert "the facilitator</td><td>signed the score" in roles
    assert "Erin Vale (the facilitator)" in names
    assert b"Erin Vale" not in kept


def test_a_report_tells_both_totals(past, tmp_path):
    """What the engine found and what it was amended to stand side by side."""
    review(past, "sign")
    review(past, "amend", "--mark", "restore", "--worth", "0%", "--text", "it <b>healed</b> itself")
    past("report", DRILL, "--out", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    plain = json.loads((tmp_path / "out" / "report.json").read_text())

    assert "Amended to" in page
    assert "the engine found" in page
    assert "(amended: 0 %)" in page
    assert "it &lt;b&gt;healed&lt;/b&gt; itself" in page
    assert plain["card"]["total_milli"] == state_of_engine(past)
    assert [one["why"] for one in plain["review"]["totals"]] == [
        "as the engine found it",
        "as amended",
    ]


def test_a_broken_review_is_named_and_gives_nobody_a_score_back(past, tmp_path):
    """The second chain's verdict is its own; the drill's report is marked, without a score."""
    review(past, "void", "--ground", "crash", "--text", "the laptop died")
    with sqlite3.connect(tmp_path / "history" / "drills" / f"{DRILL}.review") as raw:
        raw.execute("UPDATE acts SET by = 'mallory' WHERE seq = 1")
    raw.close()
    verified = past("archive", "verify")
    listed = past("archive", "list")
    report = past("report", DRILL, "--out", tmp_path / "out")

    assert verified.code == 1
    assert f"{DRILL}: sound" in verified.out
    assert "its review: NOT SOUND, 1 acts; line 1 (run_voided) was changed" in verified.out
    assert "UNVERIFIED" in listed.out
    assert report.code == 1
    assert "UNVERIFIED" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "report.json").read_text())["card"] is None


def test_a_review_is_carried_with_its_drill(past, tmp_path, monkeypatch):
    """Exported and imported elsewhere, the drill is as reviewed as it was."""
    review(past, "sign")
    past("archive", "export", DRILL, "--to", tmp_path / "drill.jsonl")
    monkeypatch.setenv("GAMEDAY_ARCHIVE", str(tmp_path / "elsewhere"))
    came = past("archive", "import", tmp_path / "drill.jsonl")
    again = past("archive", "import", tmp_path / "drill.jsonl")

    assert "2 acts of review" in came.out
    assert "nothing was added" in again.out
    assert state_of(past)["state"] == "reviewed"


def test_todays_rubric_is_laid_on_a_drill_once(past):
    """It was scored under it when it was played: nothing to add."""
    review(past, "sign")
    done = review(past, "rescore")

    assert (done.code, "under this rubric already" in done.err) == (1, True)


def test_another_rubric_is_a_row_of_its_own(past, tmp_path):
    """A drill scored long ago keeps that total; today's stands beside it, here and in the index."""
    with sqlite3.connect(tmp_path / "history" / "index.db") as raw:
        raw.execute("UPDATE scores SET rubric = 'long ago', total_milli = 12345")
    raw.close()
    done = review(past, "rescore")
    with Archive.at(str(tmp_path / "history"), {}) as history:
        kept = [(one.number, one.rubric == rubric_hash()) for one in history.scores(DRILL)]
    totals = state_of(past)["totals"]

    assert done.code == 0, done.err
    assert [(one["why"], one["total_milli"] == 12345) for one in totals] == [
        ("engine", True),
        ("rubric", False),
    ]
    assert kept == [(1, False), (2, True)]


def test_a_drill_that_is_not_over_is_not_reviewed(past):
    """Nor is one nobody knows."""
    assert past("review", "show", "small-shop-s8").code == 2
    assert main(["review", "sign", DRILL]) == 2


def test_a_person_is_forgotten_by_name_or_id(past, tmp_path):
    """Name and words are gone from every file; the review verifies, and says that they were."""
    review(past, "sign", "--called", "Erin Vale", "--text", "read it twice over")
    erased = past("archive", "erase", "erin vale")
    again = past("archive", "erase", "erin")
    files = [path for path in (tmp_path / "history").rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)

    assert (erased.code, again.code) == (0, 2)
    assert "erin: the name and the words of 1 acts" in erased.out
    assert past("archive", "verify").code == 0
    assert "(erased)" in past("review", "show", DRILL).out
    assert (b"Erin Vale" in kept, b"read it twice" in kept) == (False, False)


def test_what_everybody_is_told_first_stands_on_every_page(past, tmp_path):
    """The listing and the report show the safety contract in short, and where it stands whole."""
    past("report", DRILL, "--out", tmp_path / "out")
    page = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    shown = past("scenarios", "show", "fraiseql-database-recovery").out

    for text in (" ".join(page.split()), " ".join(shown.split())):
        assert "practice stays with whoever played it" in text
        assert "docs/promises.md" in text
