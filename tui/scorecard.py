"""A scorecard as people read it on a terminal, and as a program reads it.

Rule 1: figures come from the card; nothing is computed here but how they are said.
"""

from collections.abc import Sequence
from typing import Any

from simulator.clock import said
from simulator.debrief.scorecard import Mark, Scorecard
from simulator.text import clean_line
from tui import show

LONGEST_LIST = 12
"""Rows of a list before it is cut with a count of the rest."""


def print_card(drill_id: str, card: Scorecard) -> None:
    """The whole card: conditions, total, competencies, marks, discipline, the plan's findings."""
    terms = card.conditions
    show.result(f"Drill {drill_id}")
    show.result(
        f"{terms.scenario} ({terms.variant}) under {terms.plan}, {terms.mode}, {terms.pace},"
        f" seed {terms.seed}, ended: {terms.ended or 'not yet'}"
    )
    show.result()
    show.result(headline(card))
    show.heading("Competencies")
    show.table(
        ("competency", "weight", "points", "fell due"),
        [
            (c.id, _thousandths(c.weight_milli), _points(c.points_milli), _percent(c.due_milli))
            for c in card.competencies
        ],
    )
    show.heading("Marks")
    show.table(
        ("mark", "outcome", "earned", "luck", "proved by"),
        [_mark_row(mark) for mark in card.marks if not mark.absent],
    )
    _print_discipline(card)
    _print_table(card)
    _print_objectives(card)
    _print_findings(card)


def headline(card: Scorecard) -> str:
    """The total in one line."""
    discipline = f"discipline x {card.discipline.factor_milli / 1000:.2f}"
    if card.total_milli is None:
        return f"INCOMPLETE: {_percent(card.due_milli)} of the weight fell due; no total"
    verdict = "passed" if card.passed else "not passed"
    kept, accepted = (
        card.total_deviations_kept_milli,
        card.total_deviations_accepted_milli,
    )
    both = f"; with deviations accepted {_points(accepted)}" if kept != accepted else ""
    return f"TOTAL {_points(card.total_milli)} of 100 ({verdict}, {discipline}{both})"


def card_json(drill_id: str, card: Scorecard, **more: Any) -> dict[str, Any]:
    """The card with the drill it is of."""
    return {"drill": drill_id, "score": card.as_json(), **more}


def _mark_row(mark: Mark) -> tuple[str, ...]:
    earned = "-" if mark.earned is None else f"{mark.earned / 1000:.2f}"
    luck = f"{mark.luck_s:+d} s" if mark.luck_s else ""
    outcome = mark.outcome + (" (assisted)" if mark.assisted else "")
    return (mark.id, outcome, earned, luck, _cites(mark.cites))


def _print_discipline(card: Scorecard) -> None:
    if not card.discipline.breaches:
        return
    show.heading("Discipline")
    show.table(
        ("what", "factor", "by", "because", "proved by"),
        [
            (b.kind, f"{b.factor / 1000:.2f}", b.by, b.says, _cites(b.cites))
            for b in card.discipline.breaches
        ],
    )


def _print_table(card: Scorecard) -> None:
    if not card.table:
        return
    show.heading("Expected against actual")
    rows = []
    for row in card.table:
        actual = "-" if row.actual_s is None else said(row.actual_s)
        faster = "" if row.faster_percent is None else f"{row.faster_percent:+d} %"
        rows.append((row.name, said(row.expected_s), actual, faster, _luck(row.luck_s), row.label))
    show.table(("", "expected", "actual", "faster", "of which luck", ""), rows)


def _print_objectives(card: Scorecard) -> None:
    if not card.objectives:
        return
    show.heading("Objectives")
    show.table(("rating", "objective"), [(o.rating, o.says) for o in card.objectives])


def _print_findings(card: Scorecard) -> None:
    if not card.findings:
        return
    show.heading("What the drill says about the plan")
    for finding in card.findings[:LONGEST_LIST]:
        kind = finding.kind.replace("_", " ")
        says = clean_line(finding.says)
        show.result(f"- {kind}, {finding.item}: {says}{_behind(finding.cites)}")
    if rest := card.findings[LONGEST_LIST:]:
        show.result(f"  and {len(rest)} more (in the report and in --json)")


def _points(milli: int | None) -> str:
    return "-" if milli is None else f"{milli / 1000:.1f}"


def _thousandths(milli: int) -> str:
    return f"{milli / 1000:g}"


def _percent(milli: int) -> str:
    return f"{milli / 10:.0f}%"


def _luck(seconds: int) -> str:
    return said(seconds) if seconds else ""


def _cites(seqs: Sequence[int]) -> str:
    shown = " ".join(f"#{seq}" for seq in seqs[:4])
    return f"{shown} ..." if len(seqs) > 4 else shown


def _behind(seqs: Sequence[int]) -> str:
    return f" ({_cites(seqs)})" if seqs else ""
