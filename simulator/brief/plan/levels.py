"""Severity levels, the duties a level brings, and the three kinds of escalation.

Rule 1: a duty is owed at a level when its table names the level; a missing level owes nothing.
Rule 2: times run from the mark named in `since`; who computes them is `journal.targets` alone.
Rule 3: `no_ack` (nobody took the page), `unresolved` (it lasts too long) and `notify` (someone
must know) are three things and never stand for one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from simulator.brief.conditions import When
from simulator.brief.units import PositiveWholeSeconds, Prose, Truth, WholeSeconds, Word
from simulator.brief.vocabulary import MarkName, Role, ViewKind

STRICT = {"extra": "forbid"}

LevelName: TypeAlias = Word
ByLevel: TypeAlias = Mapping[LevelName, WholeSeconds]
GapByLevel: TypeAlias = Mapping[LevelName, PositiveWholeSeconds]
"""The longest gap between two of what repeats: nothing repeats without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One severity: what it means, when it holds, how an alert of it reaches people."""

    __pydantic_config__ = STRICT

    word: Word
    """As people say it."""
    means: Prose
    when: tuple[When, ...]
    """Any of these conditions over facts; the highest level with one that holds wins."""
    examples: tuple[Prose, ...] = ()
    pages: Literal["page", "ticket", "backlog"] = "page"
    """Whether an alert of this level wakes somebody, or waits as a ticket."""
    opens: Literal["declared", "provisional"] = "declared"
    """Provisional: whoever declares it needs a confirmation by one of `confirmed_by`."""
    confirmed_by: tuple[Role, ...] = ()
    resolve_within: WholeSeconds | None = None
    """The plan's own restore target, if it states one."""
    practice_note: Prose = ""


DutyVerb: TypeAlias = Literal[
    "acknowledge", "engage", "assess", "declare", "assign", "mobilise", "open_channel",
    "open_bridge", "first_update", "updates", "status_page", "status_page_updates",
    "customer_notice", "diagnosis", "gates", "watch", "resolution_message", "report",
    "book_meeting", "hold_meeting", "actions", "close", "ticket",
    "status_page_restated", "customer_updates", "customer_resolution",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule:
    """Something owed by somebody, by level, within a time."""

    __pydantic_config__ = STRICT

    does: DutyVerb
    """The engine's verb; it decides what counts as done."""
    owed_by: tuple[Role, ...]
    """Any of these may do it; the first is asked first."""
    since: MarkName = "fired"
    within: ByLevel = field(default_factory=dict)
    """The limit from `since`; for what repeats the first one's limit is its own duty."""
    opens_after: ByLevel = field(default_factory=dict)
    """Owed only once this long has passed since `since` (a notice "if longer than 30 min")."""
    every: GapByLevel = field(default_factory=dict)
    """For what repeats: the longest gap allowed."""
    every_watching: GapByLevel = field(default_factory=dict)
    """The longest gap once the incident is only being watched; absent: as `every`."""
    strict: Truth = False
    """Whether the limit itself is too late (`< 2 min`) or still in time."""
    only_if: When | None = None
    """Owed only while this condition over facts and marks has ever held."""
    role: Role | None = None
    """For `assign`: whom."""
    advisory: Truth = False
    """Shown and counted, never scored."""
    says: Prose = ""
    """The duty in the plan's own words."""
    practice_note: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStep:
    """One rung of the ladder that is climbed while nobody takes the page."""

    __pydantic_config__ = STRICT

    page: tuple[Role, ...]
    after: ByLevel
    """From T0, absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnresolvedStep:
    """Somebody who takes over, or is paged, because it lasts too long."""

    __pydantic_config__ = STRICT

    to: tuple[Role, ...]
    after: ByLevel
    how: Literal["automatic", "by_hand"] = "by_hand"
    """Automatic: the pager does it; by hand: the `owed_by` roles must."""
    owed_by: tuple[Role, ...] = ("commander", "on_call")
    only_if: When | None = None
    page_says: Prose = ""
    """What the pager shows them; absent: what it is about, as everybody calls it."""
    says: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyRule:
    """Somebody who must know, and by when."""

    __pydantic_config__ = STRICT

    tell: Role
    within: ByLevel
    since: MarkName = "fired"
    opens_after: ByLevel = field(default_factory=dict)
    owed_by: tuple[Role, ...] = ("commander", "on_call")
    only_if: When | None = None
    """For "over $100k" or "if unresolved": a condition over facts and marks."""
    how: Literal["message", "page", "call"] = "message"
    says: Prose = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialPath:
    """Another road for one kind of incident: a breach, lost data, a vendor, a domain."""

    __pydantic_config__ = STRICT

    only_if: When
    page: tuple[Role, ...] = ()
    """Paged at once, without a decision."""
    page_says: Prose = ""
    """What the pager shows them; absent: what it is about, as everybody calls it."""
    steps: tuple[NotifyRule, ...] = ()
    says: tuple[Prose, ...] = ()
    """What is done differently, in order."""
    channel: Literal["public", "private"] = "public"
    channel_name: Word = ""
    """The name pattern of its private channel; absent: the plan's one for security."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """The three kinds, the special paths, and who decides without a clock."""

    __pydantic_config__ = STRICT

    no_ack: tuple[PageStep, ...]
    unresolved: tuple[UnresolvedStep, ...] = ()
    notify: tuple[NotifyRule, ...] = ()
    special: Mapping[Word, SpecialPath] = field(default_factory=dict)
    by_decision: Mapping[Word, Prose] = field(default_factory=dict)
    """Reasons to escalate that no clock knows: "cause unclear" -> whom and why."""
    loops: Truth = False
    """Whether the no-ack ladder starts again at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of the plan's diagnosis checks: done by a look of a kind, by any seat, after T0."""

    __pydantic_config__ = STRICT

    by: ViewKind
    says: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One of the plan's proofs before it may be called over."""

    __pydantic_config__ = STRICT

    by: ViewKind
    holds: When
    """Passed by a look of that kind, after the last cure, that showed this."""
    says: Prose
