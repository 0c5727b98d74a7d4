"""The safety contract: what everybody is told, and accepts, before taking a seat in a drill.

Rule 1: one text, here and nowhere else; pages, listings and consoles show its short form and say
where the whole stands (docs/promises.md, the safety contract).
Rule 2: a person accepts it for their own seat; a bot is nobody, and accepts nothing.
Rule 3: it says only what holds; where a promise changes, so does `VERSION`.
"""

from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
"""Counted up with every change of what is promised; whoever accepted an older one is asked anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that is promised."""

    id: str
    title: str
    says: str


PARTS: Final = (
    Part(
        id="simulated",
        title="What is simulated",
        says="The system, its customers and what they lose are a model. Nobody outside the drill"
        " is paged or told anything, no typed line is run, and nothing real is touched. Nobody"
        " who is really on call is drilled by surprise.",
    ),
    Part(
        id="recorded",
        title="What is recorded",
        says="Every order, message and event of the drill, with its second and the seat it came"
        " from, in the words it was given in. Not recorded: how fast anybody types, where"
        " anybody looks on the screen, what is said in the room.",
    ),
    Part(
        id="seen",
        title="Who sees what",
        says="Each seat sees what it is told. Who leads the drill sees everything while it runs."
        " A report names roles, not people, unless it is asked for names. What concerns one"
        " person goes to that person first; managers get the team's objectives. Nothing is"
        " written for personnel files, and nobody is ranked.",
    ),
    Part(
        id="kept",
        title="For how long",
        says="The record stays in the archive of whoever led the drill, readable by them alone,"
        " until they take it away. What an archive keeps somebody's name as, and what they said"
        " in a review, can be erased at any time, and nobody's score changes by it; a name"
        " written into a roster stays in the drills played with it.",
    ),
    Part(
        id="practice",
        title="Practice is private",
        says="Only a run that was announced as assessed, and signed by somebody else, can count in"
        " a person's record. Everything else is practice: it belongs to whoever played it. A"
        " score is open to notes and objections for seven days before it is final.",
    ),
    Part(
        id="leaving",
        title="Stopping",
        says="Anybody may step out, or call a real emergency, at any moment and without loss.",
    ),
)
"""The whole contract, in the order it is read."""

SHORT: Final = (
    "Nothing here is real, and everything said and done in the drill is recorded. Reports name"
    " roles, practice stays with whoever played it, and anybody may step out at any moment without"
    " loss."
)
WHERE: Final = "docs/promises.md, “The safety contract”"
"""Where the whole stands."""
