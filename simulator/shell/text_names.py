"""Names between the spellings of command lines, APIs and metric stores.

Rule 1: `describe-db-instances` is `DescribeDBInstances`; `ReplicaLag` is `replica_lag`.
"""

import difflib
import re
from collections.abc import Iterable
from typing import Final

_ACRONYMS: Final = {"db": "DB", "ip": "IP", "az": "AZ", "id": "Id", "ids": "Ids", "arn": "Arn"}
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def camel(kebab: str) -> str:
    """`describe-db-instances` as the API spells it."""
    return "".join(_ACRONYMS.get(part, part.capitalize()) for part in kebab.split("-") if part)


def snake(humps: str) -> str:
    """`FreeStorageSpace` as exporters spell it: `free_storage_space`."""
    return "_".join(part.lower() for part in _HUMP.split(humps.replace("/", "_")))


def folded(name: str) -> str:
    """A name without case and separators, to compare spellings."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def nearest_three(word: str, words: Iterable[str], *, cutoff: float) -> tuple[str, ...]:
    """The three words most like this one, best first, at least `cutoff` (0..1) alike."""
    return tuple(difflib.get_close_matches(word[:100], sorted(words), n=3, cutoff=cutoff))
