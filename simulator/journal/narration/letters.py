"""What a message says: its claims in a sentence, and the whole of it line by line.

Rule 1: whatever can be true or false is in the sentence: level, status, impact, cause, times,
promises and figures; what was done and by whom stands in the whole text.
Rule 2: a field is read by what the plan says it holds; ids in it are said by their titles.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.clock import said
from simulator.journal.events.base import Event
from simulator.journal.events.incident import ReportSubmitted
from simulator.journal.events.talk import MessageSent
from simulator.journal.events.work import ActionFinished, Found, LineAnswered
from simulator.journal.narration.names import Names, brought, quoted

CLAIMS: Final = ("level", "status", "impact", "cause", "eta", "time", "duration", "number",
                 "start", "end")  # fmt: skip
"""What fields hold that a reader can hold against the truth."""
_ALONE: Final = ("level", "status")
"""Said without the field's name, which would say it twice."""
_DURATIONS: Final = ("eta", "next_update", "duration")
SENT: Final[Mapping[str, str]] = {
    "internal": "",
    "customers": " to customers",
    "public": " to the public",
    "executives": " to the executives",
    "support": " to support",
    "vendor": " to the vendor",
}


def sends(message: MessageSent, names: Names) -> str:
    """A message with what it claims and the next word it promises."""
    claims = [*_claims(message, names), *_promise(message, names)]
    to = SENT.get(message.audience_of, f" to {message.audience_of}")
    says = f"{names.person(message.by)} sends {names.template(message.template)}{to}"
    if message.use == "status_page":
        says = f"{names.person(message.by)} updates the status page"
    lead = f"{says}: {'; '.join(claims)}" if claims else says
    return lead + (f"; {brought(message.text)}" if message.text.strip() else "")


def hands_in(report: ReportSubmitted, names: Names) -> str:
    """The report with what it claims."""
    holds = _sections(names)
    claims = [
        f"{name}: {brought(report.fields[name])}"
        for name in _in_order(report.fields, holds)
        if holds.get(name) in CLAIMS and report.fields[name].strip()
    ]
    says = f"{names.person(report.by)} hands in the report, {len(report.fields)} sections"
    return says + quoted("; ".join(claims))


def whole(event: Event, names: Names) -> tuple[str, ...]:
    """All that was written or shown, line by line; nothing where no text belongs to the event."""
    match event:
        case MessageSent(fields=fields, text=text):
            holds = _holds(event, names)
            lines = [f"{n}: {_said(fields[n], holds.get(n, ''), names)}"
                     for n in _in_order(fields, holds)]  # fmt: skip
            return (*lines, *text.splitlines())
        case ReportSubmitted(fields=fields):
            return tuple(f"{n}: {fields[n]}" for n in _in_order(fields, _sections(names)))
        case Found(content=content) | LineAnswered(content=content):
            return tuple(content.splitlines())
        case ActionFinished(says=says):
            return tuple(says.splitlines())
    return ()


def _claims(message: MessageSent, names: Names) -> Iterator[str]:
    holds = _holds(message, names)
    for name in _in_order(message.fields, holds):
        kind, value = holds.get(name, name), message.fields[name].strip()
        if not value or kind not in CLAIMS or name.startswith("previous"):
            continue
        text = brought(_said(value, kind, names))
        text = f'"{text}"' if kind == "impact" else text
        yield text if kind in _ALONE else f"{name.replace('_', ' ').replace('-', ' ')} {text}"


def _promise(message: MessageSent, names: Names) -> Iterator[str]:
    if message.next_update_s:
        yield f"next word by {names.moment(message.next_update_s)}"
        return
    holds = _holds(message, names)
    for name, value in message.fields.items():
        if holds.get(name, name.replace("-", "_")) == "next_update" and value.strip():
            yield f"next word: {_said(value, 'next_update', names)}"


def _holds(message: MessageSent, names: Names) -> dict[str, str]:
    """Field -> what it holds, in the plan's order; nothing without a brief."""
    templates = names.brief.plan.templates if names.brief else {}
    terms = templates.get(message.template)
    return {name: str(part.holds) for name, part in terms.fields.items()} if terms else {}


def _sections(names: Names) -> dict[str, str]:
    if names.brief is None:
        return {}
    sections = names.brief.plan.post_incident.sections
    return {name: str(section.holds) for name, section in sections.items()}


def _in_order(fields: Mapping[str, str], holds: Mapping[str, str]) -> list[str]:
    """The fields that were filled, the plan's order first."""
    return [*(name for name in holds if name in fields), *sorted(set(fields) - set(holds))]


def _said(value: str, holds: str, names: Names) -> str:
    """A field's text with its ids named."""
    text = " ".join(value.split())
    match holds:
        case "level":
            return names.level(text)
        case "status":
            return names.status(text)
        case "cause":
            return names.cause(text) if " " not in text else text
        case "people":
            return ", ".join(names.person(one.strip()) for one in text.split(","))
    if holds in _DURATIONS and text.isdecimal():
        return said(int(text))
    return text
