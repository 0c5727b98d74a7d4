"""What people did and said to one another, one sentence an event."""

from simulator.journal.events import talk, work
from simulator.journal.events.base import Event
from simulator.journal.narration.names import Names, lasting, quoted, shown


def of_work(event: Event, names: Names) -> str:
    """Looking, thinking aloud, changing something."""
    match event:
        case work.WorkBegan(by=by, kind=kind, item=item, line=line):
            what = names.action(item) if kind == "action" else names.look(item, line or kind)
            return f"{names.person(by)} begins {what}"
        case work.WorkEnded(by=by, kind=kind, item=item):
            what = names.action(item) if kind == "action" else names.look(item, kind)
            return f"{names.person(by)} is done with {what}"
        case work.WorkCancelled(by=by, work=item):
            return f"{names.person(by)} stops {item}"
        case work.LookEnded(by=by, look=look, line=line):
            return f"{names.person(by)} has looked at {names.look(look, line)}"
        case work.Found(by=by, look=look, line=line, facts=facts):
            held = f": {shown(facts)}" if facts else ""
            return f"{names.person(by)} sees {names.look(look, line)}{held}"
        case work.FindPosted(by=by, look=look, facts=facts):
            held = f": {shown(facts)}" if facts else ""
            return f"{names.person(by)} shows everybody {names.look(look, 'a find')}{held}"
        case work.Followed(by=by, look=look):
            return f"{names.person(by)} follows {names.look(look)}"
        case work.Unfollowed(by=by, look=look):
            return f"{names.person(by)} lets {names.look(look)} go"
        case work.LineAnswered(by=by, line=line, way=way):
            return f"{names.person(by)} typed `{line}`: {way.replace('_', ' ')}"
    return _of_actions(event, names)


def _of_actions(event: Event, names: Names) -> str:
    match event:
        case work.ActionStarted(by=by, action=action, allowed=allowed):
            leave = "" if allowed else ", without leave"
            return f"{names.person(by)} starts {names.action(action)}{leave}"
        case work.ActionProgressed(action=action, text=text):
            return f"{names.action(action)} goes on{quoted(text)}"
        case work.ActionFinished(by=by, action=action, says=says, failed=failed):
            how = "fails" if failed else "ends"
            return f"{names.action(action)} of {names.person(by)} {how}{quoted(says)}"
        case work.HypothesisStated(by=by, cause=cause, confidence=sure):
            return f"{names.person(by)} names {names.cause(cause)}, {sure} % sure"
    raise AssertionError(f"no sentence for {type(event).__name__}")


def of_talk(event: Event, names: Names) -> str:
    """Messages, notes, questions, leave, roles handed on, voices from outside."""
    match event:
        case talk.MessageSent(by=by, use=use, text=text, next_update_s=until):
            promise = ", with the next update promised" if until else ""
            return f"{names.person(by)} sends {use.replace('_', ' ')}{promise}{quoted(text)}"
        case talk.Noted(by=by, text=text, decision=decision):
            what = "a decision" if decision else "a line"
            return f"{names.person(by)} notes {what}{quoted(text)}"
        case talk.Said(by=by, text=text):
            return f"{names.person(by)} says{quoted(text)}"
        case talk.SaidTo(by=by, to=to, text=text):
            return f"{names.person(by)} says to {names.person(to)}{quoted(text)}"
        case talk.QuestionAsked(by=by, to=to, text=text):
            return f"{names.person(by)} asks {names.person(to)}{quoted(text)}"
        case talk.QuestionAnswered(by=by, to=to, text=text, sure=sure):
            return f"{names.person(by)} answers {names.person(to)}, {sure} % sure{quoted(text)}"
        case talk.Voice(sender=sender, to=to, text=text):
            heard = "everybody" if "*" in to else names.people(to)
            return f"{sender} to {heard}{quoted(text)}"
    return _of_leave(event, names)


def _of_leave(event: Event, names: Names) -> str:
    match event:
        case talk.ApprovalAsked(by=by, of=of, action=action, request=request):
            who = f"{names.person(by)} asks {names.person(of)}"
            return f"{who} for leave, {request}: {names.action(action)}"
        case talk.ApprovalGiven(by=by, to=to, action=action, request=request):
            leave = f"{names.person(to)} {names.action(action)}, {request}"
            return f"{names.person(by)} grants {leave}"
        case talk.ApprovalRefused(by=by, to=to, action=action, words=words, asks_back=asks_back):
            how = "asks back about" if asks_back else "refuses"
            what = f"{names.action(action)} to {names.person(to)}"
            return f"{names.person(by)} {how} {what}{quoted(words)}"
        case talk.ApprovalLapsed(request=request, of=of, next=asked_next):
            after = f", {names.person(asked_next)} is asked" if asked_next else ""
            return f"{names.person(of)} does not answer {request}{after}"
        case talk.Delegated(by=by, to=to, what=what, within_s=within):
            order = what.replace("_", " ")
            return f"{names.person(by)} asks {names.person(to)} to {order}{lasting(within)}"
        case talk.TaskDone(by=by, to=to, what=what):
            order = what.replace("_", " ")
            return f"{names.person(by)} has done what {names.person(to)} asked for: {order}"
        case talk.HandedOver(role=role, before=before, person=person, seized=seized, says=says):
            if seized:
                return (
                    f"{names.person(person)} takes {names.role(role)} from {names.person(before)}"
                )
            handed = f"{names.person(before)} hands {names.role(role)} to {names.person(person)}"
            return handed + quoted(says)
        case talk.Released(person=person, by=by):
            return f"{names.person(by)} lets {names.person(person)} go"
    raise AssertionError(f"no sentence for {type(event).__name__}")
