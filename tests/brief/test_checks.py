"""What is said of documents whose parts are each sound and do not fit together."""

import json
from pathlib import Path

import pytest

from simulator.brief.authority import authority, message_authority
from simulator.brief.binding import bind, from_plain, plain
from simulator.brief.brief import reread
from simulator.brief.checks_plan import check_plan
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.kinds import fields_at
from simulator.brief.library import load, read_plan
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.brief.pointing import spots
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.units import Span
from simulator.errors import BriefError, UnknownNameError

HOUSE = Path(__file__).parents[2]
PLAN = HOUSE / "scenarios" / "plans" / "fraiseql.yaml"
SHOP = HOUSE / "tests" / "authoring" / "corner_shop.yaml"
PEOPLE = HOUSE / "tests" / "authoring" / "corner_shop_people.yaml"


def changed(file, *changes):
    """The tree of a file with other values at some places; None takes a key out."""
    tree = plain(compose(file.read_text(encoding="utf-8"), file.name))
    for path, value in changes:
        here = tree
        *above, last = path.split("/")
        for step in above:
            here = here[int(step) if isinstance(here, list) else step]
        if value is None:
            del here[last]
        else:
            here[last] = value
    return from_plain(tree)


def of_plan(*changes):
    """(code, sentence) of all there is to say of the plan with these changes."""
    node = changed(PLAN, *changes)
    return [(one.code, one.found) for one in check_plan(node, bind(Plan, node, "p"), "p")]


def of_shop(*changes):
    """(code, sentence) of all there is to say of the shop with these changes."""
    node = changed(SHOP, *changes)
    return [(one.code, one.found) for one in check_scenario(node, bind(Scenario, node, "s"), "s")]


@pytest.mark.parametrize(
    ("path", "value", "code", "said"),
    [
        ("weights", {"detection": "60", "mitigation": "30"}, "E144", "add up to 90; 100 is"),
        ("alert_levels/high", None, "E121", "no level to alerts ranked high"),
        ("levels/HIGH/opens", "provisional", "E129", "opens provisional, and nobody can confirm"),
        ("levels/HIGH/when", [], "W103", "no fact ever amounts to HIGH"),
        ("duties/acknowledge/within", {}, "W103", "owed at no level"),
        ("duties/acknowledge/does", "assign", "E121", "does not say which `role`"),
        ("duties/acknowledge/owed_by", [], "E130", "nobody owes the duty acknowledge"),
        ("mitigation_times/restart", ["3m", "2m"], "E129", "downwards: 180 s to 120 s"),
        ("escalation/no_ack/1/after/CRITICAL", "0s", "E129", "at 0 s, before the rung above"),
        ("channels/incident", "inc-${weather}", "E143", "nothing fills the placeholder"),
        ("gates/errors-baseline/holds", "errors < 950%", "E125", "950% is outside 0% to 100%"),
        ("levels/HIGH/when", ["traffic_share >= -0.1"], "E125", "-0.1 is outside"),
        ("duties/status-page/only_if", "not (budget > 101% for 5m)", "E125", "budget is a share"),
    ],
)
def test_a_plan_that_contradicts_itself_is_told(path, value, code, said):
    """One place changed is one sentence with its number."""
    if path == "escalation/no_ack/1/after/CRITICAL":
        found = of_plan(("escalation/no_ack/0/after/CRITICAL", "1s"), (path, value))
    else:
        found = of_plan((path, value))

    assert [one for one, sentence in found if said in sentence] == [code]


@pytest.mark.parametrize(
    ("path", "value", "code", "said"),
    [
        ("system/gauges/sessions/least", "200", "E129", "least 200 is above its most 100"),
        ("system/gauges/sessions/follows", "api.errors", "E129", "and has flows of its own"),
        ("injects/boss/at", None, "W103", "only a facilitator can fire it"),
        ("limit", "30d", "E125", "a drill lasts less than 30 days"),
        ("system/state", dict.fromkeys((f"s{n}" for n in range(1001)), "on"), "E130", "1001 rows"),
        ("injects/boss/at", "3h", "W103", "after the drill's limit of 7200"),
        ("restored_for", "2h", "W103", "must hold for 7200 s, and the drill ends after 7200 s"),
        ("logs", [{"service": "api", "text": "tick", "steady": "yes"}], "W103", "never written"),
        ("alerts/errors/when", "api.errors[1m] > 500%", "E125", "api.errors is a share"),
        ("clues/held-pool/when", "fault.held > 1.5", "E125", "1.5 is outside 0% to 100%"),
        ("alerts/errors/when", "fact.errors > 101%", "E125", "fact.errors is a share"),
        (
            "faults/held/bends",
            [{"on": "api", "need": "db", "extra": "5/s"}],
            "E129",
            "offered to all of api, not to db alone",
        ),
        (
            "faults/held/bends",
            [{"on": "api", "need": "db", "capacity": "50%"}],
            "E129",
            "db of api has none of its own",
        ),
    ],
)
def test_a_scenario_that_contradicts_itself_is_told(path, value, code, said):
    """Gauges and injects that never could be as they are written."""
    assert [one for one, sentence in of_shop((path, value)) if said in sentence] == [code]


