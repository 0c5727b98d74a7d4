"""A drill that is over: told, proved, forked, carried, resumed."""

import json
import re
import shutil
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.archive.archive import Archive
from simulator.debrief.replay import brief_of, entries_of, fork, replay, rerun
from simulator.errors import JournalError, UnknownNameError
from simulator.journal.record import chained
from simulator.session.headless import resume

DRILL = "small-shop-s7"


def lines_of(history):
    """The recorded lines."""
    with Archive.at(str(history), {}) as archive:
        return archive.read(DRILL)


def test_a_scorecard_is_a_table_or_json(gameday, played):
    """The listing shows the total; the JSON of it parses."""
    text = gameday("archive", "list", "--archive", played)
    (drill,) = json.loads(gameday("archive", "list", "--archive", played, "--json").out)

    assert (drill["drill_id"], drill["state"]) == (DRILL, "sealed")
    assert isinstance(drill["total_milli"], int)
    assert DRILL in text.out


def test_a_rerun_is_the_same_to_the_byte(gameday, played):
    """The recorded orders make every recorded line again."""
    proof = json.loads(gameday("rerun", "small", "--archive", played, "--json").out)

    assert (proof["same"], proof["head"]) == (True, proof["again"])


def test_a_record_that_was_made_otherwise_is_found(played):
    """A rerun names the first line this engine would tell otherwise."""
    lines = list(lines_of(played))
    told = next(line.seq for line in lines if line.kind == "incident_declared")
    forged, prev = lines[:told], lines[told].prev
    for line in lines[told:]:
        body = line.body.replace("CRITICAL", "HIGH") if line.seq == told else line.body
        fields = {"seq": line.seq, "at": line.at, "by": line.by, "cause": line.cause}
        forged.append(chained(**fields, kind=line.kind, body=body, prev=prev))
        prev = forged[-1].hash
    proof = rerun(forged)

    assert (proof.same, proof.differs_at) == (False, told)


def test_a_replay_tells_a_seat_no_more_than_it_knew(gameday, played):
    """Nobody on call is told that a fault begins; the facilitator is."""
    facilitator = gameday("replay", DRILL, "--archive", played).out
    on_call = gameday("replay", DRILL, "--as", "on_call", "--archive", played).out

    secret = '"The new release fails" begins'
    assert (secret in facilitator, secret in on_call) == (True, False)
    assert "Alice is paged" in on_call


def test_a_replay_calls_nothing_by_an_id(gameday, played):
    """Pages, requests, looks, actions and causes have names; no line is said twice over."""
    lines = gameday("replay", DRILL, "--archive", played).out.splitlines()
    ids = re.compile(r"\b([prwqt]\d|roll-back|bad-release|on_call|alice)\b")

    assert [line for line in lines if ids.search(line)] == []
    assert [line for line, after in pairwise(lines) if line == after] == []


def test_a_replay_tells_what_messages_claimed(gameday, played):
    """The update says its status and when the next one comes; its every field on request."""
    lines = gameday("replay", DRILL, "--archive", played).out.splitlines()
    whole = gameday("replay", DRILL, "--texts", "--archive", played).out.splitlines()
    updates = [line for line in lines if "sends the status update" in line]

    assert updates
    assert all("impact" in line and "next word by" in line for line in updates)
    assert sum(line.strip().startswith("actions: ") for line in whole) >= len(updates)


def test_a_replay_tells_orders_and_bookkeeping_on_request(gameday, played):
    """Nothing of the usual telling is missing from it."""
    usual = gameday("replay", DRILL, "--archive", played).out.splitlines()
    everything = gameday("replay", DRILL, "--all", "--archive", played).out.splitlines()

    assert set(usual) < set(everything)
    assert any("wants to acknowledge" in line for line in everything)


def test_a_seat_nobody_holds_is_a_matter_of_usage(played):
    """The nearest seat is named."""
    with pytest.raises(UnknownNameError, match="did you mean 'alice'"):
        replay(lines_of(played), seat="alise")


def test_a_fork_keeps_the_past_and_can_be_proved(gameday, played):
    """Until the switch both drills are the same line for line; the fork names its parent."""
    said = gameday("fork", DRILL, "--at", "3m", "--responder", "idle", "--archive", played,
                   "--json")  # fmt: skip
    made = json.loads(said.out)
    with Archive.at(str(played), {}) as archive:
        parent, child = archive.read(DRILL), archive.read(made["drill"])
    switch = next(line for line in child if line.kind == "hand_back")
    proof = rerun(child)

    assert (made["parent"], proof.same) == (DRILL, True)
    assert child[: switch.seq] == parent[: switch.seq]
    assert switch.by == "host"


