"""Who plays which chair: policies by role or person, and lists of orders from files."""

from pathlib import Path

import pytest

from simulator.brief.library import load
from simulator.errors import BriefError, HostError, UnknownNameError
from simulator.responders.script import kept_lines, read_script
from simulator.session.scripts import seats
from simulator.session.seating import seating, wished

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
BRIEF = load(str(SHOP), roster=str(SHOP.with_name("corner_shop_people.yaml"))).brief


@pytest.mark.parametrize(
    ("asked", "seated"),
    [
        ("", "competent competent competent competent"),
        ("novice", "novice novice novice novice"),
        (" on_call = novice , *=expert", "novice expert expert expert"),
        ("ann=idle,on_call=novice", "idle competent competent competent"),
        ("security_lead=expert", "competent competent competent expert"),
    ],
)
def test_a_chair_is_played_as_it_is_asked_for(asked, seated):
    """By person before by role, by role before everybody; a role nobody holds has its chair."""
    people = ("ann", "bob", "cat", "security-lead")

    assert seating(BRIEF, asked) == dict(zip(people, seated.split(), strict=True))


def test_only_those_a_wish_is_about_change_their_player():
    """A fork that asks for one chair leaves the others as they were."""
    assert wished(BRIEF, "ann=expert") == {"ann": "expert"}
    assert wished(BRIEF, "") == {}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("novise", "no policy is called 'novise'; .*novice"),
        ("on_cal=novice", "no role or person is called 'on_cal'; .*on_call"),
        ("backup=novice,sme=expert", "bob holds several roles and cannot be expert and novice"),
    ],
)
def test_a_wish_that_cannot_be_met_says_why(asked, says):
    """The nearest name for a slip; two wishes that meet in one person are told."""
    with pytest.raises(UnknownNameError, match=says):
        seating(BRIEF, asked)


def written(text):
    """The lines of a script, and the text kept of it."""
    return read_script(text.encode(), "play.yaml", BRIEF)


def test_a_list_of_orders_is_read_in_the_types_of_its_orders():
    """Yes is true, durations have their unit, a whole number has none, a mapping stays one."""
    lines, _ = written(
        "- {at: 30s, by: on_call, command: mitigate, takes: 2m,"
        " fields: {action: kill-query, anyway: yes}}\n"
        "- {at: 2m, by: ann, command: hypothesise, fields: {cause: slow-query, confidence: 80}}\n"
        "- {at: 3m, by: ann, command: book_meeting, fields: {after_s: 1h}}\n"
        "- {at: 4m, by: ann, command: submit_report, fields: {fields: {impact: all failed}}}\n"
    )

    assert [(one.at, one.by, dict(one.fields), one.takes_s) for one in lines] == [
        (30, "ann", {"action": "kill-query", "anyway": True}, 120),
        (120, "ann", {"cause": "slow-query", "confidence": 80}, None),
        (180, "ann", {"after_s": 3600}, None),
        (240, "ann", {"fields": {"impact": "all failed"}}, None),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{at: 1s, by: anne, command: resolve}", "person or role.*anne"),
        ("{at: 1s, by: ann, command: resolv}", "resolv"),
        ("{at: 1s, by: ann, command: inject_fault, fields: {fault: held}}", "inject_fault"),
        ("{at: 1s, by: ann, command: resolve, takes: 5s}", "no work whose time is drawn"),
        ("{at: 1s, by: ann, command: look, fields: {looks: panel, look: panel}}", "looks"),
        ("{at: 1s, by: ann, command: look}", "look lacks look"),
        ("{at: 1s, by: ann, command: mitigate, fields: {action: a, anyway: maybe}}",
         "'maybe' is neither yes nor no"),
        ("{at: 1s, by: ann, command: look, fields: {look: [panel]}}", "a text is wanted"),
        ("{at: 1s, by: ann, command: submit_report, fields: {fields: x}}", "a mapping is wanted"),
        ("{at: 1s, by: ann, command: hypothesise, fields: {cause: x, confidence: yes}}",
         "is not a whole number"),
        ("{at: 1s, by: ann, command: book_meeting, fields: {after_s: 60}}",
         "60 is not a duration such as `5m`"),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong_is_told_at_its_place(row, says):
    """What is wrong, in the file and line where it stands; a good line beside it is no excuse."""
    with pytest.raises(BriefError, match=says) as raised:
        written(f"- {{at: 1s, by: ann, command: step_out}}\n- {row}\n")

    assert [(one.file, one.line) for one in raised.value.problems] == [("play.yaml", 2)]


def test_a_script_is_a_list():
    """A single line written as a mapping is told how a list looks."""
    with pytest.raises(BriefError, match="a script is a list of lines such as"):
        written("at: 1s\n")


def test_a_list_for_everybody_is_parted_among_those_it_names(tmp_path):
    """Who has a line plays it, the others as asked; a drill carries the list it is played by."""
    file = tmp_path / "both.yaml"
    file.write_text("- {at: 30s, by: bob, command: step_out}\n- {at: 9s, by: ann, command: skip}\n")
    seated = seats(BRIEF, f"security_lead=idle,*=novice,{file}")

    assert seated.policies == {
        "ann": "scripted", "bob": "scripted", "cat": "novice", "security-lead": "idle",
    }  # fmt: skip
    assert sorted(one.by for one in kept_lines(seated.brief)) == ["ann", "bob"]
    assert kept_lines(BRIEF) == ()


def test_a_list_that_says_nothing_for_the_chair_is_refused(tmp_path):
    """Nor is one that is a folder, or that holds no line at all."""
    file, empty = tmp_path / "bob.yaml", tmp_path / "none.yaml"
    file.write_text("- {at: 30s, by: bob, command: step_out}\n")
    empty.write_text("[]\n")

    with pytest.raises(UnknownNameError, match="holds no line of cat"):
        seats(BRIEF, f"commander={file}")
    with pytest.raises(UnknownNameError, match="holds no line of anybody"):
        seats(BRIEF, str(empty))
    with pytest.raises(HostError, match="is no file that could be read"):
        seats(BRIEF, f"{tmp_path}/")


def test_without_a_list_a_drill_carries_none():
    """Policies alone leave the brief as it was."""
    seated = seats(BRIEF, "novice")

    assert seated.brief == BRIEF
    assert set(seated.policies.values()) == {"novice"}
