"""A small kind of document, and a good one of it, for stories about reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from simulator.brief import units
from simulator.brief.binding import bind
from simulator.brief.conditions import When
from simulator.brief.nodes import compose
from simulator.errors import BriefError, Problem

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """Ends a fault."""

    __pydantic_config__ = STRICT

    do: Literal["cure"]
    fault: units.Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Moves a gauge."""

    __pydantic_config__ = STRICT

    do: Literal["move"]
    by: units.Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service on a normal day."""

    __pydantic_config__ = STRICT

    traffic: units.RatePerSecond | None = None
    used: units.Fraction
    """How busy it is."""
    replicas: units.Count = 1
    takes: units.Span = field(default_factory=lambda: units.Span(low_s=1.0, high_s=2.0))
    mode: Literal["fails", "degrades"] = "fails"
    needs: Mapping[units.Identifier, units.Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallDocument:
    """A little of everything."""

    __pydantic_config__ = STRICT

    id: units.Identifier
    title: units.Prose = ""
    begins: units.Instant = "2026-01-01T00:00:00Z"
    every: units.PositiveWholeSeconds = 60
    watched: units.Truth = True
    services: Mapping[units.Identifier, Service] = field(default_factory=dict)
    then: tuple[Annotated[Cure | Move, Field(discriminator="do")], ...] = ()
    lasts: Cure | Move | units.Seconds | None = None
    when: When | None = None
    words: tuple[units.Word, ...] = ()
    least: units.Number = 0.0
    most: units.Number = 1.0

    def __post_init__(self) -> None:
        """`least` may not be above `most`."""
        if self.least > self.most:
            raise ValueError(f"least {self.least:g} is above most {self.most:g}")


GOOD = """\
# A good document.
id: shop-pool-dry  # 001:341
title: "The shop's pool runs dry: ${minutes}"
begins: 2026-03-13T14:20Z  # assumed: a busy afternoon
every: 5m
watched: no
services:
  web: {traffic: 40/s, used: 45%, replicas: 4, needs: {api: 100%}}  # 001:12
  api:
    used: 0.55
    takes: 30s..60s
    mode: degrades
then:
- {do: cure, fault: pool-full}
- do: move
  by: -2.5
lasts: 1h30m
when: api.errors[5m] > 5% for 30s and not (declared or db.role == primary)
words: [NO, on, "yes", 12:30:45]
least: -1
most: 1
"""


def problems(text: str | bytes, kind: type = SmallDocument) -> list[Problem]:
    """What there is to say against a text; nothing for a good one."""
    try:
        bind(kind, compose(text, "x.yaml"), "x.yaml")
    except BriefError as error:
        return list(error.problems)
    return []


def told(text: str | bytes) -> list[str]:
    """Place and number of each problem, such as `3:5 E120`."""
    return [f"{one.line}:{one.column} {one.code}" for one in problems(text)]
