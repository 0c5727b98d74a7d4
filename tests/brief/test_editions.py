"""Documents say which edition they are of, and every chair that must be filled is."""

import pytest

from simulator.brief.library import load
from simulator.errors import BriefError

SHOP = "fraiseql-database-recovery"
TEAM = """\
schema: 1
id: team
title: A team
people:
  bob: {name: Bob, roles: [on_call, backup, manager, commander]}
"""


def with_roster(folder, text, **asked):
    """The shipped incident under a roster of this text."""
    file = folder / "team.yaml"
    file.write_text(text, encoding="utf-8")
    return load(SHOP, roster=str(file), **asked)


def refused(folder, text, **asked):
    """(line, column, code) of what is wrong with it."""
    with pytest.raises(BriefError) as caught:
        with_roster(folder, text, **asked)
    wrong = [one for one in caught.value.problems if not one.is_warning]
    return [(one.line, one.column, one.code) for one in wrong]


def test_a_document_of_this_edition_is_read(tmp_path):
    """Said or left out, the first edition is the one there is."""
    said = with_roster(tmp_path, TEAM).brief.roster
    silent = with_roster(tmp_path, TEAM.replace("schema: 1\n", "")).brief.roster

    assert (said.schema, silent.schema) == (1, 1)


def test_a_newer_document_asks_for_a_newer_gameday(tmp_path):
    """Only that is told, at its place, however strange its keys look to us."""
    newer = TEAM.replace("schema: 1", "schema: 7").replace("roles:", "duties:")

    assert refused(tmp_path, newer) == [(1, 9, "E145")]


@pytest.mark.parametrize("edition", ["0", "-1", "one", "1.5", "[1]"])
def test_an_edition_is_a_whole_number_from_one_on(tmp_path, edition):
    """Anything else is a slip of the pen."""
    assert refused(tmp_path, TEAM.replace("schema: 1", f"schema: {edition}"))[0][2] == "E145"


def test_a_role_nobody_holds_is_played_by_a_bot(tmp_path):
    """A warning says which."""
    codes = [one.code for one in with_roster(tmp_path, TEAM).warnings]

    assert "W104" in codes


def test_without_bots_every_needed_role_wants_a_person(tmp_path):
    """Where only people play, the same roster is refused."""
    assert [code for *_, code in refused(tmp_path, TEAM, no_bots=True)] == ["E146"]


def test_the_duties_of_who_is_on_call_fall_to_nobody(tmp_path):
    """People are seated and none of them is on call: refused, bots or not."""
    assert [code for *_, code in refused(tmp_path, TEAM.replace("[on_call, ", "["))] == ["E146"]
