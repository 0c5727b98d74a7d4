"""Looking: which look comes next, and which proves that it is over.

Rule 1: first comes the look whose title says what the page says, then the unseen look with the
best worth a second; whoever strays takes one by chance; what waits for a fact is taken again.
Rule 2: it is over once every gate of the plan is passed, by what was seen (`proofs`).
"""

import re
from collections.abc import Iterator
from typing import Final

from simulator.brief.conditions import names
from simulator.brief.scenario.sight import Look as Terms
from simulator.brief.severity import severity_of
from simulator.journal.commands.work import Look
from simulator.responders.impact import stale_impact
from simulator.responders.mind import Mind
from simulator.responders.proofs import is_wide
from simulator.responders.remedies import awaited, remedy_done, unknown_cause
from simulator.responders.wish import Wish

AGAIN_S: Final = 120
"""How soon a look is taken again for a fact that is waited for."""
PROVES_AGAIN_S: Final = 60
SETTLES_S: Final = 45
"""How long after a cure nobody looks yet: monitoring lags."""
SHORT: Final = 3
"""Words no longer than this say nothing."""
FIRST_VIEWS: Final = frozenset(("reproduce", "metrics"))
"""What is looked at first where the page names nothing."""
WATCHES_S: Final = 600
"""How often somebody looks while it is only watched."""


def looking(mind: Mind) -> Iterator[Wish]:
    """The next look of diagnosis."""
    if not mind.looks or (mind.picture.incident is None and not mind.acts):
        return
    if not mind.memory.finds and (best := _as_paged(mind)):
        yield Wish(order=Look(look=best), kind="first_look")
    for name in awaited(mind):
        at, _ = mind.memory.begun.get(name, (-AGAIN_S, ""))
        yield Wish(order=Look(look=name), kind="look", ready_at=at + AGAIN_S)
    yield from _measuring(mind)
    if not mind.named and (best := straying(mind) or _best(mind, ())):
        yield Wish(order=Look(look=best), kind="look")


def diagnosing(mind: Mind) -> str:
    """A look for the first of the plan's checks nobody has made; empty where all are made."""
    for check in mind.brief.plan.checks.values():
        made = any(check.by in seen.views for seen in mind.memory.finds)
        begun = any(
            check.by in mind.brief.scenario.looks[look].views
            for look in mind.memory.begun
            if look in mind.brief.scenario.looks
        )
        if not made and not begun and (best := _best(mind, (check.by,))):
            return best
    return ""


def proving(mind: Mind) -> Iterator[Wish]:
    """Looks that prove it is over, once everything was done."""
    if not mind.looks or not mind.acts or not is_mended(mind):
        return
    asked = [proof.look for proof in mind.proofs if not proof.passed]
    for look in asked:
        at, _ = mind.memory.begun.get(look, (-PROVES_AGAIN_S, ""))
        ready = max(mind.cured_at + SETTLES_S, at + PROVES_AGAIN_S)
        yield Wish(order=Look(look=look), kind="prove", ready_at=ready)
    if not asked and mind.picture.incident and mind.picture.incident.closed_at is None:
        yield from _refreshing(mind)
        yield from _watching(mind)


def _refreshing(mind: Mind) -> Iterator[Wish]:
    """Another look at whatever was last seen before the cure and still amounts to a level."""
    plan = mind.brief.plan
    level = severity_of(plan, mind.known)
    if not level or plan.levels[level].pages != "page":
        return
    asked = {name.text for condition in plan.levels[level].when for name in names(condition)}
    for fact in sorted(asked):
        seen = mind.picture.known.facts.get(fact)
        if seen is None or seen.measured_at > mind.cured_at:
            continue
        if look := _shows_anew(mind, fact):
            at, _ = mind.memory.begun.get(look, (-PROVES_AGAIN_S, ""))
            ready = max(mind.cured_at + SETTLES_S, at + PROVES_AGAIN_S)
            yield Wish(order=Look(look=look), kind="prove", ready_at=ready)
            return


def _measuring(mind: Mind) -> Iterator[Wish]:
    """Another look at how many fail, where what is known has grown too old to be told."""
    if mind.acts and stale_impact(mind) and (look := _last_shown_by(mind, "errors")):
        at, _ = mind.memory.begun.get(look, (-AGAIN_S, ""))
        yield Wish(order=Look(look=look), kind="look", ready_at=at + AGAIN_S)


