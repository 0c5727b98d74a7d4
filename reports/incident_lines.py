"""What fills the named lines of a report's form; empty for what only people can know.

Rule 1: one figure has one way of being written, so that it can be read back.
"""

from collections.abc import Callable, Mapping
from typing import Final

from reports.incident_facts import Facts, percent
from reports.losses import losses
from reports.wording import counted, title
from simulator.brief.plan.afterwards import ReportFigure
from simulator.clock import said
from simulator.text import clean_line

DRAFT: Final = "Draft, from the record of a drill"


def value_of(facts: Facts, shows: ReportFigure) -> str:
    """What a named line says."""
    kind, _, name = shows.partition(".")
    if kind == "times":
        return facts.stamp(name)
    if kind == "spans":
        return _degraded(facts) if name == "degraded" else facts.span(name)
    if kind == "impact" and name:
        return _LOSSES[name](facts) if name in _LOSSES else ""
    return _ABOUT[shows](facts) if shows in _ABOUT else ""


def level_line(facts: Facts) -> str:
    """The highest level it was given, and the one it ended with where that is another."""
    incident = facts.played.situation.incident
    if incident is None:
        return ""
    at, last = incident.levels[-1]
    return facts.level if last == facts.level else f"{facts.level}, {last} from {facts.clock(at)}"


def detected_by(facts: Facts) -> str:
    """What spoke first."""
    found = facts.detection
    if found.by:
        rule = facts.played.brief.scenario.alerts.get(found.by)
        return f"The alert {title(rule.summary if rule else found.by)}"
    return f"A report by {facts.played.who(found.reported_by)}" if found.reported_by else ""


def _id(facts: Facts) -> str:
    incident = facts.played.situation.incident
    return clean_line(incident.id, longest=80) if incident else ""


def _title(facts: Facts) -> str:
    incident = facts.played.situation.incident
    title = incident.title if incident and incident.title else facts.played.brief.scenario.title
    return clean_line(title, longest=160)


def _day(facts: Facts) -> str:
    began = facts.moments.get("began")
    return "" if began is None else facts.day(began)


def _authors(facts: Facts) -> str:
    handed = facts.handed_in
    return facts.played.who(handed.by) if handed else ""


def _users(facts: Facts) -> str:
    lost = facts.losses
    return f"{lost.users:,}" if lost and lost.users else ""


def _requests(facts: Facts) -> str:
    lost = facts.losses
    return f"{lost.failed:,} of {lost.offered:,}" if lost else "0"


def _errors(facts: Facts) -> str:
    lost = facts.losses
    if lost is None:
        return ""
    return f"{percent(lost.mean_ppm)} of requests failed, {percent(lost.peak_ppm)} at the worst"


def _peak(facts: Facts) -> str:
    return percent(facts.losses.peak_ppm) if facts.losses else ""


def _money(facts: Facts) -> str:
    lost = facts.losses
    return f"${lost.money:,} (computed)" if lost and lost.money else ""


def _budget(facts: Facts) -> str:
    lost = facts.losses
    if lost is None or not lost.budget_ppm or lost.slo is None:
        return ""
    allows = f", which allows {lost.allowed:,} failures" if lost.allowed else ""
    return f"{percent(lost.budget_ppm)} of the month's error budget at {100 * lost.slo:g} %{allows}"


def _complaints(facts: Facts) -> str:
    return f"{counted(len(facts.played.situation.talk.tickets), 'report')} by customers"


def _others(facts: Facts) -> str:
    return "; ".join(f"{one.amount} {one.title}" for one in losses(facts.played))


def _degraded(facts: Facts) -> str:
    lost = facts.losses
    if lost is None:
        return ""
    return f"{said(lost.degraded_s)} in which part failed, {said(lost.outage_s)} in which all did"


_ABOUT: Final[Mapping[str, Callable[[Facts], str]]] = {
    "id": _id,
    "title": _title,
    "level": level_line,
    "date": _day,
    "status": lambda _: DRAFT,
    "authors": _authors,
    "facilitator": lambda facts: facts.facilitator,
    "attendees": lambda facts: ", ".join(who for _, who in facts.joined),
    "services": lambda facts: "; ".join(facts.services),
    "impact": Facts.impact_line,
    "cause": Facts.cause_line,
    "detected_by": detected_by,
}
_LOSSES: Final[Mapping[str, Callable[[Facts], str]]] = {
    "users": _users,
    "requests": _requests,
    "errors": _errors,
    "peak": _peak,
    "money": _money,
    "budget": _budget,
    "complaints": _complaints,
    "losses": _others,
}
"""Regions and what is said in public are for people to write."""
