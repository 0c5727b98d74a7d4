"""What became of each step: done, failed, checked with its verdict, started, under way, until when.

Rule 1: of a check its verdict is told; what a terminal says is still at work was only started.
"""

import re
import textwrap
from typing import Final

from simulator.responders.mind import Mind

WRITING_S: Final = 90
"""How long writing takes at most; a promise runs from when the message goes out."""
VERDICT: Final = 100
"""Letters of a terminal's words that are quoted at most."""
_STILL: Final = re.compile(
    r"\b(?:creating|modifying|provisioning|pending|starting|stopping|rebooting|restoring|building"
    r"|copying|replaying|rolling out|in progress|queued|scheduled|accepted)\b",
    re.IGNORECASE,
)
"""Words of a terminal that hands back while the work goes on."""


def done(mind: Mind) -> list[str]:
    """Titles of what was done, in order; what its terminal left at work is marked as started."""
    actions = mind.brief.scenario.actions
    ended = sorted(mind.memory.finished, key=lambda name: mind.memory.finished[name])
    return [
        f"{actions[n].title} (started)" if _still_runs(mind, n) else actions[n].title
        for n in ended
        if n in actions and f"done:{n}" in mind.picture.deeds
    ]


def outcomes(mind: Mind, *, outside: bool = False) -> list[tuple[int, str]]:
    """(second, how it ended) of everything that was done or tried, in order."""
    ended = sorted((at, name) for name, at in mind.memory.finished.items())
    actions = mind.brief.scenario.actions
    return [(at, outcome(mind, name, outside=outside)) for at, name in ended if name in actions]


def outcome(mind: Mind, name: str, *, outside: bool = False) -> str:
    """How an action's last run ended, as its terminal said: what a check found, what still runs."""
    action = mind.brief.scenario.actions[name]
    says = _last_words(mind, name)
    quoted = textwrap.shorten(says, VERDICT, placeholder=" ...")
    verdict = f": {quoted}" if quoted and not outside else ""
    done_at = max((d.at for d in mind.picture.deeds.get(f"done:{name}", ())), default=-1)
    if done_at < mind.memory.finished.get(name, -1):
        return f"failed: {action.title}{verdict}"
    if action.kind == "evidence":
        return f"checked: {action.title}{verdict}"
    if _still_runs(mind, name):
        return f"started: {action.title}{verdict}"
    return f"done: {action.title}"


def _still_runs(mind: Mind, name: str) -> bool:
    """Whether a terminal handed back while it said that the work goes on."""
    is_check = mind.brief.scenario.actions[name].kind == "evidence"
    return not is_check and bool(_STILL.search(_last_words(mind, name)))


def _last_words(mind: Mind, name: str) -> str:
    """The first line of what an action's terminal said in the end."""
    return next(iter(mind.memory.says.get(name, "").strip().splitlines()), "")


def under_way(mind: Mind) -> list[str]:
    """Titles of what is being done, in order."""
    actions, memory = mind.brief.scenario.actions, mind.memory
    return [
        actions[name].title
        for name, (at, _) in memory.started.items()
        if name in actions and at > memory.finished.get(name, -1)
    ]


def eta_of(mind: Mind) -> tuple[int, str]:
    """(second, title) of the step expected to end last, once this is out; (0, "") of none."""
    actions = mind.brief.scenario.actions
    works = (*mind.picture.work.values(), *mind.picture.running.values())
    left = [
        (work.looks_until, actions[work.item].title)
        for work in works
        if work.kind == "action"
        and work.looks_until > mind.now + WRITING_S
        and work.item in actions
    ]
    return max(left, default=(0, ""))
