"""What people's acts do to VirtEngine's intruder: right, partial, useless and harmful."""

import pytest
from breach_drill import MINUTE, T0, VARIANTS, Hands

JUDGED = {
    "block-address": ("partial", "partial", "useless"),
    "lists-off": ("right", "useless", "useless"),
    "suspend-partner": ("right", "harmful", "harmful"),
    "revoke-tonight": ("partial", "harmful", "harmful"),
    "revoke-all-cascade": ("right", "harmful", "harmful"),
    "cut-sessions": ("refused", "right", "refused"),
    "reset-password": ("useless", "useless", "useless"),
    "isolate-laptop": ("useless", "right", "useless"),
    "wipe-laptop": ("harmful", "harmful", "harmful"),
    "stop-val2": ("useless", "useless", "right"),
    "restart-val2": ("useless", "useless", "useless"),
    "leave-set": ("harmful", "harmful", "right"),
    "propose-jailing": ("useless", "useless", "useless"),
    "start-standby": ("harmful", "harmful", "harmful"),
    "revoke-runner": ("useless", "useless", "right"),
    "keep-evidence": ("right", "right", "right"),
    "rebuild": ("harmful", "harmful", "harmful"),
    "rotate-logs": ("harmful", "harmful", "harmful"),
    "rotate-everything": ("partial", "harmful", "partial"),
    "everybody-out": ("useless", "partial", "useless"),
    "answer-press": ("harmful", "harmful", "harmful"),
}
"""Action -> what it turns out to be when it is the first thing done, two minutes after T0."""


@pytest.mark.parametrize("action", JUDGED)
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_action_is_what_the_truth_makes_it(variant: str, action: str) -> None:
    """Nothing is written as right or wrong: it follows from what the action did."""
    hands = Hands(variant).at(T0 + 2 * MINUTE).declare()

    assert hands.judged(action) == JUDGED[action][VARIANTS.index(variant)]


def test_a_blocked_address_buys_three_minutes() -> None:
    """Silence, then fourteen other addresses, and as many profiles as before."""
    hands = Hands("keys").at(T0 + MINUTE).declare().take("block-address")
    soon, quiet = hands.drill.now, hands.stolen_per_min()
    hands.at(soon + 190)

    assert (quiet, hands.stolen_per_min()) == (0, 2000)
    assert "14 addresses" in hands.found("by-address")


def test_a_blocked_cookie_comes_from_elsewhere_in_six_minutes() -> None:
    """Only the path was shut, the session goes on."""
    hands = Hands("session").at(T0 + MINUTE).declare().take("block-address")
    soon, quiet = hands.drill.now, hands.stolen_per_min()
    hands.at(soon + 370)

    assert (quiet, hands.stolen_per_min() > 0) == (0, True)


def test_the_flag_stops_every_address_and_leaves_every_foothold() -> None:
    """A door shut is not a key taken away."""
    hands = Hands("keys").at(T0 + MINUTE).declare().take("lists-off")

    assert (hands.stolen_per_min(), hands.footholds()) == (0, 26)
    assert hands.errors("api-gateway") == pytest.approx(0.012, abs=0.001)


def test_twenty_dead_keys_leave_six_that_go_on() -> None:
    """Four minutes later."""
    hands = Hands("keys").at(T0 + MINUTE).declare().take("revoke-tonight")
    hands.at(hands.drill.now + 40)
    between = (hands.stolen_per_min(), hands.footholds() >= 6)
    hands.at(hands.drill.now + 260)

    assert (between, hands.stolen_per_min()) == ((0, True), 2000)


def test_children_live_on_without_a_cascade() -> None:
    """Two keys minutes old, made by one of the twenty."""
    hands = Hands("keys").since(19).declare().take("revoke-tonight")
    hands.at(hands.drill.now + 40)
    left = hands.footholds()
    hands.take("revoke-all-cascade").at(hands.drill.now + 40)

    assert (left, hands.footholds()) == (8, 0)


def test_a_suspended_partner_has_no_live_key_after_half_a_minute() -> None:
    """All twenty-six, and whatever they made."""
    hands = Hands("keys").since(19).declare().take("suspend-partner")

    assert hands.at(hands.drill.now + 35).footholds() == 0
    assert hands.since(40).level("orders_stopped") > 10


