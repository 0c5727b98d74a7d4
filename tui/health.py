"""What `gameday doctor` looks at: each thing with its verdict and what to do.

Rule 1: looking changes nothing that stays: a trial file is removed again.
Rule 2: BAD is what makes a drill impossible; WARN is what may hurt one.
"""

import os
import platform
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from simulator import __version__
from simulator.errors import GamedayError
from tui.options import opened

WAL_RESET_FIXED = (3, 51, 3)
BACKPORTED = {(3, 44): 6, (3, 50): 7}
"""Older lines of SQLite that got the same fix: line -> patch."""
WAL_RESET_SINCE = (3, 7, 0)
OTHER = "give a folder of your own: --archive DIR, or set GAMEDAY_ARCHIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at."""

    what: str
    verdict: Literal["OK", "WARN", "BAD"]
    found: str
    mend: str = ""
    """What to do; empty where nothing needs doing."""


def examined(archive: str | None) -> tuple[Finding, ...]:
    """Every finding, in the order one would ask."""
    return (
        Finding(what="gameday", verdict="OK", found=__version__),
        _python(),
        _sqlite(sqlite3.sqlite_version_info),
        _archive(archive),
        _writable("this folder", Path.cwd()),
        _writable("temporary files", Path(tempfile.gettempdir())),
        _terminal(),
        _encoding(),
    )


def _python() -> Finding:
    found = f"{platform.python_implementation()} {platform.python_version()} on {sys.platform}"
    return Finding(what="python", verdict="OK", found=found)


def _sqlite(version: tuple[int, ...]) -> Finding:
    """SQLite 3.7.0 to 3.51.2 may corrupt a database that two connections write ahead at once."""
    found = ".".join(map(str, version))
    line, patch = version[:2], version[2]
    fixed = version >= WAL_RESET_FIXED or patch >= BACKPORTED.get(line, 10_000)
    if fixed or version < WAL_RESET_SINCE:
        return Finding(what="sqlite", verdict="OK", found=found)
    return Finding(
        what="sqlite",
        verdict="WARN",
        found=f"{found} has the WAL-reset fault (two writers at once may corrupt a database)",
        mend="drills are safe: each has one writer; other programs must not write its file."
        " Fixed in 3.44.6, 3.50.7 and 3.51.3",
    )


def _archive(location: str | None) -> Finding:
    try:
        with opened(location) as history:
            drills = history.list()
            where = history.where
    except (GamedayError, OSError) as error:
        return Finding(
            what="archive",
            verdict="BAD",
            found=str(error),
            mend=OTHER,
        )
    place = Path(where)
    while "://" not in where and not place.exists():
        place = place.parent
    is_there = place == Path(where)
    if "://" not in where and not (os.access(place, os.W_OK) and (is_there or place.is_dir())):
        return Finding(
            what="archive", verdict="BAD", found=f"{where}: {place} takes no files", mend=OTHER
        )
    return Finding(what="archive", verdict="OK", found=f"{where}: {len(drills)} drills")


def _writable(what: str, folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            what=what, verdict="WARN", found=f"{folder}: {error.strerror}",
            mend="reports need a folder you may write: --out DIR",
        )  # fmt: skip
    return Finding(what=what, verdict="OK", found=f"{folder} can be written")


def _terminal() -> Finding:
    streams = {"input": sys.stdin, "output": sys.stdout}
    missing = [name for name, stream in streams.items() if not _is_terminal(stream)]
    kind = os.environ.get("TERM", "")
    if missing:
        found = f"{' and '.join(missing)} is no terminal"
        return Finding(what="terminal", verdict="OK", found=f"{found}: plain text is printed")
    size = os.get_terminal_size()
    shown = f"{kind or 'unknown'}, {size.columns}x{size.lines}"
    if kind in ("", "dumb"):
        return Finding(what="terminal", verdict="WARN", found=shown, mend="set TERM")
    return Finding(what="terminal", verdict="OK", found=shown)


def _encoding() -> Finding:
    found = sys.stdout.encoding or "unknown"
    if found.lower().replace("-", "") == "utf8":
        return Finding(what="encoding", verdict="OK", found=found)
    mend = "letters it lacks are shown as `?`; set LANG=C.UTF-8 or PYTHONUTF8=1"
    return Finding(what="encoding", verdict="WARN", found=found, mend=mend)


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at it; nobody does at a stream that is missing or closed."""
    return stream is not None and not stream.closed and stream.isatty()
