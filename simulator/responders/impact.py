"""What hurts, as somebody knows it: the figures of one find, dated once they are old, and the loss.

Rule 1: figures told together come from one find; a find of another second is told with its time.
Rule 2: what was measured more than five minutes ago, or before something was changed, is no
present: it is told in the past, with its time, and makes people look again.
Rule 3: nobody quotes how fast an outage answers.
Rule 4: a bad mean over some minutes in which something was changed, and any in which a try met
otherwise, is no present either: it is told with its window, and the try beside it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.brief.brief import Brief
from simulator.brief.scenario.deeds import Action
from simulator.brief.scenario.scenario import Scenario
from simulator.clock import DAY, MINUTE, instant, said
from simulator.journal.situation import Situation
from simulator.journal.situation.parts import Fact
from simulator.journal.units import PPM
from simulator.responders.mind import Mind
from simulator.responders.span import (
    FELT,
    Measured,
    measured,
    over_at,
    since_when,
    until,
    worst,
)

FRESH_S: Final = 5 * MINUTE
OUTAGE: Final = 0.5
"""From this share on it is an outage, whose latency says nothing."""
NOT_MEASURED: Final = "customers may be affected; extent not known yet"
_CHANGES_NOTHING: Final = ("evidence", "customer_message", "load_test")
"""Kinds of action after which an older figure is as good as before."""
_WORDS: Final = ("data", "breach", "payment", "login", "region", "vendor")
_FINE: Final = (None, "ok", "none")
_FILLED: Final = re.compile(r"\\\$\\\{(\w+)\\\}")
"""A place for a gauge in a text that was escaped for a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Who tells it: what they know, at which second, to whom."""

    picture: Situation
    brief: Brief
    now: int
    outside: bool
    """Whether it is for people who know nothing of the inside."""
    measures: tuple[Measured, ...]
    """What they saw measured, the oldest first."""


def stated(mind: Mind, *, outside: bool = False, ended: bool = False) -> str:
    """The impact as this person writes it: the present until it works again, then the worst of it.

    `ended`: for a message that says itself that it is over.
    """
    teller = _Teller(
        picture=mind.picture,
        brief=mind.brief,
        now=mind.now,
        outside=outside,
        measures=measured(mind),
    )
    is_past = ended or is_over(mind) or settled_at(mind) is not None
    parts = [_past(mind), *_states(teller)] if is_past else [_told(teller)]
    return "; ".join([*parts, *losses(mind)])


def stale_impact(mind: Mind) -> bool:
    """Whether the failing share this person would state is too old to be told as the present."""
    fact = mind.picture.known.facts.get("errors")
    if fact is None or mind.picture.incident is None or "resolved" in mind.picture.marks:
        return False
    return _is_old(mind.picture, fact, mind.now)


def is_over(mind: Mind) -> bool:
    """Whether people said that it works again."""
    return not {"resolved", "closed"}.isdisjoint(mind.picture.marks)


def settled_at(mind: Mind) -> int | None:
    """Since when it works again, where people only watch it any more; None before."""
    incident = mind.picture.incident
    watched = incident is not None and incident.status == "monitoring"
    return until(mind) if watched or is_over(mind) else None


def losses(mind: Mind) -> tuple[str, ...]:
    """What is gone for good, by the newest words of the terminals that counted it."""
    scenario = mind.brief.scenario
    found: dict[str, tuple[int, int]] = {}
    for name, words in mind.memory.says.items():
        at = mind.memory.finished.get(name, 0)
        for gauge, count in _counted(scenario, scenario.actions[name], words).items():
            found[gauge] = max(found.get(gauge, (-1, 0)), (at, count))
    return tuple(
        f"lost: {count:,} {_lower(scenario.system.gauges[gauge].title or gauge)}"
        for gauge, (_, count) in found.items()
        if count
    )


def clock(brief: Brief, at: int) -> str:
    """A moment by the wall clock, `10:21 UTC`."""
    return instant(brief.scenario.begins, at).strftime("%H:%M UTC")


def ahead(brief: Brief, at: int, now: int) -> str:
    """A moment to come: `10:21 UTC`, with its day where the time alone could be mistaken."""
    told = clock(brief, at)
    moment = instant(brief.scenario.begins, at)
    return told if at - now < DAY // 2 else f"{moment.day} {moment:%B} {told}"


def percent(share: float) -> str:
    """A share as people write it."""
    return f"{round(100 * share, 2 if share < 0.001 else 1 if share < 0.1 else 0):g} %"


def _told(teller: _Teller) -> str:
    return "; ".join((*_figures(teller), *_states(teller))) or NOT_MEASURED


def _figures(teller: _Teller) -> Iterator[str]:
    facts = teller.picture.known.facts
    fact, down = facts.get("errors"), facts.get("service_down")
    if teller.outside or (down is not None and not down.value):
        down = None
    mean = _blurred(teller, fact) if fact is not None else None
    if fact is not None and mean is not None:
        yield from _windowed(teller, mean)
    elif fact is not None:
        share, slow = fact.value / PPM, facts.get("p95_ms")
        told = [f"{percent(share)} of requests {{fail}}"]
        inside = slow is not None and slow.seq == fact.seq and not teller.outside
        if slow is not None and inside and share < OUTAGE:
            told.append(f"p95 {slow.value} ms")
        if down is not None and down.seq == fact.seq:
            told.append(f"down: {', '.join(map(str, down.value))}")
        yield _dated(teller, fact, ", ".join(told))
    apart = down is not None and (fact is None or mean is not None or down.seq != fact.seq)
    if down is not None and apart and not _is_old(teller.picture, down, teller.now):
        yield f"down {_when(teller, down.measured_at)}: {', '.join(map(str, down.value))}"


def _dated(teller: _Teller, fact: Fact, text: str) -> str:
    """Figures as the present, or with their time and what was done since."""
    if not _is_old(teller.picture, fact, teller.now):
        return text.format(fail="fail")
    told = f"{_when(teller, fact.measured_at)} {text.format(fail='failed')}"
    return f"{told}{_since(teller, fact.measured_at)}"


def _since(teller: _Teller, measured_at: int) -> str:
    """What was done since a measurement; empty where nothing was."""
    since = [name for at, name in _changes(teller.picture) if at > measured_at]
    actions = teller.brief.scenario.actions
    titles = [actions[name].title for name in since if name in actions]
    if titles and not teller.outside:
        return f"; since then done: {titles[-1]}, not measured again yet"
    return "; not measured again yet" if since else ""


def _blurred(teller: _Teller, fact: Fact) -> Measured | None:
    """The mean behind a figure, where its window holds a change or a try that met otherwise."""
    share = fact.value / PPM
    told = [m for m in teller.measures if m.at == fact.measured_at and m.share == share]
    if not told or not all(one.over_s for one in told):
        return None
    mean = told[-1]
    changes = (at for at, _ in _changes(teller.picture))
    changed = mean.share > FELT and any(mean.well_since < at <= mean.at for at in changes)
    return mean if changed or _tried(teller, mean) is not None else None


def _tried(teller: _Teller, mean: Measured) -> Measured | None:
    """The newest try within a mean's window and after the last change; None unless otherwise.

    A good one that the mean itself disproves is none: it fails again.
    """
    changed = max((at for at, _ in _changes(teller.picture)), default=-1)
    since = max(mean.well_since, changed)
    tries = [m for m in teller.measures if not m.over_s and since <= m.at <= mean.at]
    if not tries or (tries[-1].share <= FELT) == (mean.share <= FELT):
        return None
    most = max(one.share for one in teller.measures)
    good = tries[-1].share <= FELT
    return None if good and mean.failed_until(most) > tries[-1].at else tries[-1]


def _windowed(teller: _Teller, mean: Measured) -> Iterator[str]:
    """A try with its time, where one met otherwise, and the mean with its window."""
    tried = _tried(teller, mean)
    if tried is not None:
        yield f"{_when(teller, tried.at)} {percent(tried.share)} of requests failed"
    over = f"over the {said(mean.over_s)} until {clock(teller.brief, mean.at)}"
    yield f"{over} {percent(mean.share)} of requests failed{_since(teller, mean.at)}"


def _states(teller: _Teller) -> Iterator[str]:
    """Facts that are words and not well."""
    for name in _WORDS:
        fact = teller.picture.known.facts.get(name)
        if fact is None or fact.value in _FINE:
            continue
        text = f"{name} {str(fact.value).replace('_', ' ')}"
        old = _is_old(teller.picture, fact, teller.now)
        yield f"{text} ({_when(teller, fact.measured_at)})" if old else text


def _past(mind: Mind) -> str:
    """The worst of it with its span, and how it is now."""
    share, ends = worst(mind), over_at(mind)
    if share is None:
        return "it is over; no failing requests were measured"
    if share <= FELT:
        return f"never more than {percent(share)} of requests failed"
    last = mind.now if ends is None else ends
    span = f"from {since_when(mind)} to {clock(mind.brief, last)}"
    now = measured(mind)[-1].share
    rest = f"; now {percent(now)}" if now <= FELT else ""
    return f"{span} up to {percent(share)} of requests failed{rest}"


def _is_old(picture: Situation, fact: Fact, now: int) -> bool:
    changed = max((at for at, _ in _changes(picture)), default=-1)
    return fact.measured_at < changed or now - fact.measured_at > FRESH_S


def _changes(picture: Situation) -> list[tuple[int, str]]:
    """(second, action) of everything done that may have changed what customers feel, in order."""
    deeds = picture.deeds
    neutral = {d.item for kind in _CHANGES_NOTHING for d in deeds.get(f"mitigate:{kind}", ())}
    done = [
        (deed.at, name)
        for kind, ended in deeds.items()
        if kind.startswith("done:") and (name := kind.removeprefix("done:")) not in neutral
        for deed in ended
    ]
    return sorted(done)


def _when(teller: _Teller, at: int) -> str:
    return f"at {clock(teller.brief, at)}"


def _counted(scenario: Scenario, action: Action, words: str) -> Mapping[str, int]:
    """What a terminal's words tell of gauges whose rise is harm, by the action's own texts."""
    for step in action.then:
        names = [n for n in _names(step.says) if n in scenario.system.gauges]
        lost = [n for n in names if scenario.system.gauges[n].loss]
        match = re.search(_pattern(step.says), words) if lost else None
        if match:
            told: dict[str, Any] = match.groupdict()
            return {n: round(float(told[n].replace(",", ""))) for n in lost if told.get(n)}
    return {}


def _names(text: str) -> tuple[str, ...]:
    return tuple(_FILLED.findall(re.escape(text)))


def _pattern(text: str) -> str:
    """The text with a place for a number wherever a gauge stands in it."""
    seen: set[str] = set()

    def place(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in seen:
            return r"[\d.,]+"
        seen.add(name)
        return rf"(?P<{name}>\d[\d.,]*)"

    return _FILLED.sub(place, re.escape(text.strip()))


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
