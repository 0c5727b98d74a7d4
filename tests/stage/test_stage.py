"""The stage: wait, emit, draw; causes kept; a world that can be frozen."""

from types import SimpleNamespace

import pytest

from simulator.brief.library import read_plan
from simulator.chance import Chance
from simulator.errors import EngineError
from simulator.journal.events.talk import Noted, Said
from simulator.stage import BUDGET, Stage

PLAN = read_plan("fraiseql").value
"""Any plan: nobody here is paged."""


def stage_of():
    return Stage(SimpleNamespace(scenario=None, plan=PLAN), Chance(1), "a")


def note(text):
    return Noted(by="x", text=text, decision=False)


def run(stage, until=100):
    stage.env.run(until=until)
    return [(e.at, e.what.text, e.cause) for e in stage.entries]


def test_nobody_waits_backwards():
    """A wait below zero is our own mistake, and says so."""
    with pytest.raises(EngineError, match="a wait of -1 s"):
        stage_of().pause(-1)


def test_whoever_waits_wakes_in_the_same_second():
    """An answer carries the entry that woke it as its cause."""
    stage = stage_of()

    def asks():
        yield stage.pause(5)
        stage.emit(note("ping"))

    def answers():
        yield stage.when(Noted)
        stage.emit(Said(by="y", text="pong"))

    stage.play(asks())
    stage.play(answers())

    assert run(stage) == [(5, "ping", -1), (5, "pong", 0)]


def test_a_wait_with_a_deadline_ends_with_nothing():
    """Nobody spoke by second 9."""
    stage, heard = stage_of(), []

    def waits():
        heard.append((yield stage.when(Noted, until=9)))
        stage.emit(note(f"it is {stage.now}"))

    stage.play(waits())

    assert run(stage) == [(9, "it is 9", -1)]
    assert heard == [None]


def test_only_what_is_asked_for_wakes():
    """A predicate lets others pass."""
    stage = stage_of()

    def speaks():
        for text in ("a", "b", "c"):
            yield stage.pause(1)
            stage.emit(note(text))

    def waits():
        entry = yield stage.when(Noted, where=lambda e: e.what.text == "b")
        stage.emit(Said(by="y", text=f"heard {entry.what.text}"))

    stage.play(speaks())
    stage.play(waits())

    assert (2, "heard b", 1) in run(stage)


def test_a_frozen_world_does_nothing_more():
    """Processes of the world end; those of people go on."""
    stage = stage_of()

    def ticks(name):
        while True:
            yield stage.pause(10)
            stage.emit(note(name))

    stage.play(ticks("world"), of_world=True)
    stage.play(ticks("people"))
    stage.env.run(until=15)
    stage.frozen = True

    assert [text for _, text, _ in run(stage, 40)] == ["world", "people", "people", "people"]


def test_a_loop_of_causes_stops_the_drill():
    """More entries in a second than any story needs is a fault of ours, said so."""
    stage = stage_of()

    def echoes():
        while True:
            yield stage.pause(0)
            stage.emit(note("again"))

    stage.play(echoes())

    with pytest.raises(EngineError, match=str(BUDGET)):
        stage.env.run(until=2)


def test_a_seat_knows_only_what_it_is_told():
    """A word to one person is not in another's picture."""
    from simulator.journal.events.talk import SaidTo

    stage = stage_of()
    stage.emit(SaidTo(by="bob", to="alice", text="hello"))

    assert stage.seat("alice").seq == 0
    assert stage.seat("carol").seq == -1