def test_a_share_written_as_a_number_of_hundredths_is_asked_about():
    """Errors above 5 are meant as 5 %; a ratio, and what can pile up, may be more than all."""
    gate = "gates/metrics-healthy/holds"
    node = changed(PLAN, (gate, "errors < 5"))
    ratios = changed(PLAN, (gate, "p95_ratio <= 150% and saturation < 120%"))

    (problem,) = check_plan(node, bind(Plan, node, "p"), "p")
    assert problem.hint == "did you mean 5%?"
    assert check_plan(ratios, bind(Plan, ratios, "p"), "p") == ()


@pytest.mark.parametrize(
    ("file", "kind", "path"),
    [
        (PLAN, Plan, "duties/updates/every/CRITICAL"),
        (PLAN, Plan, "duties/updates/every_watching"),
        (SHOP, Scenario, "system/clock"),
    ],
)
def test_what_repeats_needs_time_between(file, kind, path):
    """Every 0 seconds would be for ever at one second."""
    value = {"every_watching": {"HIGH": "0s"}, "clock": {"scrape": "0s"}}
    node = changed(file, (path, value.get(path.rpartition("/")[2], "0s")))
    with pytest.raises(BriefError) as caught:
        bind(kind, node, "x")

    found = [(one.code, one.found) for one in caught.value.problems]
    assert found == [("E125", "found 0s; a duration > 0 is expected")]


def test_a_need_by_another_name_is_looked_up_by_its_service():
    """`store`, answered by `db`, is as good as `db`; and by nobody it is unknown."""
    needs = "system/services/api/needs"

    assert of_shop((needs, {"store": {"to": "db"}})) == []
    assert [code for code, _ in of_shop((needs, {"store": {}}))] == ["E141"]


def test_a_pattern_leads_to_texts_alone():
    """What is not there, or is no text, is passed over."""
    node = compose("a: {b: [x], c: y}\n", "x.yaml")

    assert [spot.name for spot in spots(node, "a/b")] == []
    assert [spot.name for spot in spots(node, "a/c/d")] == []
    assert [spot.name for spot in spots(node, "a/c")] == ["y"]


def test_nothing_can_be_misspelt_inside_a_text():
    """Only a mapping has keys to be near to."""
    assert fields_at(Plan, ("title", "x")) == frozenset()
    assert "within" in fields_at(Plan, ("duties", "acknowledge"))


def test_an_empty_value_is_told_as_nothing():
    """A key with nothing behind it is a slip, and named for what stands there."""
    with pytest.raises(BriefError) as caught:
        of_plan(("duties", ""))

    assert caught.value.problems[0].found == "found nothing; expected a mapping"


@pytest.mark.parametrize("times", [["2m"], ["2m", "3m", "4m"]])
def test_a_range_has_two_ends(times):
    """One end, or three, is told at its place."""
    with pytest.raises(BriefError) as caught:
        of_plan(("mitigation_times/restart", times))

    assert len(caught.value.problems) == 1


def test_a_runbook_the_plan_does_not_know_is_a_notice_at_its_first_place(tmp_path):
    """Each once; a name that one of the plan's runbooks covers is known."""
    text = SHOP.read_text(encoding="utf-8")
    steps = "runbooks: {service-restart: [panel], tea: [panel]}\nactions:\n"
    text = text.replace("actions:\n", steps, 1)
    for kind in ("restart", "rollback"):
        text = text.replace(f"kind: {kind},", f"kind: {kind}, runbook: data-recovery,", 1)
    file = tmp_path / "shop.yaml"
    file.write_text(text, encoding="utf-8")

    told = load(str(file), roster=str(PEOPLE)).warnings
    notices = [one for one in told if one.code == "W106"]
    lines = [text.splitlines()[one.line - 1].strip() for one in notices]
    assert [line.split(":")[0] for line in lines] == ["runbooks", "roll-back"]
    assert notices[0].column == steps.index("tea") + 1
    assert "fraiseql knows no runbook 'data-recovery'" in notices[1].found
    assert "database-recovery" in notices[1].hint


