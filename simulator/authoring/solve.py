"""Whether a scenario can be solved, how hard it is and how long it takes, found by playing it.

Rule 1: an expert in every chair must restore every variant, those reached by name only included.
Rule 2: difficulty and expected minutes are the author's; play says where it does not bear them out.
"""

from collections.abc import Iterator, Sequence
from statistics import median_low
from typing import Final

from simulator.authoring.crowd import Progress, play_all
from simulator.authoring.rehearsal import Played, Rehearsal, packed
from simulator.brief.brief import Brief
from simulator.brief.nodes import Node
from simulator.brief.references import at
from simulator.clock import said
from simulator.errors import Problem

TRIES: Final = 3
"""Experts who try each variant."""
HARD_FROM: Final = ((80, 1), (60, 2), (40, 3), (20, 4), (0, 5))
"""From this percentage of novices back in time on, the difficulty play suggests (assumed)."""
APART: Final = 1
"""So far the author's difficulty and play's may lie apart."""
LONG_FOR: Final = 4
"""Expected minutes beyond so many times an expert's are no limit (assumed)."""


def solve(
    brief: Brief,
    node: Node,
    file: str,
    *,
    tries: int = TRIES,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Problem, ...]:
    """What playing every variant by experts and novices says of a scenario.

    A round that was interrupted says nothing: a part of it would accuse by chance.
    """
    asked = rehearsals(brief, tries)
    played = play_all(packed(brief), asked, workers=workers, progress=progress)
    if played.stopped:
        return ()
    return tuple(verdicts(brief, node, file, played.played))


def rehearsals(brief: Brief, tries: int) -> tuple[Rehearsal, ...]:
    """Experts and novices for each variant; novices only for those a seed can draw."""
    return tuple(
        Rehearsal(group=policy, seed=seed, policy=policy, variant=name)
        for name, variant in brief.scenario.variants.items()
        for policy in ("expert", "novice")
        if policy == "expert" or variant.weight
        for seed in range(1, tries + 1)
    )


def verdicts(brief: Brief, node: Node, file: str, played: Sequence[Played]) -> Iterator[Problem]:
    """The problems that a whole round of play shows."""
    if brief.scenario.kind != "incident":
        return
    experts = [one for one in played if one.group == "expert"]
    for name in brief.scenario.variants:
        yield from _solved(node, file, name, [one for one in experts if one.variant == name])
    yield from _duration(brief, node, file, experts)
    yield from _difficulty(brief, node, file, [one for one in played if one.group == "novice"])


def suggested(novices: Sequence[Played]) -> int:
    """The difficulty, 1 to 5, that the share of novices back in time suggests."""
    in_time = 100 * sum(1 for one in novices if one.in_time()) // max(1, len(novices))
    return next(level for least, level in HARD_FROM if in_time >= least)


def _solved(node: Node, file: str, name: str, experts: Sequence[Played]) -> Iterator[Problem]:
    lost = [one for one in experts if one.restore_s is None]
    if not lost:
        return
    ends = ", ".join(dict.fromkeys(one.faulted or one.ended for one in lost))
    found = f"{len(lost)} of {len(experts)} experts never restore {name} (ended: {ends})"
    hint = "no path to restored: follow its remedy, its actions' needs and restored_when"
    code = "E162" if len(lost) == len(experts) else "W166"
    yield at(node, ("variants", name), file=file, code=code, found=found, hint=hint, key=True)


def _duration(brief: Brief, node: Node, file: str, experts: Sequence[Played]) -> Iterator[Problem]:
    """Expected minutes an expert cannot keep, or that nobody could miss."""
    times = [one.restore_s for one in experts if one.restore_s is not None]
    expected = brief.scenario.expected.restore
    if not times:
        return
    middle = median_low(times)
    if middle <= expected <= LONG_FOR * middle:
        return
    found = f"an expert restores in {said(middle)} (median of {len(times)}), not {said(expected)}"
    yield at(node, ("expected", "restore"), file=file, code="W166", found=found)


def _difficulty(
    brief: Brief, node: Node, file: str, novices: Sequence[Played]
) -> Iterator[Problem]:
    if not novices:
        return
    level = suggested(novices)
    if abs(level - brief.scenario.difficulty) <= APART:
        return
    in_time = sum(1 for one in novices if one.in_time())
    found = (
        f"{in_time} of {len(novices)} novices restore in time, which suggests difficulty {level},"
        f" not {brief.scenario.difficulty}"
    )
    yield at(node, ("difficulty",), file=file, code="W165", found=found)
