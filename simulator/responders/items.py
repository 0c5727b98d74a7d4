"""What is written down to be mended afterwards, each thing with an owner and a date.

Rule 1: what a measure left behind goes to whoever took it; the cause to whoever answers for the
service; an alert nobody had taken to whoever is on call.
"""

from typing import Final

from simulator.clock import DAY
from simulator.journal.commands.incident import AddAction
from simulator.journal.situation.parts import Debt
from simulator.responders.fields import is_sure
from simulator.responders.lessons import unheard
from simulator.responders.mind import Mind

WEEK_S: Final = 7 * DAY


def debt_items(mind: Mind) -> tuple[AddAction, ...]:
    """One for each thing that temporary measures left behind."""
    return tuple(
        AddAction(
            text=f"{_left_by(mind, terms)}: {terms.says}",
            owner=mind.memory.started.get(terms.action, (0, mind.person))[1],
            due_in_s=WEEK_S,
            debt=debt,
        )
        for debt, terms in mind.picture.debts.items()
        if not terms.settled
    )


def lesson_items(mind: Mind) -> tuple[AddAction, ...]:
    """One for the cause, and one for each alert that had stood before it all began."""
    cause = mind.brief.scenario.causes.get(mind.named, mind.named)
    answers = mind.owner(("service_owner", "tech_lead", "manager", "commander"))
    text = f"Keep it from coming back: {cause or 'find out why'}"
    if cause and not is_sure(mind):
        text = f"Find out why it happened; suspected so far: {cause}"
    items = [AddAction(text=text, owner=answers, due_in_s=2 * WEEK_S)]
    on_call = mind.picture.holder("on_call") or mind.person
    for _, says in unheard(mind):
        text = f"Give it an owner who acts on it: {says}"
        items.append(AddAction(text=text, owner=on_call, due_in_s=WEEK_S))
    return tuple(items)


def _left_by(mind: Mind, debt: Debt) -> str:
    """What is to be done about a debt, as somebody would write it into a list."""
    actions = mind.brief.scenario.actions
    if debt.undo in actions:
        return actions[debt.undo].title
    if debt.action in actions:
        return f'Finish what "{actions[debt.action].title}" left'
    return "Put this right"
