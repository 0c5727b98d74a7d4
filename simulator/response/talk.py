"""Asking people: colleagues who know things, and now and then know them wrong; tasks handed out.

Rule 1: a colleague reads in 10 to 60 s and answers in 30 to 180 s (assumed), says how sure, asks
back when the question is vague, and says "still looking" when it takes long.
Rule 2: what somebody knows is the scenario's; the best match of the question's words is said.
Rule 3: about one answer in five that could be wrong is; the share is the roster's.
"""

import re
from dataclasses import dataclass
from typing import Final

from simulator.brief.conditions import holds
from simulator.brief.scenario.story import Colleague, Knowledge
from simulator.errors import JournalError
from simulator.journal.commands.base import Command
from simulator.journal.commands.talk import AskColleague, Delegate
from simulator.journal.entry import Entry, build
from simulator.journal.events.paging import Joined
from simulator.journal.events.talk import (
    Delegated,
    QuestionAnswered,
    QuestionAsked,
    SaidTo,
)
from simulator.response import effort, vendors
from simulator.response.names import told
from simulator.response.orders import asleep, gave_away, names_of, person_of, refuse, unknown
from simulator.stage import Process, Stage
from simulator.text import clean

READS_S: Final = (10, 60)
ANSWERS_S: Final = (30, 180)
LONG_S: Final = 120
"""An answer that takes longer is announced by "still looking" meanwhile."""
SURE: Final = 80
"""Percent, of somebody who tells what they saw themselves (assumed)."""
VAGUE: Final = 3
"""A question of fewer words than this that hits nothing is asked back."""
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*")


def ask_colleague(stage: Stage, entry: Entry) -> None:
    """Ask a person something; the answer comes when they have one."""
    order = entry.what
    assert isinstance(order, AskColleague)
    name = colleague_of(stage, order.person)
    to = _sits(stage, name, order.person)
    text = clean(order.text).strip()
    if not to:
        names = (*stage.brief.scenario.colleagues, *stage.brief.people())
        refuse(stage, entry, "unknown", unknown("person", order.person, names))
    elif to == entry.by:
        refuse(stage, entry, "needs", "ask somebody else")
    elif not text:
        refuse(stage, entry, "needs", "the question is empty")
    elif asleep(stage.situation, to):
        refuse(
            stage,
            entry,
            "absent",
            f"{names_of(stage).person(to)} was let go and sleeps; page them to have them back",
        )
    else:
        question = stage.count("q")
        stage.emit(QuestionAsked(by=entry.by, to=to, text=text, question=question))
        asked = _Asked(name, to, entry.by, text, question)
        stage.play(_answers(stage, asked))


def colleague_of(stage: Stage, person: str) -> str:
    """The scenario's name of a person who knows things; empty where they know nothing of it."""
    colleagues = stage.brief.scenario.colleagues
    if person in colleagues:
        return person
    who = person_of(stage, person)
    holds_role = stage.situation.holder
    return next((n for n, c in colleagues.items() if who and holds_role(c.role) == who), "")


def absent(stage: Stage, name: str) -> bool:
    """Whether a colleague does not answer now."""
    colleague = stage.brief.scenario.colleagues.get(name)
    return (
        colleague is not None
        and colleague.absent is not None
        and holds(colleague.absent, stage.true())
    )


def _sits(stage: Stage, name: str, person: str) -> str:
    """The seat that hears the question: the person themselves, or whoever plays them."""
    if who := person_of(stage, person):
        return who
    return name


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question under way."""

    name: str
    """The scenario's name of whoever was asked; empty where it knows nothing of them."""
    to: str
    by: str
    text: str
    question: str


def _answers(stage: Stage, asked: _Asked) -> Process:
    colleague = stage.brief.scenario.colleagues.get(asked.name)
    to, key = asked.to, ("answer", asked.to, asked.text)
    if colleague is not None and colleague.answers_in is not None:
        waits = effort.drawn(stage, colleague.answers_in, *key).seconds
    else:
        waits = effort.drawn(stage, READS_S, "read", to, asked.text).seconds
        waits += effort.drawn(stage, ANSWERS_S, *key).seconds
    if absent(stage, asked.name):
        return
    while vendors.is_vendor(stage, to) and to not in stage.situation.joined:
        yield stage.when(Joined)
    if waits > LONG_S:
        yield stage.pause(LONG_S)
        stage.emit(SaidTo(by=to, to=asked.by, text="Still looking."))
        waits -= LONG_S
    yield stage.pause(waits)
    if not absent(stage, asked.name) and to not in stage.situation.left:
        stage.emit(_answer(stage, colleague, asked))


