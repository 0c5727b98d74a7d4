"""Words that were promised, kept: the next update said, and the page when the status changed.

Rule 1: whoever was told when the next word comes gets it by then, whatever the plan's own cadence.
Rule 2: what nobody could write in time was no promise.
Rule 3: the public page says the status that holds; a change of what it calls it is told at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from simulator.brief.plan.words import Status
from simulator.journal.situation import Incident, Message
from simulator.responders.duties import LEAD_S, WRITES_S
from simulator.responders.messages import template_for
from simulator.responders.mind import Mind
from simulator.responders.sending import GRACE_S, being_written, sending
from simulator.responders.wish import Wish

RESTATES_S: Final = 300
"""A page that calls the status otherwise is put right within this time (assumed)."""
_AUDIENCES: Final[tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]] = (
    (("update", "declaration"), ("updates", "first_update"), "update"),
    (("status_page",), ("status_page", "status_page_updates"), "status_page"),
    (("customer_notice", "customer_resolution"), ("customer_notice",), "customer_notice"),
)
"""(uses that speak to one audience, duties whose owners do, the use that keeps the promise)."""


def promised(mind: Mind) -> Iterator[Wish]:
    """The next word to everybody who was promised one."""
    incident = mind.picture.incident
    if incident is None or incident.resolved_at is not None:
        return
    lasts = [(_last(mind, uses), verbs, use) for uses, verbs, use in _AUDIENCES]
    owed = [
        (last.next_update_s, use, verbs, last)
        for last, verbs, use in lasts
        if last is not None and last.next_update_s > last.at + WRITES_S
    ]
    for due, use, verbs, last in sorted(owed, key=lambda one: one[:2]):
        if mind.skips("misses", mind.habits.misses, f"promise:{use}", n=last.at):
            continue
        if wish := _speaking(mind, verbs, use, due):
            kind = "urgent" if due - mind.now < LEAD_S and wish.kind == "message" else wish.kind
            ready = max(due - WRITES_S, last.at, wish.ready_at)
            yield replace(wish, ready_at=ready, due=due, kind=kind)
            return


def restated(mind: Mind) -> Iterator[Wish]:
    """The page put right once the status goes by another name in public."""
    incident = mind.picture.incident
    if incident is None or incident.resolved_at is not None:
        return
    last = _last(mind, ("status_page",))
    if last is None:
        return
    if _public(mind, _stated(mind, incident, last)) == _public(mind, incident.status):
        return
    changed = incident.statuses[-1][0] if incident.statuses else mind.now
    wish = _speaking(mind, ("status_page", "status_page_updates"), "status_page", None)
    if wish is None or mind.skips("misses", mind.habits.misses, f"page:{incident.status}"):
        return
    ready = max(changed, last.at, wish.ready_at)
    yield replace(wish, ready_at=ready, due=changed + RESTATES_S)


def _speaking(mind: Mind, verbs: tuple[str, ...], use: str, due: int | None) -> Wish | None:
    """The message, where it is this person's to write and nobody is writing it."""
    rules = (rule for rule in mind.brief.plan.duties.values() if rule.does in verbs)
    owed_by = next((rule.owed_by for rule in rules), ("commander", "on_call"))
    by = None if due is None else due - GRACE_S
    if mind.speaker(owed_by, by) != mind.person or being_written(mind, (use,)):
        return None
    name = template_for(mind, use)
    return sending(mind, name, urgent_from=(due or mind.now) - GRACE_S) if name else None


def _last(mind: Mind, uses: tuple[str, ...]) -> Message | None:
    """The newest message of these uses."""
    sent = mind.picture.talk.messages
    return next((message for message in reversed(sent) if message.use in uses), None)


def _stated(mind: Mind, incident: Incident, page: Message) -> str:
    """The status a page told: by its own field, else the one that held when it went out."""
    template = mind.brief.plan.templates.get(page.template)
    fields = template.fields.items() if template else ()
    named = (page.fields.get(name, "") for name, terms in fields if terms.holds == "status")
    if (status := next(named, "")) in mind.brief.plan.statuses:
        return status
    held = [status for at, status in incident.statuses if at <= page.at]
    return held[-1] if held else "investigating"


def _public(mind: Mind, status: str) -> str:
    statuses: Mapping[Any, Status] = mind.brief.plan.statuses
    terms = statuses.get(status)
    return (terms.public or terms.word) if terms else status
