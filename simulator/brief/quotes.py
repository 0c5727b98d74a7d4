"""Quoted texts that were left open: where one begins, and what stands right behind it.

Rule 1: what cannot be scanned is read as far as it can be; nothing here refuses anything.
"""

from typing import Final, NamedTuple

import yaml
from yaml.error import MarkedYAMLError
from yaml.tokens import ScalarToken

from simulator.brief.libyaml import loader

QUOTES: Final = ("'", '"')


class Place:
    """A place in the text, counted from 0, as libyaml's own marks are."""

    def __init__(self, text: str, index: int) -> None:
        self.index = index
        self.line = text.count("\n", 0, index)
        self.column = index - text.rfind("\n", 0, index) - 1


class Quote(NamedTuple):
    """A quoted text, and what stands right behind it where only the next entry could."""

    sign: str
    opens: Place
    ends: Place
    """Of its closing sign."""
    follows: Place


def quote_before(text: str, error: MarkedYAMLError) -> Quote | None:
    """The quoted text an error stands right behind; None where it stands elsewhere.

    A quote left open ends at the next sign of its kind, which was written to open another or as an
    apostrophe: what follows it is where libyaml stumbles, far from where the author did.
    """
    marks = {mark.index for mark in (error.context_mark, error.problem_mark) if mark is not None}
    try:
        for token in yaml.scan(text[: max(marks)], Loader=loader()):
            if type(token) is ScalarToken and token.style in QUOTES:
                opens, ends = token.start_mark.index, token.end_mark.index
                behind = ends + len(text[ends:]) - len(text[ends:].lstrip(" "))
                if behind in marks:
                    places = (Place(text, opens), Place(text, ends - 1), Place(text, behind))
                    return Quote(token.style, *places)
    except MarkedYAMLError:
        pass  # of what was cut off
    return None
