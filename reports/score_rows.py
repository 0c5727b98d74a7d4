"""The words beside a scorecard: titles for ids, durations as people say them, reasons in full.

Rule 1: nothing is graded here, and no figure of the card is said a second time.
Rule 2: what is outside the sums says so in its outcome and has no points.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from reports.contents import (
    MarkWords,
    ObjectiveWords,
    ScoreWords,
    TargetRow,
    TimeWords,
)
from reports.narrative import drawn
from reports.played import Played
from simulator.brief.plan.levels import DutyRule, NotifyRule
from simulator.clock import HOUR, MINUTE, said
from simulator.debrief.discipline import FREE_USELESS
from simulator.debrief.marks_items import PREFIX
from simulator.debrief.rubric import FULL, MARKS
from simulator.debrief.scorecard import Breach, DutyCard, Mark, ObjectiveCard, OwnTable, Scorecard
from simulator.journal.events.paging import Paged
from simulator.journal.gaps import filled
from simulator.text import clean_line

COMPETENCY_TITLES: Final = {
    "detection": "Detection and triage",
    "diagnosis": "Diagnosis",
    "mitigation": "Mitigation",
    "communication": "Communication",
    "coordination": "Coordination",
    "documentation": "Documentation",
}
RATINGS: Final = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}
"""HSEEP's four ratings of a team objective."""
BREACHES: Final = {
    "harmful": "An action made it worse",
    "unauthorised": "An action went ahead without the approval the plan asks for",
    "fault_alive": "It was called over while a fault was alive",
    "useless": "An action changed nothing",
    "useless_again": "The {nth} action that can be taken back and changed nothing",
    "statement": "A statement went beyond what had been seen",
    "blind": "An action went ahead without a look in the ten minutes before",
    "needless_page": "A page nobody needed, from the third on",
    "message_flood": "More than four messages in one interval",
}
FREE: Final = {
    "harmful": "An action made it worse, and what it did was over within ten minutes",
    "useless": "An action that can be taken back changed nothing and cost its time only",
}
"""The same where nothing is taken off for it."""
ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd"}
UNSAID: Final = {
    "acknowledged": "nobody took the page",
    "declared": "nothing was declared",
    "graded": "no level was set",
    "mitigated": "nothing eased it",
    "identified": "nobody named a cause",
    "resolved": "nobody said it was resolved",
    "closed": "it was not closed",
}
"""What was left out where a duty's own start never came, and T0 stands in (docs/score.md)."""
RESTORED: Final = "Service restored"
"""The first row of the table of expected and actual times."""
OUTCOMES: Final = {"not_played": "not played"}
"""Outcome words that differ from the card's own."""
_TERMS: Final = {terms.id: terms for terms in MARKS}


def score_of(played: Played, card: Scorecard) -> ScoreWords:
    """What the report says beside the card's figures."""
    return ScoreWords(
        says=_headline(card),
        competencies={one.id: COMPETENCY_TITLES.get(one.id, one.id) for one in card.competencies},
        marks={mark.id: _mark(played, mark) for mark in card.marks},
        breaches=tuple(_breaches(played, card.discipline.breaches)),
        objectives=tuple(
            ObjectiveWords(
                says=clean_line(one.says).rstrip("."), word=RATINGS[one.rating], means=_means(one)
            )
            for one in card.objectives
        ),
        times=tuple(_times(played, row) for row in card.table),
        luck=tuple(_luck(played, card)),
    )


def _means(one: ObjectiveCard) -> str:
    """The author's words; of what was not reached they tell only what that can mean."""
    says = clean_line(one.means)
    return f"That can mean: {says}" if says and not (one.achieved or one.late) else says


def target_rows(played: Played, card: Scorecard) -> tuple[TargetRow, ...]:
    """Every duty that was owed, as it went, in the order it fell due."""
    cards = sorted(card.duties, key=lambda duty: (duty.due_at, duty.duty))
    return tuple(_target(played, duty) for duty in cards)


def done_at(played: Played, duty: DutyCard) -> str:
    """When a duty was done, and whether the pager did it by itself; empty where it was not."""
    if duty.done_at is None:
        return ""
    proof = [played.entries[seq].what for seq in duty.cites if seq < len(played.entries)]
    is_pager = any(isinstance(what, Paged) and not what.by for what in proof)
    return f"{played.t(duty.done_at)}{' by the pager' if is_pager else ''}"


def duty_title(played: Played, duty: str) -> str:
    """What a duty is called: `first update`, `tell the executive`, `escalate to the director`."""
    escalation = played.brief.plan.escalation
    head, _, number = duty.partition(".")
    if head == "gate" and number in played.brief.plan.gates:
        return played.brief.plan.gates[number].says
    if head == "gap":
        return f"{number.replace('_', ' ')} (assumed: the plan is silent)"
    if number.isdigit():
        n = int(number)
        if head == "notify" and n < len(escalation.notify):
            return f"tell {played.role(escalation.notify[n].tell)}"
        if head == "unresolved" and n < len(escalation.unresolved):
            return f"escalate to {played.roles(escalation.unresolved[n].to)}"
        path = escalation.special.get(head)
        if path and n < len(path.steps):
            return f"{head.replace('_', ' ')}: tell {played.role(path.steps[n].tell)}"
    return duty.replace("_", " ").replace("-", " ")


