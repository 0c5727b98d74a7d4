"""A post-incident report drafted in a plan's own form: its sections, its order, its headings.

Rule 1: pure: the same entries, brief and card make the same report.
Rule 2: sections that share a heading stand below it together; lines of the head stand in one list.
"""

from collections.abc import Sequence

from reports.incident_contents import Block, IncidentReport, Part, Row, Rows
from reports.incident_facts import Facts
from reports.incident_lines import value_of
from reports.incident_record import record, truth
from reports.incident_sections import HEAD, blocks, head_value
from reports.played import played
from simulator.brief.brief import Brief
from simulator.brief.plan.afterwards import Section
from simulator.debrief.scorecard import Scorecard
from simulator.journal.entry import Entry
from simulator.text import clean_line


def incident_report(
    entries: Sequence[Entry],
    brief: Brief,
    card: Scorecard | None,
    *,
    drill_id: str,
    verified_head: str,
    names: bool = False,
) -> IncidentReport:
    """The draft of a drill's post-incident report.

    `card` is None for a run without a score: the report then tells of no deadlines. Raises
    JournalError where the entries do not begin at the beginning.
    """
    whole = played(entries, brief, names=names)
    facts = Facts(played=whole, card=card)
    after = brief.plan.post_incident
    heading = clean_line(after.report_title, longest=120)
    return IncidentReport(
        heading=heading if verified_head else f"UNVERIFIED {heading}",
        title=value_of(facts, "title"),
        drill=clean_line(drill_id, longest=120),
        organisation=clean_line(brief.plan.organisation, longest=120),
        plan=clean_line(brief.plan.title, longest=120),
        head=verified_head,
        engine=clean_line(whole.opened.engine, longest=64),
        parts=tuple(_parts(facts)),
        record=record(facts),
        truth=truth(facts),
        rules=tuple(clean_line(rule) for rule in after.meeting.rules),
    )


def in_head(section: Section) -> bool:
    """Whether a section is no heading but lines of a list."""
    return section.holds in HEAD or (bool(section.lines) and section.holds in ("people", "summary"))


def _parts(facts: Facts) -> list[Part]:
    sections = facts.played.brief.plan.post_incident.sections
    has_end = any(section.holds == "end" for section in sections.values())
    parts: list[Part] = []
    for name, section in sections.items():
        under = clean_line(section.under, longest=120)
        if not in_head(section):
            title = clean_line(section.title, longest=120)
            parts.append(Part(title=title, under=under, blocks=blocks(facts, name, section)))
            continue
        found: tuple[Block, ...] = blocks(facts, name, section) if section.lines else ()
        rows = found[0].rows if found and isinstance(found[0], Rows) else (
            Row(title=clean_line(section.title, longest=120),
                value=head_value(facts, section, has_end=has_end)),
        )  # fmt: skip
        _append(parts, under, rows)
    return parts


def _append(parts: list[Part], under: str, rows: tuple[Row, ...]) -> None:
    """Put lines below their heading, into the list that stands there already."""
    last = parts[-1] if parts else None
    if last is not None and not last.title and last.under == under:
        held = last.blocks[0]
        assert isinstance(held, Rows)
        parts[-1] = Part(title="", under=under, blocks=(Rows(rows=(*held.rows, *rows)),))
    else:
        parts.append(Part(title="", under=under, blocks=(Rows(rows=rows),)))
