"""`gameday archive`: what was played, carried from one place to another, and proved unchanged."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from tui import show
from tui.options import archive_option, json_option, opened
from tui.reporting import UNVERIFIED

if TYPE_CHECKING:
    from simulator.archive.index import StoredScore


@click.group(short_help="The drill history.")
def archive() -> None:
    """List, export, import and verify recorded drills."""


@archive.command("list", short_help="Every drill.")
@archive_option
@json_option
def list_(archive: str | None, json_: bool) -> None:
    """List every drill of the archive, with its newest score."""
    with opened(archive) as history:
        drills, where = history.list(), history.where
        totals = {drill.drill_id: _total(history.scores(drill.drill_id)) for drill in drills}
        damaged = history.damaged()
    if json_:
        show.as_json(
            [
                {**asdict(one), "total_milli": totals[one.drill_id],
                 "verified": one.drill_id not in damaged}
                for one in drills
            ]
        )  # fmt: skip
        return
    if not drills:
        show.talk(f"no drill is recorded yet in {where}; `gameday run SCENARIO` plays one")
        return
    show.table(
        ("drill", "scenario", "plan", "mode", "seed", "began", "ended", "lines", "score"),
        [
            (d.drill_id, d.scenario, d.plan, d.mode, d.seed, d.began,
             (d.ended or d.state) + (f", {UNVERIFIED}" if d.drill_id in damaged else ""), d.lines,
             _said(totals[d.drill_id]))
            for d in drills
        ],
    )  # fmt: skip
    for drill_id, found in damaged.items():
        show.talk(f"{drill_id} is {UNVERIFIED}: {found}")


@archive.command("export", short_help="One drill as JSON lines.")
@click.argument("drill")
@click.option("--to", "target", default="-", metavar="FILE", help="A new file.  [default: stdout]")
@archive_option
def export(drill: str, target: str, archive: str | None) -> None:
    """Write DRILL as JSON lines, verified; `gameday archive import` reads them anywhere."""
    from simulator.errors import HostError

    with opened(archive) as history:
        about = history.find(drill)
        if target == "-":
            history.export(about.drill_id, sys.stdout.buffer)
            return
        try:
            with Path(target).open("xb") as stream:
                history.export(about.drill_id, stream)
        except FileExistsError as error:
            raise HostError(f"{target} exists already; nothing is overwritten") from error
        except ValueError as error:
            raise HostError(f"{target!r} cannot be the path of a file: {error}") from error
    show.talk(f"written: {target}")


@archive.command("import", short_help="Take in an exported drill.")
@click.argument("file")
@archive_option
@json_option
def import_(file: str, archive: str | None, json_: bool) -> None:
    """Take in the drill of FILE (`-` is standard input), whole or not at all."""
    with opened(archive, only_reading=False) as history:
        if file == "-":
            came = history.import_(sys.stdin.buffer)
        else:
            with _regular(file) as stream:
                came = history.import_(stream)
    about = came.about
    if json_:
        show.as_json({**asdict(about), "added": came.is_new})
    elif came.is_new:
        show.result(f"{about.drill_id}: {about.lines} lines, head {about.head[:12]}")
    else:
        show.result(
            f"{about.drill_id} is this very drill (head {about.head[:12]}); nothing was added"
        )


@archive.command("verify", short_help="Is every line the one recorded?")
@click.argument("drill", required=False)
@archive_option
@json_option
def verify(drill: str | None, archive: str | None, json_: bool) -> int:
    """Verify DRILL, or every drill: names the first line that was changed or lost."""
    with opened(archive) as history:
        verdicts = history.verify(history.find(drill).drill_id if drill else None)
    if json_:
        show.as_json([asdict(verdict) for verdict in verdicts])
    else:
        for verdict in verdicts:
            state = "sound" if verdict.intact else "NOT SOUND"
            if not verdict.is_checked:
                state = "being written"
            found = verdict.found or f"head {verdict.head[:12]}"
            show.result(f"{verdict.drill_id}: {state}, {verdict.lines} lines; {found}")
    return 0 if all(verdict.intact for verdict in verdicts) else 1


def _regular(file: str) -> BinaryIO:
    """The file opened for reading; HostError for a folder, a pipe or a device."""
    from simulator.errors import HostError

    path = Path(file)
    try:
        if path.exists() and not path.is_file():
            raise HostError(f"{file} is not a regular file; give an exported drill")
        return path.open("rb")
    except OSError as error:
        raise HostError(f"{file}: {error.strerror}; give an exported drill") from error
    except ValueError as error:
        raise HostError(f"{file!r} cannot be the path of a file: {error}") from error


def _total(scores: "tuple[StoredScore, ...]") -> int | None:
    """The newest stored total in thousandths; None where none was stored or it is incomplete."""
    import json

    if not scores:
        return None
    total = json.loads(scores[-1].card).get("total_milli")
    return total if isinstance(total, int) else None


def _said(total_milli: int | None) -> str:
    return "" if total_milli is None else f"{total_milli / 1000:.1f}"
