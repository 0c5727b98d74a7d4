"""The report of one drill, written: HTML, Markdown, JSON and three CSV files in a folder.

Rule 1: nothing that exists is overwritten; a folder that cannot be finished is taken back.
Rule 2: the same journal, card and names make the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from reports import frames
from reports.cells import as_csv
from reports.charts import charts_of
from reports.gather import contents
from reports.page import html_page, markdown
from reports.played import Played, played
from reports.review_rows import NO_NAMES
from simulator.brief.brief import Brief, reread
from simulator.debrief.regret.verdict import Regret
from simulator.debrief.scorecard import Scorecard
from simulator.debrief.scoring import score
from simulator.errors import HostError, JournalError
from simulator.journal.entry import Entry, from_line
from simulator.journal.events.room import DrillOpened
from simulator.journal.record import Line, verify
from simulator.journal.review.finality import VOID_ENDS, Finality
from simulator.text import clean_line


def write_report(
    entries: Sequence[Entry],
    brief: Brief,
    card: Scorecard | None,
    out: Path,
    *,
    drill_id: str,
    verified_head: str,
    now: Finality | None = None,
    names: bool = False,
    called: Mapping[str, str] = NO_NAMES,
    regret: Regret | None = None,
) -> tuple[Path, ...]:
    """Write the report into `out` and return its files, the page first.

    `card` is None for a run without a score, `verified_head` empty for a chain nobody checked;
    `now` is what was said of it since, `names` writes people's names beside their roles, those
    `called` among them; `regret` is what replays of its decisions said. Raises HostError where
    `out` holds anything or cannot be written, JournalError where the entries do not begin at the
    beginning.
    """
    files = report_files(
        entries, brief, card, drill_id=drill_id, verified_head=verified_head, now=now,
        names=names, called=called, regret=regret,
    )  # fmt: skip
    return _written(out, files)


def write_report_of(
    lines: Sequence[Line],
    out: Path,
    *,
    drill_id: str,
    now: Finality | None = None,
    names: bool = False,
    called: Mapping[str, str] = NO_NAMES,
    regret: Regret | None = None,
) -> tuple[Path, ...]:
    """As `write_report`, from a record alone: verified, re-read and scored here."""
    head = verify(lines)
    entries = [from_line(line) for line in lines]
    opened = entries[0].what
    if not isinstance(opened, DrillOpened):
        raise JournalError("a report needs a journal from its first entry on")
    brief = reread(opened.brief).playing(opened.variant)
    whole = played(entries, brief)
    card = None if whole.situation.ended in VOID_ENDS else score(entries, brief)
    return write_report(
        entries, brief, card, out, drill_id=drill_id, verified_head=head, now=now, names=names,
        called=called, regret=regret,
    )  # fmt: skip


def report_files(
    entries: Sequence[Entry],
    brief: Brief,
    card: Scorecard | None,
    *,
    drill_id: str,
    verified_head: str,
    now: Finality | None = None,
    names: bool = False,
    called: Mapping[str, str] = NO_NAMES,
    regret: Regret | None = None,
) -> dict[str, str]:
    """The report's files by name, as text; pure. A void run's tell no score."""
    whole = played(entries, brief, names=names)
    card = None if now is not None and now.state == "void" else card
    it = contents(
        whole, card, drill_id=drill_id, verified_head=verified_head, now=now,
        called=called if names else NO_NAMES, regret=regret,
    )  # fmt: skip
    charts = charts_of(whole, card, it)
    plain = it.as_json() | {"card": card.as_json() if card else None}
    replayed = {"regret.json": json.dumps(regret.as_json(), indent=1) + "\n"} if regret else {}
    return {
        "report.html": html_page(it, charts, card),
        "report.md": markdown(it, charts, card),
        "report.json": json.dumps(plain, ensure_ascii=False, indent=1) + "\n",
        "events.csv": as_csv(frames.events(whole)),
        "targets.csv": as_csv(frames.deadlines(whole, card)),
        "signals.csv": as_csv(_signals(whole)),
        **replayed,
    }


def _signals(whole: Played) -> pd.DataFrame:
    """True and seen figures in one file, told apart by their first column."""
    true = frames.true_signals(whole).assign(side="true")
    seen = frames.seen_signals(whole).assign(side="seen")
    seen["by"] = [whole.who(by) if by else "" for by in seen["by"]]
    columns = ["side", *frames.SEEN_COLUMNS]
    rows = [frame.reindex(columns=columns).astype(object) for frame in (true, seen)]
    both = pd.concat(rows, ignore_index=True)
    return both.sort_values(["at", "seq", "side"], kind="stable", ignore_index=True)


def _written(out: Path, files: dict[str, str]) -> tuple[Path, ...]:
    shown = clean_line(str(out), longest=300)
    made: list[Path] = []
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise HostError(f"{shown} exists already; nothing is overwritten, choose another --out")
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = out / name
            with path.open("x", encoding="utf-8", newline="") as file:
                made.append(path)
                file.write(text)
    except (OSError, ValueError) as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise HostError(f"{shown}: {error}; choose another --out") from error
    return tuple(made)
