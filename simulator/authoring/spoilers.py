"""Whether a text names the cause in words, as no page, log line or label may.

Rule 1: a cause is named by the words of its id or of its variant's title close together, or by most
of the words of the sentence that explains it; a symptom that shares a word with it is no spoiler.
Rule 2: words are compared without their endings, sentence by sentence.
"""

import re
from dataclasses import dataclass
from typing import Final

from simulator.brief.scenario.scenario import Scenario
from simulator.brief.scenario_words import NOT_KNOWN

APART: Final = 1
"""So many other words may stand between those of a name: `disk is full`."""
MOST_OF: Final = 0.75
FEWEST: Final = 3
"""An explanation of fewer telling words than this names nothing by itself."""
_SENTENCE: Final = re.compile(r"[.;:!?]\s|\n")
_WORD: Final = re.compile(r"[a-z0-9]+")
_ID: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+")
"""What a thing is called says nothing of what is wrong with it."""
_ENDINGS: Final = ("ings", "ing", "edly", "ed", "es", "ly", "s")
_SMALL: Final = frozenset(
    _WORD.findall(
        "a an and are as at be been behind but by far for from has have had he her his i in into is"
        " it its itself no not of off on or our out over so that the their them then there they"
        " this to too under up us was we were what when which who will with you your"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Giveaway:
    """One way of saying a cause."""

    says: str
    stems: tuple[str, ...]
    together: bool
    """Whether the words must stand close to one another; otherwise most of them will do."""

    def stands_in(self, stems: list[str]) -> bool:
        """Whether a sentence, as stems, says it."""
        if self.together:
            return _close(self.stems, stems)
        hit = sum(1 for stem in self.stems if stem in stems)
        return len(self.stems) >= FEWEST and hit >= MOST_OF * len(self.stems)


def giveaways(scenario: Scenario, variant: str) -> tuple[Giveaway, ...]:
    """Every way of saying what is wrong in this variant."""
    terms = scenario.variants[variant]
    faults = [scenario.faults[name].title for name in terms.faults if scenario.faults[name].impact]
    found, explained = [_named(terms.title)], faults
    if terms.cause != NOT_KNOWN:  # an exercise has no cause to give away
        found.append(_named(terms.cause.replace("-", " ")))
        explained = [scenario.causes.get(terms.cause, ""), *faults]
    found += [_explained(text) for text in explained]
    return tuple(dict.fromkeys(one for one in found if one.stems))


def named_in(text: str, ways: tuple[Giveaway, ...]) -> str:
    """The way in which a text says the cause; empty where it does not."""
    for sentence in _SENTENCE.split(text.lower()):
        stems = [stem(word) for word in _WORD.findall(sentence)]
        for way in ways:
            if way.stands_in(stems):
                return way.says
    return ""


def stem(word: str) -> str:
    """A word without its ending: `closed` and `closing` are `clos`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def _named(name: str) -> Giveaway:
    return Giveaway(says=name, stems=_telling(name), together=True)


def _explained(text: str) -> Giveaway:
    return Giveaway(says=text, stems=_telling(_ID.sub(" ", text.lower())), together=False)


def _telling(text: str) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(text.lower()) if word not in _SMALL]
    return tuple(dict.fromkeys(stem(word) for word in words))


def _close(wanted: tuple[str, ...], stems: list[str]) -> bool:
    """Whether all words stand in one stretch with at most `APART` others between neighbours."""
    longest = len(wanted) + APART * (len(wanted) - 1)
    return any(
        set(wanted) <= set(stems[start : start + longest]) for start in range(max(1, len(stems)))
    )
