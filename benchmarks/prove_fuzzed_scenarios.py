"""Prove that a scenario file is refused or played, whatever was changed in it (docs/promises.md).

The drills that `scenarios new` writes are changed by chance, and every tenth time a shipped one. A
file that hangs, runs backwards or breaks the engine is printed with its seed; the exit code is 1.

    python benchmarks/prove_fuzzed_scenarios.py --files 2000
"""

import argparse
import multiprocessing
import signal
import sys
import time
from collections import Counter
from functools import cache
from importlib.resources import files
from types import FrameType
from typing import NoReturn

from simulator.authoring.answers import FAMILIES, answers_of
from simulator.authoring.fate import Fate, fate
from simulator.authoring.fuzzed import fuzzed
from simulator.authoring.starter import starter
from simulator.brief.library import read_plan, read_roster
from simulator.brief.nodes import Node, compose

KINDS = tuple(FAMILIES)
SHIPPED_EVERY = 10
LONGEST_S = 120
"""A file that takes longer hangs."""


@cache
def grown(kind: str) -> tuple[str, Node]:
    """A drill of this kind as a stranger begins with it, and its people."""
    said = {"id": "orders-fail", "title": "Orders fail", "organisation": "A shop", "kind": kind,
            "plan": "fraiseql", "service": "web", "store": "pg", "vendor": "maps"}  # fmt: skip
    made = starter(answers_of(said))
    return made.scenario.replace("limit: 2h30m", "limit: 40m"), compose(made.roster, "people")


@cache
def shipped() -> tuple[str, Node]:
    """The first scenario that was shipped, and its people."""
    file = files("scenarios") / "incidents" / "fraiseql-database-recovery.yaml"
    return file.read_text(encoding="utf-8"), read_roster("fraiseql-drill-2").node


def tried(seed: int) -> tuple[int, Fate, float]:
    """What became of one file, and how long it took."""
    signal.signal(signal.SIGALRM, _too_long)
    text, roster = shipped() if seed % SHIPPED_EVERY == 0 else grown(KINDS[seed % len(KINDS)])
    begun = time.monotonic()
    signal.alarm(LONGEST_S)
    try:
        found = fate(fuzzed(text, seed), read_plan("fraiseql").node, roster, seed)
    except Exception as error:  # noqa: BLE001 - whatever escapes is what this looks for
        found = Fate(wrong=f"{type(error).__name__}: {error}")
    finally:
        signal.alarm(0)
    return seed, found, time.monotonic() - begun


def _too_long(_number: int, _frame: FrameType | None) -> NoReturn:
    raise TimeoutError(f"it took longer than {LONGEST_S} s")


def main() -> int:
    """Try every file; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=None)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.files)
    ends: Counter[str] = Counter()
    slowest, wrong = (0.0, 0), 0
    with multiprocessing.get_context("spawn").Pool(asked.workers) as pool:
        for seed, found, took in pool.imap_unordered(tried, seeds, chunksize=4):
            ends["refused" if found.refused else found.ended or "wrong"] += 1
            slowest = max(slowest, (took, seed))
            if found.wrong:
                wrong += 1
                print(f"seed {seed}: {found.wrong}", flush=True)
    told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    print(f"{asked.files} files: {told}; the slowest took {slowest[0]:.1f} s (seed {slowest[1]})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
