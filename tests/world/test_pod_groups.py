"""A pod is what its group says: struck, hung, caught by a bad node, of a bad build; and healed."""

import pytest
from cluster import act, gate, pods, steps
from small_shop import look, until

from simulator.journal.events.world import FaultCured, FaultInjected


def begin(stage, fault, at):
    """A facilitator breaks something at a second."""
    until(stage, at)
    stage.emit(FaultInjected(fault=fault, by="kim"))


def errors(stage):
    """The share of the gateway's requests that fail."""
    return stage.situation.world.signals["gate"]["errors"] / 1_000_000


def test_a_strike_is_spread_evenly_over_its_time():
    """Three pods in forty seconds: the first at once, the last at the end."""
    stage = gate()
    begin(stage, "jwks", 100)
    until(stage, 200)

    assert steps(stage, "group.stale.pods") == [(100, 1), (120, 2), (140, 3)]
    assert stage.state("gate.group.well.pods") == 9


def test_what_bad_pods_cost_is_their_draw_times_their_errors():
    """Three of twelve with a draw of 1.17 pull 28 %: of that, 35 % fail."""
    stage = gate()
    begin(stage, "jwks", 100)
    until(stage, 200)
    drawn = 3 * 1.17 / (3 * 1.17 + 9)

    assert drawn == pytest.approx(0.2806, abs=1e-4)
    assert errors(stage) == pytest.approx(0.35 * drawn, abs=1e-4)


def test_deleting_the_bad_ones_ends_the_fault():
    """New pods are of the group that has pods at rest; with nobody left in it the fault is over."""
    stage = gate()
    begin(stage, "jwks", 100)
    until(stage, 200)
    act(stage, "delete-stale")
    until(stage, 300)

    assert "jwks" not in stage.situation.world.faults
    assert [pod.group for pod in pods(stage)] == ["well"] * 12
    assert stage.state("gate.ready") == 12


def test_a_restart_of_all_heals_by_replacing():
    """A rolling restart goes through all twelve, never below nine Ready."""
    stage = gate()
    begin(stage, "jwks", 100)
    until(stage, 200)
    act(stage, "restart")
    until(stage, 700)
    ready = [value for at, value in steps(stage, "ready") if at >= 200]

    assert min(ready) == 9
    assert (ready[-1], stage.state("gate.rollout")) == (12, "complete")
    assert "jwks" not in stage.situation.world.faults


def test_pods_struck_for_a_while_get_well_one_by_one():
    """Each after its own five to seven minutes; the last one ends the fault."""
    stage = gate()
    begin(stage, "hourly", 100)
    until(stage, 600)
    left = steps(stage, "group.stale.pods")

    assert [value for _, value in left] == [3, 2, 1, 0]
    assert all(400 <= at <= 500 for at, _ in left[1:])
    assert "hourly" not in stage.situation.world.faults


def test_a_cure_sends_the_struck_home():
    """What a fault had done to pods is undone with it."""
    stage = gate()
    begin(stage, "bad-node", 100)
    until(stage, 200)
    stage.emit(FaultCured(fault="bad-node"))
    until(stage, 210)

    assert {pod.group for pod in pods(stage)} == {"well"}


def test_pods_that_hang_are_out_of_the_traffic_when_their_probe_finds_out():
    """All hang at 100; at 146 none is Ready, all run, none has restarted."""
    stage = gate()
    begin(stage, "hangs", 100)
    until(stage, 140)
    before = (stage.state("gate.ready"), errors(stage))
    seen = look(stage, line="kubectl -n prod get pods -l app=gate", at=150).content

    assert before == (12, 1.0)
    assert steps(stage, "ready") == [(146, 0)]
    assert seen.count("0/1     Running   0") == 12


def test_a_restart_of_hung_pods_brings_two_waves_of_new_ones():
    """A quarter of twelve is three: three go and three are in surplus at a time."""
    stage = gate()
    begin(stage, "hangs", 100)
    until(stage, 200)
    act(stage, "restart")
    until(stage, 230)
    first = (len([p for p in pods(stage) if p.group == "well"]), len(pods(stage)))
    until(stage, 600)

    assert first == (6, 15)
    assert stage.state("gate.ready") == 12
    assert "hangs" not in stage.situation.world.faults


def test_a_new_pod_may_land_on_the_bad_node_again():
    """Uncordoned, the node catches the replacement ninety seconds after; it is shown there."""
    stage = gate()
    begin(stage, "bad-node", 100)
    until(stage, 200)
    act(stage, "delete-bad")
    until(stage, 280)
    between = stage.state("gate.group.bad-node.pods")
    seen = look(stage, line="kubectl -n prod get pods -l app=gate -o wide", at=320).content

    assert (between, stage.state("gate.group.bad-node.pods")) == (0, 1)
    assert steps(stage, "group.bad-node.pods")[-1] == (290, 1)
    assert seen.count("node-7") == 1


def test_a_bad_build_fails_in_step_with_its_waves():
    """The share of errors is the share of new pods among the Ready; undone, it falls again."""
    stage = gate()
    begin(stage, "bad-build", 50)
    act(stage, "ship")
    until(stage, 400)
    shipped = (stage.state("gate.group.new.pods"), errors(stage))
    act(stage, "undo")
    until(stage, 900)

    assert shipped == (12, pytest.approx(0.15, abs=1e-4))
    assert (stage.state("gate.group.new.pods"), errors(stage)) == (0, pytest.approx(0, abs=1e-4))
