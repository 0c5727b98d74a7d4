"""Commits as git prints them: log, show, diff, blame, with statistics and patches.

Rule 1: a commit row is `hash, author, at, subject, files, patch`; what a patch does not show is
    not known.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from simulator.shell.documents import Row
from simulator.shell.everyday import spoken
from simulator.shell.flags import Given
from simulator.shell.git_stat import files_of, names_only, statistics
from simulator.shell.kubectl_objects import moment


def logged(commits: Sequence[Row], given: Given, paths: Sequence[str], now: int) -> tuple[str, str]:
    """The log of the commits that meet the flags, and git's complaint where there is one."""
    since = given.value("since") or given.value("after")
    until = given.value("until") or given.value("before")
    count = given.number("max-count", len(commits))
    if count is None:
        return "", f"fatal: '{given.value('max-count')}': not an integer\n"
    author, words = given.value("author").lower(), given.value("grep").lower()
    searched = given.value("S") or given.value("G")
    kept = [
        row
        for row in commits
        if (not since or _at(row) >= spoken(_dated(since), now))
        and (not until or _at(row) <= spoken(_dated(until), now))
        and author in str(row.get("author", "")).lower()
        and words in str(row.get("subject", "")).lower()
        and (not searched or searched in str(row.get("patch", "")))
        and (not paths or any(_touches(row, path) for path in paths))
    ][: max(0, count)]
    if given.has("reverse"):
        kept.reverse()
    return "".join(_entry(row, given, now, last=row is kept[-1]) for row in kept), ""


def _dated(text: str) -> str:
    """`24.hours` and `2 hours` as `2 hours ago`; a bare date as its midnight."""
    text = text.replace(".", " ")
    return text if "ago" in text or not text[:1].isdecimal() or "-" in text else f"{text} ago"


def shown(row: Row, given: Given) -> str:
    """One commit with its patch."""
    return _entry(
        row, given, _at(row), last=True, patch=not (given.has("stat") or names_only(given))
    )


def diffed(commits: Sequence[Row], given: Given, paths: Sequence[str]) -> str:
    """The patches of the commits between two revisions, oldest first."""
    chosen = [row for row in commits if not paths or any(_touches(row, path) for path in paths)]
    if given.has("stat") or given.has("shortstat") or names_only(given):
        return statistics(chosen, given)
    return "".join(_patch(row) for row in reversed(chosen))


def blamed(commits: Sequence[Row], path: str) -> tuple[str, str]:
    """The lines of a file that patches added and none took back, each with its author."""
    if not path:
        return "", "usage: git blame [<options>] [<rev>] [--] <file>\n"
    lines: list[str] = []
    removed: Counter[str] = Counter()
    for row in commits:
        when = f"{_clock(_at(row)):%Y-%m-%d %H:%M:%S +0000}"
        author = f"{row.get('author', '')!s:<14.14}"
        for text in _changed(row, path, "+"):
            if removed[text]:
                removed[text] -= 1
            else:
                lines.append(f"{str(row.get('hash', ''))[:8]} ({author} {when}) {text}\n")
        removed.update(_changed(row, path, "-"))
    if not lines and not any(_touches(row, path) for row in commits):
        return "", f"fatal: no such path '{path}' in HEAD\n"
    return "".join(lines), ""


def _changed(row: Row, path: str, sign: str) -> list[str]:
    """The lines a patch adds to a file (`+`) or takes from it (`-`)."""
    inside = False
    found: list[str] = []
    for line in str(row.get("patch", "")).splitlines():
        if line.startswith("+++ "):
            inside = line.endswith(path)
        elif inside and line.startswith(sign):
            found.append(line[1:])
    return found


def _at(row: Row) -> int:
    found = moment(row.get("at", 0))
    return 0 if found is None else found


def _clock(seconds: int) -> datetime:
    return datetime.fromtimestamp(max(0, min(seconds, 4_000_000_000)), UTC)


def _date(row: Row) -> str:
    then = _clock(_at(row))
    return f"{then:%a %b} {then.day} {then:%H:%M:%S %Y} +0000"


def _ago(row: Row, now: int) -> str:
    seconds = max(0, now - _at(row))
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}s ago"
    return f"{seconds} seconds ago"


def _touches(row: Row, path: str) -> bool:
    wanted = path.removeprefix("./").rstrip("/")
    return wanted in ("", ".") or any(
        name == wanted or name.startswith(f"{wanted}/") or name.endswith(f"/{wanted}")
        for name, _, _ in files_of(row)
    )


def _entry(row: Row, given: Given, now: int, *, last: bool, patch: bool = False) -> str:
    commit = str(row.get("hash", ""))
    shape = given.value("format") or given.value("pretty")
    if given.has("oneline") or shape == "oneline":
        head = f"{commit[:7]} {row.get('subject', '')}\n"
    elif "%" in shape:
        head = f"{_shaped(shape, row, now)}\n"
    else:
        body = "".join(f"    {line}\n" for line in str(row.get("body", "")).splitlines())
        subject = f"    {row.get('subject', '')}\n" + (f"\n{body}" if body else "")
        head = f"commit {commit}\nAuthor: {_author(row)}\nDate:   {_date(row)}\n\n{subject}"
    compact = given.has("oneline") or "%" in shape or shape == "oneline"
    patch = patch or given.has("patch") or given.has("u")
    counted = given.has("stat") or given.has("shortstat") or names_only(given)
    told = [statistics([row], given)] if counted else []
    told += [_patch(row)] if patch else []
    parts = [head, *(("" if compact else "\n") + text for text in told if text)]
    return "".join(parts) + ("" if last or compact else "\n")


def _author(row: Row) -> str:
    author = str(row.get("author", ""))
    if "<" in author:
        return author
    name = "".join(
        sign for sign in author.lower().replace(" ", ".") if sign.isalnum() or sign == "."
    )
    return f"{author} <{name}@example.com>"


def _shaped(shape: str, row: Row, now: int) -> str:
    shape = shape.removeprefix("format:").removeprefix("tformat:")
    commit = str(row.get("hash", ""))
    values = {
        "%H": commit,
        "%h": commit[:7],
        "%an": _author(row).partition(" <")[0],
        "%ae": _author(row).partition("<")[2].rstrip(">"),
        "%ad": _date(row),
        "%cd": _date(row),
        "%ar": _ago(row, now),
        "%cr": _ago(row, now),
        "%at": str(_at(row)),
        "%ct": str(_at(row)),
        "%aI": f"{_clock(_at(row)):%Y-%m-%dT%H:%M:%S+00:00}",
        "%cI": f"{_clock(_at(row)):%Y-%m-%dT%H:%M:%S+00:00}",
        "%s": str(row.get("subject", "")),
        "%b": str(row.get("body", "")),
        "%d": "",
        "%n": "\n",
    }
    for name, value in values.items():
        shape = shape.replace(name, value)
    return shape


def _patch(row: Row) -> str:
    text: Any = row.get("patch") or ""
    text = str(text)
    return text if not text or text.endswith("\n") else f"{text}\n"
