"""Persons' cards: what each had the chance to show, and what of it was theirs.

Rule 1: a part is a person's where an entry of theirs (done, decided, delegated, approved) proves
it, or where it was missed and the duty was theirs alone; all else is "not this seat".
Rule 2: seats are never compared; one drill of one person says little.
"""

from collections.abc import Sequence
from fractions import Fraction

from simulator.debrief.assisted import doers
from simulator.debrief.command import lines_of
from simulator.debrief.scorecard import Mark, Part, PersonCard, PersonMark
from simulator.debrief.timeline import Timeline


def person_cards(told: Timeline, marks: Sequence[Mark]) -> tuple[PersonCard, ...]:
    """One card a person with a chair, by name."""
    people = sorted({*told.final.chairs.values(), *told.final.joined})
    hands = {(mark.id, n): doers(told, part) for mark in marks for n, part in enumerate(mark.parts)}
    return tuple(_card(told, person, marks, hands) for person in people)


def _card(
    told: Timeline, person: str, marks: Sequence[Mark], hands: dict[tuple[str, int], set[str]]
) -> PersonCard:
    own: list[PersonMark] = []
    others: list[str] = []
    earned: Fraction | int = 0
    weight = 0
    for mark in marks:
        parts = [
            part
            for n, part in enumerate(mark.parts)
            if part.counts and _is_theirs(told, part, person, hands[mark.id, n])
        ]
        if not parts:
            others.append(mark.id)
            continue
        own += [_own(mark, part) for part in parts]
        earned += mark.weight_milli * Fraction(sum(p.earned for p in parts), len(parts))
        weight += mark.weight_milli
    return PersonCard(
        person=person,
        roles=_roles(told, person),
        marks=tuple(own),
        not_this_seat=tuple(others),
        points_milli=int(earned / weight * 100) if weight else None,
        observations=lines_of(told, person),
    )


def _is_theirs(told: Timeline, part: Part, person: str, hands: set[str]) -> bool:
    if person in hands:
        return True
    owners = {told.final.holder(role) for role in part.roles} - {""}
    return part.outcome == "missed" and owners == {person}


def _own(mark: Mark, part: Part) -> PersonMark:
    return PersonMark(
        mark=mark.id, part=part.name, outcome=part.outcome, earned=part.earned, cites=part.cites
    )


def _roles(told: Timeline, person: str) -> tuple[str, ...]:
    held = [role for role in told.final.chairs if told.final.holder(role) == person]
    incident = told.final.incident
    if incident is not None:
        held += [role for role, who in incident.roles.items() if who == person]
    return tuple(dict.fromkeys(held))
