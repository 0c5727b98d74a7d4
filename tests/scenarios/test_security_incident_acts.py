"""What people's acts do in drill 3: right, partial, useless and harmful, each with its price."""

import pytest
from security_drill import IMPACT, MINUTE, T0, VARIANTS, Hands

R, P, U, H, N = "right", "partial", "useless", "harmful", "neutral"

CLASSES = {
    "export-evidence": (R, R, R, R),
    "revoke-hl01": (R, P, H, R),
    "revoke-hl01-slowly": (P, P, H, P),
    "purge-hl01": (U, U, U, U),
    "revoke-both": (P, R, H, P),
    "revoke-offspring": (U, R, U, U),
    "revoke-svc1": (H, H, R, H),
    "revoke-bp02": (H, H, H, H),
    "close-sockets": (R, U, U, U),
    "limit-hl01": (P, P, U, P),
    "limit-svc1": (U, U, P, U),
    "limit-bp02": (U, U, U, H),
    "expect-import": (U, U, U, R),
    "block-addresses": (P, P, P, P),
    "disable-ci-key": (H, H, R, H),
    "cut-role-sessions": (U, U, R, U),
    "store-new-svc1": (U, U, H, U),
    "rotate-readonly": (U, U, R, U),
    "suspend-tenant": (P, P, U, P),
    "revoke-all": (H, H, H, H),
    "close-api": (P, P, P, P),
    "delete-hl01": (H, H, H, H),
    "delete-ci-key": (H, H, H, H),
    "flush-redis": (H, H, H, H),
    "ask-removal": (N, N, N, N),
    "name-it-in-public": (H, H, H, H),
}
"""Action -> its class in each truth, taken first and alone a minute after the page."""


def begun(variant: str) -> Hands:
    """Alice has logged in a minute after the page; nobody else moves."""
    return Hands(variant).at(T0 + MINUTE).declare("HIGH").log_in()


@pytest.mark.parametrize("action", CLASSES)
def test_each_act_comes_out_as_the_model_says(action: str) -> None:
    """The same act is right in one truth and harm in another."""
    judged = tuple(begun(v).take(action).last("EffectTook").judged for v in VARIANTS)

    assert judged == CLASSES[action]


def test_a_purge_makes_it_bite_at_once() -> None:
    """Within half a minute no pod accepts the key."""
    hands = begun("leaked-key").take("revoke-hl01")

    assert hands.at(hands.drill.now + 31).state("cred.hl01.accepted") is False
    assert "0/4 pods accept" in hands.found("probe-hl01")


def test_without_a_purge_caches_go_on_for_minutes() -> None:
    """Over many drills about 165 s, never more than 330."""
    lasted = []
    for seed in range(1, 9):
        hands = Hands("leaked-key", seed=seed).at(T0 + MINUTE).take("revoke-hl01-slowly")
        lasted.append(hands.state("cred.hl01.bites_at") - hands.drill.now)

    assert 80 <= sum(lasted) / len(lasted) <= 250
    assert max(lasted) <= 330


def test_sockets_outlive_the_key_until_they_are_closed() -> None:
    """Forty rows a second go on after the revocation; then all is quiet."""
    hands = begun("leaked-key").take("export-evidence", "revoke-hl01")
    alive = hands.at(hands.drill.now + MINUTE).state("intruder.footholds")
    hands.take("close-sockets")

    assert alive == 2
    assert hands.state("intruder.footholds") == 0


def test_sockets_closed_before_the_key_are_back_in_seconds() -> None:
    """Whoever still holds the key opens them again."""
    hands = begun("leaked-key").take("close-sockets")

    assert hands.at(hands.drill.now + 6).state("intruder.footholds") == 3


def test_the_first_key_alone_wakes_the_second() -> None:
    """Two and a half minutes after HL01 is dead HL09 takes nine hundred pages a minute."""
    hands = begun("minted-key").take("revoke-hl01")
    hands.at(hands.drill.now + 31 + 150)

    assert hands.state("cred.hl09.trickle.per_min") == 900
    assert hands.take("revoke-offspring").last("EffectTook").judged == "right"


def test_both_in_one_stroke_leave_nothing() -> None:
    """No foothold, and nobody wakes."""
    hands = begun("minted-key").take("revoke-both")

    assert hands.at(hands.drill.now + 300).state("intruder.footholds") == 0


def test_a_new_secret_under_open_eyes_is_stolen_again() -> None:
    """Stored before the AWS key and its session are dead, it is read two to five minutes later."""
    hands = begun("key-behind").take("revoke-svc1", "store-new-svc1")
    hands.at(hands.drill.now + 5 * MINUTE + 1)

    assert hands.state("cred.svc2.export.per_min") == 600


