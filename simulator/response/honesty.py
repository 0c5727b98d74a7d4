"""Whether a message says what its sender had seen: content, overclaims, omissions, promises.

Rule 1: a required field counts by its content (a fact, a time, a name), never by its presence.
Rule 2: certainty, cause, scope or time beyond anything seen is an overclaim; a known customer
impact left out is an omission; a belief marked as belief is neither.
Rule 3: only what the sender was told is read; free text is never judged, but for banned words.
Rule 4: a figure from before the last measure that helped, whose end the sender was told of, is no
present; told with its time, or as past, it is judged against the worst that was ever seen.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from simulator.brief.brief import Brief
from simulator.brief.plan.words import Template
from simulator.brief.severity import severity_of
from simulator.brief.vocabulary import FACTS
from simulator.clock import DAY, MINUTE, instant, seconds_of
from simulator.journal.facts import known_by
from simulator.journal.situation import Situation
from simulator.journal.units import PPM, natural

UNKNOWN: Final = ("not-known", "not known", "unknown", "not yet known", "not known yet")
BELIEF: Final = ("likely", "probably", "suspect", "assume", "believe", "perhaps", "may be")
FAR: Final = 1.5
"""A figure beyond so many times what was seen is an overclaim; below its inverse, an omission."""
TOLERATED: Final = 0.01
"""A share of failing requests that is no customer impact worth a line (assumed)."""
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")
_DIGIT: Final = re.compile(r"\d")
_BARE: Final = re.compile(r"[\d.,]+")
SHORTEST: Final = 3
"""Letters by which a month is known."""
_CLOCK: Final = re.compile(
    r"(?:at |by )?(?:(?P<day>\d{1,2}) (?P<month>[a-z]+)(?: at)? )?"
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?: ?utc)?"
)
_CLAUSE: Final = re.compile(r";|\. |\n")
_DATED: Final = re.compile(
    r"\b\d{1,2}:\d{2}\b|\bago\b|\bas of\b|\bat (?:first|worst|its worst|most)\b|\bup to\b"
    r"|\bfailed\b|\bwas\b|\bwere\b|\bhad\b|\buntil\b|\bearlier\b|\bpeak(?:ed)?\b"
)
"""Words of a clause that tells of the past."""
_MEASURES: Final = (
    "availability",
    "errors",
    "latency",
    "revenue",
    "objective",
    "credit",
    "credits",
)
"""Fields of number that mean nothing without a unit."""
_WRITTEN: Final = ("runbook", "dashboard", "pager", "regions")
"""Fields of place that no channel fills."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What its sender was told before that no newest fact holds any more."""

    proved: bool = False
    """Whether it was called over with every gate passed, which everybody was told."""
    eased_at: int = -1
    """The second everybody was told that the last measure that helped had ended; -1 for none."""
    worst: float = 0.0
    """The largest share of failing requests the sender was ever shown."""


def read(
    brief: Brief,
    picture: Situation,
    template: Template,
    fields: Mapping[str, str],
    *,
    text: str = "",
    past: Past | None = None,
) -> Reading:
    """What a message amounts to, by what its sender knows at this second."""
    sense = _Sense(brief, picture, past or Past())
    required = [name for name, terms in template.fields.items() if terms.required]
    filled = [
        n for n in required if has_content(brief, template.fields[n].holds, fields.get(n, ""), n)
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
    )


def promised_at(brief: Brief, template: Template, fields: Mapping[str, str], now: int) -> int:
    """The second by which a message sent now promises the next word; 0 for no promise.

    Read are `10:21 UTC`, the nearest such time of day, `14 March 10:21 UTC`, and `600`, `10m`,
    `10 min` from now on.
    """
    for name, terms in template.fields.items():
        if terms.holds == "next_update" and fields.get(name, "").strip():
            text = fields[name].strip().lower()
            if (told := _CLOCK.fullmatch(text)) is not None:
                return _next(brief, told, now)
            after = _promise(text)
            return now + after if after else 0
    return 0


