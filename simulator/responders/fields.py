"""What a bot writes into one field of a message: by what the field holds, then by its name.

Rule 1: only what the writer knows is written: people by name and role, moments by the clock,
causes, services and steps by their titles.
Rule 2: a field there is nothing to say for stays empty; it never borrows another one's words.
Rule 3: a cause is told as firmly as it is believed; that it is over makes nobody surer.
"""

from typing import Final

from simulator.brief.plan.words import Template
from simulator.brief.vocabulary import ROLES, Role
from simulator.clock import DAY, MINUTE, instant, said
from simulator.journal.units import PPM
from simulator.responders.impact import (
    ahead,
    clock,
    is_over,
    percent,
    settled_at,
    stated,
)
from simulator.responders.mind import Mind
from simulator.responders.outcomes import eta_of
from simulator.responders.phrases import (
    OUTSIDE,
    alerting,
    doing,
    next_steps,
    next_word_at,
    phrase,
    runbook,
    service,
)
from simulator.responders.reading import NOT_KNOWN
from simulator.responders.span import lasted_s, over_at, since_when

UNKNOWN: Final = "not known yet"
ENDS: Final = ("resolution", "customer_resolution")
"""Uses of messages that say that it is over."""
SURE: Final = 0.7
"""Below this belief a cause is told as a belief."""
LIKELY: Final = 0.5
"""Below this belief it is told as not known yet."""
NOT_ASSIGNED: Final = "not assigned yet"
_ROLE_OF: Final[dict[str, Role]] = {
    "commander": "commander",
    "tech_lead": "tech_lead",
    "legal": "legal",
    "database_lead": "sme",
    "assignee": "on_call",
}
_REVIEWS: Final = ("review", "post_mortem", "postmortem", "report", "report_by")
"""Fields of time that mean when the review is held or to be read."""
_BEGINS: Final = ("started", "start", "from", "since", "began")
"""Fields of time that mean when it began to hurt."""
_AFTER: Final = ("next_steps", "next-steps", "prevention", "next", "needed")
"""Fields of actions that mean what is still to be done."""


def content(mind: Mind, template: Template, name: str, holds: str) -> str:
    """A field's text; empty where there is nothing to say."""
    outside = template.audience in OUTSIDE
    match holds:
        case "level":
            return mind.level
        case "status":
            return _status(mind, template, name, outside=outside)
        case "impact" if name == "features":
            return service(mind, outside=outside)
        case "impact":
            return stated(mind, outside=outside, ended=template.use in ENDS)
        case "cause":
            return cause(mind, outside=outside)
        case "next_update":
            return _next_update(mind, template)
        case "eta":
            return _eta(mind)
        case "time":
            return _time(mind, name)
        case "duration":
            return said(lasted_s(mind))
        case "people":
            return _people(mind, name)
        case "place":
            return _place(mind, name, outside=outside)
        case "number":
            return _number(mind, template, name)
        case "actions":
            if name in _AFTER:
                return next_steps(mind, outside=outside)
            ended = template.use in ENDS or is_over(mind) or name in ("fix", "resolution")
            return doing(mind, ended=ended, outside=outside)
        case _:
            return phrase(mind, template, name)


def cause(mind: Mind, *, outside: bool = False) -> str:
    """The cause people work with, by its title, as firmly as this person believes in it."""
    if not mind.named or mind.named == NOT_KNOWN:
        return UNKNOWN
    title = mind.brief.scenario.causes.get(mind.named, mind.named)
    share = mind.beliefs.get(mind.named, 0.0)
    if share >= LIKELY:
        return title if share >= SURE else f"probably: {title}"
    return UNKNOWN if outside else f"{UNKNOWN}; looked into: {title}"


def is_sure(mind: Mind) -> bool:
    """Whether this person would tell the named cause for a fact."""
    return bool(mind.named) and mind.beliefs.get(mind.named, 0.0) >= SURE


def named(mind: Mind, person: str) -> str:
    """Somebody by name, with the roles they hold: `Bob (On-Call Engineer)`."""
    people, roles = mind.brief.roster.people, mind.brief.plan.roles
    held = [roles[r].word for r in ROLES if r in roles and _holder(mind, r) == person]
    if person not in people:
        chairs = [roles[r].word for r in ROLES if r in roles and mind.picture.holder(r) == person]
        return next(iter((*held, *chairs)), person.replace("-", " "))
    name = str(people[person].name)
    return f"{name} ({' and '.join(held[:2])})" if held else name


def _holder(mind: Mind, role: Role) -> str:
    """Who holds a role: as assigned, else by the chair of somebody who is about.

    A chair alone is not enough where the plan wants the role assigned; empty for nobody.
    """
    assigned = mind.picture.incident.roles if mind.picture.incident else {}
    if role in assigned:
        return assigned[role]
    wanted = any(r.does == "assign" and r.role == role for r in mind.brief.plan.duties.values())
    holder = mind.picture.holder(role)
    joined = any(deed.item == holder for deed in mind.picture.deeds.get(f"joined:{role}", ()))
    return holder if holder in mind.here and (joined or not wanted) else ""


