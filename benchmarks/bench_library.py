"""Measure what the whole library costs: drills a second by scenario, and a calibration of each.

Processor time of one process; a drill of competent people under each plan, the least of several
runs; a calibration is what all its drills cost, reckoned from a few seeds. Ratios to the first
scenario travel between machines, seconds do not. Nothing fails for a figure.

    python benchmarks/bench_library.py --runs 3 --seeds 2
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

from simulator.authoring.calibrate import SEEDS, calibrate
from simulator.brief.brief import Brief
from simulator.brief.library import load, names
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms


def least(runs: int, play: Callable[[int], Any]) -> tuple[float, Any]:
    """The least processor seconds of several runs, and what the last one gave."""
    took, gave = [], None
    for run in range(runs):
        began = time.process_time()
        gave = play(run)
        took.append(time.process_time() - began)
    return min(took), gave


def played(brief: Brief, seed: int) -> Drill:
    """A scored drill of competent people."""
    drill = Drill(brief, Terms(seed=seed, policies=dict.fromkeys(brief.people(), "competent")))
    drill.run()
    score(drill.entries, brief)
    return drill


def main() -> None:
    """Print a row a scenario and plan, then a row a calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=2)
    asked = parser.parse_args()
    first, whole, drills = 0.0, 0.0, 0
    print(f"{'scenario':36} {'plan':11} {'s':>6} {'entries':>8} {'ratio':>6}")
    for scenario in names("scenario"):
        for plan in names("plan"):
            brief = load(scenario, plan=plan).brief
            took, drill = least(asked.runs, lambda run, b=brief: played(b, run + 1))
            first = first or took
            whole, drills = whole + took, drills + 1
            ratio = took / first
            told = f"{scenario:36} {plan:11} {took:6.2f} {len(drill.entries):8} {ratio:6.2f}"
            print(told, flush=True)
    print(f"{drills} drills, {drills / whole:.2f} a second of one core")
    for scenario in names("scenario"):
        brief = load(scenario).brief
        began = time.process_time()
        verdict = calibrate(brief, seeds=asked.seeds, workers=1)
        took = (time.process_time() - began) / asked.seeds
        each = len(verdict.played) // asked.seeds
        told = f"{took:6.1f} s a seed of {each} drills, {took * SEEDS / 60:5.1f} min for {SEEDS}"
        print(f"calibrating {scenario:36} {told}", flush=True)


if __name__ == "__main__":
    main()
