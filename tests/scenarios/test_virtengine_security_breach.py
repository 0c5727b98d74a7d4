"""Stories of VirtEngine's breach: three truths behind one alert, told by what people would see."""

from pathlib import Path

import pytest
from breach_drill import BEGINS, MINUTE, SCENARIO, T0, VARIANTS, Hands, brief_of

from simulator.authoring.stroll import lines_of, stroll
from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.world.signals import solve
from simulator.world.system import at_rest

FIRES = {
    "keys": "unusual-api-access-pattern",
    "session": "key-usage-anomaly",
    "validator": "sensitive-file-read",
}
PROFILES = {6: 12_000, 18: 36_000, 25: 50_000, 35: 70_000, 45: 90_000, 60: 120_000, 90: 180_000}
"""Minutes from I -> profiles read, two thousand a minute."""
DOCUMENTS = {15: 120, 18: 144, 25: 360, 35: 760, 45: 1_160, 60: 1_760, 90: 2_960}
"""Minutes from I -> documents seen: eight a minute, from the twentieth on forty."""
STROLL = lines_of((Path(__file__).parent / "stroll_virtengine_security_breach.txt").read_text())


@pytest.mark.parametrize("plan", ["virtengine", "fraiseql", "platform", "code"])
def test_every_plan_finds_its_people(plan: str) -> None:
    """The drill can be played under each of the four."""
    assert load(SCENARIO, plan=plan).brief.plan.id == plan


def test_the_depth_is_there() -> None:
    """Enough to look at, to do and to suspect; three truths that are drawn."""
    scenario = brief_of().scenario

    assert len(scenario.looks) >= 23
    assert len(scenario.actions) >= 20
    assert 8 <= len(scenario.causes) <= 15
    assert sum(variant.weight for variant in scenario.variants.values()) == pytest.approx(1)


def test_the_arithmetic_of_a_normal_night() -> None:
    """420 requests a second are a quarter identity, a good third each marketplace and chain."""
    signals = solve(at_rest(brief_of().scenario.system), ()).services
    seen = [signals[name].offered_per_s for name in ("identity-api", "marketplace", "chain-rpc")]

    assert seen == pytest.approx([105, 151, 209], abs=1)
    assert signals["api-gateway"].p95_s == pytest.approx(0.48, abs=0.03)
    assert signals["scope-store"].offered_per_s == pytest.approx(1304, abs=5)


@pytest.mark.parametrize("variant", VARIANTS)
def test_one_rule_fires_and_at_half_past_two(variant: str) -> None:
    """Whichever truth it is, the first page is the only one of a quarter of an hour."""
    hands = Hands(variant).at(T0 + 15 * MINUTE)

    assert {name for name, second in hands.fired().items() if second >= 0} == {FIRES[variant]}
    assert abs(hands.drill.stage.situation.marks["fired"] - T0) <= 45


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_is_slow_and_nothing_fails(variant: str) -> None:
    """Errors, latency and saturation are green, whoever reads."""
    hands = Hands(variant).at(T0 + MINUTE)
    world = hands.drill.stage.situation.world.signals["api-gateway"]

    assert hands.errors("api-gateway") == pytest.approx(0.002, abs=0.0002)
    assert world["p95"] < 530
    assert world["saturation"] < 400_000


def test_a_sweep_disappears_in_the_noise() -> None:
    """Thirty-three requests a second beside 420."""
    hands = Hands("keys").since(5)
    offered = hands.drill.stage.situation.world.signals["api-gateway"]["offered"]

    assert offered / 60 == pytest.approx(453, abs=1)


def test_profiles_go_at_two_thousand_a_minute() -> None:
    """If nobody does anything; within fifty."""
    hands, seen = Hands("keys"), {}
    for minute in PROFILES:
        seen[minute] = hands.since(minute, and_s=0).level("records_read")

    assert {m: n for m, n in seen.items() if abs(n - PROFILES[m]) > 50} == {}


def test_two_keys_are_made_after_eighteen_minutes_and_forty_addresses_used_after_35() -> None:
    """Twenty-six footholds are twenty-eight."""
    hands = Hands("keys")
    before = hands.since(17).footholds()

    assert (before, hands.since(18.1).footholds()) == (26, 28)
    assert hands.since(35.1).state("actor.from") == "40 addresses"


