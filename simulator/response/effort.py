"""Work takes time: begun, interrupted, ended or given up; what people do with their hands.

Rule 1: a person does one thing at a time; only what goes on by itself frees them.
Rule 2: a drawn duration is journalled when the work begins, beside its luck.
Rule 3: a question to somebody at work costs them 20 to 40 s (assumed; docs/response.md).
"""

from collections.abc import Callable
from typing import Final

from simulator.brief.amounts import Span
from simulator.chance import Drawn
from simulator.journal.events.talk import QuestionAsked
from simulator.journal.events.work import WorkBegan, WorkCancelled, WorkEnded
from simulator.response.orders import Waiting, nth
from simulator.stage import Process, Stage

INTERRUPTED_S: Final = (20, 40)
OWN: Final = ("look", "action", "typed", "report", "handover")
"""Purposes of draws that are somebody's own work, and may be said beforehand."""


def drawn(stage: Stage, span: Span | tuple[float, float], *key: str) -> Drawn:
    """A duration of this range for purpose, owner and item; each further one its own draw."""
    low, high = (span.low_s, span.high_s) if isinstance(span, Span) else span
    drawn_by_luck = stage.chance.span(low, high, *key, n=nth(stage, *key))
    return said(stage, key[1], drawn_by_luck) if key[0] in OWN else drawn_by_luck


def fix(stage: Stage, person: str, takes_s: int | None) -> None:
    """Say beforehand what the work of this person's next order takes; None leaves it to luck.

    A login that is under way belongs to an order given earlier, which keeps what was said of it.
    """
    work = stage.situation.busy(person)
    if work is not None and work.kind == "login":
        return
    stage.takes.pop(person, None)
    if takes_s is not None:
        stage.takes[person] = takes_s


def said(stage: Stage, person: str, otherwise: Drawn) -> Drawn:
    """What was said beforehand of this person's work, once; its centre, so that luck is 0."""
    takes_s = stage.takes.pop(person, None)
    return otherwise if takes_s is None else Drawn(takes_s, takes_s)


def begin(
    stage: Stage,
    by: str,
    kind: str,
    item: str,
    takes: Drawn,
    *,
    line: str = "",
    frees_person: bool = False,
) -> str:
    """Occupy somebody from now on; the id of their work."""
    work = stage.count("w")
    stage.emit(
        WorkBegan(
            by=by,
            work=work,
            kind=kind,
            item=item,
            line=line,
            takes_s=takes.seconds,
            luck_s=takes.luck,
            frees_person=frees_person,
            looks_until=stage.now + takes.centre,
        )
    )
    return work


def lasts(stage: Stage, by: str, work: str, takes: Drawn, *, undisturbed: bool = False) -> Waiting:
    """Wait until the work is done, questions in between included; False where it was stopped."""
    ends = stage.now + takes.seconds
    read = len(stage.entries)
    while _under_way(stage, by, work):
        for entry in stage.entries[read:]:
            match entry.what:
                case QuestionAsked(to=to, question=question) if to == by and not undisturbed:
                    key = ("interrupted", by, question)
                    ends += stage.chance.span(*INTERRUPTED_S, *key).seconds
        read = len(stage.entries)
        if stage.now >= ends:
            return True
        yield stage.when(
            WorkCancelled,
            QuestionAsked,
            where=lambda e: _concerns(e.what, by, work),
            until=ends,
        )
    return False


def end(stage: Stage, by: str, work: str, kind: str, item: str) -> None:
    """Free whoever did it."""
    stage.emit(WorkEnded(by=by, work=work, kind=kind, item=item))


def does(
    stage: Stage, by: str, kind: str, item: str, *, takes: Drawn, then: Callable[[], object]
) -> None:
    """Start a piece of work now, with what comes of it once it is done."""
    work = begin(stage, by, kind, item, takes)

    def process() -> Process:
        if (yield from lasts(stage, by, work, takes)):
            end(stage, by, work, kind, item)
            then()

    stage.play(process())


def _under_way(stage: Stage, by: str, work: str) -> bool:
    """Whether nobody has stopped it."""
    mine = stage.situation.busy(by)
    return work in stage.situation.running or (mine is not None and mine.work == work)


def _concerns(what: object, by: str, work: str) -> bool:
    if isinstance(what, WorkCancelled):
        return what.work == work
    return isinstance(what, QuestionAsked) and what.to == by
