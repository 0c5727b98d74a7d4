"""Whether a scenario can be solved, how hard it is and how long it takes, found by playing it.

Rule 1: an expert in every chair must restore every variant, those reached by name only included.
Rule 2: difficulty and expected minutes are the author's; play says where it does not bear them out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Final

from simulator.authoring.crowd import Progress, Stopped, play_all
from simulator.authoring.rehearsal import Played, Rehearsal, packed
from simulator.brief.brief import Brief
from simulator.brief.nodes import Node
from simulator.brief.references import Path, at
from simulator.clock import said
from simulator.errors import Problem

TRIES: Final = 3
"""Experts who try each variant."""
POLICIES: Final = ("expert", "competent", "novice")
HARD_FROM: Final = ((80, 1), (60, 2), (40, 3), (20, 4), (0, 5))
"""From this percentage back in time on, the difficulty play suggests (assumed). It is the mean of
the competent people's and the novices' percentages, so that both ends of skill are heard."""
APART: Final = 1
"""So far the author's difficulty and play's may lie apart."""
LONG_FOR: Final = 4
"""Expected minutes beyond so many times an expert's are no limit (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """How one policy fared in one variant."""

    variant: str
    policy: str
    played: int
    restored: int
    in_time: int
    middle_s: int | None
    """From the first page to restored, the lower median; None where nobody restored."""
    points_milli: int
    """The mean total; an incomplete run counts 0."""

    def row(self) -> tuple[str, str, str, str]:
        """Variant, who, how many in time, and how long it took."""
        middle = "never" if self.middle_s is None else said(self.middle_s)
        return (self.variant, self.policy, f"{self.in_time} of {self.played}", middle)

    def points_row(self) -> tuple[str, str, str]:
        """Variant, who, and the mean total: all there is to tell where nothing is restored."""
        return (self.variant, self.policy, f"{self.points_milli / 1000:.1f}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What playing every variant came to."""

    problems: tuple[Problem, ...]
    skills: tuple[Skill, ...]
    """Variant by variant, expert first."""
    played: int
    asked: int
    stopped: Stopped = ""
    """Why it ended early; a part of a round would accuse by chance, so it says nothing."""


HEADER: Final = ("variant", "played by", "back in time", "restored in (median)")
"""Above `Skill.row()`."""
POINTS: Final = ("variant", "played by", "points (mean)")
"""Above `Skill.points_row()`."""


def solve(
    brief: Brief,
    node: Node,
    file: str,
    *,
    tries: int = TRIES,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Solved:
    """What playing every variant by experts, competent people and novices says of a scenario."""
    asked = rehearsals(brief, tries)
    told = play_all(packed(brief), asked, workers=workers, progress=progress)
    problems = () if told.stopped else tuple(verdicts(brief, node, file, told.played))
    return Solved(
        problems=problems,
        skills=skills(told.played),
        played=len(told.played),
        asked=told.asked,
        stopped=told.stopped,
    )


def skills(played: Sequence[Played]) -> tuple[Skill, ...]:
    """How each policy fared in each variant, in the order they were first played."""
    groups: dict[tuple[str, str], list[Played]] = {}
    for one in played:
        groups.setdefault((one.variant, one.group), []).append(one)
    found = []
    for (variant, policy), runs in groups.items():
        times = [one.restore_s for one in runs if one.restore_s is not None]
        found.append(
            Skill(
                variant=variant,
                policy=policy,
                played=len(runs),
                restored=len(times),
                in_time=sum(1 for one in runs if one.in_time()),
                middle_s=median_low(times) if times else None,
                points_milli=sum(one.total_milli for one in runs) // len(runs),
            )
        )
    return tuple(found)


def rehearsals(brief: Brief, tries: int) -> tuple[Rehearsal, ...]:
    """Each skill for each variant a seed can draw, experts for those by name only as well."""
    return tuple(
        Rehearsal(group=policy, seed=seed, policy=policy, variant=name)
        for name, variant in brief.scenario.variants.items()
        for policy in POLICIES
        if policy == "expert" or variant.weight
        for seed in range(1, tries + 1)
    )


def verdicts(brief: Brief, node: Node, file: str, played: Sequence[Played]) -> Iterator[Problem]:
    """The problems that a whole round of play shows."""
    yield from _broken(node, file, played)
    if brief.scenario.kind != "incident":
        return
    groups = {name: [one for one in played if one.group == name] for name in POLICIES}
    for name in brief.scenario.variants:
        runs = [one for one in groups["expert"] if one.variant == name]
        yield from _solved(node, file, name, runs)
    yield from _duration(brief, node, file, groups["expert"])
    yield from _session(brief, node, file, groups["competent"])
    yield from _difficulty(brief, node, file, groups["competent"], groups["novice"])


def suggested(*groups: Sequence[Played]) -> int:
    """The difficulty, 1 to 5, that the groups' shares back in time suggest, each as telling."""
    shares = [100 * sum(1 for one in runs if one.in_time()) // len(runs) for runs in groups if runs]
    in_time = sum(shares) // max(1, len(shares))
    return next(level for least, level in HARD_FROM if in_time >= least)


def _broken(node: Node, file: str, played: Sequence[Played]) -> Iterator[Problem]:
    """What the engine itself could not play, told of the variant it happened in."""
    for name in dict.fromkeys(one.variant for one in played if one.faulted):
        faulted = next(one for one in played if one.variant == name and one.faulted)
        found = f"{faulted.group} broke the engine in {name}: {faulted.faulted}"
        hint = "something here changes without end; look at what waits for what"
        path: Path = ("variants", name)
        yield at(node, path, file=file, code="E166", found=found, hint=hint, key=True)


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


def _session(brief: Brief, node: Node, file: str, competent: Sequence[Played]) -> Iterator[Problem]:
    """A box in people's calendars in which competent people are not through."""
    session = brief.scenario.expected.session
    times = [one.restore_s for one in competent if one.restore_s is not None]
    if session is None or not times or median_low(times) <= session:
        return
    found = f"competent people restore in {said(median_low(times))}, after a session of"
    path: Path = ("expected", "session")
    yield at(node, path, file=file, code="W172", found=f"{found} {said(session)}")


def _difficulty(
    brief: Brief, node: Node, file: str, competent: Sequence[Played], novices: Sequence[Played]
) -> Iterator[Problem]:
    if not novices and not competent:
        return
    level = suggested(competent, novices)
    if abs(level - brief.scenario.difficulty) <= APART:
        return
    shares = ", ".join(
        f"{sum(1 for one in runs if one.in_time())} of {len(runs)} {who}"
        for who, runs in (("competent people", competent), ("novices", novices))
        if runs
    )
    found = (
        f"back in time: {shares}; that suggests difficulty {level}, not {brief.scenario.difficulty}"
    )
    yield at(node, ("difficulty",), file=file, code="W165", found=found)
