"""Stories of drill 2: four truths behind one page, told by what people would see."""

import re

import pytest
from database_drill import DEAD, IMPACT, MINUTE, SCENARIO, T0, VARIANTS, Hands, brief_of

from simulator.brief.conditions import holds
from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.events.work import ActionFinished, Found
from simulator.world.signals import solve
from simulator.world.system import at_rest

WITHIN_S = 75
"""Drawn phases and the cloud's lag of one to three minutes move an alert so far."""

ALWAYS = {
    "health-probe-down": 0,
    "db-down": 25,
    "all-requests-failing": 80,
    "edge-error-ratio": 250,
    "log-delay-high": 225,
    "jobs-queue-growing": 1060,
}
LAGGING = ALWAYS | {"replica-lag-high": 970}
FIRES = {
    "lost-primary": LAGGING,
    "stale-replica": ALWAYS,
    "full-disk": LAGGING,
    "cut-off": ALWAYS,
}


@pytest.mark.parametrize("plan", ["fraiseql", "platform", "code", "virtengine"])
def test_it_fits_together_under_every_plan(plan: str) -> None:
    """No name leads nowhere, and each plan finds the people it needs."""
    warned = [one.code for one in load(SCENARIO, plan=plan).warnings]

    assert set(warned) <= {"W104", "W106"}  # a role bots fill; a runbook the plan does not have


def test_the_depth_is_there() -> None:
    """Enough to look at, to do and to suspect."""
    scenario = brief_of().scenario

    assert len(scenario.looks) >= 23
    assert len(scenario.actions) >= 21
    assert 8 <= len(scenario.causes) <= 15
    assert {v.weight for v in scenario.variants.values()} == {0.35, 0.25, 0.2, 0.0}


def test_the_arithmetic_of_a_normal_day() -> None:
    """21 statements a second, 68 ms, and an eighth of a connection busy."""
    signals = solve(at_rest(brief_of().scenario.system), ())
    services = signals.services
    busy = signals.pools["api", "all", "db"].busy
    opened = sum(pool.open for key, pool in signals.pools.items() if key[2] == "db")

    assert services["db"].offered_per_s == pytest.approx(21, abs=0.05)
    assert services["redis"].offered_per_s == pytest.approx(40, abs=0.05)
    assert services["kms"].offered_per_s == pytest.approx(0.5, abs=0.01)
    assert services["api"].p95_s == pytest.approx(0.068)
    assert busy == pytest.approx(0.13, abs=0.01)
    assert opened + 3 == 33


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_first_page_and_then_its_own_alerts(variant: str) -> None:
    """Each rule fires when its figures say so; the first page is the same in all four."""
    hands = Hands(variant).at(IMPACT + 1300)
    fired = {name: at for name, at in hands.fired().items() if name != "node-memory-high"}

    assert fired.keys() == FIRES[variant].keys()
    assert {n: at for n, at in fired.items() if abs(at - FIRES[variant][n]) > WITHIN_S} == {}
    assert abs(hands.drill.stage.situation.marks["fired"] - T0) <= 30


@pytest.mark.parametrize(
    ("variant", "alert"),
    [("stale-replica", "replica-lag-high-open"), ("full-disk", "db-storage-low")],
)
def test_an_alert_nobody_answered_stands_open(variant: str, alert: str) -> None:
    """The cause had spoken before the drill began, to an empty room."""
    hands = Hands(variant).at(1)

    assert hands.drill.stage.situation.alerts[alert].firing


@pytest.mark.parametrize(
    ("variant", "at_risk", "lag", "jobs", "queue"),
    [
        ("lost-primary", 4, 1804, 450, 900),
        ("stale-replica", 696, 2496, 450, 900),
        ("full-disk", 1, 1801, 450, 900),
        ("cut-off", 0, 0.6, 450, 0),
    ],
)
def test_if_nobody_does_anything(
    variant: str, at_risk: float, lag: float, jobs: float, queue: float
) -> None:
    """Half an hour after impact: what is at risk, what the lag says, what waits."""
    hands = Hands(variant).at(IMPACT + 1800)
    seen = [
        hands.level(g) for g in ("writes_at_risk_s", "replica_lag_s", "jobs_queue", "sqs_depth")
    ]

    assert seen == pytest.approx([at_risk, lag, jobs, queue], abs=2)
    assert hands.errors("api") == 1


def test_an_outage_is_slow_for_half_a_minute_and_then_fast() -> None:
    """Requests wait five seconds until the breaker opens, then fail in 40 ms."""
    hands = Hands("lost-primary").at(IMPACT + 5)
    before = hands.drill.stage.situation.world.signals["api"]["latency"]
    after = hands.at(IMPACT + 45).drill.stage.situation.world.signals["api"]["latency"]

    assert before == pytest.approx(5000, abs=20)
    assert after == pytest.approx(40, abs=2)


@pytest.mark.parametrize("variant", DEAD)
def test_the_cloud_takes_its_time_to_say_failed(variant: str) -> None:
    """For three and a half minutes the console says available."""
    hands = Hands(variant).at(IMPACT + 205)
    before = hands.state("db.status")

    assert (before, hands.at(IMPACT + 211).state("db.status")) == ("available", "failed")


