"""What people's acts do to CODE's lost database: right, partial, useless and harmful."""

import pytest
from code_database_drill import MINUTE, T0, VARIANTS, Hands

JUDGED = {
    "grow-storage": ("right", "useless", "useless", "useless"),
    "workers-to-zero": ("right", "right", "right", "right"),
    "undo-worker": ("useless", "right", "useless", "useless"),
    "end-idle-sessions": ("refused", "partial", "useless", "useless"),
    "force-failover": ("refused", "useless", "right", "useless"),
    "put-rule-back": ("refused", "refused", "refused", "right"),
    "open-to-everybody": ("harmful", "harmful", "harmful", "harmful"),
    "scale-api": ("useless", "harmful", "useless", "harmful"),
    "undo-api": ("useless", "useless", "useless", "useless"),
    "undo-api-to-five": ("harmful", "harmful", "harmful", "harmful"),
    "page-on": ("partial", "neutral", "partial", "partial"),
    "breaker-on": ("useless", "useless", "useless", "useless"),
    "raise-connections": ("refused", "useless", "useless", "useless"),
    "restore-to-point": ("useless", "useless", "useless", "useless"),
    "switch-region": ("harmful", "harmful", "harmful", "harmful"),
}
"""Action -> what it turns out to be two and a half minutes after T0, variant by variant.

The workers at nothing cure the lost slots and shield the others' recovery; a failover and more
connections help against lost slots only once the API itself has run dry.
"""


@pytest.mark.parametrize("action", JUDGED)
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_action_is_what_the_truth_makes_it(variant: str, action: str) -> None:
    """Nothing is written as right or wrong: it follows from what the action did."""
    hands = Hands(variant).at(T0 + 150).declare().take(action)
    told = JUDGED[action][VARIANTS.index(variant)]
    refused = any(type(e.what).__name__ == "Refused" for e in hands.drill.entries[-60:])

    assert ("refused" if refused else hands.last("EffectTook").judged) == told


def test_storage_brings_the_database_back_and_a_restart_the_service() -> None:
    """Six to fourteen minutes, then the log is replayed; whoever restarts waits out no pause."""
    hands = Hands("full-disk").ready(2 * MINUTE).take("grow-storage")
    hands.at(hands.drill.now + 121)
    up, served = hands.state("db.up"), hands.errors("claude-deployment-api")
    hands.take("restart-api", "restart-auth").at(hands.drill.now + 110)

    assert (up, served) == (True, 1)
    assert hands.errors("claude-deployment-api") < 0.02


def test_left_alone_the_pods_wait_out_their_pauses() -> None:
    """The database is up, and customers are kept out for minutes more."""
    hands = Hands("full-disk").ready(2 * MINUTE).take("grow-storage")
    hands.at(hands.drill.now + 121)
    up = hands.drill.now
    while hands.errors("claude-deployment-prod-alb") > 0.05 and hands.drill.now < up + 600:
        hands.at(hands.drill.now + 5)

    assert 90 < hands.drill.now - up < 360


def test_a_second_change_of_storage_is_refused() -> None:
    """For six hours nothing of the volume can be changed again."""
    hands = Hands("full-disk").ready().take("grow-a-little", "grow-storage")

    assert "being optimized" in hands.last("Refused").reason


def test_the_backfill_stops_at_the_next_restart_only() -> None:
    """A changed configuration is read by programs that start."""
    hands = Hands("full-disk").ready().take("grow-storage", "pause-backfill")
    patched = hands.state("backfill.running")
    hands.take("restart-worker")

    assert (patched, hands.state("backfill.running")) == (True, False)


def test_the_slot_gives_its_room_back() -> None:
    """Impossible while the server is down; afterwards 212 GiB come back at a checkpoint."""
    hands = Hands("full-disk").ready().take("drop-slot")
    refused = hands.last("Refused").reason
    hands.take("grow-storage").at(hands.drill.now + 121).take("drop-slot")
    hands.at(hands.drill.now + 5 * MINUTE)

    assert "Connection refused" in refused
    assert hands.level("db_free_gib") > 300


def test_workers_at_nothing_free_the_slots_before_customers_notice() -> None:
    """Sockets close in ten seconds and the API never fails."""
    hands = Hands("no-slots").ready(3 * MINUTE).take("workers-to-zero")
    hands.at(hands.drill.now + 20)

    assert hands.level("db_connections") < 100
    assert hands.errors("claude-deployment-api") < 0.01


