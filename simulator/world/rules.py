"""When an alert rule turns pending, firing and quiet again: computed ahead, so never polled.

Rule 1: a rule is read at its own evaluation seconds only, and only what is measured counts.
Rule 2: pending at the first evaluation that holds, firing once it has held at each evaluation for
`for_s`, quiet at the first that does not hold; no data does not hold.
Rule 3: the answer assumes that what is known goes on; whoever learns of a change asks again from
there, with the state the rule had reached.

The figures to expect: a 15 % error step under "5xx > 5 % of 5 m for 5 m" crosses after 100 s of
ramp, is scraped 0-15 s and evaluated 0-30 s later, holds 300 s and waits 30 s in its group: it
pages after 7.2 to 7.9 min, 7.5 on average. A total outage crosses after 15 s: 5.8 to 6.5 min.
"""

from dataclasses import dataclass, field
from typing import Literal

from simulator.world.windows import EVALUATE_S, GROUP_WAIT_S, Grid, Measured

State = Literal["quiet", "pending", "firing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`figure > threshold for for_s`, or `<` where `below`."""

    threshold: float
    for_s: int = 0
    below: bool = False
    grid: Grid = field(default_factory=lambda: Grid(every_s=EVALUATE_S))
    """When it is evaluated."""

    def holds(self, figure: float | None) -> bool:
        """Whether this measured figure is one to complain of."""
        if figure is None:
            return False
        return figure < self.threshold if self.below else figure > self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a rule stands, and since which evaluation."""

    state: State = "quiet"
    since_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """The evaluations at which a rule turns; None: not as things stand."""

    pending_s: int | None
    firing_s: int | None

    @property
    def page_s(self) -> int | None:
        """When the page leaves, alone in its group."""
        return None if self.firing_s is None else self.firing_s + GROUP_WAIT_S


def next_turn(figure: Measured, rule: Rule, standing: Standing, from_s: int) -> Standing | None:
    """The rule's next state and its second, at or after `from_s`; None where it stays as it is.

    `from_s` must not be before the second the standing was reached, nor before now: what was
    evaluated earlier is not evaluated again.
    """
    wanted = standing.state == "quiet"
    at_s = _first_verdict(figure, rule, from_s, wanted=wanted)
    if wanted:
        return None if at_s is None else _pending(rule, at_s)
    if standing.state == "pending":
        fires_s = rule.grid.next(max(from_s, standing.since_s + rule.for_s))
        if at_s is None or fires_s < at_s:
            return Standing(state="firing", since_s=fires_s)
    return None if at_s is None else Standing(state="quiet", since_s=at_s)


def first_crossing(
    figure: Measured, rule: Rule, from_s: int, standing: Standing | None = None
) -> Crossing:
    """When the rule first becomes pending and then firing, if what is known goes on.

    A pending that does not last is passed over: `pending_s` is the one that leads to firing, or
    the one in force where none does. A rule already firing answers with its own second.
    """
    now = standing or Standing()
    pending_s = now.since_s if now.state == "pending" else None
    while now.state != "firing":
        turn = next_turn(figure, rule, now, from_s)
        if turn is None:
            break
        if turn.state == "quiet":
            pending_s = None
        elif pending_s is None:
            pending_s = turn.since_s
        now, from_s = turn, turn.since_s + 1
    if now.state == "firing":
        return Crossing(pending_s=pending_s, firing_s=now.since_s)
    return Crossing(pending_s=pending_s, firing_s=None)


def _pending(rule: Rule, at_s: int) -> Standing:
    """A rule without a `for` fires at once."""
    return Standing(state="pending" if rule.for_s else "firing", since_s=at_s)


def _first_verdict(figure: Measured, rule: Rule, from_s: int, *, wanted: bool) -> int | None:
    """The first evaluation at or after `from_s` whose verdict is this; None: never.

    Walks the evaluations while known changes pass through the window; after them the figure is
    level, or on its way to one crossing, whose neighbourhood is walked.
    """
    at_s = rule.grid.next(from_s)
    steady_s = max(at_s, figure.steady_from())
    while at_s <= steady_s + rule.grid.every_s:
        if rule.holds(figure.at(at_s)) is wanted:
            return at_s
        at_s += rule.grid.every_s
    crossing = figure.crosses(rule.threshold)
    if crossing is None:
        return None
    at_s = max(at_s, rule.grid.next(crossing[0]))
    while at_s <= rule.grid.next(crossing[1]):
        if rule.holds(figure.at(at_s)) is wanted:
            return at_s
        at_s += rule.grid.every_s
    return None
