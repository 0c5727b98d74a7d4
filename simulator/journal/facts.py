"""What a name in a plan's condition stands for, by what somebody knows.

Names: the facts of `brief.vocabulary.FACTS`; the marks and claims (`declared`, `resolved`);
`unresolved`; `elapsed` (seconds since T0); `level`, `status`; `role.<role>` (who holds it);
`done.<action>`, `found.<clue>`, `named.<cause>`; `firing.<alert>`; of an exercise
`decided.<item>` (the answer that stands) and `settled.<item>` (decided or done); everything else
is unknown.
"""

from collections.abc import Callable

from simulator.brief.conditions import Found, Name
from simulator.journal.situation import Situation
from simulator.journal.units import natural

Lookup = Callable[[Name], Found | None]


def known_by(situation: Situation) -> Lookup:
    """The lookup of a seat: the newest facts it has seen."""

    def look(name: Name) -> Found | None:
        fact = situation.known.facts.get(name.text)
        if fact is not None:
            return natural(name.text, fact.value)
        return _told(situation, name.text)

    return look


def true_in(situation: Situation) -> Lookup:
    """The lookup of the engine: the facts as they are."""

    def look(name: Name) -> Found | None:
        facts = situation.world.facts
        if name.text in facts:
            return natural(name.text, facts[name.text])
        return _told(situation, name.text)

    return look


def _told(situation: Situation, name: str) -> Found | None:
    marks = situation.marks
    if name in marks:
        return True
    if name == "unresolved":
        return "resolved" not in marks
    if name == "elapsed":
        return situation.at - marks["fired"] if "fired" in marks else None
    incident = situation.incident
    if name == "level":
        return incident.level if incident else None
    if name == "status":
        return incident.status if incident else None
    kind, _, item = name.partition(".")
    if kind == "role":
        return situation.holder(item) or None
    if kind == "found":
        return item in situation.known.clues or None
    if kind == "done":
        return f"done:{item}" in situation.deeds or None
    if kind == "firing":
        return (item in situation.alerts and situation.alerts[item].firing) or None
    if kind == "decided":
        return situation.items[item].choice or None if item in situation.items else None
    if kind == "settled":
        return (item in situation.items and situation.items[item].at is not None) or None
    if kind == "named":
        return any(deed.item == item for deed in situation.deeds.get("hypothesise", ())) or None
    return None
