"""What an intruder does next, and after what.

Rule 1: sealed, like every fault: a seat learns of it by what it does to the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.brief.conditions import When
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.scenario.sight import Scope
from simulator.brief.units import Identifier, Prose, Span, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class IntruderStep(Scope):
    """One thing an intruder does when something has come about."""

    __pydantic_config__ = STRICT

    title: Prose = ""
    when: When
    """Over the truth."""
    after: Span = field(default_factory=lambda: Span(low_s=0.0, high_s=0.0))
    """How long after `when` came to hold; drawn each time."""
    unless: When | None = None
    """Read when its time has come: not if this holds."""
    anyway: Truth = False
    """Whether it is done though `when` holds no more by then."""
    do: Effect
    again: Truth = False
    """Whether it is done each time `when` comes to hold; otherwise once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intruder:
    """Somebody who acts back."""

    __pydantic_config__ = STRICT

    steps: Mapping[Identifier, IntruderStep] = field(default_factory=dict)
