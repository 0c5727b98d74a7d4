"""How final a drill's score is: the picture folded from the acts of its review.

Rule 1: `provisional` (at the end) -> `reviewed` (a facilitator signed) -> `sealed`; a run that was
voided, or that ended without one, leaves no score.
Rule 2: nothing is lost: every total, every signature, every objection with its answer stays.
Rule 3: the fold believes its acts; whether one may be said is decided by `rules`, before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from simulator.clock import DAY
from simulator.journal.review.acts import (
    Act,
    Annotated,
    Answered,
    Contested,
    DepartureAccepted,
    MarkAmended,
    Rescored,
    ReviewOpened,
    Sealed,
    Signed,
    TimelineAmended,
    Voided,
)

State: TypeAlias = Literal["provisional", "reviewed", "sealed", "void"]
WEEK_S: Final = 7 * DAY
"""How long each person may annotate or contest, from the first signature."""
VOID_ENDS: Final = ("real_emergency", "stopped")
"""Ends of a drill that leave no score (docs/score.md, when it is final)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One total the drill has had."""

    total_milli: int | None
    """None where there was none."""
    why: Literal["engine", "departure", "amendment", "rubric"]
    rubric: str
    """Hash of the rubric behind it."""
    seq: int
    """The act that brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finality:
    """Everything folded from the acts of one review."""

    state: State = "provisional"
    acts: tuple[Act, ...] = ()
    signatures: tuple[Act, ...] = ()
    sealed: Act | None = None
    voided: Act | None = None
    """The act; a run that is void by its own end has none."""
    objections: Mapping[int, Act] = field(default_factory=dict)
    """Every objection by its seq."""
    answers: Mapping[int, Act] = field(default_factory=dict)
    """The answer by the seq of its objection."""
    amended: Mapping[str, int | None] = field(default_factory=dict)
    """Mark -> what it earns by the last amendment; None: outside the sums."""
    departures: tuple[str, ...] = ()
    """Duties whose departure was accepted in the review."""
    moved: Mapping[int, int] = field(default_factory=dict)
    """Entry of the journal -> the second it happened in by the last amendment."""
    totals: tuple[Kept, ...] = ()

    @property
    def amended_total(self) -> Kept | None:
        """The last total by an amendment or a settled departure; None where there was none."""
        kept = [one for one in self.totals if one.why in ("amendment", "departure")]
        return kept[-1] if kept else None

    @property
    def notes(self) -> tuple[Act, ...]:
        """What was said beside a mark, in the order it was said."""
        return tuple(act for act in self.acts if isinstance(act.what, Annotated))

    @property
    def amendments(self) -> tuple[Act, ...]:
        """Every amendment and settled departure, in order."""
        kinds = (MarkAmended, TimelineAmended, DepartureAccepted)
        return tuple(act for act in self.acts if isinstance(act.what, kinds))

    @property
    def unanswered(self) -> tuple[Act, ...]:
        """Objections that wait for an answer."""
        return tuple(act for seq, act in self.objections.items() if seq not in self.answers)

    @property
    def open_until(self) -> int | None:
        """The second, since 1970, up to which people may annotate or contest; None: not signed."""
        return self.signatures[0].at + WEEK_S if self.signatures else None

    @property
    def is_settled(self) -> bool:
        """Whether the score is signed, and not void."""
        return self.state in ("reviewed", "sealed")

    @property
    def signer_was_assessed_alone(self) -> bool:
        """Whether nobody signed but the one person assessed."""
        whats = [act.what for act in self.signatures]
        return bool(whats) and all(isinstance(w, Signed) and w.assessed_alone for w in whats)

    def after(self, act: Act) -> "Finality":
        """The picture once the act is heard."""
        return _after(replace(self, acts=(*self.acts, act)), act)


def finality(acts: Iterable[Act], *, ended: str = "") -> Finality:
    """The picture of a review; of no acts, what the drill's own end makes of it."""
    now = Finality(state="void" if ended in VOID_ENDS else "provisional")
    for act in acts:
        now = now.after(act)
    return now


def _after(now: Finality, act: Act) -> Finality:
    match act.what:
        case ReviewOpened(rubric=rubric, total_milli=total, ended=ended):
            first = Kept(total_milli=total, why="engine", rubric=rubric, seq=act.seq)
            state: State = "void" if ended in VOID_ENDS else "provisional"
            return replace(now, state=state, totals=(first,))
        case Signed():
            return replace(now, state="reviewed", signatures=(*now.signatures, act))
        case Contested():
            return replace(now, objections={**now.objections, act.seq: act})
        case Answered(to=seq):
            return replace(now, answers={**now.answers, seq: act})
        case DepartureAccepted(duty=duty, total_milli=total):
            now = replace(now, departures=(*now.departures, duty))
            return _kept(now, act, total, "departure")
        case MarkAmended(mark=mark, now=worth, total_milli=total):
            now = replace(now, amended={**now.amended, mark: worth})
            return _kept(now, act, total, "amendment")
        case TimelineAmended(entry=entry, now_s=second):
            return replace(now, moved={**now.moved, entry: second})
        case Rescored(rubric=rubric, total_milli=total):
            row = Kept(total_milli=total, why="rubric", rubric=rubric, seq=act.seq)
            return replace(now, totals=(*now.totals, row))
        case Sealed():
            return replace(now, state="sealed", sealed=act)
        case Voided():
            return replace(now, state="void", voided=act)
    return now


def _kept(
    now: Finality, act: Act, total: int | None, why: Literal["departure", "amendment"]
) -> Finality:
    """An amended total stands under the rubric the drill was opened with."""
    row = Kept(total_milli=total, why=why, rubric=now.totals[0].rubric, seq=act.seq)
    return replace(now, totals=(*now.totals, row))
