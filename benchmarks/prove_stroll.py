"""Prove the stroll (docs/model.md) at length: every variant, several seconds, several orders.

Each line that fails is printed. The exit code is 1 if more than one line of a walk is not good, if
two views disagree, if something told names the cause, or if another order moves the world.

    python benchmarks/prove_stroll.py --scenario fraiseql-database-recovery
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from simulator.authoring.stroll import lines_of, looking, same_world, shuffled, stroll
from simulator.brief.brief import Brief
from simulator.brief.library import load

SECONDS = (300, 361, 420, 487, 540)
ORDERS = 3
FAILURES_ALLOWED = 1


def main() -> int:
    """Walk through every variant; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="fraiseql-database-recovery")
    parser.add_argument("--lines", help="a file of lines; the tests' own unless given")
    asked = parser.parse_args()
    brief = load(asked.scenario).brief
    own = f"tests/scenarios/stroll_{asked.scenario.replace('-', '_')}.txt"
    lines = lines_of(Path(asked.lines or own).read_text(encoding="utf-8"))
    bad = 0
    for variant in brief.scenario.variants:
        for begins in SECONDS:
            walk = stroll(brief, lines, variant=variant, begins=begins, seed=begins)
            failures, lost = walk.failures(), len(lines) - walk.good
            bad += len(failures) > lost or lost > FAILURES_ALLOWED
            print(f"{variant:16} T0+{begins} s: {walk.good} of {len(lines)} good", flush=True)
            for failure in failures:
                print(f"    {failure}")
        bad += orders_that_move(brief, lines, variant)
    print("proved" if not bad else f"{bad} walks fail")
    return 1 if bad else 0


def orders_that_move(brief: Brief, lines: Sequence[str], variant: str) -> int:
    """How many orders of the looks move the world."""
    first = stroll(brief, lines, variant=variant, begins=SECONDS[0])
    looks = looking(first)
    plain = stroll(brief, looks, variant=variant, begins=SECONDS[0])
    moved = 0
    for seed in range(ORDERS):
        other = stroll(brief, shuffled(looks, seed), variant=variant, begins=SECONDS[0])
        if difference := same_world(plain, other):
            moved += 1
            print(f"    {variant}, order {seed}: {difference}")
    print(f"{variant:16} {ORDERS - moved} of {ORDERS} orders of {len(looks)} looks leave the world")
    return moved


if __name__ == "__main__":
    sys.exit(main())
