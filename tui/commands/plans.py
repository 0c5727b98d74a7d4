"""`gameday plans`: response plans as people read them, and what they rest on."""

from typing import TYPE_CHECKING, Any

import click

from tui import show
from tui.options import json_option

if TYPE_CHECKING:
    from simulator.brief.plan.plan import Plan


@click.group(short_help="Response plans.")
def plans() -> None:
    """List, show and check response plans: the rules a drill is played and scored by."""


@plans.command("list", short_help="Every plan.")
@json_option
def list_(json_: bool) -> None:
    """List the response plans that come with gameday."""
    from simulator.brief.library import names, read_plan

    found = [read_plan(name).value for name in names("plan")]
    if json_:
        show.as_json(
            [
                {"id": p.id, "organisation": p.organisation, "title": p.title,
                 "levels": list(p.levels), "duties": len(p.duties)}
                for p in found
            ]
        )  # fmt: skip
        return
    show.table(
        ("plan", "organisation", "title", "levels", "duties"),
        [(p.id, p.organisation, p.title, " ".join(p.levels), len(p.duties)) for p in found],
    )


@plans.command("show", short_help="A plan as a person reads it.")
@click.argument("plan")
@click.option("--severity", default="", metavar="LEVEL", help="Only what one level brings.")
@json_option
def show_(plan: str, severity: str, json_: bool) -> None:
    """Show PLAN: its levels, and for each (or one) who is paged and what is owed, by when."""
    from simulator.brief.library import read_plan
    from simulator.errors import UnknownNameError
    from simulator.text import did_you_mean
    from tui.plan_sheet import owed_at, print_plan

    found = read_plan(plan).value
    if severity and severity not in found.levels:
        hint = did_you_mean(severity, found.levels)
        raise UnknownNameError(f"{found.id} has no level {severity!r}; {hint}")
    levels = (severity,) if severity else found.ordered()
    if json_:
        show.as_json({level: [row.as_json() for row in owed_at(found, level)] for level in levels})
    else:
        print_plan(found, levels)


@plans.command("check", short_help="Is it sound, and what does it rest on?")
@click.argument("names", nargs=-1, metavar="[PLAN]...")
@click.option("--attainable", is_flag=True, help="Also ask whether a perfect team could keep it.")
@json_option
def check(names: tuple[str, ...], attainable: bool, json_: bool) -> int:
    """Check each PLAN (a name or a file; all where none is given).

    Counts where its values come from, and lists those that are assumed.
    """
    from simulator.brief import library, provenance

    verdicts: dict[str, Any] = {}
    sound = True
    for name in names or library.names("plan"):
        read = library.read_plan(name)
        origins = library.plan_origins(name)
        counts = provenance.tally(origins, provenance.count_values(read.node))
        assumed = provenance.assumed(origins)
        verdicts[name] = {
            "warnings": [str(problem) for problem in read.warnings],
            "origins": counts,
            "assumed": [{"at": path, "why": why} for path, why in assumed],
        }
        if not json_:
            show.warn(read.warnings)
            show.heading(f"{read.value.title} ({read.value.id}): sound")
            for kind, count in counts.items():
                show.result(f"{count:6}  {kind}: {provenance.MEANINGS[kind]}")
            show.heading("Assumed")
            for path, why in assumed:
                show.result(f"{path}: {why}")
        if attainable:
            lost, rows = _attainable(read.value)
            verdicts[name]["unattainable"] = list(lost)
            verdicts[name]["slack"] = [list(row) for row in rows]
            sound = sound and not lost
            if not json_:
                from simulator.debrief.attainable import HEADER

                show.heading("Slack of a team that needs no time to think")
                show.table(HEADER, rows)
    if json_:
        show.as_json(verdicts)
    return 0 if sound else 1


def _attainable(plan: "Plan") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The duties nobody could keep, and the table of every deadline's slack."""
    from simulator.debrief.attainable import attainable, unattainable

    slacks = attainable(plan)
    return unattainable(slacks), [slack.row() for slack in slacks]