def has_content(brief: Brief, holds: str, text: str, name: str = "") -> bool:
    """Whether a field of this type says something: a level, a cause, a fact, a time, a name.

    A bare number says something only where it counts, or as seconds until an end or a next word.
    """
    text = text.strip()
    lower = text.lower()
    if not text:
        return False
    if _BARE.fullmatch(text):
        return holds in ("next_update", "eta") or (holds == "number" and name not in _MEASURES)
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
        case "place" if name in _WRITTEN:
            channels = (brief.plan.channels.bridge, brief.plan.channels.announce)
            return not text.startswith("#") and text not in channels and lower not in UNKNOWN
        case "eta":
            return bool(_DIGIT.search(text)) or any(word in lower for word in UNKNOWN)
        case "impact":
            return bool(_DIGIT.search(text)) or len(text.split()) >= 2
        case _:
            return lower not in UNKNOWN


class _Sense:
    """One message's comparison with what its sender holds."""

    def __init__(self, brief: Brief, picture: Situation, past: Past) -> None:
        self.past = past
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
        causes = self.brief.scenario.causes
        text = next((c for c, says in causes.items() if says.lower() == text.lower()), text)
        stated = self.picture.deeds.get("hypothesise", ())
        if text not in causes or any(deed.item == text for deed in stated):
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
        if self.past.proved:
            return True
        level = severity_of(self.brief.plan, known_by(self.picture))
        return not level or self.brief.plan.levels[level].pages != "page"

    def _is_word(self, text: str, status: str) -> bool:
        known = self.brief.plan.statuses
        terms = next((terms for name, terms in known.items() if name == status), None)
        return text == status or (terms is not None and text == terms.word.lower())

    def _too_much(self, name: str, text: str) -> Iterator[str]:
        if any(self._too_many(clause) for clause in _CLAUSE.split(text)):
            yield name
        if _DENIED.search(text) and self.known.get("data") != "ok":
            yield "data"
        for fact in FACTS:
            for word in ("lost", "confirmed", "exploited"):
                if re.search(rf"\b{fact}[ =:]+{word}\b", text) and self.known.get(fact) != word:
                    yield fact

    def _too_many(self, clause: str) -> bool:
        """Whether a clause tells of more failing requests than were seen, or of old ones as new."""
        named = [float(one) / 100 for one in _PERCENT.findall(clause)]
        newest = self.picture.known.facts.get("errors")
        if not named or newest is None:
            return False
        share = int(newest.value) / PPM
        if _DATED.search(clause):
            return max(named) > max(share, self.past.worst) * FAR
        is_old = newest.measured_at < self.past.eased_at
        return max(named) > (max(TOLERATED, share / FAR) if is_old else share * FAR)


def _next(brief: Brief, told: re.Match[str], now: int) -> int:
    """The second of the nearest such time of day, past ones up to half a day ago included.

    Where a day is named it is that day's, at the latest a year on; 0 where there is no such day.
    """
    today = instant(brief.scenario.begins, now)
    midnight = today.replace(hour=0, minute=0, second=0)
    since = round((today - midnight).total_seconds())
    ahead = int(told["h"]) * 60 * MINUTE + int(told["m"]) * MINUTE - since
    if told["day"] is None:
        ahead %= DAY
        return now + (ahead if ahead < DAY // 2 else ahead - DAY)
    days = (n for n in range(366) if _is_day(midnight + timedelta(days=n), told))
    found = next(days, None)
    return 0 if found is None else now + found * DAY + ahead


def _is_day(day: datetime, told: re.Match[str]) -> bool:
    """Whether this is the day that was named: `14 march`, `14 mar`."""
    month = told["month"]
    return (
        day.day == int(told["day"])
        and len(month) >= SHORTEST
        and f"{day:%B}".lower().startswith(month)
    )


def _promise(text: str) -> int:
    """Seconds until the next word: `600`, `10m`, `10 min`; 0 where none can be read."""
    plain = text.replace(" ", "").replace("minutes", "m").replace("min", "m")
    if plain.isdecimal():
        return int(plain)
    try:
        return int(seconds_of(plain))
    except ValueError:
        return 0