def _status(mind: Mind, template: Template, name: str, *, outside: bool) -> str:
    """The plan's word; to the outside what the public reads; closed is resolved where unknown."""
    incident = mind.picture.incident
    kind = incident.status if incident else "investigating"
    if name.startswith("previous"):
        now, kind = kind, _told_before(mind, template)
        if kind in ("", now):
            return ""
    known = {str(one): terms for one, terms in mind.brief.plan.statuses.items()}
    terms = known.get(kind) or known.get("resolved")
    if terms is None:
        return kind
    return (terms.public or terms.word) if outside else terms.word


def _told_before(mind: Mind, template: Template) -> str:
    """The status that held when this message went out last; empty where it never did."""
    incident = mind.picture.incident
    sent = [one.at for one in mind.picture.talk.messages if one.use == template.use]
    if incident is None or not sent:
        return ""
    held = [status for at, status in incident.statuses if at <= sent[-1]]
    return held[-1] if held else "investigating"


def _next_update(mind: Mind, template: Template) -> str:
    """By when the next word comes; once it is over, when the review is to be read."""
    if is_over(mind):
        return f"with the review, {_review(mind)}"
    return ahead(mind.brief, next_word_at(mind, template), mind.now)


def _eta(mind: Mind) -> str:
    """When the step under way is expected to end; unknown where none is."""
    works = settled_at(mind)
    if works is not None:
        return f"it works again since {clock(mind.brief, works)}"
    at, title = eta_of(mind)
    return f"{clock(mind.brief, at + MINUTE - 1)} for: {title}" if title else UNKNOWN


def _time(mind: Mind, name: str) -> str:
    match name:
        case "time" | "last_updated":
            at: int | None = mind.now
        case "until" | "end" | "restored":
            at = over_at(mind)
        case "fixed":
            at = mind.cured_at if mind.cured_at >= 0 else None
        case "cause_found":
            told = [d.at for d in mind.picture.deeds.get("hypothesise", ()) if d.item == mind.named]
            at = told[0] if told else None
        case _ if name in _REVIEWS:
            return _review(mind)
        case _ if name in _BEGINS:
            return since_when(mind)
        case _:
            at = mind.began
    return "" if at is None else clock(mind.brief, at)


def _review(mind: Mind) -> str:
    """When the review is held, as booked, else by when the plan wants the report."""
    rules = mind.brief.plan.post_incident
    at, by = mind.memory.meeting_at, ""
    if not at:
        by = "by "
        within = rules.report_within.get(mind.level) or rules.meeting.held_within.get(mind.level)
        at = mind.picture.marks.get("resolved", mind.now) + (within or DAY)
    moment = instant(mind.brief.scenario.begins, at)
    return f"{by}{moment.day} {moment:%B %H:%M} UTC"


def _people(mind: Mind, name: str) -> str:
    role = _ROLE_OF.get(name)
    if role is not None:
        holder = _holder(mind, role)
        return named(mind, holder) if holder else NOT_ASSIGNED
    return ", ".join(named(mind, one) for one in sorted(mind.here or {mind.person}))


def _place(mind: Mind, name: str, *, outside: bool) -> str:
    plan, scenario, incident = mind.brief.plan, mind.brief.scenario, mind.picture.incident
    channels = incident.channels if incident else {}
    match name:
        case "service" | "services":
            return service(mind, outside=outside)
        case "channel":
            return channels.get("channel", plan.channels.announce)
        case "war_room":
            return channels.get("war_room") or channels.get("bridge") or plan.channels.bridge
        case "page":
            return plan.status_page.product
        case "pager":
            return plan.channels.others.get("pager", "")
        case "dashboard":
            return _dashboard(mind)
        case "runbook":
            return runbook(mind)
        case "review":
            via = [one.via for one in plan.templates.values() if one.use == "report"]
            return next(iter(via), "")
        case "regions":
            return f"everywhere {scenario.organisation} serves"
    return ""


def _dashboard(mind: Mind) -> str:
    """The first panel of what the alert was about, else the first there is."""
    panels = [one for one in mind.brief.scenario.looks.values() if "metrics" in one.views]
    about = [r.service for r in alerting(mind)]
    near = [one for one in panels if one.of in about]
    return next((one.title for one in (*near, *panels)), "")


def _number(mind: Mind, template: Template, name: str) -> str:
    """A count, or a measure with its unit; empty where nothing was measured since the cure."""
    facts = mind.picture.known.facts
    fresh = {n: f.value for n, f in facts.items() if f.measured_at >= mind.cured_at}
    match name:
        case "number":
            sent = [one for one in mind.picture.talk.messages if one.use == template.use]
            return str(len(sent) + 1)
        case "actions":
            return str(sum(not debt.settled for debt in mind.picture.debts.values()))
        case "errors" if "errors" in fresh:
            return percent(fresh["errors"] / PPM)
        case "availability" if "errors" in fresh:
            at = clock(mind.brief, facts["errors"].measured_at)
            return f"{100 - 100 * fresh['errors'] / PPM:.2f} % of requests answered at {at}"
        case "latency" if "p95_ms" in fresh:
            return f"{fresh['p95_ms']} ms"
        case "revenue" if "revenue_per_h" in facts:
            return f"{facts['revenue_per_h'].value} dollars an hour"
        case "objective" if "budget" in facts:
            return f"{percent(facts['budget'].value / PPM)} of the error budget left"
    return ""
