"""Every number a document's author may meet, in one table.

Rule 1: a number is never given a second meaning; retired numbers stay retired.
Rule 2: E100-E119 are about the text, E120-E139 about one value, E140-E159 about how values fit
together, E160-E179 about what a scenario is as a drill, E190 about a list of orders; W
numbers leave the document usable.
"""

from types import MappingProxyType
from typing import Final

MEANINGS: Final = MappingProxyType(
    {
        "E100": "the document is empty",
        "E101": "the text is not UTF-8",
        "E102": "the document is too large",
        "E103": "a control character or a stray line separator",
        "E104": "a tab where YAML wants spaces",
        "E105": "a quote or bracket that is never closed",
        "E106": "the text is not YAML",
        "E107": "a second document in one file",
        "E108": "the same key twice",
        "E109": "an anchor, alias or merge key",
        "E110": "a tag or directive",
        "E111": "nesting too deep",
        "E112": "too many nodes",
        "E113": "a key that is not plain text",
        "E114": "an escape for a character no document may hold",
        "E120": "an unknown key",
        "E121": "a required key is missing",
        "E122": "a list, mapping or text where something else is expected",
        "E123": "not one of the words allowed",
        "E124": "a value that is not written as its kind is written",
        "E125": "a value outside its range",
        "E126": "a text that is too long",
        "E127": "an invisible or unprintable character",
        "E128": "a condition that cannot be read",
        "E129": "values that contradict each other",
        "E130": "too few or too many items",
        "E139": "more problems than are told at once",
        "E140": "two names that are the same, or look the same",
        "E141": "a name nothing goes by",
        "E142": "a cycle",
        "E143": "a placeholder nothing fills",
        "E144": "shares that do not add up",
        "E145": "a document of an edition this version does not know",
        "E146": "a role nobody holds where somebody must",
        "E147": "figures of a normal day that cannot all be true",
        "E160": "a page or an error line that names the cause in words",
        "E161": "a label or a briefing that gives the cause away",
        "E162": "a variant nobody can restore",
        "E163": "an action that is right and harmful at once",
        "E164": "an effect before the end of an action whose end no clock knows",
        "E165": "a remedy that is not there in its variant",
        "E166": "a variant that the engine cannot play to its end",
        "E190": "a list of orders that cannot be read",
        "W101": "invisible or unprintable characters were taken out of a text",
        "W103": "something that can never come about",
        "W104": "a role nobody holds, so that a bot plays it",
        "W105": "a rung that pages again whom the rung before has paged",
        "W106": "a runbook the plan does not know",
        "W160": "a condition that can never hold",
        "W161": "more red herrings near the onset than the difficulty allows",
        "W162": "a wrong cause that two looks cannot rule out",
        "W163": "too little to look at or to do",
        "W164": "before the first page nothing is odd but the cause",
        "W165": "a difficulty that play does not bear out",
        "W166": "expected minutes that play does not bear out",
        "W167": "a gate of the plan that no look of the scenario could show to be passed",
        "W168": "a truth without a remedy",
        "W169": "a look, clue or action that no variant has or lets come about",
        "W170": "a red herring that nobody can rule out",
        "W171": "figures that do not say where they come from",
        "W172": "a session in which competent people are not through",
    }
)
"""Code -> what it is about; the sentence of a problem says the particulars."""

ADVICE: Final = frozenset({"W163", "W171"})
"""Warnings that ask for nothing: what would make a sound document a better one."""
