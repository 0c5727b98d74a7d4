"""What a review does to a score: the card as amended, what may be reviewed, what reaches a ledger.

Rule 1: the engine's own card is never changed; the amended one is computed beside it, from the
same journal, and where departures are unsettled its total is the lower one too.
Rule 2: only signed, assessed, complete and unassisted runs count for a person's ledger.
"""

from collections.abc import Sequence
from typing import Final

from simulator.brief.brief import Brief
from simulator.debrief.scorecard import Scorecard
from simulator.debrief.scoring import score
from simulator.journal.entry import Entry
from simulator.journal.events.room import ChairTaken, DrillOpened
from simulator.journal.review.finality import Finality
from simulator.journal.review.rules import Subject
from simulator.journal.situation import Situation

DISCIPLINE: Final = "discipline"
"""What the breaches left of the total; reviewed as if it were a mark."""


def subject_of(entries: Sequence[Entry], card: Scorecard) -> Subject:
    """What a review of this drill may speak of."""
    final = _final(entries)
    marks = {mark.id: mark.earned for mark in card.marks if not mark.absent}
    return Subject(
        people=frozenset({*final.chairs.values(), *final.joined}),
        marks={**marks, DISCIPLINE: card.discipline.factor_milli},
        departures=frozenset(final.deviated.keys() - final.accepted.keys()),
        seconds={entry.seq: entry.at for entry in entries},
    )


def amended_card(entries: Sequence[Entry], brief: Brief, now: Finality) -> Scorecard:
    """The card with everything the review has amended and settled."""
    return score(entries, brief, accepted=now.departures, amended=now.amended)


def assessed_alone(entries: Sequence[Entry], by: str) -> bool:
    """Whether this person is the only one, bots apart, who sat in the drill."""
    opened = entries[0].what
    assert isinstance(opened, DrillOpened), "a drill opens with its brief"
    taken = {entry.what.person for entry in entries if isinstance(entry.what, ChairTaken)}
    seated = set(opened.chairs.values())
    people = {person for person in seated if not opened.policies.get(person)} | taken
    return by in seated and people <= {by}


def kept_out(card: Scorecard | None, now: Finality) -> str:
    """Why a run does not reach anybody's ledger, as a sentence; empty where it does."""
    if now.state == "void":
        return "the run is void"
    if not now.is_settled:
        return "nobody has signed the score yet"
    if now.signer_was_assessed_alone:
        return "nobody signed it but the only person it assessed"
    if card is None or card.incomplete:
        return "the run is incomplete"
    if card.conditions.mode != "assessed":
        return "it was practice, which stays with whoever played it"
    if card.conditions.hints or any(mark.assisted for mark in card.marks):
        return "help was given, and what was helped is kept out"
    return ""


def counts_for_ledger(card: Scorecard | None, now: Finality) -> bool:
    """Whether a run may stand as evidence in a person's ledger."""
    return not kept_out(card, now)


def _final(entries: Sequence[Entry]) -> Situation:
    now = Situation()
    for entry in entries:
        now = now.after(entry)
    return now
