"""Commits as git prints them: log, show, diff, blame, with statistics and patches.

Rule 1: a commit row is `hash, author, at, subject, files, patch`; what a patch does not show is
    not known, and a statistic without a patch counts what `files` says.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from simulator.shell.documents import Row
from simulator.shell.everyday import spoken
from simulator.shell.flags import Given
from simulator.shell.kubectl_objects import moment

_WIDEST: Final = 40


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
    return _entry(row, given, _at(row), last=True, patch=not (given.has("stat") or _names(given)))


def diffed(commits: Sequence[Row], given: Given, paths: Sequence[str]) -> str:
    """The patches of the commits between two revisions, oldest first."""
    chosen = [row for row in commits if not paths or any(_touches(row, path) for path in paths)]
    if given.has("stat") or _names(given):
        return "".join(_statistics(row, given) for row in reversed(chosen))
    return "".join(_patch(row) for row in reversed(chosen))


def blamed(commits: Sequence[Row], path: str) -> tuple[str, str]:
    """The lines of a file that patches added, each with its last author."""
    if not path:
        return "", "usage: git blame [<options>] [<rev>] [--] <file>\n"
    lines: list[str] = []
    seen: set[str] = set()
    for row in commits:
        for text in _added(row, path):
            if text not in seen:
                seen.add(text)
                when = f"{_clock(_at(row)):%Y-%m-%d %H:%M:%S +0000}"
                author = f"{row.get('author', '')!s:<14.14}"
                lines.append(f"{str(row.get('hash', ''))[:8]} ({author} {when}) {text}\n")
    if not lines and not any(_touches(row, path) for row in commits):
        return "", f"fatal: no such path '{path}' in HEAD\n"
    return "".join(lines), ""


def _added(row: Row, path: str) -> list[str]:
    """The lines a patch adds to a file."""
    inside = False
    found: list[str] = []
    for line in str(row.get("patch", "")).splitlines():
        if line.startswith("+++ "):
            inside = line.endswith(path)
        elif inside and line.startswith("+"):
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


def _names(given: Given) -> bool:
    return given.has("name-only") or given.has("name-status") or given.has("numstat")


def _files(row: Row) -> list[tuple[str, int, int]]:
    """Path, lines added, lines removed of each file."""
    files: list[tuple[str, int, int]] = []
    for entry in row.get("files") or ():
        if isinstance(entry, str):
            path, *numbers = entry.split()
            plus = next((int(n[1:]) for n in numbers if n[:1] == "+" and n[1:].isdecimal()), None)
            minus = next((int(n[1:]) for n in numbers if n[:1] == "-" and n[1:].isdecimal()), None)
        else:
            path = str(entry.get("path", ""))
            plus, minus = entry.get("added"), entry.get("removed")
        if plus is None and minus is None:
            plus, minus = _counted(row, path)
        files.append((path, int(plus or 0), int(minus or 0)))
    return files


def _counted(row: Row, path: str) -> tuple[int, int]:
    plus = minus = 0
    inside = False
    for line in str(row.get("patch", "")).splitlines():
        if line.startswith(("diff --git", "--- ")):
            inside = line.endswith(path)
        elif line.startswith("+++ "):
            inside = line.endswith(path) or inside
        elif inside:
            plus += line.startswith("+")
            minus += line.startswith("-")
    return plus, minus


def _touches(row: Row, path: str) -> bool:
    wanted = path.removeprefix("./").rstrip("/")
    return wanted in ("", ".") or any(
        name == wanted or name.startswith(f"{wanted}/") or name.endswith(f"/{wanted}")
        for name, _, _ in _files(row)
    )


def _entry(row: Row, given: Given, now: int, *, last: bool, patch: bool = False) -> str:
    commit = str(row.get("hash", ""))
    shape = given.value("format") or given.value("pretty")
    if given.has("oneline") or shape == "oneline":
        head = f"{commit[:7]} {row.get('subject', '')}\n"
    elif "%" in shape:
        head = f"{_shaped(shape, row, now)}\n"
    else:
        told = "".join(f"    {line}\n" for line in str(row.get("body", "")).splitlines())
        subject = f"    {row.get('subject', '')}\n" + (f"\n{told}" if told else "")
        head = f"commit {commit}\nAuthor: {_author(row)}\nDate:   {_date(row)}\n\n{subject}"
    compact = given.has("oneline") or "%" in shape or shape == "oneline"
    patch = patch or given.has("patch") or given.has("u")
    counted = given.has("stat") or given.has("shortstat") or _names(given)
    parts = [head]
    if counted:
        parts.append(("" if compact else "\n") + _statistics(row, given))
    if patch:
        parts.append(("" if compact else "\n") + _patch(row))
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


def _statistics(row: Row, given: Given) -> str:
    files = _files(row)
    if given.has("name-only"):
        return "".join(f"{path}\n" for path, _, _ in files)
    if given.has("name-status"):
        return "".join(f"M\t{path}\n" for path, _, _ in files)
    if given.has("numstat"):
        return "".join(f"{plus}\t{minus}\t{path}\n" for path, plus, minus in files)
    width = max((len(path) for path, _, _ in files), default=0)
    lines = [
        f" {path:<{width}} | {plus + minus:>4} "
        f"{'+' * min(plus, _WIDEST)}{'-' * min(minus, _WIDEST)}".rstrip()
        for path, plus, minus in files
    ]
    return "".join(f"{line}\n" for line in ([] if given.has("shortstat") else lines)) + _sum(files)


def _sum(files: Sequence[tuple[str, int, int]]) -> str:
    plus, minus = sum(each[1] for each in files), sum(each[2] for each in files)
    parts = [f" {len(files)} file{_s(len(files))} changed"]
    if plus:
        parts.append(f"{plus} insertion{_s(plus)}(+)")
    if minus:
        parts.append(f"{minus} deletion{_s(minus)}(-)")
    return ", ".join(parts) + "\n"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _patch(row: Row) -> str:
    text: Any = row.get("patch") or ""
    text = str(text)
    return text if not text or text.endswith("\n") else f"{text}\n"
