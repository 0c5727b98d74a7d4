"""The seven laws of determinism, on a small incident; benchmarks/prove_determinism.py goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.authoring.sameness import head, terms, trials
from simulator.brief.library import load
from simulator.drill import Drill
from simulator.journal.commands.base import Command

HERE = Path(__file__).parent / "authoring"
FILES = (str(HERE / "corner_shop.yaml"), str(HERE / "corner_shop_people.yaml"))
FRESH = """
from simulator.authoring.sameness import head, terms
from simulator.brief.library import load
from simulator.drill import Drill
brief = load({files[0]!r}, roster={files[1]!r}).brief
print(head(Drill(brief, terms(brief, {seed})).run()))
"""


@pytest.fixture(scope="module")
def brief():
    """A shop on the corner and three people."""
    return load(FILES[0], roster=FILES[1]).brief


@pytest.mark.parametrize(("seed", "tick"), [(1, 1), (2, 7), (3, 600), (4, 7), (5, 600)])
def test_a_drill_is_the_same_however_it_is_played(brief, seed, tick):
    """Somebody says whatever comes to mind; in steps, again, resumed and forked: the same bytes."""
    tried = list(trials(brief, terms(brief, seed), ticks=(tick,)))

    assert len(tried) == 4
    assert [f"{trial.way}: {trial.found}" for trial in tried if not trial.same] == []


def test_somebody_really_says_whatever_comes_to_mind(brief):
    """The drills above hold dozens of different orders, refused ones included."""
    journal = Drill(brief, terms(brief, 1)).run()

    said = {type(entry.what) for entry in journal if isinstance(entry.what, Command)}
    assert len(said) >= 8


def test_another_seed_is_another_drill(brief):
    """Else all of the above would prove nothing."""
    one, other = (head(Drill(brief, terms(brief, seed)).run()) for seed in (1, 2))

    assert one != other


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_no_set_order_leaks_into_a_journal(brief, hash_seed):
    """Fresh interpreters under other hash seeds write the same bytes."""
    place = os.pathsep.join(path or os.curdir for path in sys.path)
    done = subprocess.run(
        [sys.executable, "-c", FRESH.format(files=FILES, seed=3)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": place},
        capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip

    assert done.stdout.strip() == head(Drill(brief, terms(brief, 3)).run())
