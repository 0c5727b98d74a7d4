"""A scenario as a facilitator reads it beforehand: the truths, how they differ, what each act does.

Rule 1: what everybody may read and what is sealed are two values; nobody asks for the second unless
they say so.
Rule 2: whether an act is right follows from what it does to the faults of a variant, as in a drill.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from simulator.authoring.reachable import begins_in, never_in
from simulator.brief.brief import Brief
from simulator.brief.conditions import holds, said
from simulator.brief.scenario.deeds import Effect
from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario.story import Inject
from simulator.brief.scenario.trouble import Variant
from simulator.brief.scenario_words import NOT_KNOWN
from simulator.clock import said as duration
from simulator.drill import Drill, Terms

TELLING: Final = 5.0
"""From so many times likelier on a find tells a cause apart by itself (assumed)."""
SPEAKS: Final = 1.5
"""From so many times likelier on it speaks for a cause (assumed)."""
FIRST_S: Final = 60
"""So long after the first page somebody begins to look."""
NO_PAGE_S: Final = 900
"""Where nobody was paged by then, somebody looks all the same."""
Apart: TypeAlias = Literal["alone", "some", "nothing"]
"""Whether a find tells a truth from every other by itself, from some, or from none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happens in the story."""

    inject: str
    when: str
    """`4 min after the first page`, or the condition."""
    sender: str
    says: str
    wants: str
    variants: tuple[str, ...]
    """Where it is there."""
    is_sealed: bool
    """Whether it, or when it comes, is no reading for those who play."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an action does in one variant."""

    action: str
    judged: str
    """`right`, `partial`, `harmful`, `state` (it only changes state) or `nothing`."""
    does: tuple[str, ...]
    """`cures held`, `eases held to 40%`, `starts no-room (when sessions > 90)` ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One variant, opened."""

    variant: str
    title: str
    weight: float
    cause: str
    means: str
    expected_s: int
    faults: tuple[str, ...]
    """Each with when it begins and what it is."""
    remedy: tuple[str, ...]
    deeds: tuple[Deed, ...]
    tells: tuple[tuple[str, Apart], ...]
    """(look, how far it tells this truth from the others) a minute after the first page."""
    note: str


def moments(scenario: Scenario) -> tuple[Moment, ...]:
    """Everything that happens in the story, by the clock first."""
    told = [_moment(scenario, name, inject) for name, inject in scenario.injects.items()]
    seconds = {name: inject.at for name, inject in scenario.injects.items()}
    last = max((at for at in seconds.values() if at is not None), default=0) + 1
    return tuple(sorted(told, key=lambda one: _order(seconds[one.inject], last)))


def truths(brief: Brief) -> tuple[Truth, ...]:
    """Every variant, opened; each is played to a minute after its first page to see what shows."""
    variants = brief.scenario.variants
    return tuple(_truth(brief, name, terms) for name, terms in variants.items())


def tellings(scenario: Scenario, variant: str, shown: frozenset[str]) -> dict[str, Apart]:
    """Look -> how far the clues it shows tell this variant from the others.

    The others are the causes of the other variants; where there are none, the decoys.
    """
    cause = scenario.variants[variant].cause
    others = {one.cause for one in scenario.variants.values()} - {cause}
    others = others or {one for one in scenario.causes if one not in (cause, NOT_KNOWN)}
    times: dict[str, dict[str, float]] = {}
    for name, clue in scenario.clues.items():
        if name in shown:
            right = clue.reads.get(cause, 1.0)
            for look in clue.looks:
                mine = times.setdefault(look, dict.fromkeys(others, 1.0))
                for other in others:
                    mine[other] *= right / max(clue.reads.get(other, 1.0), 1e-3)
    return {look: _apart(mine.values()) for look, mine in times.items()}


def _apart(times: Collection[float]) -> Apart:
    if times and min(times) >= TELLING:
        return "alone"
    return "some" if times and max(times) >= SPEAKS else "nothing"


def _shown_at_first(brief: Brief, variant: str) -> frozenset[str]:
    """The clues there are to find a minute after the first page, while nobody does anything."""
    idle = dict.fromkeys(brief.people(), "idle")
    drill = Drill(brief, Terms(seed=1, variant=variant, policies=idle))
    while "fired" not in drill.stage.situation.marks and drill.now < NO_PAGE_S:
        drill.advance(drill.now + 15)
    drill.advance(drill.stage.situation.marks.get("fired", drill.now) + FIRST_S)
    look = drill.stage.true()
    return frozenset(
        name
        for name, clue in brief.scenario.clues.items()
        if clue.covers(variant) and (clue.when is None or holds(clue.when, look))
    )


