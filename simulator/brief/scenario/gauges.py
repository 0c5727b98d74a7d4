"""Gauges as their author writes them: what fills, drains and bounds a level.

Rule 1: a gauge follows a signal or has flows of its own, never both.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from simulator.brief.conditions import When
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.units import (
    Fraction,
    Identifier,
    Number,
    Prose,
    Seconds,
    SignedRate,
    StateName,
    Truth,
    Word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What fills or drains a gauge while a condition holds; all that hold add up."""

    __pydantic_config__ = STRICT

    rate: SignedRate
    """In the gauge's unit; negative drains."""
    when: When | None = None
    """Only while this holds, over the truth; always where absent."""
    times: StateName | None = None
    """A signal (`api.errors`, `worker.served`) the rate is multiplied by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A gauge's level before the drill begins, for graphs that look back."""

    __pydantic_config__ = STRICT

    ago: Seconds
    is_: Annotated[Number, Field(alias="is")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A stock: a level that flows move, clipped to its bounds."""

    __pydantic_config__ = STRICT

    title: Prose = ""
    """What it is, for panels and reports."""
    unit: Word = ""
    """The unit people read."""
    start: Number = 0.0
    """Its level at the first second."""
    least: Number = 0.0
    """It never falls below."""
    most: Number | None = None
    """It never rises above."""
    flows: tuple[Flow, ...] = ()
    """What fills and drains it."""
    follows: StateName | None = None
    """A gauge that only shows a signal or a pool (`api.connections`: those open; `.busy`, `.most`);
    it then has no flows."""
    full: Identifier | None = None
    """The fault that begins when it reaches `most`, and is cured when it falls below."""
    empty: Identifier | None = None
    """As `full`, at `least`."""
    whole: Truth = False
    """Whether it counts whole things (connections, rows): it is then shown without fractions."""
    loss: Truth = False
    """Whether its rise is harm to be counted (writes lost, rows stolen)."""
    source: Literal["own", "cloud", "truth"] = "own"
    """Whose monitoring shows it, hence how late; `truth`: nobody's."""
    before: tuple[Point, ...] = ()
    """What it was before the drill, for graphs that look back."""
    wobble: Fraction = 0.0
    """Noise on the graph, share of the level."""
