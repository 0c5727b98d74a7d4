"""Stories of drill 1: four truths behind one page, told by what people would see."""

import pytest
from service_drill import CRASHING, IMPACT, MINUTE, SCENARIO, T0, VARIANTS, Hands, brief_of

from simulator.brief.library import load
from simulator.drill import Drill, Terms
from simulator.journal.events.world import SignalsChanged, StateSet
from simulator.world.signals import solve
from simulator.world.system import at_rest

WITHIN_S = 75
"""Drawn phases and the cloud's lag of one to three minutes move an alert so far."""
DEATHS_S = 48
"""The pods of the crashing variants die one by one over so many seconds."""
NOISE = {"node-memory-high", "log-delay-high"}
FIRES = {
    "half-open-redis": {
        "health-probe-down": 0, "all-requests-failing": 80, "api-replicas-low": 85,
        "edge-error-ratio": 250,
    },
    "bad-limits-file": {
        "health-probe-down": 0, "api-replicas-low": 5, "pod-crash-looping": 30,
        "edge-error-ratio": 250,
    },
    "poison-schema": {
        "health-probe-down": 0, "api-replicas-low": 5, "pod-crash-looping": 75,
        "edge-error-ratio": 250,
    },
    "key-unusable": {
        "health-probe-down": 0, "all-requests-failing": 80, "edge-error-ratio": 210,
    },  # a quarter of the requests fails forty seconds before the rest
}  # fmt: skip


@pytest.mark.parametrize("plan", ["fraiseql", "platform", "code", "virtengine"])
def test_it_fits_together_under_every_plan(plan: str) -> None:
    """No name leads nowhere, and each plan finds the people it needs."""
    warned = [one.code for one in load(SCENARIO, plan=plan).warnings]

    assert set(warned) <= {"W104", "W106"}  # a role bots fill; a runbook the plan does not have


def test_the_depth_is_there() -> None:
    """Enough to look at, to do and to suspect."""
    scenario = brief_of().scenario

    assert len(scenario.looks) >= 23
    assert len(scenario.actions) >= 19
    assert 8 <= len(scenario.causes) <= 15
    assert [v.weight for v in scenario.variants.values()] == [0.4, 0.25, 0.2, 0.15, 0]


def test_the_arithmetic_of_a_normal_day() -> None:
    """500 requests a minute on four pods of 12 a second, 68 ms, 33 connections."""
    signals = solve(at_rest(brief_of().scenario.system), ())
    api = signals.services["api"]
    opened = sum(pool.open for key, pool in signals.pools.items() if key[2] == "db")

    assert api.offered_per_s == pytest.approx(8.33, abs=0.01)
    assert api.offered_per_s / 0.174 / 4 == pytest.approx(12, abs=0.05)
    assert api.p95_s == pytest.approx(0.068)
    assert opened + 3 == 33


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_first_page_and_then_its_own_alerts(variant: str) -> None:
    """Each rule fires when its figures say so; the first page is the same in all four."""
    hands = Hands(variant).at(IMPACT + 900)
    fired = {name: at for name, at in hands.fired().items() if name not in NOISE}

    assert fired.keys() == FIRES[variant].keys()
    assert {n: at for n, at in fired.items() if abs(at - FIRES[variant][n]) > WITHIN_S} == {}
    assert abs(hands.drill.stage.situation.marks["fired"] - T0) <= 30


@pytest.mark.parametrize("variant", VARIANTS)
def test_nobody_is_served_from_two_minutes_past_two(variant: str) -> None:
    """The last success lies in the second before I, earlier where the last pod dies earlier."""
    hands = Hands(variant).at(IMPACT + 60)
    gone = next(
        e.at
        for e in hands.drill.entries
        if isinstance(e.what, SignalsChanged)
        and e.what.services.get("edge", {}).get("errors", 0) >= 999_000
    )

    assert IMPACT - DEATHS_S < gone <= IMPACT
    assert hands.errors("edge") == 1
    if variant not in CRASHING:
        assert gone == IMPACT


