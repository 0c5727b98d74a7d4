"""Where a report's files go, and the one call that writes them.

Rule 1: nothing that exists is ever overwritten.
Rule 2: a record that does not verify is told as far as it does, and every page says so.
Rule 3: `reports` is imported here, and only when a report is asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import HostError, JournalError
from simulator.text import clean_line
from tui import show

if TYPE_CHECKING:
    from simulator.archive.archive import Archive
    from simulator.debrief.regret.verdict import Regret
    from simulator.journal.record import Line
    from simulator.journal.review.finality import Finality

DEFAULT = Path("gameday-out")
UNVERIFIED = "UNVERIFIED"
"""What stands on whatever is told of a record that does not verify."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report on disk."""

    files: tuple[Path, ...]
    """The page first."""
    verified: bool
    found: str
    """What is wrong with the record, as a sentence; empty where nothing is."""
    regret: "Regret | None" = None
    """What replays of its decisions said, where they were asked for."""


def free_folder(folder: Path) -> Path:
    """The folder, refused where it exists and holds anything."""
    shown = clean_line(str(folder), longest=300)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise HostError(f"{shown} exists already; nothing is overwritten, choose another --out")
    except (OSError, ValueError) as error:
        raise HostError(f"{shown}: {error}; choose another --out") from error
    return folder


def report_into(
    history: "Archive",
    drill_id: str,
    folder: Path | None,
    *,
    names: bool = False,
    replay: "Callable[[Sequence[Line]], Regret] | None" = None,
) -> Written:
    """Write the report of a recorded drill, and say where it lies.

    `replay`, where given, plays its decisions on; of a record that does not verify none is.

    Of a record that does not verify, what does is told, without a score, and marked UNVERIFIED.
    Raises JournalError where nothing of it does.
    """
    from reports.drill_report import write_report_of

    lines, verdict = history.sound_part(drill_id)
    out = folder or _next_to_others(drill_id)
    regret = None
    now, found = _said_since(history, drill_id) if verdict.intact else (None, verdict.found)
    if found:
        show.talk(f"{drill_id} is {UNVERIFIED}: {found}")
        files = _marked(lines, out, drill_id, found, names=names)
    else:
        regret = replay(lines) if replay else None
        files = write_report_of(
            lines, out, drill_id=drill_id, now=now, names=names, called=history.people(),
            regret=regret,
        )  # fmt: skip
    show.talk(f"report: {files[0]} (and {len(files) - 1} files beside it)")
    return Written(files=files, verified=not found, found=found, regret=regret)


def _said_since(history: "Archive", drill_id: str) -> "tuple[Finality | None, str]":
    """How final the score is, and why nobody can say: a void run must not get its score back."""
    try:
        return history.review(drill_id).now, ""
    except (HostError, JournalError) as error:
        return None, str(error)


def incident_into(
    history: "Archive", drill_id: str, folder: Path | None, *, names: bool = False
) -> Written:
    """Draft the post-incident report of a recorded drill in its plan's form, beside its report.

    Of a record that does not verify only the sound part is told. Raises JournalError where nothing
    of it is.
    """
    from reports.incident_report import FILES, incident_files, write_incident
    from simulator.debrief.replay import brief_of, entries_of

    lines, verdict = history.sound_part(drill_id)
    now, found = _said_since(history, drill_id) if verdict.intact else (None, verdict.found)
    if not lines:
        raise JournalError(f"drill {drill_id} is {UNVERIFIED} and nothing of it is sound: {found}")
    out = folder or _next_to_others(drill_id, but=FILES)
    head = "" if found else lines[-1].hash
    files = incident_files(
        entries_of(lines), brief_of(lines), drill_id=drill_id, verified_head=head, now=now,
        names=names,
    )  # fmt: skip
    if found:
        show.talk(f"{drill_id} is {UNVERIFIED}: {found}")
    written = write_incident(out, files)
    show.talk(f"post-incident report: {written[0]} (and {written[1].name} beside it)")
    return Written(files=written, verified=not found, found=found)


def _marked(
    lines: "Sequence[Line]", out: Path, drill_id: str, found: str, *, names: bool
) -> tuple[Path, ...]:
    """The report of a record's sound part, its mark in the title of every face."""
    from reports.drill_report import write_report
    from simulator.debrief.replay import brief_of, entries_of

    if not lines:
        raise JournalError(f"drill {drill_id} is {UNVERIFIED} and nothing of it is sound: {found}")
    brief = brief_of(lines)
    title = f"{UNVERIFIED} ({found}; {len(lines)} lines are sound): {brief.scenario.title}"
    marked = replace(brief, scenario=replace(brief.scenario, title=title))
    return write_report(
        entries_of(lines), marked, None, out, drill_id=drill_id, verified_head="", names=names
    )


def _next_to_others(drill_id: str, *, but: Sequence[str] = ()) -> Path:
    """`gameday-out/<drill>`, or the first number behind it that is free.

    With `but`, a folder that is there will do as long as it holds none of these files.
    """
    number, folder = 1, DEFAULT / drill_id
    while folder.exists() and not (but and not any((folder / name).exists() for name in but)):
        number += 1
        folder = DEFAULT / f"{drill_id}-{number}"
    return folder
