"""Prove the seven laws of determinism at length: steps, rerun, resume, fork, hash seeds.

For each seed a drill with two chairs that do whatever comes to them is played at once, in steps of
1, 7 and 600 s, again from its orders, and resumed and forked at a drawn second; every byte is
compared. Then it is played in fresh interpreters under two hash seeds. The first difference of
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
print(head(Drill(brief, terms(brief, {seed}, random_chairs={chairs})).run()))
"""


def main() -> int:
    """Try every seed; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--scenario", default="fraiseql-database-recovery")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    ways: dict[str, tuple[int, int]] = {}
    with ProcessPoolExecutor(asked.workers) as pool:
        seeds = range(1, asked.seeds + 1)
        for seed, tried in zip(seeds, pool.map(partial(tries, asked.scenario), seeds), strict=True):
            kept_here = sum(same for _, same, _ in tried)
            print(f"seed {seed}: {kept_here} of {len(tried)}", file=sys.stderr, flush=True)
            for way, same, found in tried:
                kept, of = ways.get(way, (0, 0))
                ways[way] = (kept + same, of + 1)
                if not same:
                    print(f"seed {seed}: {way}: {found[:400]}", flush=True)
    for way, (kept, of) in ways.items():
        print(f"{way:12} the same in {kept} of {of}")
    return 0 if all(kept == of for kept, of in ways.values()) else 1


def tries(scenario: str, seed: int) -> list[tuple[str, bool, str]]:
    """(way, same, difference) for each way of playing one seed's drill again."""
    brief = load(scenario).brief
    played = terms(brief, seed, random_chairs=RANDOM_CHAIRS)
    found = [(t.way.split(" at ", maxsplit=1)[0], t.same, t.found) for t in trials(brief, played)]
    whole = head(Drill(brief, played).run())
    heads = [under(hash_seed, scenario, seed) for hash_seed in HASH_SEEDS]
    found.append(("hash seeds", heads == [whole, whole], f"{heads} are not {whole}"))
    return found


def under(hash_seed: str, scenario: str, seed: int) -> str:
    """The hash a drill ends with in a fresh interpreter under this hash seed."""
    code = FRESH.format(scenario=scenario, seed=seed, chairs=RANDOM_CHAIRS)
    place = os.pathsep.join(path or os.curdir for path in sys.path)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": place},
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