def _order(at: int | None, last: int) -> int:
    return last if at is None else at


def _moment(scenario: Scenario, name: str, inject: Inject) -> Moment:
    there = tuple(one for one in scenario.variants if inject.covers(one))
    parts = []
    if inject.at is not None:
        parts.append(f"{duration(inject.at)} after the first page")
    if inject.when is not None:
        parts.append(f"when {said(inject.when)}")
    if inject.unless is not None:
        parts.append(f"unless {said(inject.unless)}")
    if inject.optional:
        parts.append("if the facilitator wants it")
    is_scoped = len(there) < len(scenario.variants)
    return Moment(
        inject=name,
        when=", ".join(parts),
        sender=inject.sender,
        says=inject.says.strip(),
        wants=inject.wants,
        variants=there,
        is_sealed=is_scoped or not inject.says or inject.at is None,
    )


def _truth(brief: Brief, name: str, terms: Variant) -> Truth:
    scenario = brief.scenario
    tells = tellings(scenario, name, _shown_at_first(brief, name))
    return Truth(
        variant=name,
        title=terms.title.strip(),
        weight=terms.weight,
        cause=terms.cause,
        means=scenario.causes.get(terms.cause, "").strip(),
        expected_s=terms.expected or scenario.expected.restore,
        faults=tuple(_fault(scenario, fault) for fault in terms.faults),
        remedy=tuple(
            f"{step.do}{f' (when {said(step.when)})' if step.when else ''}"
            f"{' (optional)' if step.optional else ''}"
            for step in terms.remedy
        ),
        deeds=tuple(
            _deed(scenario, action, name)
            for action, deed in scenario.actions.items()
            if deed.covers(name)
        ),
        tells=tuple((look, tells[look]) for look in scenario.looks if look in tells),
        note=terms.note.strip(),
    )


def _fault(scenario: Scenario, name: str) -> str:
    fault = scenario.faults[name]
    begins = "by itself" if fault.at is None else f"at {duration(fault.at)}"
    if fault.when is not None:
        begins = f"when {said(fault.when)}"
    kind = "" if fault.impact else ", a nuisance"
    return f"{name}: {fault.title.strip()} ({begins}{kind})"


def _deed(scenario: Scenario, action: str, variant: str) -> Deed:
    here = begins_in(scenario, variant)
    does: list[str] = []
    faces: set[str] = set()
    for outcome in scenario.actions[action].then:
        if outcome.when is not None and never_in(scenario, outcome.when, variant):
            continue
        only = f" (when {said(outcome.when)})" if outcome.when is not None else ""
        for face, sentence in _done(scenario, outcome.do, here):
            faces.add(face)
            does.append(f"{sentence}{only}")
    of_remedy = any(step.do == action for step in scenario.variants[variant].remedy)
    return Deed(action=action, judged=_judged(faces, of_remedy=of_remedy), does=tuple(does))


def _done(scenario: Scenario, do: Effect, here: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(`right`, `partial`, `harmful` or `state`; the sentence) of every part of an effect."""
    for fault in do.cure:
        if fault in here:
            yield "right", f"cures {fault}"
    for ease in do.ease:
        if ease.fault in here:
            yield "partial", f"eases {ease.fault} to {ease.to:.0%}"
    for fault in do.start:
        yield "harmful", f"starts {fault}"
    for move in do.move:
        is_loss = scenario.system.gauges[move.gauge].loss
        yield ("harmful" if is_loss else "state"), f"moves {move.gauge}"
    for row, value in do.sets.items():
        word = ("yes" if value else "no") if isinstance(value, bool) else value
        yield "state", f"sets {row} to {word}"
    for way in do.repoint:
        yield "state", f"leads {way.service} to {way.to} instead of {way.need}"
    for change in do.replicas:
        how = f"to {change.to} replicas" if change.to is not None else "through a restart"
        yield "state", f"takes {change.service} {how}"
    for debt in do.debt:
        yield "state", f"leaves a debt: {debt.id}"


def _judged(faces: set[str], *, of_remedy: bool) -> str:
    if "harmful" in faces:
        return "harmful"
    if "right" in faces or (of_remedy and "state" in faces):
        return "right"
    if "partial" in faces:
        return "partial"
    return "state" if faces else "nothing"
