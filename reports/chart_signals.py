"""What customers felt and what the team believed, over time, with the moments that mattered.

Rule 1: the truth is a solid line, the team's newest reading a dashed one with its readings as
rings; both are named on the line, so nothing hangs on colour.
Rule 2: only signals that moved are drawn; where none did, errors and latency are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reports.chart_marks import ROW_IN, draw_marks, labelled, rows_of, span_of
from reports.frames import CUSTOMERS, picture
from reports.ink import INK, PAPER, SOFT, STYLE, plain_axes, sheet

WIDTH_IN: Final = 7.6
PANEL_IN: Final = 1.5
LOG_FROM: Final = 3000
LOG_LEAST: Final = 10
"""A latency beyond three seconds is drawn on a log scale from ten milliseconds on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How a signal is drawn."""

    title: str
    times: float
    """From the frame's unit to the axis."""
    moves: float
    """By how much, on the axis, it moves before it is worth a panel."""
    most: float | None = None
    """Where it cannot go beyond."""


SIGNALS: Final[Mapping[str, Drawn]] = {
    "errors": Drawn(title="Customers' requests lost, %", times=100, moves=1, most=100),
    "p95_ms": Drawn(title="Slowest p95, ms", times=1, moves=50),
    "saturation": Drawn(title="Fullest service, % used", times=100, moves=10, most=100),
}


def signals_chart(true: pd.DataFrame, seen: pd.DataFrame, marks: pd.DataFrame) -> Figure:
    """One panel a signal, one time axis in minutes from T0, the marks above and through all."""
    shown = shown_signals(true)
    span = span_of(marks)
    inside = labelled(marks, span)
    strip_in = ROW_IN * (max(rows_of(inside, span), default=0) + 1.4)
    with mpl.rc_context(STYLE):
        height = strip_in + PANEL_IN * len(shown) + 0.45
        figure = sheet(WIDTH_IN, height)
        ratios = [strip_in, *[PANEL_IN] * len(shown)]
        axes = figure.subplots(len(shown) + 1, 1, height_ratios=ratios, squeeze=False)[:, 0]
        figure.subplots_adjust(
            left=0.075, right=0.985, top=1 - 0.03 / height, bottom=0.42 / height, hspace=0.24
        )
        for panel, signal in zip(axes[1:], shown, strict=True):
            _panel(panel, signal, true, seen, span)
        draw_marks(axes[0], list(axes[1:]), inside, span)
        for panel in axes[1:-1]:
            panel.set_xticklabels([])
        axes[-1].set_xlabel("minutes from T0")
    return figure


def shown_signals(true: pd.DataFrame) -> tuple[str, ...]:
    """The signals that moved enough to be drawn."""
    moved = []
    for name, drawn in SIGNALS.items():
        values = _of(true, name)["value"] * drawn.times
        if len(values) and values.max() - values.min() >= drawn.moves:
            moved.append(name)
    return tuple(moved) or ("errors", "p95_ms")


def _of(true: pd.DataFrame, signal: str) -> pd.DataFrame:
    return true[(true["signal"] == signal) & (true["of"] == CUSTOMERS)]


def _panel(
    axes: Axes, signal: str, true: pd.DataFrame, seen: pd.DataFrame, span: tuple[float, float]
) -> None:
    drawn = SIGNALS[signal]
    plain_axes(axes)
    rows = _of(true, signal)
    believed = picture(seen, signal)
    highest = 0.0
    if len(rows):
        xs, ys = _steps(rows["t"] / 60, rows["value"] * drawn.times, span)
        axes.plot(xs, ys, color=INK, linewidth=1.7, drawstyle="steps-post", zorder=3)
        highest = max(ys)
        _name(axes, "true", xs, ys, span, above=True)
    xs, ys = _steps(believed["t"] / 60, believed["value"] * drawn.times, span, back=False)
    if len(ys):
        axes.plot(xs, ys, color=SOFT, linewidth=1.3, linestyle=(0, (4, 2)),
                  drawstyle="steps-post", zorder=2.5)  # fmt: skip
        axes.plot(xs[:-1], ys[:-1], linestyle="none", marker="o", markersize=4.6,
                  markerfacecolor=PAPER, markeredgecolor=INK, zorder=4)  # fmt: skip
        highest = max([highest, *ys])
        _name(axes, "as last seen", xs, ys, span, above=False)
    axes.set_xlim(*span)
    _scale(axes, drawn, highest)


def _scale(axes: Axes, drawn: Drawn, highest: float) -> None:
    """From nothing up; a latency that rose a hundredfold keeps its low end on a log scale."""
    title = drawn.title
    if drawn.most is None and highest > LOG_FROM:
        axes.set_yscale("log")
        axes.set_ylim(LOG_LEAST, highest * 3)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.minorticks_off()
        title = f"{title} (log scale)"
    else:
        axes.set_ylim(0, min(highest * 1.25, (drawn.most or highest) * 1.2) or 1)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
        axes.yaxis.set_major_formatter(
            lambda value, _: f"{value:,.4g}" if value <= (drawn.most or value) else ""
        )
    axes.set_title(title, loc="left", fontsize=8.4, color=INK, pad=4)


def _steps(
    minutes: pd.Series, values: pd.Series, span: tuple[float, float], *, back: bool = True
) -> tuple[list[float], list[float]]:
    """The steps inside the span, carried on to its end (and back to its beginning)."""
    points = sorted(zip(minutes, values, strict=True), key=lambda point: point[0])
    before = [value for minute, value in points if minute <= span[0]]
    inside = [(minute, value) for minute, value in points if span[0] < minute <= span[1]]
    if back and before:
        inside.insert(0, (span[0], before[-1]))
    if inside:
        inside.append((span[1], inside[-1][1]))
    return [x for x, _ in inside], [y for _, y in inside]


def _name(
    axes: Axes, says: str, xs: list[float], ys: list[float], span: tuple[float, float], *,
    above: bool,
) -> None:  # fmt: skip
    """The line's name on its longest level stretch, where there is room for it."""
    if len(xs) < 2:
        return
    high = max(ys) or 1.0
    raised = 0.02 if high > LOG_FROM else 0.3
    spans = [(xs[n + 1] - xs[n], n) for n in range(len(xs) - 1) if ys[n] >= raised * high]
    length, n = max(spans, default=(0.0, 0))
    middle = xs[n] + length / 2 if length > 0.12 * (span[1] - span[0]) else xs[n + 1]
    axes.annotate(
        says, (middle, ys[n]), xytext=(0, 3 if above else -4), textcoords="offset points",
        fontsize=7.6, color=INK, style="normal" if above else "italic",
        ha="center", va="bottom" if above else "top", zorder=5,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5, "alpha": 0.85},
    )  # fmt: skip
