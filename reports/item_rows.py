"""What an exercise asked for and what became of it, as a report tells it.

Rule 1: an answer is told with what would have been right, because the drill is over, and with what
had been seen before it; what it teaches is the author's word.
Rule 2: of an incident there are none of these rows.
"""

from reports.contents import Figure, ItemRow
from reports.played import Played
from reports.score_rows import outcome_word
from reports.wording import counted
from simulator.clock import said
from simulator.debrief.marks_items import PREFIX
from simulator.debrief.scorecard import Mark, Part, Scorecard
from simulator.text import clean_line


def item_rows(played: Played, card: Scorecard | None) -> tuple[ItemRow, ...]:
    """Every item of the truth played, in the order of the scenario."""
    marks = {mark.id: mark for mark in card.marks} if card else {}
    variant = played.opened.variant
    return tuple(
        _row(played, name, marks.get(f"{PREFIX}{name}"))
        for name, item in played.brief.scenario.items.items()
        if item.covers(variant)
    )


def _row(played: Played, name: str, mark: Mark | None) -> ItemRow:
    item, state = played.brief.scenario.items[name], played.situation.items.get(name)
    choices = {choice: clean_line(text) for choice, text in item.choices.items()}
    given = choices.get(state.choice, "") if state else ""
    if state and state.at is not None and not item.choices:
        given = "done"
    right = choices.get(item.answer(played.opened.variant), "")
    part: Part | None = mark.parts[0] if mark and mark.parts else None
    return ItemRow(
        title=clean_line(item.title),
        given=given or "nothing",
        right=right,
        by=played.who(state.by) if state and state.by else "",
        asked=played.t(state.opened) if state else "",
        took=said(state.at - state.opened) if state and state.at is not None else "",
        within=said(item.within),
        outcome=_outcome(part, given=given, right=right),
        why=clean_line(part.why) if part and given == right else "",
        teaches=clean_line(item.teaches),
        proof=mark.cites if mark else (),
    )


def _outcome(part: Part | None, *, given: str, right: str) -> str:
    """The card's word; of an answer that was not right, that."""
    if part is None:
        return ""
    return "wrong" if right and given and given != right else outcome_word(part.outcome)


def exercise_summary(played: Played, rows: tuple[ItemRow, ...]) -> tuple[Figure, ...]:
    """What a manager reads in a minute of an exercise."""
    variant = played.brief.scenario.variants.get(played.opened.variant)
    decisions = [row for row in rows if row.right]
    right = sum(row.given == row.right for row in decisions)
    settled = sum(row.given != "nothing" for row in rows)
    answered = sum(row.given != "nothing" for row in decisions)
    asked = [counted(len(decisions), "decision")] if decisions else []
    if others := len(rows) - len(decisions):
        asked.append(f"{counted(others, 'thing')} to be done")
    went = f"{settled} of {counted(len(rows), 'item')} settled"
    if decisions:
        went += f"; of {counted(answered, 'answer')} {right} right"
    return (
        Figure(name="What was asked", value=f"{' and '.join(asked)}."),
        Figure(name="What was true", value=f"{clean_line(variant.title)}." if variant else ""),
        Figure(name="How it went", value=f"{went}."),
    )


def exercise_figures(rows: tuple[ItemRow, ...]) -> tuple[Figure, ...]:
    """The key figures of an exercise: settled, in time, right."""
    decisions = [row for row in rows if row.right]
    kept = sum(row.outcome == "met" for row in rows)
    found = [
        Figure(
            name="Settled",
            value=f"{sum(row.given != 'nothing' for row in rows)} of {len(rows)}",
            note="items decided or done",
        ),
        Figure(name="In time", value=f"{kept} of {len(rows)}", note="within their limits"),
    ]
    if decisions:
        right = sum(row.given == row.right for row in decisions)
        found.append(
            Figure(name="Right", value=f"{right} of {len(decisions)}", note="of the decisions")
        )
    return tuple(found)
