"""Whether a scenario tells skill from luck: everybody plays it, and the figures are held to bounds.

Rule 1: the bounds are those of docs/score.md, calibration; each stands once, in the tables below.
Rule 2: an incident under its own plan is held to all of them, a drill without a world failure to
fewer, and any scenario under another's plan to the order of skill alone.
Rule 3: seeds are 1..N for every policy, so that policies are compared on the same luck.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from simulator.authoring.calibration import Calibration, Figure
from simulator.authoring.crowd import Progress, play_all
from simulator.authoring.rehearsal import Played, Rehearsal, packed
from simulator.brief.brief import Brief
from simulator.debrief.rubric import rubric_hash

SEEDS: Final = 50
STYLES: Final = ("expert", "expert-mitigate", "expert-delegate", "expert-communicate")
SKILLS: Final = ("novice", "competent", "expert")
PROBES: Final = ("random", "spammer", "idle")
IDLER: Final = "idle-person"
"""The group in which one person idles among competent ones."""

EXPERT_MEAN: Final = 90_000
EXPERT_LEAST: Final = 80_000
STYLE_MEAN: Final = 85_000
STYLES_WITHIN: Final = 6_000
NOVICE_MEAN: Final = (35_000, 70_000)
PROBE_MEAN: Final = 35_000
IDLE_MOST: Final = 5_000
ORDERED_SHARE: Final = 900
IN_TIME_SHARE: Final = 900

Groups: TypeAlias = Mapping[str, Sequence[Played]]


def calibrate(
    brief: Brief,
    *,
    seeds: int = SEEDS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Play the brief's scenario under its plan by every policy, and hold the scores to bounds.

    The result is the same for any number of workers. After Ctrl-C or the death of a worker it is
    partial, says so, and is not met.
    """
    kind, own = brief.scenario.kind, brief.plan.id == brief.scenario.plan
    asked = rehearsals(brief, seeds)
    played = play_all(packed(brief), asked, workers=workers, progress=progress)
    groups = grouped(played.played)
    return Calibration(
        scenario=brief.scenario.id,
        plan=brief.plan.id,
        own_plan=own,
        kind=kind,
        seeds=seeds,
        rubric=rubric_hash(),
        figures=figures(groups, kind=kind, own_plan=own),
        played=played.played,
        asked=played.asked,
        stopped=played.stopped,
    )


def rehearsals(brief: Brief, seeds: int) -> tuple[Rehearsal, ...]:
    """Every drill a calibration plays, in order: seed by seed, so that a part is a fair part."""
    policies: tuple[str, ...] = (*STYLES, "competent", "novice", *PROBES)
    if brief.plan.id != brief.scenario.plan or brief.scenario.kind == "exercise":
        policies = ("expert", "competent", "novice", *PROBES)
    people = seated_people(brief)
    found = []
    for seed in range(1, seeds + 1):
        found += [Rehearsal(group=policy, seed=seed, policy=policy) for policy in policies]
        if brief.plan.id == brief.scenario.plan:
            idler = people[(seed - 1) % len(people)]
            found.append(
                Rehearsal(
                    group=IDLER, seed=seed, policy="competent", but=((idler, "idle"),), person=idler
                )
            )
    return tuple(found)


def seated_people(brief: Brief) -> tuple[str, ...]:
    """The people of the roster who hold a chair, by turns idle; all chairs where it names none."""
    chairs = set(brief.people())
    named = tuple(person for person in brief.roster.people if person in chairs)
    return named or brief.people()


def grouped(played: Iterable[Played]) -> Groups:
    """What was played, by what it was played for, each in the order of seeds."""
    groups: dict[str, list[Played]] = {}
    for one in played:
        groups.setdefault(one.group, []).append(one)
    return groups


def figures(groups: Groups, *, kind: str, own_plan: bool) -> tuple[Figure, ...]:
    """Every figure this scenario is held to under this plan."""
    faults = sum(1 for group in groups.values() for one in group if one.faulted)
    broken = Figure(name="drills the engine broke", unit="drills", found=faults, most=0)
    if not own_plan:
        return (*_order_of_means(groups), broken)
    if kind == "exercise":
        return (_mean(groups, "expert", least=EXPERT_MEAN), *_probes(groups), *_skill(groups),
                _ordered(groups), _idler(groups), broken)  # fmt: skip
    return (
        _mean(groups, "expert", least=EXPERT_MEAN),
        _points(groups, "expert", "minimum", min, least=EXPERT_LEAST),
        *(_mean(groups, style, least=STYLE_MEAN) for style in STYLES[1:]),
        _styles_apart(groups),
        *_skill(groups),
        _mean(groups, "novice", least=NOVICE_MEAN[0], most=NOVICE_MEAN[1]),
        *_probes(groups),
        _ordered(groups),
        _in_time(groups),
        _idler(groups),
        broken,
    )


