"""Credentials: what is accepted, by when it no longer is, and what goes on all the same."""

import pytest
from leaky_shop import changes_of, do, leaky, row
from shop import play, shop, told

from simulator.brief.conditions import Name
from simulator.journal.events.work import WorkBegan, WorkEnded
from simulator.journal.events.world import (
    AccessCut,
    AlertFired,
    EffectTook,
    ImpactBegan,
    ImpactEnded,
    ImpactReturned,
)
from simulator.world.gauging import mean_of


def acts(stage, action, at):
    """An action's work ends at a second, as response would tell it."""
    if stage.now < at - 1:
        play(stage, at - 1)
    stage.emit(WorkBegan(by="bob", work=f"w{at}", kind="action", item=action, takes_s=1))
    play(stage, at)
    stage.emit(WorkEnded(by="bob", work=f"w{at}", kind="action", item=action))
    play(stage, at + 1)
    return told(stage, EffectTook)[-1][1].judged


def done(stage, at, text):
    """An effect at a second."""
    if stage.now < at:
        play(stage, at)
    do(stage, text)
    return stage


def test_a_revoked_key_is_accepted_until_it_bites():
    """Dead at once in the table, and at its door a minute to five later; each seed its own."""
    shut = []
    for seed in range(12):
        stage = play(done(leaky(seed=seed), 100, "{deactivate: [hl01]}"), 500)
        assert changes_of(stage, "cred.hl01") == [(0, "live"), (100, "deactivated")]
        shut += [at for at, is_open in changes_of(stage, "cred.hl01.accepted") if not is_open]

    assert all(160 <= at <= 400 for at in shut)
    assert len(set(shut)) > 6


def test_a_purge_shortens_what_is_left_and_never_lengthens_it():
    """Purged at once it bites within half a minute; purged when nearly over, no later than due."""
    for seed in range(12):
        stage = done(leaky(seed=seed), 100, "{deactivate: [hl01]}")
        due = row(stage, "cred.hl01.bites_at")
        late = done(leaky(seed=seed), 100, "{deactivate: [hl01]}")
        do(stage, "{purge: [hl01]}")
        done(late, due - 1, "{purge: [hl01]}")

        assert 100 <= row(stage, "cred.hl01.bites_at") <= 130
        assert row(late, "cred.hl01.bites_at") <= due


def test_a_purge_alone_changes_nothing():
    """The door asks the source again, and the source says that the key is good."""
    stage = done(leaky(), 100, "{purge: [hl01]}")

    assert row(play(stage, 600), "cred.hl01.accepted") is True


def test_deactivating_twice_is_harmless():
    """The second time changes nothing, not even when it bites."""
    stage = done(leaky(), 100, "{deactivate: [hl01]}")
    due = row(stage, "cred.hl01.bites_at")
    again = do(play(stage, 110), "{deactivate: [hl01]}")

    assert (again.changed, again.cut) == (False, [])
    assert row(stage, "cred.hl01.bites_at") == due
    assert row(stage, "cred.hl01.since") == 100


def test_reactivated_before_it_bites_it_never_broke():
    """Its door was open all the time."""
    stage = done(leaky(), 100, "{deactivate: [hl01]}")
    done(stage, 150, "{reactivate: [hl01]}")

    assert changes_of(play(stage, 900), "cred.hl01.accepted") == [(0, True)]


def test_what_is_deleted_never_comes_back():
    """Neither by taking it back nor by making it again."""
    stage = done(leaky(), 100, "{delete: [hl01]}")
    do(stage, "{reactivate: [hl01], create: [hl01]}")

    assert row(stage, "cred.hl01") == "deleted"


def test_a_session_outlives_its_key_and_a_bound_token_does_not():
    """The sockets stream on; the token that is checked with its key is refused with it."""
    stage = done(leaky(), 100, "{deactivate: [hl01]}")
    play(stage, 600)

    assert row(stage, "cred.sockets.accepted") is True
    assert row(stage, "cred.sockets.intruder_per_min") == 24
    assert row(stage, "cred.watcher") == "live"
    assert row(stage, "cred.watcher.accepted") is False


