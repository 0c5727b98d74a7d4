"""Measure reading a document, stage by stage, beside the bare parser, in one run: ratios travel.

Processor time, the least of several runs; processes are timed by the clock, by their median. A
figure beyond its aim is marked, nothing fails.

    python benchmarks/bench_load.py --runs 5
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from simulator.brief import raw
from simulator.brief.binding import _adapter, bind, warnings_of
from simulator.brief.checks_plan import check_plan
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.library import load, names
from simulator.brief.nodes import compose
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scanning import pieces
from simulator.brief.scenario.scenario import Scenario

HOUSE = Path(__file__).parents[1]
KINDS: tuple[tuple[str, Any, Any], ...] = (
    ("incidents", Scenario, check_scenario),
    ("plans", Plan, check_plan),
    ("rosters", Roster, lambda *_: ()),
)
HOSTILE = {
    "49,900 nodes in block": "- a: b # c\n" * 16_633,
    "49,900 nodes in flow": "a: [" + "b," * 49_895 + "b]\n",
    "one block of 256 KB": "a: |\n" + " # x\n" * 52_000,
    "130,000 comments": "a: b\n" + "#\n" * 130_000,
    "130,000 brackets": "[" * 130_000,
    "127,000 brackets on lines of 500": ("[" * 500 + "\n") * 254,
    "49,900 nodes, then an anchor that never ends": "a: [" + "b," * 49_895 + "&",
}


def least(runs: int, play: Callable[[], Any]) -> float:
    """The least processor milliseconds of several runs."""
    took = []
    for _ in range(runs):
        began = time.process_time()
        play()
        took.append(time.process_time() - began)
    return 1e3 * min(took)


def bare(text: str) -> None:
    """The events of libyaml, and nothing done with them."""
    for _ in yaml.parse(text, Loader=yaml.CBaseLoader):
        pass


def stages(file: Path, kind: Any, check: Any, runs: int) -> dict[str, float]:
    """Milliseconds of each stage of a shipped document."""
    data, name = file.read_bytes(), file.name
    text = raw.checked(data, name)
    node = compose(data, name)

    def validator() -> None:
        _adapter.cache_clear()
        _adapter(kind)

    build = least(runs, validator)
    value = bind(kind, node, name)
    look, scan = least(runs, lambda: raw.checked(data, name)), least(runs, lambda: scanned(text))
    return {
        "bare": least(runs, lambda: bare(text)),
        "look": look,
        "scan": scan,
        "compose": max(0.0, least(runs, lambda: compose(data, name)) - scan - look),
        "kind": build,
        "bind": least(runs, lambda: bind(kind, node, name)),
        "warn": least(runs, lambda: warnings_of(node, name)),
        "check": least(runs, lambda: check(node, value, name)),
    }


def scanned(text: str) -> None:
    """Our guarded pieces of a text."""
    comments: dict[int, str] = {}
    for _ in pieces(text, comments):
        pass


def refused(text: str) -> None:
    """Compose a text, whatever comes of it."""
    try:
        compose(text, "hostile.yaml")
    except Exception as error:
        if "hostile.yaml:" not in str(error):
            raise


def shipped(runs: int) -> None:
    """A row a document, a column a stage."""
    columns = ("bare", "look", "scan", "compose", "kind", "bind", "warn", "check")
    print(f"{'ms of the processor':34}" + "".join(f"{one:>9}" for one in columns) + f"{'all':>9}")
    for folder, kind, check in KINDS:
        for file in sorted((HOUSE / "scenarios" / folder).glob("*.yaml")):
            took = stages(file, kind, check, runs)
            whole = sum(took.values()) - took["bare"]
            figures = "".join(f"{took[one]:9.1f}" for one in columns)
            print(f"{file.stem:34}{figures}{whole:9.1f}", flush=True)
    for name in names("scenario"):
        whole = least(runs, partial(load, name))
        print(f"load {name}: {whole:.0f} ms once its kinds are known")


def hostile(runs: int) -> None:
    """What a stranger can make us do."""
    for name, text in HOSTILE.items():
        whole = least(runs, partial(refused, text))
        beside = ""
        if "[[" not in text:  # the bare parser would take minutes
            alone = least(runs, partial(bare_or_error, text))
            beside = f"{whole / alone:6.1f} x the bare parser"
        aim = "" if whole < 2_000 else "  <- beyond 2 s"
        print(f"{name:46}{whole:9.1f} ms{beside}{aim}", flush=True)


def bare_or_error(text: str) -> None:
    """As `bare`, to the end or to the first error."""
    try:
        bare(text)
    except yaml.YAMLError:
        return


def processes(runs: int) -> None:
    """`--help` beside an interpreter that does nothing."""

    def median(*command: str) -> float:
        took = []
        for _ in range(max(5, runs)):
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=HOUSE, check=True, capture_output=True)
            took.append(time.perf_counter() - began)
        return 1e3 * statistics.median(took)

    nothing, helped = median("-c", "pass"), median("-m", "tui", "--help")
    reader = median("-c", "import simulator.brief.library")
    aim = "" if helped <= 4 * nothing else "  <- beyond 4 x"
    print(
        f"python -c pass {nothing:.0f} ms, --help {helped:.0f} ms = {helped / nothing:.1f} x{aim}"
    )
    print(f"import of the reader {reader:.0f} ms = {reader / nothing:.1f} x")


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description="Measure reading documents.")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    shipped(runs)
    hostile(runs)
    processes(runs)


if __name__ == "__main__":
    main()