def test_hung_pods_leave_the_traffic_when_their_probe_has_failed() -> None:
    """For forty-six seconds requests wait; then the load balancer answers by itself."""
    hands = Hands("half-open-redis").at(IMPACT + 40)
    waiting = hands.drill.stage.situation.world.signals["edge"]["latency"]
    hands.at(IMPACT + 50)

    assert waiting > 10_000
    assert hands.drill.stage.situation.world.signals["edge"]["latency"] < 50
    assert (hands.state("api.ready"), hands.state("api.restarts")) == (0, 0)


@pytest.mark.parametrize(("variant", "restarts"), [("bad-limits-file", 5), ("poison-schema", 4)])
def test_the_back_off_grows(variant: str, restarts: int) -> None:
    """At T+2:30 each pod has been tried four or five times."""
    hands = Hands(variant).at(T0 + 150)

    assert restarts <= hands.state("api.restarts") / 4 <= 5


def test_pods_without_data_keys_fail_one_by_one_and_stay_ready() -> None:
    """A quarter at 14:01:20, everything at 14:02:00, four of four ready throughout."""
    hands = Hands("key-unusable").at(IMPACT + 30)
    steps = [
        (e.at - IMPACT, round(e.what.services["api"]["errors"] / 250_000))
        for e in hands.drill.entries
        if isinstance(e.what, SignalsChanged) and "api" in e.what.services and e.at
    ]

    assert [step for n, step in enumerate(steps) if not n or steps[n - 1][1] != step[1]] == [
        (-40, 1), (-26, 2), (-13, 3), (0, 4),
    ]  # fmt: skip
    assert hands.state("api.ready") == 4


@pytest.mark.parametrize("variant", VARIANTS)
def test_if_nobody_does_anything_it_never_heals(variant: str) -> None:
    """Retries make 800 a minute of 500; later clients give up, and still nobody is served."""
    hands = Hands(variant).at(IMPACT + 300)
    signals = hands.drill.stage.situation.world.signals
    asked = [signals["edge"]["offered"]]
    asked.append(hands.at(IMPACT + 1800).drill.stage.situation.world.signals["edge"]["offered"])

    assert asked == [800, 640]
    assert hands.errors("edge") == 1


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


