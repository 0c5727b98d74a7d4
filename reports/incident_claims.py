"""Which claims stand in one line of a report: a line of losses holds several figures at once.

Rule 1: the phrases are those `incident_lines` writes; people may write figures their own way, and
what is not recognised is kept as the line's words and contradicts nothing.
"""

import re
from collections.abc import Iterator
from typing import Final

_COUNTED: Final = re.compile(r"(?P<requests>\d[\d,]*) of (?P<offered>\d[\d,]*)(?: requests)?")
_MEAN: Final = re.compile(
    r"failed \((?P<errors>[\d.]+ ?%)\)|(?P<mean>[\d.]+ ?%) of requests failed"
)
_PEAK: Final = re.compile(r"(?P<peak>[\d.]+ ?%) at the worst")
_USERS: Final = re.compile(r"(?P<users>\d[\d,]*) users?\b")
_BUDGET: Final = re.compile(
    r"(?P<budget>[\d.]+ ?%) of the month's error budget(?: at (?P<slo>[\d.]+ ?%))?"
    r"(?:, which allows (?P<allowed>\d[\d,]*) failures)?"
)
_PLAIN: Final = frozenset({"impact.users", "impact.money", "impact.peak", "impact.complaints"})
"""Lines that hold one figure, however it is written."""


def placed(shows: str, text: str) -> Iterator[tuple[str, str]]:
    """(slot, text) of everything a named line claims."""
    kind, _, name = shows.partition(".")
    if not text:
        return
    if shows == "impact" or (kind == "impact" and shows not in _PLAIN):
        yield from losses_in(text)
    elif (
        kind == "impact"
        or (kind in ("times", "spans") and name != "degraded")
        or shows in ("id", "title", "level", "date")
    ):
        yield shows, text


def losses_in(text: str) -> Iterator[tuple[str, str]]:
    """The figures in a line about what was lost."""
    if not text.strip():
        return
    yield "impact.said", text.splitlines()[0]
    if found := _COUNTED.search(text):
        yield "impact.requests", found["requests"]
        yield "impact.offered", found["offered"]
    if found := _MEAN.search(text):
        yield "impact.errors", found["errors"] or found["mean"]
    if found := _PEAK.search(text):
        yield "impact.peak", found["peak"]
    if found := _USERS.search(text):
        yield "impact.users", found["users"]
    if found := _BUDGET.search(text):
        yield "impact.budget", found["budget"]
        for name in ("slo", "allowed"):
            if found[name]:
                yield f"impact.{name}", found[name]
