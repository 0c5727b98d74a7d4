"""Stories of drill 3: four truths behind one page, told by what people would see."""

import pytest
from security_drill import FAST, IMPACT, MINUTE, SCENARIO, T0, VARIANTS, Hands, brief_of

from simulator.brief.library import load
from simulator.world.signals import solve
from simulator.world.system import at_rest

WITHIN_S = 20
"""Drawn phases of sampling and of the rules move the first page so far."""
LATER_S = 75
"""Beside them the cloud's lag of one to three minutes."""


@pytest.mark.parametrize("plan", ["fraiseql", "platform", "code", "virtengine"])
def test_it_fits_together_under_every_plan(plan: str) -> None:
    """No name leads nowhere, and each plan finds the people it needs."""
    warned = [one.code for one in load(SCENARIO, plan=plan).warnings]

    assert set(warned) <= {"W104", "W106"}  # a role bots fill; a runbook the plan does not have


def test_the_depth_is_there() -> None:
    """Enough to look at, to do and to suspect."""
    scenario = brief_of().scenario

    assert len(scenario.looks) >= 20
    assert len(scenario.actions) >= 19
    assert 8 <= len(scenario.causes) <= 15
    assert {v.weight for v in scenario.variants.values()} == {0.35, 0.25, 0.2, 0.0}


def test_the_arithmetic_of_a_saturday() -> None:
    """Two hundred requests a minute, 60 ms, seven per cent of the api."""
    services = solve(at_rest(brief_of().scenario.system), ()).services

    assert services["edge"].offered_per_s == pytest.approx(3.33)
    assert services["api"].p95_s == pytest.approx(0.060)
    assert services["api"].saturation == pytest.approx(0.07, abs=0.002)


@pytest.mark.parametrize(
    ("variant", "first", "egress"),
    [
        ("leaked-key", "key-usage-hl01", 370),
        ("minted-key", "key-usage-hl01", 370),
        ("key-behind", "key-usage-svc1", 455),
        ("loud-and-quiet", "key-usage-bp02", None),
    ],
)
def test_one_key_is_paged_and_bytes_come_later(
    variant: str, first: str, egress: int | None
) -> None:
    """One page of the same rule in each truth; where it is slow no other rule ever speaks."""
    hands = Hands(variant).at(T0 + 12 * MINUTE)
    fired = {name: at for name, at in hands.fired().items() if name != "node-memory-high"}

    assert fired.keys() == {first} | ({"egress-high"} if egress else set())
    assert abs(hands.drill.stage.situation.marks["fired"] - T0) <= WITHIN_S
    assert egress is None or abs(fired["egress-high"] - egress) <= LATER_S


@pytest.mark.parametrize(
    ("variant", "rows"),
    [
        ("leaked-key", (0.37, 0.82, 1.27, 1.72, 2.4)),
        ("minted-key", (0.37, 0.82, 1.27, 1.72, 2.4)),
        ("key-behind", (0.25, 0.55, 0.85, 1.15, 1.6)),
        ("loud-and-quiet", (1.17, 1.20, 1.23, 1.25, 1.30)),
    ],
)
def test_if_nobody_does_anything_it_is_all_gone(variant: str, rows: tuple[float, ...]) -> None:
    """Millions of rows at the first page, and 5, 10, 15 and 22:35 minutes later."""
    hands = Hands(variant)
    times = [T0 + after for after in (0, 300, 600, 900, 1355)]
    seen = [hands.at(at).level("rows_stolen") / 1_000_000 for at in times]

    assert seen == pytest.approx(rows, abs=0.05)


@pytest.mark.parametrize("variant", ["leaked-key", "minted-key"])
def test_who_has_all_keeps_the_keys(variant: str) -> None:
    """The export ends with the last row; the footholds stay."""
    hands = Hands(variant).at(T0 + 40 * MINUTE)

    assert hands.state("cred.hl01.export.per_min") == 0
    assert hands.state("intruder.footholds") >= 2


@pytest.mark.parametrize(
    ("variant", "footholds"),
    [("leaked-key", 3), ("minted-key", 2), ("key-behind", 3), ("loud-and-quiet", 1)],
)
def test_what_somebody_else_stands_on(variant: str, footholds: int) -> None:
    """A key and two sockets; two keys; an AWS key, a session and a key; one key."""
    assert Hands(variant).at(T0).state("intruder.footholds") == footholds


