"""The strip above a chart that names the moments, and the verticals that carry them down.

Rule 1: labels never overlap: each takes the lowest row that is free where it stands.
Rule 2: true marks are solid lines, claims (what people said) are dotted.
"""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from reports.ink import INK, PAPER, SOFT

ROW_IN: Final = 0.17
"""Height of a row of labels, inches."""
_SIGN: Final = 0.0112
"""Width of a sign at label size, as a share of a 6.6 inch axis."""


def rows_of(marks: pd.DataFrame, span: tuple[float, float]) -> list[int]:
    """For each mark the row its label stands in, 0 the lowest, so that none overlap."""
    width = span[1] - span[0]
    ends: list[float] = []
    rows: list[int] = []
    for minute, says in zip(marks["t"] / 60, marks["label"], strict=True):
        begins = _begins(minute, says, span)
        row = next((n for n, end in enumerate(ends) if end < begins), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = begins + (len(says) + 2) * _SIGN * width
        rows.append(row)
    return rows


def labelled(marks: pd.DataFrame, span: tuple[float, float]) -> pd.DataFrame:
    """The marks with what stands beside each: its word and its time, one label a second.

    What lies beyond the span says so with an arrow.
    """
    if marks.empty:
        return marks.assign(label=pd.Series(dtype=str))
    grouped = marks.groupby("t", sort=True, as_index=False).agg(
        label=("says", ", ".join), true=("true", "any")
    )
    grouped["label"] = [
        (f"{says} {_distance(t)}" if t else says) + (" →" if t / 60 > span[1] else "")
        for says, t in zip(grouped["label"], grouped["t"], strict=True)
    ]
    return grouped


def draw_marks(
    strip: Axes, panels: Sequence[Axes], marks: pd.DataFrame, span: tuple[float, float]
) -> None:
    """The labels on the strip and a vertical for each through every panel; `labelled` marks."""
    rows = rows_of(marks, span)
    strip.set_xlim(*span)
    strip.set_ylim(-0.2, max(rows, default=0) + 0.9)
    strip.axis("off")
    for row, (_, mark) in zip(rows, marks.iterrows(), strict=True):
        minute = mark["t"] / 60
        style = "-" if mark["true"] else (0, (1, 1.6))
        is_left = _begins(minute, mark["label"], span) < minute
        strip.annotate(
            mark["label"], (min(minute, span[1]), row + 0.12), xytext=(-2 if is_left else 2, 0),
            textcoords="offset points", fontsize=7.6, color=INK, va="bottom",
            ha="right" if is_left else "left", annotation_clip=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.3},
        )  # fmt: skip
        if minute > span[1]:
            continue
        strip.plot([minute, minute], [-0.2, row + 0.9], color=SOFT, linewidth=0.9, linestyle=style)
        for panel in panels:
            panel.axvline(minute, color=SOFT, linewidth=0.9, linestyle=style, zorder=1.5)


def span_of(marks: pd.DataFrame) -> tuple[float, float]:
    """The minutes a chart shows: from just before the first mark to just after the last.

    A long watch at the end is left out, so that what led to it can be read: a last mark that
    would more than double the chart is named at its edge instead.
    """
    found = sorted(set(marks["t"] / 60)) or [0.0, 1.0]
    if len(found) == 1:  # nothing but its end: from the beginning on
        found = [min(0.0, found[0]), max(1.0, found[0])]
    is_over = bool((marks["mark"] == "restored").any())
    while (
        is_over and len(found) > 2 and found[-1] - found[0] > 2.2 * max(1.0, found[-2] - found[0])
    ):
        found.pop()
    first, last = found[0], found[-1]
    room = max(0.5, (last - first) * 0.03)
    beyond = 4 * room if last < max(marks["t"] / 60, default=last) else 0.0
    return first - room, last + room + beyond


def _begins(minute: float, says: str, span: tuple[float, float]) -> float:
    """Where a label begins: at its mark, or before it where the sheet would cut it."""
    wide = (len(says) + 1) * _SIGN * (span[1] - span[0])
    return minute if minute + wide <= span[1] else min(minute, span[1]) - wide


def _distance(t: int) -> str:
    """The moment as the text writes it, without its T: `+3:59`, `+1:12:27`."""
    sign, seconds = ("-", -t) if t < 0 else ("+", t)
    minutes, left = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes}:{left:02d}"
