"""Which of the plan's messages says something now, and what a bot writes into its fields.

Rule 1: only what the writer has seen is written: a cause only once named, an impact only as
measured, a time only where a plan or a running work gives one.
Rule 2: fields are text: a level, a status, a cause, a whole number of seconds, else a phrase.
"""

from typing import Final

from simulator.brief.plan.words import Template
from simulator.clock import MINUTE, instant, said
from simulator.journal.commands.talk import SendMessage
from simulator.journal.situation import Situation
from simulator.journal.units import natural
from simulator.responders.mind import Mind
from simulator.responders.reading import NOT_KNOWN

UNKNOWN: Final = "not known yet"
_NOW: Final = ("time", "until", "end", "last_updated", "fixed", "restored", "cause_found")
"""Fields of time that mean this moment; the others mean T0."""
_GRADES: Final = ("critical", "major", "minor", "none")
_LAST_PROMISE: Final = 30 * MINUTE


def template_for(mind: Mind, *uses: str) -> str:
    """The first template of these uses that this level and status allow; empty where none."""
    incident = mind.picture.incident
    status = incident.status if incident else "investigating"
    for use in uses:
        for name, template in mind.brief.plan.templates.items():
            if template.use == use and _fits(template, mind.level, status):
                return name
    return ""


def message(mind: Mind, name: str, *, authorised_by: str = "") -> SendMessage:
    """The message, its fields filled from what the writer knows."""
    template = mind.brief.plan.templates[name]
    fields = {
        field: text
        for field, terms in template.fields.items()
        if (text := _content(mind, template, field, terms.holds)) or terms.required
    }
    return SendMessage(template=name, fields=fields, authorised_by=authorised_by)


def gap_s(mind: Mind) -> int:
    """How long until the next word is due: the plan's cadence at this level."""
    for rule in mind.brief.plan.duties.values():
        if rule.does == "updates" and mind.level in rule.every:
            incident = mind.picture.incident
            slower = rule.every_watching if incident and incident.status == "monitoring" else {}
            return slower.get(mind.level) or rule.every[mind.level]
    return _LAST_PROMISE


def impact(picture: Situation) -> str:
    """What is known to hurt, in figures; said as unknown where nothing was measured."""
    facts = {name: natural(name, fact.value) for name, fact in picture.known.facts.items()}
    said_of = []
    if isinstance(share := facts.get("errors"), float | int):
        said_of.append(f"{_percent(float(share))} of requests fail")
    if isinstance(p95 := facts.get("p95_ms"), int):
        said_of.append(f"p95 {p95} ms")
    down = facts.get("service_down")
    if isinstance(down, tuple | list) and down:
        said_of.append("down: " + ", ".join(str(name) for name in down))
    words = ("data", "breach", "payment", "login", "region", "vendor")
    said_of += [f"{w} {facts[w]}" for w in words if facts.get(w) not in (None, "ok", "none")]
    return "; ".join(said_of) or "customers may be affected; extent not known yet"


def _fits(template: Template, level: str, status: str) -> bool:
    at_level = not template.levels or level in template.levels
    return at_level and (not template.statuses or status in template.statuses)


def _percent(share: float) -> str:
    return f"{round(100 * share, 1 if share < 0.1 else 0):g} %"


def _content(mind: Mind, template: Template, field: str, holds: str) -> str:
    """A field's text by what it holds; empty where there is nothing to say."""
    picture = mind.picture
    incident = picture.incident
    is_over = "resolved" in picture.marks
    match holds:
        case "level":
            return mind.level
        case "status":
            return _status(mind)
        case "impact":
            return impact(picture)
        case "cause":
            return mind.named or NOT_KNOWN
        case "next_update":
            return str(gap_s(mind))
        case "eta":
            return _eta(mind)
        case "time":
            at = mind.now if field in _NOW else mind.began
            return instant(mind.brief.scenario.begins, at).strftime("%H:%M UTC")
        case "duration":
            return said(mind.now - mind.began)
        case "people":
            return ", ".join(sorted(mind.here)) or mind.person
        case "place" if "service" in field:
            return _service(mind)
        case "place":
            channels = incident.channels if incident else {}
            return next(iter(channels.values()), mind.brief.plan.channels.announce)
        case "number":
            return str(_count(mind, template))
        case "actions":
            return _actions(mind)
        case _:
            return _phrase(mind, field, is_over=is_over)


def _phrase(mind: Mind, field: str, *, is_over: bool) -> str:
    """Free text by the name of its field, else what was seen and is being done."""
    incident = mind.picture.incident
    match field:
        case "id" | "ticket":
            return incident.id if incident else UNKNOWN
        case "title" | "name":
            return (incident.title if incident else "") or UNKNOWN
        case "service" | "components" | "features":
            return _service(mind)
        case "impact_grade":
            return _GRADES[min(mind.brief.plan.ordered().index(mind.level), len(_GRADES) - 1)]
        case "apology":
            return "We are sorry for the trouble this has caused."
        case "prevention":
            return "We review how this could happen and will say what changes."
    return _words(mind, is_over=is_over)


def _status(mind: Mind) -> str:
    """The plan's status; closed is resolved where the plan knows no closing of its own."""
    incident = mind.picture.incident
    if incident is None:
        return "investigating"
    return incident.status if incident.status in mind.brief.plan.statuses else "resolved"


def _service(mind: Mind) -> str:
    """What the first alert was about."""
    scenario = mind.brief.scenario
    rules = (scenario.alerts.get(alert) for _, alert in mind.memory.alerts)
    named = (rule.service for rule in rules if rule and rule.service and not rule.unrelated)
    service = next(named, next(iter(scenario.system.services)))
    return scenario.system.services[service].title or service


def _eta(mind: Mind) -> str:
    """When the work under way is expected to end; unknown otherwise."""
    works = (*mind.picture.work.values(), *mind.picture.running.values())
    ends = [work.looks_until for work in works if work.kind == "action"]
    left = max(ends, default=0) - mind.now
    return str(left) if left > 0 else UNKNOWN


def _count(mind: Mind, template: Template) -> int:
    sent = [one for one in mind.picture.talk.messages if one.use == template.use]
    return len(sent) + 1


def _actions(mind: Mind) -> str:
    """What has been done and what is being done, by its title."""
    actions = mind.brief.scenario.actions
    done = [name for name in mind.memory.finished if name in actions]
    running = [name for name in mind.memory.started if name in actions and name not in done]
    parts = [f"done: {actions[name].title}" for name in done[-2:]]
    parts += [f"under way: {actions[name].title}" for name in running[-1:]]
    return "; ".join(parts) or "looking into it"


def _words(mind: Mind, *, is_over: bool) -> str:
    """A sentence of what was seen and what is done."""
    seen = mind.memory.finds[-1:]
    looks = mind.brief.scenario.looks
    titles = [looks[one.look].title for one in seen if one.look in looks]
    checked = f"last checked: {titles[0]}; " if titles else ""
    state = "it works again; " if is_over else ""
    return f"{state}{checked}{_actions(mind)}"
