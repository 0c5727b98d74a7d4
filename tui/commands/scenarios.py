"""`gameday scenarios`: the library of incidents, and whether one of them is sound."""

from typing import TYPE_CHECKING, Any

import click

from tui import show
from tui.commands.scenario_check import check
from tui.commands.scenario_new import new
from tui.options import json_option

if TYPE_CHECKING:
    from simulator.brief.scenario.scenario import Scenario


@click.group(short_help="The library of incidents.")
def scenarios() -> None:
    """List, show, begin and check scenarios. Showing one tells its cause only with --spoilers."""


scenarios.add_command(new)
scenarios.add_command(check)


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
