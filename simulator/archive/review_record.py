"""One drill's review as it is kept: acts in a chain, the words of each beside it.

Rule 1: acts are only ever added, in one transaction with the count and head that tell of them.
Rule 2: what is read is verified, and held to the rules of a review, or not handed out at all.
Rule 3: words may be erased; the line of their act keeps its hash of them and still verifies.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from simulator.archive.database import Database
from simulator.archive.faults import fault
from simulator.archive.schema import ACTS, REVIEWS, WORDS, DrillSummary
from simulator.archive.verdict import Verdict, judged, line_of
from simulator.errors import JournalError
from simulator.journal.record import Line
from simulator.journal.review.acts import Act, ReviewOpened, What, Words, from_line, to_line
from simulator.journal.review.finality import Finality, finality
from simulator.journal.review.rules import refusal

_COLUMNS: Final = [ACTS.c[name] for name in Line.__dataclass_fields__]
SLACK_S: Final = 600
"""So far two machines' clocks may stand apart; an act is then set at the moment of the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was said of one drill after it."""

    lines: tuple[Line, ...] = ()
    words: Mapping[int, Words] = field(default_factory=dict)
    now: Finality = field(default_factory=Finality)
    """The picture folded from the acts."""

    @property
    def head(self) -> str:
        """Hash of the last act; empty where there is none."""
        return self.lines[-1].hash if self.lines else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came of an act."""

    review: Review
    """As it is now."""
    refused: str = ""
    """Why nothing was recorded, as a sentence; empty where the act was."""


def told_review(connection: Connection, drill_id: str) -> tuple[tuple[Line, ...], dict[int, Words]]:
    """The lines as they stand, and the words that are left; nothing is verified here."""
    wanted = select(*_COLUMNS).where(ACTS.c.drill_id == drill_id).order_by(ACTS.c.seq)
    beside = select(WORDS.c.seq, WORDS.c.salt, WORDS.c.text).where(WORDS.c.drill_id == drill_id)
    try:
        lines = tuple(line_of(row) for row in connection.execute(wanted).mappings())
        words = {seq: Words(salt=salt, text=text) for seq, salt, text in connection.execute(beside)}
    except SQLAlchemyError as error:
        raise fault(error, f"the review of {drill_id}") from error
    return lines, words


def recorded(connection: Connection, drill_id: str) -> tuple[int, str]:
    """How many acts were recorded, and the hash of the last."""
    wanted = select(REVIEWS.c.acts, REVIEWS.c.head).where(REVIEWS.c.drill_id == drill_id)
    row = connection.execute(wanted).one_or_none()
    return (0, "") if row is None else (row.acts, row.head)


def review_verdict(
    about: DrillSummary,
    lines: Sequence[Line],
    words: Mapping[int, Words],
    *,
    count: int,
    head: str,
) -> tuple[Verdict, Finality]:
    """The verdict on a review of this drill, and the picture of its sound part."""
    now = finality((), ended=about.ended)
    verdict = judged(about.drill_id, lines, count=count, head=head)
    found = ""
    for line in lines[: verdict.lines]:
        try:
            act = from_line(line, words.get(line.seq))
            found = _strange(now, act, about)
        except JournalError as error:
            found = str(error)
        if found:
            break
        now = now.after(act)
    stray = sorted(words.keys() - {line.seq for line in lines})
    if stray and verdict.intact:
        found = found or f"there are words of act {stray[0]}, which there is not"
    if not found:
        return verdict, now
    seq = len(now.acts)
    wrong = Verdict(drill_id=about.drill_id, intact=False, lines=seq, head="", seq=seq, found=found)
    return wrong, now


def _strange(now: Finality, act: Act, about: DrillSummary) -> str:
    """Why an act cannot stand in a review of this drill."""
    if about.state != "sealed":
        return f"act {act.seq} speaks of a drill that has not ended"
    if isinstance(act.what, ReviewOpened) and act.what.head != about.head:
        return f"act {act.seq} is about another journal (head {act.what.head[:12]})"
    why = refusal(now, act)
    return f"act {act.seq} could not have been said: {why}" if why else ""


def read_review(connection: Connection, about: DrillSummary) -> Review:
    """The review, verified; JournalError naming the first act that is not sound."""
    lines, words = told_review(connection, about.drill_id)
    count, head = recorded(connection, about.drill_id)
    verdict, now = review_verdict(about, lines, words, count=count, head=head)
    if not verdict.intact:
        raise JournalError(f"the review of drill {about.drill_id}: {verdict.found}")
    return Review(lines=lines, words=words, now=now)


def say(
    database: Database,
    about: DrillSummary,
    what: What,
    *,
    by: str,
    words: str,
    at: int,
    opening: ReviewOpened,
) -> Said:
    """Record one act, committed and synced when this returns, or say why it may not follow.

    `at` is real time in seconds since 1970; `opening` begins the review where this is its first
    act. Raises JournalError where the review is not sound.
    """
    with database.writing() as connection:
        review = read_review(connection, about)
        now, added = review.now, []
        if not now.acts:
            first = Act(seq=0, at=at, by=by, what=opening)
            now, added = now.after(first), [first]
        act = Act(seq=len(now.acts), at=_moment(at, now.acts[-1].at), by=by, what=what, words=words)
        if why := refusal(now, act):
            return Said(review=review, refused=why)
        lines, kept = _lines([*added, act], review.head)
        add(connection, about, (*review.lines, *lines)[-1], lines, kept)
    return Said(
        review=Review(
            lines=(*review.lines, *lines), words={**review.words, **kept}, now=now.after(act)
        )
    )


def add(
    connection: Connection,
    about: DrillSummary,
    last: Line,
    lines: Sequence[Line],
    words: Mapping[int, Words],
) -> None:
    """Write acts behind those that are there; `last` is the last of them."""
    drill_id = about.drill_id
    rows = [{**asdict(line), "drill_id": drill_id} for line in lines]
    connection.execute(insert(ACTS), rows)
    if words:
        texts = [{**asdict(one), "drill_id": drill_id, "seq": seq} for seq, one in words.items()]
        connection.execute(insert(WORDS), texts)
    row = {"drill_id": drill_id, "acts": last.seq + 1, "head": last.hash}
    mine = REVIEWS.c.drill_id == drill_id
    if connection.execute(update(REVIEWS).where(mine).values(row)).rowcount == 0:
        connection.execute(insert(REVIEWS), [row])


def erase_words(connection: Connection, drill_id: str, by: str) -> int:
    """Overwrite everything one person said in their own words; how many acts that were."""
    theirs = select(ACTS.c.seq).where(ACTS.c.drill_id == drill_id, ACTS.c.by == by)
    gone = connection.execute(
        delete(WORDS).where(WORDS.c.drill_id == drill_id, WORDS.c.seq.in_(theirs))
    )
    return gone.rowcount


def _moment(at: int, last: int) -> int:
    return last if 0 < last - at <= SLACK_S else at


def _lines(acts: Sequence[Act], prev: str) -> tuple[list[Line], dict[int, Words]]:
    lines: list[Line] = []
    kept: dict[int, Words] = {}
    for act in acts:
        line, words = to_line(act, prev, salt=secrets.token_hex(16))
        lines.append(line)
        prev = line.hash
        if words is not None:
            kept[act.seq] = words
    return lines, kept