def test_the_same_release_brought_back_leaks_again() -> None:
    """Six and a half connections a minute, as before."""
    hands = Hands("no-slots").ready(3 * MINUTE).take("workers-to-zero", "workers-three")
    hands.at(hands.drill.now + 2 * MINUTE)
    before = hands.level("db_connections")

    assert hands.at(hands.drill.now + 10 * MINUTE).level("db_connections") - before == (
        pytest.approx(65, abs=1)
    )


def test_ended_sessions_are_back_within_half_an_hour() -> None:
    """Relief, and no cure."""
    hands = Hands("no-slots").ready(3 * MINUTE).take("end-idle-sessions")
    soon = hands.at(hands.drill.now + MINUTE).errors("claude-deployment-worker")
    late = hands.at(hands.drill.now + 31 * MINUTE).errors("claude-deployment-worker")

    assert (soon < 0.01, late > 0.1) == (True, True)


def test_a_failover_moves_the_name_and_the_writes() -> None:
    """Another zone, another address, a write that is done."""
    hands = Hands("grey-storage").ready(2 * MINUTE).take("force-failover")

    assert hands.state("db.az") == "us-west-2c"
    assert "10.40.37.90" in hands.found("endpoint-name")
    assert "CREATE TABLE" in hands.found("write-probe")


def test_workers_at_nothing_free_no_hung_session() -> None:
    """That tells a stalled volume from a leak."""
    hands = Hands("grey-storage").ready(3 * MINUTE).take("workers-to-zero")

    assert hands.at(hands.drill.now + MINUTE).level("db_connections") > 290


def test_left_alone_the_cloud_fails_over_after_half_an_hour() -> None:
    """Between 28 and 42 minutes after the volume stalled."""
    hands = Hands("grey-storage").ready()
    early = hands.at(1110 + 28 * MINUTE).state("db.az")

    assert (early, hands.at(1110 + 43 * MINUTE).state("db.az")) == ("us-west-2a", "us-west-2c")


def test_the_rule_put_back_by_hand_is_taken_again_at_five_to_four() -> None:
    """Unless the job is paused."""
    hands = Hands("closed-road").ready(2 * MINUTE).take("put-rule-back")
    before = hands.at(3895).state("sg.rule")
    paused = Hands("closed-road").ready(2 * MINUTE).take("put-rule-back", "pause-hygiene")

    assert (before, hands.at(3905).state("sg.rule")) == ("present", "gone")
    assert paused.at(3905).state("sg.rule") == "present"


def test_an_old_release_fails_after_the_database_is_back() -> None:
    """Revision 5 does not know a column, and sixty of a hundred requests fail of it."""
    hands = Hands("closed-road").ready().take("undo-api-to-five", "put-rule-back", "restart-api")
    hands.at(hands.drill.now + 4 * MINUTE)
    failing = hands.errors("claude-deployment-api")
    hands.take("undo-api").at(hands.drill.now + 4 * MINUTE)

    assert failing == pytest.approx(0.6, abs=0.08)
    assert hands.errors("claude-deployment-api") < 0.01


def test_a_page_left_up_is_an_outage_of_ones_own() -> None:
    """The API is well, and nobody reaches it."""
    hands = Hands("closed-road").ready().take("page-on", "put-rule-back", "restart-api")
    hands.at(hands.drill.now + 3 * MINUTE)
    behind, front = hands.errors("claude-deployment-api"), hands.errors_shown()[0]
    hands.take("page-off").at(hands.drill.now + MINUTE)

    assert (behind < 0.01, front) == (True, 100)
    assert hands.errors_shown()[0] == 0


def test_the_first_minutes_are_slow_unless_workers_or_page_hold_the_crowd_back() -> None:
    """Repeated requests and waiting jobs meet an empty cache."""
    bare = Hands("grey-storage").ready(4 * MINUTE).take("force-failover", "restart-api")
    held = Hands("grey-storage").ready(4 * MINUTE)
    held.take("workers-to-zero", "force-failover", "restart-api")
    shown = []
    for hands in (bare, held):
        hands.at(hands.drill.now + 150)
        signals = hands.drill.stage.situation.world.signals["claude-deployment-api"]
        shown.append(signals["p95"])

    assert shown[0] > 450
    assert shown[1] < 355
