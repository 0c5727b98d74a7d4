"""What people said to one another, one sentence an event."""

from simulator.journal.events import talk
from simulator.journal.events.base import Event
from simulator.journal.narration.letters import sends
from simulator.journal.narration.names import Names, brought, lasting, quoted
from simulator.journal.narration.orders import task


def of_talk(event: Event, names: Names) -> str:
    """Messages, notes, questions, leave, roles handed on, voices from outside."""
    match event:
        case talk.MessageSent():
            return sends(event, names)
        case talk.Noted(by=by, text=text, decision=decision):
            what = "decides" if decision else "notes"
            return f"{names.person(by)} {what}{quoted(text.removeprefix('Decision: '))}"
        case talk.Said(by=by, text=text):
            return f"{names.person(by)} says{quoted(text)}"
        case talk.SaidTo(by=by, to=to, text=text):
            return f"{names.person(by)} says to {names.person(to)}{quoted(text)}"
        case talk.QuestionAsked(by=by, to=to, text=text):
            return f"{names.person(by)} asks {names.person(to)}{quoted(text)}"
        case talk.QuestionAnswered(by=by, to=to, text=text, sure=sure):
            how = f", {sure} % sure" if sure else ""
            return f"{names.person(by)} answers {names.person(to)}{how}{quoted(text)}"
        case talk.Voice(sender=sender, to=to, text=text):
            heard = "" if "*" in to else f" to {names.people(to)}"
            return f"{names.sender(sender)}{heard}{quoted(text)}"
    return _of_leave(event, names)


def _of_leave(event: Event, names: Names) -> str:
    match event:
        case talk.ApprovalAsked(by=by, of=of, action=action):
            what = f"for leave for {names.action(action)}{_grounds(event, names)}"
            return f"{names.person(by)} asks {names.person(of)} {what}"
        case talk.ApprovalGiven(by=by, to=to, action=action, words=words):
            leave = f"{names.person(to)} leave for {names.action(action)}"
            return f"{names.person(by)} gives {leave}{quoted(words)}"
        case talk.ApprovalRefused(by=by, to=to, action=action, words=words, asks_back=asks_back):
            who = f"{names.person(by)} {'asks' if asks_back else 'refuses'} {names.person(to)}"
            how = "back about" if asks_back else "leave for"
            return f"{who} {how} {names.action(action)}{quoted(words)}"
        case talk.ApprovalLapsed(request=request, of=of, next=asked_next):
            after = f"; {names.person(asked_next)} is asked" if asked_next else ""
            return f"{names.person(of)} gives no answer about {names.request(request)}{after}"
    return _of_tasks(event, names)


def _grounds(asked: talk.ApprovalAsked, names: Names) -> str:
    """Why, at what risk, and what leads back: what an approver decides on."""
    back = brought(asked.way_back.removeprefix("Way back: "))
    told = [f"why: {brought(asked.reason)}" if asked.reason.strip() else "",
            f"risk: {brought(asked.risk)}" if asked.risk.strip() else "",
            f"way back: {names.action(back)}" if back else ""]  # fmt: skip
    grounds = "; ".join(one for one in told if one)
    return f"; {grounds}" if grounds else ""


def _of_tasks(event: Event, names: Names) -> str:
    match event:
        case talk.Delegated(by=by, to=to, what=what, order=order, within_s=within):
            asked = f"{task(what, order, names)}{lasting(within)}"
            return f"{names.person(by)} asks {names.person(to)} to {asked}"
        case talk.TaskDone(task=done, by=by, to=to, what=what):
            tasks = names.picture.talk.tasks if names.picture else {}
            asked = task(what, tasks[done].order if done in tasks else {}, names)
            return f"{names.person(by)} has done what {names.person(to)} asked for: {asked}"
        case talk.HandedOver(role=role, before=before, person=person, seized=seized, says=says):
            if seized:
                taken = f"takes {names.role(role)} from {names.person(before)}"
                return f"{names.person(person)} {taken}{quoted(says)}"
            handed = f"{names.person(before)} hands {names.role(role)} to {names.person(person)}"
            return handed + quoted(says)
        case talk.Released(person=person, by=by):
            return f"{names.person(by)} lets {names.person(person)} go"
    raise AssertionError(f"no sentence for {type(event).__name__}")
