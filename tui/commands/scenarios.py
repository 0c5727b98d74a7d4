"""`gameday scenarios`: the library of incidents, and whether one of them is sound."""

from typing import TYPE_CHECKING, Any

import click

from tui import show
from tui.command_line import INTERRUPTED
from tui.commands.scenario_new import new
from tui.options import json_option

if TYPE_CHECKING:
    from simulator.authoring.calibration import Calibration
    from simulator.brief.brief import Brief
    from simulator.brief.scenario.scenario import Scenario
    from simulator.errors import Problem


@click.group(short_help="The library of incidents.")
def scenarios() -> None:
    """List, show, begin and check scenarios. Showing one tells its cause only with --spoilers."""


scenarios.add_command(new)


@scenarios.command("list", short_help="Every scenario.")
@json_option
def list_(json_: bool) -> None:
    """List the scenarios that come with gameday."""
    from simulator.brief.library import names, read_scenario

    found = [read_scenario(name).value for name in names("scenario")]
    if json_:
        show.as_json([_about(scenario) for scenario in found])
        return
    show.table(
        ("scenario", "title", "organisation", "plan", "difficulty", "kind"),
        [(s.id, s.title, s.organisation, s.plan, s.difficulty, s.kind) for s in found],
    )


@scenarios.command("show", short_help="What everybody is told before.")
@click.argument("scenario")
@json_option
def show_(scenario: str, json_: bool) -> None:
    """Show what everybody is told before SCENARIO begins; nothing that gives it away."""
    from simulator.brief.library import read_scenario
    from simulator.clock import said

    found = read_scenario(scenario).value
    if json_:
        show.as_json({**_about(found), "brief": list(found.brief), "causes": dict(found.causes)})
        return
    show.result(found.title)
    show.result(f"{found.organisation}; plan {found.plan}, roster {found.roster}")
    show.result(f"begins {found.begins}, difficulty {found.difficulty}")
    if found.competencies:
        show.result(f"practises: {', '.join(found.competencies)}")
    show.result(f"expected to be restored within {said(found.expected.restore)} of the first page")
    show.heading("Briefing")
    for paragraph in found.brief:
        show.result(paragraph.strip())
    show.heading("Services")
    for name, service in found.system.services.items():
        needs = f" (needs {', '.join(service.needs)})" if service.needs else ""
        show.result(f"- {name}: {service.title or name}{needs}")
    show.heading("Causes one can name")
    for cause, means in found.causes.items():
        show.result(f"- {cause}: {means}")


@scenarios.command("check", short_help="Is it sound?")
@click.argument("names", nargs=-1, metavar="[SCENARIO]...")
@click.option("--plan", default="", metavar="PLAN", help="Under this plan, not its own.")
@click.option("--calibrate", is_flag=True, help="Also let every policy play it, many seeds.")
@click.option("--seeds", type=click.IntRange(2, 10_000), default=50, show_default=True,
              help="Seeds a policy, with --calibrate.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), default=None,
              help="Processes, with --calibrate.  [default: one a core]")  # fmt: skip
@json_option
def check(
    *,
    names: tuple[str, ...],
    plan: str,
    calibrate: bool,
    seeds: int,
    workers: int | None,
    json_: bool,
) -> int:
    """Check each SCENARIO (a name or a file; all where none is given) with its plan and roster.

    Every problem stands on its own line as file:line:column. With --calibrate, exit 1 where a
    score is outside its bounds.
    """
    from simulator.brief import library

    verdicts: dict[str, Any] = {}
    code = 0
    for name in names or library.names("scenario"):
        loaded = library.load(name, plan=plan)
        warnings = (*loaded.warnings, *_as_a_drill(name))
        verdicts[name] = {"warnings": [str(problem) for problem in warnings]}
        show.warn(() if json_ else warnings)
        if not json_:
            show.result(f"{name}: sound, {len(warnings)} warnings")
        if calibrate:
            verdict = _calibrated(loaded.brief, seeds, workers)
            verdicts[name]["calibration"] = verdict.as_json()
            code = max(code, INTERRUPTED if verdict.stopped == "interrupted" else not verdict.met)
            if not json_:
                show.heading(verdict.label())
                show.table(("figure", "found", "bound", "verdict"), verdict.rows())
    if json_:
        show.as_json(verdicts)
    return code


def _as_a_drill(name: str) -> "tuple[Problem, ...]":
    """What to warn of in a scenario as a drill; BriefError where it cannot be played fairly."""
    from simulator.authoring.check import check
    from simulator.brief import library
    from simulator.errors import BriefError

    document = library.read_scenario(name)
    found = check(document.node, document.value, document.file)
    if any(not problem.is_warning for problem in found):
        raise BriefError(found)
    return found


def _calibrated(brief: "Brief", seeds: int, workers: int | None) -> "Calibration":
    from simulator.authoring.calibrate import calibrate

    with show.progress(brief.scenario.id) as step:
        return calibrate(brief, seeds=seeds, workers=workers, progress=step)


def _about(scenario: "Scenario") -> dict[str, Any]:
    return {
        "id": scenario.id,
        "title": scenario.title,
        "organisation": scenario.organisation,
        "plan": scenario.plan,
        "roster": scenario.roster,
        "kind": scenario.kind,
        "difficulty": scenario.difficulty,
        "competencies": list(scenario.competencies),
        "expected_restore_s": scenario.expected.restore,
    }
