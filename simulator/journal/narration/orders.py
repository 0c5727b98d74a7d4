"""What was asked, one sentence an order: "bob wants to ...", as the event then says it was done.

Rule 1: `intent` is the order without who gives it, so that a task handed on and an order that was
refused are told in the same words.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from simulator.clock import said
from simulator.errors import JournalError
from simulator.journal.commands import exercise, incident, paging, room, talk, work
from simulator.journal.commands.base import Command
from simulator.journal.entry import build
from simulator.journal.narration.names import Names, lasting, quoted
from simulator.journal.narration.told_exercise import exercise_order


def asked(by: str, order: Command, names: Names) -> str:
    """The sentence of an order."""
    return f"{names.person(by)} wants to {intent(order, names, by=by)}"


def intent(order: Command, names: Names, *, by: str = "") -> str:
    """What the order is to do, as a verb: `look at "Panel of the worker"`."""
    if isinstance(order, paging.Acknowledge | paging.Dismiss):
        return _page(order, names, by)
    return _THEMES[type(order).__module__](order, names)


def task(what: str, held: Mapping[str, Any], names: Names) -> str:
    """An order somebody else is to give, by its wire tag and its fields."""
    try:
        order = build(what, held)
    except JournalError:
        return what.replace("_", " ")
    return intent(order, names) if isinstance(order, Command) else what.replace("_", " ")


def bare(order: Command) -> Command:
    """The order without the texts that went with it: what it was, for one that was refused."""
    texts = {"text": "", "reason": "", "because": "", "title": "", "words": "", "anyway": False}
    held = {field.name for field in fields(order)}
    return replace(order, **{name: texts[name] for name in held & texts.keys()})


def _page(order: paging.Acknowledge | paging.Dismiss, names: Names, by: str) -> str:
    if isinstance(order, paging.Dismiss):
        return f"dismiss {names.page(order.page, by)}{quoted(order.reason)}"
    return f"acknowledge {names.page(order.page, by)}"


def _paging(order: Command, names: Names) -> str:
    match order:
        case paging.Page(role=role, text=text):
            return f"page the {names.role(role)}{quoted(text)}"
        case paging.Notify(role=role, text=text):
            return f"notify the {names.role(role)}{quoted(text)}"
    return _unknown(order)


def _incident(order: Command, names: Names) -> str:
    match order:
        case incident.Declare(level=level, title=title):
            return f"declare {names.level(level)}{quoted(title)}"
        case incident.ConfirmLevel():
            return "confirm the level"
        case incident.Regrade(level=level, reason=reason):
            return f"change the level to {names.level(level)}{quoted(reason)}"
        case incident.MergePage(page=page):
            return f"put {names.page(page)} with the incident"
        case incident.OpenChannel(kind=kind):
            return f"open the {kind.replace('_', ' ')}"
        case incident.Assign(role=role, person=person):
            return f"make {names.person(person)} {names.role(role)}"
        case incident.SetStatus(status=status):
            return f"set the status to {names.status(status)}"
        case incident.Deviate(duty=duty, because=because):
            return f"depart from {names.duty(duty)}{quoted(because)}"
    return _afterpart(order, names)


def _afterpart(order: Command, names: Names) -> str:
    match order:
        case incident.Resolve():
            return "say that it is resolved"
        case incident.StandDown(reason=reason):
            return f"stand the response down{quoted(reason)}"
        case incident.Close():
            return "close the incident"
        case incident.SubmitReport(fields=sections):
            return f"hand in the report, {len(sections)} sections"
        case incident.BookMeeting(after_s=after):
            return f"book the review, in {said(after)}"
        case incident.HoldMeeting():
            return "hold the review"
        case incident.AddAction(text=text, owner=owner, due_in_s=due):
            who = f" for {names.person(owner)}" if owner else ""
            return f"write down an action{who}{lasting(due)}{quoted(text)}"
    return _unknown(order)


def _work(order: Command, names: Names) -> str:
    match order:
        case work.Look(look=look):
            return f"look at {names.look(look)}"
        case work.Follow(look=look):
            return f"keep {names.look(look)} open"
        case work.Unfollow(look=look):
            return f"let {names.look(look)} go"
        case work.Hypothesise(cause=cause, confidence=sure):
            return f"name {names.cause(cause)} as the cause, {sure} % sure"
        case work.Mitigate(action=action, anyway=anyway):
            return f"do {names.action(action)}{', with or without leave' if anyway else ''}"
        case work.RunStep(runbook=runbook, step=step):
            return f"take step {step} of {names.runbook(runbook)}"
        case work.CancelWork():
            return "break off the work under way"
        case work.Type(line=line):
            return f"type `{line}`"
        case work.OwnDebt(debt=debt, owner=owner, due_in_s=due):
            return f"give {names.person(owner)} {names.debt(debt)} to put right{lasting(due)}"
    return _unknown(order)


def _talk(order: Command, names: Names) -> str:
    match order:
        case talk.Say(text=text, to=to):
            return f"say{f' to {names.person(to)}' if to else ''}{quoted(text)}"
        case talk.AskColleague(person=person, text=text):
            return f"ask {names.person(person)}{quoted(text)}"
        case talk.AskApproval(action=action, of=of):
            return f"ask {names.person(of) if of else 'for leave'} about {names.action(action)}"
        case talk.GiveApproval(request=request):
            return f"approve {names.request(request)}"
        case talk.RefuseApproval(request=request, words=words):
            return f"refuse {names.request(request)}{quoted(words)}"
        case talk.Delegate(person=person, what=what, order=order_fields, within_s=within):
            return (
                f"ask {names.person(person)} to {task(what, order_fields, names)}{lasting(within)}"
            )
        case talk.HandOver(role=role, person=person):
            return f"hand {names.role(role)} over to {names.person(person)}"
        case talk.TakeOver(role=role):
            return f"take {names.role(role)} over"
        case talk.Release(person=person):
            return f"let {names.person(person)} go"
        case talk.SendMessage(template=template):
            return f"send {names.template(template)}"
        case talk.Note(text=text, decision=decision):
            return f"note {'a decision' if decision else 'a line'}{quoted(text)}"
        case talk.PostFind(found=found):
            return f"show everybody {_find(found, names)}"
    return _unknown(order)


def _find(found: int, names: Names) -> str:
    """A find by what was looked at."""
    finds = names.picture.known.finds if names.picture else ()
    known = [names.look(find.look, find.line) for find in finds if find.seq == found]
    return known[0] if known else f"what line {found} found"


def _room(order: Command, names: Names) -> str:
    match order:
        case room.Skip():
            return "let the clock run"
        case room.AcceptContract():
            return "accept the safety contract"
        case room.StepOut():
            return "step out"
        case room.RealEmergency():
            return "stop the drill: a real emergency"
        case room.IAmStuck():
            return "be helped along: stuck"
        case room.TakeChair(person=person):
            return f"seat a person at {names.person(person)}'s chair"
        case room.HandBack(person=person):
            return f"give {names.person(person)}'s chair back to its bot"
        case room.InjectFault(fault=fault):
            return f"break {names.fault(fault)}"
        case room.FireInject(inject=inject):
            return f"let {names.inject(inject)} happen"
        case room.GiveHint(person=person, text=text):
            return f"give {names.person(person)} a hint{quoted(text)}"
        case room.Waive(duty=duty, because=because):
            return f"waive {names.duty(duty)}{quoted(because)}"
        case room.AcceptDeviation(duty=duty, because=because):
            return f"accept the departure from {names.duty(duty)}{quoted(because)}"
    return _unknown(order)


def _unknown(order: Command) -> str:
    raise AssertionError(f"no sentence for {type(order).__name__}")


_THEMES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    paging.__name__: _paging,
    incident.__name__: _incident,
    work.__name__: _work,
    talk.__name__: _talk,
    room.__name__: _room,
    exercise.__name__: exercise_order,
}
