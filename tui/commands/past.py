"""What one can do with a drill that is over: tell it, prove it, play it on, report it."""

from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from tui import show
from tui.options import Moment, archive_option, json_option, opened, out_option, responder_option


@click.command(short_help="Tell a past drill.")
@click.argument("drill")
@click.option("--as", "seat", default="", metavar="SEAT",
              help="Only what this role or person was told.")  # fmt: skip
@click.option("--all", "everything", is_flag=True,
              help="Also orders beside what came of them, and bookkeeping.")  # fmt: skip
@click.option("--texts", is_flag=True, help="Messages, reports and screens with every line.")
@archive_option
@json_option
def replay(
    *, drill: str, seat: str, everything: bool, texts: bool, archive: str | None, json_: bool
) -> None:
    """Tell DRILL (its id, or how it begins) in sentences, as the facilitator saw it."""
    from simulator.debrief.replay import replay as told_again

    with opened(archive) as history:
        lines = history.read(history.find(drill).drill_id)
    told = told_again(lines, seat=seat, everything=everything)
    if json_:
        show.as_json([asdict(one) for one in told])
        return
    width = max((len(one.moment) for one in told), default=0)
    for one in told:
        show.result(f"{one.moment:>{width}}  {one.says}")
        for text in one.whole if texts else ():
            show.result(f"{'':>{width}}    {text}")


@click.command(short_help="Prove a past drill.")
@click.argument("drill")
@archive_option
@json_option
def rerun(drill: str, archive: str | None, json_: bool) -> int:
    """Run DRILL again from its recorded orders and compare every line, byte for byte."""
    from simulator.debrief.replay import rerun as run_again

    with opened(archive) as history:
        about = history.find(drill)
        proof = run_again(history.read(about.drill_id))
    if json_:
        show.as_json({"drill": about.drill_id, **asdict(proof)})
    elif proof.same:
        show.result(f"{about.drill_id}: {proof.lines} lines, the same to the byte")
        show.result(f"head {proof.head}")
    else:
        show.result(f"{about.drill_id}: NOT the same from line {proof.differs_at} on")
        show.result(proof.found)
    return 0 if proof.same else 1


@click.command(short_help="Play a past drill on by other hands.")
@click.argument("drill")
@click.option("--at", "at", type=Moment(), required=True,
              help="When to go on: so long after the first page, such as 12m.")  # fmt: skip
@responder_option
@archive_option
@json_option
def fork(drill: str, at: int, responder: str, archive: str | None, json_: bool) -> None:
    """Play DRILL on from a moment: until then as recorded, from then on by other responders."""
    from simulator.debrief.replay import brief_of
    from simulator.session.headless import play_fork
    from simulator.session.seating import wished
    from tui.scorecard import card_json, print_card

    with opened(archive, only_reading=False) as history:
        parent = history.find(drill).drill_id
        policies = wished(brief_of(history.read(parent)), responder)
        if not policies:
            raise click.UsageError("say who goes on: --responder expert, or on_call=expert")
        with show.kept(history) as begun:
            played = play_fork(history, parent, at, policies, begun=begun)
        show.talk(f"drill {played.drill_id}, forked from {parent}; ended: {played.ended}")
    if json_:
        card = card_json(
            played.drill_id, played.card, lines=played.lines, head=played.head, parent=parent
        )
        show.as_json(card)
    else:
        print_card(played.drill_id, played.card)


@click.command(short_help="Write the report of a past drill.")
@click.argument("drill")
@out_option
@click.option("--names", is_flag=True, help="Write people's names beside their roles.")
@click.option(
    "--regret",
    is_flag=True,
    help="Also play its weightiest decisions on both ways, many times; takes minutes.",
)
@click.option(
    "--futures",
    type=click.IntRange(8, 10_000),
    default=40,
    show_default=True,
    help="Replays of each decision, with --regret.",
)
@click.option("--workers", type=click.IntRange(1, 256), default=None,
              help="Processes, with --regret.  [default: one a core]")  # fmt: skip
@click.option("--incident", is_flag=True,
              help="Draft the post-incident report instead, in the plan's own form.")  # fmt: skip
@click.option("--check", "edited", metavar="FILE", default=None, type=click.Path(),
              help="With --incident: say where this edited report contradicts itself.")  # fmt: skip
@archive_option
@json_option
def report(
    *,
    drill: str,
    out: str | None,
    names: bool,
    regret: bool,
    futures: int,
    workers: int | None,
    incident: bool,
    edited: str | None,
    archive: str | None,
    json_: bool,
) -> int:
    """Write the report of DRILL: one HTML page that needs nothing else, and its figures.

    With --incident, the post-incident report is drafted from the record in the plan's own form, as
    incident.md and incident.html beside the others. --check reads FILE, an edited incident.md or
    the claims of any report as YAML, writes nothing, and exits 1 where it contradicts itself.

    Where the record does not verify, the report tells only what does and is marked UNVERIFIED;
    the exit code is then 1. With --regret, Ctrl-C ends the replays and writes what was played.
    """
    from tui.command_line import FOUND, INTERRUPTED
    from tui.incident import check, draft
    from tui.replaying import replayed, told
    from tui.reporting import free_folder, report_into

    if (edited is not None and not incident) or (incident and regret):
        raise click.UsageError("--check goes with --incident, --regret without it")
    if edited is not None:
        return check(drill, Path(edited), archive, json_=json_)
    if incident:
        return draft(drill, out, archive, names=names, json_=json_)
    folder = None if out is None else free_folder(Path(out))
    play = partial(replayed, futures=futures, workers=workers) if regret else None
    with opened(archive) as history:
        drill_id = history.find(drill).drill_id
        written = report_into(history, drill_id, folder, names=names, replay=play)
        if written.regret and not json_:
            for line in told(written.regret, history.read(drill_id), names=names):
                show.result(line)
    if json_:
        files = [str(file) for file in written.files]
        found = {"regret": written.regret.as_json()} if written.regret else {}
        show.as_json(
            {"drill": drill_id, "files": files, "verified": written.verified,
             "found": written.found, **found}
        )  # fmt: skip
    stopped = written.regret.stopped if written.regret else ""
    if stopped == "interrupted":
        return INTERRUPTED
    return FOUND if stopped or not written.verified else 0
