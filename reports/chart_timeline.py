"""Who did what when: a lane a role, the faults above them, the plan's deadlines below.

Rule 1: what an act was is told by the shape of its sign, named under the chart, never by colour.
Rule 2: bars are time spent: a person does one thing at a time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from reports.chart_marks import ROW_IN, draw_marks, labelled, rows_of, span_of
from reports.ink import FAINT, INK, PAPER, SOFT, STYLE, sheet

WIDTH_IN: Final = 7.6
LANE_IN: Final = 0.44
DOING: Final = frozenset({"look", "action"})
"""Groups of acts drawn on the lower half of a lane, over the time they took; talk stands above."""
HALF: Final = 0.19
"""How far the two halves of a lane lie from its middle, in lanes."""
_APART: Final = 0.012
"""Signs closer than this share of the chart are stacked."""
_STACKED: Final = 0.24
_HIGHEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How a kind of act is drawn."""

    says: str
    marker: str
    filled: bool = True
    size: float = 5.0


SIGNS: Final[Mapping[str, Sign]] = {
    "page": Sign(says="page, answer", marker="v"),
    "decision": Sign(says="decision", marker="D"),
    "look": Sign(says="look", marker="o", filled=False),
    "action": Sign(says="action", marker="s"),
    "message": Sign(says="message", marker="^", filled=False),
    "talk": Sign(says="talk, note", marker=".", size=4.5),
}
DEADLINES: Final[Mapping[str, Sign]] = {
    "met": Sign(says="deadline met", marker="|", size=6.5),
    "late": Sign(says="late", marker="P", filled=False, size=6.0),
    "missed": Sign(says="missed", marker="X", size=6.0),
    "other": Sign(says="other", marker="1", size=6.5),
}
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "page": ("acknowledge", "answer", "page", "notify", "joined", "dismiss"),
    "decision": ("declare", "regrade", "confirm_level", "decision", "hypothesise", "resolve",
                 "close", "stand_down", "approve", "refuse", "deviate", "assign", "take_over",
                 "hand_over", "delegate"),
    "look": ("look",),
    "action": ("mitigate", "done"),
    "message": ("message", "status", "report"),
    "talk": ("say", "ask", "ask_approval", "post", "note", "open"),
}  # fmt: skip
_UNDRAWN: Final = ("look:", "mitigate:", "start:", "message:", "answer:")
"""Kinds of deeds that say again, in finer words, what another already says."""


def group_of(kind: str) -> str:
    """Which sign a kind of deed gets; empty for one that is not drawn."""
    if kind.startswith(_UNDRAWN) and not kind.startswith(("message:", "answer:")):
        return ""
    head = kind.partition(":")[0]
    return next((group for group, kinds in _GROUPS.items() if head in kinds), "")


def timeline_chart(
    acts: pd.DataFrame,
    work: pd.DataFrame,
    faults: pd.DataFrame,
    deadlines: pd.DataFrame,
    marks: pd.DataFrame,
    *,
    lanes: Sequence[tuple[str, str]],
) -> Figure:
    """Lanes are (person, label); `deadlines` has `t` and `outcome`."""
    span = span_of(marks)
    inside = labelled(marks, span)
    strip_in = ROW_IN * (max(rows_of(inside, span), default=0) + 1.4)
    names = ["what was broken", *[label for _, label in lanes], "deadlines"]
    height = strip_in + LANE_IN * len(names) + 0.85
    with mpl.rc_context(STYLE):
        figure = sheet(WIDTH_IN, height)
        strip, axes = figure.subplots(2, 1, height_ratios=[strip_in, LANE_IN * len(names)])
        figure.subplots_adjust(
            left=0.2, right=0.985, top=1 - 0.03 / height, bottom=0.8 / height, hspace=0.02
        )
        _lanes(axes, names, span)
        _bars(axes, faults, work, lanes, span)
        _acts(axes, acts, lanes, span)
        _deadlines(axes, deadlines, len(names) - 1, span)
        draw_marks(strip, [axes], inside, span)
        axes.set_xlabel("minutes from T0")
        figure.legend(
            handles=_legend(_inside(deadlines, span)), loc="lower center", ncols=5,
            fontsize=7.6, frameon=False, handletextpad=0.3, columnspacing=1.4,
        )  # fmt: skip
    return figure


