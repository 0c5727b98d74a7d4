"""What can be seen: alert rules, looks, sealed clues, records behind the tools, log lines.

Rule 1: a look with a command line is answered by that tool reading documents; only what has no
tool is a text, chosen by conditions and filled from the state table.
Rule 2: no page, and no log line, names the cause in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.brief.conditions import When
from simulator.brief.scenario.kinds import STRICT, ServiceId
from simulator.brief.units import (
    Count,
    Identifier,
    Line,
    Prose,
    Ratio,
    Seconds,
    Span,
    Tree,
    Truth,
    Word,
)
from simulator.brief.vocabulary import AlertRank, RankedFact, ViewKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """In which variants something is there: in all unless written."""

    __pydantic_config__ = STRICT

    only_in: tuple[Identifier, ...] = ()
    """The variants in which it is there."""
    not_in: tuple[Identifier, ...] = ()
    """The variants in which it is not there."""

    def covers(self, variant: str) -> bool:
        """Whether it is there in this variant."""
        if self.only_in:
            return variant in self.only_in
        return variant not in self.not_in


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule(Scope):
    """A rule of the monitoring, over measured values."""

    __pydantic_config__ = STRICT

    when: When
    """Measured: `api.errors[5m] > 5% for 5m`, `probe.health == 0 for 45s`, `repl_lag > 300`."""
    severity: AlertRank
    """How the monitoring ranks it; the plan says what level that is."""
    page: Truth = False
    """Whether it wakes people; otherwise it stands in the alert channel."""
    summary: Prose
    """What the page or the channel says: a symptom, never the cause."""
    expression: Line = ""
    """As people read it, in the metric store's language."""
    service: ServiceId | None = None
    """The service it is about."""
    source: Literal["own", "cloud"] = "own"
    """Whose monitoring: `cloud` is minutes late."""
    open_since: Seconds | None = None
    """Already firing, for so long, when the drill begins."""
    unrelated: Truth = False
    """Noise: of this incident's faults none makes it fire."""
    runbook: Prose = ""
    """What the page points to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text for what has no tool: the first whose condition holds is shown."""

    __pydantic_config__ = STRICT

    text: Prose
    """With `${name}` filled from the state table."""
    when: When | None = None
    """Over the truth; the last text needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(Scope):
    """Something to look at."""

    __pydantic_config__ = STRICT

    title: Prose
    """What people read in the list of looks; it gives nothing away."""
    views: tuple[ViewKind, ...]
    """Which kinds of view it is; the plan's checks and gates ask for kinds."""
    lines: tuple[Line, ...] = ()
    """Command lines that are this look; the first is what bots and the console type."""
    shows: tuple[Shown, ...] = ()
    """For a look without a line, or a note beside one."""
    takes: Span
    """How long it occupies who looks; drawn."""
    of: ServiceId | None = None
    """The service it is about; the plan's checks and "relevant" read it."""
    worth: Count = 1
    """1 to 9, equal in all variants: how telling it usually is."""
    facts: tuple[Word, ...] = ()
    """Facts it shows beyond what its kinds always show."""
    facts_when: Mapping[Word, When] = field(default_factory=dict)
    """For a fact, of its kinds or beyond: over the truth, when its answer shows it; else always."""
    suspects: tuple[RankedFact, ...] = ()
    """Facts whose worst this look only lets somebody fear: it shows `at_risk`, `suspected` or
    `disclosed` at most, and nothing of them once worse is known."""
    login: Truth = True
    """Whether it needs the login the first command costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue(Scope):
    """Sealed: what a look lets somebody conclude, if they read it well."""

    __pydantic_config__ = STRICT

    looks: tuple[Word, ...]
    """The looks that show it; `ask.<person>` for an answer."""
    shows: Prose
    """What there was to see, for the debrief."""
    when: When | None = None
    """Over the truth, at the second of the look."""
    reads: Mapping[Word, Ratio]
    """For each cause how much likelier it becomes; 1 says nothing, below 1 speaks against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Scope):
    """A row behind the tools that no mechanism makes: a commit, an event, a catalog entry."""

    __pydantic_config__ = STRICT

    kind: Line
    """As in simulator/shell/documents.py: `aws/rds/events`, `sql/<host>/<table>`, `git/<repo>`."""
    row: Tree
    """Texts may hold `${name}` of the state table and `${time:-5m}` (a moment, ISO)."""
    when: When | None = None
    """There only while this holds; over the truth."""
    since: When | None = None
    """There from the second this first held; `${since}` is that moment."""
    lag: Literal["none", "log", "cloud", "audit", "vendor"] = "none"
    count: Count = 1
    """So many alike, `${n}` counting from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogText(Scope):
    """Log lines of a service: at a pace while a condition holds, or once when it begins."""

    __pydantic_config__ = STRICT

    service: Word
    """Whose line it is."""
    level: Literal["debug", "info", "warn", "error"] = "info"
    """An `error` line must not name the cause."""
    text: Prose
    """The line, with `${name}` filled from the state table."""
    per_min: Ratio | None = None
    """How many a minute, while its condition holds."""
    steady: Truth = False
    """For `per_min`: at even steps, as a machine's routine goes, not at times drawn by chance."""
    once: Truth = False
    """Written once, when its condition first holds."""
    burst: Count = 1
    """For `once`: so many lines within two seconds."""
    dying: Identifier | None = None
    """The last words of each container that dies of this crash of the service's; no pace then."""
    when: When | None = None
    """Only while this holds, over the truth."""
    pods: Identifier | None = None
    """Only pods in this group of the service write it; nobody while there is none."""
    fields: Mapping[Word, Word] = field(default_factory=dict)
