"""A review to tell stories of: its first act, and a way to say the next one."""

from simulator.journal.review.acts import Act, ReviewOpened, Signed
from simulator.journal.review.finality import Finality, finality
from simulator.journal.review.rules import refusal

MONDAY = 1_700_000_000
DAY = 86_400
OPENED = ReviewOpened(head="a" * 64, lines=40, ended="closed", rubric="b" * 64, total_milli=81_000)


def opened() -> Finality:
    """A review of which nothing but its first act is there."""
    return finality([Act(seq=0, at=MONDAY, by="erin", what=OPENED)])


def signed() -> Finality:
    """A review that erin signed on Monday."""
    return said(opened(), Signed(assessed_alone=False))


def refused(now: Finality, what, *, by="erin", days=0, words="because it was so") -> str:
    """Why this may not be said so many days after Monday; empty where it may."""
    return refusal(now, act(now, what, by=by, days=days, words=words))


def said(now: Finality, what, *, by="erin", days=0, words="because it was so") -> Finality:
    """The review after this was said."""
    assert refused(now, what, by=by, days=days, words=words) == ""
    return now.after(act(now, what, by=by, days=days, words=words))


def act(now: Finality, what, *, by, days, words) -> Act:
    """An act so many days after Monday."""
    return Act(seq=len(now.acts), at=MONDAY + days * DAY, by=by, what=what, words=words)
