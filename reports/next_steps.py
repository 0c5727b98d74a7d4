"""Findings about the plan, and what is to be done next: work for owners of systems.

Rule 1: a step mends a plan, a runbook, an alert or a tool; it never names a person to improve.
Rule 2: a step says why, with what it rests on; at most eight, the plan's own first.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from reports.contents import PlanFinding, Step
from reports.played import Played
from reports.score_rows import done_at, duty_title
from simulator.clock import said
from simulator.debrief.scorecard import Finding, Scorecard
from simulator.journal.events.incident import ActionAdded
from simulator.text import clean_line

MOST: Final = 8
HEADINGS: Final = {
    "unattainable": "Limits nobody can keep",
    "late": "Limits that were not kept this time",
    "deviated": "Set aside, with a reason",
    "unused": "Not used this time, hence untried",
    "practice_note": "Notes of the plan's authors",
    "tool": "Tools in the way",
    "alert": "Alerts in the way",
    "runbook": "Runbooks in the way",
    "proof": "Proofs nobody could see here",
}
OWNERS: Final = {
    "unattainable": "owner of the plan",
    "late": "owner of the plan",
    "deviated": "owner of the plan",
    "tool": "owner of the tool",
    "alert": "owner of the monitoring",
    "runbook": "owner of the runbook",
    "proof": "owner of the scenario",
}
_STEPS: Final = {
    "unattainable": "Change the limit of “{item}”, or what stands before it",
    "deviated": "Decide whether the reason for leaving “{item}” aside belongs in the plan",
    "tool": "Take “{item}” out of the way of the next response",
    "alert": "Tune “{item}”, so that it wakes nobody for nothing",
    "runbook": "Say in the runbook what to do when this comes back",
    "proof": "Give the scenario a look that shows “{item}”",
}
_RANK: Final = ("unattainable", "deviated", "alert", "runbook", "proof", "tool")


def plan_findings(played: Played, card: Scorecard | None) -> tuple[PlanFinding, ...]:
    """What the drill says about the plan, then runbooks, alerts and tools."""
    if card is None:
        return ()
    order = list(HEADINGS)
    found = sorted(card.findings, key=lambda finding: order.index(finding.kind))
    return tuple(
        PlanFinding(
            about=HEADINGS[one.kind],
            says=_sentence(played, card, one),
            proof=one.cites,
        )
        for one in found
    )


def next_steps(played: Played, card: Scorecard | None) -> tuple[Step, ...]:
    """What people wrote down first, then what the findings ask for, then the next practice."""
    steps = [*_written(played), *_owed(played), *_asked(played, card.findings if card else ())]
    return (*steps[: MOST - 1], _practice(played))


def _sentence(played: Played, card: Scorecard, finding: Finding) -> str:
    if finding.kind == "runbook":
        return clean_line(finding.says)
    item = _item(played, finding)
    duty = next((duty for duty in card.duties if duty.duty == finding.item), None)
    if finding.kind == "late" and duty is not None:
        done = f"done {done_at(played, duty)}" if duty.done_at is not None else "not done"
        return f"{item} ({duty.level}): due {played.t(duty.due_at)}, {done}"
    says = clean_line(finding.says)
    return f"{item}: {says}" if says else item


def _item(played: Played, finding: Finding) -> str:
    scenario = played.brief.scenario
    if finding.item in scenario.alerts:
        return clean_line(scenario.alerts[finding.item].summary, longest=120)
    if finding.kind in ("unattainable", "late", "deviated", "practice_note", "unused", "proof"):
        return duty_title(played, finding.item.removeprefix("check."))
    return clean_line(finding.item.replace("_", " "), longest=120)


def _written(played: Played) -> Iterator[Step]:
    for entry in played.entries:
        match entry.what:
            case ActionAdded(text=text, owner=owner, due_in_s=due):
                yield Step(
                    says=clean_line(text, longest=200),
                    owner=played.who(owner) if owner else "no owner yet",
                    why=f"written down in the drill, entry {entry.seq}",
                    due=f"in {said(due)}" if due else "no date yet",
                )


def _owed(played: Played) -> Iterator[Step]:
    """What quick fixes left behind, neither put right nor among the actions written down."""
    written = {e.what.debt for e in played.entries if isinstance(e.what, ActionAdded)}
    for name, debt in played.situation.debts.items():
        if debt.settled or name in written:
            continue
        undo = f": {clean_line(debt.undo, longest=120)}" if debt.undo else ""
        yield Step(
            says=f"Put right what a quick fix left{undo}",
            owner=played.who(debt.owner) if debt.owner else "no owner yet",
            why=clean_line(debt.says, longest=200),
            due=f"in {said(debt.due_in_s)}" if debt.due_in_s else "no date yet",
        )


def _asked(played: Played, findings: Sequence[Finding]) -> Iterator[Step]:
    """A step for each thing that stood in the way; limits not kept share one."""
    told: set[tuple[str, str]] = set()
    for one in (one for kind in _RANK for one in findings if one.kind == kind):
        if (one.kind, one.item) in told:
            continue
        told.add((one.kind, one.item))
        yield Step(
            says=_STEPS[one.kind].format(item=_item(played, one)),
            owner=OWNERS[one.kind],
            why=clean_line(one.says, longest=200),
        )
    late = dict.fromkeys(_item(played, one) for one in findings if one.kind == "late")
    if late:
        named = ", ".join(f"“{item}”" for item in list(late)[:3])
        more = f" and {len(late) - 3} more" if len(late) > 3 else ""
        yield Step(
            says=f"Look at what stood in the way of {named}{more}",
            owner=OWNERS["late"],
            why="work as done was not work as written; the targets table shows by how much",
        )


def _practice(played: Played) -> Step:
    """The next drill: the same family with another truth behind it, where there is one."""
    variants = [name for name in played.brief.scenario.variants if name != played.opened.variant]
    again = "with another seed: the first page looks alike, the truth may not" if variants else \
        "once more, two weeks from now"  # fmt: skip
    return Step(
        says=f"Play “{clean_line(played.brief.scenario.title, longest=90)}” {again}",
        owner="whoever leads the next drill",
        why="short and often beats long and rare; one drill says little about anybody",
        due="within a month",
    )