def test_a_fork_beyond_the_end_is_refused(played):
    """There is nothing to go on from after the last second."""
    lines = lines_of(played)

    with pytest.raises(UnknownNameError, match="not within the drill"):
        fork(lines, lines[-1].at + 1, {"alice": "idle"})


def test_a_killed_drill_goes_on_to_the_same_last_byte(played, tmp_path):
    """A record cut between any two seconds is resumed to the head of the whole one."""
    lines = lines_of(played)
    seconds = [n for n in range(1, len(lines)) if lines[n].at > lines[n - 1].at]
    heads = []
    for number, cut in enumerate((seconds[0], seconds[len(seconds) // 2], seconds[-1])):
        with Archive.at(str(tmp_path / str(number)), {}) as archive, \
             Archive.at(str(played), {}) as whole:  # fmt: skip
            writer = archive.new_drill(whole.find(DRILL))
            writer.append(lines[:cut])
            writer.close()
            heads.append(resume(archive, DRILL).head)

    assert heads == [lines[-1].hash] * 3


def test_a_drill_goes_to_another_archive_and_back_unchanged(gameday, played, tmp_path):
    """Export, import and verify keep every byte."""
    file = tmp_path / "drill.jsonl"
    codes = [
        gameday("archive", "export", DRILL, "--to", file, "--archive", played).code,
        gameday("archive", "import", file).code,
        gameday("archive", "verify").code,
        gameday("archive", "export", DRILL, "--to", file, "--archive", played).code,
    ]
    here = json.loads(gameday("archive", "list", "--json").out)

    assert codes == [0, 0, 0, 4]
    assert [drill["drill_id"] for drill in here] == [DRILL]


@pytest.mark.parametrize(
    ("found", "put"),
    [('"plan":"fraiseql"', '"plan":"code"'), ('"scenario":"small-shop"', '"scenario":"other"'),
     ('"mode":"standard"', '"mode":"assessed"'), ('"ended":"', '"ended":"limit-'),
     ('"began":"20', '"began":"19'), ('"seed":"7"', '"seed":"99"'),
     ('"parent":""', '"parent":"another-drill"')],
)  # fmt: skip
def test_an_import_is_believed_as_far_as_its_entries_speak(gameday, played, tmp_path, found, put):
    """A heading that says otherwise than the drill it heads is refused, and nothing is listed."""
    file = tmp_path / "drill.jsonl"
    assert gameday("archive", "export", DRILL, "--to", file, "--archive", played).code == 0
    heading, rest = file.read_text(encoding="utf-8").split("\n", 1)
    assert found in heading
    file.write_text(heading.replace(found, put) + "\n" + rest, encoding="utf-8")
    answer = gameday("archive", "import", file)

    assert (answer.code, f"the import of {DRILL} is refused: it says" in answer.err) == (4, True)
    assert gameday("archive", "list").out == ""


def test_one_drill_under_two_names_is_one_drill(gameday, played, tmp_path):
    """The second import says which drill it is, and adds nothing."""
    file = tmp_path / "drill.jsonl"
    gameday("archive", "export", DRILL, "--to", file, "--archive", played)
    gameday("archive", "import", file)
    file.write_text(file.read_text(encoding="utf-8").replace(f'"{DRILL}"', '"my-own"', 1))
    told = gameday("archive", "import", file)
    again = json.loads(gameday("archive", "import", file, "--json").out)
    here = json.loads(gameday("archive", "list", "--json").out)

    assert told.out.startswith(f"{DRILL} is this very drill (head ")
    assert (told.code, again["drill_id"], again["added"]) == (0, DRILL, False)
    assert [drill["drill_id"] for drill in here] == [DRILL]


@pytest.fixture
def damaged(played, tmp_path):
    """The archive with one byte of one line of the drill's file changed."""
    history = tmp_path / "damaged"
    shutil.copytree(played, history)
    file = history / "drills" / f"{DRILL}.db"
    file.chmod(0o600)
    raw = sqlite3.connect(file)
    with raw:
        raw.execute("UPDATE lines SET body = replace(body, 'alice', 'alicf') WHERE seq = 120")
        assert raw.execute("SELECT body LIKE '%alicf%' FROM lines WHERE seq = 120").fetchone()[0]
    raw.close()
    return history


def test_a_damaged_drill_is_marked_wherever_it_is_told(gameday, damaged, tmp_path):
    """The listing and every page of the report say UNVERIFIED; only the sound part is told."""
    listed = gameday("archive", "list", "--archive", damaged)
    drills = json.loads(gameday("archive", "list", "--json", "--archive", damaged).out)
    verified = {drill["drill_id"]: drill["verified"] for drill in drills}
    answer = gameday("report", DRILL, "--out", tmp_path / "out", "--archive", damaged, "--json")
    told = json.loads(answer.out)
    pages = [(tmp_path / "out" / f"report.{kind}").read_text() for kind in ("html", "md", "json")]

    assert ("UNVERIFIED" in listed.out, verified[DRILL]) == (True, False)
    assert f"{DRILL} is UNVERIFIED: line 120 (" in listed.err
    assert (answer.code, told["verified"], told["found"][:8]) == (1, False, "line 120")
    assert all("UNVERIFIED (line 120 (" in page for page in pages)
    assert [json.loads(pages[2])["footing"][name] for name in ("entries", "verified")] == [120, 0]
    assert json.loads(pages[2])["card"] is None


def test_a_drill_of_which_nothing_is_sound_has_no_report(gameday, damaged, tmp_path):
    """Its first line is wrong: nothing could be told that anybody said."""
    raw = sqlite3.connect(damaged / "drills" / f"{DRILL}.db")
    with raw:
        raw.execute("UPDATE lines SET by = 'nobody' WHERE seq = 0")
    raw.close()
    answer = gameday("report", DRILL, "--out", tmp_path / "out", "--archive", damaged)

    assert (answer.code, "UNVERIFIED and nothing of it is sound" in answer.err) == (4, True)
    assert not (tmp_path / "out").exists()


def test_a_report_for_programs_names_its_files(gameday, played, tmp_path):
    """`--json` as on every result: what was written, and that the record verifies."""
    answer = gameday("report", DRILL, "--out", tmp_path / "out", "--archive", played, "--json")
    told = json.loads(answer.out)

    assert (answer.code, told["drill"], told["verified"], told["found"]) == (0, DRILL, True, "")
    assert [Path(file).is_file() for file in told["files"]] == [True] * 6


def test_a_drill_whose_file_is_gone_is_the_environments_fault(gameday, played, tmp_path):
    """Exit 4 and what to do: the name is right, its file is not there."""
    history = tmp_path / "gone"
    shutil.copytree(played, history)
    (history / "drills" / f"{DRILL}.db").unlink()
    answers = [gameday(word, DRILL, "--archive", history) for word in ("replay", "report", "rerun")]

    assert [one.code for one in answers] == [4] * 3
    assert all("put it back, or import the drill again" in one.err for one in answers)


def test_a_fork_beyond_the_end_is_told_in_times_of_the_drill(gameday, played):
    """When it ran, as the replay counts: from the first page."""
    answer = gameday("fork", DRILL, "--at", "9h", "--responder", "idle", "--archive", played)

    assert answer.code == 2
    assert "T+9:00:00 is not within the drill, which ran from T-" in answer.err


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\x00" * 64, b'{"a": 1}\n'])
def test_what_is_no_export_is_refused(gameday, tmp_path, content):
    """Exit 4, and nothing is taken in."""
    file = tmp_path / "other.jsonl"
    file.write_bytes(content)
    answer = gameday("archive", "import", file)

    assert (answer.code, answer.err.startswith("error: ")) == (4, True)
    assert gameday("archive", "list").out == ""


def test_a_journal_explains_itself(played):
    """The brief comes back from the first line as it was, the levels of its plan highest first."""
    lines = lines_of(played)
    brief = brief_of(lines)

    assert brief.plan.ordered() == ("CRITICAL", "HIGH", "MEDIUM", "LOW")
    assert len(entries_of(lines)) == len(lines)


def test_a_journal_without_entries_says_so():
    """A drill that was stopped before its first entry has nothing to tell."""
    with pytest.raises(JournalError, match="no entries"):
        brief_of(())
