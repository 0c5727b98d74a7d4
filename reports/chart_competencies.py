"""How far each competency got, as bars one can read without colour.

Rule 1: a competency nothing fell due of has no bar, and says so; it is not a zero.
Rule 2: the figure and the weight stand beside the bar; the bar only helps the eye.
"""

from typing import Final

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from reports.ink import FAINT, INK, PAPER, SOFT, STYLE, sheet

WIDTH_IN: Final = 7.6
BAR_IN: Final = 0.36
PASS_LINE: Final = 40
"""Under this in any one competency a run does not pass (rubric.PASS_COMPETENCY, points)."""


def competencies_chart(competencies: pd.DataFrame) -> Figure:
    """Bars from 0 to 100; `title`, `weight`, `points` (missing: nothing fell due), `due` 0..1."""
    count = max(1, len(competencies))
    height = BAR_IN * count + 0.55
    with mpl.rc_context(STYLE):
        figure = sheet(WIDTH_IN, height)
        axes = figure.subplots()
        figure.subplots_adjust(left=0.265, right=0.93, top=1 - 0.08 / height, bottom=0.42 / height)
        axes.set_facecolor("none")
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.barh(range(count), [100] * count, color="none", edgecolor=FAINT, height=0.6)
        for row, (_, one) in enumerate(competencies.iterrows()):
            _bar(axes, row, one)
        axes.axvline(PASS_LINE, color=SOFT, linewidth=0.9, linestyle=(0, (1, 1.6)))
        axes.set_xlim(0, 100)
        axes.set_ylim(count - 0.5, -0.5)
        axes.set_yticks(range(count), _names(competencies))
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(f"points; dotted: {PASS_LINE}, asked of each one", fontsize=8)
    return figure


def _names(competencies: pd.DataFrame) -> list[str]:
    return [
        f"{title} ({weight:g} %)"
        for title, weight in zip(competencies["title"], competencies["weight"], strict=True)
    ]


def _bar(axes: mpl.axes.Axes, row: int, one: pd.Series) -> None:
    if pd.isna(one["points"]):
        axes.text(1.5, row, "nothing fell due", va="center", fontsize=8, style="italic")
        return
    partly = one["due"] < 1
    axes.barh(
        row, one["points"], height=0.6, edgecolor=INK, linewidth=0.8,
        facecolor=PAPER if partly else FAINT, hatch="////" if partly else None,
    )  # fmt: skip
    says = f"{one['points']:.0f}" + (
        f" ({100 * one['due']:.0f} % of it fell due)" if partly else ""
    )
    outside = one["points"] < 76 or not partly
    axes.annotate(
        says, (one["points"], row), xytext=(4 if outside else -4, 0), textcoords="offset points",
        va="center", ha="left" if outside else "right", fontsize=8.4, color=INK,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        annotation_clip=False,
    )  # fmt: skip
