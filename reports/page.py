"""The report's two faces that people read: one HTML file for a browser or printer, and Markdown.

Rule 1: everything foreign is escaped by the template, never by hand; only our own drawings are
markup.
Rule 2: one file is the whole page: no script, no font, no picture, no address outside it.
"""

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.charts import Chart
from reports.contents import Contents, PlanFinding
from simulator.debrief.scorecard import Scorecard

LONGEST_OPEN: Final = 40
"""A timeline or tale longer than this is folded on a screen; paper shows all of it."""
SIGNS: Final[Mapping[str, str]] = {
    "met": "✓", "late": "◐", "partly": "◑", "missed": "✗", "early": "◔", "deviated": "↷",
    "unattainable": "∅", "open": "…", "not": "-",
}  # fmt: skip
"""A sign before an outcome's word, so that a column can be scanned; the word says it."""
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]|#~])")


def html_page(it: Contents, charts: Mapping[str, Chart], card: Scorecard | None) -> str:
    """The whole page."""
    return _written("report.html.j2", it, charts, card, autoescape=True)


def markdown(it: Contents, charts: Mapping[str, Chart], card: Scorecard | None) -> str:
    """The same report as Markdown, charts as their texts."""
    return _written("report.md.j2", it, charts, card, autoescape=False)


def _written(
    template: str,
    it: Contents,
    charts: Mapping[str, Chart],
    card: Scorecard | None,
    *,
    autoescape: bool,
) -> str:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=autoescape,  # noqa: S701 - Markdown escapes by `in_markdown`
        undefined=StrictUndefined,
        finalize=None if autoescape else in_markdown,
        keep_trailing_newline=True,
    )
    environment.filters["thousandths"] = lambda milli: milli / 1000
    return environment.get_template(template).render(
        it=it,
        card=card,
        zip=zip,
        charts=charts,
        linked={line.seq for phase in it.timeline for line in phase.moments if line.seq >= 0},
        unfolded=unfolded(it),
        longest_open=LONGEST_OPEN,
        plan_groups=plan_groups(it.plan),
        signs=SIGNS,
        status_note=status_note(it),
        sights_note=sights_note(it),
    )


def in_markdown(value: Any) -> Any:
    """A value inside Markdown: one line, no sign that would act."""
    if isinstance(value, str):
        harmless = html.escape(" ".join(value.split()), quote=False)
        return _MARKDOWN.sub(r"\\\1", harmless)
    return value


def unfolded(it: Contents) -> frozenset[int]:
    """Which stretches of the timeline stand open on a screen: from the page on, while short."""
    found, lines = set(), 0
    for n, phase in enumerate(it.timeline):
        lines += len(phase.moments)
        if lines <= LONGEST_OPEN:
            found.add(n)
    return frozenset(found)


def plan_groups(findings: tuple[PlanFinding, ...]) -> list[tuple[str, list[PlanFinding]]]:
    """Findings under their headings, both in the order they came."""
    groups: dict[str, list[PlanFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.about, []).append(finding)
    return list(groups.items())


def status_note(it: Contents) -> str:
    """How final the score is; both totals where it was amended."""
    says = it.review.amended_says
    return f"{says[0].upper()}{says[1:]}. {it.review.says}" if says else it.review.says


def sights_note(it: Contents) -> str:
    """How much of what there was to see was seen, and what of it stayed with one person."""
    telling = [one for one in it.sights if one.telling]
    seen = [one for one in telling if one.seen]
    kept = [one for one in seen if not one.said]
    unsaid = f"; {len(kept)} of these stayed with whoever saw it" if kept else ""
    return f"{len(seen)} of {len(telling)} signs of what was true were seen{unsaid}."
