"""What was asked, one sentence an order: "alice wants to ..." is what the event then says done."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from simulator.clock import said
from simulator.journal.commands import incident, paging, room, talk, work
from simulator.journal.commands.base import Command
from simulator.journal.narration.names import Names, lasting, quoted


def asked(by: str, order: Command, names: Names) -> str:
    """The sentence of an order."""
    return f"{names.person(by)} {_THEMES[type(order).__module__](order, names)}"


def _paging(order: Command, names: Names) -> str:
    match order:
        case paging.Acknowledge(page=page):
            return f"acknowledges {page}"
        case paging.Dismiss(page=page, reason=reason):
            return f"dismisses {page}{quoted(reason)}"
        case paging.Page(role=role, text=text):
            return f"pages the {names.role(role)}{quoted(text)}"
        case paging.Notify(role=role, text=text):
            return f"notifies the {names.role(role)}{quoted(text)}"
    return _unknown(order)


def _incident(order: Command, names: Names) -> str:
    match order:
        case incident.Declare(level=level, title=title):
            return f"declares {names.level(level)}{quoted(title)}"
        case incident.ConfirmLevel():
            return "confirms the level"
        case incident.Regrade(level=level, reason=reason):
            return f"re-grades to {names.level(level)}{quoted(reason)}"
        case incident.MergePage(page=page):
            return f"merges {page} into the incident"
        case incident.OpenChannel(kind=kind):
            return f"opens the {kind.replace('_', ' ')}"
        case incident.Assign(role=role, person=person):
            return f"assigns {names.role(role)} to {names.person(person)}"
        case incident.SetStatus(status=status):
            return f"sets the status to {names.status(status)}"
        case incident.Deviate(duty=duty, because=because):
            return f"deviates from {names.duty(duty)}{quoted(because)}"
    return _afterpart(order, names)


def _afterpart(order: Command, names: Names) -> str:
    match order:
        case incident.Resolve():
            return "says it is resolved"
        case incident.StandDown(reason=reason):
            return f"stands the response down{quoted(reason)}"
        case incident.Close():
            return "closes the incident"
        case incident.SubmitReport(fields=fields):
            return f"hands in the report, {len(fields)} sections"
        case incident.BookMeeting(after_s=after):
            return f"books the review, in {said(after)}"
        case incident.HoldMeeting():
            return "holds the review"
        case incident.AddAction(text=text, owner=owner, due_in_s=due):
            who = f" for {names.person(owner)}" if owner else ""
            return f"writes down an action{who}{lasting(due)}{quoted(text)}"
    return _unknown(order)


def _work(order: Command, names: Names) -> str:
    match order:
        case work.Look(look=look):
            return f"wants to look at {names.look(look)}"
        case work.Follow(look=look):
            return f"follows {names.look(look)}"
        case work.Unfollow(look=look):
            return f"lets {names.look(look)} go"
        case work.Hypothesise(cause=cause, confidence=sure):
            return f"names {names.cause(cause)}, {sure} % sure"
        case work.Mitigate(action=action, anyway=anyway):
            return f"orders {names.action(action)}{' without leave' if anyway else ''}"
        case work.RunStep(runbook=runbook, step=step):
            return f"takes step {step} of {runbook}"
        case work.CancelWork():
            return "stops the work under way"
        case work.Type(line=line):
            return f"types `{line}`"
        case work.OwnDebt(debt=debt, owner=owner, due_in_s=due):
            return f"gives {debt} to {names.person(owner)}{lasting(due)}"
    return _unknown(order)


def _talk(order: Command, names: Names) -> str:
    match order:
        case talk.Say(text=text, to=to):
            return f"says{f' to {names.person(to)}' if to else ''}{quoted(text)}"
        case talk.AskColleague(person=person, text=text):
            return f"asks {names.person(person)}{quoted(text)}"
        case talk.AskApproval(action=action, of=of):
            return f"asks {names.person(of) if of else 'for leave'} about {names.action(action)}"
        case talk.GiveApproval(request=request):
            return f"approves {request}"
        case talk.RefuseApproval(request=request, words=words):
            return f"refuses {request}{quoted(words)}"
        case talk.Delegate(person=person, what=what, within_s=within):
            order_words = what.replace("_", " ")
            return f"asks {names.person(person)} to {order_words}{lasting(within)}"
        case talk.HandOver(role=role, person=person):
            return f"hands {names.role(role)} over to {names.person(person)}"
        case talk.TakeOver(role=role):
            return f"takes {names.role(role)} over"
        case talk.Release(person=person):
            return f"lets {names.person(person)} go"
        case talk.SendMessage(template=template):
            return f"writes {template}"
        case talk.Note(text=text, decision=decision):
            return f"notes {'a decision' if decision else 'a line'}{quoted(text)}"
        case talk.PostFind(found=found):
            return f"shows the find of line {found}"
    return _unknown(order)


def _room(order: Command, names: Names) -> str:
    match order:
        case room.Skip():
            return "lets the clock run"
        case room.StepOut():
            return "asks to step out"
        case room.RealEmergency():
            return "calls a real emergency"
        case room.IAmStuck():
            return "is stuck"
        case room.TakeChair(person=person):
            return f"seats a person at {names.person(person)}'s chair"
        case room.HandBack(person=person):
            return f"gives {names.person(person)}'s chair back to its bot"
        case room.InjectFault(fault=fault):
            return f"breaks {fault}"
        case room.FireInject(inject=inject):
            return f"lets {inject} happen"
        case room.GiveHint(person=person, text=text):
            return f"gives {names.person(person)} a hint{quoted(text)}"
        case room.Waive(duty=duty, because=because):
            return f"waives {names.duty(duty)}{quoted(because)}"
        case room.AcceptDeviation(duty=duty, because=because):
            return f"accepts the departure from {names.duty(duty)}{quoted(because)}"
    return _unknown(order)


def _unknown(order: Command) -> str:
    raise AssertionError(f"no sentence for {type(order).__name__}")


_THEMES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    paging.__name__: _paging,
    incident.__name__: _incident,
    work.__name__: _work,
    talk.__name__: _talk,
    room.__name__: _room,
}