def mean_milli(totals: Iterable[int]) -> int | None:
    """The mean in thousandths, rounded to the nearest; None of nothing."""
    known = list(totals)
    return (2 * sum(known) + len(known)) // (2 * len(known)) if known else None


def _totals(groups: Groups, group: str) -> list[int]:
    return [one.total_milli for one in groups.get(group, ())]


def _mean(groups: Groups, group: str, least: int | None = None, most: int | None = None) -> Figure:
    return _points(groups, group, "mean", mean_milli, least=least, most=most)


def _points(
    groups: Groups,
    group: str,
    what: str,
    fold: Callable[[list[int]], int | None],
    *,
    least: int | None = None,
    most: int | None = None,
) -> Figure:
    totals = _totals(groups, group)
    short = sum(1 for one in groups.get(group, ()) if one.incomplete)
    return Figure(
        name=f"{group}: {what}",
        unit="points",
        found=fold(totals) if totals else None,
        least=least,
        most=most,
        note=f"{short} incomplete" if short else "",
    )


def _probes(groups: Groups) -> tuple[Figure, ...]:
    return (
        _mean(groups, "random", most=PROBE_MEAN),
        _mean(groups, "spammer", most=PROBE_MEAN),
        _points(groups, "idle", "maximum", max, most=IDLE_MOST),
    )


def _styles_apart(groups: Groups) -> Figure:
    means = [mean_milli(_totals(groups, style)) for style in STYLES]
    known = [mean for mean in means if mean is not None]
    whole = len(known) == len(STYLES)
    return Figure(
        name="expert styles: best mean less worst",
        unit="points",
        found=max(known) - min(known) if whole else None,
        most=STYLES_WITHIN,
    )


def _skill(groups: Groups) -> tuple[Figure, ...]:
    """Competent between novice and expert."""
    below, above = (mean_milli(_totals(groups, group)) for group in ("novice", "expert"))
    found = mean_milli(_totals(groups, "competent"))
    whole = below is not None and above is not None
    return (
        Figure(name="competent: mean, between novice's and expert's", unit="points",
               found=found if whole else None, least=below, most=above, strictly=True),
    )  # fmt: skip


def _by_seed(groups: Groups) -> list[tuple[int, ...]]:
    """(novice, competent, expert) for each seed all three have played."""
    tables = [{one.seed: one.total_milli for one in groups.get(group, ())} for group in SKILLS]
    seeds = sorted(set.intersection(*(set(table) for table in tables)))
    return [tuple(table[seed] for table in tables) for seed in seeds]


def _ordered(groups: Groups) -> Figure:
    scores = _by_seed(groups)
    kept = sum(1 for novice, competent, expert in scores if expert > competent > novice)
    return Figure(
        name="seeds with expert > competent > novice",
        unit="share",
        found=kept * 1000 // len(scores) if scores else None,
        least=ORDERED_SHARE,
    )


def _in_time(groups: Groups) -> Figure:
    runs = groups.get("expert", ())
    kept = sum(1 for one in runs if one.in_time())
    return Figure(
        name="expert: restored within the expected minutes",
        unit="share",
        found=kept * 1000 // len(runs) if runs else None,
        least=IN_TIME_SHARE,
    )


def _idler(groups: Groups) -> Figure:
    runs = groups.get(IDLER, ())
    worst = max(runs, key=lambda one: one.person_milli, default=None)
    return Figure(
        name="idle person among competent ones: own points, maximum",
        unit="points",
        found=worst.person_milli if worst else None,
        most=IDLE_MOST,
        note=worst.person if worst and worst.person_milli > IDLE_MOST else "",
    )


def _order_of_means(groups: Groups) -> tuple[Figure, ...]:
    """Expert above competent above novice above every probe, by their means."""
    below = list(pairwise(SKILLS))
    below += [(probe, "novice") for probe in PROBES]
    return tuple(
        Figure(
            name=f"{high}: mean, above {low}'s",
            unit="points",
            found=mean_milli(_totals(groups, high)),
            least=mean_milli(_totals(groups, low)),
            strictly=True,
        )
        for low, high in below
    )
