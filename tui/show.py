"""How results and talk reach a terminal, a pipe or a program.

Rule 1: results on stdout, talk on stderr; every text passes `clean`.
Rule 2: a terminal gets a drawn table, a pipe the same columns as plain text, a program JSON.
Rule 3: who closes the pipe ends the telling, never the command.
Rule 4: JSON is ASCII, so that it is the same wherever it is read.
"""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from simulator.errors import Problem
from simulator.text import clean, clean_line

if TYPE_CHECKING:
    from simulator.archive.archive import Archive


def result(text: str = "") -> None:
    """A line, or several, of the result."""
    _put(clean(text, longest=1_000_000))


def talk(text: str) -> None:
    """What happens beside the result."""
    click.echo(clean(text), err=True)


def as_json(value: Any) -> None:
    """The result for a program."""
    _put(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=True))


def _put(text: str) -> None:
    try:
        click.echo(text)
    except BrokenPipeError:
        unheard()


def unheard() -> None:
    """From here on results go nowhere: whoever read them has had enough (`| head`).

    The command goes on, so that what it does and its exit code are its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextlib.contextmanager
def kept(history: "Archive") -> Iterator[Callable[[str], None]]:
    """Where the block is stopped after it named a drill, say how that drill goes on."""
    named: list[str] = []
    try:
        yield named.append
    except (KeyboardInterrupt, SystemExit):
        for drill_id in named:
            is_over = history.find(drill_id).state == "sealed"
            how = f"gameday report {drill_id}" if is_over else f"gameday run --resume {drill_id}"
            talk(f"drill {drill_id} is {'over and ' if is_over else ''}kept; go on with: {how}")
        raise


def warn(problems: Iterable[Problem]) -> None:
    """Warnings, each on its line, beside the result."""
    for problem in problems:
        talk(str(problem))


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, told (done, of); elsewhere nothing is drawn."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(clean_line(what, longest=60), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def heading(text: str) -> None:
    """A heading between parts of a result."""
    result()
    line = clean_line(text)
    result(click.style(line, bold=True) if sys.stdout.isatty() else line)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under their headings; numbers to the right."""
    texts = [[clean_line(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _drawn(columns, texts)
    else:
        _plain(columns, texts)


def _drawn(columns: Sequence[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, name in enumerate(columns):
        right = bool(rows) and all(_is_figure(row[position]) for row in rows)
        drawn.add_column(Text(name), justify="right" if right else "left")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    width = shutil.get_terminal_size((100, 24)).columns
    Console(width=width, highlight=False, markup=False, emoji=False).print(drawn)


def _plain(columns: Sequence[str], rows: list[list[str]]) -> None:
    widths = [
        max(len(name), *(len(row[position]) for row in rows), 0)
        for position, name in enumerate(columns)
    ]
    right = [
        bool(rows) and all(_is_figure(row[position]) for row in rows)
        for position in range(len(columns))
    ]
    for row in (list(columns), *rows):
        cells = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        result("  ".join(cells).rstrip())


def _is_figure(cell: str) -> bool:
    return cell.replace(".", "").replace("%", "").replace("-", "").replace("+", "").isdigit()
