"""The world plays by itself: faults begin, gauges fill, alerts fire, pods come and go."""

import statistics

import pytest
from shop import play, shop, told

from simulator.journal.events.paging import Paged
from simulator.journal.events.room import InjectAsked
from simulator.journal.events.talk import Voice
from simulator.journal.events.work import ActionFinished, WorkBegan, WorkEnded
from simulator.journal.events.world import (
    AlertFired,
    AlertResolved,
    EffectTook,
    FaultBegan,
    FaultBent,
    FaultCured,
    FaultInjected,
    ImpactBegan,
    ImpactEnded,
    StateSet,
)


def act(stage, action, at, takes=30):
    """Somebody carries out an action at a second, as response would tell it."""

    def doing():
        yield stage.until(at)
        stage.emit(WorkBegan(by="bob", work="w1", kind="action", item=action, takes_s=takes))
        yield stage.pause(takes)
        stage.emit(WorkEnded(by="bob", work="w1", kind="action", item=action))

    stage.play(doing())


def test_a_gauge_fills_and_its_fault_begins_at_the_computed_second():
    """62 connections at 9 a minute are 413.3 s: full at 180 + 414."""
    stage = play(shop(), 1000)

    assert [(at, e.fault) for at, e in told(stage, FaultBegan)] == [
        (180, "bulk-query"),
        (594, "pool-full"),
    ]


def test_a_step_of_fifteen_percent_pages_after_seven_and_a_half_minutes():
    """docs/model.md: 7.2 to 7.9 min over phases, 7.5 on average, with the group wait."""
    pages = []
    for seed in range(30):
        stage = play(shop("step", seed), 800)
        pages += [at - 180 for at, e in told(stage, AlertFired) if e.alert == "errors"]

    assert len(pages) == 30
    assert 7.1 * 60 <= min(pages) <= max(pages) <= 8.0 * 60
    assert 7.35 * 60 <= statistics.mean(pages) <= 7.65 * 60


def test_an_alert_goes_quiet_after_its_cause_has_left_the_window():
    """Cured at 530 with 90 connections open, drained by 30 a minute: below 80 from 552 on."""
    stage = shop("pool")
    act(stage, "kill", at=500)
    play(stage, 1500)

    quiet = [at for at, e in told(stage, AlertResolved) if e.alert == "pool-high"]
    assert len(quiet) == 1
    assert 552 <= quiet[0] <= 552 + 15 + 30


def test_a_ramp_is_a_course_of_steps():
    """Half strength after one minute, full after two."""
    stage = play(shop("ramp"), 400)

    assert [(at, e.strength) for at, e in told(stage, FaultBent)] == [
        (240, 500_000),
        (300, 1_000_000),
    ]


def test_an_action_is_judged_by_what_it_did():
    """A cure is right, an easing partial, a fault started harmful, nothing useless."""
    judged = {}
    for variant, action in [("pool", "kill"), ("step", "half"), ("pool", "break"),
                            ("step", "nothing")]:  # fmt: skip
        stage = shop(variant)
        act(stage, action, at=400)
        play(stage, 500)
        judged[action] = told(stage, EffectTook)[0][1].judged

    assert judged == {"kill": "right", "half": "partial", "break": "harmful", "nothing": "useless"}


def test_the_terminal_hears_when_the_work_is_done():
    """The effect and its last line come in the same second."""
    stage = shop("pool")
    act(stage, "kill", at=400)
    play(stage, 500)

    assert [at for at, _ in told(stage, FaultCured, ActionFinished)] == [430, 430]


def test_restored_is_the_second_it_began_to_hold():
    """Told a minute later, dated when the signals came back."""
    stage = shop("outage")
    play(stage, 1200)

    began = told(stage, ImpactBegan)
    ended = told(stage, ImpactEnded)
    assert began[0][0] == 180
    assert ended[0][1].since == 480
    assert ended[0][0] == 540


def test_a_rolling_restart_dips_and_comes_back():
    """Six pods in two waves of three, one gone all the while, each boot forty seconds."""
    stage = shop("step")
    act(stage, "restart", at=400, takes=10)
    play(stage, 700)

    ready = [(at, e.value) for at, e in told(stage, StateSet) if e.name == "api.ready"]
    assert ready == [(0, 6), (410, 5), (490, 6)]


def test_new_pods_wait_for_what_they_need():
    """With the way to the database cut a rollout sticks, and the old pods go on."""
    stage = shop("cut")
    act(stage, "restart", at=400, takes=10)
    play(stage, 2000)

    ready = [e.value for _, e in told(stage, StateSet) if e.name == "api.ready"]
    assert ready == [6, 5]


def test_git_undoes_a_hand_change_at_its_next_reconcile():
    """A scale by hand is back within three minutes."""
    stage = shop("step", owner="owner: {kind: gitops, fields: [api.replicas]}")

    def hand():
        yield stage.until(300)
        stage.emit(StateSet(name="api.replicas", value=9))

    stage.play(hand())
    play(stage, 700)

    changes = [(at, e.value) for at, e in told(stage, StateSet) if e.name == "api.replicas"]
    assert changes[1] == (300, 9)
    assert changes[2][1] == 6
    assert 300 < changes[2][0] <= 480


def test_a_voice_is_heard_at_its_time_after_t0():
    """Two minutes after the first page."""
    stage = shop("pool")

    def page():
        fired = yield stage.when(AlertFired)
        stage.emit(Paged(page="p1", to="bob", role="on_call", alert=fired.what.alert, level="X",
                         summary="s"))  # fmt: skip

    stage.play(page())
    play(stage, 1000)

    t0 = told(stage, Paged)[0][0]
    assert [(at - t0, v.sender) for at, v in told(stage, Voice)] == [(120, "boss")]


@pytest.mark.parametrize("variant", ["pool", "step", "ramp", "outage", "cut"])
def test_the_same_seed_plays_the_same_world(variant):
    """Two runs are entry for entry the same, whatever slices they are played in."""
    whole = play(shop(variant), 1500)
    sliced = shop(variant)
    for until in range(7, 1501, 7):
        play(sliced, until)
    play(sliced, 1500)

    assert sliced.entries == whole.entries


def test_a_facilitator_may_break_anything_and_let_anything_be_said():
    """Both happen in the second they are asked for."""
    stage = shop("step")

    def asks():
        yield stage.until(300)
        stage.emit(FaultInjected(fault="cut", by="facilitator"))
        stage.emit(InjectAsked(inject="boss", by="facilitator"))

    stage.play(asks())
    play(stage, 400)

    assert (300, "cut") in [(at, e.fault) for at, e in told(stage, FaultBegan)]
    assert [at for at, _ in told(stage, Voice)] == [300]