def action(**terms):
    """A restart, as far as a plan's table looks at it."""
    given = {"title": "Restart", "kind": "restart", "takes": Span(low_s=1, high_s=1)}
    return Action(**{**given, **terms})


def test_who_may_do_everything_asks_nobody():
    """A table that says so needs no other line; not even for what cannot be undone."""
    plan = bind(Plan, changed(PLAN), "p")
    free = bind(Plan, changed(PLAN, ("authority/on_call", {"can_everything": "yes"})), "p")

    assert authority(free, ("on_call",), action(irreversible=True)).allowed
    assert message_authority(free, ("on_call",)).allowed
    assert not authority(plan, ("on_call",), action(irreversible=True)).allowed


def test_an_approver_the_plan_does_not_know_falls_to_the_next():
    """Whoever wrote `executive` where there is none is answered by whom that role falls to."""
    table = {"can": {}, "asks": {"restart": ["executive"]}, "otherwise": ["manager"]}
    plan = bind(Plan, changed(PLAN, ("authority/on_call", table)), "p")

    assert not {"executive", "director"} & set(plan.roles)
    assert authority(plan, ("on_call",), action()).asks == ("manager",)


def test_leave_to_restart_is_no_leave_for_what_cannot_be_undone():
    """The permission has to name it so."""
    table = {"can": {"restart": {}}, "otherwise": ["manager"]}
    plan = bind(Plan, changed(PLAN, ("authority/on_call", table)), "p")

    assert authority(plan, ("on_call",), action()).allowed
    assert not authority(plan, ("on_call",), action(irreversible=True)).allowed


def test_a_document_nested_beyond_measure_is_no_document():
    """A foreign journal may hold anything; it is refused as every other nonsense is."""
    documents = dict.fromkeys(("scenario", "plan", "roster"), "[" * 100_000)

    with pytest.raises(ValueError, match="nested too deep"):
        reread(documents)
    with pytest.raises(json.JSONDecodeError):
        reread(dict.fromkeys(documents, "{"))


@pytest.mark.parametrize("word", ["fraise\0ql", 300 * "x"])
def test_a_word_no_file_can_be_called_is_an_unknown_name(word):
    """A NUL in it, or more letters than a name may have, is no reason to fall over."""
    with pytest.raises(UnknownNameError, match="no plan is called"):
        read_plan(word)


def test_a_scenario_that_cannot_be_read_names_no_plan(tmp_path):
    """Its own problem is told, and nothing of a plan that was never found."""
    file = tmp_path / "shop.yaml"
    file.write_text("id: [never closed\n", encoding="utf-8")

    with pytest.raises(BriefError) as caught:
        load(str(file))
    assert {one.code for one in caught.value.problems} == {"E105"}


def test_a_fact_a_look_shows_at_times_is_a_fact_and_its_condition_is_checked():
    """A misspelt fact is told, and so is a condition over what does not exist."""
    look = next(iter(plain(compose(SHOP.read_text(encoding="utf-8"), "s"))["looks"]))

    told = of_shop((f"looks/{look}/facts_when", {"dat": "nothing == yes"}))
    said = [found for _, found in told if found not in dict(map(reversed, of_shop()))]

    assert (len(said), "'dat'" in said[0], "nothing" in said[1]) == (2, True, True)


def test_a_number_written_in_digits_names_something():
    """`${hex8:...}` of a name that nothing fills is told as any other."""
    log = {"service": "web", "text": "file ${hex8:nothing}", "per_min": "1"}

    told = of_shop(("logs", [log]))

    assert "nothing fills the placeholder '${hex8:nothing}'" in [found for _, found in told]


def test_a_drill_offers_only_what_it_may_hold():
    """What only a variant that is never drawn has is there in that variant alone."""
    brief = load("fraiseql-database-recovery").brief

    def offered(variant):
        played = brief.playing(variant).scenario
        there = {*played.looks, *played.actions}
        return {"count-table", "choose-newest-backup", "network-acl", "add-entry-in"} & there

    assert offered("cut-off") == offered("full-disk") == {"network-acl", "add-entry-in"}
    assert len(offered("executed")) == 4
    assert "executed" not in brief.playing("cut-off").scenario.variants
    assert brief.playing("cut-off").documents == brief.documents
