"""The post-incident report as a bot writes it: every section, from what it has seen.

Rule 1: start, end and duration are those its messages told: the start anybody told of, else the
first alert; the second from which it was seen to be well; and what lies between.
"""

from collections.abc import Mapping
from typing import Final

from simulator.clock import instant, said
from simulator.journal.commands.incident import SubmitReport
from simulator.responders.fields import UNKNOWN, cause, named
from simulator.responders.impact import clock, stated
from simulator.responders.items import debt_items, lesson_items
from simulator.responders.lessons import kept_duties, late_duties, lessons, unheard
from simulator.responders.mind import Mind
from simulator.responders.outcomes import done, outcomes
from simulator.responders.phrases import alerting, seen
from simulator.responders.span import lasted_s, over_at, since_when, until

_SAID: Final[Mapping[str, str]] = {
    "impact": "customers were hit",
    "fired": "the first page",
    "acknowledged": "the page was acknowledged",
    "declared": "the incident was declared",
    "identified": "the cause was named",
    "mitigated": "customers were eased",
    "restored": "it worked again",
    "resolved": "it was called over",
    "closed": "the incident was closed",
}
"""Marks and claims as people say them."""


def report(mind: Mind) -> SubmitReport:
    """A report with every section the plan asks for."""
    sections = mind.brief.plan.post_incident.sections
    fields = {name: _section(mind, s.holds) or UNKNOWN for name, s in sections.items()}
    return SubmitReport(fields=fields)


def _section(mind: Mind, holds: str) -> str:
    begins = mind.brief.scenario.begins
    match holds:
        case "start":
            return since_when(mind, "%Y-%m-%d %H:%M UTC")
        case "end":
            ends = over_at(mind)
            return instant(begins, mind.now if ends is None else ends).strftime(
                "%Y-%m-%d %H:%M UTC"
            )
        case "duration":
            return said(lasted_s(mind))
        case "impact":
            return stated(mind)
        case "timeline":
            return _timeline(mind)
        case "people":
            return ", ".join(named(mind, one) for one in sorted(mind.here))
        case "approvals":
            return _approvals(mind)
        case "actions" | "prevention":
            return _items(mind)
        case _:
            return _told(mind, holds)


def _told(mind: Mind, holds: str) -> str:
    """Sections about the incident and about the response."""
    incident = mind.picture.incident
    title = (incident.title if incident else "") or mind.brief.scenario.title
    match holds:
        case "id":
            return incident.id if incident else ""
        case "title":
            return title
        case "level":
            return mind.level
        case "cause":
            return cause(mind)
        case "services":
            return stated(mind)
        case "factors":
            return "; ".join((seen(mind), *(text for _, text in unheard(mind)))).strip("; ")
        case "detection" | "safeguards":
            return _detection(mind)
        case "response" | "resolution":
            return "; ".join(done(mind)) or "it was watched until it was well again"
        case "went_well":
            return "; ".join(kept_duties(mind)[:5]) or "it was brought to its end"
        case "went_poorly":
            return "; ".join(late_duties(mind)) or "nothing its writer saw was late"
        case "lessons":
            return "; ".join(lessons(mind)) or "the response went by the plan"
        case "evidence" | "verification":
            return seen(mind)
    return "; ".join((title, cause(mind), stated(mind)))


def _timeline(mind: Mind) -> str:
    """What happened and what was done, in order, by the wall clock."""
    marks = [(at, _SAID[name]) for name, at in mind.picture.marks.items() if name in _SAID]
    ends = until(mind)
    back = [] if ends is None else [(ends, "requests succeed as before")]
    told = sorted({*marks, *outcomes(mind), *back})
    begins = mind.brief.scenario.begins
    return "; ".join(f"{instant(begins, at):%H:%M:%S} {text}" for at, text in told)


def _detection(mind: Mind) -> str:
    """What told people of it, and when."""
    rule = next(alerting(mind), None)
    what = f'the alert "{rule.summary}"' if rule else "a customer's report"
    return f"{what} at {clock(mind.brief, mind.began)}"


def _approvals(mind: Mind) -> str:
    actions = mind.brief.scenario.actions
    given = [a for a in mind.picture.talk.approvals.values() if a.state == "given"]
    titles = [
        f"{actions[a.action].title if a.action in actions else a.action} by {named(mind, a.of)}"
        for a in given
    ]
    return "; ".join(titles) or "none was needed"


def _items(mind: Mind) -> str:
    """What was promised to be done, and by whom."""
    items = mind.picture.deeds.get("action_item", ())
    owners = {one.text: one.owner for one in (*debt_items(mind), *lesson_items(mind))}
    people = mind.brief.roster.people
    told = []
    for deed in items:
        owner = owners.get(deed.item, deed.by)
        told.append(f"{deed.item} ({people[owner].name if owner in people else owner})")
    return "; ".join(told) or "no action was agreed on"
