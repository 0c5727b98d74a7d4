"""A drill's review as people read it on a terminal.

Rule 1: figures and sentences come from the review; nothing is decided here.
"""

from simulator.debrief.finality import kept_out
from simulator.journal.review.acts import Act
from simulator.journal.review.telling import STATES, points, told
from simulator.text import clean
from tui import show
from tui.reviewing import Case, moment

WHY = {
    "engine": "as the engine found it",
    "departure": "with a departure accepted",
    "amendment": "as amended",
    "rubric": "under another rubric",
}


def print_review(case: Case) -> None:
    """State, totals, what waits for an answer, and every act in its words."""
    now = case.now
    show.result(f"Drill {case.about.drill_id}: {now.state}")
    show.result(STATES[now.state])
    if now.state == "reviewed":
        show.result(f"People may annotate or contest until {moment(now.open_until)}.")
    if now.unanswered:
        waiting = ", ".join(str(act.seq) for act in now.unanswered)
        show.result(f"Waiting for an answer: {waiting}.")
    if out := kept_out(case.card, now):
        show.result(f"Not in anybody's record: {out}.")
    if now.totals:
        show.heading("Totals")
        show.table(
            ("total", "", "rubric", "act"),
            [(points(t.total_milli), WHY[t.why], t.rubric[:12], t.seq) for t in now.totals],
        )
    elif case.card is not None:
        show.result(f"Total {points(case.card.total_milli)}, as the engine found it.")
    if now.acts:
        show.heading("What was said")
        for act in now.acts:
            _print_act(act)


def _print_act(act: Act) -> None:
    show.result(f"{act.seq:>3}  {moment(act.at)}  {act.by} {told(act.what)}")
    words = "(erased)" if act.words is None else clean(act.words)
    for line in words.splitlines():
        show.result(f"     {line}")
