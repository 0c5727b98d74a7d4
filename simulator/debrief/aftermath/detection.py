"""How an incident was noticed: what spoke first, how late, what kept silent, what cried wolf.

Rule 1: an alert is the incident's unless its rule says that none of its faults makes it fire.
Rule 2: what spoke once the cause had been named told nobody anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from simulator.brief.scenario.scenario import Scenario
from simulator.journal.entry import Entry
from simulator.journal.events.paging import Paged, PageDismissed
from simulator.journal.events.talk import Voice
from simulator.journal.events.world import AlertFired

GapKind: TypeAlias = Literal["stood", "silent", "afterwards", "unrelated", "dismissed", "by_people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing the monitoring did not do well."""

    kind: GapKind
    """`stood`: open before and not taken; `silent`: never spoke; `afterwards`: only once people
    knew; `unrelated`: woke somebody for nothing of this; `dismissed`: a page called false;
    `by_people`: customers told of it before any alert did."""
    alert: str
    """The rule's id; for `by_people` and `dismissed` the sender or page."""
    at: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How it was noticed."""

    by: str
    """The rule that spoke first; empty where people reported it or nobody did."""
    reported_by: str
    """Who reported it, where no alert did."""
    waited_s: int | None
    """From impact to the first page or report; negative for a forewarning."""
    gaps: tuple[Gap, ...]


def detection_of(
    entries: Sequence[Entry], scenario: Scenario, variant: str, marks: Mapping[str, int]
) -> Detection:
    """What a journal shows about the way it was noticed."""
    fired = marks.get("fired")
    at_t0 = [e.what for e in entries if e.at == fired]
    by = next((w.alert for w in at_t0 if isinstance(w, Paged) and w.alert), "")
    voice = next((w.sender for w in at_t0 if isinstance(w, Voice)), "")
    waited = fired - marks["impact"] if fired is not None and "impact" in marks else None
    return Detection(
        by=by,
        reported_by="" if by else voice,
        waited_s=waited,
        gaps=tuple(_gaps(entries, scenario, variant, marks)),
    )


def _gaps(
    entries: Sequence[Entry], scenario: Scenario, variant: str, marks: Mapping[str, int]
) -> Iterator[Gap]:
    impact, knew = marks.get("impact", 0), marks.get("identified")
    spoke: dict[str, Entry] = {}
    for entry in entries:
        match entry.what:
            case AlertFired(alert=alert, since=since, page=page):
                rule = scenario.alerts.get(alert)
                is_ours = rule is None or not rule.unrelated
                if is_ours and since < 0:
                    yield Gap(kind="stood", alert=alert, at=since, seq=entry.seq)
                if not is_ours and page:
                    yield Gap(kind="unrelated", alert=alert, at=entry.at, seq=entry.seq)
                if is_ours and entry.at >= impact:
                    spoke.setdefault(alert, entry)
            case PageDismissed(page=name):
                yield Gap(kind="dismissed", alert=name, at=entry.at, seq=entry.seq)
            case Voice(ticket=True, sender=sender) if (
                impact <= entry.at < marks.get("fired", entry.at)
            ):
                yield Gap(kind="by_people", alert=sender, at=entry.at, seq=entry.seq)
    for alert, entry in spoke.items():
        if knew is not None and entry.at > knew:
            yield Gap(kind="afterwards", alert=alert, at=entry.at, seq=entry.seq)
    for alert, rule in scenario.alerts.items():
        # A rule of another variant has nothing to say in this one.
        is_owed = "impact" in marks and rule.page and not rule.unrelated and rule.covers(variant)
        if is_owed and alert not in spoke:
            yield Gap(kind="silent", alert=alert)
