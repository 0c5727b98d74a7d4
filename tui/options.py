"""Options that several commands share, with their words and their ranges."""

import math
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from simulator.archive.archive import Archive

F = TypeVar("F", bound=Callable[..., Any])
LARGEST_SEED = 2**63 - 1
"""`journal.record.LARGEST_INT`, said again: `--help` loads no journal."""


def archive_option(command: F) -> F:
    """Where the drill history is."""
    return click.option(
        "--archive", "archive", metavar="DIR|URL", default=None,
        help="The drill history: a folder or a database URL.  [default: GAMEDAY_ARCHIVE, else the"
        " platform's data folder]",
    )(command)  # fmt: skip


def json_option(command: F) -> F:
    """For programs."""
    return click.option("--json", "json_", is_flag=True, help="Print the result as JSON.")(command)


def seed_option(command: F) -> F:
    """All luck of a drill."""
    return click.option(
        "--seed", type=click.IntRange(0, LARGEST_SEED), default=1, show_default=True,
        help="Decides all luck: the same seed and decisions give the same drill.",
    )(command)  # fmt: skip


def responder_option(command: F) -> F:
    """Who plays the chairs."""
    return click.option(
        "--responder", default="", metavar="POLICY|ROLE=POLICY,...",
        help="Who plays: one policy for every chair, or `on_call=novice,*=competent`.",
    )(command)  # fmt: skip


def player_option(command: F) -> F:
    """Who plays the chairs of a new drill: policies, and files of orders."""
    return click.option(
        "--responder", default="", metavar="POLICY|FILE|ROLE=POLICY|FILE,...",
        help="Who plays: one policy for every chair, `on_call=novice,*=competent`, or a file of"
        " orders (`{at, by, command, fields, takes}`) for the chairs it speaks for.",
    )(command)  # fmt: skip


def out_option(command: F) -> F:
    """Where files are written."""
    return click.option(
        "--out", default=None, metavar="DIR", type=click.Path(file_okay=False),
        help="Folder for the report; never overwritten.  [default: gameday-out/DRILL]",
    )(command)  # fmt: skip


def opened(location: str | None, *, only_reading: bool = True) -> "Archive":
    """The archive at the place asked for; use it in a `with`. Who only reads makes none."""
    from simulator.archive.archive import Archive

    return Archive.at(location, os.environ, only_reading=only_reading)


class Points(click.FloatRange):
    """A number of points, which NaN is not: nothing is below it, so it would hold no bar."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """A number within the range."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is no number from {self.min} to {self.max}", param, ctx)
        return number


class Share(click.ParamType):
    """What a mark earns: `80%`, or `out` of the sums; one value of thousandths or None."""

    name = "PERCENT|out"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None]:
        """(thousandths,), or (None,) for `out`."""
        if isinstance(value, tuple):
            return value
        if value == "out":
            return (None,)
        number = str(value).removesuffix("%").strip()
        if not (number.isascii() and number.isdigit() and int(number) <= 100):
            self.fail(f"{value!r} is neither a whole percentage from 0% to 100% nor `out`",
                      param, ctx)  # fmt: skip
        return (int(number) * 10,)


class Moment(click.ParamType):
    """A duration as people write it, in whole seconds."""

    name = "DURATION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Seconds of `12m` or `1h30m`."""
        if isinstance(value, int):
            return value
        from simulator.clock import seconds_of

        try:
            return round(seconds_of(str(value)))
        except ValueError as error:
            self.fail(str(error), param, ctx)
