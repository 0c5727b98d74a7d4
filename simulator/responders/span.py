"""From when to when it hurt, as somebody can reckon it from what they were told.

Rule 1: panels, logs and alerts tell a mean over some minutes: a bad one proves only that it failed
for its share of that window, a good one that it was well the whole window long.
Rule 2: it began when customers say, or when failures were first measured; where nobody told of
anything earlier, all that is known is the second of the first alert, and it is called that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from simulator.brief.brief import Brief
from simulator.brief.vocabulary import ROLES
from simulator.clock import MINUTE, instant
from simulator.journal.units import PPM
from simulator.responders.mind import Mind

WINDOW_S: Final = 5 * MINUTE
"""Panels and logs tell the mean of so long."""
FELT: Final = 0.01
"""A share of failing requests that somebody feels (assumed)."""
RISES: Final = 1.2
"""A mean beyond so many times the one before it rises."""
EARLIER_S: Final = 30 * MINUTE
"""What is said to have begun so long before the first alert is another story (assumed)."""
_SINCE: Final = re.compile(r"\bsince (?P<h>\d{1,2}):(?P<m>\d{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How many requests failed, by one measurement."""

    at: int
    share: float
    over_s: int
    """The seconds it is the mean of; 0 for a try of that very second."""

    @property
    def well_since(self) -> int:
        """The second from which a good measurement shows that it was well."""
        return self.at - self.over_s

    def failed_until(self, worst: float) -> int:
        """The earliest second it may have stopped failing, where no more than `worst` failed."""
        return self.well_since + round(self.over_s * min(1.0, self.share / worst))


def measured(mind: Mind) -> tuple[Measured, ...]:
    """Every measurement this person was shown since it all began, the oldest first."""
    finds, found = iter(mind.memory.finds), []
    find = next(finds, None)
    for at, facts in mind.memory.measures:
        # Both hold what was told in its order, alerts among the measures alone.
        shown = find is not None and find.facts is facts
        views = find.views if find is not None and shown else ()
        if isinstance(facts.get("errors"), int):
            found.append(_measured(at, facts["errors"], views))
        find = next(finds, None) if shown else find
    return tuple(sorted(found, key=lambda one: one.at))


def worst(mind: Mind) -> float | None:
    """The largest share of failing requests anybody showed this person; None where none did."""
    return max((one.share for one in measured(mind)), default=None)


def until(mind: Mind) -> int | None:
    """The second from which what was seen shows it over; None where nothing does.

    The first good measurement that no later one contradicts tells it: a mean that still falls does
    not. None also where no bad one was ever seen.
    """
    seen = measured(mind)
    most = max((one.share for one in seen), default=0.0)
    bad = max((_failed_until(one, seen, most) for one in seen if one.share > FELT), default=None)
    if bad is None:
        return None
    good = next((one for one in seen if one.share <= FELT and one.at > bad), None)
    return None if good is None else max(bad, good.well_since)


def over_at(mind: Mind) -> int | None:
    """The second it was over: by measurement, else as people said; None before."""
    ends = until(mind)
    return mind.picture.marks.get("resolved") if ends is None else ends


def lasted_s(mind: Mind) -> int:
    """From the start that is known of to the end, else to now, by the clock's minutes."""
    ends = over_at(mind)
    ends = mind.now if ends is None else ends
    begins, start = mind.brief.scenario.begins, started(mind)
    first, last = (instant(begins, at).replace(second=0) for at in (start, ends))
    return round((last - first).total_seconds()) or max(0, ends - start)


def started(mind: Mind) -> int:
    """The earliest second it is known to have hurt; the first alert's where nobody told more."""
    return min((mind.began, *_earlier(mind)))


def start_is_known(mind: Mind) -> bool:
    """Whether anybody told of its start, beside the alert that came of it."""
    return next(_earlier(mind), None) is not None


def since_when(mind: Mind, form: str = "%H:%M UTC") -> str:
    """The start by the wall clock; called the first alert where no more than that is known."""
    told = instant(mind.brief.scenario.begins, started(mind)).strftime(form)
    what = "first alert" if mind.memory.alerts else "first report"
    return told if start_is_known(mind) else f"{told} ({what})"


def _failed_until(one: Measured, seen: tuple[Measured, ...], most: float) -> int:
    """The earliest second a bad one lets it have stopped; a mean that rises still fails."""
    before = [two for two in seen if two.over_s and one.at - one.over_s <= two.at < one.at]
    rises = bool(one.over_s and before) and one.share > before[-1].share * RISES
    return one.at if rises else one.failed_until(most)


def _earlier(mind: Mind) -> Iterator[int]:
    """Seconds before the first alert at which it already hurt, by customers or by measurement."""
    talk = mind.picture.talk
    for _, at, sender, _, text in talk.voices:
        if sender in ROLES or at not in talk.tickets:
            continue
        for match in _SINCE.finditer(text):
            yield from _near(mind, _clock_at(mind.brief, int(match["h"]), int(match["m"]), at))
    for one in measured(mind):
        if one.share > FELT:
            yield from _near(mind, one.at)


def _near(mind: Mind, at: int) -> Iterator[int]:
    """The second, where it is before the first alert and still belongs to it."""
    began = instant(mind.brief.scenario.begins, mind.began).replace(second=0)
    told = instant(mind.brief.scenario.begins, at)
    if told < began and mind.began - at <= EARLIER_S:
        yield at


def _clock_at(brief: Brief, hour: int, minute: int, now: int) -> int:
    """The second of a time of day that was said at `now`: the newest one that had passed."""
    today = instant(brief.scenario.begins, now)
    ago = (today.hour - hour) * 60 + today.minute - minute
    return now - (ago % (24 * 60)) * MINUTE - today.second


def _measured(at: int, errors: int, views: tuple[str, ...]) -> Measured:
    over = 0 if "reproduce" in views else WINDOW_S
    return Measured(at=at, share=errors / PPM, over_s=over)