@pytest.mark.parametrize(
    ("variant", "used", "p95"),
    [
        ("leaked-key", 0.38, 90),
        ("minted-key", 0.38, 90),
        ("key-behind", 0.28, 78),
        ("loud-and-quiet", 0.41, 95),
    ],
)
def test_no_customer_feels_it(variant: str, used: float, p95: int) -> None:
    """The api works more and fails nobody."""
    hands = Hands(variant).at(T0)
    signals = hands.drill.stage.situation.world.signals["api"]

    assert signals["saturation"] / 1_000_000 == pytest.approx(used, abs=0.01)
    assert signals["p95"] == pytest.approx(p95, abs=12)
    assert hands.errors("edge") < 0.001


def test_by_uses_one_key_leads_and_by_rows_another() -> None:
    """The loud key carries no rows out; the quiet one does."""
    hands = Hands("loud-and-quiet").at(T0)
    uses, rows = hands.found("key-uses-panel"), hands.found("key-rows-panel")

    assert uses.index('key="BP02"') < uses.index('key="HL01"')
    assert rows.index('key="HL01"') < rows.index('key="BP02"')


def test_the_use_of_the_alerts_key_by_address() -> None:
    """A stranger at 900 a minute, an internal key from outside, and an honest import."""
    at = {variant: Hands(variant).at(T0).log_in() for variant in VARIANTS}
    slow = at["loud-and-quiet"]

    assert "203.0.113.24   python-requests" in at["leaked-key"].found("usage-hl01")
    assert "900" in at["minted-key"].found("usage-hl01")
    assert "198.51.100.77  Go-http-client" in at["key-behind"].found("usage-svc1")
    assert "203.0.113.24" not in at["key-behind"].found("usage-hl01")
    assert "192.0.2.130     bluepeak-import" in slow.found("usage-bp02")
    assert "55" in slow.found("usage-hl01")


def test_a_key_made_by_a_key_is_in_the_table() -> None:
    """Of the four truths one has a key that is two hours young."""
    seen = {v: Hands(v).at(T0).log_in().found("new-keys") for v in VARIANTS}

    assert [v for v, text in seen.items() if "HL09" in text] == ["minted-key"]
    assert "key:HL01" in seen["minted-key"]
    assert "(0 rows)" in seen["leaked-key"]


def test_who_read_secrets() -> None:
    """A CI user, twice, in one of the four truths."""
    seen = {v: Hands(v).at(T0).log_in().found("cloudtrail-secrets") for v in VARIANTS}

    assert [v for v, text in seen.items() if "svc-ci-deploy" in text] == ["key-behind"]


def test_the_cloud_speaks_four_minutes_after_the_page() -> None:
    """Its finding on the secrets is there at T+4:10 and not before."""
    hands = Hands("key-behind").at(T0).log_in()
    before = hands.found("guardduty")
    after = hands.at(T0 + 4 * MINUTE + 15).found("guardduty")

    assert "AnomalousBehavior" not in before
    assert "AnomalousBehavior" in after


@pytest.mark.parametrize("variant", FAST)
def test_a_breach_is_feared_before_it_is_shown(variant: str) -> None:
    """The panel lets one suspect it; the use by address confirms it, and no panel takes it back."""
    hands = Hands(variant).at(T0)
    feared = hands.facts("key-uses-panel")["breach"]
    look = "usage-svc1" if variant == "key-behind" else "usage-hl01"
    shown = hands.facts(look)["breach"]

    assert (feared, shown) == ("suspected", "confirmed")
    assert "breach" not in hands.facts("key-rows-panel")


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_only_the_practice_had_is_nowhere_else(variant: str) -> None:
    """No key of the test stack is looked at in production."""
    scenario = brief_of().scenario

    assert not scenario.looks["practice-usage"].covers(variant)
    assert not scenario.actions["revoke-practice-key"].covers(variant)


def test_impact_begins_with_the_first_row() -> None:
    """At 10:58:55; where it is slow it had begun before anybody came."""
    begins = {v: Hands(v).at(T0).drill.stage.situation.marks["impact"] for v in VARIANTS}

    assert begins == dict.fromkeys(FAST, IMPACT) | {"loud-and-quiet": 0}
