"""What people's acts do to the gateway: right, partial, useless and harmful, variant by variant."""

import pytest
from gateway_drill import MINUTE, T0, Hands

from simulator.journal.events.world import EffectRelieved


def relieved(hands, action):
    """Whether customers were better off soon after this action."""
    return any(
        isinstance(e.what, EffectRelieved) and e.what.action == action for e in hands.drill.entries
    )


@pytest.mark.parametrize(
    ("variant", "steps"),
    [
        ("release", ["rollback-47"]),
        ("upstream", ["circuit-breaker", "cordon-and-delete"]),
        ("capacity", ["scale-20"]),
        ("database", ["stop-job"]),
        ("limiter", ["deny-client"]),
        ("transient", ["delete-three-pods"]),
    ],
)
def test_the_option_of_that_cause_brings_it_back(variant, steps):
    """Below one per cent within eight minutes of the last step, each step judged right."""
    hands = Hands(variant).ready().take(*steps).after(8 * MINUTE)

    assert hands.errors("edge") < 0.01
    assert [hands.judged(step) for step in steps] == ["right"] * len(steps)


def test_a_rollback_goes_in_waves_and_relieves_at_once():
    """The first wave halves it within two minutes; twice undone is back on the bad build."""
    hands = Hands("release").ready().take("rollback")
    half = hands.after(100).errors("edge")
    well = hands.after(5 * MINUTE).errors("edge")
    hands.take("rollback").after(6 * MINUTE)

    assert 0.01 < half < 0.13
    assert well < 0.01
    assert hands.errors("edge") > 0.14


def test_after_a_restart_an_undo_returns_to_the_same_build():
    """Each restart is a revision of its own."""
    hands = Hands("release").ready().take("restart-gateway").after(6 * MINUTE)
    hands.take("rollback").after(6 * MINUTE)

    assert hands.errors("edge") > 0.14


def test_argocd_brings_the_release_back():
    """A sync after the rollback rolls the bad build out again, and that is harm."""
    hands = Hands("release").ready().take("rollback-47").after(6 * MINUTE)
    hands.take("sync-app").after(6 * MINUTE)

    assert hands.judged("sync-app") == "harmful"
    assert hands.errors("edge") > 0.14


@pytest.mark.parametrize(
    ("variant", "action"),
    [
        ("release", "scale-20"),
        ("release", "restart-gateway"),
        ("release", "flag-off"),
        ("upstream", "restart-gateway"),
        ("upstream", "scale-20"),
        ("limiter", "restart-gateway"),
        ("limiter", "deny-by-peer"),
        ("database", "cancel-query"),
    ],
)
def test_what_helps_nothing_changes_nothing(variant, action):
    """The errors are what they were, and the act is judged useless."""
    hands = Hands(variant).ready()
    before = hands.errors("edge")
    hands.take(action).after(7 * MINUTE)

    assert hands.errors("edge") == pytest.approx(before, abs=0.012)
    assert hands.judged(action) == "useless"


def test_the_breaker_keeps_callers_off_and_the_pod_stays_ill():
    """The gateway is well within a minute; the pod asked past the rule still says 500."""
    hands = Hands("upstream").ready().take("circuit-breaker").after(MINUTE)

    assert hands.errors("edge") < 0.005
    assert "2 x 500" in hands.found("workflow-calls")


def test_a_deleted_pod_may_land_on_the_same_node():
    """Without a cordon a new pod falls ill in some of the seeds; with it, in none."""
    again = []
    for seed in range(1, 7):
        hands = Hands("upstream", seed=seed).ready().take("delete-engine-pod").after(5 * MINUTE)
        again.append(hands.errors("edge") > 0.05)

    assert True in again
    assert False in again


def test_twenty_replicas_exhaust_the_databases_slots():
    """More pods are relief at first, then too many clients for the database."""
    hands = Hands("database").ready().take("scale-20")
    hands.after(4 * MINUTE)

    assert hands.level("db_connections") == 297
    assert hands.errors("authentication") > 0.005


def test_thirteen_connections_a_pod_carry_the_wait():
    """Only the locked writes themselves still fail."""
    hands = Hands("database").ready().take("pool-13").after(2 * MINUTE)

    assert hands.errors("api-gateway") == pytest.approx(0.022, abs=0.006)


def test_an_ended_session_comes_back_with_its_job():
    """The job tries again after five minutes, unless it was stopped."""
    hands = Hands("database").ready().take("terminate-session").after(2 * MINUTE)
    gone = hands.errors("edge")
    hands.after(12 * MINUTE)

    assert gone < 0.01
    assert hands.errors("edge") > 0.15


def test_an_index_waits_and_all_writes_wait_behind_it():
    """Eighteen in a hundred become most of all."""
    hands = Hands("database").ready().take("create-index")

    assert hands.errors("edge") > 0.80


@pytest.mark.parametrize("action", ["raise-client-limit", "limiter-open"])
def test_serving_the_looping_client_in_full_is_harm(action):
    """3,850 full-price requests on 1,920 of capacity."""
    hands = Hands("limiter").ready().take(action).after(30)

    assert hands.judged(action) == "harmful"
    assert hands.errors("edge") > 0.40


def test_a_restart_of_redis_helps_for_a_minute():
    """Relief until the log has filled again."""
    hands = Hands("limiter").ready().take("restart-redis").after(20)
    well = hands.errors("edge")
    hands.after(2 * MINUTE)

    assert hands.judged("restart-redis") == "partial"
    assert well < 0.02
    assert hands.errors("edge") > 0.08


def test_watching_redis_makes_it_worse():
    """A look that harms: half a minute of every command."""
    hands = Hands("limiter").ready().take("redis-monitor").after(5)
    worse = hands.errors("edge")
    hands.after(MINUTE)

    assert worse > 0.5
    assert hands.errors("edge") < 0.12


def test_dilution_looks_like_a_cure():
    """Twenty pods in place of twelve: three ill ones draw less, and it still alerts."""
    hands = Hands("transient").ready().take("scale-20").after(3 * MINUTE)

    assert hands.errors("edge") == pytest.approx(0.06, abs=0.008)


def test_a_limit_for_northwind_lets_the_others_recover():
    """What is asked beside customers falls to a sixth, and so does the rest in a while."""
    hands = Hands("capacity").ready().take("limit-northwind").after(12 * MINUTE)

    assert hands.judged("limit-northwind") == "partial"
    assert hands.errors("edge") < 0.01


@pytest.mark.parametrize("variant", ["release", "database"])
def test_a_failover_takes_everything_away_for_a_minute(variant):
    """A minute of nothing, in whatever variant."""
    hands = Hands(variant).ready().take("switchover").after(10)

    assert hands.judged("switchover") == "harmful"
    assert hands.errors("edge") > 0.9


def test_a_restart_under_overload_costs_pods_that_are_needed():
    """Nine live pods, new ones cold."""
    hands = Hands("capacity").ready()
    before = hands.errors("edge")
    hands.take("restart-gateway").after(30)

    assert hands.errors("edge") > before
    assert not relieved(hands, "restart-gateway")
    assert hands.drill.now > T0
