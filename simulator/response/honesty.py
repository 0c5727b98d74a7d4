"""Whether a message says what its sender had seen: content, overclaims, omissions, promises.

Rule 1: a required field counts by its content (a fact, a time, a name), never by its presence.
Rule 2: certainty, cause, scope or time beyond anything seen is an overclaim; a known customer
impact left out is an omission; a belief marked as belief is neither.
Rule 3: only the sender's own picture is read; free text is never judged, but for banned words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.brief.brief import Brief
from simulator.brief.plan.words import Template
from simulator.brief.severity import severity_of
from simulator.brief.vocabulary import FACTS
from simulator.clock import seconds_of
from simulator.journal.facts import known_by
from simulator.journal.situation import Situation
from simulator.journal.units import natural

UNKNOWN: Final = ("not-known", "not known", "unknown", "not yet known", "not known yet")
BELIEF: Final = ("likely", "probably", "suspect", "assume", "believe", "perhaps", "may be")
FAR: Final = 1.5
"""A figure beyond so many times what was seen is an overclaim; below its inverse, an omission."""
TOLERATED: Final = 0.01
"""A share of failing requests that is no customer impact worth a line (assumed)."""
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")
_DIGIT: Final = re.compile(r"\d")
_FINE: Final = {"data": "ok", "breach": "none", "vulnerability": "none", "payment": "ok",
                "login": "ok", "region": "ok", "vendor": "ok"}  # fmt: skip
_DENIED: Final = re.compile(r"\bno data (?:was |is |has been )?lost\b|\bdata (?:is )?(?:ok|safe)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a message amounts to."""

    filled: int
    required: int
    overclaims: tuple[str, ...]
    omits: tuple[str, ...]
    banned: tuple[str, ...]
    next_update_s: int
    """From now until the next word promised; 0 for no promise."""


def read(
    brief: Brief,
    picture: Situation,
    template: Template,
    fields: Mapping[str, str],
    *,
    text: str = "",
    proved: bool = False,
) -> Reading:
    """What a message amounts to, by what its sender knows at this second.

    `proved`: whether it was called over with every gate passed, which everybody was told.
    """
    sense = _Sense(brief, picture, proved=proved)
    required = [name for name, terms in template.fields.items() if terms.required]
    filled = [
        n for n in required if has_content(brief, template.fields[n].holds, fields.get(n, ""))
    ]
    said = [
        (name, terms.holds, fields[name])
        for name, terms in template.fields.items()
        if fields.get(name, "").strip()
    ]
    whole = " ".join((*fields.values(), text)).lower()
    outside = template.audience in ("customers", "public")
    words = brief.plan.language.banned if outside else ()
    return Reading(
        filled=len(filled),
        required=len(required),
        overclaims=tuple(dict.fromkeys(n for n, kind, v in said for n in sense.beyond(n, kind, v))),
        omits=tuple(dict.fromkeys(sense.left_out(template, said))),
        banned=tuple(word for word in words if re.search(rf"\b{re.escape(word.lower())}\b", whole)),
        next_update_s=next((_promise(v) for _, kind, v in said if kind == "next_update"), 0),
    )


def has_content(brief: Brief, holds: str, text: str) -> bool:
    """Whether a field of this type says something: a level, a cause, a fact, a time, a name."""
    text = text.strip()
    lower = text.lower()
    if not text:
        return False
    match holds:
        case "level":
            words = [level.word for level in brief.plan.levels.values()]
            return text in (*brief.plan.levels, *words)
        case "status":
            statuses = brief.plan.statuses.items()
            known = {n for name, terms in statuses for n in (name, terms.word.lower())}
            return lower in {*known, *(terms.public.lower() for _, terms in statuses)}
        case "cause":
            return lower in UNKNOWN or text in brief.scenario.causes or len(text.split()) >= 2
        case "next_update" | "time" | "duration" | "number":
            return bool(_DIGIT.search(text))
        case "eta":
            return bool(_DIGIT.search(text)) or any(word in lower for word in UNKNOWN)
        case "impact":
            return bool(_DIGIT.search(text)) or len(text.split()) >= 2
        case _:
            return True