def _answer(stage: Stage, colleague: Colleague | None, asked: _Asked) -> QuestionAnswered:
    said = _best(stage, colleague, asked) if colleague else None
    if said is None and gave_away(stage, asked.to):
        return _from_memory(stage, asked)
    if said is None:
        vague = len(_WORD.findall(asked.text.lower())) < VAGUE
        words = "What exactly do you want to know?" if vague else "I do not know."
        return QuestionAnswered(
            by=asked.to, to=asked.by, question=asked.question, text=words, sure=0, asks_back=vague
        )
    return QuestionAnswered(
        by=asked.to,
        to=asked.by,
        question=asked.question,
        text=told(stage, said.says),
        sure=round(100 * said.sure),
        clues=() if said.wrong else _clues(stage, asked.name, said),
        wrong=said.wrong,
    )


def _from_memory(stage: Stage, asked: _Asked) -> QuestionAnswered:
    """What somebody who handed over tells: what they saw that fits the question, and thought."""
    scenario = stage.brief.scenario
    words = {word for word in _WORD.findall(asked.text.lower()) if len(word) > VAGUE}
    shown = {
        clue: scenario.clues[clue].shows
        for clue in stage.seat(asked.to).known.clues
        if clue in scenario.clues
    }
    hits = {clue: len(words & set(_WORD.findall(text.lower()))) for clue, text in shown.items()}
    best = max(shown, key=lambda clue: hits[clue], default="")
    told_of = (best,) if best and hits[best] else ()
    named = [d for d in stage.situation.deeds.get("hypothesise", ()) if d.by == asked.to]
    thought = scenario.causes.get(named[-1].item, "") if named else ""
    said = [f"I saw: {told(stage, shown[clue])}." for clue in told_of]
    said += [f"I thought of: {thought}."] if thought else []
    text = " ".join(said) or "I told you all I know."
    sure = SURE if said else 0
    return QuestionAnswered(
        by=asked.to, to=asked.by, question=asked.question, text=text, sure=sure, clues=told_of
    )


def _best(stage: Stage, colleague: Colleague, asked: _Asked) -> Knowledge | None:
    """What the question's words bring up most; said wrong as often as this person is."""
    look, text = stage.true(), asked.text.lower()
    scored = [
        (sum(about.lower() in text for about in known.about), known)
        for known in colleague.knows
        if known.covers(stage.variant) and (known.when is None or holds(known.when, look))
    ]
    right = max((one for one in scored if not one[1].wrong), key=lambda one: one[0], default=None)
    wrong = max((one for one in scored if one[1].wrong), key=lambda one: one[0], default=None)
    if wrong is not None and wrong[0] and (right is None or wrong[0] >= right[0]):
        person = stage.brief.roster.people.get(asked.to)
        share = person.wrong_share if person is not None else 0.2
        if stage.chance.happens(share, "wrong", asked.to, asked.text, asked.question):
            return wrong[1]
    return right[1] if right is not None and right[0] else None


def _clues(stage: Stage, name: str, said: Knowledge) -> tuple[str, ...]:
    """The sealed clues this answer of this person holds now."""
    look, colleague = stage.true(), stage.brief.scenario.colleagues[name]
    others = {clue for known in colleague.knows for clue in known.clues}
    return tuple(
        clue
        for clue, terms in stage.brief.scenario.clues.items()
        if f"ask.{name}" in terms.looks
        and (clue in said.clues if said.clues else clue not in others)
        and terms.covers(stage.variant)
        and (terms.when is None or holds(terms.when, look))
    )


def delegate(stage: Stage, entry: Entry) -> None:
    """Ask somebody to give an order of their own."""
    order = entry.what
    assert isinstance(order, Delegate)
    people = stage.brief.people()
    if order.person not in people:
        refuse(stage, entry, "unknown", unknown("person", order.person, people))
        return
    if order.person == entry.by:
        refuse(stage, entry, "needs", "a task is given to somebody else")
        return
    try:
        wanted = build(order.what, order.order)
    except JournalError as problem:
        refuse(stage, entry, "unknown", str(problem))
        return
    if not isinstance(wanted, Command) or "seat" not in wanted.said_by:
        refuse(stage, entry, "unknown", f"{order.what} is nothing a seat can be asked to do")
        return
    stage.emit(
        Delegated(
            by=entry.by,
            to=order.person,
            what=order.what,
            order=dict(order.order),
            task=stage.count("t"),
            within_s=max(0, order.within_s),
        )
    )
