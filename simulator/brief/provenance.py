"""Where the values of a document come from, counted by kind.

Rule 1: an origin is the comment behind a value; `docs/origins.md` says how it is written.
Rule 2: whatever is partly assumed counts as assumed: nobody shall take ours for theirs.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from simulator.brief.nodes import Mapping as MappingNode
from simulator.brief.nodes import Node, Scalar

Kind: TypeAlias = Literal["seed", "published", "assumed", "unstated"]
KINDS: Final[tuple[Kind, ...]] = ("seed", "published", "assumed", "unstated")
MEANINGS: Final[dict[Kind, str]] = {
    "seed": "stated by the plan's own source document",
    "published": "stated by another document of the same organisation",
    "assumed": "ours: nobody states it",
    "unstated": "without an origin",
}
_SEED: Final = re.compile(r"\d{3}:\d|K-[A-Z]\d")
_PUBLISHED: Final = re.compile(r"[A-Z][A-Z]\d")


def kind_of(origin: str) -> Kind:
    """The kind of an origin by its words; the first place it names decides."""
    text = origin.strip()
    if "assumed" in text:
        return "assumed"
    if _SEED.match(text):
        return "seed"
    return "published" if _PUBLISHED.match(text) else "unstated"


def tally(origins: Mapping[str, str], values: int) -> dict[Kind, int]:
    """How many of a document's values there are of each kind."""
    counted = Counter(kind_of(origin) for origin in origins.values())
    counted["unstated"] += values - len(origins)
    return {kind: counted[kind] for kind in KINDS}


def assumed(origins: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(where, why) of every value that is assumed, in the document's order."""
    return tuple((path, origin) for path, origin in origins.items() if kind_of(origin) == "assumed")


def count_values(node: Node) -> int:
    """How many single values a document holds."""
    match node:
        case Scalar():
            return 1
        case MappingNode():
            return sum(count_values(part) for part in node.items.values())
        case _:
            return sum(count_values(part) for part in node.items)
