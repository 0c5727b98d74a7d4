"""A report's claims as people write them down: a YAML document, or the front matter of a page.

Rule 1: strict, as every document of ours: a misspelt slot is refused with its line.
"""

import re
from typing import Final

from simulator.brief.binding import bind
from simulator.brief.nodes import compose
from simulator.debrief.aftermath.account import Account

_FRONT: Final = re.compile(r"\A---\n(?P<front>.*?\n)---\s*(?:\n|\Z)", re.DOTALL)


def account_of(text: str, name: str) -> Account:
    """The claims a document holds; raises BriefError with every problem and its place."""
    return bind(Account, compose(text, name), name)


def front_matter(page: str) -> str:
    """What stands between the first two `---` of a page; empty where it begins otherwise."""
    found = _FRONT.match(page.replace("\r\n", "\n"))
    return found["front"] if found else ""