def test_documents_go_by_eight_then_by_forty() -> None:
    """If nobody does anything; within five."""
    hands, seen = Hands("session"), {}
    for minute in DOCUMENTS:
        seen[minute] = hands.since(minute, and_s=0).level("documents_viewed")

    assert {m: n for m, n in seen.items() if abs(n - DOCUMENTS[m]) > 5} == {}


def test_the_filter_that_shows_a_hundred_and_sixty_hides_four_hundred() -> None:
    """Bundles are another kind of event than single previews."""
    hands = Hands("session").since(29.5)

    assert hands.found("audit-views").startswith("160 events")
    assert "scope.bundle" in hands.found("audit-all")
    assert hands.level("scope_bundles") >= 400


def test_a_session_makes_more_of_its_kind() -> None:
    """A second factor and a token after 24 minutes, one in Vault after 30, the chat after 35."""
    hands = Hands("session")
    seen = [hands.since(minute).footholds() for minute in (23, 24.1, 30.1, 35.1)]

    assert seen == [1, 3, 4, 5]


def test_a_copy_that_nobody_stops_votes_after_half_an_hour() -> None:
    """Five of a hundred of the stake, and val-2 is out for ever."""
    hands = Hands("validator").at(T0 + MINUTE).declare()
    before = hands.since(30).level("stake_lost")

    assert (before, hands.since(33).level("stake_lost")) == (0, 205_000)
    assert hands.state("val2.tombstoned") == "true"
    assert "validator-double-sign" in hands.since(34).fired()


def test_a_certificate_that_nobody_revokes_opens_two_more() -> None:
    """val-1 after forty minutes, val-3 after 55."""
    hands = Hands("validator").at(T0 + MINUTE).declare()
    seen = [
        str(hands.since(minute).state(row))
        for minute, row in (
            (39, "cred.val1login"),
            (40.1, "cred.val1login"),
            (55.1, "cred.val3login"),
        )
    ]

    assert seen == ["absent", "live", "live"]


def test_the_backup_reads_the_file_each_night_and_cp_does_not() -> None:
    """What tells a real alarm from the thirty-one false ones."""
    real, usual = Hands("validator").at(T0 + MINUTE), Hands("keys").at(T0 + MINUTE)

    assert "uid=ansible exe=/usr/bin/cp" in real.found("file-audit")
    assert "192.0.2.77" in real.found("logins")
    assert "02:27" not in real.found("pipeline")
    assert "ansible" not in usual.found("file-audit")


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_look_shows_something(variant: str) -> None:
    """Each is answered, in each truth."""
    hands = Hands(variant).at(T0 + 3 * MINUTE).declare()
    strange = []
    for name, look in brief_of().scenario.looks.items():
        if not look.covers(variant):
            continue
        found = hands.look(name).last("Found")
        if found.way not in ("answered", "normal", "refused") or not found.content:
            strange.append(name)

    assert strange == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_stranger_gets_answers(variant: str) -> None:
    """At least 24 of 25 lines are answered, normal or refused; views agree; nothing is spoiled."""
    walk = stroll(brief_of(), STROLL, variant=variant, begins=T0 + 100, seed=4)

    assert len(set(STROLL)) == 25
    assert walk.good >= 24
    assert [answer.spoils for answer in walk.answers if answer.spoils] == []
    assert walk.disagree == ()


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_expert_team_contains_it_in_time(variant: str) -> None:
    """Within the expected half an hour, and not a VE is burnt."""
    brief = brief_of()
    drill = Drill(
        brief, Terms(seed=1, variant=variant, policies=dict.fromkeys(brief.people(), "expert"))
    )
    drill.advance(T0 + 50 * MINUTE)
    marks, gauges = drill.stage.situation.marks, drill.stage.situation.world.gauges

    assert marks["restored"] - marks["fired"] <= brief.scenario.expected.restore
    assert gauges["stake_lost"].level_at(drill.now) == 0
    assert gauges["records_read"].level_at(drill.now) < 40_500
    assert gauges["documents_viewed"].level_at(drill.now) < 600


def test_the_intruder_begins_when_the_casebook_says() -> None:
    """02:24, 02:15, 02:28, and all three are alarms of half past two."""
    faults = brief_of().scenario.faults
    seen = [faults[name].at for name in ("keys", "session", "valkey")]

    assert seen == list(BEGINS.values())
