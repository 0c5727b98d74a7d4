"""Prove the seven laws of determinism at length: steps, rerun, resume, fork, hash seeds.

For each seed a drill with two chairs that do whatever comes to them is played at once, in steps of
1, 7 and 600 s, again from its orders, and resumed and forked at a drawn second; every byte is
compared. It is also played in fresh interpreters under two hash seeds. The first difference of
each that fails is printed, and the exit code is 1.

    python benchmarks/prove_determinism.py --seeds 200 --workers 2
"""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from simulator.authoring.sameness import head, terms, trials
from simulator.brief.library import load
from simulator.drill import Drill

RANDOM_CHAIRS = 2
HASH_SEEDS = ("0", "4242")
FRESH = """
from simulator.authoring.sameness import head, terms
from simulator.brief.library import load
from simulator.drill import Drill
brief = load({scenario!r}).brief
for seed in {seeds!r}:
    print(head(Drill(brief, terms(brief, seed, random_chairs={chairs})).run()))
"""
TOGETHER = 10
"""So many seeds are played in one fresh interpreter, one after the other."""


def main() -> int:
    """Try every seed; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--scenario", default="fraiseql-database-recovery")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    ways: dict[str, tuple[int, int]] = {}
    with ProcessPoolExecutor(asked.workers) as pool:
        last = asked.seeds + 1
        starts = range(1, last, TOGETHER)
        parts = [tuple(range(start, min(start + TOGETHER, last))) for start in starts]
        for seeds, tried in zip(
            parts, pool.map(partial(tries, asked.scenario), parts), strict=True
        ):
            kept_here = sum(same for _, _, same, _ in tried)
            told = f"seeds {seeds[0]} to {seeds[-1]}: {kept_here} of {len(tried)}"
            print(told, file=sys.stderr, flush=True)
            for seed, way, same, found in tried:
                kept, of = ways.get(way, (0, 0))
                ways[way] = (kept + same, of + 1)
                if not same:
                    print(f"seed {seed}: {way}: {found[:400]}", flush=True)
    for way, (kept, of) in ways.items():
        print(f"{way:12} the same in {kept} of {of}")
    return 0 if all(kept == of for kept, of in ways.values()) else 1


def tries(scenario: str, seeds: tuple[int, ...]) -> list[tuple[int, str, bool, str]]:
    """(seed, way, same, difference) for each way of playing each seed's drill again."""
    brief = load(scenario).brief
    found = []
    fresh = [under(hash_seed, scenario, seeds) for hash_seed in HASH_SEEDS]
    for seed, *heads in zip(seeds, *fresh, strict=True):
        played = terms(brief, seed, random_chairs=RANDOM_CHAIRS)
        for trial in trials(brief, played):
            way = trial.way.split(" at ", maxsplit=1)[0]
            found.append((seed, way, trial.same, trial.found))
        whole = head(Drill(brief, played).run())
        same = all(one == whole for one in heads)
        found.append((seed, "hash seeds", same, f"{heads} are not {whole}"))
    return found


def under(hash_seed: str, scenario: str, seeds: tuple[int, ...]) -> list[str]:
    """The hash each drill ends with in a fresh interpreter under this hash seed."""
    code = FRESH.format(scenario=scenario, seeds=seeds, chairs=RANDOM_CHAIRS)
    place = os.pathsep.join(path or os.curdir for path in sys.path)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": place},
        capture_output=True,
        text=True,
        check=True,
        timeout=1800,
    )
    return done.stdout.split()


if __name__ == "__main__":
    sys.exit(main())