def test_what_is_closed_too_early_is_opened_again():
    """The key is good, so three to eight seconds later the sockets stand again."""
    stage = play(done(leaky(), 100, "{close: [sockets]}"), 130)
    (_, _), (shut, _), (back, _) = changes_of(stage, "cred.sockets")

    assert shut == 100
    assert 103 <= back <= 108


def test_what_is_closed_while_caches_live_is_opened_again():
    """Revoked and closed in one stroke: the sockets are back before the revocation has bitten."""
    stage = play(done(leaky(seed=1), 100, "{deactivate: [hl01], close: [sockets]}"), 600)

    assert row(stage, "cred.hl01.accepted") is False
    assert row(stage, "cred.sockets.accepted") is True


def test_what_is_closed_after_its_key_stays_closed():
    """Nothing opens it again; but a key taken back brings the sockets back."""
    stage = done(leaky(), 100, "{deactivate: [hl01]}")
    done(stage, 450, "{close: [sockets]}")
    play(stage, 900)
    assert row(stage, "cred.sockets.accepted") is False

    play(done(stage, 900, "{reactivate: [hl01]}"), 920)

    assert row(stage, "cred.sockets.accepted") is True


def test_a_cascade_leaves_no_child():
    """What was minted and opened with the key dies with it."""
    stage = play(leaky("minted"), 200)
    assert row(stage, "cred.hl09") == "live"
    do(stage, "{deactivate: [hl01], cascade: yes}")
    play(stage, 520)

    assert [row(stage, f"cred.{n}.accepted") for n in ("hl01", "sockets", "watcher", "hl09")] == [
        False, False, False, False,
    ]  # fmt: skip
    assert row(stage, "cred.bp02.accepted") is True


def test_what_uses_follow_from_a_door():
    """The owner is refused as the thief is; the thief's load leaves the api."""
    stage = play(leaky(), 100)
    before = stage.true()(Name(text="api.extra"))
    stage = play(done(stage, 100, "{deactivate: [hl01], purge: [hl01]}"), 200)

    assert before == 15
    assert stage.true()(Name(text="api.extra")) == 0
    assert row(stage, "cred.hl01.uses_per_min") == 0
    assert row(stage, "cred.hl01.refused_per_min") == 18


def test_a_limit_is_shared_as_the_uses_are():
    """60 a minute of 918: 59 for the thief, one for the owner; lifted, all is as before."""
    stage = done(leaky(), 100, "{caps: [{credential: hl01, per_min: 60}]}")
    shared = [row(stage, f"cred.hl01.{use}.per_min") for use in ("sync", "thief")]
    done(stage, 160, "{caps: [{credential: hl01}]}")

    assert shared == [1, 59]
    assert row(stage, "cred.hl01.uses_per_min") == 918


def test_a_blocked_address_is_no_dead_key():
    """Nothing gets through while it is shut, the foothold stays; a minute or two later it is back."""  # noqa: E501 - a sentence
    stage = done(leaky(), 100, "{sets: {waf: blocking}}")
    shut = row(stage, "cred.hl01.thief.per_min"), row(stage, "intruder.footholds")
    back = [at for at, value in changes_of(play(stage, 400), "waf") if value == "passed"]

    assert shut == (0, 2)
    assert 160 <= back[0] <= 220
    assert row(stage, "cred.hl01.thief.per_min") == 900


def test_what_was_stolen_is_rate_times_time_exactly():
    """924 uses a minute of 100 rows from 60 s on, until the key bites; the sockets go on."""
    stage = done(leaky(), 100, "{deactivate: [hl01]}")
    play(stage, 1000)
    bit = row(stage, "cred.hl01.bites_at")
    rows = 1500 * (bit - 60) + 40 * (1000 - 60)

    assert stage.situation.world.gauges["rows_stolen"].level_at(1000) == rows