def _last_shown_by(mind: Mind, fact: str) -> str:
    """The author's look that showed a fact last; empty where none did."""
    shown = [find.look for find in mind.memory.finds if fact in find.facts]
    return next((name for name in reversed(shown) if name in mind.brief.scenario.looks), "")


def _shows_anew(mind: Mind, fact: str) -> str:
    """The look for a fact that has grown old: the one that showed it last, else one made for it.

    A look that has been taken since the cure and did not show it is not asked again.
    """
    looks = mind.brief.scenario.looks
    last = _last_shown_by(mind, fact)
    made_for = [name for name, terms in looks.items() if fact in terms.facts]
    made_for.sort(key=lambda name: _rate(looks[name]), reverse=True)
    later = [find for find in mind.memory.finds if find.at > mind.cured_at]
    mute = {find.look for find in later if fact not in find.facts}
    could = [last, *made_for] if last else []
    return next((n for n in could if n not in mute and f"look:{n}" not in mind.memory.barred), "")


def _watching(mind: Mind) -> Iterator[Wish]:
    """A look now and then while it is only watched, at the whole."""
    if look := _best(mind, ("metrics",), seen_too=True, wide=True):
        at, _ = mind.memory.begun.get(look, (mind.now - WATCHES_S, ""))
        yield Wish(order=Look(look=look), kind="idle", ready_at=at + WATCHES_S)


def is_mended(mind: Mind) -> bool:
    """Whether everything there was to do was done."""
    return mind.picture.incident is not None and (remedy_done(mind) or unknown_cause(mind))


def _as_paged(mind: Mind) -> str:
    """The look that shows what the page says: by the words of its title, then by its service."""
    said = words(" ".join(page.summary for page in mind.picture.pages.values()))
    of = _alerting(mind)
    fit: dict[str, tuple[float, ...]] = {}
    for name, terms in mind.brief.scenario.looks.items():
        if f"look:{name}" in mind.memory.barred or name in mind.memory.begun:
            continue
        shared = len(said & words(terms.title)) if terms.of in of else 0
        plain = not FIRST_VIEWS.isdisjoint(terms.views)
        if shared or plain:
            fit[name] = (shared, terms.of in of, plain, _rate(terms))
    return max(fit, key=lambda name: (fit[name], name), default="")


def words(text: str) -> set[str]:
    """The words of a text that mean something, without their plural."""
    apart = re.findall(r"[A-Z]?[a-z]+", text)
    return {word.lower().removesuffix("s") for word in apart if len(word) > SHORT}


def straying(mind: Mind) -> str:
    """A look taken for its title, by whoever strays now; empty for a look by its worth."""
    seen = len(mind.memory.begun)
    if not mind.lapses("stray", mind.habits.strays, "look", n=seen):
        return ""
    looks = [
        name
        for name in mind.brief.scenario.looks
        if name not in mind.memory.begun and f"look:{name}" not in mind.memory.barred
    ]
    return mind.chance.one_of(looks, "stray", mind.person, n=seen) if looks else ""


def _alerting(mind: Mind) -> frozenset[str]:
    """The services whose alerts people were woken by."""
    rules = mind.brief.scenario.alerts
    alerts = [alert for page in mind.picture.pages.values() for alert in page.alerts]
    return frozenset(s for alert in alerts if alert in rules and (s := rules[alert].service))


def _best(
    mind: Mind,
    kinds: tuple[str, ...],
    *,
    seen_too: bool = False,
    wide: bool = False,
) -> str:
    """The look of these kinds (any, where none is named) worth most a second."""
    scenario = mind.brief.scenario
    looks = scenario.looks
    free = {
        name: _rate(terms)
        for name, terms in looks.items()
        if (seen_too or name not in mind.memory.begun)
        and f"look:{name}" not in mind.memory.barred
        and (not kinds or any(kind in terms.views for kind in kinds))
        and (not wide or is_wide(scenario, terms.of))
    }
    return max(free, key=lambda name: (free[name], name), default="")


def _rate(look: Terms) -> float:
    """What a look is worth a second."""
    return look.worth / max(1.0, (look.takes.low_s + look.takes.high_s) / 2)
