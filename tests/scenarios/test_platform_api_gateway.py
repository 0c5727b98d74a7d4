"""Stories of the gateway's runbook: six truths behind one page, told by what people would see."""

import re

import pytest
from gateway_drill import MINUTE, SCENARIO, T0, VARIANTS, Hands, brief_of

from simulator.brief.checks_scenario import check_scenario
from simulator.brief.library import read_scenario
from simulator.journal.commands.work import Type
from simulator.world.signals import solve
from simulator.world.system import at_rest

WITHIN_S = 90
"""Drawn phases, boots and liveness kills move an alert so far."""
PAGES = ("api-gateway-high-error-rate", "api-error-budget-burn-fast")
BESIDE = {
    "release": set(),
    "upstream": {"workflow-engine-errors"},
    "capacity": {"api-gateway-high-latency", "pod-restart-loop"},
    "database": {"api-gateway-high-latency", "gateway-pool-saturated"},
    "limiter": {"rate-limit-rejections-high"},
    "transient": {"pod-restart-loop-worker-4"},
}
"""Variant -> the alerts it has beside the two pages and the noise."""
NOISE = {"synthetic-probe-failed"}
STEPS = (
    "gateway-dashboard", "error-dashboard", "ratio-as-written", "by-status", "gateway-error-lines",
    "rollout-history", "argocd-app", "config-log", "backend-pods", "proxy-status",
    "workflow-health", "cpu", "memory", "pool", "pod-log", "pod-log-patterns",
)  # fmt: skip
"""The looks of the runbook, in its own order."""
SILENT = ("config-log", "pod-log", "pod-log-patterns")
"""git prints nothing where nothing was committed, grep where nothing matches."""


@pytest.mark.parametrize("plan", ["platform", "fraiseql", "code", "virtengine"])
def test_it_fits_together_under_every_plan(plan):
    """No name leads nowhere, and each plan finds the people it needs."""
    read = read_scenario(SCENARIO)

    assert brief_of(plan).scenario == read.value
    assert check_scenario(read.node, read.value, read.file) == ()


def test_the_depth_is_there():
    """Enough to look at, to do and to suspect, and the day's draw is whole."""
    scenario = brief_of().scenario

    assert len(scenario.looks) >= 35
    assert len(scenario.actions) >= 30
    assert 8 <= len(scenario.causes) <= 15
    assert tuple(scenario.variants) == VARIANTS
    assert sum(v.weight for v in scenario.variants.values()) == pytest.approx(1)


def test_the_arithmetic_of_a_normal_day():
    """1,200 requests a second, 180 ms, 0.08 % errors, a third of the pool, Redis a tenth busy."""
    signals = solve(at_rest(brief_of().scenario.system), ())
    services = signals.services
    busy = sum(p.busy for key, p in signals.pools.items() if key[0] == "api-gateway")

    assert services["edge"].offered_per_s == pytest.approx(1200, abs=0.5)
    assert services["workflow-engine"].offered_per_s == pytest.approx(720, abs=1)
    assert services["api-gateway"].p95_s == pytest.approx(0.180, abs=0.001)
    assert services["redis"].saturation == pytest.approx(0.10, abs=0.001)
    assert busy == pytest.approx(39, abs=1)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_first_page_and_then_its_own_alerts(variant):
    """14:23, APIGatewayHighErrorRate; what fires beside it tells the variants apart."""
    hands = Hands(variant).at(T0 + 12 * MINUTE)
    fired = hands.fired()

    assert fired.keys() - NOISE == {*PAGES, *BESIDE[variant]}
    assert fired[PAGES[0]] == 0
    assert fired[PAGES[1]] > 0
    assert abs(hands.drill.stage.situation.marks["fired"] - T0) <= WITHIN_S


@pytest.mark.parametrize(
    ("variant", "low", "high"),
    [
        ("release", 0.145, 0.155),
        ("upstream", 0.070, 0.079),
        ("capacity", 0.03, 0.40),
        ("database", 0.175, 0.195),
        ("limiter", 0.082, 0.093),
        ("transient", 0.093, 0.103),
    ],
)
def test_how_much_fails_at_the_page_and_half_an_hour_later(variant, low, high):
    """The casebook's shares, none heals by itself; overload swings with the pods alive."""
    hands = Hands(variant).at(T0).declare("SEV2")
    first = hands.errors("api-gateway")
    hands.at(T0 + 18 * MINUTE)

    assert low <= first <= high
    assert low <= hands.errors("api-gateway") <= high


