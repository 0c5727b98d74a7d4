"""Which of the plan's messages says something now, and the message with its fields filled.

Rule 1: only what the writer has seen is written; a required field nothing is known for says so.
"""

from simulator.brief.plan.words import Template
from simulator.journal.commands.base import Command
from simulator.journal.commands.talk import SendMessage
from simulator.responders.fields import UNKNOWN, content
from simulator.responders.impact import stale_impact, stated
from simulator.responders.mind import Mind

__all__ = ["as_of", "message", "stale_impact", "stated", "template_for"]


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
    fields = {}
    for field, terms in template.fields.items():
        text = content(mind, template, field, terms.holds)
        if text or terms.required:
            fields[field] = text or UNKNOWN
    return SendMessage(template=name, fields=fields, authorised_by=authorised_by)


def as_of(mind: Mind, order: Command) -> Command:
    """An order as this mind would word it: a message is filled anew, all else stays as it is.

    For whoever gives an order later than they decided on it, or at somebody else's wish.
    """
    if not isinstance(order, SendMessage) or order.template not in mind.brief.plan.templates:
        return order
    return message(mind, order.template, authorised_by=order.authorised_by)


def _fits(template: Template, level: str, status: str) -> bool:
    at_level = not template.levels or level in template.levels
    return at_level and (not template.statuses or status in template.statuses)
