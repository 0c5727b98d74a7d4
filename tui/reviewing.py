"""One drill as its reviewers meet it: what may be spoken of, what it is worth now, who speaks.

Rule 1: the rules stand in `simulator.journal.review`; here an act is only made ready and told.
Rule 2: this is where real time and the sealed drill come together; nothing below reads a clock.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from simulator.archive.archive import Archive
from simulator.archive.index import StoredScore
from simulator.archive.review_record import Review
from simulator.archive.schema import DrillSummary
from simulator.brief.brief import Brief
from simulator.debrief.finality import amended_card, kept_out, subject_of
from simulator.debrief.replay import brief_of, entries_of
from simulator.debrief.scorecard import Scorecard
from simulator.debrief.scoring import score
from simulator.errors import JournalError, UnknownNameError
from simulator.journal.entry import Entry
from simulator.journal.record import canonical
from simulator.journal.review.acts import LONGEST_WORDS, PERSON, TAGS, Act, ReviewOpened, What
from simulator.journal.review.finality import VOID_ENDS, Finality
from simulator.journal.review.rules import Subject, unfitting
from simulator.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A drill under review."""

    about: DrillSummary
    entries: tuple[Entry, ...]
    brief: Brief
    card: Scorecard | None
    """The engine's; None where the drill's own end leaves no score."""
    subject: Subject
    review: Review
    first: StoredScore | None = None
    """The score as it was stored when the drill ended; None where none was."""

    @property
    def now(self) -> Finality:
        """How final its score is."""
        return self.review.now

    def total_with(self, **changes: Any) -> int | None:
        """The total were the review's picture changed so."""
        if self.card is None:
            return None
        return amended_card(self.entries, self.brief, replace(self.now, **changes)).total_milli

    def opening(self) -> ReviewOpened:
        """The first act of its review: the total as it was stored at the end, else as it is now."""
        rubric = self.card.conditions.rubric if self.card else ""
        total = self.card.total_milli if self.card else None
        if self.card and self.first:
            rubric, total = self.first.rubric, self.first.total_milli
        return ReviewOpened(
            head=self.about.head,
            lines=self.about.lines,
            ended=self.about.ended,
            rubric=rubric,
            total_milli=total,
        )


def case_of(history: Archive, word: str) -> Case:
    """The drill of this id, its journal verified; JournalError where it is live or not sound."""
    about = history.find(word)
    if about.state != "sealed":
        raise JournalError(
            f"drill {about.drill_id} has not ended; it is reviewed when it is over"
            f" (gameday run --resume {about.drill_id})"
        )
    lines = history.read(about.drill_id)
    entries, brief = entries_of(lines), brief_of(lines)
    card = None if about.ended in VOID_ENDS else score(entries, brief)
    subject = subject_of(entries, card) if card else Subject(people=(), marks={})
    return Case(
        about=about,
        entries=entries,
        brief=brief,
        card=card,
        subject=subject,
        review=history.review(about.drill_id),
        first=next(iter(history.scores(about.drill_id)), None),
    )


def speaker(history: Archive, by: str, called: str = "") -> str:
    """The person's id of `--by`: itself one, or a name the archive knows.

    `called` is kept in the index as the person's name, and nowhere else.
    """
    if not PERSON.fullmatch(by):
        known = [one for one, name in history.people().items() if name.casefold() == by.casefold()]
        if len(known) != 1:
            raise UnknownNameError(
                f"{by[:60]!r} is no person's id (small letters, digits, `._-`) and no name this"
                " archive knows; give an id, and say once what they are called (--called)"
            )
        by = known[0]
    if called:
        history.name_person(by, called)
    return by


def say(history: Archive, case: Case, what: What, *, by: str, text: str) -> tuple[Review, str]:
    """Record the act now: the review as it is, and why it was refused, or nothing.

    Raises UnknownNameError where the act names what the drill does not hold.
    """
    if case.now.state != "void" and (strange := unfitting(what, by, case.subject, case.now)):
        raise UnknownNameError(strange)
    said = history.say(
        case.about.drill_id,
        what,
        by=by,
        words=clean(text, longest=LONGEST_WORDS).strip(),
        at=int(time.time()),
        opening=case.opening(),
    )
    return said.review, said.refused


def stored(history: Archive, case: Case) -> None:
    """Keep today's card as a row of its own, beside every earlier one; an incomplete has none."""
    card = case.card
    if card is None or card.total_milli is None or case.now.state == "void":
        return
    history.store_score(
        case.about.drill_id,
        rubric=card.conditions.rubric,
        status=case.now.state,
        total_milli=card.total_milli,
        card=canonical(card.as_json()),
    )


def as_json(case: Case, review: Review) -> dict[str, Any]:
    """The review for a program."""
    now = review.now
    out = kept_out(case.card, now)
    return {
        "drill": case.about.drill_id,
        "state": now.state,
        "open_until": moment(now.open_until),
        "head": review.head,
        "acts": [_act(act) for act in now.acts],
        "unanswered": [act.seq for act in now.unanswered],
        "totals": [
            {"total_milli": one.total_milli, "why": one.why, "rubric": one.rubric, "act": one.seq}
            for one in now.totals
        ],
        "counts_for_ledger": not out,
        "kept_out": out,
    }


def fields_of(act: Act) -> Mapping[str, Any]:
    """What an act says besides its words."""
    return {field.name: getattr(act.what, field.name) for field in fields(act.what)}


def _act(act: Act) -> dict[str, Any]:
    return {
        "act": act.seq,
        "at": act.at,
        "when": moment(act.at),
        "by": act.by,
        "kind": TAGS[type(act.what)],
        "words": act.words,
        **fields_of(act),
    }


def moment(at: int | None) -> str:
    """A second since 1970 as people write it; empty for none."""
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