def test_from_the_bastion_the_four_truths_look_different() -> None:
    """The same line times out, is refused, or is answered."""
    seen = {variant: Hands(variant).at(T0).found("psql-bastion") for variant in VARIANTS}

    assert "timeout expired" in seen["lost-primary"]
    assert "timeout expired" in seen["stale-replica"]
    assert "Connection refused" in seen["full-disk"]
    assert " f" in seen["cut-off"]


def test_what_the_replica_has_replayed() -> None:
    """Four seconds, twenty-six minutes and moving, one second, or nothing behind."""
    seen = {v: Hands(v).at(T0).log_in().found("replica-position") for v in VARIANTS}

    assert "10:04:56" in seen["lost-primary"]
    assert "09:40:" in seen["stale-replica"]
    assert "10:04:59" in seen["full-disk"]
    assert "10:08:" in seen["cut-off"]


@pytest.mark.parametrize("variant", [*VARIANTS, "executed"])
def test_every_look_shows_something(variant: str) -> None:
    """No look of the catalogue ends in a line nobody simulated."""
    hands = Hands(variant).at(T0 + 5 * MINUTE)
    looks = [n for n, look in brief_of().scenario.looks.items() if look.covers(variant)]
    strange = []
    for name in looks:
        hands.look(name)
        found = hands.last("Found")
        if found.way not in ("answered", "normal", "refused") or not found.content:
            strange.append(name)

    assert strange == []


def test_an_expert_team_restores_a_cut_off_database_in_time() -> None:
    """Looks, names, reverts and verifies within the expected minutes, losing nothing."""
    brief = brief_of()
    people = dict.fromkeys(brief.people(), "expert")
    drill = Drill(brief, Terms(seed=1, variant="cut-off", policies=people))
    drill.advance(IMPACT + 3600)
    marks = drill.stage.situation.marks

    assert marks["restored"] - marks["fired"] <= brief.scenario.expected.restore
    assert drill.stage.situation.world.gauges["writes_lost"].level_at(drill.now) == 0


def test_a_look_tells_of_the_data_only_what_it_shows() -> None:
    """A log's tail and a check that never ran say nothing; a failed volume and a check's end do."""
    hands = Hands("stale-replica").at(T0 + 4 * MINUTE).declare().log_in()
    before = [hands.facts(name) for name in ("last-mutation", "verify-report", "rds-status")]
    hands.take("fence", "promote", "repoint", "worker-to-name", "verify")
    lost = [hands.facts(name) for name in ("last-mutation", "verify-report", "rds-status")]
    hands.take("reconcile", "verify-again")
    after = [hands.facts(name) for name in ("last-mutation", "verify-report", "rds-status")]

    assert before == [{}, {}, {"service_down": ("db",), "data": "at_risk"}]
    assert lost == [{}, {"data": "lost"}, {}]
    assert after == [{}, {"data": "ok"}, {}]


def test_the_last_acknowledged_mutation_is_a_price_until_there_are_newer_ones() -> None:
    """Beside lines of after the outage nobody reads what a promotion costs."""
    hands = Hands("cut-off").at(T0 + 2 * MINUTE).declare().log_in()
    hands.look("last-mutation")
    during = hands.last("Found").clues
    hands.take("revert-network").at(hands.drill.now + 2 * MINUTE).look("last-mutation")

    assert during == ("acknowledged-until-the-end",)
    assert hands.last("Found").clues == ()


def test_the_replica_takes_one_file_after_another() -> None:
    """No file comes from the archive twice, whatever the pace."""
    hands = Hands("stale-replica").at(T0).declare().log_in()
    hands.take("read-only-mode", "kill-rollup").at(hands.drill.now + 3 * MINUTE)
    log = hands.found("replica-log")
    files = [int(found, 16) for found in re.findall(r"0000000100000\w{3}(\w{8})\" from", log)]

    assert len(files) > 60
    assert len(set(files)) >= len(files) - 2
    assert files == sorted(files)


def test_customers_are_told_by_the_page_or_by_a_notice() -> None:
    """The objective reads both, and its sentence names both where neither went out."""
    terms = brief_of().scenario.teaching.objectives["truth-about-the-data"]

    def said(*uses: str) -> tuple[bool, bool]:
        true = {"verified": "pass", **{f"said.{use}": True for use in uses}}
        assert terms.late is not None
        return (
            holds(terms.met, lambda name: true.get(name.text)),
            holds(terms.late, lambda name: true.get(name.text)),
        )

    assert said("status_page") == said("customer_notice") == (True, True)
    assert said("resolution") == (False, False)
    assert "page" in terms.missed_means
    assert "notice" in terms.missed_means


def test_a_look_that_no_longer_shows_a_fact_is_not_asked_for_it_again() -> None:
    """Experts want to know how the data is in the end, and ask the check instead."""
    brief = brief_of()
    people = dict.fromkeys(brief.people(), "expert")
    drill = Drill(brief, Terms(seed=31, variant="stale-replica", policies=people))
    drill.run()
    done = max(e.at for e in drill.entries if isinstance(e.what, ActionFinished))
    asked = [e.what for e in drill.entries if isinstance(e.what, Found) and e.at > done]
    looks = [found.look for found in asked if found.look in ("rds-status", "replica-position")]

    assert len(looks) == len(set(looks))
    assert [found.look for found in asked if found.facts.get("data") == "ok"] == ["verify-report"]
