"""Measure a headless drill side by side with bare loops, in one run: only the ratios travel.

Processor time, so that a busy machine blurs little; the least of several runs. The aims are those
of docs/house.md, how fast; a figure beyond its aim is marked, nothing fails.

    python benchmarks/bench_drill.py --scenario fraiseql-database-recovery --runs 3
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import simpy

from simulator import __version__
from simulator.archive.archive import Archive
from simulator.archive.schema import DrillSummary
from simulator.brief.brief import Brief, agreed
from simulator.brief.library import load
from simulator.brief.nodes import compose
from simulator.chance import Chance
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.journal.entry import Entry, to_line
from simulator.journal.record import GENESIS
from simulator.journal.situation import Situation, visible_to
from simulator.responders.chairs import seated
from simulator.session.recorder import Recorder

POLICY = "competent"
HOURS = (1, 2, 4, 8)
SERVICES = (2, 8, 32)


def least(runs: int, play: Callable[[], Any]) -> tuple[float, Any]:
    """The least processor seconds of several runs, and what the last one gave."""
    took, gave = [], None
    for _ in range(runs):
        began = time.process_time()
        gave = play()
        took.append(time.process_time() - began)
    return min(took), gave


def terms(brief: Brief, policy: str = POLICY) -> Terms:
    """One drill with this policy in every chair."""
    return Terms(seed=1, policies=dict.fromkeys(brief.people(), policy))


def played(brief: Brief, policy: str = POLICY) -> Drill:
    """A drill from its first second to its last."""
    drill = Drill(brief, terms(brief, policy))
    drill.run()
    return drill


def bare(events: int) -> None:
    """A SimPy loop of so many events that do nothing."""
    env = simpy.Environment()

    def ticks() -> Any:
        for _ in range(events):
            yield env.timeout(1)

    env.process(ticks())
    env.run()


def folded(entries: Sequence[Entry]) -> Situation:
    """The picture after these entries."""
    picture = Situation()
    for entry in entries:
        picture = picture.after(entry)
    return picture


def thought(brief: Brief, drill: Drill) -> None:
    """What every bot does with what its seat was told: fold, weigh, want."""
    for person in brief.people():
        bot = seated(person, POLICY, brief, Chance(1))
        picture = Situation()
        for entry in drill.entries:
            if visible_to(entry, person):
                picture = picture.after(entry)
                bot.notice(entry, picture)
                _ = bot.due


def chained(entries: Sequence[Entry]) -> str:
    """Each entry as a line of canonical JSON in the chain of hashes."""
    prev = GENESIS
    for entry in entries:
        prev = to_line(entry, prev).hash
    return prev


def kept(entries: Sequence[Entry]) -> None:
    """Each entry as a line in an archive of its own."""
    about = DrillSummary(
        drill_id="bench", scenario="bench", plan="bench", mode="standard", seed=1,
        began=datetime.now(UTC).isoformat(), engine=__version__, parent="",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, Archive.at(folder, {}) as archive:
        writer, recorder = archive.new_drill(about), Recorder()
        recorder.keep_in(writer)
        for entry in entries:
            recorder.hear(entry)
        recorder.commit()
        writer.seal("closed")


def with_services(extra: int) -> Brief:
    """The corner shop with so many more services, each needed by the one before."""
    here = Path(__file__).parents[1]
    texts = [
        here / "tests" / "authoring" / "corner_shop.yaml",
        here / "scenarios" / "plans" / "fraiseql.yaml",
        here / "tests" / "authoring" / "corner_shop_people.yaml",
    ]
    shop = texts[0].read_text(encoding="utf-8")
    more = "".join(
        f"    s{n}: {{traffic: 1/s, p95: 90ms, used: 20%, needs: {{db: {{timeout: 5s}}}}}}\n"
        for n in range(extra)
    )
    shop = shop.replace("  gauges:\n", f"{more}  gauges:\n", 1)
    nodes = [compose(shop, "shop"), *(compose(p.read_bytes(), p.name) for p in texts[1:])]
    return agreed(nodes[0], nodes[1], nodes[2], ("shop", "plan", "roster"))


def row(name: str, found: str, aim: str = "", *, missed: bool = False) -> None:
    """A line of the table."""
    print(f"{name:58} {found:>22}  {aim:14} {'<- beyond its aim' if missed else ''}", flush=True)


def parts(brief: Brief, runs: int) -> None:
    """Where the time of one drill goes."""
    took, drill = least(runs, lambda: played(brief))
    entries, steps = drill.entries, drill.stage.steps
    loop, _ = least(runs, lambda: bare(steps))
    fold, _ = least(runs, lambda: folded(entries))
    minds, _ = least(runs, lambda: thought(brief, drill))
    graded, _ = least(runs, lambda: score(entries, brief))
    seats = [sum(1 for e in entries if visible_to(e, p)) for p in brief.people()]
    per_fold = fold / len(entries)
    seat_folds = per_fold * sum(seats)
    processes = max(0.0, took - fold - minds)
    row("one drill: entries, SimPy events", f"{len(entries)}, {steps}")
    row("one drill", f"{took:.2f} s", "< 0.5 s", missed=took >= 0.5)
    row("its score", f"{graded:.3f} s = {graded / took:.0%} of it")
    row("events a second, whole drill / bare SimPy", f"{steps / took:,.0f} / {steps / loop:,.0f}")
    ratio = processes / loop
    row("processes / bare SimPy loop", f"{ratio:.1f} x", "<= 10 x", missed=ratio > 10)
    row("folding, an entry and seat", f"{per_fold * 1e6:.1f} us", "<= 10 us",
        missed=per_fold > 1e-5)  # fmt: skip
    row("  all folds of a drill", f"{(fold + seat_folds) / took:.0%} of it")
    row("  bots, their folds included", f"{minds:.2f} s = {minds / took:.0%} of it")
    row("  processes of world and response", f"{processes:.2f} s = {processes / took:.0%} of it")
    chain, _ = least(runs, lambda: chained(entries))
    disk, _ = least(runs, lambda: kept(entries))
    row("JSON and hash, an entry", f"{chain / len(entries) * 1e6:.0f} us")
    cost = disk / len(entries)
    row("JSON, hash and archive, an entry", f"{cost * 1e6:.0f} us", "<= 250 us",
        missed=cost > 2.5e-4)  # fmt: skip


def lengths(brief: Brief, runs: int) -> None:
    """Cost against the length of the drill: people who never end it, cut after some hours."""
    base = 0.0
    for hours in HOURS:

        def play(hours: int = hours) -> Drill:
            drill = Drill(brief, terms(brief, "spammer"))
            drill.advance(hours * 3600)
            return drill

        took, drill = least(runs, play)
        per = took / len(drill.entries)
        base = base or per
        row(f"{hours} h of a drill nobody ends: {len(drill.entries)} entries",
            f"{took:.2f} s, {per * 1e3:.2f} ms an entry", f"{per / base:.2f} x",
            missed=per > 1.5 * base)  # fmt: skip


def sizes(runs: int) -> None:
    """Cost against the number of services: of the same drill with idle chairs, the world alone."""
    base = 0.0
    for extra in SERVICES:
        brief = with_services(extra)
        took, drill = least(runs, partial(played, brief, "idle"))
        base = base or took
        row(f"{extra + 2} services, nobody answers: {len(drill.entries)} entries",
            f"{took * 1e3:.0f} ms", f"{took / base:.2f} x",
            missed=took / base > (extra + 2) / (SERVICES[0] + 2))  # fmt: skip


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="fraiseql-database-recovery")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    brief = load(asked.scenario).brief
    played(brief)  # tools and tables are loaded once, before anything is measured
    parts(brief, asked.runs)
    lengths(brief, max(1, asked.runs // 2))
    sizes(asked.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