def test_overload_is_slow_before_it_fails():
    """At 1,800 requests a second the p95 is a second; liveness kills then take pods away."""
    hands = Hands("capacity").at(720)
    slow = (hands.errors("api-gateway"), hands.p95_ms())
    hands.at(T0 + 5 * MINUTE)

    assert slow == (pytest.approx(0.0007, abs=0.001), pytest.approx(1023, abs=60))
    assert hands.p95_ms() > 2400
    assert hands.state("api-gateway.restarts") > 0


def test_a_held_lock_fills_the_pool():
    """36 busy connections become 120, and whoever gets one has waited two seconds."""
    hands = Hands("database").at(600)
    before = hands.level("pool_active")
    hands.at(T0)

    assert before == pytest.approx(39, abs=1)
    assert hands.level("pool_active") == 120
    assert hands.p95_ms() == pytest.approx(2180, abs=60)


def test_the_lock_comes_back_with_the_next_hour():
    """It gives up after fifty minutes and is back with the next run."""
    hands = Hands("database").at(T0).declare("SEV2")
    gone = hands.at(630 + 52 * MINUTE).errors("api-gateway")
    back = hands.at(630 + 69 * MINUTE).errors("api-gateway")

    assert (gone < 0.01, back > 0.15) == (True, True)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_step_of_the_runbook_is_answered(variant):
    """Each look of the runbook, in its order, as the runbook writes it: none is a blank."""
    hands = Hands(variant).ready()
    strange = []
    for name in STEPS:
        found = hands.look(name).last("Found")
        if found.way not in ("answered", "normal") or (name not in SILENT and not found.content):
            strange.append(name)

    assert strange == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_look_shows_something(variant):
    """No look of the catalogue ends in a line nobody simulated."""
    hands = Hands(variant).ready()
    looks = [n for n, look in brief_of().scenario.looks.items() if look.covers(variant)]
    strange = []
    for name in looks:
        found = hands.look(name).last("Found")
        if found.way == "not_simulated" or (name not in SILENT and not found.content):
            strange.append(name)

    assert strange == []


def test_only_the_cut_by_pod_shows_three_pods():
    """A third of what three pods answer fails, and next to nothing of the other nine."""
    shown = Hands("transient").ready().found("error-dashboard")
    shares = [float(found) for found in re.findall(r"pod=\"api-gateway-\S+ => ([\d.e-]+)", shown)]

    assert len(shares) == 12
    assert sum(1 for share in shares if share == pytest.approx(0.35, abs=0.01)) == 3
    assert sum(1 for share in shares if share < 0.01) == 9


@pytest.mark.parametrize(
    ("variant", "most"),
    [("release", "500"), ("upstream", "500"), ("capacity", "503"), ("limiter", "503")],
)
def test_what_failures_are_answered_with(variant, most):
    """By status the ways to fail are told apart."""
    shown = Hands(variant).ready().found("by-status")
    rates = {s: float(n) for s, n in re.findall(r"status=\"(5\d\d)\"\} => ([\d.e-]+)", shown)}

    assert max(rates, key=lambda status: rates[status]) == most


def test_the_first_query_misleads_as_it_does():
    """Unsummed vectors match label by label: what fails is all of what fails."""
    shown = Hands("release").ready().found("ratio-as-written")
    ratios = set(re.findall(r"=> (\S+)", shown))

    assert ratios <= {"1", "NaN"}


def test_one_pods_log_is_not_twelve():
    """Kubectl reads one of twelve pods, and that one may know of nothing."""
    shown = Hands("transient").ready().found("pod-log")

    assert "Found 12 pods, using pod/" in shown
    assert "kid=k2" not in shown


def test_reading_works_while_uploads_fail():
    """GET is not POST."""
    hands = Hands("release").ready()

    assert '"workflows"' in hands.found("customers-call")
    assert "internal error" in hands.found("upload-call")


@pytest.mark.parametrize("variant", ["transient", "upstream"])
def test_what_each_pod_shows_adds_up_to_its_service(variant):
    """Twelve series of their own are the gateway's requests, no more and no less."""
    hands = Hands(variant).ready()
    line = "promql 'sum(rate(istio_requests_total{app=\"api-gateway\"}[5m]))'"
    hands.drill.submit(hands.who, Type(line=line))
    hands.after(40)
    shown = str(hands.last("Found").content)

    assert float(shown.split("=> ")[1].split(maxsplit=1)[0]) == pytest.approx(1200, rel=0.01)
