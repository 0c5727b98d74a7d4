"""The post-incident report of one drill, in the plan's own form: written, read back, checked.

Rule 1: nothing that exists is overwritten; a file that cannot be finished is taken back.
Rule 2: the same journal, card and names make the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reports.incident_draft import incident_report
from reports.incident_markdown import incident_markdown
from reports.incident_page import incident_html
from reports.incident_reading import LONGEST, reread
from simulator.brief.brief import Brief
from simulator.brief.plan.plan import Plan
from simulator.debrief.aftermath.contradiction import Contradiction
from simulator.debrief.aftermath.contradictions import contradictions
from simulator.debrief.aftermath.document import account_of, front_matter
from simulator.debrief.scorecard import Scorecard
from simulator.debrief.scoring import score
from simulator.errors import HostError
from simulator.journal.entry import Entry
from simulator.journal.review.finality import VOID_ENDS, Finality
from simulator.text import clean_line

FILES: Final = ("incident.html", "incident.md")
DOCUMENTS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of a report came to."""

    found: tuple[Contradiction, ...]
    blanks: int
    """How many blanks people have not filled yet."""


def incident_files(
    entries: Sequence[Entry],
    brief: Brief,
    *,
    drill_id: str,
    verified_head: str,
    card: Scorecard | None = None,
    now: Finality | None = None,
    names: bool = False,
) -> dict[str, str]:
    """The report's two files by name, as text; pure.

    Without a `card` the drill is scored here; a run that is void, by its end or by what was said of
    it since (`now`), and one that does not verify, tell of no deadlines.
    """
    ended = getattr(entries[-1].what, "reason", "") if entries else ""
    is_void = ended in VOID_ENDS or (now is not None and now.state == "void")
    known = None if is_void or not verified_head else card or score(entries, brief)
    it = incident_report(
        entries, brief, known, drill_id=drill_id, verified_head=verified_head, names=names
    )
    return {"incident.html": incident_html(it), "incident.md": incident_markdown(it)}


def write_incident(out: Path, files: dict[str, str]) -> tuple[Path, ...]:
    """Write the files into a folder that holds none of them; the page first.

    Raises HostError where one is there already, or where the folder cannot be written.
    """
    made: list[Path] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = out / name
            with path.open("x", encoding="utf-8", newline="") as file:
                made.append(path)
                file.write(text)
    except (OSError, ValueError) as error:
        for path in made:
            path.unlink(missing_ok=True)
        shown = clean_line(str(out), longest=300)
        says = "it holds such a report already; nothing is overwritten"
        why = says if isinstance(error, FileExistsError) else str(error)
        raise HostError(f"{shown}: {why}; choose another --out") from error
    return tuple(made)


def check_incident(path: Path, plan: Plan) -> Checked:
    """Where an edited report, or anybody's claims as YAML or front matter, contradicts itself.

    Raises HostError for a file that cannot be read, BriefError for a document that is wrong.
    """
    shown = clean_line(str(path), longest=300)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        raise HostError(f"{shown}: {error}; name a file that can be read") from error
    if len(text) > LONGEST:
        raise HostError(f"{shown}: longer than {LONGEST:,} characters; a report is shorter")
    front = front_matter(text)
    if front or path.suffix in DOCUMENTS:
        return Checked(found=contradictions(account_of(front or text, shown), plan), blanks=0)
    read = reread(text, plan)
    return Checked(found=(*_gone(read.gone), *contradictions(read.account, plan)),
                   blanks=read.blanks)  # fmt: skip


def _gone(headings: Sequence[str]) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(
            code="heading_gone",
            where=f"“{heading}”",
            found="the report has it no longer",
            expected="the plan's form asks for it",
            do="Put it back, empty if there is nothing to say",
        )
        for heading in headings
    )
