"""Stories about a file of orders on a chair: it plays, it proves, and it says what is wrong."""

import json
from pathlib import Path

import pytest
from small_drill import write

SCRIPT = """\
- {at: 30s, by: on_call, command: acknowledge, fields: {page: p1}}
- {at: 60s, by: alice, command: declare, fields: {level: CRITICAL}}
- {at: 90s, by: alice, command: look, fields: {look: panel}, takes: 47s}
- {at: 5m, by: alice, command: hypothesise, fields: {cause: bad-release, confidence: 80}}
- {at: 6m, by: alice, command: mitigate, fields: {action: roll-back, anyway: yes}, takes: 100s}
"""


def run(gameday, folder, script, seat="alice={}"):
    """The small shop with a script on a chair; the answer."""
    file = folder / "alice.yaml"
    file.write_text(script, encoding="utf-8")
    shop = write(folder / "shop")
    asked = f"{seat.format(file)},*=competent"
    return gameday("run", shop, "--responder", asked, "--seed", 7, "--no-report", "--json")


def told(gameday, drill):
    """The journal of a drill, one mapping a line."""
    out = gameday("archive", "export", drill, "--to", "drill.jsonl")
    assert out.code == 0
    with Path("drill.jsonl").open(encoding="utf-8") as lines:
        return [line for line in map(json.loads, lines) if "kind" in line]


def test_a_script_plays_its_chair_and_its_times_are_kept(gameday, tmp_path):
    """Acknowledged at T+30 s; the look takes 47 s and the roll-back 100 s, without luck."""
    answer = run(gameday, tmp_path, SCRIPT)
    assert answer.code == 0, answer.err
    lines = told(gameday, json.loads(answer.out)["drill"])
    paged = next(line["at"] for line in lines if line["kind"] == "paged")
    given = [
        (line["at"] - paged, line["kind"])
        for line in lines
        if line["by"] == "alice" and line["kind"] in ("acknowledge", "declare", "look")
    ]
    work = [
        (line["body"]["item"], line["body"]["takes_s"], line["body"]["luck_s"])
        for line in lines
        if line["kind"] == "work_began" and line["body"]["by"] == "alice"
    ]

    assert given == [(30, "acknowledge"), (60, "declare"), (90, "look")]
    assert [one for one in work if one[0] in ("panel", "roll-back")] == [
        ("panel", 47, 0),
        ("roll-back", 100, 0),
    ]


def test_a_scripted_drill_runs_again_without_its_file(gameday, tmp_path):
    """What was played stands in the journal's first entry."""
    answer = run(gameday, tmp_path, SCRIPT)
    (tmp_path / "alice.yaml").unlink()

    assert gameday("rerun", json.loads(answer.out)["drill"]).code == 0


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("- {at: 30s, by: alice, command: declair, fields: {level: X}}", "declair", "E141"),
        ("- {at: 30s, by: alise, command: resolve}", "alise", "E141"),
        ("- {at: 3s, by: alice, command: look}", "look", "E190"),
        ("- {at: 3s, by: alice, command: look, fields: {lok: panel}}", "lok", "E141"),
        ("- {at: 3s, by: alice, command: resolve, takes: 5s}", "5s", "E190"),
        ("- {at: 3s, by: alice, command: note, fields: {text: x, decision: 3}}", "3}", "E190"),
        ("- {at: 30, by: alice, command: resolve}", "30", "E"),
        ("- {at: 3s, by: alice, comand: note}", "comand", "E"),
        ("lines: []", "lines", "E190"),
    ],
)
def test_a_line_that_is_wrong_is_told_with_its_place(gameday, tmp_path, line, place, code):
    """File, line, column and what would be right; nothing is played."""
    answer = run(gameday, tmp_path, line + "\n")

    assert answer.code == 3
    assert f"alice.yaml:1:{line.index(place) + 1}: error[{code}" in answer.err


def test_a_file_alone_sits_on_the_chairs_it_speaks_for(gameday, tmp_path):
    """Without a name before it; a file that says nothing for the chair named is refused."""
    alone = run(gameday, tmp_path, SCRIPT, seat="{}")
    nothing = run(gameday, tmp_path, SCRIPT, seat="bob={}")
    missing = run(gameday, tmp_path, SCRIPT, seat="alice=no/such.yaml")

    assert (alone.code, nothing.code, missing.code) == (0, 2, 4)