def test_cut_first_and_then_stored_anew() -> None:
    """Key, session, SVC1, a wait, and only then a new value: quiet, and the console works."""
    hands = begun("key-behind").take(
        "disable-ci-key", "cut-role-sessions", "revoke-svc1", "wait-for-iam", "store-new-svc1"
    )
    judged = hands.last("EffectTook").judged
    hands.at(hands.drill.now + 6 * MINUTE)

    assert judged == "right"
    assert hands.state("intruder.footholds") == 0
    assert hands.state("cred.svc2.console.per_min") == 6


def test_a_role_session_outlives_its_key() -> None:
    """The AWS key alone leaves one foothold beside SVC1."""
    hands = begun("key-behind").take("disable-ci-key")

    assert hands.at(hands.drill.now + 181).state("intruder.footholds") == 2


def test_whoever_is_blocked_comes_back_from_elsewhere() -> None:
    """The firewall buys a minute or two."""
    hands = begun("leaked-key").take("block-addresses")
    blocked = hands.state("intruder.active")
    hands.at(hands.drill.now + 121)

    assert (blocked, hands.state("intruder.active")) == (False, True)


def test_a_limit_starves_the_owner_as_well() -> None:
    """Sixty a minute are shared in proportion: the theft is a fifteenth, and so is the sync."""
    hands = begun("leaked-key").take("limit-hl01")

    assert hands.state("cred.hl01.export.per_min") == pytest.approx(59, abs=1)
    assert hands.state("cred.hl01.sync.per_min") <= 2


def test_a_replacement_ends_the_owners_outage() -> None:
    """Refused until they have it, then served under the new key."""
    hands = begun("leaked-key").take("revoke-hl01")
    hands.at(hands.drill.now + 31)
    refused = hands.state("cred.hl01.refused_per_min")
    hands.take("issue-replacement")

    assert refused == 18
    assert hands.state("cred.hl01.refused_per_min") == 0
    assert hands.state("cred.hl02.sync.per_min") == 18


def test_a_replacement_needs_a_dead_key() -> None:
    """The tool does not give a second key with the same scopes."""
    hands = begun("leaked-key").take("issue-replacement")

    assert "already holds a live key" in hands.last("Refused").reason


def test_a_key_by_mail_is_a_new_foothold() -> None:
    """Whoever asked for it was not who they said they were."""
    hands = begun("leaked-key").take("revoke-hl01", "mail-replacement")

    assert hands.last("EffectTook").judged == "harmful"
    assert hands.state("cred.hl10.export.per_min") == 900


def test_deleting_before_the_export_loses_the_evidence() -> None:
    """The audit rows go with the key, unless they were copied before."""
    lost = begun("leaked-key").take("delete-hl01").state("evidence")
    kept = begun("leaked-key").take("export-evidence")
    kept.at(kept.drill.now + 91).take("delete-hl01")

    assert (lost, kept.state("evidence")) == ("lost", "intact")


def test_revoking_the_loud_key_stops_an_honest_import() -> None:
    """The thief goes on untouched."""
    hands = begun("loud-and-quiet").take("revoke-bp02")
    hands.at(hands.drill.now + 31)

    assert hands.state("cred.bp02.refused_per_min") == 960
    assert hands.state("intruder.active") is True


def test_revoked_twice_is_said_and_harmless() -> None:
    """The tool says since when."""
    hands = begun("leaked-key").take("revoke-hl01", "revoke-hl01")

    assert "already revoked at 11:0" in hands.last("Refused").reason


@pytest.mark.parametrize(
    ("variant", "steps", "best"),
    [
        ("leaked-key", ("revoke-hl01", "close-sockets"), 1_000_000),
        ("minted-key", ("revoke-both",), 1_000_000),
        ("key-behind", ("disable-ci-key", "cut-role-sessions", "revoke-svc1"), 680_000),
        ("loud-and-quiet", ("revoke-hl01",), 1_220_000),
    ],
)
def test_the_best_is_what_a_sure_hand_loses(
    variant: str, steps: tuple[str, ...], best: int
) -> None:
    """Begun at T+6:20, as the expert's line has it."""
    hands = Hands(variant).at(IMPACT).log_in().at(T0 + 6 * MINUTE + 20).take(*steps)
    hands.at(hands.drill.now + 200)

    assert hands.state("intruder.footholds") == 0
    assert hands.level("rows_stolen") == pytest.approx(best, rel=0.05)
    assert best == hands.drill.stage.brief.scenario.variants[variant].best["rows_stolen"]
