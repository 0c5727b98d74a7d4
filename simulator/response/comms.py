"""Messages, notes, finds shown, words said.

Rule 1: a message is one of the plan's, its fields checked for content and against what the
sender knew when writing it.
Rule 2: it costs 30 s unchanged, 60 s edited, 90 s new, whatever the typing took; talk is free.
Rule 3: what the desk knows is as of the sending: a status, a level or the time of day that held
when the writing began is put as it holds then; what the end has overtaken is not sent at all.
Rule 4: a message sent without the approval the plan wants goes out all the same, and says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulator.brief.authority import message_authority
from simulator.brief.plan.plan import Plan
from simulator.brief.plan.words import Template
from simulator.chance import Drawn
from simulator.clock import wall
from simulator.journal.commands.talk import Note, PostFind, Say, SendMessage
from simulator.journal.entry import Entry
from simulator.journal.events.incident import IncidentResolved
from simulator.journal.events.talk import MessageSent, Noted, Said, SaidTo
from simulator.journal.events.work import FindPosted, Found
from simulator.journal.events.world import AccessCut, AlertFired, EffectRelieved, EffectTook
from simulator.journal.situation import visible_to
from simulator.journal.units import PPM
from simulator.response import effort
from simulator.response.acting import given
from simulator.response.honesty import Past, Reading, promised_at, read
from simulator.response.orders import occupied, person_of, refuse, roles_of, unknown
from simulator.stage import Stage
from simulator.text import clean

UNCHANGED_S: Final = 30
EDITED_S: Final = 60
NEW_S: Final = 90
_TO_CUSTOMERS: Final = ("customer_notice", "customer_resolution", "social")


_HOUR: Final = re.compile(r"\d{1,2}:\d{2}")
_RUNS: Final = ("time", "next_update", "eta", "duration", "number")
"""Fields that change by themselves: a message with others unchanged is unchanged."""
_STAMPS: Final = ("time", "last_updated")
"""Fields of time that mean the moment it goes out."""
_OF_THE_MOMENT: Final = ("declaration", "update", "status_page")
"""Uses that tell how it stands: written before the end, they say nothing any more after it."""
_OVER: Final = ("resolved", "post_incident", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A message that is being written."""

    order: SendMessage
    template: Template
    reading: Reading
    stood: tuple[str, str]
    """(status, level) when the writing began; empty before there is an incident."""


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
        past = _past(stage, entry.by)
        reading = read(stage.brief, picture, template, fields, text=order.text, past=past)
        draft = _Draft(order=order, template=template, reading=reading, stood=_standing(stage))
        effort.does(
            stage,
            entry.by,
            "message",
            order.template,
            takes=effort.said(stage, entry.by, Drawn(seconds, seconds)),
            then=lambda: _sent(stage, entry, draft),
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
    terms = stage.brief.plan.templates[name].fields
    kept = [one for one in terms if terms[one].holds not in _RUNS]
    same = all(fields.get(one, "") == before[-1].fields.get(one, "") for one in kept)
    return UNCHANGED_S if same else EDITED_S


def _sent(stage: Stage, entry: Entry, draft: _Draft) -> None:
    order, template, reading = draft.order, draft.template, draft.reading
    if reason := _overtaken(stage, draft):
        refuse(stage, entry, "overtaken", reason)
        return
    wanted = approvers(stage, entry.by, template)
    known = order.authorised_by in stage.situation.talk.approvals
    leave = given(stage, order.template, order.authorised_by if known else "")
    fields = _as_sent(stage, draft)
    stage.emit(
        MessageSent(
            by=entry.by,
            template=order.template,
            use=template.use,
            audience_of=template.audience,
            fields=fields,
            text=clean(order.text),
            filled=reading.filled,
            required=reading.required,
            honest=not reading.overclaims and not reading.omits,
            overclaims=reading.overclaims,
            omits=reading.omits,
            banned=reading.banned,
            authorised=not wanted or bool(leave),
            next_update_s=promised_at(stage.brief, template, fields, stage.now),
        )
    )


def _standing(stage: Stage) -> tuple[str, str]:
    """How the incident stands: its status and its level."""
    incident = stage.situation.incident
    return (str(incident.status), incident.level) if incident else ("", "")


def _overtaken(stage: Stage, draft: _Draft) -> str:
    """Why a draft is not sent any more: the incident ended over it. Empty where it is sent."""
    status, _ = _standing(stage)
    if status not in _OVER or draft.stood[0] in _OVER:
        return ""
    template = draft.template
    about_now = template.use in _OF_THE_MOMENT
    if not about_now and (not template.statuses or status in template.statuses):
        return ""
    return f"the incident became {status} while this was being written"


def _as_sent(stage: Stage, draft: _Draft) -> dict[str, str]:
    """The fields, with what held when the writing began put as it holds now."""
    plan, (status, level) = stage.brief.plan, _standing(stage)
    knows_more = "identified" in (way.lower() for way in _ways(plan, status))
    if draft.stood[0] == "investigating" and knows_more and _tells_cause(draft.template):
        status = draft.stood[0]  # what knows the cause does not fit a text that does not
    fields = {name: clean(str(value)) for name, value in draft.order.fields.items()}
    for name, terms in draft.template.fields.items():
        if name not in fields or name.startswith("previous"):
            continue
        text = fields[name].strip()
        if terms.holds == "level" and text == draft.stood[1]:
            fields[name] = level
        elif terms.holds == "status":
            said = _ways(plan, draft.stood[0])
            if text in said:
                fields[name] = _ways(plan, status)[said.index(text)]
        elif terms.holds == "time" and name in _STAMPS and _HOUR.match(text):
            fields[name] = f"{wall(stage.brief.scenario.begins, stage.now)[:5]} UTC"
    return fields


def _tells_cause(template: Template) -> bool:
    return any(terms.holds == "cause" for terms in template.fields.values())


def _ways(plan: Plan, status: str) -> tuple[str, ...]:
    """How a status is written: its id, the plan's word, the public's; what is missing as its id."""
    known = {str(kind): terms for kind, terms in plan.statuses.items()}
    terms = known.get(status) or known.get("resolved")
    return (status, terms.word, terms.public or terms.word) if terms and status else ()


def _past(stage: Stage, by: str) -> Past:
    """What the writer was told before, beside the newest facts."""
    shown = [
        entry.what.facts.get("errors", 0)
        for entry in stage.happened(Found, FindPosted, AlertFired)
        if isinstance(entry.what, Found | FindPosted | AlertFired) and visible_to(entry, by)
    ]
    return Past(
        proved=_proved(stage),
        eased_at=_eased_at(stage),
        worst=max((share for share in shown if isinstance(share, int)), default=0) / PPM,
    )


def _eased_at(stage: Stage) -> int:
    """The second the last measure that truly helped was told to be done; -1 for none."""
    helped = {
        entry.what.action
        for entry in stage.happened(AccessCut, EffectRelieved, EffectTook)
        if isinstance(entry.what, AccessCut | EffectRelieved)
        or (isinstance(entry.what, EffectTook) and (entry.what.cured or entry.what.eased))
    }
    deeds = stage.situation.deeds
    return max((deed.at for one in helped for deed in deeds.get(f"done:{one}", ())), default=-1)


def _proved(stage: Stage) -> bool:
    """Whether people called it over with no gate left open, and it has stayed so."""
    if "resolved" not in stage.situation.marks:
        return False
    said = stage.happened(IncidentResolved)
    last = said[-1].what if said else None
    return isinstance(last, IncidentResolved) and not last.gates_open


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
