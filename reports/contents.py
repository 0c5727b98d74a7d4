"""What a drill's report says, before anybody decides how it looks: plain, frozen, ready for JSON.

Rule 1: texts here are cleaned and in the report's own words; nothing below looks at a journal.
Rule 2: what is not known is None or empty, never 0.
Rule 3: seconds are of the drill; `t` is the same moment as people read it, from T0.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Under what the drill was played."""

    drill: str
    title: str
    organisation: str
    scenario: str
    plan: str
    variant: str
    """What was true this time; named here for the first time."""
    mode: str
    pace: str
    seed: int
    hints: int
    assessed: bool
    ended: str
    begins: str
    status: str
    """`provisional`, `reviewed`, `sealed` or `void`: how final the score is."""
    contract: str
    """The safety contract in short, and where the whole stands."""
    accepted: tuple[str, ...]
    """Who accepted it, as the report calls them; a bot accepts nothing."""
    people: tuple[tuple[str, str], ...]
    """(what the report calls them, who played them: `a person` or the policy)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One key figure."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of the timeline."""

    seq: int
    """The entry; -1 for a deadline."""
    at: int
    t: str
    clock: str
    who: str
    says: str
    kind: str
    """`world`, `page`, `incident`, `work`, `talk`, `drill` or `deadline`."""
    outcome: str = ""
    """For a deadline: the targets table's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the timeline between two marks."""

    title: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One moment told twice: what the team saw, what was true."""

    at: int
    t: str
    saw: str
    true: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One duty of the plan as it went."""

    duty: str
    says: str
    owed_by: str
    level: str
    due: str
    done: str
    spare: str
    """How long before (or after, with a minus) the deadline it was done."""
    outcome: str
    advisory: bool
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One thing an exercise asked for, and what became of it."""

    title: str
    given: str
    """The answer that stood, `done`, or `nothing`."""
    right: str
    """What was right this time; empty for something to be done."""
    by: str
    asked: str
    took: str
    within: str
    outcome: str
    why: str
    teaches: str
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWords:
    """What stands beside the figures of a mark."""

    title: str
    owed_by: str
    outcome: str
    guard: str
    """What was taken off; empty where nothing was."""
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """A row of the table of expected and actual times, as people read durations."""

    name: str
    expected: str
    actual: str
    faster: str
    luck: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveWords:
    """What a rating of a team objective means."""

    says: str
    word: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreWords:
    """The words beside a scorecard, in its order; the figures are the card's and stand there."""

    says: str
    """One line: the total or why there is none."""
    competencies: Mapping[str, str]
    """Id -> title."""
    marks: Mapping[str, MarkWords]
    """By id."""
    breaches: tuple[str, ...]
    objectives: tuple[ObjectiveWords, ...]
    times: tuple[TimeWords, ...]
    luck: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Something that worked, with the cue that was noticed."""

    who: str
    says: str
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Something there was to see, and when it was seen and said."""

    shows: str
    where: str
    visible: str
    seen: str
    seen_by: str
    said: str
    telling: bool
    """Whether it speaks for what was true."""
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFinding:
    """What the drill says about the plan, its runbooks, alerts or tools."""

    about: str
    says: str
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A next step, for an owner of a system or a procedure."""

    says: str
    owner: str
    why: str
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A decision that was played on in two ways."""

    at: int
    t: str
    who: str
    saw: tuple[str, ...]
    """What the seat had seen by then, the newest last."""
    true: str
    did: str
    says: str
    """The other way and what it came to."""
    limit: str
    """How many replays count as the limit; empty where none does."""
    sort: str
    """Decision and luck, each by its own."""
    spread: str
    """Where this drill lies among its own replays."""
    ahead: str
    again: str
    """The command that plays it on from there."""
    proof: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replays:
    """The decisions that were replayed, as far as they tell something."""

    says: str
    partial: str
    """Why the figures are partial; empty where they are whole."""
    told: tuple[Replay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What the report rests on, and how to check it."""

    head: str
    verified: bool
    engine: str
    rubric: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalWords:
    """One total the drill has had."""

    total: str
    why: str
    rubric: str
    """The first letters of its rubric's hash."""
    act: int
    """The act of review that brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWords:
    """One act of review: who did what, in which words."""

    act: int
    when: str
    who: str
    what: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How final the score is, and what was said of it."""

    state: str
    says: str
    open_until: str
    """Until when people may annotate or contest; empty where they may not."""
    amended_says: str
    """Both totals in one line; empty where nothing was amended."""
    totals: tuple[TotalWords, ...]
    said: tuple[SaidWords, ...]
    unanswered: tuple[int, ...]
    """Objections that wait for an answer."""
    amended_marks: Mapping[str, str]
    """Mark -> what it is worth by the last amendment."""
    kept_out: str
    """Why the run is in nobody's record; empty where it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The whole report."""

    setting: Setting
    summary: tuple[Figure, ...]
    """Five lines of an incident (broke, noticed, done, restored, lost), three of an exercise."""
    figures: tuple[Figure, ...]
    timeline: tuple[Phase, ...]
    beside: tuple[Beside, ...]
    targets: tuple[TargetRow, ...]
    score: ScoreWords | None
    carried: tuple[Carried, ...]
    sights: tuple[Sight, ...]
    plan: tuple[PlanFinding, ...]
    questions: tuple[tuple[str, str], ...]
    """(phase, question) for whoever leads the debrief."""
    lessons: tuple[str, ...]
    steps: tuple[Step, ...]
    footing: Footing
    review: Review
    replays: Replays | None = None
    """None where nobody asked for replays."""
    items: tuple[ItemRow, ...] = ()
    """What an exercise asked for; an incident asks for none."""

    def as_json(self) -> dict[str, Any]:
        """Plain values, in the order of the page."""
        return asdict(self)
