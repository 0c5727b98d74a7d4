"""An act of review in one sentence, for a terminal, a page and a debrief.

Rule 1: a sentence says who did what to which figure; an act's own words stand beside it.
"""

from collections.abc import Mapping
from typing import Final

from simulator.journal.review.acts import (
    Annotated,
    Answered,
    Contested,
    DepartureAccepted,
    MarkAmended,
    Rescored,
    ReviewOpened,
    Sealed,
    Signed,
    TimelineAmended,
    Voided,
    What,
)
from simulator.journal.review.finality import State

STATES: Final[Mapping[State, str]] = {
    "provisional": "Provisional until a facilitator has reviewed it.",
    "reviewed": "Reviewed; open to notes and objections for seven days.",
    "sealed": "Sealed; later corrections stand beside it.",
    "void": "Void: this run leaves no score, and its journal stays.",
}
GROUNDS: Final[Mapping[str, str]] = {
    "real_incident": "something real had happened",
    "crash": "the drill could not go on",
    "accommodation": "somebody needed other conditions",
}


def told(what: What, *, mark: str = "") -> str:
    """What somebody did, to stand behind who; `mark` is what the mark in it is called."""
    match what:
        case ReviewOpened(head=head, total_milli=total):
            return f"opened the review of the journal {head[:12]}, total {points(total)}"
        case Signed(assessed_alone=alone):
            return "signed the score" + (", as the only person it assesses" if alone else "")
        case Annotated(mark=name):
            return f"noted beside “{mark or name}”"
        case Contested(mark=name):
            return f"objected to “{mark or name}”"
        case Answered(to=to, accepted=accepted):
            return f"{'accepted' if accepted else 'declined'} objection {to}"
        case DepartureAccepted(duty=duty, total_milli=total):
            name = mark or duty.replace("_", " ")
            return f"accepted the departure from “{name}”: total {points(total)}"
        case MarkAmended(mark=name, was=was, now=now, total_milli=total):
            moved = f"from {share(was)} to {share(now)}"
            return f"amended “{mark or name}” {moved}: total {points(total)}"
        case TimelineAmended(entry=entry, was_s=was_s, now_s=now_s):
            return f"moved entry {entry} from second {was_s} to second {now_s} of the drill"
        case Rescored(rubric=rubric, total_milli=total):
            return f"scored it under the rubric {rubric[:12]}: total {points(total)}"
        case Sealed(total_milli=total):
            return f"sealed the score at {points(total)}"
        case Voided(ground=ground):
            return f"voided the run: {GROUNDS[ground]}"
    raise AssertionError(f"an act without a sentence: {what!r}")


def points(milli: int | None) -> str:
    """A total as people read it."""
    return "none" if milli is None else f"{milli / 1000:.1f}"


def share(milli: int | None) -> str:
    """What a mark earns, as people read it."""
    return "outside the sums" if milli is None else f"{milli / 10:.0f} %"
