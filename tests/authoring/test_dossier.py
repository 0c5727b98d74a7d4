from dataclasses import replace
from pathlib import Path

from simulator.authoring.dossier import moments, truths
from simulator.brief.brief import agreed
from simulator.brief.nodes import compose

HERE = Path(__file__).parent
FILES = (
    HERE / "corner_shop.yaml",
    HERE.parents[1] / "scenarios" / "plans" / "fraiseql.yaml",
    HERE / "corner_shop_people.yaml",
)


def shop(*changes):
    """The brief of the corner shop with these changes."""
    text = FILES[0].read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    nodes = [compose(text, "shop")]
    nodes += [compose(file.read_bytes(), file.name) for file in FILES[1:]]
    return agreed(*nodes, ("shop", "plan", "people"))


def test_what_happens_stands_by_the_clock_and_is_sealed_where_it_tells():
    """What comes by a condition is no reading for those who play."""
    told = [(one.inject, one.when, one.is_sealed) for one in moments(shop().scenario)]

    assert told == [
        ("boss", "4 min after the first page", False),
        ("thanks", "when restored", True),
    ]


def test_what_an_act_does_follows_from_the_faults_of_the_variant():
    """The same act is right in one truth and nothing in the other."""
    query, release = truths(shop())

    assert [(one.action, one.judged) for one in query.deeds] == [
        ("kill-query", "right"), ("roll-back", "nothing"), ("restart-db", "harmful"),
        ("read-only", "partial"),
    ]  # fmt: skip
    assert {one.action: one.judged for one in release.deeds}["kill-query"] == "right"
    assert {one.action: one.does for one in release.deeds}["kill-query"] == ("cures no-room",)


def test_a_gauge_that_nothing_fills_breaks_nothing():
    """Without the restart nobody in the release variant could run out of sessions."""
    brief = shop(("then: [{do: {start: [no-room]}}]", "then: []"))
    release = truths(brief)[1]

    assert {one.action: one.judged for one in release.deeds}["kill-query"] == "nothing"


def test_looks_that_tell_a_truth_apart_are_those_that_show_it_a_minute_after_the_page():
    """Clues whose condition holds then, against the other variants' causes."""
    query, release = truths(shop())

    assert dict(query.tells) == {"panel": "nothing", "sessions": "alone"}
    assert dict(release.tells) == {"panel": "nothing", "sessions": "alone", "releases": "alone"}


def test_a_single_truth_is_told_from_its_decoys():
    """Where no other variant is, the nameable causes stand in."""
    brief = shop()
    only = {"query": brief.scenario.variants["query"]}
    (query,) = truths(replace(brief, scenario=replace(brief.scenario, variants=only)))

    assert dict(query.tells)["sessions"] == "alone"
