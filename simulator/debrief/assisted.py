"""Who did what, and whether a hint helped: the two questions asked of an entry that is cited.

Rule 1: a mark whose deed follows a hint of its stage, by whoever got the hint, within ten minutes,
is assisted: shown, and kept out of the ledger.
"""

from collections.abc import Sequence
from typing import Final

from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.journal.entry import Entry
from simulator.journal.events.room import HintGiven
from simulator.journal.events.talk import Delegated, QuestionAnswered

HELPS_FOR_S: Final = 600
STAGES: Final = {
    "triage": "detection",
    "decision": "mitigation",
    "validation": "mitigation",
    "follow-up": "documentation",
}
"""Words authors use for a stage, and the competency they mean; a competency means itself."""


def actor(entry: Entry) -> str:
    """The person behind an event; empty where it just happened. An answer is its asker's deed."""
    if isinstance(entry.what, QuestionAnswered):
        return entry.what.to
    for name in ("by", "before", "person"):
        found = getattr(entry.what, name, "")
        if found:
            return str(found)
    return ""


def doers(told: Timeline, part: Part) -> set[str]:
    """Everybody who did, decided, delegated or approved what a part rests on."""
    cited = [told.entries[seq] for seq in part.cites if seq < len(told.entries)]
    found = {actor(entry) for entry in cited} - {""}
    for entry, order in told.told(Delegated):
        if order.to in found and any(entry.at <= one.at <= entry.at + _box(order) for one in cited):
            found.add(order.by)
    return found


def is_assisted(told: Timeline, mark: str, competency: str, parts: Sequence[Part]) -> bool:
    """Whether a hint helped with this mark."""
    for entry, hint in told.told(HintGiven):
        stage = STAGES.get(hint.stage, hint.stage)
        if stage and stage not in (mark, competency):
            continue
        for part in parts:
            helped = part.done_at is not None and 0 <= part.done_at - entry.at <= HELPS_FOR_S
            if helped and hint.to in doers(told, part):
                return True
    return False


def _box(order: Delegated) -> int:
    return order.within_s or 900
