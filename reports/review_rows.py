"""How final a score is, in words: every total it had, and everything that was said of it.

Rule 1: reports name roles; who sat in the drill is called as the drill calls them, anybody else a
facilitator; people's own names stand here only where that was asked for.
Rule 2: people's own words are cleaned and shown as theirs; what was erased says so.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from reports.contents import Review, SaidWords, TotalWords
from reports.played import Played
from reports.score_rows import duty_title
from simulator.debrief.finality import DISCIPLINE, kept_out
from simulator.debrief.rubric import MARKS
from simulator.debrief.scorecard import Scorecard
from simulator.journal.review.acts import (
    Annotated,
    Contested,
    DepartureAccepted,
    MarkAmended,
    ReviewOpened,
    What,
)
from simulator.journal.review.finality import Finality
from simulator.journal.review.telling import STATES, points, share, told
from simulator.text import clean_line

TITLES: Final[Mapping[str, str]] = {
    **{mark.id: mark.title for mark in MARKS},
    DISCIPLINE: "Discipline",
}
WHY: Final[Mapping[str, str]] = {
    "engine": "as the engine found it",
    "departure": "with a departure accepted",
    "amendment": "as amended",
    "rubric": "under another rubric",
}
NO_NAMES: Final[Mapping[str, str]] = {}


def review_of(
    played: Played,
    card: Scorecard | None,
    now: Finality,
    *,
    called: Mapping[str, str] = NO_NAMES,
) -> Review:
    """The review as the report tells it; `called` names people by id, and is empty for roles."""
    who = _speakers(played, now, called)
    amended = now.amended_total
    return Review(
        state=now.state,
        says=STATES[now.state],
        open_until=_moment(now.open_until) if now.state == "reviewed" else "",
        amended_says=_amended_says(now) if amended else "",
        totals=tuple(
            TotalWords(
                total=points(kept.total_milli),
                why=WHY[kept.why],
                rubric=kept.rubric[:12],
                act=kept.seq,
            )
            for kept in now.totals
        ),
        said=tuple(_said(played, now, who)),
        unanswered=tuple(act.seq for act in now.unanswered),
        amended_marks={mark: share(worth) for mark, worth in now.amended.items()},
        kept_out=kept_out(card, now),
    )


def _amended_says(now: Finality) -> str:
    """Both totals in one line."""
    first, last = now.totals[0], now.amended_total
    assert last is not None
    return f"amended to {points(last.total_milli)}; the engine found {points(first.total_milli)}"


def _said(played: Played, now: Finality, who: Mapping[str, str]) -> Iterator[SaidWords]:
    for act in now.acts:
        if isinstance(act.what, ReviewOpened):
            continue
        words = "(these words were erased)" if act.words is None else clean_line(act.words)
        yield SaidWords(
            act=act.seq,
            when=_moment(act.at),
            who=who[act.by],
            what=told(act.what, mark=_title(played, act.what)),
            words=words,
        )


def _title(played: Played, what: What) -> str:
    match what:
        case Annotated(mark=mark) | Contested(mark=mark) | MarkAmended(mark=mark):
            return TITLES.get(mark, mark)
        case DepartureAccepted(duty=duty):
            return duty_title(played, duty)
    return ""


def _speakers(played: Played, now: Finality, called: Mapping[str, str]) -> dict[str, str]:
    """What the report calls everybody who said something."""
    found: dict[str, str] = {}
    outside = 0
    for by in dict.fromkeys(act.by for act in now.acts):
        if by in played.labels:
            found[by] = played.who(by)
            continue
        outside += 1
        label = "the facilitator" if outside == 1 else f"facilitator {outside}"
        name = clean_line(called.get(by, ""), longest=64)
        found[by] = f"{name} ({label})" if name else label
    return found


def _moment(at: int | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
