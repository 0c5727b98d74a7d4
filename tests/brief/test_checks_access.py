"""What is said of credentials and an intruder that cannot be as they are written."""

from pathlib import Path

import pytest

from simulator.brief.binding import bind
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.nodes import compose
from simulator.brief.scenario.scenario import Scenario
from simulator.errors import BriefError

SHOP = (Path(__file__).parents[1] / "authoring" / "corner_shop.yaml").read_text(encoding="utf-8")
KEYS = """\
  credentials:
    hl01:
      holder: Harbourline
      created: 2025-06-02T08:00:00Z
      uses:
        sync: {by: owner, per_min: 18}
        thief: {by: intruder, per_min: 900, rows: 100, on: api, while: leaked == yes}
    sockets: {kind: session, holder: Harbourline, opened_with: hl01, reopens_in: 5s}
  state: {leaked: yes}
"""
STEPS = """\
intruder:
  steps:
    wakes: {when: cred.hl01.accepted == no, after: 90s..150s,
            do: {paces: [{credential: hl01, use: thief, per_min: 9}]}}
"""


def found_in(*changes):
    """(code, sentence) of every problem of the shop with keys, some of its text changed."""
    text = SHOP.replace("\nfaults:\n", f"\n{KEYS}faults:\n") + STEPS
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    node = compose(text, "shop")
    return [
        (one.code, one.found) for one in check_scenario(node, bind(Scenario, node, "shop"), "shop")
    ]


def test_keys_and_a_thief_as_people_write_them_are_sound():
    """Nothing is said of them."""
    assert found_in() == []


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("rows: 100, on: api", "rows: 100, on: apis", "E141", "no service is called 'apis'"),
        ("opened_with: hl01", "opened_with: hl02", "E141", "no credential is called 'hl02'"),
        ("credential: hl01", "credential: hl", "E141", "no credential is called 'hl'"),
        ("use: thief", "use: thieves", "E141", "no use of hl01 is called 'thieves'"),
        ("cred.hl01.accepted", "cred.hl01.acepted", "E141", "no cred is called 'hl01.acepted'"),
        ("while: leaked == yes", "while: lost == yes", "E141", "nothing is called 'lost'"),
        ("while: leaked == yes", "while: cred.hl01.uses_per_min > 3", "E129", "follows from uses"),
        ("while: leaked == yes", "while: intruder.active", "E129", "follows from uses"),
        ("while: leaked == yes", "while: leaked == yes for 30s", "E129", "on or off at once"),
        ("opened_with: hl01, ", "", "E129", "has `reopens_in`, and nothing says"),
        ("created: 2025", "created: 2035", "E129", "was created later"),
        ("holder: Harbourline\n", "holder: H\n      opened_with: sockets\n", "E142", "a cycle"),
        ("{paces: [{credential: hl01, use: thief, per_min: 9}]}", "{close: [hl01]}", "E129",
         "hl01 is a key, which nobody closes"),
        ("wakes: {when", "wakes: {only_in: [nowhere], when", "E141", "no variant is called"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_once(before, after, code, said):
    """One place changed is one sentence with its number."""
    found = found_in((before, after))

    assert [one for one, sentence in found if said in sentence] == [code]


def test_too_many_keys_are_told():
    """More than two hundred fill the second in which the state table is set."""
    many = "".join(f"    k{n}: {{holder: nobody}}\n" for n in range(201))
    found = found_in(("  credentials:\n", f"  credentials:\n{many}"))

    assert [code for code, sentence in found if "203 credentials" in sentence] == ["E130"]


def test_a_step_without_a_moment_is_refused():
    """Whoever acts back acts back to something."""
    with pytest.raises(BriefError) as caught:
        found_in(("wakes: {when: cred.hl01.accepted == no, after", "wakes: {after"))

    assert "when" in str(caught.value.problems[0])
