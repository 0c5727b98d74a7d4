"""What slips the mind of people with less practice, and what hurry makes of a runbook.

Rule 1: a lapse is drawn once for each person and thing; somebody without such habits has none.
Rule 2: a guard is what is only looked at or fenced off before or after a cure; who skips it goes on
as if it had been done.
Rule 3: a side step changes a setting and cures nothing; it is forgotten with all that waits for
it, until the gate reminds people of it.
Rule 4: what a refusal of the tool or a gate that fails points at is no longer forgotten.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from simulator.brief.brief import Brief
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.trouble import RemedyStep
from simulator.journal.situation import Situation
from simulator.journal.units import PPM
from simulator.responders.habits import Habits
from simulator.responders.memory import Memory
from simulator.responders.proofs import Proof
from simulator.responders.steps import MOST_TRIES, TROUBLE, Progress, waits_for

GUARDS: Final = ("isolate", "evidence")
SIDE: Final = ("config",)
MOST_REFUSALS: Final = 2
"""So often refused, a step of a runbook is passed over."""


class Lapsing(Protocol):
    """What of a mind a lapse depends on."""

    @property
    def brief(self) -> Brief:
        """The documents."""
        ...

    @property
    def habits(self) -> Habits:
        """How practised they are."""
        ...

    @property
    def memory(self) -> Memory:
        """What they remember."""
        ...

    @property
    def picture(self) -> Situation:
        """What they were told."""
        ...

    @property
    def progress(self) -> Progress:
        """How far the remedies have got."""
        ...

    @property
    def proofs(self) -> Sequence[Proof]:
        """The plan's gates, as seen."""
        ...

    @property
    def cured_at(self) -> int:
        """The second the last action ended."""
        ...

    def lapses(self, purpose: str, share: float, item: str, n: int = 0) -> bool:
        """Whether whoever acts has a lapse about a thing."""
        ...


def left_out(mind: Lapsing, remedy: Sequence[RemedyStep]) -> frozenset[str]:
    """The steps of a remedy that slip the mind of whoever acts, as of now."""
    habits = mind.habits
    if not (habits.forgets or habits.skips_gate):
        return frozenset()
    actions = mind.brief.scenario.actions
    guards: set[str] = set()
    side: set[str] = set()
    for step in remedy:
        if step.do in mind.memory.started:
            continue
        if skips_guard(mind, step.do, actions[step.do]):
            guards.add(step.do)
        elif forgets(mind, step.do, actions[step.do]) or waits_for(step) & side:
            side.add(step.do)
    if guards:
        guards -= _refused_for(mind, remedy, guards)
    out = frozenset(guards | side)
    past = _past(mind, remedy)
    return (out - _recalled(mind, remedy, out) | past) if out else past


def skips_guard(mind: Lapsing, name: str, action: Action) -> bool:
    """Whether whoever acts leaves out what only guards."""
    share = mind.habits.skips_gate
    return action.kind in GUARDS and mind.lapses("guard", share, name)


def forgets(mind: Lapsing, name: str, action: Action) -> bool:
    """Whether whoever acts does not think of a step beside the cure."""
    cures = any(outcome.do.cure for outcome in action.then)
    if cures or action.kind not in SIDE:
        return False
    return mind.lapses("side", mind.habits.forgets, name)


def _past(mind: Lapsing, remedy: Sequence[RemedyStep]) -> frozenset[str]:
    """Measures for the meantime, with their undoing, once a step of no return was taken."""
    actions, started = mind.brief.scenario.actions, mind.memory.started
    if not any(actions[name].irreversible for name in started if name in actions):
        return frozenset()
    later = {step.do for step in remedy}
    meant = [s.do for s in remedy if s.do not in started and actions[s.do].undo in later]
    return frozenset((*meant, *(actions[name].undo for name in meant)))


def _refused_for(mind: Lapsing, remedy: Sequence[RemedyStep], out: set[str]) -> set[str]:
    """The guards without which a tool has refused a later step, however many steps later."""
    waits = {step.do: waits_for(step) for step in remedy}
    wanted = {step.do for step in remedy if f"mitigate:{step.do}" in mind.memory.refused}
    for _ in remedy:
        wanted |= {name for step in wanted for name in waits.get(step, ())}
    return wanted & out


def _recalled(mind: Lapsing, remedy: Sequence[RemedyStep], out: frozenset[str]) -> frozenset[str]:
    """What comes back to mind at the gate, all else being done, unless what it was for is past."""
    done = mind.picture.deeds
    left = (s for s in remedy if s.do not in out and not s.optional)
    if not all(f"done:{step.do}" in done for step in left):
        return frozenset()
    if not any(proof.is_looked_at for proof in mind.proofs):
        return frozenset()
    failing = any(proof.failing for proof in mind.proofs)
    gone = {name for step in remedy if step.do in mind.memory.started for name in waits_for(step)}
    share = mind.habits.skips_gate
    return frozenset(
        name for name in out - gone if failing or not mind.lapses("recall", share, name)
    )


def rushes(mind: Lapsing) -> bool:
    """Whether whoever acts follows a runbook before they know what it is."""
    return bool(mind.habits.rushes) and bool(mind.memory.finds)


def works_again(mind: Lapsing) -> bool:
    """Whether what was done in a hurry seems to have helped, so that nobody looks further."""
    if not mind.habits.rushes or not mind.memory.finished:
        return False
    seen = [find for find in mind.memory.finds if "errors" in find.facts]
    if not seen or seen[-1].at <= mind.cured_at:
        return False
    return int(seen[-1].facts["errors"]) <= TROUBLE * PPM


def hurried(mind: Lapsing) -> str:
    """The next action of the runbooks the page names, taken in a hurry; empty where none is left.

    Looks and guards are passed over, and what has to be undone again.
    """
    actions, progress = mind.brief.scenario.actions, mind.progress
    runbook = _runbook(mind)
    for name in runbook:
        action = actions.get(name)
        if action is None or f"done:{name}" in mind.picture.deeds:
            continue
        if progress.under_way(name):
            return ""
        back_and_forth = action.undo in runbook or name in _undoes(mind, runbook)
        if back_and_forth or action.kind in GUARDS or forgets(mind, name, action):
            continue
        refusals, _ = mind.memory.refused.get(f"mitigate:{name}", (0, 0))
        if refusals < MOST_REFUSALS and mind.memory.failed.get(name, 0) < MOST_TRIES:
            return name
    return ""


def _undoes(mind: Lapsing, runbook: Sequence[str]) -> frozenset[str]:
    """What only takes back an earlier step of a runbook."""
    actions = mind.brief.scenario.actions
    return frozenset(actions[name].undo for name in runbook if name in actions)


def _runbook(mind: Lapsing) -> tuple[str, ...]:
    """The steps of a runbook the page names: who rushes takes the last, who strays the first.

    The last is the one that changes most. Empty for whoever does neither.
    """
    scenario = mind.brief.scenario
    alerts = [alert for page in mind.picture.pages.values() for alert in page.alerts]
    texts = [scenario.alerts[name].runbook for name in alerts if name in scenario.alerts]
    found = {
        name: text.find(name)
        for text in reversed(texts)
        for name in scenario.runbooks
        if name in text
    }
    order = sorted(found, key=lambda name: found[name])
    if mind.lapses("hurry", mind.habits.rushes, "runbook"):
        return scenario.runbooks[order[-1]] if order else ()
    if len(order) > 1 and mind.lapses("stray", mind.habits.strays, "runbook"):
        return scenario.runbooks[order[0]]
    return ()
