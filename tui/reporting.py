"""Where a report's files go, and the one call that writes them.

Rule 1: nothing that exists is ever overwritten.
Rule 2: `reports` is imported here, and only when a report is asked for.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import HostError
from simulator.text import clean_line
from tui import show

if TYPE_CHECKING:
    from simulator.archive.archive import Archive

DEFAULT = Path("gameday-out")


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
    history: "Archive", drill_id: str, folder: Path | None, *, names: bool = False
) -> None:
    """Write the report of a recorded drill, and say where it lies."""
    from reports.drill_report import write_report_of

    out = folder or _next_to_others(drill_id)
    files = write_report_of(history.read(drill_id), out, drill_id=drill_id, names=names)
    show.talk(f"report: {files[0]} (and {len(files) - 1} files beside it)")


def _next_to_others(drill_id: str) -> Path:
    """`gameday-out/<drill>`, or the first number behind it that is free."""
    number, folder = 1, DEFAULT / drill_id
    while folder.exists():
        number += 1
        folder = DEFAULT / f"{drill_id}-{number}"
    return folder
