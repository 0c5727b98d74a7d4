import json

from small_drill import write


def test_what_is_sealed_is_shown_only_to_who_asks(gameday, tmp_path):
    """Cause, remedy and fault stand behind `--spoilers`, under a line that says so."""
    file = write(tmp_path)
    plain, sealed = (
        gameday("scenarios", "show", file),
        gameday("scenarios", "show", file, "--spoilers"),
    )

    assert "SEALED" not in plain.out
    assert "step 1 roll-back" not in plain.out
    assert "SEALED from here on" in sealed.out
    assert "  right   roll-back: cures bad-release" in sealed.out
    assert "cause: bad-release: The new release fails" in sealed.out


def test_eighty_columns_are_enough(gameday):
    """The longest scenario there is, opened."""
    out = gameday("scenarios", "show", "fraiseql-database-recovery", "--spoilers").out

    assert [line for line in out.splitlines() if len(line) > 80] == []


def test_programs_read_the_sheet(gameday, tmp_path):
    """The same in JSON; variants only where they are asked for."""
    file = write(tmp_path)
    plain = json.loads(gameday("scenarios", "show", file, "--json").out)
    sealed = json.loads(gameday("scenarios", "show", file, "--json", "--spoilers").out)

    assert plain["people"]["Alice"] == ["on_call"]
    assert "variants" not in plain
    assert [one["remedy"] for one in sealed["variants"]] == [["roll-back"]]


def test_a_sheet_without_its_people_is_told_all_the_same(gameday, tmp_path):
    """A roster that is not there is a word beside the sheet."""
    file = write(tmp_path)
    (tmp_path / "small-team.yaml").unlink()
    answer = gameday("scenarios", "show", file)

    assert (answer.code, "A small shop" in answer.out) == (0, True)
    assert "without its people: no roster is called 'small-team'" in answer.err


def test_a_listing_can_be_narrowed(gameday):
    """By whose it is, its kind, how hard it is, what it practises."""
    every = json.loads(gameday("scenarios", "list", "--json").out)
    hard = json.loads(gameday("scenarios", "list", "--json", "--difficulty", "4").out)
    theirs = json.loads(gameday("scenarios", "list", "--json", "--organisation", "fraise").out)
    skilled = json.loads(gameday("scenarios", "list", "--json", "--competency", "detection").out)

    assert hard == [one for one in every if one["difficulty"] == 4]
    assert {one["organisation"] for one in theirs} == {"FraiseQL"}
    assert skilled == [one for one in every if "detection" in one["competencies"]]


def test_a_listing_of_nothing_says_so(gameday):
    """A strange word comes with the nearest; no scenario is a word beside an empty result."""
    strange = gameday("scenarios", "list", "--competency", "detecton")
    nobody = gameday("scenarios", "list", "--organisation", "Nobody at all")

    assert (strange.code, "did you mean 'detection'?" in strange.err) == (2, True)
    assert (nobody.code, nobody.out) == (0, "")
    assert "no scenario is like that" in nobody.err
