"""How much commits change: the files, counts and bars of `git diff --stat` and its kin.

Rule 1: a file's counts are what `files` says, else what the patch shows.
Rule 2: bars are drawn as git's diff.c draws them on 80 columns: the graph gives way to the names.
"""

from collections.abc import Sequence
from typing import Final

from simulator.shell.documents import Row
from simulator.shell.flags import Given

_WIDTH: Final = 80
"""Columns, where standard output is no terminal."""


def names_only(given: Given) -> bool:
    """Whether names or bare numbers are asked for, no bars."""
    return given.has("name-only") or given.has("name-status") or given.has("numstat")


def files_of(row: Row) -> list[tuple[str, int, int]]:
    """Path, lines added, lines removed of each file of a commit."""
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


def statistics(commits: Sequence[Row], given: Given) -> str:
    """What the commits change together, a line a file and their sum."""
    sums: dict[str, tuple[int, int]] = {}
    for path, plus, minus in (each for row in commits for each in files_of(row)):
        before = sums.get(path, (0, 0))
        sums[path] = (before[0] + plus, before[1] + minus)
    files = sorted((path, *counts) for path, counts in sums.items())
    if given.has("name-only"):
        return "".join(f"{path}\n" for path, _, _ in files)
    if given.has("name-status"):
        return "".join(f"M\t{path}\n" for path, _, _ in files)
    if given.has("numstat"):
        return "".join(f"{plus}\t{minus}\t{path}\n" for path, plus, minus in files)
    return ("" if given.has("shortstat") else _bars(files)) + _sum(files)


def undone(row: Row) -> str:
    """The sum of a commit's changes taken back."""
    return _sum([(path, minus, plus) for path, plus, minus in files_of(row)])


def _bars(files: Sequence[tuple[str, int, int]]) -> str:
    most = max((plus + minus for _, plus, minus in files), default=0)
    names = max((len(path) for path, _, _ in files), default=0)
    digits = len(str(most))
    graph = most
    if names + digits + 6 + graph > _WIDTH:
        graph = min(graph, max(6, _WIDTH * 3 // 8 - digits - 6))
        names = min(names, _WIDTH - digits - 6 - graph)
        graph = min(most, _WIDTH - digits - 6 - names)
    lines = [
        f" {_shortened(path, names):<{names}} | {plus + minus:>{digits}} "
        f"{_bar(plus, minus, graph, most)}"
        for path, plus, minus in files
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _shortened(path: str, width: int) -> str:
    """The path, or its end from a folder's slash on, behind three dots."""
    if len(path) <= width:
        return path
    end = path[len(path) - width + 3 :]
    return "..." + (end[end.index("/") :] if "/" in end else end)


def _bar(plus: int, minus: int, graph: int, most: int) -> str:
    if graph >= most:
        return "+" * plus + "-" * minus
    both = max(_scaled(plus + minus, graph, most), 2 if plus and minus else 0)
    fewer = _scaled(min(plus, minus), graph, most)
    added = fewer if plus < minus else both - fewer
    return "+" * added + "-" * (both - added)


def _scaled(count: int, graph: int, most: int) -> int:
    """A count as signs of the graph; one at least for any change."""
    return 1 + count * (graph - 1) // most if count else 0


def _sum(files: Sequence[tuple[str, int, int]]) -> str:
    if not files:
        return ""
    plus, minus = sum(each[1] for each in files), sum(each[2] for each in files)
    parts = [f" {len(files)} file{_s(len(files))} changed"]
    if plus or not minus:
        parts.append(f"{plus} insertion{_s(plus)}(+)")
    if minus or not plus:
        parts.append(f"{minus} deletion{_s(minus)}(-)")
    return ", ".join(parts) + "\n"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
