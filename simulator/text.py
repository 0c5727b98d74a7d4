"""Foreign text made harmless, and the nearest valid word.

Rule 1: text from people, files and archives is cleaned on receipt and again where it is shown.
Rule 2: nothing here interprets a text; cleaning only takes away (docs/promises.md, text).
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_NEVER: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories that can act on a terminal or hide: controls, bidi, surrogates, unassigned."""
_ODD: Final = re.compile(r"[^\n\t -~]+")
"""Signs that must be looked at one by one."""
MARKS_PER_BASE: Final = 2
PROSE_LENGTH: Final = 4000
NAME_LENGTH: Final = 32


def clean(text: str, *, longest: int = PROSE_LENGTH) -> str:
    """The text without anything that could act: printable characters, newline and tab only."""
    cut = text[: 4 * longest]
    if cut.isascii() and cut.replace("\n", "").replace("\t", "").isprintable():
        return cut[:longest]  # as nearly every text is, and seen so at a glance
    return _ODD.sub(_harmless, unicodedata.normalize("NFC", cut))[:longest]


def _harmless(run: re.Match[str]) -> str:
    """What is left of signs beyond plain ASCII that stand together."""
    kept: list[str] = []
    marks = 0
    for sign in run[0]:
        category = unicodedata.category(sign)
        if category in _NEVER:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MARKS_PER_BASE:
            kept.append(sign)
    return "".join(kept)


def clean_line(text: str, *, longest: int = PROSE_LENGTH) -> str:
    """As `clean`, on one line."""
    return " ".join(clean(text, longest=longest).split())


def is_clean(text: str) -> bool:
    """Whether `clean` would leave the text as it is, length apart."""
    return clean(text, longest=max(1, len(text))) == text


def nearest(word: str, words: Iterable[str]) -> str:
    """The valid word that looks most like this one, capitals aside, or nothing."""
    folded = {one.casefold(): one for one in sorted(words, reverse=True)}
    found = difflib.get_close_matches(word.casefold(), sorted(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A hint naming the nearest valid word, else the first few valid ones."""
    known = sorted(words)
    if close := nearest(word, known):
        return f"did you mean {close!r}?"
    some = ", ".join(known[:8]) + (" ..." if len(known) > 8 else "")
    return f"known: {some}" if known else ""
