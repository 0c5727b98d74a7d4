"""Measure what replaying a drill's decisions costs: following, playing on, and the whole of it.

Processor time of one process for the parts, wall time over all workers for the whole; only figures
of one run compare. Nothing fails for a figure.

    python benchmarks/bench_regret.py --scenario fraiseql-database-recovery --futures 8 --workers 2
"""

import argparse
import time
from collections.abc import Callable
from statistics import fmean
from typing import Any

from simulator.brief.library import load
from simulator.debrief.regret.arms import WAYS, orders_at, played_on, possible, standing_before
from simulator.debrief.regret.decisions import decisions
from simulator.debrief.replay import brief_of, entries_of
from simulator.drill import Drill, Terms
from simulator.journal.entry import Entry, to_line
from simulator.journal.record import GENESIS, Line
from simulator.session.regret import FUTURES, MOST_REPLAYED, regret


def timed(play: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds, and what it gave."""
    began = time.process_time()
    gave = play()
    return time.process_time() - began, gave


def recorded(scenario: str, policy: str, seed: int) -> tuple[Line, ...]:
    """A drill of bots, as a record."""
    lines: list[Line] = []

    def hear(entry: Entry) -> None:
        lines.append(to_line(entry, lines[-1].hash if lines else GENESIS))

    brief = load(scenario).brief
    Drill(
        brief, Terms(seed=seed, policies=dict.fromkeys(brief.people(), policy)), watcher=hear
    ).run()
    return tuple(lines)


def parts(lines: tuple[Line, ...], runs: int) -> None:
    """Print what finding, trying, following and playing on cost each."""
    entries, brief = entries_of(lines), brief_of(lines)
    took, found = timed(lambda: decisions(entries, brief))
    print(f"finding {len(found)} decisions: {took:.2f} s")
    followed, onward, tried = [], [], []
    for decision in found[:runs]:
        took, tries = timed(lambda one=decision: possible(entries, brief, one))
        tried.append(took)
        for way in () if tries.why_not else WAYS:
            open_one = tries.decision
            took, drill = timed(lambda one=open_one: standing_before(entries, brief, one.at))
            followed.append(took)
            orders = orders_at(entries, open_one, way)
            took, _ = timed(lambda d=drill, o=orders: played_on(d, o, 1))
            onward.append(took)
    if onward:
        print(f"asking whether one was open: {fmean(tried):.2f} s")
        print(f"following the record to it: {fmean(followed):.2f} s a replay")
        print(f"playing on from it: {fmean(onward):.2f} s a replay")
        whole = 2 * FUTURES * MOST_REPLAYED * (fmean(followed) + fmean(onward))
        print(f"so {MOST_REPLAYED} decisions x 2 ways x {FUTURES} futures: {whole:.0f} s at most")


def main() -> None:
    """Measure one record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="fraiseql-database-recovery")
    parser.add_argument("--policy", default="novice")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--runs", type=int, default=4, help="decisions whose parts are timed")
    parser.add_argument("--futures", type=int, default=0, help="0: no whole run")
    parser.add_argument("--workers", type=int, default=None)
    asked = parser.parse_args()
    lines = recorded(asked.scenario, asked.policy, asked.seed)
    parts(lines, asked.runs)
    if asked.futures:
        began = time.perf_counter()
        found = regret(lines, futures=asked.futures, workers=asked.workers)
        played = sum(2 * one.futures for one in found.replayed)
        print(f"{played} replays: {time.perf_counter() - began:.0f} s of wall time")


if __name__ == "__main__":
    main()
