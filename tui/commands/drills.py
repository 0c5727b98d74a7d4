"""`gameday run`: a scenario played by bots alone, from the file to the report."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from tui import show
from tui.options import (
    Points,
    archive_option,
    json_option,
    opened,
    out_option,
    player_option,
    seed_option,
)

if TYPE_CHECKING:
    from simulator.archive.archive import Archive
    from simulator.session.headless import Played

MODES = ("guided", "standard", "assessed")
TERMS = ("plan", "roster", "responder", "seed", "variant", "mode")
"""What a drill is begun with; it goes on under the same."""


@click.command(short_help="Play a scenario by bots alone.")
@click.argument("scenario", required=False)
@click.option("--plan", default="", metavar="PLAN", help="Play under this response plan.")
@click.option("--roster", default="", metavar="ROSTER", help="Seat these people.")
@player_option
@seed_option
@click.option("--variant", default="", help="The truth behind the page; drawn by the seed.")
@click.option("--mode", type=click.Choice(MODES), default="standard", show_default=True)
@click.option("--resume", "resumed", default="", metavar="DRILL", help="Go on with a stopped one.")
@click.option("--fail-under", type=Points(0, 100), default=None, metavar="N",
              help="Exit 1 where the total is below N or the run is incomplete.")  # fmt: skip
@out_option
@click.option("--no-report", is_flag=True, help="Write no files; the archive has everything.")
@archive_option
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    *,
    scenario: str | None,
    plan: str,
    roster: str,
    responder: str,
    seed: int,
    variant: str,
    mode: str,
    resumed: str,
    fail_under: float | None,
    out: str | None,
    no_report: bool,
    archive: str | None,
    json_: bool,
) -> int:
    """Play SCENARIO (a name or a file) by bots alone, score it and write its report.

    The drill is kept in the archive second by second; `gameday replay` tells it, `gameday rerun`
    proves it. The scorecard is printed on standard output.
    """
    from tui.reporting import free_folder, report_into

    if bool(scenario) == bool(resumed):
        raise click.UsageError("give a SCENARIO, or --resume DRILL")
    if resumed:
        _refuse_terms(ctx)
    folder = None if no_report or out is None else free_folder(Path(out))
    with opened(archive, only_reading=bool(resumed)) as history:
        if resumed:
            played = _resumed(history, resumed)
        else:
            played = _played(
                history,
                scenario=scenario or "",
                plan=plan,
                roster=roster,
                responder=responder,
                seed=seed,
                variant=variant,
                mode=mode,
            )
        show.talk(f"drill {played.drill_id}: {played.lines} entries, ended: {played.ended}")
        _shown(played, json_)
        if not no_report:
            report_into(history, played.drill_id, folder)
    return _verdict(played, fail_under)


def _refuse_terms(ctx: click.Context) -> None:
    """A usage error naming what was asked of a drill that has its terms already."""
    asked = [
        f"--{name}"
        for name in TERMS
        if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT
    ]
    if asked:
        verb = "does" if len(asked) == 1 else "do"
        raise click.UsageError(
            f"{', '.join(asked)} {verb} not go with --resume: a drill goes on under the terms it"
            " was begun with (`gameday fork` plays it on by other hands)"
        )


def _played(
    history: "Archive",
    *,
    scenario: str,
    plan: str,
    roster: str,
    responder: str,
    seed: int,
    variant: str,
    mode: str,
) -> "Played":
    from simulator.brief.contract import SHORT, WHERE
    from simulator.brief.library import load
    from simulator.debrief.rubric import rubric_hash
    from simulator.drill import Terms
    from simulator.errors import UnknownNameError
    from simulator.session.headless import play
    from simulator.session.scripts import seats
    from simulator.text import did_you_mean

    loaded = load(scenario, plan=plan, roster=roster)
    show.warn(loaded.warnings)
    variants = loaded.brief.scenario.variants
    if variant and variant not in variants:
        hint = did_you_mean(variant, variants)
        raise UnknownNameError(f"{loaded.brief.scenario.id} has no variant {variant!r}; {hint}")
    seated = seats(loaded.brief, responder)
    terms = Terms(
        seed=seed,
        variant=variant,
        mode=mode,
        policies=seated.policies,
        rubric=rubric_hash(),
    )
    show.talk(f"{SHORT} The whole: {WHERE}.")
    if sys.stderr.isatty():
        show.talk(f"{loaded.brief.scenario.title}, seed {seed} ...")
    with show.kept(history) as begun:
        return play(history, seated.brief, terms, begun=begun)


def _resumed(history: "Archive", word: str) -> "Played":
    from simulator.session.headless import resume

    drill_id = history.find(word).drill_id
    with show.kept(history) as begun:
        begun(drill_id)
        return resume(history, drill_id)


def _shown(played: "Played", json_: bool) -> None:
    from tui.scorecard import card_json, print_card

    if json_:
        show.as_json(card_json(played.drill_id, played.card, lines=played.lines, head=played.head))
    else:
        print_card(played.drill_id, played.card)


def _verdict(played: "Played", fail_under: float | None) -> int:
    total = played.card.total_milli
    if fail_under is None:
        return 0
    if total is None:
        show.talk(f"incomplete: no total to hold against {fail_under:g}")
        return 1
    if total < fail_under * 1000:
        show.talk(f"{total / 1000:.1f} is below {fail_under:g}")
        return 1
    return 0
