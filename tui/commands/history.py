"""`gameday archive`: what was played, carried from one place to another, and proved unchanged."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tui import show
from tui.options import archive_option, json_option, opened
from tui.reporting import UNVERIFIED

if TYPE_CHECKING:
    from simulator.archive.index import StoredScore
    from simulator.archive.schema import DrillSummary
    from simulator.archive.verdict import Verdict
    from simulator.journal.review.finality import Finality


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
        damaged, reviews = history.damaged(), history.reviews()
    if json_:
        show.as_json(
            [
                {**asdict(one), "total_milli": totals[one.drill_id],
                 "verified": one.drill_id not in damaged, **_review(reviews[one.drill_id])}
                for one in drills
            ]
        )  # fmt: skip
        return
    if not drills:
        show.talk(f"no drill is recorded yet in {where}; `gameday run SCENARIO` plays one")
        return
    show.table(
        ("drill", "scenario", "plan", "mode", "seed", "began", "ended", "lines", "score",
         "review"),
        [
            (d.drill_id, d.scenario, d.plan, d.mode, d.seed, d.began,
             (d.ended or d.state) + (f", {UNVERIFIED}" if d.drill_id in damaged else ""), d.lines,
             _said(totals[d.drill_id], reviews[d.drill_id]), _state(d, reviews[d.drill_id]))
            for d in drills
        ],
    )  # fmt: skip
    for drill_id, found in damaged.items():
        show.talk(f"{drill_id} is {UNVERIFIED}: {found}")
    for drill_id in (one for one, now in reviews.items() if now is None):
        show.talk(f"the review of {drill_id} is {UNVERIFIED}; gameday archive verify {drill_id}")


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
        show.as_json({**asdict(about), "added": came.is_new, "acts_added": came.acts_added})
    elif came.is_new:
        acts = f", {came.acts_added} acts of review" if came.acts_added else ""
        show.result(f"{about.drill_id}: {about.lines} lines, head {about.head[:12]}{acts}")
    elif came.acts_added:
        show.result(
            f"{about.drill_id} is this very drill (head {about.head[:12]}); its review went on:"
            f" {came.acts_added} acts were added"
        )
    else:
        show.result(
            f"{about.drill_id} is this very drill (head {about.head[:12]}); nothing was added"
        )


@archive.command("verify", short_help="Is every line the one recorded?")
@click.argument("drill", required=False)
@archive_option
@json_option
def verify(drill: str | None, archive: str | None, json_: bool) -> int:
    """Verify DRILL, or every drill: names the first line that was changed or lost.

    What was said of a drill after it is a chain of its own, with a verdict of its own.
    """
    with opened(archive) as history:
        verdicts = history.verify(history.find(drill).drill_id if drill else None)
        reviews = {one.drill_id: history.verify_review(one.drill_id) for one in verdicts
                   if one.is_checked}  # fmt: skip
    if json_:
        show.as_json(
            [{**asdict(one), "review": asdict(reviews[one.drill_id])
              if one.drill_id in reviews else None} for one in verdicts]
        )  # fmt: skip
    else:
        for verdict in verdicts:
            state = "sound" if verdict.intact else "NOT SOUND"
            if not verdict.is_checked:
                state = "being written"
            found = verdict.found or f"head {verdict.head[:12]}"
            show.result(f"{verdict.drill_id}: {state}, {verdict.lines} lines; {found}")
            _told_review(reviews.get(verdict.drill_id))
    sound = all(verdict.intact for verdict in (*verdicts, *reviews.values()))
    return 0 if sound else 1


def _told_review(verdict: "Verdict | None") -> None:
    """The second chain's own verdict, where anything was said of the drill."""
    if verdict is None or (verdict.intact and not verdict.lines):
        return
    state = "sound" if verdict.intact else "NOT SOUND"
    found = verdict.found or f"head {verdict.head[:12]}"
    show.result(f"  its review: {state}, {verdict.lines} acts; {found}")


@archive.command("erase", short_help="Forget a person's name and words.")
@click.argument("person")
@archive_option
@json_option
def erase(person: str, archive: str | None, json_: bool) -> None:
    """Erase what PERSON (an id, or a name this archive knows) is called and said in reviews.

    Chains still verify and no score changes; journals hold seats, and stay as they are.
    """
    from simulator.errors import UnknownNameError
    from simulator.text import did_you_mean

    with opened(archive) as history:
        people = history.people()
        named = [one for one, name in people.items() if name.casefold() == person.casefold()]
        who = named[0] if len(named) == 1 else person
        acts = history.erase_words(who)
        is_named = who in people
        if is_named:
            history.forget_person(who)
    if not (acts or is_named):
        hint = did_you_mean(person, (*people, *people.values()))
        raise UnknownNameError(
            f"this archive holds no name and no words of {person[:60]!r}; {hint}".rstrip("; ")
        )
    if json_:
        show.as_json({"person": who, "name_erased": is_named, "acts": acts})
        return
    name = "the name and " if is_named else ""
    show.result(f"{who}: {name}the words of {acts} acts of review are erased; every score stays")


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


def _said(total_milli: int | None, now: "Finality | None") -> str:
    """The engine's total, and beside it the amended one; none of a void run."""
    if now is not None and now.state == "void":
        return ""
    engine = "" if total_milli is None else f"{total_milli / 1000:.1f}"
    amended = now.amended_total if now is not None else None
    if amended is None or amended.total_milli is None:
        return engine
    return f"{engine}, amended {amended.total_milli / 1000:.1f}"


def _state(about: "DrillSummary", now: "Finality | None") -> str:
    if about.state != "sealed":
        return ""
    return UNVERIFIED if now is None else now.state


def _review(now: "Finality | None") -> dict[str, Any]:
    amended = now.amended_total if now is not None else None
    return {
        "review": None if now is None else now.state,
        "amended_milli": amended.total_milli if amended else None,
    }
