"""A scenario laid on a system that is written once."""

import json

import pytest
from shop_on_a_system import SCENARIO, SYSTEM

from simulator.brief.brief import reread
from simulator.brief.library import load, names, read_scenario, read_system
from simulator.errors import BriefError


@pytest.fixture
def shop(tmp_path):
    """The shop's two files side by side; a change of either may be asked for."""

    def written(scenario=SCENARIO, system=SYSTEM):
        (tmp_path / "shop.yaml").write_text(system)
        path = tmp_path / "shop-slow-db.yaml"
        path.write_text(scenario)
        return str(path)

    return written


def problems(path):
    """What is said against a scenario."""
    with pytest.raises(BriefError) as refused:
        read_scenario(path)
    return [str(problem) for problem in refused.value.problems]


def test_what_the_system_holds_need_not_be_written_again(shop):
    """Mappings join, the scenario's word counts, an empty key takes away, three lists go on."""
    found = read_scenario(shop()).value
    web = found.system.services["web"]

    assert (web.replicas, web.traffic, list(found.system.services)) == (4, 10.0, ["web", "db"])
    assert (found.alerts["web-errors"].severity, list(found.looks)) == ("critical", ["panel"])
    assert [record.kind for record in found.records] == ["dns/shop.example", "dns/db.example"]
    assert [metric.name for metric in found.system.metrics] == ["up", "db_up"]
    assert list(found.teaching.glossary) == ["web", "db"]


def test_a_scenario_keeps_what_it_says_of_itself(shop):
    """The system has an id and a title of its own."""
    found = read_scenario(shop()).value

    assert (found.id, found.title, found.stands_on) == ("shop-slow-db", "The shop fails", "shop")


def test_a_journal_holds_the_whole(shop):
    """What is played can be read again without either file."""
    brief = load(shop()).brief

    assert reread(brief.documents).scenario == brief.scenario
    assert "dns/shop.example" in json.loads(brief.documents["scenario"])["records"][0]["kind"]


@pytest.mark.parametrize(
    ("wound", "expected"),
    [
        ("used: 40%|used: lots", ("shop.yaml:9:13", "lots")),
        ("reads: web.ready|reads: wob.ready", ("shop.yaml:17:25", "wob.ready")),
        ("used: 40%|yused: 40%", ("shop.yaml:9:7", "yused")),
    ],
)
def test_a_problem_of_the_system_stands_in_its_file(shop, wound, expected):
    """Though it is found in the scenario that stands on it."""
    old, new = wound.split("|")
    path = shop(system=SYSTEM.replace(old, new))
    found = problems(path)

    assert any(all(part in line for part in expected) for line in found)


def test_a_problem_of_the_scenario_stands_in_its_own(shop):
    """The place one can open, whatever lies beneath."""
    found = problems(shop(SCENARIO.replace("on: db", "on: dbb")))

    assert "shop-slow-db.yaml:17:48" in found[0]
    assert "'dbb'" in found[0]


def test_a_system_nobody_knows_is_named_where_it_is_asked_for(shop):
    """With the nearest that there is."""
    found = problems(shop(SCENARIO.replace("stands_on: shop", "stands_on: shpo")))

    assert "shop-slow-db.yaml:3:12: error[E141]: no system is called 'shpo'" in found[0]


def test_a_system_holds_nothing_that_breaks(shop):
    """What goes wrong is the scenario's."""
    found = problems(shop(system=SYSTEM + "faults: {}\n"))

    assert "shop.yaml:28:1: error[E120]: unknown key 'faults'" in found[0]


def test_names_that_look_the_same_are_told_with_the_file_of_each(shop):
    """The system has a `panel`, the scenario writes a Panel of its own."""
    twin = "  Panel: {title: Mine, views: [metrics], takes: 9s, shows: [{text: Mine}]}"
    found = problems(shop(SCENARIO.replace("  page:", twin)))

    assert "shop-slow-db.yaml:23:3: error[E140]: two looks called 'Panel': line 21 of" in found[0]


@pytest.mark.parametrize("name", names("system"))
def test_every_shipped_system_is_sound(name):
    """Each binds by itself, and some scenario stands on it."""
    document = read_system(name)
    standing = [read_scenario(each).value.stands_on for each in names("scenario")]

    assert document.value.id == name
    assert name in standing
