"""One drill played by bots from end to end, and the few figures a verdict needs of it.

Rule 1: what is asked and what comes back are plain values, so that another process can play it.
Rule 2: a fault of the engine's own is a result like any other, and every verdict shows it.
Rule 3: a run without a total counts 0.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator.brief.brief import Brief, reread
from simulator.debrief.rubric import rubric_hash
from simulator.debrief.scoring import score
from simulator.drill import Drill, Terms
from simulator.errors import EngineError
from simulator.journal.record import canonical
from simulator.journal.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Which drill to play."""

    group: str
    """What it is played for, such as `expert`: results are gathered by it."""
    seed: int
    policy: str
    """In every chair that is not in `but`."""
    but: tuple[tuple[str, str], ...] = ()
    """(person, policy) for chairs that are played otherwise."""
    variant: str = ""
    """Drawn by the seed where empty."""
    person: str = ""
    """Whose own points are asked for; nobody's where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of it."""

    group: str
    seed: int
    variant: str
    total_milli: int
    """0..100000; 0 where the run was incomplete."""
    incomplete: bool
    passed: bool
    ended: str
    """Why the drill ended."""
    restore_s: int | None
    """From T0 to restored; None where it never was."""
    expected_s: int
    cause_right: bool
    """Whether the last cause that was named is the variant's."""
    person: str = ""
    person_milli: int = 0
    """That person's own points; 0 where they showed nothing."""
    faulted: str = ""
    """What the engine said, where it broke."""

    def in_time(self) -> bool:
        """Whether service was back within the expected minutes."""
        return self.restore_s is not None and self.restore_s <= self.expected_s


def packed(brief: Brief) -> str:
    """A brief as one text that any process reads back."""
    return canonical(brief.documents)


@lru_cache(maxsize=4)
def unpacked(documents: str) -> Brief:
    """The brief of that text; a process that plays many drills of one brief reads it once."""
    return reread(json.loads(documents))


def rehearse(documents: str, asked: Rehearsal) -> Played:
    """Play one drill to its end and score it."""
    brief = unpacked(documents)
    drill = Drill(brief, _terms(brief, asked))
    faulted = ""
    try:
        drill.run()
    except EngineError as fault:
        faulted = str(fault)
    return _told(brief, asked, drill, faulted)


def _terms(brief: Brief, asked: Rehearsal) -> Terms:
    chairs = dict.fromkeys(brief.people(), asked.policy) | dict(asked.but)
    return Terms(seed=asked.seed, variant=asked.variant, policies=chairs, rubric=rubric_hash())


def _told(brief: Brief, asked: Rehearsal, drill: Drill, faulted: str) -> Played:
    final, name = drill.stage.situation, drill.stage.variant
    variant = brief.scenario.variants[name]
    card = None if faulted else score(drill.entries, brief)
    cards = () if card is None else card.people
    return Played(
        group=asked.group,
        seed=asked.seed,
        variant=name,
        total_milli=(card.total_milli if card else None) or 0,
        incomplete=card is None or card.incomplete,
        passed=card is not None and card.passed,
        ended=final.ended,
        restore_s=_restored(final.marks),
        expected_s=variant.expected or brief.scenario.expected.restore,
        cause_right=_named(final) == variant.cause,
        person=asked.person,
        person_milli=next((c.points_milli or 0 for c in cards if c.person == asked.person), 0),
        faulted=faulted,
    )


def _restored(marks: Mapping[str, int]) -> int | None:
    if "fired" not in marks or "restored" not in marks:
        return None
    return max(0, marks["restored"] - marks["fired"])


def _named(final: Situation) -> str:
    named = final.deeds.get("hypothesise", ())
    return named[-1].item if named else ""
