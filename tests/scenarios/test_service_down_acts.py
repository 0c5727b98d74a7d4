"""What people's acts do in drill 1: right, partial, useless and harmful, each with its price."""

import pytest
from service_drill import IMPACT, MINUTE, T0, VARIANTS, Hands

R, P, U, H, N = "right", "partial", "useless", "harmful", "refused"
A, B, C, D = VARIANTS

TABLE = {
    "restart-api": (R, U, U, H),
    "restart-all": (R, R, R, H),  # in B and C a step of the cure, of use once the input is mended
    "restart-one": (P, U, U, H),
    "roll-back": (R, U, U, H),
    "set-timeout": (R, U, U, H),
    "revert-limits": (N, R, N, N),
    "patch-limits": (U, P, U, U),
    "roll-schema-back": (U, U, R, U),
    "raise-memory": (R, U, P, H),
    "cancel-deletion": (N, N, N, R),  # a step of the cure, and no cure by itself
    "new-key": (H, H, H, H),
    "janitor-off": (U, U, U, R),
    "publishing-off": (U, U, R, U),
    "scale-out": (P, U, U, U),
    "fail-redis-over": (H, H, H, H),
    "flush-cache": (H, H, H, H),
    "promote": (H, H, H, H),
    "raise-rate-limits": (U, U, U, U),
    "block-tenant": (U, U, U, U),
}
"""Action -> what it comes to in each truth, taken first, three minutes after the page."""
CASES = [
    (action, variant, judged)
    for action, row in TABLE.items()
    for variant, judged in zip(VARIANTS, row, strict=True)
]


def outcome(hands: Hands) -> str:
    """What the last act came to; relieving somebody counts as a part."""
    for entry in reversed(hands.drill.entries):
        match type(entry.what).__name__:
            case "Refused":
                return N
            case "EffectRelieved":
                return P
            case "EffectTook":
                return str(entry.what.judged)  # type: ignore[union-attr]
    raise AssertionError("nothing was done")


@pytest.mark.parametrize(("action", "variant", "judged"), CASES)
def test_what_an_act_comes_to(action: str, variant: str, judged: str) -> None:
    """The casebook's table, out of what the act did."""
    hands = Hands(variant).at(T0 + 3 * MINUTE).declare().log_in().take(action)
    if judged == P:
        hands.at(hands.drill.now + 2 * MINUTE)

    assert outcome(hands) == judged


def test_a_rolling_restart_serves_by_halves() -> None:
    """Two pods after a good minute, four after two; hung ones have gone."""
    hands = Hands(A).at(T0 + 3 * MINUTE).declare().log_in()
    begun = hands.drill.now
    hands.take("restart-api")
    ready = [
        (e.at - begun, e.what.value)
        for e in hands.drill.entries
        if type(e.what).__name__ == "StateSet" and e.what.name == "api.ready" and e.at > begun
    ]

    assert 55 <= next(at for at, count in ready if count >= 2) <= 90
    assert 110 <= next(at for at, count in ready if count >= 4) <= 160
    assert hands.errors("edge") < 0.001


def test_one_pod_flaps_under_the_retries() -> None:
    """One of four serves most of what comes, not all."""
    hands = Hands(A).at(T0 + 3 * MINUTE).declare().log_in().take("restart-one")
    hands.at(hands.drill.now + 2 * MINUTE)

    assert 0 < hands.errors("edge") < 0.4


def test_the_revert_alone_waits_for_the_back_off() -> None:
    """Up to five minutes later; with fresh pods in a good minute."""
    alone = Hands(B).at(T0 + 4 * MINUTE).declare().log_in().take("revert-limits")
    done = alone.drill.now
    after = alone.at(done + 100).state("api.ready")
    fresh = Hands(B).at(T0 + 4 * MINUTE).declare().log_in().take("revert-limits", "restart-all")
    fresh.at(fresh.drill.now + 80)

    assert after < 4
    assert fresh.state("api.ready") == 4
    assert alone.at(done + 300 + 65).state("api.ready") == 4


def test_the_job_undoes_a_hand_patch() -> None:
    """Within three minutes main stands in the cluster again."""
    hands = Hands(B).at(T0 + 3 * MINUTE).declare().log_in().take("patch-limits")
    patched = hands.state("limits")

    assert (patched, hands.at(hands.drill.now + 181).state("limits")) == ("patched", "blank")


def test_more_memory_serves_and_leaves_the_schema() -> None:
    """Served in the end, slowly booted, and nothing is cured."""
    hands = Hands(C).at(T0 + 3 * MINUTE).declare().log_in().take("raise-memory")
    hands.at(hands.drill.now + 60)

    assert hands.errors("edge") < 0.001
    assert "huge-schema" in hands.drill.stage.situation.world.faults


def test_cancelling_is_not_enabling() -> None:
    """The key is disabled then; enabled, everybody is served within ninety seconds."""
    hands = Hands(D).at(T0 + 3 * MINUTE).declare().log_in().take("enable-key")
    refused = hands.last("Refused").reason
    hands.take("cancel-deletion").at(hands.drill.now + 90)
    still = hands.errors("edge")
    state = hands.state("kms.state")
    hands.take("enable-key").at(hands.drill.now + 90)

    assert "is pending deletion" in refused
    assert (still, state) == (1, "Disabled")
    assert hands.errors("edge") < 0.001
    assert hands.state("api.restarts") == 0


def test_a_restart_without_the_key_sticks() -> None:
    """Three old pods go on failing, new ones end at boot."""
    hands = Hands(D).at(T0 + 3 * MINUTE).declare().log_in().take("restart-api")

    assert hands.state("api.ready") == 3
    assert hands.state("api.restarts") >= 2
    assert hands.errors("edge") == 1


def test_eight_pods_meet_the_connections() -> None:
    """Four fresh pods serve, and one request in sixteen finds no connection."""
    hands = Hands(A).at(T0 + 3 * MINUTE).declare().log_in().take("scale-out")
    hands.at(hands.drill.now + 2 * MINUTE)
    log = hands.found("api-log")
    short = hands.errors("edge")
    hands.take("scale-back").at(hands.drill.now + 60)

    assert short == pytest.approx(0.06, abs=0.005)
    assert "remaining connection slots are reserved" in log
    assert hands.errors("edge") < 0.001


def test_as_it_was_executed() -> None:
    """Refused, signal 9, runbook 1, half a minute: served again."""
    hands = Hands("executed").at(IMPACT + 120)
    health = hands.found("staging-health")
    journal = hands.found("staging-journal")
    hands.take("restart-staging").at(hands.drill.now + 10)

    assert "200" not in health.partition("\n")[0]
    assert "signal 9" in journal
    assert "200" in hands.found("staging-health").partition("\n")[0]
