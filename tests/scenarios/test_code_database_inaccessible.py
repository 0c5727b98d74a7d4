"""Stories of CODE's lost database: four truths, told by what people would see and when."""

from pathlib import Path

import pytest
from code_database_drill import AT_ONCE, BEGINS, MINUTE, SCENARIO, T0, VARIANTS, Hands, brief_of

from simulator.authoring.stroll import lines_of, stroll
from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.world.signals import solve
from simulator.world.system import at_rest

WITHIN_S = 110
"""Drawn phases, and the pods' own draws, move an alert so far from the casebook's minute."""

NEAR = 3.1
"""Percent: a pod that has ended fails everything, one that waits serves two or three."""

FIRES = {
    "full-disk": {
        "synthetic-health-down": 0,
        "api-server-down": 90,
        "pg-exporter-no-connection": 360,
        "kube-job-failed": 390,
        "jobs-waiting": 520,
    },
    "no-slots": {
        "database-connections-warning": -240,
        "database-connections": 0,
        "kube-job-failed": 390,
        "synthetic-health-down": 840,
        "api-server-down": 840,
        "high-error-rate": 1020,
        "jobs-waiting": 1100,
    },
    "grey-storage": {
        "synthetic-health-down": 0,
        "api-server-down": 120,
        "high-error-rate": 360,
        "database-connections": 360,
        "kube-job-failed": 420,
        "jobs-waiting": 520,
        "database-connections-warning": 600,
    },
    "closed-road": {
        "kube-job-failed": -210,
        "synthetic-health-down": 0,
        "api-server-down": 30,
        "high-error-rate": 210,
        "jobs-waiting": 520,
    },
}
"""Alert -> seconds from the first page; the database's own alert fires in none of the four."""

ALONE = {
    "full-disk": {2: 98, 5: 98, 15: 98, 30: 98, 60: 98, 90: 98},
    "no-slots": {2: 0.1, 5: 0.2, 10: 0.5, 15: 98, 30: 98, 45: 98, 60: 0.1, 80: 0.3, 100: 98},
    "grey-storage": {0: 97, 2: 97, 10: 97, 30: 97, 52: 0.1, 60: 0.1},
    "closed-road": {0: 0.05, 5: 0.05, 10: 0.1, 15: 98, 30: 98, 60: 98, 90: 98},
}
"""Minutes from the beginning -> failures at the balancer in percent, when nobody does anything."""

STROLL = lines_of((Path(__file__).parent / "stroll_code_database_inaccessible.txt").read_text())


@pytest.mark.parametrize("plan", ["code", "fraiseql", "platform", "virtengine"])
def test_every_plan_finds_its_people(plan: str) -> None:
    """The drill can be played under each of the four."""
    assert load(SCENARIO, plan=plan).brief.plan.id == plan


def test_the_depth_is_there() -> None:
    """Enough to look at, to do and to suspect; four truths that are drawn."""
    scenario = brief_of().scenario

    assert len(scenario.looks) >= 22
    assert len(scenario.actions) >= 18
    assert 8 <= len(scenario.causes) <= 15
    assert sum(variant.weight for variant in scenario.variants.values()) == pytest.approx(1)


def test_the_arithmetic_of_a_normal_day() -> None:
    """Nearly a thousand statements a second, nine connections busy of the 92 that programs hold."""
    signals = solve(at_rest(brief_of().scenario.system), ())
    pools = [level for key, level in signals.pools.items() if key[2] == "db"]

    assert signals.services["claude-deployment-primary"].offered_per_s == pytest.approx(990, abs=5)
    assert signals.services["claude-deployment-prod-alb"].p95_s == pytest.approx(0.322, abs=0.001)
    assert sum(pool.busy for pool in pools) == pytest.approx(9, abs=0.2)
    assert sum(pool.open for pool in pools) == 92


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_rule_fires_when_its_figures_say_so(variant: str) -> None:
    """The casebook's table of alerts, from the first page on and before it."""
    hands = Hands(variant).at(T0 + 20 * MINUTE)
    fired, told = hands.fired(), FIRES[variant]

    assert fired.keys() == told.keys()
    assert {n: s for n, s in fired.items() if abs(s - told[n]) > WITHIN_S} == {}
    assert abs(hands.drill.stage.situation.marks["fired"] - T0) <= 45


@pytest.mark.parametrize("variant", VARIANTS)
def test_if_nobody_does_anything(variant: str) -> None:
    """What fails at the balancer, minute by minute."""
    hands = Hands(variant).at(max(0, BEGINS[variant] - 1))
    told, seen = ALONE[variant], {}
    for minute in told:
        hands.at(BEGINS[variant] + minute * MINUTE + 2)
        if hands.drill.now > T0 + MINUTE and hands.drill.stage.situation.incident is None:
            hands.declare()
        seen[minute] = 100 * hands.errors("claude-deployment-prod-alb")

    assert {m: s for m, s in seen.items() if abs(s - told[m]) > NEAR} == {}


