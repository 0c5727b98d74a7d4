"""The three charts of a drill's report, each with the words that stand in for it.

Rule 1: whoever cannot see a chart reads its text: what it shows, not what it looks like.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from reports import frames
from reports.chart_competencies import competencies_chart
from reports.chart_signals import SIGNALS, shown_signals, signals_chart
from reports.chart_timeline import timeline_chart
from reports.contents import Contents
from reports.ink import inline
from reports.played import Played
from reports.wording import counted
from simulator.debrief.scorecard import Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart as a page takes it."""

    markup: Markup
    says: str
    """Its text: title and description for whoever cannot see it."""


def charts_of(played: Played, card: Scorecard | None, it: Contents) -> Mapping[str, Chart]:
    """`signals`, `timeline`, and `competencies` where the run has a score."""
    marks = frames.marks(played)
    true, seen = frames.true_signals(played), frames.seen_signals(played)
    acts, busy = frames.acts(played), frames.work(played)
    lanes = _lanes(played, acts)
    deadlines = frames.deadlines(played, card)
    drawn = timeline_chart(acts, busy, frames.faults(played), deadlines, marks, lanes=lanes)
    found = {
        "signals": _chart("signals", "Signals, true and seen", signals_chart(true, seen, marks),
                          _signals_text(played, true, seen)),
        "timeline": _chart("lanes", "Who did what when", drawn,
                           _timeline_text(lanes, acts, deadlines)),
    }  # fmt: skip
    if card and it.score:
        rows = frames.competencies(card, it.score.competencies)
        bars = competencies_chart(rows)
        found["competencies"] = _chart("bars", "Competencies", bars, _bars_text(rows))
    return found


def _chart(name: str, title: str, figure: Figure, says: str) -> Chart:
    markup = inline(figure, name=name, title=title, says=says)
    # The markup is our own drawing; every foreign word in it was escaped by the drawer.
    return Chart(markup=Markup(markup), says=says)  # noqa: S704


def _lanes(played: Played, acts: pd.DataFrame) -> list[tuple[str, str]]:
    """Those who did something, in the order they came in."""
    there = [name for name in dict.fromkeys(acts["person"]) if name in played.labels]
    return [(name, played.labels[name]) for name in there]


def _signals_text(played: Played, true: pd.DataFrame, seen: pd.DataFrame) -> str:
    parts = []
    for name in shown_signals(true):
        rows = true[(true["signal"] == name) & (true["of"] == frames.CUSTOMERS)]
        if rows.empty:
            continue
        drawn = SIGNALS[name]
        values = rows["value"] * drawn.times
        peak = rows.loc[values.idxmax()]
        parts.append(
            f"{drawn.title}: from {values.iloc[0]:,.0f} to {values.max():,.0f} at "
            f"{played.t(int(peak['at']))}, {values.iloc[-1]:,.0f} at the end"
        )
    drawn_from = (frames.picture(seen, name)["seq"] for name in shown_signals(true))
    readings = len({seq for rows in drawn_from for seq in rows})
    return (
        "Solid: what was true. Dashed: the newest of the "
        f"{counted(readings, 'reading')} that reached the team, each a ring. "
        "Upright lines are the marks, dotted where people said so. " + ". ".join(parts) + "."
    )


def _timeline_text(
    lanes: list[tuple[str, str]], acts: pd.DataFrame, deadlines: pd.DataFrame
) -> str:
    held = acts.drop_duplicates("seq")["person"].value_counts()
    who = ", ".join(
        f"{label}: {counted(int(held.get(person, 0)), 'act')}" for person, label in lanes
    )
    outcomes = deadlines["outcome"].value_counts().sort_index()
    kept = ", ".join(f"{count} {word}" for word, count in outcomes.items())
    return (
        "A lane for each role, grey bars for time at work, signs for acts; above them what was "
        f"broken, below them the deadlines. {who or 'Nobody acted'}. "
        f"Deadlines: {kept or 'none'}."
    )


def _bars_text(rows: pd.DataFrame) -> str:
    told = [
        f"{one.title} {'nothing fell due' if pd.isna(one.points) else f'{one.points:.0f}'}"
        for one in rows.itertuples()
    ]
    return f"Points of 100: {', '.join(told)}. Hatched: only part of it fell due."
