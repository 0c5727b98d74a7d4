"""What people's acts do in drill 2: right, partial, useless and harmful, each with its price."""

import pytest
from database_drill import IMPACT, MINUTE, T0, VARIANTS, Hands, brief_of

from simulator.journal.commands.work import Look, Mitigate


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


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_only_the_executed_drill_has_is_nowhere_else(variant: str) -> None:
    """No staging host is looked at and no table's backup is chosen in production."""
    hands = Hands(variant).at(T0)

    for order in (Look(look="count-table"), Mitigate(action="choose-newest-backup", anyway=True)):
        hands.drill.submit("bob", order)

        assert hands.last("Refused").code == "unknown"


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("lost-primary", "timeout expired"),
        ("stale-replica", "timeout expired"),
        ("full-disk", "Connection refused"),
    ],
)
def test_a_host_that_is_gone_times_out_and_a_stopped_server_refuses(
    variant: str, words: str
) -> None:
    """Dropping the slot meets what the looks meet."""
    hands = Hands(variant).at(T0).declare().log_in().take("drop-slot")

    assert words in hands.last("Refused").reason


def test_storage_never_shrinks() -> None:
    """More storage cannot be taken back, and whoever asks for it is to say so."""
    actions = brief_of().scenario.actions

    assert all(actions[name].irreversible for name in ("grow-storage", "grow-a-little"))
