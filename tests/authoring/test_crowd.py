import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.authoring.calibrate import calibrate, rehearsals
from simulator.authoring.crowd import play_all
from simulator.authoring.rehearsal import Rehearsal, packed
from simulator.brief.library import load
from simulator.journal.record import canonical

HERE = Path(__file__).parent
FILES = (str(HERE / "corner_shop.yaml"), str(HERE / "corner_shop_people.yaml"))
PLAYING = """
import json, os, signal, sys, threading
from simulator.authoring.crowd import play_all
from simulator.authoring.rehearsal import Rehearsal, packed
from simulator.brief.library import load
def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    brief = load({files[0]!r}, roster={files[1]!r}).brief
    asked = [Rehearsal(group="idle", seed=s, policy="idle") for s in range(1, 400)]
    def told(done, of):
        print(done, flush=True)
        if done == 3:
            {then}
    found = play_all(packed(brief), asked, workers=2, progress=told)
    print(json.dumps([found.stopped, found.asked, [one.seed for one in found.played]]))
if __name__ == "__main__":
    main()
"""
INTERRUPT = "os.kill(os.getpid(), signal.SIGINT)"
KILL = "import multiprocessing; os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)"


@pytest.fixture(scope="module")
def brief():
    """A shop on the corner and three people."""
    return load(FILES[0], roster=FILES[1]).brief


def test_one_worker_and_two_say_the_same(brief):
    """Byte for byte, though two finish in whatever order they like."""
    alone = calibrate(brief, seeds=1, workers=1)
    together = calibrate(brief, seeds=1, workers=2)

    assert together.canonical() == alone.canonical()
    assert len(alone.played) == alone.asked == len(rehearsals(brief, 1))


def test_progress_is_told_after_each_drill(brief):
    """From one to all, whoever plays."""
    asked = [Rehearsal(group="idle", seed=seed, policy="idle") for seed in (1, 2, 3)]
    told = []
    play_all(packed(brief), asked, workers=1, progress=lambda done, of: told.append((done, of)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_interrupt_ends_a_round_that_one_process_plays(brief):
    """Ctrl-C after the second drill: two are kept, and the round says why it is short."""
    asked = [Rehearsal(group="idle", seed=seed, policy="idle") for seed in (1, 2, 3)]

    def told(done, _of):
        if done == 2:
            raise KeyboardInterrupt

    found = play_all(packed(brief), asked, workers=1, progress=told)
    assert (found.stopped, [one.seed for one in found.played]) == ("interrupted", [1, 2])


@pytest.mark.parametrize(("then", "stopped"), [(INTERRUPT, "interrupted"), (KILL, "worker_died")])
def test_a_round_that_ends_early_keeps_what_was_played_and_says_so(tmp_path, then, stopped):
    """Ctrl-C, or a worker killed by the system: a labelled part, in the order of seeds."""
    script = tmp_path / "playing.py"
    script.write_text(PLAYING.format(files=FILES, then=then))
    place = os.pathsep.join(path or os.curdir for path in sys.path)
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": place},
        capture_output=True, text=True, check=True, timeout=200,
    )  # fmt: skip

    why, asked, seeds = json.loads(done.stdout.splitlines()[-1])
    assert (why, asked) == (stopped, 399)
    assert 3 <= len(seeds) < 20
    assert seeds == sorted(seeds)


def test_another_plan_plays_fewer_policies(brief):
    """The order of skill and the probes; no styles, nobody idle among others."""
    elsewhere = load(FILES[0], plan="platform", roster=FILES[1]).brief

    groups = {one.group for one in rehearsals(elsewhere, 2)}
    assert groups == {"expert", "competent", "novice", "random", "spammer", "idle"}
    assert len(rehearsals(brief, 2)) == 2 * 10


def test_by_turns_everybody_idles(brief):
    """The idle person among competent ones changes with the seed."""
    idlers = [one.person for one in rehearsals(brief, 4) if one.group == "idle-person"]

    assert idlers == ["ann", "bob", "cat", "ann"]


def test_a_fault_of_the_engines_own_is_a_result_like_any_other(brief):
    """Thousands of rows set twice in one second are too much: told, and counted as nothing."""
    scenario = json.loads(brief.documents["scenario"])
    rows = [f"row-{number}" for number in range(2600)]
    scenario["system"]["state"] = dict.fromkeys(rows, "before")
    scenario["injects"] |= {
        f"sweep-{word}": {"at": "4m", "do": {"sets": dict.fromkeys(rows, word)}}
        for word in ("once", "twice")
    }
    documents = canonical({**brief.documents, "scenario": canonical(scenario)})
    asked = [Rehearsal(group="idle", seed=3, policy="idle")]
    (played,) = play_all(documents, asked, workers=1).played

    assert played.faulted.startswith("more than 5000 entries in second ")
    assert (played.total_milli, played.incomplete, played.passed) == (0, True, False)
