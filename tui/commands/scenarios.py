"""`gameday scenarios`: the library of incidents, and whether one of them is sound."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui import show
from tui.commands.scenario_check import check
from tui.commands.scenario_new import new
from tui.options import json_option

if TYPE_CHECKING:
    from simulator.brief.roster import Roster
    from simulator.brief.scenario.scenario import Scenario

KINDS = ("incident", "exercise")


@click.group(short_help="The library of incidents.")
def scenarios() -> None:
    """List, show, begin and check scenarios. Showing one tells its cause only with --spoilers."""


scenarios.add_command(new)
scenarios.add_command(check)


@scenarios.command("list", short_help="Every scenario.")
@click.option("--organisation", default="", metavar="TEXT", help="Whose name holds this.")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Only of this kind.")
@click.option("--difficulty", type=click.IntRange(1, 5), default=None, help="Only this hard.")
@click.option("--competency", default="", metavar="WORD", help="Only what practises this.")
@json_option
def list_(
    *, organisation: str, kind: str | None, difficulty: int | None, competency: str, json_: bool
) -> None:
    """List the scenarios that come with gameday, all or those asked for."""
    from simulator.brief.library import names, read_scenario
    from simulator.clock import said

    every = [read_scenario(name).value for name in names("scenario")]
    _refuse_strange(competency, {word for one in every for word in one.competencies})
    found = [
        one
        for one in every
        if organisation.casefold() in one.organisation.casefold()
        and kind in (None, one.kind)
        and difficulty in (None, one.difficulty)
        and (not competency or competency in one.competencies)
    ]
    if json_:
        show.as_json([_about(scenario) for scenario in found])
        return
    if not found:
        show.talk("no scenario is like that; without options all are listed")
        return
    show.table(
        ("scenario", "title", "organisation", "plan", "kind", "level", "restore", "practises"),
        [
            (s.id, s.title, s.organisation, s.plan, s.kind, s.difficulty,
             said(s.expected.restore), " ".join(s.competencies))
            for s in found
        ],
    )  # fmt: skip


def _refuse_strange(word: str, known: set[str]) -> None:
    """A usage error for a competency no scenario practises, with the nearest there is."""
    from simulator.text import clean_line, did_you_mean

    if word and word not in known:
        shown = clean_line(word, longest=80)
        raise click.BadParameter(
            f"no scenario practises {shown!r}; {did_you_mean(word, known)}",
            param_hint="--competency",
        )


@scenarios.command("show", short_help="As a facilitator reads it.")
@click.argument("scenario")
@click.option("--spoilers", is_flag=True, help="Also what is true, and what cures it.")
@json_option
def show_(*, scenario: str, spoilers: bool, json_: bool) -> None:
    """Show SCENARIO as a facilitator reads it; nothing gives it away unless --spoilers is said."""
    from simulator.brief.library import load, read_scenario
    from tui.scenario_sheet import as_data, print_sheet

    read = read_scenario(scenario)
    sealed = load(scenario).brief if spoilers else None
    roster = _roster_of(read.value, Path(read.file).parent)
    if json_:
        show.as_json({**_about(read.value), **as_data(read.value, roster, sealed)})
        return
    print_sheet(read.value, roster, sealed)


def _roster_of(scenario: "Scenario", near: Path) -> "Roster | None":
    """The people of the roster it names; None, and a word about it, where that cannot be read."""
    from simulator.brief.library import read_roster
    from simulator.errors import GamedayError

    try:
        return read_roster(scenario.roster, near).value
    except GamedayError as error:
        show.talk(f"without its people: {str(error).splitlines()[0]}")
        return None


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
        "session_s": scenario.expected.session,
    }
