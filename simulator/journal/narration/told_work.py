"""What people did at their terminals, one sentence an event."""

from typing import Final

from simulator.clock import MINUTE
from simulator.journal.events import work
from simulator.journal.events.base import Event
from simulator.journal.narration.figures import seen
from simulator.journal.narration.names import Names, listed, quoted

WAYS: Final = {
    "answered": "it answers",
    "normal": "nothing unusual",
    "refused": "it is refused",
    "not_simulated": "the drill does not play that",
}
"""How a terminal answered a line nobody foresaw."""


def of_work(event: Event, names: Names) -> str:
    """Looking, thinking aloud, changing something."""
    match event:
        case work.WorkBegan(by=by, kind=kind, item=item, line=line):
            if kind == "brief":
                return f"{names.person(by)} is briefed{names.chair(by, item)}"
            return f"{names.person(by)} {_begins(kind, item, line, names)}"
        case work.WorkEnded(by=by, kind=kind, item=item):
            return f"{names.person(by)} is done with {busy_with(kind, item, names)}"
        case work.WorkCancelled(by=by):
            return f"{names.person(by)} breaks off the work under way"
        case work.LookEnded(by=by, look=look, line=line):
            return f"{names.person(by)} has looked at {names.look(look, line)}"
        case work.Found(by=by, look=look, line=line, facts=facts):
            shows = [seen(facts, event.over_s), " ".join(names.meaning(event.clues))]
            held = quoted(". ".join(one for one in shows if one))
            return f"{names.person(by)} sees {names.look(look, line)}{held}"
        case work.FindPosted():
            return _posted(event, names)
        case work.Followed(by=by, look=look):
            return f"{names.person(by)} keeps {names.look(look)} open"
        case work.Unfollowed(by=by, look=look):
            return f"{names.person(by)} lets {names.look(look)} go"
        case work.LineAnswered(by=by, line=line, way=way):
            return f"{names.person(by)} types `{line}`: {WAYS.get(way, way.replace('_', ' '))}"
        case work.HypothesisStated(by=by, cause=cause, confidence=sure, text=text):
            what = f"{names.cause(cause)} as the cause, {sure} % sure"
            return f"{names.person(by)} names {what}{quoted(text)}"
    return _of_actions(event, names)


def _begins(kind: str, item: str, line: str, names: Names) -> str:
    """What somebody begins, as one says it of them."""
    match kind:
        case "login":
            return "logs in"
        case "message":
            return f"begins to write {names.template(item)}"
        case "handover":
            return "begins to hand over"
        case "report":
            return "begins to write the report"
        case "meeting":
            return "opens the review"
        case "look":
            return f"begins to look at {names.look(item, line)}"
        case "action":
            return f"begins {names.action(item)}"
    return f"begins to type `{line}`" if line else f"begins {item}"


def busy_with(kind: str, item: str, names: Names) -> str:
    """A piece of work by its name."""
    match kind:
        case "login":
            return "logging in"
        case "brief":
            return "the briefing"
        case "message":
            return names.template(item)
        case "handover" | "report":
            return f"the {kind}"
        case "meeting":
            return "the review"
        case "action":
            return names.action(item)
    return names.look(item) if item else "what was typed"


def _posted(posted: work.FindPosted, names: Names) -> str:
    """A find shown to all: its figures where the reader did not hear them when it was made."""
    what = f"{names.person(posted.by)} shows everybody {names.look(posted.look, 'a find')}"
    at = names.picture.at if names.picture else posted.measured_at
    if at - posted.measured_at > MINUTE:
        what += f", as it was at {names.since(posted.measured_at)}"
    return what if posted.found in names.seen else what + quoted(seen(posted.facts))


def _of_actions(event: Event, names: Names) -> str:
    match event:
        case work.ActionStarted(by=by, action=action):
            return f"{names.person(by)} starts {names.action(action)}{_leave(event, names)}"
        case work.ActionProgressed(action=action, text=text):
            return f"{names.action(action)} goes on{quoted(text)}"
        case work.ActionFinished(by=by, action=action, says=says, failed=failed):
            how = "fails" if failed else "is done"
            held = quoted(_screen(says))
            return f"{names.action(action)} by {names.person(by)} {how}{held}"
    raise AssertionError(f"no sentence for {type(event).__name__}")


def _screen(says: str) -> str:
    """What a terminal says as one repeats it: lines with words; nothing of an answer in JSON."""
    lines = [line.strip() for line in says.splitlines()]
    if lines and lines[0].startswith(("{", "[")):
        return ""
    return "; ".join(line for line in lines if any(sign.isalnum() for sign in line))


def _leave(started: work.ActionStarted, names: Names) -> str:
    """With whose leave; or whose the plan asked for and was not given."""
    if not started.allowed:
        whom = listed(f"the {names.role(role)}" for role in started.asks)
        return f", without leave of {whom}" if started.asks else ", without leave"
    given = names.picture.talk.approvals.get(started.approval) if names.picture else None
    return f", with leave of {names.person(given.of)}" if given else ""
