"""What becomes of a scenario file whoever wrote it: refused by check, or played to its end.

Rule 1: nothing else may happen: no hang, no second before the one it follows, no fault of the
engine, no exception.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from simulator.authoring.check import check
from simulator.brief.binding import bind
from simulator.brief.brief import Brief, documents_of
from simulator.brief.checks_brief import Sheet, check_brief
from simulator.brief.checks_scenario import check_scenario
from simulator.brief.nodes import Node, compose
from simulator.brief.plan.plan import Plan
from simulator.brief.roster import Roster
from simulator.brief.scenario.scenario import Scenario
from simulator.clock import LONGEST_DRILL_S
from simulator.drill import Drill, Terms
from simulator.errors import BriefError, EngineError, Problem

POLICIES: Final = ("random", "competent", "spammer", "expert", "novice", "idle")
"""Who plays: by seed, one after the other."""
_FILE: Final = "changed.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How one file ended."""

    refused: tuple[str, ...] = ()
    """The codes it was refused with."""
    ended: str = ""
    """Why the drill was over."""
    entries: int = 0
    wrong: str = ""
    """What must never be."""


def fate(text: str, plan: Node, roster: Node, seed: int) -> Fate:
    """Check a scenario's text and, where it is sound, play it with the bots and luck of a seed."""
    try:
        brief = _sound(text, plan, roster)
    except BriefError as error:
        return Fate(refused=tuple(sorted({one.code for one in error.problems})))
    chairs = dict.fromkeys(brief.people(), POLICIES[seed % len(POLICIES)])
    drill = Drill(brief, Terms(seed=seed, policies=chairs))
    try:
        drill.run()
    except EngineError as fault:
        return Fate(wrong=f"a fault of the engine: {fault}", entries=len(drill.entries))
    times = [entry.at for entry in drill.entries]
    wrong = ""
    if times[0] < 0 or times != sorted(times):
        wrong = "time ran backwards"
    elif not drill.ended or times[-1] > LONGEST_DRILL_S:
        wrong = "it never ended"
    return Fate(ended=drill.stage.situation.ended, entries=len(times), wrong=wrong)


def _sound(text: str, plan: Node, roster: Node) -> Brief:
    """The brief of a scenario that passes every check; raises BriefError with what does not."""
    node = compose(text, _FILE)
    scenario = bind(Scenario, node, _FILE)
    _refuse(check_scenario(node, scenario, _FILE))
    _refuse(check(node, scenario, _FILE))
    brief = Brief(
        scenario=scenario,
        plan=bind(Plan, plan, "plan"),
        roster=bind(Roster, roster, "roster"),
        documents=documents_of(node, plan, roster),
    )
    sheets = [Sheet(node=one, file=_FILE) for one in (node, plan, roster)]
    _refuse(check_brief(brief, *sheets))
    return brief


def _refuse(problems: Iterable[Problem]) -> None:
    if bad := [one for one in problems if not one.is_warning]:
        raise BriefError(bad)
