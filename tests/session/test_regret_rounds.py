"""A record's decisions on one core and on two: the same figures, and a part that says it is one."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.brief.brief import reread
from simulator.brief.library import load
from simulator.debrief.replay import brief_of, entries_of
from simulator.drill import Drill, Terms
from simulator.errors import EngineError, UnknownNameError
from simulator.journal.entry import to_line
from simulator.journal.record import GENESIS
from simulator.session.regret import regret

SHOP = Path(__file__).parents[1] / "authoring" / "corner_shop.yaml"
PEOPLE = SHOP.with_name("corner_shop_people.yaml")
PLAYING = """
import json, multiprocessing, os, signal, sys
sys.path.insert(0, {here!r})
from test_regret_rounds import recorded
from simulator.session.regret import regret
def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    def told(done, of):
        if done >= 4:
            {then}
    found = regret(recorded(), futures=400, workers=2, progress=told)
    pairs = [one.futures for one in found.replayed]
    print(json.dumps([found.stopped, found.asked, pairs]))
if __name__ == "__main__":
    main()
"""
INTERRUPT = "os.kill(os.getpid(), signal.SIGINT)"
KILL = "os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)"


def recorded(policy="competent"):
    """Half an hour of the shop on the corner, whose release was bad."""
    found = load(str(SHOP), roster=str(PEOPLE)).brief
    scenario = found.documents["scenario"].replace('"limit":"2h"', '"limit":"30m"')
    brief = reread({**found.documents, "scenario": scenario})
    lines = []

    def hear(entry):
        lines.append(to_line(entry, lines[-1].hash if lines else GENESIS))

    policies = dict.fromkeys(brief.people(), policy)
    Drill(brief, Terms(seed=2, variant="release", policies=policies), watcher=hear).run()
    return tuple(lines)


@pytest.fixture(scope="module")
def lines():
    return recorded()


def test_one_worker_and_two_say_the_same(lines):
    """Value for value, though two finish in whatever order they like; progress ends at all."""
    told = []
    alone = regret(lines, futures=8, workers=1, progress=lambda *step: told.append(step))
    together = regret(lines, futures=8, workers=2)

    assert together.as_json() == alone.as_json()
    assert alone.replayed
    assert [told[0][0], *told[-1]] == [0, 16 * len(alone.replayed), 16 * len(alone.replayed)]


def test_fewer_futures_than_say_anything_are_refused(lines):
    """With the number that is enough."""
    with pytest.raises(UnknownNameError, match="ask for 8 or more"):
        regret(lines, futures=7)


def test_a_record_this_engine_would_tell_otherwise_is_not_replayed(lines):
    """An entry before the decision is not what the engine tells: said, not averaged over."""
    entries = entries_of(lines)
    told = next(e for e in entries if e.by == "engine" and e.at > 0)
    forged = [replace(e, by="ann") if e.seq == told.seq else e for e in entries]
    again = []
    for entry in forged:
        again.append(to_line(entry, again[-1].hash if again else GENESIS))

    with pytest.raises(EngineError, match=f"entry {told.seq} differs from the record"):
        regret(again, futures=8, workers=1)
    assert brief_of(again).scenario.id == "corner-shop"


def test_an_interrupt_in_one_process_keeps_what_was_played(lines):
    """Ctrl-C after three pairs of each: too few for a figure, and it says why."""

    def told(done, _of):
        if done >= 6:
            raise KeyboardInterrupt

    found = regret(lines, futures=40, workers=1, progress=told)

    assert found.stopped == "interrupted"
    assert sum(one.futures for one in found.replayed) == 3
    assert found.told == ()


@pytest.mark.parametrize(("then", "stopped"), [(INTERRUPT, "interrupted"), (KILL, "worker_died")])
def test_rounds_that_end_early_are_labelled(tmp_path, then, stopped):
    """Ctrl-C, or a worker killed by the system, among four hundred futures."""
    script = tmp_path / "replaying.py"
    script.write_text(PLAYING.format(here=str(Path(__file__).parent), then=then))
    place = os.pathsep.join(path or os.curdir for path in sys.path)
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": place},
        capture_output=True, text=True, check=True, timeout=400,
    )  # fmt: skip

    why, asked, pairs = json.loads(done.stdout.splitlines()[-1])
    assert (why, asked) == (stopped, 400)
    assert 1 <= sum(pairs) < 60