def test_a_breach_begins_and_ends_though_no_request_fails():
    """Impact with the leak; contained with the last foothold, known after fifteen quiet minutes."""
    stage = done(leaky(), 100, "{deactivate: [hl01], purge: [hl01]}")
    play(done(stage, 140, "{close: [sockets]}"), 1200)
    last = [at for at, n in changes_of(stage, "intruder.footholds") if n == 0][-1]

    assert [at for at, _ in told(stage, ImpactBegan)] == [60]
    assert [(at - last, e.since - last) for at, e in told(stage, ImpactEnded)] == [(900, 0)]


def test_an_intruder_who_is_back_is_impact_again():
    """The key is given back in good faith, an hour later."""
    stage = done(leaky(), 100, "{deactivate: [hl01], purge: [hl01]}")
    done(stage, 140, "{close: [sockets]}")
    done(stage, 3600, "{reactivate: [hl01]}")

    assert [at for at, _ in told(play(stage, 3700), ImpactReturned)] == [3600]


@pytest.mark.parametrize(
    ("before", "action", "judged"),
    [
        ((), "cut-off", "right"),
        ((), "slow-down", "partial"),
        ((), "block", "partial"),
        ((), "cut-wrong", "harmful"),
        ((), "delete", "harmful"),
        (("export",), "delete", "partial"),
        ((), "nothing", "useless"),
        (("cut-wrong",), "cut-wrong", "useless"),
    ],
)
def test_what_an_act_on_access_was_is_derived(before, action, judged):
    """Right and partial hinder the intruder; harm takes honest people's access, or the evidence."""
    stage = leaky()
    for n, first in enumerate(before):
        acts(stage, first, 100 + 20 * n)

    assert acts(stage, action, 200) == judged


def test_evidence_is_kept_by_whoever_exports_it_first():
    """Deleted before, it is lost for good."""
    kept, lost = leaky(), leaky()
    acts(kept, "export", 100)
    for stage in (kept, lost):
        acts(stage, "delete", 120)
    acts(lost, "export", 140)

    assert [row(stage, "evidence") for stage in (kept, lost)] == ["intact", "lost"]


def test_an_intruder_hindered_is_told_to_the_facilitator():
    """With what died and how much got through before and after."""
    stage = leaky()
    acts(stage, "cut-off", 100)
    ((_, cut),) = told(stage, AccessCut)

    assert (cut.credentials, cut.before) == (("hl01", "sockets"), 924)
    assert stage.situation.marks["mitigated"] == 100


def test_so_many_alike_are_so_many_footholds():
    """Twenty keys of a partner, and the sockets."""
    stage = play(leaky(**{"      scopes:": "      count: 20\n      scopes:"}), 100)

    assert row(stage, "intruder.footholds") == 21


def test_a_purge_cascades_as_the_rest_does():
    """Key, child and token bite within half a minute of the same stroke."""
    stage = play(leaky("minted"), 200)
    do(stage, "{deactivate: [hl01], purge: [hl01], cascade: yes}")

    assert [row(stage, f"cred.{name}.bites_at") <= 230 for name in ("hl01", "hl09", "watcher")] == [
        True, True, True,
    ]  # fmt: skip


def test_a_rule_reads_uses_over_a_window():
    """918 a minute from 60 s on is 468 on average over the two minutes to 120 s."""
    steps = [(0, 18), (60, 918)]

    assert mean_of(steps, 0, 120) == 468
    assert mean_of(steps, 60, 180) == 918
    assert mean_of(steps, -60, 60) == 18


def test_a_page_for_use_comes_when_the_window_is_full_enough():
    """Above 144 on average over two minutes some seventeen seconds after the theft began."""
    rule = {"alerts: {}": 'alerts: {use: {when: "cred.hl01.uses_per_min[2m] > 144", severity: high,'
            " summary: use}}"}  # fmt: skip
    stage = play(leaky(**rule), 300)
    ((fired, _),) = told(stage, AlertFired)

    assert 60 + 17 + 30 <= fired <= 60 + 17 + 15 + 30 + 30


def test_a_scenario_without_credentials_has_no_rows_of_them():
    """Nothing is told of what there is not."""
    rows = play(shop(), 10).situation.world.state

    assert [name for name in rows if name.startswith(("cred", "intruder", "evidence"))] == []
