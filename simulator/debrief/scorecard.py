"""The scorecard: every figure of a score, each with the entries that prove it.

Rule 1: frozen, whole-numbered values: points in thousandths, grades and guards 0..1000, seconds.
Rule 2: what is absent is None, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, TypeAlias

Outcome: TypeAlias = Literal[
    "met", "late", "partly", "missed", "early", "deviated", "unattainable", "not_played", "open"
]
"""What became of something owed. `late`: done after its limit; `partly`: a share of it."""
COUNTED: frozenset[str] = frozenset({"met", "late", "partly", "missed", "early", "deviated"})
"""Outcomes inside the sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One opportunity of a mark: a duty, a check, a gate, an act."""

    name: str
    outcome: Outcome
    grade: int
    """0..1000."""
    guard: int = 1000
    """What it is multiplied by."""
    why: str = ""
    """What the guard, or the grade, rests on."""
    cites: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    """Who owes it; empty: the whole team."""
    due_at: int | None = None
    limit_s: int | None = None
    done_at: int | None = None
    took_s: int | None = None
    luck_s: int = 0

    @property
    def earned(self) -> int:
        """Grade times guard, 0..1000."""
        return self.grade * self.guard // 1000

    @property
    def counts(self) -> bool:
        """Whether it stands inside the sums."""
        return self.outcome in COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark of the rubric."""

    id: str
    competency: str
    weight_milli: int
    """Thousandths of its weight in this scenario."""
    outcome: Outcome
    earned: int | None
    """Mean of what its parts earned; None where none counts."""
    parts: tuple[Part, ...]
    cites: tuple[int, ...]
    roles: tuple[str, ...]
    luck_s: int = 0
    assisted: bool = False
    absent: bool = False
    """Whether the plan asks nothing of the kind: its weight is its neighbours'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """One competency."""

    id: str
    weight_milli: int
    points_milli: int | None
    """0..100000; None where nothing of it fell due."""
    due_milli: int
    """Share of its weight that fell due, 0..1000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Something that cost discipline."""

    kind: str
    factor: int
    """Thousandths; 1000 where it cost only its time."""
    cites: tuple[int, ...]
    by: str
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discipline:
    """The product of all breaches, never below its floor."""

    factor_milli: int
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveCard:
    """A team objective with its rating: P, S, M or U (HSEEP)."""

    id: str
    competency: str
    says: str
    rating: Literal["P", "S", "M", "U"]
    achieved: bool
    late: bool
    harmed: bool
    improvable: bool
    means: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """Expected against actual, as the sources print it."""

    name: str
    expected_s: int
    actual_s: int | None
    faster_percent: int | None
    """Negative: slower."""
    luck_s: int
    label: Literal["EXCELLENT", "GOOD", "LATE", "POOR", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMark:
    """A mark as one person's."""

    mark: str
    part: str
    outcome: Outcome
    earned: int
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """What one person had the chance to show; never compared with another's."""

    person: str
    roles: tuple[str, ...]
    marks: tuple[PersonMark, ...]
    not_this_seat: tuple[str, ...]
    """Marks that were others' to show."""
    points_milli: int | None
    """Weighted over their own marks; one drill of one person says little."""
    observations: tuple[tuple[str, int, int], ...] = ()
    """(what, how many, of how many): counts, such as next updates kept: 3 of 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the drill says about the plan."""

    kind: Literal[
        "unattainable",
        "unused",
        "late",
        "deviated",
        "practice_note",
        "tool",
        "alert",
        "runbook",
        "proof",
    ]
    item: str
    says: str
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCard:
    """A duty of the plan as it went, scored or not."""

    duty: str
    does: str
    level: str
    roles: tuple[str, ...]
    outcome: Outcome
    advisory: bool
    due_at: int
    done_at: int | None
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Under what it was played; scores are compared only where these agree."""

    scenario: str
    plan: str
    variant: str
    mode: str
    pace: str
    seed: int
    hints: int
    ended: str
    rubric: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The score of one drill."""

    total_milli: int | None
    """0..100000; None where the run is incomplete."""
    total_deviations_kept_milli: int | None
    """Each deviation scored as it is; the total is the lower of the two."""
    total_deviations_accepted_milli: int | None
    """Each deviation taken out of the sums."""
    incomplete: bool
    passed: bool
    due_milli: int
    """Share of the weight this scenario can make due that fell due."""
    discipline: Discipline
    competencies: tuple[Competency, ...]
    marks: tuple[Mark, ...]
    duties: tuple[DutyCard, ...]
    objectives: tuple[ObjectiveCard, ...]
    table: tuple[OwnTable, ...]
    people: tuple[PersonCard, ...]
    findings: tuple[Finding, ...]
    levels: Mapping[str, tuple[tuple[int, str], ...]]
    """`declared`, `expected` and `true`: (second, level) histories."""
    conditions: Conditions

    def mark(self, name: str) -> Mark:
        """The mark of this id."""
        return next(mark for mark in self.marks if mark.id == name)

    def as_json(self) -> dict[str, Any]:
        """The card as whole numbers, texts, truth values and None; ready for canonical JSON."""
        found: dict[str, Any] = _plain(self)
        return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
