from pathlib import Path

import pytest

from simulator.authoring.check import check
from simulator.authoring.reachable import begins_in
from simulator.brief.binding import bind
from simulator.brief.nodes import compose
from simulator.brief.problems import ADVICE
from simulator.brief.scenario.scenario import Scenario

SHOP = (Path(__file__).parent / "corner_shop.yaml").read_text(encoding="utf-8")


def complaints(*changes):
    """(code, sentence) of all there is to say of the shop with these changes, but advice."""
    text = SHOP
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    node = compose(text, "shop.yaml")
    found = check(node, bind(Scenario, node, "shop.yaml"), "shop.yaml")
    return [(one.code, one.found) for one in found if one.code not in ADVICE]


def test_which_faults_may_begin_follows_arms_effects_spreads_and_gauges():
    """A restart may start the full pool in any variant; the release's fault is its own."""
    node = compose(SHOP, "shop.yaml")
    scenario = bind(Scenario, node, "shop.yaml")

    assert sorted(begins_in(scenario, "query")) == ["held", "no-room", "noisy"]
    assert sorted(begins_in(scenario, "release")) == ["no-room", "noisy", "released"]


@pytest.mark.parametrize(
    ("condition", "scope", "told"),
    [
        ("fault.held > 0", "only_in: [release], ", True),
        ("fault.held > 0", "", False),
        ("cured.released", "not_in: [release], ", True),
        ("variant == query", "only_in: [release], ", True),
        ("variant != query and fault.held > 0", "", True),
        ("done.kill-query", "only_in: [release], ", False),
        ("fault.held == 0", "only_in: [release], ", False),
        ("found.held-pool", "", False),
    ],
)
def test_a_condition_is_asked_in_the_variants_it_is_there_in(condition, scope, told):
    """What only another variant could bring about never comes."""
    found = complaints(("thanks: {when: restored,", f"thanks: {{{scope}when: {condition},"))

    assert [code for code, _ in found] == (["W160"] if told else [])


def test_an_action_that_is_not_there_is_never_done():
    """Nobody in the release variant can kill the query that is not offered there."""
    found = complaints(
        ("kill-query: {title", "kill-query: {only_in: [query], title"),
        ("thanks: {when: restored,", "thanks: {only_in: [release], when: done.kill-query,"),
    )

    assert [code for code, _ in found] == ["W160"]


def test_an_inject_whose_exception_always_holds_never_comes():
    """It asks for a fault and makes an exception of it."""
    found = complaints(
        ("thanks: {when: restored,", "thanks: {when: sessions > 90, unless: sessions > 50,")
    )

    assert found == [
        ("W160", "the inject thanks never comes: whenever it could, its `unless` holds")
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("desk: {title", "desk: {not_in: [query, release], title", "this is there in no variant"),
        (
            "sessions: {title", "sessions: {only_in: [release], title",
            "in no variant of this clue one of its looks is there: sessions",
        ),
        (
            "then: [{do: {start: [no-room]}}]",
            "then: [{when: sessions > 9 and sessions < 5, do: {start: [no-room]}}]",
            "the action restart-db never does anything: none of its outcomes can hold",
        ),
    ],
)  # fmt: skip
def test_what_is_there_for_nobody_is_told(before, after, said):
    """A look in no variant, a clue without its look, an action without an outcome."""
    also = ("held-pool: {looks", "held-pool: {only_in: [query], looks")

    assert said in [sentence for _, sentence in complaints((before, after), also)]


def test_a_remedy_that_is_not_there_is_refused():
    """No path leads to restored where the cure is offered elsewhere only."""
    found = complaints(("roll-back: {title", "roll-back: {only_in: [query], title"))

    assert found == [
        ("E165", "the remedy of release takes roll-back, which is not there in release")
    ]


def test_a_variant_without_a_remedy_is_told():
    """Bots could never cure it, and no debrief could say how."""
    found = complaints(("    remedy:\n      - {do: roll-back}\n", ""))

    assert [code for code, _ in found] == ["W168"]


def test_a_look_that_leads_nowhere_is_told():
    """What tells a variant apart must be there in it."""
    found = complaints(("releases: {title", "releases: {only_in: [query], title"))

    assert ("W169", "releases leads to release and is not there in release") in found


def test_a_herring_that_nothing_contradicts_is_told():
    """The late backup looks like a dead database, and no two other looks speak against that."""
    clue = "clues:\n  late: {looks: [desk], shows: s, when: fault.noisy > 0, reads: {dead-db: N}}\n"
    fair = complaints(("clues:\n", clue.replace("N", "1.5")))
    unfair = complaints(("clues:\n", clue.replace("N", "900")))

    assert [code for code, _ in fair] == []
    assert {code for code, _ in unfair} >= {"W170"}
    assert "lets people take dead-db for the cause" in unfair[0][1]


def test_figures_of_a_normal_day_that_contradict_each_other_are_refused():
    """A service nobody asks has no load, so how busy it is says nothing."""
    found = complaints(("        db: {timeout: 5s}\n", "        db: {share: 0%, timeout: 5s}\n"))

    assert [code for code, _ in found] == ["E147"]
    assert found[0][1].startswith("db: no load at baseline")
