"""How people of different practice answer, think, read and forget, as one table.

Rule 1: times are lognormal medians in seconds with their sigma; shares are probabilities.
Rule 2: the table was tuned until the calibration held (docs/response.md, bots); a style changes
what comes first, never who one is.
"""

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Style: TypeAlias = Literal["observe", "mitigate", "delegate", "communicate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """One kind of person at the keyboard."""

    name: str
    ack_s: float
    """Median from the page to its acknowledgement."""
    ack_sigma: float
    think_s: float
    """Median before any other order."""
    think_sigma: float
    misses: float
    """Share of due duties that are forgotten."""
    reading: float
    """How much of a clue is understood: 1 all, 0 nothing."""
    trust: float
    """The belief from which on a cause is named."""
    skips_gate: float
    """Share of guards before an act and of closing proofs nobody looks at."""
    forgets: float = 0.0
    """Share of side steps forgotten until the gate (assumed)."""
    strays: float = 0.0
    """Share of looks that are taken by their title and not by their worth (assumed)."""
    rushes: float = 0.0
    """Share of people who follow the runbook of the alert before they know the cause (assumed)."""
    plans_ahead: bool = False
    """Whether leave for later steps is asked for while the first ones are under way (assumed)."""
    minds_refusals: bool = True
    """Whether a refused order is left alone for a while."""
    style: Style = "observe"


EXPERT: Final = Habits(
    name="expert", ack_s=25, ack_sigma=0.3, think_s=10, think_sigma=0.3,
    misses=0.0, reading=1.0, trust=0.9, skips_gate=0.0, plans_ahead=True,
)  # fmt: skip
COMPETENT: Final = Habits(
    name="competent", ack_s=50, ack_sigma=0.4, think_s=25, think_sigma=0.4,
    misses=0.05, reading=0.7, trust=0.75, skips_gate=0.05, forgets=0.5, strays=0.2,
)  # fmt: skip
NOVICE: Final = Habits(
    name="novice", ack_s=90, ack_sigma=0.5, think_s=60, think_sigma=0.5,
    misses=0.25, reading=0.3, trust=0.5, skips_gate=0.5, forgets=0.75, strays=0.5, rushes=0.5,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What a style puts first. Lower ranks come first."""

    ranks: dict[str, int] = field(default_factory=dict)
    """Kind of wish -> rank, where it differs from `RANKS`."""
    begins_at: float = 0.4
    """The share of a limit after which a duty is taken up (0: as soon as it is owed)."""
    eases_first: bool = False
    """Whether a reversible action comes before a cause is named."""
    delegates: bool = False
    """Whether looks and messages are given to whoever has joined."""


RANKS: Final = {
    "acknowledge": 0,
    "task": 1,
    "answer": 2,
    "urgent": 3,
    "declare": 4,
    "level": 5,
    "room": 5,
    "decision": 6,
    "status": 6,
    "act": 7,
    "name": 7,
    "end": 8,
    "ahead": 8,
    "first_look": 9,
    "duty": 10,
    "message": 10,
    "post": 11,
    "prove": 12,
    "look": 13,
    "after": 15,
    "idle": 20,
}
"""Kind of wish -> rank of the plain manner."""

MANNERS: Final[dict[Style, Manner]] = {
    "observe": Manner(begins_at=0.5),
    "mitigate": Manner(ranks={"act": 5, "message": 12}, begins_at=0.5, eases_first=True),
    "delegate": Manner(ranks={"duty": 6, "act": 7}, begins_at=0.25, delegates=True),
    "communicate": Manner(ranks={"message": 5, "duty": 6}, begins_at=0.0),
}
