"""How many of the uses of a credential get through, and what they take away and ask.

Rule 1: whole uses a minute: a limit is shared in proportion to what is tried, the largest
remainders first, so that what gets through adds up to the limit exactly.
Rule 2: the uses on a service are load beside its traffic; no customer's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.brief.scenario.access import Use
from simulator.brief.scenario.scenario import Scenario
from simulator.journal.situation.parts import State
from simulator.world.graph import Bend
from simulator.world.system import States


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A use as it is tried now."""

    name: str
    use: Use
    is_on: bool
    """Whether somebody has it and goes on with it."""
    is_shut: bool
    """Whether the way to the door is shut."""
    per_min: int


def getting_through(tried: Sequence[Tried], most: int | None) -> tuple[int, ...]:
    """Uses a minute that an accepting door lets in, of each that is tried."""
    asked = [0 if one.is_shut else one.per_min for one in tried]
    whole = sum(asked)
    if most is None or whole <= most:
        return tuple(asked)
    let_in = [most * count // whole for count in asked]
    left = most - sum(let_in)
    nearest = sorted(range(len(asked)), key=lambda n: -(most * asked[n] % whole))
    for n in nearest[:left]:
        let_in[n] += 1
    return tuple(let_in)


def taken(tried: Tried, count: int) -> int:
    """Rows a minute that so many uses a minute take away."""
    return round(count * tried.use.rows)


def loads(scenario: Scenario, state: States) -> Iterator[Bend]:
    """What the uses of now ask of services."""
    for name, credential in scenario.system.credentials.items():
        for use_name, use in credential.uses.items():
            per_min: State = state.get(f"cred.{name}.{use_name}.per_min", 0)
            if use.on is not None and per_min:
                yield Bend(service=use.on, extra_per_s=int(per_min) / 60)
