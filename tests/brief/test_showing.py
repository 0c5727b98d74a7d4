"""What a look can show, held against what looks do show, and gates no look could pass."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.brief.conditions import parse
from simulator.brief.library import load
from simulator.brief.plan.levels import Gate
from simulator.brief.showing import could_show, hidden_gates, shown_by
from simulator.brief.vocabulary import VIEW_KINDS
from simulator.drill import Drill, Terms
from simulator.journal.commands.incident import Declare
from simulator.journal.commands.work import Look
from simulator.journal.events.work import Found

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
PEOPLE = SHOP.with_name("corner_shop_people.yaml")


@pytest.fixture(scope="module")
def shop():
    """A shop on the corner; customers come in at the api."""
    return load(str(SHOP), roster=str(PEOPLE)).brief


def hidden(brief, **gates):
    """(gate, variants, why) of each of these gates that no look of the brief could show."""
    plan = replace(brief.plan, gates={name: gate(*terms) for name, terms in gates.items()})
    return [(one.gate, one.variants, one.why) for one in hidden_gates(plan, brief.scenario)]


def gate(by, holds):
    """A proof by a kind of view."""
    return Gate(by=by, holds=parse(holds), says="Proof")


NOT_ALWAYS = {"service_down", "p95_ratio", "data"}
"""What a screen of such a kind shows at times only: at its own door, while it is served."""


def looked(brief, variant, looks):
    """What each of these looks finds, taken one after the other while it is broken."""
    drill = Drill(brief, Terms(seed=3, variant=variant))
    person = brief.people()[0]
    drill.advance(600)
    drill.submit(person, Declare(level=brief.plan.ordered()[0]))
    for name in sorted(looks):
        drill.submit(person, Look(look=name))
        while drill.stage.situation.busy(person) and not drill.ended:
            drill.advance(drill.now + 20)
    drill.advance(drill.now + 1)
    return {e.what.look: e.what for e in drill.entries if isinstance(e.what, Found)}


@pytest.mark.parametrize("variant", ["lost-primary", "cut-off", "executed"])
def test_what_a_look_can_show_is_what_looks_do_show(variant):
    """The table against the world: no look shows a fact more; of customers' figures, none less.

    Who answers nobody is shown by some screens of a kind only, so the table says that it may be.
    """
    brief = load("fraiseql-database-recovery").brief.playing(variant)
    looks = brief.scenario.looks
    plain = set(VIEW_KINDS) - {kind for look in looks.values() for kind in look.views}
    found = looked(brief, variant, {*looks, *plain})
    written = {name: (look.views, look.of or "", look.facts) for name, look in looks.items()}
    terms = {name: ((name,), "", ()) for name in plain} | written

    assert found.keys() == terms.keys()
    for name, each in terms.items():
        shown, may = set(found[name].facts), shown_by(brief.scenario, *each)
        assert shown <= may, name
        assert may - shown <= NOT_ALWAYS, name


def test_the_gates_a_drill_can_never_pass_are_told(shop):
    """A fact its kind does not show, or shows only of customers; with the reason."""
    assert hidden(
        shop,
        fast=("database", "p95_ratio <= 1.1"),
        reached=("metrics", "errors < 1% and p95_ratio <= 1.1"),
        whole=("database", "not data == lost"),
        plain=("reproduce", "errors < 1%"),
        calm=("alerts", "alerts == 0 for 5m"),
    ) == [
        ("fast", ("query", "release"), "no look by database shows p95_ratio"),
        ("whole", ("query", "release"), "no look by database shows data"),
        ("calm", ("query", "release"), "no one look by alerts can show that alerts == 0 for 300s"),
    ]


def test_a_look_that_lists_the_fact_passes_the_gate(shop):
    """What an author adds to a look is what it shows besides; where customers come in it knows."""
    looks = shop.scenario.looks
    fast = replace(looks["sessions"], facts=("p95_ratio",))
    inside = replace(looks["logs"], of="db")
    here = replace(shop, scenario=replace(shop.scenario, looks={**looks, "sessions": fast}))
    there = replace(shop, scenario=replace(shop.scenario, looks={**looks, "logs": inside}))

    assert hidden(here, fast=("database", "p95_ratio <= 1.1")) == []
    assert hidden(shop, clean=("logs", "errors < 1%")) == []
    assert [name for name, _, _ in hidden(there, clean=("logs", "errors < 1%"))] == ["clean"]


def test_a_gate_may_be_out_of_reach_in_one_variant(shop):
    """Where the only look of its kind is written for another."""
    looks = {**shop.scenario.looks}
    looks["board"] = replace(looks["board"], only_in=("query",))
    half = replace(shop, scenario=replace(shop.scenario, looks=looks))

    found = hidden(half, calm=("alerts", "alerts == 0"))
    assert found == [("calm", ("release",), "no look by alerts is there")]


@pytest.mark.parametrize(
    ("holds", "shown", "expected"),
    [
        ("errors < 1%", {"errors"}, True),
        ("errors < 1%", {"p95_ms"}, False),
        ("errors < 1% or p95_ratio <= 1.1", {"p95_ratio"}, True),
        ("errors < 1% and p95_ratio <= 1.1", {"p95_ratio"}, False),
        ("not service_down", {"service_down"}, True),
        ("not service_down", {"errors"}, False),
        ("errors < 1% and not data == lost", {"errors"}, True),
        ("not (errors < 1% and data == lost)", {"errors"}, True),
        ("not (errors >= 0% or data == lost)", {"data"}, True),
        ("db in service_down", {"service_down"}, True),
        ("not (errors < 1% for 30s)", {"errors"}, True),
        ("p95_ms < usual.p95", {"p95_ms"}, False),
    ],
)
def test_what_is_not_shown_makes_its_comparison_false(holds, shown, expected):
    """As a find is judged: something asked about must be shown, and the rest may be denied."""
    assert could_show(parse(holds), frozenset(shown)) is expected


def test_the_warning_stands_at_the_looks_and_says_what_to_write(tmp_path):
    """Checking a scenario under another's plan tells which of its proofs nobody could give."""
    text = SHOP.read_text(encoding="utf-8").replace("views: [logs]", "views: [logs], of: db")
    file = tmp_path / "shop.yaml"
    file.write_text(text.replace("takes: 20s..40s, of: api", "takes: 20s..40s"), encoding="utf-8")
    told = load(str(file), plan="virtengine", roster=str(PEOPLE)).warnings
    (warning,) = [one for one in told if one.code == "W167"]

    assert text.splitlines()[warning.line - 1] == "looks:"
    assert warning.found == (
        "the gate logs of virtengine is out of reach: no look by logs shows errors"
    )
    assert warning.hint == (
        "list it under `facts` of a look by logs, or write such a look at where customers come in"
        " (api)"
    )
