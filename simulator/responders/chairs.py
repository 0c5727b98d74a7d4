"""Who plays a chair under which policy.

Rule 1: a policy is known by its name everywhere: terms of a drill, roster, command line.
"""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from simulator.brief.brief import Brief
from simulator.chance import Chance
from simulator.errors import UnknownNameError
from simulator.responders import (
    afterwards,
    checks,
    colleagues,
    commander,
    duties,
    ending,
    exercise,
    grading,
    posting,
    probes,
    promises,
    redrafting,
    remedies,
    sharing,
    stuck,
    voices,
)
from simulator.responders.bot import Bot
from simulator.responders.habits import COMPETENT, EXPERT, NOVICE, Habits
from simulator.responders.mind import Mind
from simulator.responders.responder import Responder
from simulator.responders.script import kept_lines
from simulator.responders.scripted import Scripted
from simulator.responders.wish import Wish

_HABITS: Final[dict[str, Habits]] = {
    "expert": EXPERT,
    "expert-observe": EXPERT,
    "expert-mitigate": replace(EXPERT, style="mitigate"),
    "expert-delegate": replace(EXPERT, style="delegate"),
    "expert-communicate": replace(EXPERT, style="communicate"),
    "competent": COMPETENT,
    "novice": NOVICE,
}
POLICIES: Final = (*_HABITS, "idle", "random", "spammer", "hinter")
"""Every policy there is, but for `scripted`: it plays the list its brief carries."""


def seated(person: str, policy: str, brief: Brief, chance: Chance) -> Responder:
    """Whoever plays this chair; raises UnknownNameError with the nearest policy."""
    if policy in _HABITS:
        return Bot(person, _HABITS[policy], responding, brief, chance)
    match policy:
        case "idle":
            return Bot(person, NOVICE, probes.nothing, brief, chance)
        case "random":
            return Bot(person, probes.AT_ONCE, probes.anything, brief, chance)
        case "spammer":
            return Bot(person, probes.AT_ONCE, probes.everything, brief, chance)
        case "hinter":
            return Bot(person, NOVICE, _hinted, brief, chance)
        case "scripted":
            return Scripted(person, kept_lines(brief))
    near = get_close_matches(policy, POLICIES, n=1, cutoff=0)
    raise UnknownNameError(f"no policy is called {policy!r}; the nearest is {near[0]!r}")


def responding(mind: Mind) -> Iterator[Wish]:
    """Everything somebody would like to do now."""
    yield from colleagues.answering(mind)
    yield from colleagues.taking_alerts(mind)
    if mind.brief.scenario.items:
        yield from colleagues.helping(mind)
        yield from exercise.settling(mind)
        return
    if mind.person not in mind.here:
        return
    if mind.picture.busy(mind.person):
        yield from redrafting.redrafting(mind)
        return
    owed = [*duties.due(mind), *promises.promised(mind), *promises.restated(mind)]
    owed, writing = commander.undecided(mind, owed)
    yield from commander.deciding(mind, writing)
    yield from colleagues.helping(mind)
    yield from voices.replying(mind)
    yield from grading.declaring(mind)
    yield from sharing.shared(mind, iter(owed))
    yield from commander.merging(mind)
    yield from commander.reopening(mind)
    yield from remedies.naming(mind)
    yield from remedies.acting(mind)
    yield from sharing.shared(mind, checks.looking(mind))
    yield from sharing.asking(mind)
    yield from stuck.stuck(mind)
    yield from sharing.examining(mind)
    yield from posting.posting(mind)
    yield from checks.proving(mind)
    yield from ending.ending(mind)
    yield from afterwards.afterwards(mind)


def _hinted(mind: Mind) -> Iterator[Wish]:
    """As a novice, taking every hint there is."""
    yield from responding(mind)
    yield from probes.stuck(mind)