PODS = {
    "half-open-redis": "0/1     Running",
    "bad-limits-file": "CrashLoopBackOff",
    "poison-schema": "CrashLoopBackOff",
    "key-unusable": "1/1     Running",
}
SAYS = {
    "health-curl": (
        ("half-open-redis", "503"), ("bad-limits-file", "503"), ("poison-schema", "503"),
        ("key-unusable", "KEY_UNAVAILABLE"),
    ),
    "pod-describe": (
        ("half-open-redis", "Readiness probe failed"), ("bad-limits-file", "Exit Code:    101"),
        ("poison-schema", "OOMKilled"), ("key-unusable", "Ready            True"),
    ),
    "previous-log": (
        ("half-open-redis", "previous terminated container"),
        ("bad-limits-file", "panicked at src/policy.rs:212"),
        ("poison-schema", "compile tenant=T-3310 v=89"),
        ("key-unusable", "previous terminated container"),
    ),
    "api-log": (
        ("half-open-redis", "redis pool 8/8 checked out, waiting"),
        ("bad-limits-file", "value required"), ("poison-schema", "types=11800"),
        ("key-unusable", "pepper unwrap failed: kms http 400"),
    ),
    "config-log": (("bad-limits-file", "7c1f0de"), ("half-open-redis", "webhooks")),
    "limits-map": (("bad-limits-file", "max_complexity: }"), ("key-unusable", "5000")),
    "redis-events": (("half-open-redis", "Failover"), ("poison-schema", "[]")),
    "redis-clients": (
        ("half-open-redis", "connected_clients:10"), ("poison-schema", "connected_clients:10"),
        ("key-unusable", "connected_clients:42"),
    ),
    "pod-sockets": (
        ("half-open-redis", "10.20.66.11:6379"), ("bad-limits-file", "not running"),
    ),
    "key-state": (("key-unusable", "PendingDeletion"), ("half-open-redis", "Enabled")),
    "tenant-schemas": (("poison-schema", "11800"), ("half-open-redis", "214")),
    "rollout-status": (
        ("half-open-redis", "0 of 4 updated replicas are available"),
        ("key-unusable", "successfully rolled out"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("variant", "words"), PODS.items())
def test_the_pods_look_different_in_the_four_truths(variant: str, words: str) -> None:
    """Running and not ready, ended again and again, or ready and failing."""
    shown = Hands(variant).at(T0 + 150).found("pods")

    assert words in shown


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_tool_says_what_it_would_say(variant: str) -> None:
    """The casebook's table of looks, by a word of each answer."""
    hands = Hands(variant).at(T0 + 3 * MINUTE).log_in()
    wrong = {
        look: shown
        for look, terms in SAYS.items()
        for which, words in terms
        if which == variant and words not in (shown := hands.found(look))
    }

    assert wrong == {}


def test_who_deletes_keys_is_told_late() -> None:
    """The audit log is five to fifteen minutes behind."""
    hands = Hands("key-unusable").at(IMPACT - 120).log_in()
    early = hands.found("key-audit")
    late = hands.at(T0 + 15 * MINUTE).found("key-audit")

    assert ("ops-key-janitor" in early, "ops-key-janitor" in late) == (False, True)


@pytest.mark.parametrize("variant", VARIANTS)
def test_experts_are_back_within_a_quarter_of_an_hour(variant: str) -> None:
    """Looks, names, asks, mends; no harm on the way."""
    brief = brief_of()
    people = dict.fromkeys(brief.people(), "expert")
    drill = Drill(brief, Terms(seed=2, variant=variant, policies=people))
    drill.advance(T0 + 1800)
    marks = drill.stage.situation.marks

    assert marks["restored"] - marks["fired"] <= brief.scenario.expected.restore
    assert "two-keys" not in drill.stage.situation.world.faults


@pytest.mark.parametrize(
    ("variant", "guard"),
    [
        ("half-open-redis", "roll-back"),
        ("poison-schema", "publishing-off"),
        ("half-open-redis", "set-timeout"),
    ],
)
def test_what_bars_the_way_back(variant: str, guard: str) -> None:
    """Guarded, it does not come back inside half an hour."""
    hands = Hands(variant).at(T0 + 20).declare().log_in()
    if variant == "poison-schema":
        hands.take("roll-schema-back", "restart-all")
    hands.take(guard).at(T0 + 30 * MINUTE)
    back = [e for e in hands.drill.entries if type(e.what).__name__ == "ImpactReturned"]

    assert back == []
    assert hands.errors("edge") < 0.001


@pytest.mark.parametrize(
    ("variant", "steps", "again"),
    [
        ("half-open-redis", ("restart-api",), 1950),
        ("bad-limits-file", ("patch-limits", "restart-all"), None),
        ("poison-schema", ("roll-schema-back", "restart-all"), None),
    ],
)
def test_it_comes_back_where_the_way_stands_open(
    variant: str, steps: tuple[str, ...], again: int | None
) -> None:
    """The second replacement, the job that applies main, the tenant's own publishing."""
    hands = Hands(variant).at(T0 + 20).declare().log_in().take(*steps)
    well = hands.at(hands.drill.now + 90).errors("edge")
    hands.at(T0 + 30 * MINUTE)
    hurt = [e.at for e in hands.drill.entries if type(e.what).__name__ == "ImpactReturned"]

    assert (well < 0.001, hands.errors("edge")) == (True, 1)
    assert again is None or hurt == [again]


def test_nothing_stands_in_the_state_that_no_row_names() -> None:
    """Each row a fault or an act sets is a row at rest, or a fact."""
    scenario = brief_of().scenario
    rows = set(scenario.system.state)
    hands = Hands("poison-schema").at(T0)
    told = {e.what.name for e in hands.drill.entries if isinstance(e.what, StateSet)}
    written = {
        row for fault in scenario.faults.values() for row in (*fault.sets, *fault.cured_sets)
    }

    assert {row for row in written - rows if not row.startswith("fact.")} == set()
    assert "schema.active" in told
