"""Opening the incident with its level, and keeping the level with the facts.

Rule 1: a level is taken up by what was measured since the last change, and shown, and down only
once something was done and customers were told what they are owed at the higher one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from simulator.brief.severity import higher, severity_of
from simulator.journal.commands.incident import Declare, Regrade
from simulator.journal.commands.work import Look
from simulator.responders.messages import stated
from simulator.responders.mind import Mind
from simulator.responders.posting import posting
from simulator.responders.remedies import remedy_done
from simulator.responders.sending import GRACE_S
from simulator.responders.span import WINDOW_S
from simulator.responders.standing import Standing
from simulator.responders.wish import Wish

UNPRACTISED: Final = 0.2
"""Who misses such a share of duties puts nothing early, and takes back no level."""
REGRADE_DOWN_S: Final = 180
"""A relief has stood for so long before a level is taken back for it (assumed)."""
SETTLES_S: Final = 10
"""Nobody tries it in the very second something ended."""
_OPENINGS: Final = ("declare", "assess", "ticket")
_TO_CUSTOMERS: Final = ("status_page", "customer_notice")


def declaring(mind: Mind) -> Iterator[Wish]:
    """Opening the incident, and keeping its level with the facts."""
    incident = mind.picture.incident
    plan = mind.brief.plan
    if incident is None:
        yield from _opening(mind, severity_of(plan, mind.known))
        return
    if incident.resolved_at is not None:
        return
    is_fresh = _is_fresh(mind)
    if not is_fresh and mind.habits.misses < UNPRACTISED:
        yield from _looking_anew(mind)
    if not mind.owes(_graders(mind)):
        return
    by_facts = severity_of(plan, mind.known)
    if not by_facts or by_facts == incident.level or not is_fresh:
        return
    if shown := next(posting(mind), None):
        yield replace(shown, kind="level")  # others see the figure before they hear the level
        return
    is_higher = higher(plan, by_facts, incident.level) == by_facts
    if is_higher or (plan.levels[by_facts].pages == "page" and _eased(mind)):
        said, wait = ("As measured", GRACE_S) if is_higher else ("Eased", REGRADE_DOWN_S)
        order = Regrade(level=by_facts, reason=f"{said}: {stated(mind)}")
        changed = max(at for at, _ in incident.levels)
        since = (changed if is_higher else max(changed, mind.cured_at)) + wait
        yield Wish(order=order, kind="level", ready_at=since)


def _opening(mind: Mind, by_facts: str) -> Iterator[Wish]:
    """Declaring: after one look at it, or when the limit is near."""
    if not mind.level or not mind.owes(("on_call", "backup", "manager")):
        return
    level = higher(mind.brief.plan, by_facts, mind.level)
    summary = next(iter(page.summary for page in mind.picture.pages.values()), "")
    wish = Wish(order=Declare(level=level, title=summary), kind="declare")
    owed = mind.owed(_openings)
    latest = min((t.due for t in owed), default=mind.now)
    if mind.skips("misses", mind.habits.misses, "declare"):
        wish = replace(wish, ready_at=2 * latest - min((t.opens for t in owed), default=latest))
    elif not mind.memory.finds and mind.looks:
        wish = replace(wish, ready_at=max(mind.now, latest - 30))
    yield wish


def _graders(mind: Mind) -> tuple[str, ...]:
    rules = (rule for rule in mind.brief.plan.duties.values() if rule.does == "declare")
    return next((rule.owed_by for rule in rules), ("on_call",))


def _is_fresh(mind: Mind) -> bool:
    """Whether the failing share was measured since the last change, by no average over before."""
    changed = mind.cured_at
    if changed < 0:
        return True
    for find in reversed(mind.memory.finds):
        if find.at <= changed:
            return False
        if "errors" in find.facts:
            averaged = 0 if "reproduce" in find.views else WINDOW_S
            return find.at > changed + averaged
    return False


def _looking_anew(mind: Mind) -> Iterator[Wish]:
    """A try as a user tries it, once something was changed: what it did to them."""
    if not mind.memory.finished or not mind.looks:
        return
    names = [n for n, terms in mind.brief.scenario.looks.items() if "reproduce" in terms.views]
    name = max(names, key=lambda n: (mind.brief.scenario.looks[n].worth, n), default="")
    begun, _ = mind.memory.begun.get(name, (-1, ""))
    may = name and begun <= mind.cured_at and f"look:{name}" not in mind.memory.barred
    if may and not remedy_done(mind):
        yield Wish(order=Look(look=name), kind="look", ready_at=mind.cured_at + SETTLES_S)


def _eased(mind: Mind) -> bool:
    """Whether a level below the declared one is worth saying: something was done, all not well.

    What customers are owed at a level is said before the level is taken back.
    """
    if not mind.memory.finished or mind.habits.misses >= UNPRACTISED or remedy_done(mind):
        return False
    owed = mind.owed(_to_customers, undone=True)
    return all(target.opens > mind.now or target.advisory for target in owed)


def _openings(_standing: Standing, does: str, _owed_by: Sequence[str]) -> bool:
    return does in _OPENINGS


def _to_customers(_standing: Standing, does: str, _owed_by: Sequence[str]) -> bool:
    return does in _TO_CUSTOMERS