def _lanes(axes: Axes, names: Sequence[str], span: tuple[float, float]) -> None:
    axes.set_facecolor("none")
    axes.spines[["top", "right", "left"]].set_visible(False)
    for row in range(len(names)):
        axes.axhline(row, color=FAINT, linewidth=0.7, zorder=1)
    axes.set_xlim(*span)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), [_short(name) for name in names])
    axes.tick_params(axis="y", length=0)


def _bars(
    axes: Axes, faults: pd.DataFrame, work: pd.DataFrame, lanes: Sequence[tuple[str, str]],
    span: tuple[float, float],
) -> None:  # fmt: skip
    for _, fault in faults.iterrows():
        _bar(axes, 0, fault, span, hatch="////")
    rows = {person: n + 1 for n, (person, _) in enumerate(lanes)}
    for _, item in work.iterrows():
        if item["person"] in rows:
            _bar(axes, rows[item["person"]], item, span, hatch=None)


def _bar(
    axes: Axes, row: int, item: pd.Series, span: tuple[float, float], *, hatch: str | None
) -> None:
    begins, ends = max(item["t"] / 60, span[0]), min(item["until"] / 60, span[1])
    if ends <= begins:
        return
    axes.barh(
        row if hatch else row + HALF, ends - begins, left=begins, height=0.5 if hatch else 0.34,
        facecolor=FAINT if hatch is None else PAPER, edgecolor=SOFT if hatch else "none",
        linewidth=0.8, hatch=hatch, zorder=2,
    )  # fmt: skip


def _acts(
    axes: Axes, acts: pd.DataFrame, lanes: Sequence[tuple[str, str]], span: tuple[float, float]
) -> None:
    rows = {person: n + 1 for n, (person, _) in enumerate(lanes)}
    groups = acts["kind"].map(group_of)
    for group, sign in SIGNS.items():
        mine = acts[(groups == group) & acts["person"].isin(rows)]
        mine = _inside(mine, span).drop_duplicates("seq")
        half = HALF if group in DOING else -HALF
        _signs(axes, mine["t"] / 60, mine["person"].map(rows) + half, sign)


def _deadlines(axes: Axes, deadlines: pd.DataFrame, row: int, span: tuple[float, float]) -> None:
    """Those that fell due together stand above one another."""
    inside = _inside(deadlines, span)
    height = stacked(list(inside["t"] / 60), _APART * (span[1] - span[0]))
    at = row - _STACKED * pd.Series(height, index=inside.index, dtype=float)
    for outcome, sign in DEADLINES.items():
        mine = inside["outcome"].map(_known) == outcome
        _signs(axes, inside["t"][mine] / 60, at[mine], sign)


def stacked(minutes: Sequence[float], apart: float) -> list[int]:
    """For each moment, in order of time, how many lie so close before it; at most two are told."""
    found: list[int] = []
    for n, minute in enumerate(minutes):
        near = n > 0 and minute - minutes[n - 1] < apart
        found.append(min(_HIGHEST, found[-1] + 1) if near else 0)
    return found


def _signs(axes: Axes, minutes: pd.Series, rows: pd.Series, sign: Sign) -> None:
    axes.plot(
        minutes, rows, linestyle="none", marker=sign.marker, markersize=sign.size,
        markeredgecolor=INK, markeredgewidth=0.8, zorder=4,
        markerfacecolor=INK if sign.filled else PAPER,
    )  # fmt: skip


def _inside(rows: pd.DataFrame, span: tuple[float, float]) -> pd.DataFrame:
    return rows[rows["t"].between(span[0] * 60, span[1] * 60)]


def _known(outcome: str) -> str:
    return outcome if outcome in DEADLINES else "other"


def _legend(deadlines: pd.DataFrame) -> list[Line2D]:
    there = set(deadlines["outcome"].map(_known)) if len(deadlines) else set()
    signs = [*SIGNS.values(), *(s for name, s in DEADLINES.items() if name in there)]
    return [
        Line2D([], [], linestyle="none", marker=sign.marker, label=sign.says, markersize=5,
               markeredgecolor=INK, markerfacecolor=INK if sign.filled else PAPER)
        for sign in signs
    ]  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
