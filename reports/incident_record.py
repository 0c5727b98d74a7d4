"""What a drill adds to a plan's report form: exact times, sums, level, deadlines, messages, truth.

Rule 1: it stands behind the form and says that it is no part of it.
Rule 2: what was true is told in a box of its own: only a drill can know it.
"""

from collections.abc import Collection, Iterator
from typing import Any, Final

from reports.incident_conduct import deadlines, messages
from reports.incident_contents import Block, Grid, Items, Part, Row, Rows, Text
from reports.incident_facts import Facts
from reports.incident_lines import detected_by, value_of
from reports.incident_sections import gap_lines
from reports.incident_story import MARKS
from simulator.brief.plan.afterwards import ReportFigure
from simulator.brief.vocabulary import SHARES
from simulator.debrief.aftermath.levels_met import reached
from simulator.text import clean_line

RECORD: Final = "From the drill's record"
TIMES: Final = "Times"
LENGTHS: Final = "Lengths of time"
LOSSES: Final = "Losses"
LEVEL: Final = "Why this level"
BECAUSE: Final = "Graded so because"
DEADLINES: Final = "Deadlines"
MESSAGES: Final = "Messages sent"
MONITORING: Final = "What the monitoring saw"
SPANS: Final[dict[str, str]] = {
    "incident": "Start to resolved", "impact": "Impact to restored", "detect": "Time to detect",
    "acknowledge": "Time to acknowledge", "mitigate": "Time to first relief",
    "restore": "Time to restore, as the plan counts it",
}  # fmt: skip
SUMS: Final[dict[str, ReportFigure]] = {
    "Requests that failed": "impact.requests",
    "Share that failed": "impact.errors",
    "Highest share": "impact.peak",
    "Users hit": "impact.users",
    "Error budget used": "impact.budget",
    "Money lost": "impact.money",
    "Reports by customers": "impact.complaints",
    "Lost or harmed": "impact.losses",
}
"""What a sum is called -> what fills it."""


def record(facts: Facts) -> tuple[Part, ...]:
    """The parts behind the form."""
    whole = (
        (TIMES, _times(facts)),
        (LENGTHS, _lengths(facts)),
        (LOSSES, _losses(facts)),
        (LEVEL, _level(facts)),
        (MONITORING, _monitoring(facts)),
        (DEADLINES, (deadlines(facts),)),
        (MESSAGES, (messages(facts),)),
    )
    parts = []
    for title, found in whole:
        held = tuple(block for block in found if not isinstance(block, Grid) or block.rows)
        if held:
            parts.append(Part(title=title, under=RECORD, blocks=held))
    return tuple(parts)


def truth(facts: Facts) -> tuple[Row, ...]:
    """What was true, beside what was believed."""
    scenario, opened = facts.played.brief.scenario, facts.played.opened
    variant = scenario.variants.get(opened.variant)
    if variant is None:
        return ()
    cause = clean_line(scenario.causes.get(variant.cause, variant.cause), longest=200)
    named = facts.named
    match named.cause if named else "":
        case "":
            believed = "No cause was named"
        case variant.cause:
            believed = "The cause the team named last is the true one"
        case _:
            believed = "The cause the team named last is another one"
    return (
        Row(title="What was true this time", value=clean_line(variant.title, longest=200)),
        Row(title="Its cause", value=cause),
        Row(title="Against what was named", value=believed),
    )


def _times(facts: Facts) -> Iterator[Block]:
    rows = tuple(
        (called, facts.stamp(name), facts.played.t(facts.moments[name]))
        for name, called in MARKS.items()
        if name in facts.moments
    )
    yield Grid(columns=("Moment", "Time", "From the first page"), rows=rows)


def _lengths(facts: Facts) -> Iterator[Block]:
    rows = (Row(title=called, value=facts.span(name)) for name, called in SPANS.items())
    yield from _known(rows)


def _losses(facts: Facts) -> Iterator[Block]:
    rows = (Row(title=called, value=value_of(facts, shows)) for called, shows in SUMS.items())
    yield from _known(rows)


def _known(rows: Iterator[Row]) -> Iterator[Block]:
    held = tuple(row for row in rows if row.value)
    if held:
        yield Rows(rows=held)


def _level(facts: Facts) -> Iterator[Block]:
    """The facts that met the plan's table, one row each, the highest level's only."""
    top = reached(facts.rows)
    if not top:
        return
    if facts.level and top != facts.level:
        yield Text(text=f"It was declared {facts.level}; by the facts below it reached {top}.")
        yield Rows(rows=(Row(title=BECAUSE),))
    yield Grid(
        columns=("Level", "Row of the plan's table", "Fact", "Was", "First at"),
        rows=tuple(
            (row.level, row.row, name, _fact(name, value), facts.clock(row.at, seconds=True))
            for row in facts.rows
            if row.level == top
            for name, value in row.facts.items()
        ),
    )


def _fact(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in SHARES and isinstance(value, int | float):
        return f"{100 * value:.4g} %"
    if isinstance(value, Collection) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _monitoring(facts: Facts) -> Iterator[Block]:
    by = detected_by(facts)
    if by:
        yield Text(text=f"First to speak: {by}.")
    lines = gap_lines(facts)
    if lines:
        yield Items(items=lines)
