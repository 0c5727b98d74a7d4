import json

from small_drill import SCENARIO, write


def test_a_sound_scenario_is_played_and_told_on_one_page(gameday, tmp_path):
    """Warnings with their places, how each skill fared, and the verdict last."""
    answer = gameday("scenarios", "check", write(tmp_path), "--tries", "1", "--workers", "1")

    assert answer.code == 0
    assert "Played by bots" in answer.out
    assert "Advice (" in answer.out
    assert answer.out.splitlines()[-1].startswith(f"{tmp_path}/small-shop.yaml: sound, ")


def test_what_must_be_mended_is_told_on_the_page_and_nothing_is_played(gameday, tmp_path):
    """Exit 3; a second scenario is checked all the same."""
    fine = write(tmp_path)
    bad = tmp_path / "bad.yaml"
    bad.write_text(SCENARIO.replace("title: A small shop", "titel: A small shop"))
    answer = gameday("scenarios", "check", bad, fine, "--no-play")

    assert answer.code == 3
    assert "Must be mended (2)" in answer.out
    assert "bad.yaml:2:1: error[E120]: unknown key 'titel'; did you mean 'title'?" in answer.out
    assert "Played by bots" not in answer.out
    assert answer.out.splitlines()[-1].startswith(f"{fine}: sound")


def test_figures_that_cannot_be_are_told_before_anything_is_played(gameday, tmp_path):
    """By check with their line, by run with a pointer to check; never as our own mistake."""
    file = write(tmp_path, scenario=SCENARIO.replace("share: 100%", "share: 0%"))
    checked, run = gameday("scenarios", "check", file), gameday("run", file, "--no-report")

    assert (checked.code, run.code) == (3, 3)
    assert "small-shop.yaml:23:5: error[E147]: db: no load at baseline" in checked.out
    assert "`gameday scenarios check` names the line" in run.err


def test_strict_minds_warnings_but_no_advice(gameday, tmp_path):
    """Exit 1 where there is a warning; a small drill's size is advice."""
    file = write(tmp_path)
    early = write(
        tmp_path / "early",
        scenario=SCENARIO.replace("limit: 4h", "limit: 4h\ninjects: {x: {says: y}}"),
    )
    plain = gameday("scenarios", "check", early, "--no-play")
    strict = gameday("scenarios", "check", early, "--no-play", "--strict")
    advice = gameday("scenarios", "check", file, "--no-play", "--json")

    assert (plain.code, strict.code) == (0, 1)
    assert any("W163" in one for one in json.loads(advice.out)[str(file)]["advice"])


def test_programs_read_findings_one_by_one(gameday, tmp_path):
    """Code, place, sentence and hint, and how each variant was played."""
    file = write(tmp_path)
    told = json.loads(
        gameday("scenarios", "check", file, "--json", "--tries", "1", "--workers", "1").out
    )
    verdict = told[str(file)]

    assert (verdict["sound"], verdict["errors"]) == (True, [])
    assert {"file", "line", "column", "code", "found", "hint"} == set(verdict["findings"][0])
    assert [one["policy"] for one in verdict["played"]] == ["expert", "competent", "novice"]
