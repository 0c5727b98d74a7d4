"""The items of an exercise as marks: each a timing, a decision also right or wrong.

Rule 1: a wrong decision earns nothing, however fast; a right one, where whoever decided had seen
nothing before that speaks for it, earns three tenths, as a cause named on a hunch does.
Rule 2: of several answers the last one stands, and its time counts.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Final

from simulator.brief.scenario.exercise import Item
from simulator.debrief.rubric import FULL, MarkTerms
from simulator.debrief.scorecard import Part
from simulator.debrief.timeline import Timeline
from simulator.debrief.timing import measured
from simulator.journal.situation import Deed, ItemState

GUESSED: Final = 300
"""What a right answer keeps that nothing seen supports."""
PREFIX: Final = "item."


def item_terms(told: Timeline) -> tuple[tuple[MarkTerms, Fraction, Item], ...]:
    """A mark for each item of the variant played, with its weight."""
    variant = told.opened.variant if told.opened else ""
    return tuple(
        (
            MarkTerms(id=f"{PREFIX}{name}", competency=item.competency, weight=0, title=item.title),
            Fraction(str(item.weight)),
            item,
        )
        for name, item in told.scenario.items.items()
        if item.covers(variant)
    )


def item_parts(told: Timeline, mark: str, item: Item) -> tuple[Part, ...]:
    """The one opportunity of an item; none where it was never asked for."""
    name = mark.removeprefix(PREFIX)
    state = told.final.items.get(name)
    if state is None:
        return (Part(name=name, outcome="not_played", grade=0, roles=item.owed_by),)
    done = None if state.at is None else Deed(at=state.at, seq=state.seq, by=state.by, item=name)
    part = measured(
        told,
        name=name,
        start=state.opened,
        limit_s=state.within_s,
        done=done,
        roles=item.owed_by,
    )
    return (_judged(told, item, state, part) if item.choices and done else part,)


def _judged(told: Timeline, item: Item, state: ItemState, part: Part) -> Part:
    """The part of a decision, by what was answered and what had been seen before."""
    variant = told.opened.variant if told.opened else ""
    if state.choice != item.answer(variant):
        why = f"answered: {item.choices.get(state.choice, state.choice)}"
        return replace(part, outcome="missed", grade=0, why=why)
    speaks = [clue for clue, choice in item.evidence.items() if choice == state.choice]
    seen = [clue for clue in speaks if told.knew(state.by, clue, before=state.seq)]
    if speaks and not seen:
        return replace(part, guard=GUESSED, why="nothing seen before supports it")
    proof = {told.reading.clues[state.by][clue] for clue in seen}
    return replace(part, cites=tuple(sorted({*part.cites, *proof})), guard=FULL)
