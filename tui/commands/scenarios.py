"""`gameday scenarios`: the library of incidents, and whether one of them is sound."""

from typing import TYPE_CHECKING, Any

import click

from tui import show
from tui.options import json_option

if TYPE_CHECKING:
    from simulator.brief.scenario.scenario import Scenario


@click.group(short_help="The library of incidents.")
def scenarios() -> None:
    """List, show and check scenarios. Showing one never tells its cause."""


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
@click.option("--calibrate", is_flag=True, help="Also play it by every policy, many seeds.")
@click.option("--seeds", type=click.IntRange(2, 10_000), default=50, show_default=True,
              help="Seeds a policy, with --calibrate.")  # fmt: skip
@json_option
def check(names: tuple[str, ...], calibrate: bool, seeds: int, json_: bool) -> int:
    """Check each SCENARIO (a name or a file; all where none is given) with its plan and roster.

    Every problem stands on its own line as file:line:column.
    """
    from simulator.brief import library

    asked = names or library.names("scenario")
    verdicts: dict[str, Any] = {}
    sound = True
    for name in asked:
        loaded = library.load(name)
        verdicts[name] = {"warnings": [str(problem) for problem in loaded.warnings]}
        if not json_:
            show.warn(loaded.warnings)
            show.result(f"{name}: sound, {len(loaded.warnings)} warnings")
        if calibrate:
            from simulator.authoring.calibrate import calibrated

            verdict = calibrated(loaded.brief, seeds=seeds, progress=show.talk)
            verdicts[name]["calibration"] = verdict.as_json()
            sound = sound and verdict.sound
            if not json_:
                show.table(verdict.columns, verdict.rows)
                for found in verdict.found:
                    show.result(f"- {found}")
    if json_:
        show.as_json(verdicts)
    return 0 if sound else 1


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
