"""Messages, notes, finds shown, words said.

Rule 1: a message is one of the plan's, its fields checked for content and against what the
sender knew in the second it went out.
Rule 2: it costs 30 s unchanged, 60 s edited, 90 s new, whatever the typing took; talk is free.
Rule 3: a message sent without the approval the plan wants goes out all the same, and says so.
"""

from collections.abc import Mapping
from typing import Final

from simulator.brief.authority import message_authority
from simulator.brief.plan.words import Template
from simulator.chance import Drawn
from simulator.journal.commands.talk import Note, PostFind, Say, SendMessage
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentResolved
from simulator.journal.events.talk import MessageSent, Noted, Said, SaidTo
from simulator.journal.events.work import FindPosted, Found
from simulator.response import effort
from simulator.response.acting import given
from simulator.response.honesty import Reading, read
from simulator.response.orders import occupied, person_of, refuse, roles_of, unknown
from simulator.stage import Stage
from simulator.text import clean

UNCHANGED_S: Final = 30
EDITED_S: Final = 60
NEW_S: Final = 90
_TO_CUSTOMERS: Final = ("customer_notice", "customer_resolution", "social")


def send_message(stage: Stage, entry: Entry) -> None:
    """Write one of the plan's messages and send it."""
    order = entry.what
    assert isinstance(order, SendMessage)
    templates = stage.brief.plan.templates
    template = templates.get(order.template)
    if template is None:
        refuse(stage, entry, "unknown", unknown("message", order.template, templates))
    elif strange := sorted(set(order.fields) - set(template.fields)):
        refuse(stage, entry, "unknown", unknown("field", strange[0], template.fields))
    elif reason := _out_of_place(stage, template):
        refuse(stage, entry, "lifecycle", reason)
    elif busy := occupied(stage, entry.by):
        refuse(stage, entry, "busy", busy)
    else:
        fields = {name: clean(str(value)) for name, value in order.fields.items()}
        seconds = _cost(stage, order.template, fields)
        # Held to what its writer knew when writing it: a find that comes meanwhile is news.
        picture = stage.seat(entry.by)
        reading = read(
            stage.brief, picture, template, fields, text=order.text, proved=_proved(stage)
        )
        effort.does(
            stage,
            entry.by,
            "message",
            order.template,
            takes=effort.said(stage, entry.by, Drawn(seconds, seconds)),
            then=lambda: _sent(stage, entry.by, order, template, reading),
        )


def approvers(stage: Stage, by: str, template: Template) -> tuple[str, ...]:
    """The roles whose leave this person needs for a message; empty where none is wanted."""
    mine = roles_of(stage.situation, by)
    wanted = template.needs_approval_of
    if wanted:
        return () if any(role in mine for role in wanted) else wanted
    if template.use not in _TO_CUSTOMERS:
        return ()
    return message_authority(stage.brief.plan, mine).asks


def _out_of_place(stage: Stage, template: Template) -> str:
    """Why this message is none of this level or status; empty where it is."""
    incident = stage.situation.incident
    if incident is None:
        return ""
    if template.levels and incident.level not in template.levels:
        return f"this message is for {', '.join(template.levels)}; it is {incident.level}"
    if template.statuses and incident.status not in template.statuses:
        return f"this message is for {', '.join(template.statuses)}; it is {incident.status}"
    return ""


def _cost(stage: Stage, name: str, fields: Mapping[str, str]) -> int:
    before = [m for m in stage.situation.talk.messages if m.template == name]
    if not before:
        return NEW_S
    return UNCHANGED_S if dict(before[-1].fields) == dict(fields) else EDITED_S


def _sent(stage: Stage, by: str, order: SendMessage, template: Template, reading: Reading) -> None:
    wanted = approvers(stage, by, template)
    known = order.authorised_by in stage.situation.talk.approvals
    leave = given(stage, order.template, order.authorised_by if known else "")
    stage.emit(
        MessageSent(
            by=by,
            template=order.template,
            use=template.use,
            audience_of=template.audience,
            fields={name: clean(str(value)) for name, value in order.fields.items()},
            text=clean(order.text),
            filled=reading.filled,
            required=reading.required,
            honest=not reading.overclaims and not reading.omits,
            overclaims=reading.overclaims,
            omits=reading.omits,
            banned=reading.banned,
            authorised=not wanted or bool(leave),
            next_update_s=stage.now + reading.next_update_s if reading.next_update_s else 0,
        )
    )


def _proved(stage: Stage) -> bool:
    """Whether people called it over with no gate left open, and it has stayed so."""
    if "resolved" not in stage.situation.marks:
        return False
    said = (e.what for e in reversed(stage.entries) if isinstance(e.what, IncidentResolved))
    last = next(said, None)
    return last is not None and not last.gates_open


def note(stage: Stage, entry: Entry) -> None:
    """Write a line into the incident's log."""
    order = entry.what
    assert isinstance(order, Note)
    text = clean(order.text).strip()
    if not text:
        refuse(stage, entry, "needs", "an empty note says nothing")
    else:
        stage.emit(Noted(by=entry.by, text=text, decision=order.decision))


def post_find(stage: Stage, entry: Entry) -> None:
    """Show the channel what one found."""
    order = entry.what
    assert isinstance(order, PostFind)
    held = stage.entries[order.found].what if 0 <= order.found < len(stage.entries) else None
    if not isinstance(held, Found) or held.by != entry.by:
        refuse(stage, entry, "unknown", f"{entry.by} holds no find {order.found}")
        return
    stage.emit(
        FindPosted(
            by=entry.by,
            found=order.found,
            look=held.look or held.line,
            views=held.views,
            of=held.of,
            facts=held.facts,
            measured_at=held.measured_at,
            clues=held.clues,
        )
    )


def say(stage: Stage, entry: Entry) -> None:
    """Say something in the channel, or to one person."""
    order = entry.what
    assert isinstance(order, Say)
    text = clean(order.text).strip()
    person = person_of(stage, order.to) if order.to else ""
    if not text:
        refuse(stage, entry, "needs", "nothing was said")
    elif order.to and not person:
        refuse(stage, entry, "unknown", unknown("person", order.to, stage.brief.people()))
    elif person:
        stage.emit(SaidTo(by=entry.by, to=person, text=text))
    else:
        stage.emit(Said(by=entry.by, text=text))
