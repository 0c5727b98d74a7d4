"""The sources' own table: expected, actual, how much faster, with luck beside it.

Rule 1: it compares restored - T0, never what people said; a scenario's milestones follow.
Rule 2: the labels are assumed: from 10 % faster EXCELLENT, from 0 GOOD, from -25 % LATE, else POOR.
"""

from typing import Literal

from simulator.brief.conditions import holds
from simulator.brief.scenario.story import Milestone
from simulator.debrief.marks_mitigation import helped, waited
from simulator.debrief.scorecard import OwnTable
from simulator.debrief.timeline import Timeline
from simulator.journal.entry import Entry
from simulator.journal.situation import Situation
from simulator.journal.truth import truth


def own_table(told: Timeline) -> tuple[OwnTable, ...]:
    """Restoration first, then the scenario's milestones in its order."""
    if told.t0 is None:
        return ()
    restored = told.marks.get("restored")
    rows = [_row(told, "restored", told.expected_s, restored)]
    reached = _reached(told)
    rows += [
        _row(told, name, milestone.within, reached[name])
        for name, milestone in told.scenario.teaching.milestones.items()
        if name in reached
    ]
    return tuple(rows)


def _row(told: Timeline, name: str, expected_s: int, at: int | None) -> OwnTable:
    assert told.t0 is not None
    if at is None:
        return OwnTable(name=name, expected_s=expected_s, actual_s=None, faster_percent=None,
                        luck_s=0, label="")  # fmt: skip
    actual = at - told.t0
    faster = (expected_s - actual) * 100 // expected_s if expected_s else 0
    return OwnTable(
        name=name,
        expected_s=expected_s,
        actual_s=actual,
        faster_percent=faster,
        luck_s=_luck(told, told.t0, at),
        label=_label(faster),
    )


def _luck(told: Timeline, start: int, until: int) -> int:
    """What hung on luck, as the mark `restore` counts it: for whoever had the fix in hand."""
    cure, wait = helped(told), waited(told)
    by = cure[1] if cure else wait[1] if wait else ""
    return told.luck(by, start, until) if by else 0


def _label(faster: int) -> Literal["EXCELLENT", "GOOD", "LATE", "POOR"]:
    if faster >= 10:
        return "EXCELLENT"
    if faster >= 0:
        return "GOOD"
    return "LATE" if faster >= -25 else "POOR"


def _reached(told: Timeline) -> dict[str, int | None]:
    """Milestone -> the second its condition held again, None for never.

    What impact had not taken away by T0 is no milestone of this drill and is left out.
    """
    whole = told.scenario.teaching.milestones
    found: dict[str, int | None] = {}
    left: dict[str, Milestone] = dict(whole)
    picture, first = Situation(), -1
    for entry in told.entries:
        picture = picture.after(entry)
        # The signals of the very second of impact come after the fault that bends them.
        if entry.at <= picture.marks.get("impact", entry.at):
            continue
        first = entry.at if first < 0 else first
        if entry.at > max(first, told.t0 or 0):
            left = {name: one for name, one in left.items() if name in found}
        held = _now(picture, entry, left)
        found |= {name: None for name in left if name not in held}
        found |= {name: entry.at for name in held if name in found}
        left = {name: one for name, one in left.items() if found.get(name) is None}
        if not left:
            break
    return {name: found[name] for name in whole if name in found}


def _now(picture: Situation, entry: Entry, left: dict[str, Milestone]) -> list[str]:
    look = truth(picture, entry.at)
    return [name for name, one in left.items() if holds(one.when, look)]
