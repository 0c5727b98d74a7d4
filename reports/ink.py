"""How every chart looks: four greys, lines told apart by style, words beside what they name.

Rule 1: a chart is legible in grey; colour, where a page adds it, says nothing a label does not.
Rule 2: a chart is a `Figure` of its own on the Agg canvas: no pyplot, no global state.
Rule 3: the same frame makes the same bytes: no dates, no random ids.
"""

import html
import io
import re
import warnings
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

INK: Final = "#1b1b1f"
SOFT: Final = "#55555c"
FAINT: Final = "#c9c9ce"
PAPER: Final = "#fefefe"
"""The paper under a label, so that it stays readable across a line."""
ON_PAGE: Final = {
    INK: "var(--ink)",
    SOFT: "var(--soft)",
    FAINT: "var(--faint)",
    PAPER: "var(--paper)",
}
"""The page's own colours: light and dark, screen and print."""
STYLE: Final[Any] = {
    "svg.hashsalt": "gameday",
    "svg.fonttype": "none",
    # A name with dollar signs is a name, not a formula.
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.color": SOFT,
    "hatch.linewidth": 0.8,
}
_HEAD: Final = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA: Final = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_SIZE: Final = re.compile(r'\s(?:width|height)="[\d.]+pt"')
_SHEET: Final = re.compile(r"\s*<style .*?</style>", re.DOTALL)
"""Matplotlib's own style sheet would reach every element of the page; the page carries its rule."""
_ID: Final = re.compile(r'\bid="([^"]+)"')
_REFERRED: Final = re.compile(r'(?:url\(#|href="#)([^)"]+)')


def sheet(width_in: float, height_in: float) -> Figure:
    """An empty figure in the house style; call inside `mpl.rc_context(STYLE)`."""
    figure = Figure(figsize=(width_in, height_in), facecolor="none")
    FigureCanvasAgg(figure)
    return figure


def plain_axes(axes: Axes) -> None:
    """Only the two lines that are read from, and a faint grid behind."""
    axes.set_facecolor("none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def svg(figure: Figure) -> str:
    """The figure as a whole SVG document, the same bytes for the same figure."""
    sheet_of = io.StringIO()
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        # Letters are written as letters: whoever reads the page brings the font for them.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(sheet_of, format="svg", metadata={"Date": None, "Creator": "gameday"})
    return sheet_of.getvalue()


def inline(figure: Figure, *, name: str, title: str, says: str) -> str:
    """The figure as an element of a page: its own ids, the page's colours, a title and a text.

    `name` is unique on the page; `title` and `says` are plain text, escaped here.
    """
    found = _SHEET.sub("", _METADATA.sub("", _HEAD.sub("", svg(figure))))
    referred = set(_REFERRED.findall(found))
    found = _ID.sub(lambda m: f'id="{name}-{m[1]}"' if m[1] in referred else "", found)
    found = _REFERRED.sub(lambda m: m[0].replace(f"#{m[1]}", f"#{name}-{m[1]}"), found)
    for grey, colour in ON_PAGE.items():
        found = found.replace(grey, colour)
    head = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-text" class="chart" '
        f'focusable="false" '
    )
    words = (
        f'<title id="{name}-title">{html.escape(title)}</title>'
        f'<desc id="{name}-text">{html.escape(says)}</desc>'
    )
    found = _SIZE.sub("", found, count=2)
    found = found.replace("<svg ", head, 1)
    return found.replace(">", f">{words}", 1).strip()
