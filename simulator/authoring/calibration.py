"""What a calibration says: each figure beside its bound, and whether it is met.

Rule 1: whole numbers only: points in thousandths, shares in thousandths, so that two machines
print the same bytes.
Rule 2: a figure nobody could measure is not met.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias

from simulator.authoring.crowd import Stopped
from simulator.authoring.rehearsal import Played
from simulator.journal.record import canonical

Unit: TypeAlias = Literal["points", "share", "drills"]
HEADER: Final = ("figure", "found", "bound", "verdict")
"""Above `Calibration.rows()`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure and what it is held to."""

    name: str
    unit: Unit
    found: int | None
    """Thousandths, for `drills` a plain count; None where nothing was played."""
    least: int | None = None
    most: int | None = None
    strictly: bool = False
    """Whether the bound itself is not enough."""
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure lies within its bounds."""
        if self.found is None:
            return False
        if self.strictly:
            above = self.least is None or self.found > self.least
            return above and (self.most is None or self.found < self.most)
        above = self.least is None or self.found >= self.least
        return above and (self.most is None or self.found <= self.most)

    def bound(self) -> str:
        """The bound as people write it: `>= 90`, `35..70`."""
        low, high = self._said(self.least), self._said(self.most)
        if self.least is not None and self.most is not None:
            return f"{low}..{high}" if not self.strictly else f"between {low} and {high}"
        sign = "" if self.strictly else "="
        return f">{sign} {low}" if self.least is not None else f"<{sign} {high}"

    def row(self) -> tuple[str, str, str, str]:
        """Name, figure, bound, and whether it is met: a line of the table."""
        name = f"{self.name} ({self.note})" if self.note else self.name
        return (name, self._said(self.found), self.bound(), "met" if self.met else "NOT MET")

    def _said(self, value: int | None) -> str:
        if value is None:
            return "none"
        if self.unit == "drills":
            return str(value)
        if self.unit == "share":
            return f"{value / 10:g} %"
        return f"{value / 1000:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A scenario under a plan, played by everybody."""

    scenario: str
    plan: str
    own_plan: bool
    kind: str
    """`incident` or `exercise`."""
    seeds: int
    rubric: str
    figures: tuple[Figure, ...]
    played: tuple[Played, ...]
    asked: int
    stopped: Stopped = ""
    """Empty where every drill was played; otherwise the figures are of a part."""

    @property
    def complete(self) -> bool:
        """Whether every drill that was asked for was played."""
        return not self.stopped

    @property
    def met(self) -> bool:
        """Whether every figure of a whole calibration is within its bounds."""
        return self.complete and all(figure.met for figure in self.figures)

    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """The table, without its header."""
        return tuple(figure.row() for figure in self.figures)

    def label(self) -> str:
        """One line that says of what these are the figures."""
        under = "its own plan" if self.own_plan else "another's plan"
        text = f"{self.scenario} under {self.plan} ({under}), {self.seeds} seeds"
        if self.stopped:
            why = {"interrupted": "interrupted", "worker_died": "a worker died"}[self.stopped]
            text += f"; PARTIAL: {why} after {len(self.played)} of {self.asked} drills"
        return text

    def as_json(self) -> dict[str, Any]:
        """Whole numbers, texts, truth values and None; ready for canonical JSON."""
        found: dict[str, Any] = _plain(asdict(self))
        verdicts = [figure.met for figure in self.figures]
        for figure, met in zip(found["figures"], verdicts, strict=True):
            figure["met"] = met
        return found | {"complete": self.complete, "met": self.met}

    def canonical(self) -> str:
        """The same bytes for the same drills, whoever played them."""
        return canonical(self.as_json())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
