"""Stories of drill 2: four truths behind one page, told by what people would see and do."""

import pytest
from database_drill import IMPACT, SCENARIO, T0, Hands, brief_of, tree

from simulator.brief.checks_scenario import check_scenario
from simulator.drill import Drill, Terms
from simulator.world.signals import solve
from simulator.world.system import at_rest

MINUTE = 60
WITHIN_S = 75
"""Drawn phases and the cloud's lag of one to three minutes move an alert so far."""
DEAD = ("lost-primary", "stale-replica")
VARIANTS = (*DEAD, "full-disk", "cut-off")

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
    scenario = brief_of(plan).scenario

    assert check_scenario(tree(SCENARIO), scenario, SCENARIO.name) == ()


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


def test_a_killed_rollup_lets_the_replica_catch_up_in_time() -> None:
    """Ended at T+6, the replay is through the archive at T+17."""
    hands = Hands("stale-replica").at(IMPACT).log_in().at(T0 + 6 * MINUTE - 15).take("kill-rollup")
    early = hands.at(T0 + 15 * MINUTE).level("writes_at_risk_s")
    feed = hands.at(T0 + 17 * MINUTE + 20).state("replica.feed")

    assert early == pytest.approx(384, abs=12)
    assert feed == "none"
    assert hands.level("writes_at_risk_s") == 160


def test_left_alone_the_replica_needs_three_quarters_of_an_hour() -> None:
    """At I+48:37 the archive is replayed."""
    hands = Hands("stale-replica").at(IMPACT + 48 * MINUTE + 30)
    before = hands.state("replica.feed")

    assert (before, hands.at(IMPACT + 48 * MINUTE + 45).state("replica.feed")) == (
        "archive",
        "none",
    )


def test_promoting_at_once_loses_twenty_minutes() -> None:
    """At T+2 the replica is 1,471 writes behind, and they are gone."""
    hands = Hands("stale-replica").at(IMPACT).log_in().at(T0 + 2 * MINUTE).take("promote")

    assert hands.level("writes_lost") == pytest.approx(1471, abs=5)
    assert hands.last("EffectTook").judged == "harmful"


def test_promoting_a_current_replica_loses_four_writes() -> None:
    """Promote, fence, repoint, and everybody on the new name: the service is back."""
    hands = Hands("lost-primary").at(IMPACT).log_in().take("fence", "promote", "repoint")
    on_the_old_name = hands.errors("worker")
    hands.take("worker-to-name").at(hands.drill.now + 30)

    assert hands.level("writes_lost") == 4
    assert (on_the_old_name, hands.errors("worker")) == (1, 0)
    assert hands.errors("api") < 0.001


def test_reads_come_back_before_writes() -> None:
    """Read-only mode serves seven of eight requests and refuses the rest at once."""
    hands = Hands("lost-primary").at(IMPACT).log_in().take("read-only-mode")
    hands.at(hands.drill.now + 30)

    assert hands.errors("api") == pytest.approx(0.125, abs=0.006)


def test_the_check_fails_once() -> None:
    """Search and cache remember what the database lost, until they are reconciled."""
    hands = Hands("lost-primary").at(IMPACT).log_in().take("fence", "promote", "repoint", "verify")
    first = hands.state("verified")
    hands.take("reconcile", "verify-again")

    assert (first, hands.state("verified")) == ("failed", "pass")


def test_repointing_too_early_fails_in_a_new_way() -> None:
    """A standby refuses writes."""
    hands = Hands("lost-primary").at(IMPACT).log_in().take("repoint")
    hands.at(hands.drill.now + 60)

    assert hands.errors("ingest") == 1
    assert "read-only transaction" in hands.found("api-errors")


def test_a_snapshot_first_blocks_the_promotion() -> None:
    """A replica that is backing up cannot be promoted."""
    hands = Hands("lost-primary").at(IMPACT).log_in().take("snapshot-replica", "promote")

    assert "not in available state" in hands.last("Refused").reason
    assert hands.state("replica.role") == "standby"


def test_storage_first_then_the_slot() -> None:
    """A server that is down drops nothing; with room again it does, and the room comes back."""
    hands = Hands("full-disk").at(IMPACT).log_in().take("drop-slot")
    refused = hands.last("Refused").reason
    hands.take("grow-storage")
    slots = hands.found("slots")
    hands.take("drop-slot").at(hands.drill.now + 300)

    assert "Connection refused" in refused
    assert "53 GB" in slots
    assert hands.level("db_free_gib") == pytest.approx(153.3, abs=0.5)
    assert hands.errors("api") < 0.001


def test_one_direction_changes_nothing() -> None:
    """A network ACL has no memory: both ways, or none."""
    hands = Hands("cut-off").at(IMPACT).log_in().take("add-entry-in")
    hands.at(hands.drill.now + 60)
    one = hands.errors("api")
    hands.take("add-entry-out").at(hands.drill.now + 60)

    assert one == 1
    assert hands.errors("api") < 0.001


def test_promoting_a_living_database_makes_two() -> None:
    """Thirty rows a minute are written twice, and no check passes any more."""
    hands = Hands("cut-off").at(IMPACT).log_in().take("promote")
    before = hands.level("divergent_rows")
    hands.at(hands.drill.now + 60)

    assert hands.last("EffectTook").judged == "harmful"
    assert hands.level("divergent_rows") - before == pytest.approx(30, abs=1)


def test_the_way_round_a_cut_is_the_replica() -> None:
    """What lies on the way to the primary does not follow reads that go elsewhere."""
    hands = Hands("cut-off").at(IMPACT).log_in().take("read-only-mode")
    hands.at(hands.drill.now + 30)

    assert hands.errors("api") == pytest.approx(0.125, abs=0.006)


@pytest.mark.parametrize(("fenced", "a_minute"), [(False, 15), (True, 0)])
def test_the_old_primary_comes_back(fenced: bool, a_minute: float) -> None:
    """A worker left on the old endpoint writes into it, unless it is fenced."""
    steps = (["fence"] if fenced else []) + ["promote", "repoint"]
    hands = Hands("lost-primary").at(T0 + 20).declare().log_in().take(*steps)
    before = hands.at(T0 + 27 * MINUTE).level("divergent_rows")
    after = hands.at(T0 + 28 * MINUTE).level("divergent_rows")

    assert hands.state("old-primary") == "back"
    assert after - before == pytest.approx(a_minute, abs=0.5)


def test_ci_takes_back_what_was_made_by_hand() -> None:
    """Entries nobody wrote into git are gone at T+25, and put back for good by the revert."""
    hands = Hands("cut-off").at(T0 + 20).declare().log_in().take("add-entry-in", "add-entry-out")
    well = hands.at(T0 + 24 * MINUTE).errors("api")
    again = hands.at(T0 + 26 * MINUTE).errors("api")
    hands.take("revert-network").at(hands.drill.now + 60)

    assert (well < 0.001, again) == (True, 1)
    assert hands.errors("api") < 0.001


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


def test_as_it_was_executed() -> None:
    """An empty table, the newest backup, 500 rows, a check: restored within the expected time."""
    hands = Hands("executed").at(IMPACT + 120).log_in()
    empty = hands.found("count-table")
    hands.take("choose-newest-backup", "stop-service", "restore-table", "start-service")
    full = hands.found("count-table")
    hands.take("check-table").at(hands.drill.now + 120)
    marks = hands.drill.stage.situation.marks

    assert ("     0" in empty, "   500" in full) == (True, True)
    assert marks["restored"] - marks["fired"] <= 45 * MINUTE
