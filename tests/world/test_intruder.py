"""An intruder acts back: each step in its time, and only where what brought it about still stands."""  # noqa: E501 - a sentence

from leaky_shop import changes_of, do, leaky, row
from shop import play, told

from simulator.journal.events.base import FACILITATOR
from simulator.journal.events.world import IntruderActed


def steps(stage):
    """(second, step) of all that the intruder did."""
    return [(at, e.step) for at, e in told(stage, IntruderActed)]


def test_the_second_foothold_wakes_when_the_first_is_gone():
    """Ninety seconds to two and a half minutes after the door has shut, not after the order."""
    waits = []
    for seed in range(10):
        stage = play(leaky("minted", seed), 200)
        do(stage, "{deactivate: [hl01]}")
        play(stage, 800)
        ((shut, _),) = [one for one in changes_of(stage, "cred.hl01.accepted") if not one[1]]
        ((woke, _),) = [one for one in steps(stage) if one[1] == "wakes"]
        waits.append(woke - shut)

    assert all(90 <= wait <= 150 for wait in waits)
    assert len(set(waits)) > 4
    assert row(stage, "cred.hl09.intruder_per_min") == 900


def test_found_in_time_it_never_wakes():
    """Both keys cut off in one stroke: no step is taken any more, and nobody is in."""
    stage = play(leaky("minted"), 200)
    do(stage, "{deactivate: [hl01, hl09], purge: [hl01, hl09]}")
    do(play(stage, 400), "{close: [sockets]}")
    play(stage, 1200)

    assert [step for _, step in steps(stage)] == ["mints"]
    assert row(stage, "intruder.footholds") == 0


def test_a_step_that_something_speaks_against_is_not_taken():
    """The key is dead and has bitten before it could mint another."""
    stage = play(leaky("minted"), 70)
    do(stage, "{deactivate: [hl01], purge: [hl01]}")

    assert steps(play(stage, 600)) == []


def test_a_step_taken_again_comes_each_time():
    """Blocked, back, blocked again, back again; each time after its own wait."""
    stage = play(leaky(), 100)
    do(stage, "{sets: {waf: blocking}}")
    do(play(stage, 400), "{sets: {waf: blocking}}")
    play(stage, 700)
    (first, _), (second, _) = steps(stage)

    assert 160 <= first <= 220
    assert 460 <= second <= 520
    assert second - 400 != first - 100


def test_what_has_passed_is_not_answered():
    """Unblocked before the intruder had moved: there is nothing to move from."""
    stage = play(leaky(), 100)
    do(stage, "{sets: {waf: blocking}}")
    do(play(stage, 130), "{sets: {waf: off}}")

    assert steps(play(stage, 600)) == []


def test_a_step_written_anyway_is_taken_all_the_same():
    """Whoever has begun goes through with it."""
    anyway = {"moves: {when: waf == blocking,": "moves: {anyway: yes, when: waf == blocking,"}
    stage = play(leaky(**anyway), 100)
    do(stage, "{sets: {waf: blocking}}")
    do(play(stage, 130), "{sets: {waf: off}}")

    assert [step for _, step in steps(play(stage, 600))] == ["moves"]


def test_no_seat_is_told_of_a_step():
    """The facilitator alone."""
    assert IntruderActed(step="wakes").audience() == (FACILITATOR,)
