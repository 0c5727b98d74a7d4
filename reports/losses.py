"""What was lost or harmed beside requests: what the scenario counts, as far as it grew.

Rule 1: by the world's own gauges, not by what people counted or said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.played import Played
from simulator.journal.events.world import GaugeMoved
from simulator.text import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One thing that was lost."""

    amount: str
    """`160`, or with its unit `1.5 GiB`."""
    title: str
    """Of what, as it stands inside a sentence: `acknowledged writes that nobody holds`."""


def losses(played: Played) -> Iterator[Loss]:
    """Each loss gauge that stands higher at the end than it began, in the scenario's order."""
    began: dict[str, int] = {}
    for entry in played.entries:
        if isinstance(entry.what, GaugeMoved):
            began.setdefault(entry.what.gauge, entry.what.level)
    now = played.situation
    # The world stops when the incident is closed; what follows is calendar.
    ends = min(now.at, now.marks.get("closed", now.at))
    for name, gauge in played.brief.scenario.system.gauges.items():
        held = now.world.gauges.get(name)
        if not gauge.loss or held is None:
            continue
        grew = round(held.level_at(max(ends, held.at)) - began[name] / 1000, 1)
        if grew <= 0 or (gauge.whole and grew < 1):
            continue
        unit = f" {gauge.unit}" if gauge.unit and not gauge.whole else ""
        amount = f"{grew:,.0f}" if gauge.whole or grew.is_integer() else f"{grew:,.1f}"
        yield Loss(amount=f"{amount}{unit}", title=_inside(gauge.title or name.replace("_", " ")))


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with capitals."""
    text = clean_line(title).rstrip(".")
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