def test_a_queue_that_nobody_takes_from_is_full_after_85_minutes() -> None:
    """Twelve jobs a second wait, until Redis holds no more and refuses them."""
    hands = Hands("full-disk").at(T0 + MINUTE).declare()
    half_an_hour = hands.at(BEGINS["full-disk"] + 30 * MINUTE).level("jobs_queue")
    before = hands.at(BEGINS["full-disk"] + 84 * MINUTE).level("jobs_refused")
    after = hands.at(BEGINS["full-disk"] + 88 * MINUTE).level("jobs_refused")

    assert half_an_hour == pytest.approx(21_600, abs=100)
    assert (before, after > 0) == (0, True)


def test_the_storage_fills_at_half_past_eight_minutes() -> None:
    """4.3 GiB at 14 an hour are gone at 15:08:30, and the server stops itself."""
    hands = Hands("full-disk").at(1108)
    before = hands.state("db.status")

    assert (before, hands.at(1112).state("db.status")) == ("available", "storage-full")
    assert hands.state("db.up") is False


def test_a_leak_takes_six_and_a_half_connections_a_minute() -> None:
    """The last slot is taken thirty-one minutes after the release of 14:38."""
    hands = Hands("no-slots").at(600)
    at_three = hands.level("db_connections")

    assert at_three == pytest.approx(96 + 22 * 6.5, abs=1)
    assert hands.at(BEGINS["no-slots"] + 1).level("db_connections") == pytest.approx(295, abs=0.5)


def test_one_line_has_four_answers() -> None:
    """The plan's own test, with the address filled in: refused, rejected, rejected, timed out."""
    seen = {v: Hands(v).at(T0 + 2 * MINUTE).found("db-test") for v in VARIANTS}

    assert "Connection refused" in seen["full-disk"]
    assert "remaining connection slots" in seen["no-slots"]
    assert "remaining connection slots" in seen["grey-storage"]
    assert "timed out" in seen["closed-road"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_plans_test_as_written_proves_nothing(variant: str) -> None:
    """The variable is expanded by one's own shell, where it is empty."""
    hands = Hands(variant).at(T0 + MINUTE)

    assert "/var/run/postgresql/.s.PGSQL.5432" in hands.found("db-test-unset")
    assert hands.last("Found").clues == ("local-socket",)


def test_a_read_answers_at_once_and_a_write_never() -> None:
    """What looks like a want of slots waits for the disk."""
    hands = Hands("grey-storage").at(T0 + 2 * MINUTE)
    sessions, write = hands.found("break-glass"), hands.found("write-probe")

    assert "WALSync" in sessions
    assert "290" in sessions
    assert "no answer" in write


def test_from_the_bastion_a_closed_road_leads_to_a_well_database() -> None:
    """Four sessions, idle, and a group that lets nobody in but the bastion."""
    hands = Hands("closed-road").at(T0 + 2 * MINUTE)

    assert "exporter" in hands.found("break-glass")
    assert "sg-0fakenode" not in hands.found("security-groups")
    assert "RevokeSecurityGroupIngress" in hands.found("cloud-audit")


def test_the_release_of_before_the_drill_is_in_the_history() -> None:
    """Revision 31 of the workers, and two hundred idle sessions of theirs."""
    hands = Hands("no-slots").at(T0)

    assert "v4.2.0" in hands.found("worker-history")
    assert "199" in hands.found("break-glass")


@pytest.mark.parametrize("variant", AT_ONCE)
def test_a_lost_database_becomes_crashing_pods(variant: str) -> None:
    """The probes ask the database, so the programs kill themselves and wait longer each time."""
    hands = Hands(variant).at(T0 + 8 * MINUTE)

    assert "CrashLoopBackOff" in hands.found("pods")


def test_no_data_looks_like_no_errors() -> None:
    """Whoever is refused at once exports nothing; the panel of the database stays green."""
    hands = Hands("full-disk").at(T0 + 4 * MINUTE)

    assert "no data" in hands.found("grafana")
    assert "Database up: green" in hands.found("grafana")
    assert '"result":[]' in hands.found("error-rate")


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_look_shows_something(variant: str) -> None:
    """But for the commits of an author who is called otherwise: there are none."""
    hands = Hands(variant).at(T0 + 3 * MINUTE).declare()
    strange = []
    for name, look in brief_of().scenario.looks.items():
        if not look.covers(variant):
            continue
        hands.look(name)
        found = hands.last("Found")
        if found.way not in ("answered", "normal", "refused") or not found.content:
            strange.append(name)

    assert strange == ["git-log-author"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_stranger_gets_answers(variant: str) -> None:
    """At least 24 of 25 lines are answered, normal or refused; views agree; nothing is spoiled."""
    walk = stroll(brief_of(), STROLL, variant=variant, begins=400, seed=4)

    assert len(set(STROLL)) == 25
    assert walk.good >= 24
    assert [answer.spoils for answer in walk.answers if answer.spoils] == []
    assert walk.disagree == ()


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_expert_team_is_back_in_time(variant: str) -> None:
    """Within the expected minutes, nothing lost and no job refused."""
    brief = brief_of()
    drill = Drill(
        brief, Terms(seed=1, variant=variant, policies=dict.fromkeys(brief.people(), "expert"))
    )
    drill.advance(T0 + 45 * MINUTE)
    marks, gauges = drill.stage.situation.marks, drill.stage.situation.world.gauges

    assert marks["restored"] - marks["fired"] <= brief.scenario.expected.restore
    assert gauges["commits_lost_s"].level_at(drill.now) == 0
    assert gauges["jobs_refused"].level_at(drill.now) == 0
