"""What the response should learn from itself: late duties, debts, alerts nobody had taken.

Rule 1: only what the writer's own seat could see counts: nobody calls missed what others may have
done unseen.
Rule 2: a lesson that calls for work names it, so that somebody can be given it.
"""

from collections.abc import Iterator
from typing import Final

from simulator.clock import said
from simulator.journal.target import ENDING, Target
from simulator.responders.impact import clock
from simulator.responders.mind import Mind

_BY_LOOKS: Final = ("diagnosis", "engage")
"""Duties that looks fulfil, which others do not see."""


def lessons(mind: Mind) -> tuple[str, ...]:
    """What should be otherwise next time, the most telling first."""
    stood = [f"{text}, and nobody had taken it" for _, text in unheard(mind)]
    left = [debt.says for debt in mind.picture.debts.values() if not debt.settled]
    return (*stood, *late_duties(mind), *(f"still open: {says}" for says in left))


def late_duties(mind: Mind) -> tuple[str, ...]:
    """Each duty that was done after its limit or not at all, once, in the plan's words."""
    found: dict[str, str] = {}
    for target in mind.owed():
        late = target.overdue(mind.now) or (target.done is not None and not target.kept())
        if late and not target.advisory and not _is_unseen(mind, target):
            found.setdefault(_words(mind, target), _how_late(mind, target))
    return tuple(f"{words}: {how}" for words, how in found.items())


def kept_duties(mind: Mind) -> tuple[str, ...]:
    """The duties that were kept, once each, in the plan's words."""
    late = {line.rpartition(": ")[0] for line in late_duties(mind)}
    kept = (_words(mind, t) for t in mind.owed() if t.kept() and not t.advisory)
    return tuple(words for words in dict.fromkeys(kept) if words not in late)


def unheard(mind: Mind) -> Iterator[tuple[str, str]]:
    """(alert, how long it had stood) of alerts that were open before it all began."""
    for name, alert in mind.picture.alerts.items():
        rule = mind.brief.scenario.alerts.get(name)
        if alert.since < 0 and (rule is None or not rule.unrelated):
            age = said(round((mind.began - alert.since) / 60) * 60)
            yield name, f'the alert "{alert.summary}" had stood for {age}'


def _is_unseen(mind: Mind, target: Target) -> bool:
    """Whether this seat cannot tell that a duty was not done in time.

    Whoever was not paged themselves sees no page answered, and nobody sees what others look at.
    """
    if target.does == "acknowledge":
        return target.done is None
    others = any(who != mind.person for _, who in mind.memory.begun.values())
    return target.does in ENDING or (target.does in _BY_LOOKS and others)


def _words(mind: Mind, target: Target) -> str:
    """A duty as people call it."""
    rule = mind.brief.plan.duties.get(target.duty)
    if rule is not None and rule.says:
        return rule.says.rstrip(".")
    roles = {str(role): terms.word for role, terms in mind.brief.plan.roles.items()}
    about = roles.get(target.role, target.role.replace("_", " "))
    return f"{target.does.replace('_', ' ')} {about}".strip()


def _how_late(mind: Mind, target: Target) -> str:
    if target.done is None or target.done.at <= target.due:
        return f"missed, due at {clock(mind.brief, target.due)}"
    return f"{said(target.done.at - target.due)} late"
