"""What somebody was asked to do, and has done: the order given, and carried out.

Rule 1: an order carries a task out when it is the one asked for, however it was completed (with a
request's id, or `anyway`).
Rule 2: a refused order leaves the task open; so does work that was stopped.
"""

from simulator.journal.commands.base import Command
from simulator.journal.entry import TAGS, Entry, fields_of
from simulator.journal.events.room import Refused
from simulator.journal.events.talk import TaskDone
from simulator.journal.events.work import WorkBegan, WorkCancelled, WorkEnded
from simulator.journal.situation import Task
from simulator.stage import Process, Stage


def settle(stage: Stage, entry: Entry) -> None:
    """After an order was handled: tick off the tasks it carries out, once its work is done."""
    command = entry.what
    assert isinstance(command, Command)
    asked = [name for name, task in stage.situation.talk.tasks.items() if _meant(task, entry)]
    if asked and not any(isinstance(e.what, Refused) for e in stage.entries[entry.seq + 1 :]):
        stage.play(_carried_out(stage, entry, tuple(asked)))


def _meant(task: Task, entry: Entry) -> bool:
    """Whether this order is what was asked of whoever gives it."""
    command = entry.what
    assert isinstance(command, Command)
    if task.done or task.to != entry.by or task.what != TAGS[type(command)]:
        return False
    fields = fields_of(command)
    return all(fields.get(name) == value for name, value in task.order.items())


def _carried_out(stage: Stage, entry: Entry, asked: tuple[str, ...]) -> Process:
    """Wait for the work the order began, the login before it included."""
    since = entry.seq
    while (work := _begun(stage, entry.by, since)) is not None:
        since, name = work
        while (over := _over(stage, since, name)) is None:
            yield stage.when(WorkEnded, WorkCancelled)
        if isinstance(over, WorkCancelled):
            return
        if over.kind != "login":
            break
    for name in asked:
        task = stage.situation.talk.tasks[name]
        if not task.done:
            stage.emit(TaskDone(task=name, by=task.to, to=task.by, what=task.what))


def _over(stage: Stage, since: int, work: str) -> WorkEnded | WorkCancelled | None:
    """How a piece of work ended; None while it goes on."""
    for later in stage.entries[since + 1 :]:
        if isinstance(later.what, WorkEnded | WorkCancelled) and later.what.work == work:
            return later.what
    return None


def _begun(stage: Stage, by: str, since: int) -> tuple[int, str] | None:
    """(seq, id) of the first work this person began after an entry."""
    for later in stage.entries[since + 1 :]:
        if isinstance(later.what, WorkBegan) and later.what.by == by:
            return later.seq, later.what.work
    return None
