"""What there was to see: each clue with when it could first be seen, was seen, and was said aloud.

Rule 1: a clue's condition is read over the truth, once a second in which anything changed; a
gauge that crossed between two changes is found at the later one.
Rule 2: a clue only one person saw and nobody showed to the others is the debrief's unsaid fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reports.contents import Sight
from reports.played import Played
from simulator.brief.conditions import Condition, holds
from simulator.brief.scenario.sight import Clue
from simulator.journal.events.talk import QuestionAnswered
from simulator.journal.events.work import FindPosted, Found
from simulator.journal.facts import Lookup
from simulator.journal.situation import Situation
from simulator.journal.truth import truth
from simulator.text import clean_line

ASKED: Final = "ask."
"""Looks of this prefix are answers of a colleague."""


@dataclass(slots=True)
class Course:
    """When one clue could be seen, was seen and was said; None where it never was."""

    visible: int | None = None
    seen: tuple[int, int, str] | None = None
    """(second, seq, person)."""
    said: tuple[int, int] | None = None


def sights(played: Played) -> tuple[Sight, ...]:
    """Every clue of this variant, those first that speak for what was true, then by time."""
    cause = _cause(played)
    found = courses(played)
    rows = [
        (clue.reads.get(cause, 1.0) > 1, found[name].visible, _sight(played, clue, found[name],
                                                                      cause))
        for name, clue in _clues(played).items()
    ]  # fmt: skip
    rows.sort(key=lambda row: (not row[0], row[1] is None, row[1] or 0))
    return tuple(sight for _, _, sight in rows)


def courses(played: Played) -> Mapping[str, Course]:
    """Each clue's course through the drill."""
    clues = _clues(played)
    found = {name: Course() for name in clues}
    picture = Situation()
    entries = played.entries
    for n, entry in enumerate(entries):
        picture = picture.after(entry)
        _note(found, entry.what, entry.at, entry.seq)
        is_last_of_second = n + 1 == len(entries) or entries[n + 1].at > entry.at
        if is_last_of_second and "closed" not in picture.marks:
            _look_at(clues, found, picture, entry.at)
    for course in found.values():
        if course.seen and (course.visible is None or course.visible > course.seen[0]):
            course.visible = course.seen[0]
    return found


def _clues(played: Played) -> dict[str, Clue]:
    variant = played.opened.variant
    return {n: clue for n, clue in played.brief.scenario.clues.items() if clue.covers(variant)}


def _note(found: Mapping[str, Course], what: object, at: int, seq: int) -> None:
    match what:
        case Found(clues=clues, by=by) | QuestionAnswered(clues=clues, by=by):
            if isinstance(what, QuestionAnswered):
                by = what.to
            for name in clues:
                if name in found and found[name].seen is None:
                    found[name].seen = (at, seq, by)
        case FindPosted(clues=clues):
            for name in clues:
                if name in found and found[name].said is None:
                    found[name].said = (at, seq)


def _look_at(
    clues: Mapping[str, Clue], found: Mapping[str, Course], picture: Situation, at: int
) -> None:
    """Note what can be seen from this second on."""
    true = truth(picture, at)
    for name, clue in clues.items():
        if found[name].visible is None and _shows(clue.when, true):
            found[name].visible = at


def _shows(condition: Condition | None, true: Lookup) -> bool:
    return condition is None or holds(condition, true)


def _cause(played: Played) -> str:
    variant = played.brief.scenario.variants.get(played.opened.variant)
    return variant.cause if variant else ""


def _sight(played: Played, clue: Clue, course: Course, cause: str) -> Sight:
    return Sight(
        shows=clean_line(clue.shows),
        where=", ".join(_where(played, look) for look in clue.looks),
        visible=_visible(played, course.visible),
        seen=played.t(course.seen[0]) if course.seen else "",
        seen_by=played.who(course.seen[2]) if course.seen else "",
        said=played.t(course.said[0]) if course.said else "",
        telling=clue.reads.get(cause, 1.0) > 1,
        proof=tuple(part[1] for part in (course.seen, course.said) if part),
    )


def _visible(played: Played, at: int | None) -> str:
    """Since when; what stood there all along is no news of this incident."""
    if at is None:
        return ""
    return "the start" if at <= 0 else played.t(at)


def _where(played: Played, look: str) -> str:
    if look.startswith(ASKED):
        return f"asking {played.who(look.removeprefix(ASKED))}"
    return clean_line(played.title_of(look))
