"""Letting the clock run: to the first thing that concerns one of those who asked for it.

Rule 1: a vote where several people sit: the clock runs once all who are seated want it.
Rule 2: it stops at what is addressed to one of them, at the end of their own work, 120 s before
a limit of theirs (240 s where somebody must agree first), and when the watch is over.
Rule 3: nothing about what comes is told beforehand; what was passed over is told afterwards.
Rule 4: it changes no time and no draw: whoever drives the drill reads `skipping` and hurries.
"""

from collections.abc import Iterator
from typing import Final

from simulator.clock import MINUTE
from simulator.journal.commands.room import Skip
from simulator.journal.entry import TAGS, Entry
from simulator.journal.events import exercise, incident, paging, room, talk, work, world
from simulator.journal.events.base import EVERYONE, Event
from simulator.journal.events.room import SkipBegan, SkipEnded, Skipped
from simulator.journal.situation import visible_to
from simulator.journal.target import ENDING, Target
from simulator.journal.targets import targets
from simulator.response.approvals import is_bot
from simulator.response.comms import approvers
from simulator.response.ending import watch_left
from simulator.response.orders import level_of, names_of, refuse, roles_of
from simulator.stage import Process, Stage

AHEAD_S: Final = 2 * MINUTE
AHEAD_ASKING_S: Final = 4 * MINUTE
_TO_ALL: Final[tuple[type[Event], ...]] = (
    incident.IncidentDeclared, incident.Regraded, incident.LevelConfirmed, incident.StatusSet,
    incident.IncidentResolved, incident.IncidentClosed, incident.StoodDown,
    world.AlertFired, paging.PageJoined, talk.MessageSent, talk.Said, talk.Voice, talk.HandedOver,
    work.FindPosted, work.HypothesisStated, work.ActionFinished, exercise.ItemOpened,
)  # fmt: skip
"""What everybody hears and nobody should sleep through."""
_TO_ONE: Final[tuple[type[Event], ...]] = (
    paging.Paged, paging.Notified, talk.SaidTo, talk.QuestionAsked, talk.QuestionAnswered,
    talk.ApprovalAsked, talk.ApprovalGiven, talk.ApprovalRefused, talk.ApprovalLapsed,
    talk.Delegated, talk.TaskDone, talk.Released, room.HintGiven, room.Refused,
    incident.RoleAssigned,
)  # fmt: skip
"""What stops the clock for the one it is addressed to."""
_STOPS: Final = (*_TO_ALL, *_TO_ONE, work.WorkEnded, work.WorkCancelled, work.LineAnswered)
_NAMED: Final = ("to", "of", "person", "next")
"""Fields that say whom an event is addressed to."""


def skip(stage: Stage, entry: Entry) -> None:
    """Want the clock to run; not over one's own unread page or an approval one is asked for."""
    assert isinstance(entry.what, Skip)
    if reason := _unread(stage, entry.by):
        refuse(stage, entry, "unread", reason)
    elif stage.situation.skipping is not None:
        refuse(stage, entry, "lifecycle", "the clock runs already")
    else:
        stage.emit(Skipped(by=entry.by))
        people = seated(stage)
        asked = stage.situation.skip_asked
        if all(person in asked for person in people):
            stage.emit(SkipBegan(by=asked))
            stage.play(_runs(stage, people or asked, len(stage.entries)))


def seated(stage: Stage) -> tuple[str, ...]:
    """The chairs people sit in, as against bots; without those who stepped out."""
    left = stage.situation.left
    return tuple(p for p in stage.brief.people() if p not in left and not is_bot(stage, p))


def _unread(stage: Stage, person: str) -> str:
    situation = stage.situation
    for name, page in situation.pages.items():
        if page.state == "triggered" and any(to == person for to, _ in page.sent):
            return f"{names_of(stage).page(name, person)} waits for you"
    for name, request in situation.talk.approvals.items():
        if request.of == person and request.state == "asked":
            return f"{names_of(stage).request(name)} waits for your leave"
    return ""


def _runs(stage: Stage, people: tuple[str, ...], first: int) -> Process:
    """Wait for the first reason to stop, and say what was passed over."""
    since, read = stage.now, first
    while True:
        fresh = stage.entries[read:]
        read += len(fresh)
        ended = next((stop for entry in fresh if (stop := _stop(stage, entry, people))), None)
        turn = min(_turns(stage, people, since), default=None)
        if ended is None and turn is not None and turn[0] <= stage.now:
            ended = turn[1:]
        if ended is not None:
            break
        yield stage.when(*_STOPS, until=None if turn is None else turn[0])
    if not stage.situation.ended:
        why, item, person = ended
        passed = len(stage.entries) - first
        stage.emit(SkipEnded(since=since, passed=passed, why=why, item=item, person=person))


def _stop(stage: Stage, entry: Entry, people: tuple[str, ...]) -> tuple[str, str, str] | None:
    """(why, item, person) where this entry concerns somebody."""
    what = entry.what
    match what:
        case work.WorkEnded(by=by, item=item, kind=kind) if by in people and kind != "login":
            return ("work", item, by)
        case work.WorkCancelled(by=by, work=item) if by in people:
            return ("work", item, by)
        case world.AlertFired(alert=alert) if _heard_before(stage, entry, alert):
            return None
        case talk.Voice(to=to) if EVERYONE not in to and not set(to) & set(people):
            return None
    if isinstance(what, _TO_ONE):
        mine = {getattr(what, name, "") for name in _NAMED}
        whom = next((p for p in people if p in mine and visible_to(entry, p)), "")
        return ("told", TAGS[type(what)], whom) if whom else None
    if isinstance(what, _TO_ALL) and getattr(what, "by", "") not in people:
        return ("told", TAGS[type(what)], "")
    return None


def _heard_before(stage: Stage, entry: Entry, alert: str) -> bool:
    """Whether the same alert has fired earlier: noise one has seen."""
    earlier = stage.entries[: entry.seq]
    return any(isinstance(e.what, world.AlertFired) and e.what.alert == alert for e in earlier)


def _turns(
    stage: Stage, people: tuple[str, ...], since: int
) -> Iterator[tuple[int, str, str, str]]:
    """(second, why, item, person) of what comes by the clock alone, after the skip began."""
    for person in people:
        mine = roles_of(stage.situation, person)
        for target in targets(stage.brief.plan, stage.seat(person), level_of(stage)):
            if (
                target.done is None
                and target.does not in ENDING
                and set(mine) & set(target.owed_by)
            ):
                ahead = AHEAD_ASKING_S if _asks(stage, person, target) else AHEAD_S
                if target.due - ahead > since:
                    yield target.due - ahead, "limit", target.duty, person
    opened = stage.situation.incident
    waits = stage.brief.plan.ending.watch_is == "before_resolved"
    if opened is not None and opened.status == ("monitoring" if waits else "resolved"):
        over = stage.now + watch_left(stage, opened)
        if over > since:
            yield over, "watch", "", ""


def _asks(stage: Stage, person: str, target: Target) -> bool:
    """Whether somebody else must agree before this duty can be done."""
    templates = stage.brief.plan.templates.values()
    return any(t.use == target.does and approvers(stage, person, t) for t in templates)
