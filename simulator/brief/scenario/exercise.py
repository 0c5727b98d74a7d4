"""What an exercise asks for where nothing breaks: items to decide or to do, each judged by itself.

Rule 1: an item is either a decision between stated choices, of which one is right in a variant,
or something done, told by a condition over the truth.
Rule 2: which choice is right is sealed; a right one without anything seen that supports it earns
little, so that guessing pays nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.brief.conditions import When
from simulator.brief.scenario.kinds import STRICT
from simulator.brief.scenario.sight import Scope
from simulator.brief.units import Identifier, Prose, Ratio, WholeSeconds, Word
from simulator.brief.vocabulary import Competency, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """One step of how an item is done well: exactly one of `look`, `act`, `ask` and `note`."""

    __pydantic_config__ = STRICT

    look: Word | None = None
    act: Word | None = None
    ask: Identifier | None = None
    """A colleague."""
    about: Prose = ""
    """What is asked."""
    when: When | None = None
    """Taken only while this holds, over what whoever does it has found."""
    note: Prose | None = None
    """A line in the log, such as what one has understood, said back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Scope):
    """One thing an exercise asks for."""

    title: Prose
    """As the list shows it; it gives nothing away."""
    competency: Competency
    weight: Ratio = 1.0
    owed_by: tuple[Role, ...] = ("on_call",)
    opens: When | None = None
    """Owed from the second this first holds, over the truth; from the beginning where absent."""
    within: WholeSeconds
    choices: Mapping[Word, Prose] = field(default_factory=dict)
    """For a decision: what may be answered, each as people read it."""
    right: Word | None = None
    """For a decision: the right choice."""
    right_in: Mapping[Identifier, Word] = field(default_factory=dict)
    """For a decision: the right choice of a variant, where it is not `right`."""
    evidence: Mapping[Identifier, Word] = field(default_factory=dict)
    """For a decision: clue -> the choice it speaks for; a choice nothing seen speaks for is a
    guess."""
    done: When | None = None
    """For something to be done: it is done once this holds, over the truth."""
    how: tuple[How, ...] = ()
    """How it is done well, step by step: for bots, hints and the debrief."""
    teaches: Prose = ""
    """What the debrief says of it."""

    def answer(self, variant: str) -> str:
        """The right choice in a variant; empty for what is no decision."""
        return self.right_in.get(variant, self.right or "")
