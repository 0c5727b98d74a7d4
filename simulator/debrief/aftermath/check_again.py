"""What a report says in two places: a moment or a loss that is not the same in both.

Rule 1: two statements agree within what the coarser of them leaves open.
"""

from collections.abc import Iterator

from simulator.debrief.aftermath import amounts
from simulator.debrief.aftermath.amounts import said_at
from simulator.debrief.aftermath.check_times import CALLED
from simulator.debrief.aftermath.claims import Claims, figure_of, is_blank
from simulator.debrief.aftermath.contradiction import Contradiction

ROUNDED = 0.01
"""Figures rounded to three digits are the same (assumed)."""


def check_again(claims: Claims) -> Iterator[Contradiction]:
    """Everything that is said twice and not the same."""
    for one in claims.account.again:
        kind, _, name = one.of.partition(".")
        if is_blank(one.says):
            continue
        if kind == "times" and name in claims.times:
            yield from _moment(claims, name, one.says)
        elif kind == "impact" and name in claims.figures:
            yield from _figure(claims, name, one.says)


def _moment(claims: Claims, name: str, text: str) -> Iterator[Contradiction]:
    told, other = claims.times[name], amounts.moment(text, claims.day)
    if other is not None and abs(told - other) < max(told.grain, other.grain):
        return
    yield Contradiction(
        code="said_twice",
        where=f"times.{name}",
        found=f"{CALLED[name]} is {said_at(told)} in one place and {text} in another",
        expected="one incident has one",
        do="Keep the one that is true",
    )


def _figure(claims: Claims, name: str, text: str) -> Iterator[Contradiction]:
    told, reader = claims.figures[name], figure_of(name)[0]
    written = next(text for own, text in claims.account.impact.items() if own == name)
    other = reader(text)
    if other is not None and told.agrees(other.value, within=ROUNDED):
        return
    yield Contradiction(
        code="said_twice",
        where=f"impact.{name}",
        found=f"it is {written} in one place and {text} in another",
        expected="one incident has one",
        do="Keep the one that is true",
    )
