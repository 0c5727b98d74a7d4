"""Somebody outside who is told: a machine answers at once, a person at the contract's time.

Rule 1: the contract's time is the plan's: when the vendor joins (`mobilisation.later`), else the
time of the path that tells the vendor; without either a vendor is a colleague like any other.
Rule 2: it runs from the first telling, whatever its form, and once: a case is opened once.
Rule 3: the person who comes asks first what the case already says.
"""

from typing import Final

from simulator.journal.entry import Entry
from simulator.journal.events.base import EVERYONE
from simulator.journal.events.paging import Joined, Notified, Paged
from simulator.journal.events.talk import MessageSent, QuestionAsked, Voice
from simulator.response.orders import hears, level_of
from simulator.stage import Process, Stage

ROLE: Final = "vendor"
RECEIVED: Final = "Your case is received; an engineer will come to you in turn."
ASKS: Final = "What exactly is hit, and since when?"
_TELLS: Final = (Notified, Paged, MessageSent, QuestionAsked)


def play(stage: Stage) -> None:
    """Wait for the first word to the vendor, where the plan has a contract."""
    if has_contract(stage):
        stage.play(hears(stage, _TELLS, lambda entry: _told(stage, entry)))


def has_contract(stage: Stage) -> bool:
    """Whether the plan has a vendor of its own whose time it knows."""
    plan, chairs = stage.brief.plan, stage.brief.chairs()
    own = ROLE in plan.roles and list(chairs.values()).count(chairs[ROLE]) == 1
    return own and any(_times(stage))


def contract_s(stage: Stage) -> int:
    """From the first word to a person, at the level in force; the longest where it has none."""
    times = next(times for times in _times(stage) if times)
    return times.get(level_of(stage), max(times.values()))


def is_vendor(stage: Stage, person: str) -> bool:
    """Whether this person comes only at the contract's time."""
    return person == stage.situation.holder(ROLE) and has_contract(stage)


def _times(stage: Stage) -> tuple[dict[str, int], ...]:
    """Level -> seconds: of the joining, of the path's step that tells the vendor."""
    plan = stage.brief.plan
    joins = [one.after for one in plan.mobilisation.later if one.role == ROLE and one.after]
    paths = plan.escalation.special.values()
    steps = [one.within for path in paths for one in path.steps if one.tell == ROLE]
    return tuple({str(k): v for k, v in times.items()} for times in (*joins, *steps))


def _told(stage: Stage, entry: Entry) -> None:
    """Open the case with its first word; every later one finds it open."""
    what, holder = entry.what, stage.situation.holder(ROLE)
    match what:
        case Notified(person=to, by=by) | Paged(to=to, by=by) | QuestionAsked(to=to, by=by):
            told = to == holder
        case _:
            assert isinstance(what, MessageSent)
            told, by = what.audience_of == ROLE, what.by
    opened = any(_voice(earlier) for earlier in stage.happened(Voice))
    if told and not opened and holder not in stage.situation.joined:
        stage.emit(Voice(sender=ROLE, text=RECEIVED, to=_to(by)))
        stage.play(_comes(stage, holder, by))


def _to(person: str) -> tuple[str, ...]:
    """Whoever told them, else the channel."""
    return (person or EVERYONE,)


def _voice(entry: Entry) -> bool:
    what = entry.what
    return isinstance(what, Voice) and what.sender == ROLE and what.text == RECEIVED


def _comes(stage: Stage, person: str, to: str) -> Process:
    """A person, at the contract's time, with a question that was answered already."""
    since = stage.now
    yield stage.pause(contract_s(stage))
    if "closed" in stage.situation.marks or person in stage.situation.left:
        return
    if person not in stage.situation.joined:
        stage.emit(Joined(person=person, role=ROLE, briefed_s=stage.now - since))
    described = (c for c in stage.brief.scenario.colleagues.values() if c.role == ROLE)
    asks = next((c.asks_first[0] for c in described if c.asks_first), ASKS)
    stage.emit(Voice(sender=ROLE, text=asks, to=_to(to), wants="answer"))