def owed_title(played: Played, duty: DutyCard) -> str:
    """What a duty is called, and why its limit runs from T0 where its own start never came."""
    title, escalation = duty_title(played, duty.duty), played.brief.plan.escalation
    head, _, number = duty.duty.partition(".")
    rule: DutyRule | NotifyRule | None = filled(played.brief.plan).duties.get(duty.duty)
    if head == "notify" and number.isdigit() and int(number) < len(escalation.notify):
        rule = escalation.notify[int(number)]
    if rule is None or rule.since in played.situation.marks or rule.since not in UNSAID:
        return title
    return f"{title} (from T0: {UNSAID[rule.since]})"


def _headline(card: Scorecard) -> str:
    if card.total_milli is None:
        share = card.due_milli / 10
        return (
            f"Incomplete, hence no total: {share:.0f} % of what could fall due did, 60 % is asked"
        )
    verdict = "a pass" if card.passed else "not a pass"
    return f"{card.total_milli / 1000:.1f} of 100, {verdict} (70 in all, 40 in each competency)"


def _breaches(played: Played, breaches: Sequence[Breach]) -> Iterator[str]:
    """Each breach with what it was; of what is counted, which one of its kind it was."""
    again = FREE_USELESS
    for breach in breaches:
        again += breach.kind == "useless_again"
        told = BREACHES if breach.factor < FULL else BREACHES | FREE
        what = told.get(breach.kind, breach.kind.replace("_", " ")).format(nth=_nth(again))
        item = clean_line(played.title_of(breach.says), longest=120) if breach.says else ""
        yield f"{what}: {item}" if item else what


def _nth(number: int) -> str:
    """`third`, `12th`, `21st`."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else SUFFIXES.get(number % 10, 'th')}"


def _mark(played: Played, mark: Mark) -> MarkWords:
    terms = _TERMS.get(mark.id)
    named = terms.title if terms else item_title(played, mark.id)
    is_guarded = any(part.guard < FULL for part in mark.parts)
    return MarkWords(
        title=named,
        owed_by=_any_of(played, mark.roles),
        outcome=outcome_word(mark.outcome),
        guard=terms.guard if terms and is_guarded else "",
        why=tuple(dict.fromkeys(clean_line(part.why) for part in mark.parts if part.why)),
    )


def item_title(played: Played, mark: str) -> str:
    """What the mark of an exercise's item is called."""
    item = played.brief.scenario.items.get(mark.removeprefix(PREFIX))
    return clean_line(item.title) if item else mark


def outcome_word(outcome: str) -> str:
    """The targets table's word for an outcome."""
    return OUTCOMES.get(outcome, outcome)


def _times(played: Played, row: OwnTable) -> TimeWords:
    milestone = played.brief.scenario.teaching.milestones.get(row.name)
    percent = row.faster_percent
    faster = "" if percent is None else f"{abs(percent)} % {'faster' if percent >= 0 else 'slower'}"
    return TimeWords(
        name=clean_line(milestone.title) if milestone else RESTORED,
        expected=said(row.expected_s),
        actual="not reached" if row.actual_s is None else said(row.actual_s),
        faster=faster,
        luck="" if row.actual_s is None else signed(row.luck_s),
    )


def signed(seconds: int) -> str:
    """A duration with its sign, `+15 s`, `-2 min`; `0 s` without one."""
    return f"+{said(seconds)}" if seconds > 0 else said(seconds)


def _luck(played: Played, card: Scorecard) -> Iterator[str]:
    """Each wait that was drawn long or short, by name."""
    for row in card.table[:1]:
        if row.luck_s:
            yield f"{RESTORED}: {drawn(row.luck_s)}, not taken out of the times of the table."
    for mark in card.marks:
        drawn_s = sum(part.luck_s for part in mark.parts if part.outcome == "late")
        if drawn_s:
            title = _TERMS[mark.id].title if mark.id in _TERMS else item_title(played, mark.id)
            yield f"{title}: {drawn(drawn_s)}; the grade is that of an average draw."


def _target(played: Played, duty: DutyCard) -> TargetRow:
    rule = played.brief.plan.duties.get(duty.duty)
    spare = "" if duty.done_at is None else _spare(duty.due_at - duty.done_at)
    return TargetRow(
        duty=owed_title(played, duty),
        says=clean_line(rule.says) if rule else "",
        owed_by=_any_of(played, duty.roles),
        level=duty.level,
        due=played.t(duty.due_at),
        done=done_at(played, duty),
        spare=spare,
        outcome=outcome_word(duty.outcome),
        advisory=duty.advisory,
        proof=duty.cites,
    )


def _spare(seconds: int) -> str:
    """`1 min 17 s before`, `37 s after`; from an hour on without the seconds."""
    distance = abs(seconds)
    shown = distance - distance % MINUTE if distance >= HOUR else distance
    return f"{said(shown)} {'before' if seconds >= 0 else 'after'}"


def _any_of(played: Played, roles: Sequence[str]) -> str:
    """Whom it is asked of first, and how many others may do it."""
    if len(roles) < 2:
        return played.roles(roles)
    others = len(roles) - 1
    return f"{played.role(roles[0])} or {others} {'other' if others == 1 else 'others'}"
