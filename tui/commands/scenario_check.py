"""`gameday scenarios check`: whether a scenario is sound, fair, and as hard and long as it says.

Rule 1: everything found stands on one page, each on a line an editor can jump to, what must be
mended first; a document that cannot be read is a finding like any other.
Rule 2: bots play every variant unless told otherwise, or something must be mended first.
Rule 3: exit 3 where something must be mended; 1 where a figure of the calibration is out of its
bounds, or with --strict where there is a warning; advice changes no exit code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from tui import show
from tui.command_line import DOCUMENT, DONE, FOUND, INTERRUPTED
from tui.options import json_option

if TYPE_CHECKING:
    from simulator.authoring.calibration import Calibration
    from simulator.authoring.solve import Solved
    from simulator.brief.brief import Brief
    from simulator.brief.nodes import Node
    from simulator.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How thoroughly to check."""

    plan: str
    tries: int
    """Seeds each variant is played with by each skill; 0: not at all."""
    seeds: int
    """Seeds of the calibration; 0: none."""
    workers: int | None
    strict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one scenario."""

    name: str
    errors: "tuple[Problem, ...]"
    warnings: "tuple[Problem, ...]"
    """Advice among them."""
    solved: "Solved | None" = None
    calibration: "Calibration | None" = field(default=None)

    def code(self, *, strict: bool) -> int:
        """The exit code this amounts to."""
        from simulator.brief.problems import ADVICE

        if self.errors:
            return DOCUMENT
        stopped = {one.stopped for one in (self.solved, self.calibration) if one is not None}
        if "interrupted" in stopped:
            return INTERRUPTED
        told = strict and any(one.code not in ADVICE for one in self.warnings)
        missed = self.calibration is not None and not self.calibration.met
        return FOUND if told or missed or "worker_died" in stopped else DONE


@click.command("check", short_help="Is it sound and fair?")
@click.argument("names", nargs=-1, metavar="[SCENARIO]...")
@click.option("--plan", default="", metavar="PLAN", help="Under this plan, not its own.")
@click.option("--play/--no-play", default=True, help="Let bots play every variant, or not.")
@click.option("--tries", type=click.IntRange(1, 1000), default=3, show_default=True,
              help="Seeds a variant and skill, while bots play.")  # fmt: skip
@click.option("--calibrate", is_flag=True, help="Also let every policy play it, many seeds.")
@click.option("--seeds", type=click.IntRange(2, 10_000), default=50, show_default=True,
              help="Seeds a policy, with --calibrate.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), default=None,
              help="Processes that play.  [default: one a core]")  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit 1 where there is a warning.")
@json_option
def check(
    *,
    names: tuple[str, ...],
    plan: str,
    play: bool,
    tries: int,
    calibrate: bool,
    seeds: int,
    workers: int | None,
    strict: bool,
    json_: bool,
) -> int:
    """Check each SCENARIO (a name or a file; all where none is given) with its plan and roster.

    Every problem stands on its own line as file:line:column, with what to do. Exit 3 where one must
    be mended, 1 where --calibrate finds a score outside its bounds.
    """
    from simulator.brief import library

    asked = Asked(
        plan=plan,
        tries=tries if play else 0,
        seeds=seeds if calibrate else 0,
        workers=workers,
        strict=strict,
    )
    verdicts = []
    for name in names or library.names("scenario"):
        verdicts.append(_checked(name, asked))
        if not json_:
            _page(verdicts[-1])
    if json_:
        show.as_json({one.name: _as_json(one) for one in verdicts})
    codes = [one.code(strict=strict) for one in verdicts]
    return max(codes, default=DONE)


def _checked(name: str, asked: Asked) -> Verdict:
    """All there is to say of one scenario; raises for a name or path nothing is found at."""
    from simulator.authoring.check import check as as_a_drill
    from simulator.brief import library
    from simulator.errors import BriefError

    try:
        loaded = library.load(name, plan=asked.plan)
    except BriefError as error:
        errors = tuple(one for one in error.problems if not one.is_warning)
        warnings = tuple(one for one in error.problems if one.is_warning)
        return Verdict(name=name, errors=errors, warnings=warnings)
    read = library.read_scenario(name)
    found = (*loaded.warnings, *as_a_drill(read.node, read.value, read.file))
    solved = calibration = None
    if asked.tries and not any(not one.is_warning for one in found):
        solved = _solved(loaded.brief, read.node, read.file, asked)
        found = (*found, *solved.problems)
    errors = tuple(one for one in found if not one.is_warning)
    if asked.seeds and not errors:
        calibration = _calibrated(loaded.brief, asked)
    return Verdict(
        name=name,
        errors=errors,
        warnings=tuple(one for one in found if one.is_warning),
        solved=solved,
        calibration=calibration,
    )


def _solved(brief: "Brief", node: "Node", file: str, asked: Asked) -> "Solved":
    from simulator.authoring.solve import solve

    with show.progress(f"{brief.scenario.id}: bots play every variant") as step:
        return solve(brief, node, file, tries=asked.tries, workers=asked.workers, progress=step)


def _calibrated(brief: "Brief", asked: Asked) -> "Calibration":
    from simulator.authoring.calibrate import calibrate

    with show.progress(f"{brief.scenario.id}: everybody plays") as step:
        return calibrate(brief, seeds=asked.seeds, workers=asked.workers, progress=step)


def _page(verdict: Verdict) -> None:
    """One page: what must be mended, what to look at, advice, how it was played, the verdict."""
    from simulator.brief.problems import ADVICE

    warned = [one for one in verdict.warnings if one.code not in ADVICE]
    advised = [one for one in verdict.warnings if one.code in ADVICE]
    for title, problems in (
        ("Must be mended", verdict.errors),
        ("To look at", warned),
        ("Advice", advised),
    ):
        _listed(title, problems)
    if verdict.solved is not None and verdict.solved.skills:
        from simulator.authoring.solve import HEADER, POINTS

        show.heading("Played by bots")
        skills = verdict.solved.skills
        if any(one.restored for one in skills):
            show.table(HEADER, [one.row() for one in skills])
        else:  # an exercise, where nothing breaks
            show.table(POINTS, [one.points_row() for one in skills])
    if verdict.calibration is not None:
        from simulator.authoring.calibration import HEADER as FIGURES

        show.heading(verdict.calibration.label())
        show.table(FIGURES, verdict.calibration.rows())
    counts = f"{_count(len(warned), 'warning')}, {len(advised)} of advice"
    if verdict.errors:
        show.result(f"{verdict.name}: {_count(len(verdict.errors), 'error')}, {counts}")
    else:
        stopped = verdict.solved is not None and verdict.solved.stopped
        partly = "; stopped before every variant was played" if stopped else ""
        show.result(f"{verdict.name}: sound, {counts}{partly}")


def _listed(title: str, problems: "Sequence[Problem]") -> None:
    if problems:
        show.heading(f"{title} ({len(problems)})")
        for problem in problems:
            show.result(str(problem))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _as_json(verdict: Verdict) -> dict[str, Any]:
    from dataclasses import asdict

    from simulator.brief.problems import ADVICE

    told: dict[str, Any] = {
        "sound": not verdict.errors,
        "errors": [str(problem) for problem in verdict.errors],
        "warnings": [str(one) for one in verdict.warnings if one.code not in ADVICE],
        "advice": [str(one) for one in verdict.warnings if one.code in ADVICE],
        "findings": [asdict(one) for one in (*verdict.errors, *verdict.warnings)],
    }
    if verdict.solved is not None:
        told["played"] = [asdict(one) for one in verdict.solved.skills]
    if verdict.calibration is not None:
        told["calibration"] = verdict.calibration.as_json()
    return told