def test_a_partner_let_in_again_unproven_brings_the_sweep_back() -> None:
    """The same keys, the same stranger."""
    hands = Hands("keys").at(T0 + MINUTE).declare().take("suspend-partner")
    hands.at(hands.drill.now + 35)

    assert hands.judged("partner-back") == "harmful"
    assert hands.stolen_per_min() == 2000


def test_a_new_password_ends_no_session() -> None:
    """A cookie is never asked for it."""
    hands = Hands("session").at(T0 + MINUTE).declare()
    before = hands.stolen_per_min()

    assert hands.take("reset-password").stolen_per_min() >= before > 0


def test_a_session_cut_early_is_over() -> None:
    """Before it has made anything of its own."""
    hands = Hands("session").since(20).declare().take("cut-sessions")
    hands.at(hands.drill.now + 15 * MINUTE)

    assert (hands.stolen_per_min(), hands.footholds()) == (0, 0)


def test_a_session_cut_late_is_back_in_twelve_minutes() -> None:
    """With a second factor of its own, until that is removed."""
    hands = Hands("session").since(25).declare().take("cut-sessions")
    quiet = hands.stolen_per_min()
    hands.at(hands.drill.now + 13 * MINUTE)
    back = hands.stolen_per_min()
    hands.take("remove-made").at(hands.drill.now + 30)

    assert (quiet, back) == (0, 40)
    assert hands.footholds() == 0


def test_plans_written_where_the_intruder_reads_make_it_hurry() -> None:
    """Three times as much within two minutes, unless the talk has moved."""
    chat = Hands("session").at(T0 + 2 * MINUTE).declare().since(38)
    phone = Hands("session").at(T0 + 2 * MINUTE).declare().take("bridge").since(38)

    assert (chat.stolen_per_min(), phone.stolen_per_min()) == (120, 40)


def test_silence_costs_a_block_every_six_seconds_and_nothing_else() -> None:
    """Ten a minute, one warning of one's own making, no vote of two."""
    hands = Hands("validator").at(T0 + MINUTE).declare().take("stop-val2")
    stopped = hands.drill.now
    hands.take("forbid-standby").at(stopped + 10 * MINUTE)

    assert hands.level("val2_missed") == pytest.approx(105, abs=2)
    assert 200 <= hands.fired()["validator-missed-blocks"] + T0 - stopped <= 320
    assert hands.since(45).level("stake_lost") == 0


def test_below_the_minimum_the_copy_votes_for_nobody() -> None:
    """Jailed within two blocks; the certificate is another door."""
    hands = Hands("validator").at(T0 + MINUTE).declare().take("stop-val2", "leave-set")
    hands.at(hands.drill.now + 15)
    left = hands.footholds()
    hands.take("revoke-runner").at(hands.drill.now + 10)

    assert (left, hands.footholds()) == (1, 0)
    assert "jailed: true" in hands.found("signing")


def test_a_spare_votes_against_the_copy() -> None:
    """The classic double vote: val-2 stopped, its spare started, and somebody else has the key."""
    hands = Hands("validator").at(T0 + MINUTE).declare().take("stop-val2", "start-standby")
    early = hands.level("stake_lost")

    assert (early, hands.since(28).level("stake_lost")) == (0, 205_000)


def test_two_machines_of_ours_need_no_thief() -> None:
    """A spare beside a running val-2, in a night in which nobody has its key."""
    hands = Hands("keys").at(T0 + MINUTE).declare().take("start-standby")

    assert hands.at(hands.drill.now + 95).level("stake_lost") == 205_000


def test_somebody_helpful_starts_the_spare_unless_told_not_to() -> None:
    """Ten minutes after T0, in writing or not at all."""
    told = Hands("validator").at(T0 + MINUTE).declare().take("stop-val2", "forbid-standby")
    untold = Hands("validator").at(T0 + MINUTE).declare().take("stop-val2")
    seen = [hands.at(T0 + 11 * MINUTE).state("val2.standby") for hands in (told, untold)]

    assert seen == ["stopped", "running"]


def test_evidence_kept_first_makes_a_rebuild_harmless() -> None:
    """The order is all."""
    hands = Hands("validator").at(T0 + MINUTE).declare().take("keep-evidence")

    assert hands.judged("rebuild") == "useless"
    assert hands.state("traces") == "whole"


def test_everybody_behind_the_maintenance_page_stops_the_sweep_too() -> None:
    """And everything else."""
    hands = Hands("keys").at(T0 + MINUTE).declare().take("api-maintenance")

    assert (hands.stolen_per_min(), hands.errors("api-gateway")) == (0, 1)