class _Sense:
    """One message's comparison with what its sender holds."""

    def __init__(self, brief: Brief, picture: Situation, *, proved: bool) -> None:
        self.proved = proved
        self.brief = brief
        self.picture = picture
        self.known = {n: natural(n, fact.value) for n, fact in picture.known.facts.items()}

    def beyond(self, name: str, holds: str, text: str) -> Iterator[str]:
        """The names of what a field claims beyond anything seen."""
        lower = text.lower()
        if any(word in lower for word in (*BELIEF, *UNKNOWN)):
            return
        incident = self.picture.incident
        match holds:
            case "cause" if not self._grounds(text):
                yield name
            case "eta" if _DIGIT.search(text) and not self._under_way():
                yield name
            case "status" if self._is_word(lower, "resolved") and not self._over():
                yield name
            case "level" if incident and text in self.brief.plan.levels:
                order = self.brief.plan.ordered()
                if order.index(text) < order.index(incident.level):
                    yield name
            case "impact":
                yield from self._too_much(name, lower)

    def left_out(self, template: Template, said: Sequence[tuple[str, str, str]]) -> Iterator[str]:
        """Known customer impact that a message with a place for it does not name."""
        wanted = any(terms.holds == "impact" for terms in template.fields.values())
        text = " ".join(value.lower() for _, kind, value in said if kind == "impact")
        if not wanted:
            return
        share = self.known.get("errors")
        if isinstance(share, float) and share > TOLERATED and not self._over():
            named = [float(one) / 100 for one in _PERCENT.findall(text)]
            if not text or (named and max(named) < share / FAR):
                yield "errors"
        for fact, fine in _FINE.items():
            value = self.known.get(fact)
            if value is not None and value != fine and fact not in text:
                yield fact

    def _grounds(self, text: str) -> bool:
        """Whether a cause was named by somebody, or a clue in hand speaks for it."""
        stated = self.picture.deeds.get("hypothesise", ())
        if text not in self.brief.scenario.causes or any(deed.item == text for deed in stated):
            return True
        clues = self.brief.scenario.clues
        return any(
            clues[clue].reads.get(text, 1.0) > 1
            for clue in self.picture.known.clues
            if clue in clues
        )

    def _under_way(self) -> bool:
        """Whether anything was begun that an end can be promised of."""
        deeds = self.picture.deeds
        return any(kind in deeds for kind in ("mitigate", "hypothesise", "resolve"))

    def _over(self) -> bool:
        """Whether it was proved, or the newest facts in hand would wake nobody."""
        if self.proved:
            return True
        level = severity_of(self.brief.plan, known_by(self.picture))
        return not level or self.brief.plan.levels[level].pages != "page"

    def _is_word(self, text: str, status: str) -> bool:
        known = self.brief.plan.statuses
        terms = next((terms for name, terms in known.items() if name == status), None)
        return text == status or (terms is not None and text == terms.word.lower())

    def _too_much(self, name: str, text: str) -> Iterator[str]:
        share = self.known.get("errors")
        named = [float(one) / 100 for one in _PERCENT.findall(text)]
        if named and isinstance(share, float) and max(named) > share * FAR:
            yield name
        if _DENIED.search(text) and self.known.get("data") != "ok":
            yield "data"
        for fact in FACTS:
            for word in ("lost", "confirmed", "exploited"):
                if re.search(rf"\b{fact}[ =:]+{word}\b", text) and self.known.get(fact) != word:
                    yield fact


def _promise(text: str) -> int:
    """Seconds until the next word: `600`, `10m`, `10 min`; 0 where none can be read."""
    plain = text.strip().lower().replace(" ", "").replace("minutes", "m").replace("min", "m")
    if plain.isdecimal():
        return int(plain)
    try:
        return int(seconds_of(plain))
    except ValueError:
        return 0
