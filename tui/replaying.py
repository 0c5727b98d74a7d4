"""Replaying a drill's decisions from the front door: how far it is, and what it found.

Rule 1: a bar is drawn on a terminal; a pipe or a log gets a line now and then, each whole.
Rule 2: what was interrupted is told and written as far as it came, and the exit code says so.
"""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from simulator.clock import said
from tui import show

if TYPE_CHECKING:
    from simulator.debrief.regret.verdict import Regret
    from simulator.journal.record import Line

EVERY_S: Final = 15.0
"""Between two lines where no bar is drawn."""
TELLS_FROM: Final = 8
"""Fewer replays say nothing about how many come in a minute."""


def replayed(lines: "Sequence[Line]", *, futures: int, workers: int | None) -> "Regret":
    """What replays of this record's decisions say, its progress told meanwhile."""
    from simulator.session.regret import regret

    with _counting() as step:
        found = regret(lines, futures=futures, workers=workers, progress=step)
    if found.stopped == "interrupted":
        show.talk("the replays were interrupted; what was played until then is told as partial")
    elif found.stopped:
        show.talk(
            "a process that played the replays died (out of memory?); what was played until then is"
            " told as partial; try again with --workers 1"
        )
    return found


def told(found: "Regret", lines: "Sequence[Line]", *, names: bool) -> Iterator[str]:
    """The telling decisions as lines of the result."""
    from reports.played import played
    from reports.replays import sentence
    from simulator.debrief.replay import brief_of, entries_of

    whole = played(entries_of(lines), brief_of(lines), names=names)
    for one in found.told:
        yield sentence(whole, one)
    if not found.told:
        count = len(found.replayed)
        yield f"{count} decisions replayed: none moved the outcome by more than luck does"


@contextlib.contextmanager
def _counting() -> Iterator[Callable[[int, int], None]]:
    """Told (done, of) in drills: a bar with rate and time left, or lines of the same."""
    if not sys.stderr.isatty():
        yield _Lines().step
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} of {task.total}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("replaying decisions", total=None, rate="")
        began = time.monotonic()

        def step(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of, rate=_rate(done, time.monotonic() - began))

        yield step


class _Lines:
    """Progress as lines; lives for one command."""

    def __init__(self) -> None:
        self._began = self._said = time.monotonic()

    def step(self, done: int, of: int) -> None:
        """Say how far it is, where the last line is long enough ago or all is done."""
        now = time.monotonic()
        if done >= TELLS_FROM and (done == of or now - self._said >= EVERY_S):
            self._said = now
            spent = now - self._began
            left = said(round(spent / done * (of - done)))
            show.talk(f"{done} of {of} replays, {_rate(done, spent)}, {left} left")


def _rate(done: int, spent_s: float) -> str:
    """`48 a minute`."""
    return f"{60 * done / spent_s:,.0f} a minute" if done >= TELLS_FROM and spent_s > 0 else ""
